//! A change in a line, as pages show it: who, when, and how far it has come.
//!
//! The same parts are drawn into a page and sent to open pages; the templates are in `templates/parts/`.

use askama::Template;

use crate::accounts::avatar_url;
use crate::changes::delivery::{State, Way};
use crate::changes::{Entry, Latest};
use crate::clock::Millis;
use crate::guilds::rights::Rights;
use crate::ids::{GuildId, Snowflake, UserId};
use crate::settings::judge::Judge;
use crate::web::shell::{Banner, Tone};
use crate::web::words::{Message, Words, filters, visible};

/// Who changed it last, when, and how far the change has come.
#[derive(Clone, Debug)]
pub struct ChangeLine {
    /// The module: open pages find the line by it.
    pub subject: String,
    pub by: String,
    pub avatar_url: String,
    pub at: TimeText,
    pub number: i32,
    /// The change's own page; None: it is not theirs to read.
    pub href: Option<String>,
    pub delivery: Delivery,
}

/// A moment as `<time>` needs it.
#[derive(Clone, Debug)]
pub struct TimeText {
    /// RFC 3339.
    pub exact: String,
    pub text: String,
}

/// How far a change has come.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub change_id: String,
    /// The state's name, for scripts and tests.
    pub state: &'static str,
    pub message: Message,
    pub tone: Tone,
    /// When it came to be so.
    pub at: Option<TimeText>,
    /// It may come further by itself; when this was looked at.
    pub pending_as_of: Option<String>,
    /// The page to look at again.
    pub again: String,
    /// After a refusal: back to the last version the bot accepted.
    pub back: Option<String>,
    /// What a screen reader is told when an open page learns of it.
    pub announcement: String,
}

impl TimeText {
    pub fn new(at: Millis, words: &Words) -> Self {
        Self { exact: words.exact_time(at), text: words.time(at) }
    }
}

/// What lines are drawn with.
pub struct Drawing<'a> {
    pub guild: GuildId,
    pub way: Way,
    pub now: Millis,
    /// The address of the page it is drawn on.
    pub page: String,
    pub words: &'a Words,
    /// Whose page it is: who may know which channel. None: it is drawn for several people at once.
    pub judge: Option<Judge<'a>>,
    /// What they may do, who look at it.
    pub rights: &'a Rights,
}

impl Drawing<'_> {
    pub fn line(&self, latest: &Latest) -> ChangeLine {
        let change = &latest.entry;
        ChangeLine {
            subject: change.subject.clone(),
            by: self.by(change),
            avatar_url: self.avatar_url(change),
            at: TimeText::new(change.created_at, self.words),
            number: change.number,
            href: self.rights.sees(&change.subject).then(|| format!("/guilds/{}/changes/{}", self.guild, change.id)),
            delivery: Delivery { back: self.way_back(latest), ..self.delivery(change) },
        }
    }

    /// Who did it, as they were called at the time.
    pub fn by(&self, change: &Entry) -> String {
        match (change.actor_id.and_then(Snowflake::id), change.actor_name.as_str()) {
            (Some(id), "") => gone(id, self.words),
            (Some(_), name) => visible(name).into_owned(),
            (None, "bot") => self.words.t("actor-bot"),
            (None, _) => self.words.t("actor-system"),
        }
    }

    pub fn avatar_url(&self, change: &Entry) -> String {
        match change.actor_id.and_then(Snowflake::id) {
            Some(id) => avatar_url(id, change.actor_avatar.as_deref()),
            None => "/cdn/embed/avatars/0".into(),
        }
    }

    pub fn delivery(&self, change: &Entry) -> Delivery {
        let (words, state) = (self.words, State::of(change, &self.way));
        let message = state.message(words);
        let module = words.t(&format!("{}-name", change.subject));
        let announcement = Message::new("announce-delivery").text("module", module).text("state", words.say(&message));
        Delivery {
            change_id: change.id.clone(),
            state: state.name(),
            tone: state.tone(),
            at: state.at().map(|at| TimeText::new(at, words)),
            pending_as_of: state.is_pending().then(|| words.time(self.now)),
            again: self.page.clone(),
            back: None,
            announcement: words.say(&announcement),
            message,
        }
    }

    /// After a refusal: to the last version the bot accepted; there is none: to the defaults. For those who may.
    fn way_back(&self, latest: &Latest) -> Option<String> {
        let (guild, change) = (self.guild, &latest.entry);
        change.rejected_reason.as_ref().filter(|_| self.rights.edits(&change.subject))?;
        Some(match &latest.last_accepted {
            Some(id) => format!("/guilds/{guild}/changes/{id}/restoration"),
            None => format!("/guilds/{guild}/settings/{}/reset", change.subject),
        })
    }
}

/// Somebody whose account was deleted: known by a number alone, which is nobody's at Discord.
pub fn gone(id: UserId, words: &Words) -> String {
    words.say(&Message::new("actor-gone").text("id", id.to_string()))
}

impl Way {
    /// What stands at the top of every page of the server.
    pub fn banner(&self, words: &Words) -> Option<Banner> {
        let since = |key: &'static str, at: Millis| Message::new(key).text("since", words.time(at));
        let (state, message) = match (self.lost_since, self.bot) {
            (Some(at), _) => ("connection", since("banner-connection", at)),
            (None, crate::bots::Reach::Away { since: Some(at) }) => ("offline", since("banner-offline", at)),
            (None, crate::bots::Reach::Away { since: None }) => ("offline", Message::new("banner-offline-ever")),
            _ => return None,
        };
        Some(Banner { state, message })
    }
}

/// What open pages are sent when changes have come further.
#[derive(Template)]
#[template(path = "live/changes.html")]
pub struct ChangesFragment {
    /// The newest of each module.
    pub latest: Vec<ChangeLine>,
    /// Any others that an open page may show.
    pub deliveries: Vec<Delivery>,
}

/// What open pages are sent when the bot has gone or come back.
#[derive(Template)]
#[template(path = "live/banner.html")]
pub struct BannerFragment {
    pub banner: Option<Banner>,
}
