//! `POST …/tickets/{tid}/rating/approval` and `…/rating/featuring`, and what `…/rating/deletion` does: each is a
//! change of content in the log, in the transaction that makes it so.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use diesel::prelude::*;
use serde_json::{Map, json};
use uuid::Uuid;

use crate::accounts::Person;
use crate::changes::news::Topic;
use crate::changes::{self, Actor, ContentChange};
use crate::clock::Millis;
use crate::commands::{Commands, Issued, Kind, NewCommand};
use crate::db::Conn;
use crate::error::{AppError, Trouble};
use crate::guilds::guard::{Act, GuildAccess};
use crate::happenings;
use crate::happenings::rating_counts::{self, Given};
use crate::ids::{GuildId, Snowflake};
use crate::keys::Keys;
use crate::modules::Tickets;
use crate::schema::ratings;
use crate::server_page::ServerPage;
use crate::settings::module::{Module, ModuleKey};
use crate::settings::scene::{In, Settings};
use crate::settings::store;
use crate::tickets::id::id_of;
use crate::tickets::{rows as ticket_rows, telling};
use crate::web::shell::{Flash, Tone};
use crate::web::submitted::Submitted;
use crate::web::words::{Message, Words};
use crate::web::{WebConfig, flash};

use super::filter::list_href;
use super::posting::{self, Posting};
use super::rows::{self, Rating};

/// What is done to a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Approve,
    /// Or no longer.
    Feature(bool),
    Delete,
}

/// What became of it.
enum Outcome {
    Approved {
        posting: Posting,
        issued: Option<Box<Issued>>,
    },
    Done,
    /// It is so already.
    Nothing,
    /// Only an approved one can be featured.
    NotApproved,
    /// Somebody has deleted it meanwhile.
    Gone,
}

pub async fn approve(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act, In<Tickets>>>,
    app: Data<Settings>,
    commands: Data<Commands>,
    web: (Data<WebConfig>, Data<Keys>),
) -> Result<HttpResponse, AppError> {
    perform(&req, post, &app, &commands, &web, |_| Deed::Approve).await
}

pub async fn feature(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act, In<Tickets>>>,
    app: Data<Settings>,
    commands: Data<Commands>,
    web: (Data<WebConfig>, Data<Keys>),
) -> Result<HttpResponse, AppError> {
    perform(&req, post, &app, &commands, &web, Deed::Feature).await
}

/// Does it, and goes back to the list as it was looked at. `deed` is told whether the form says "on".
///
/// # Errors
/// 404 without such a rating; else as the transaction, which has then written nothing.
pub(super) async fn perform(
    req: &HttpRequest,
    post: Submitted<GuildAccess<Act, In<Tickets>>>,
    app: &Settings,
    commands: &Commands,
    (config, keys): &(Data<WebConfig>, Data<Keys>),
    deed: impl FnOnce(bool) -> Deed,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, form } = post;
    let place = ServerPage::new(req, app, guard.admitted);
    let work = Work {
        guild: place.admitted.guild,
        ticket: id_of(req)?,
        deed: deed(form.checked("featured")),
        by: place.admitted.person.clone(),
        words: place.words.clone(),
        modules: app.modules,
        now: place.now,
    };
    let (guild, ticket, deed) = (work.guild, work.ticket.clone(), work.deed);
    let to = list_href(&place.href("/tickets/ratings"), form.text("view").unwrap_or_default());
    let done = app.db.write(move |conn| work.write(conn)).await;
    let (name, outcome) = done.map_err(|error| error.keeping_for_later(req, form))?;
    if !matches!(outcome, Outcome::Nothing | Outcome::NotApproved | Outcome::Gone) {
        tracing::info!(guild.id = %guild, ticket.id = ticket, deed = deed.action(), "a rating was moderated");
        app.news.tell(guild, Topic::Tickets, &ticket);
    }
    let flash = match outcome {
        Outcome::Approved { issued: Some(issued), .. } => {
            let sent = commands.hand_over(*issued).await.sent;
            note(Tone::Good, if sent { "flash-rating-approved-sent" } else { "flash-rating-approved-waiting" }, &name)
        }
        Outcome::Approved { posting, issued: None } => {
            let why = posting.reason().map(|reason| place.words.say(&reason)).unwrap_or_default();
            let flash = note(Tone::Good, "flash-rating-approved", &name);
            Flash { message: flash.message.text("why", why), ..flash }
        }
        Outcome::Done => note(Tone::Good, deed.done(), &name),
        Outcome::Nothing => note(Tone::Note, "flash-rating-already", &name),
        Outcome::NotApproved => note(Tone::Warning, "flash-rating-not-approved", &name),
        Outcome::Gone => note(Tone::Warning, "flash-rating-gone", &name),
    };
    Ok(flash::redirect(config, keys, &to, Some(&flash)))
}

fn note(tone: Tone, key: &'static str, name: &str) -> Flash {
    Flash { tone, message: Message::new(key).name("ticket", name) }
}

impl Deed {
    /// In the change log.
    fn action(self) -> &'static str {
        match self {
            Self::Approve => "rating-approve",
            Self::Feature(_) => "rating-feature",
            Self::Delete => "rating-delete",
        }
    }

    fn done(self) -> &'static str {
        match self {
            Self::Approve => "flash-rating-approved",
            Self::Feature(true) => "flash-rating-featured",
            Self::Feature(false) => "flash-rating-unfeatured",
            Self::Delete => "flash-rating-deleted",
        }
    }
}

/// A deed on its way to the database.
struct Work {
    guild: GuildId,
    ticket: String,
    deed: Deed,
    by: Person,
    words: Words,
    modules: &'static [Module],
    now: Millis,
}

impl Work {
    /// What the ticket is called, and what became of it.
    fn write(&self, conn: &mut Conn) -> Result<(String, Outcome), AppError> {
        // A rating's event that comes meanwhile waits: what is counted is what is read here.
        happenings::one_at_a_time(conn, std::iter::once(self.guild))?;
        let ticket = ticket_rows::find(conn, self.guild, &self.ticket)?;
        let name = match &ticket {
            Some(row) => telling::label(&self.words, row),
            None => self.words.t("rating-ticket-unknown"),
        };
        let Some(rating) = rows::of_ticket(conn, self.guild, &self.ticket)? else {
            let known = rows::was_there(conn, self.guild, &self.ticket)?;
            return if known { Ok((name, Outcome::Gone)) } else { Err(Trouble::NotFound.into()) };
        };
        if self.deed == Deed::Feature(true) && !rating.approved {
            return Ok((name, Outcome::NotApproved));
        }
        if !self.set(conn)? {
            return Ok((name, Outcome::Nothing));
        }
        if self.deed == Deed::Delete {
            let guild = self.guild.into();
            rating_counts::remove(conn, Given { guild, staff: rating.staff_id, stars: rating.stars })?;
        }
        self.log(conn, &rating, &name)?;
        if self.deed != Deed::Approve {
            return Ok((name, Outcome::Done));
        }
        let settings = posting::settings(&store::load(conn, self.guild, self.modules)?);
        let posting = Posting::of(&rating, &settings);
        let issued = match posting {
            Posting::Posted => Some(Box::new(self.publication(&name).write(conn, self.guild, &self.by, self.now)?)),
            _ => None,
        };
        Ok((name, Outcome::Approved { posting, issued }))
    }

    /// Whether it was not so before: the statement compares and sets.
    fn set(&self, conn: &mut Conn) -> QueryResult<bool> {
        let one = ratings::table
            .filter(ratings::guild_id.eq(Snowflake::from(self.guild)))
            .filter(ratings::ticket_id.eq(self.ticket.clone()).and(ratings::deleted.eq(false)));
        let changed = match self.deed {
            Deed::Approve => {
                let one = one.filter(ratings::approved.eq(false));
                diesel::update(one).set(ratings::approved.eq(true)).execute(conn)?
            }
            Deed::Feature(on) => {
                let one = one.filter(ratings::featured.eq(!on));
                diesel::update(one).set(ratings::featured.eq(on)).execute(conn)?
            }
            Deed::Delete => diesel::update(one).set(ratings::deleted.eq(true)).execute(conn)?,
        };
        Ok(changed > 0)
    }

    fn log(&self, conn: &mut Conn, rating: &Rating, name: &str) -> QueryResult<()> {
        let after = match self.deed {
            Deed::Approve => Some(Rating { approved: true, ..rating.clone() }),
            Deed::Feature(featured) => Some(Rating { featured, ..rating.clone() }),
            Deed::Delete => None,
        };
        let change = ContentChange {
            id: Uuid::now_v7(),
            guild: self.guild,
            subject: ModuleKey::Tickets.as_str(),
            action: self.deed.action(),
            label: name.to_owned(),
            about: self.ticket.clone(),
            before: Some(rating.as_content()),
            after: after.map(|rating| rating.as_content()),
            at: self.now,
        };
        changes::record_content(conn, &change, &Actor::from(&self.by))
    }

    fn publication(&self, name: &str) -> NewCommand {
        NewCommand {
            kind: Kind::ReviewPublish,
            module: ModuleKey::Tickets,
            about: self.ticket.clone(),
            label: name.to_owned(),
            channel: None,
            fields: Map::from_iter([("ticketId".to_owned(), json!(self.ticket))]),
            repeats: None,
        }
    }
}
