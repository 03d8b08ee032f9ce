//! `POST …/commands/{id}/again`: while it is in time the very same command, which a bot does once; later a new one,
//! which says that the first may have happened. Channel and mentions are judged for who tries it, as they are now.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value};
use twilight_model::guild::Permissions;
use uuid::Uuid;

use super::pages::id_of;
use super::state::State;
use super::{Commands, Kind, NewCommand, Row, outbox, rows};
use crate::changes::delivery;
use crate::changes::news::Topic;
use crate::clock::Millis;
use crate::db::DbError;
use crate::error::{AppError, Trouble};
use crate::guilds::guard::{Act, Any, GuildAccess};
use crate::guilds::rights::Level;
use crate::ids::{self, ChannelId, Snowflake};
use crate::keys::Keys;
use crate::server_page::ServerPage;
use crate::settings::fields::RoleUse;
use crate::settings::module::ModuleKey;
use crate::settings::scene::Settings;
use crate::web::shell::{Flash, Tone};
use crate::web::submitted::Submitted;
use crate::web::words::Message;
use crate::web::{WebConfig, flash};

/// How a command is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// The very same command once more.
    Same,
    /// A new one; the first may have happened, or has certainly not.
    New { perhaps: bool },
}

impl Way {
    /// None: there is nothing to try again.
    pub fn of(row: &Row, way: &delivery::Way, now: Millis) -> Option<Self> {
        match State::of(row, way, now) {
            State::NoAnswer { .. } if now < row.expires_at && row.sent_at.is_some() => Some(Self::Same),
            State::NoAnswer { .. } => Some(Self::New { perhaps: true }),
            State::Expired => Some(Self::New { perhaps: false }),
            _ => None,
        }
    }
}

/// A command that somebody wants to try again.
pub(super) struct Again<'a> {
    kind: Kind,
    place: &'a ServerPage,
    /// Whether it was theirs the first time.
    own: bool,
    message: Map<String, Value>,
}

impl<'a> Again<'a> {
    /// # Errors
    /// A row that no version of ours has written.
    pub fn of(row: &Row, place: &'a ServerPage) -> Result<Self, AppError> {
        let message = serde_json::from_str(&row.body)
            .map_err(|error| AppError::new(Trouble::Internal, format!("the command {}: {error}", row.id)))?;
        let kind = Kind::parse(&row.kind);
        let unknown = || AppError::new(Trouble::Internal, format!("the command {} is of no known kind", row.id));
        let own = row.user_id.and_then(Snowflake::id) == Some(place.admitted.person.id);
        Ok(Self { kind: kind.ok_or_else(unknown)?, place, own, message })
    }

    /// Why this person may not give it again, as a key of words. It is judged as they are now, whatever was the case
    /// when it was given first.
    pub fn refusal(&self) -> Option<&'static str> {
        // What was judged for one person is theirs alone to give again.
        if !self.own && self.kind.is_judged() {
            return Some("command-again-not-yours");
        }
        if !self.may_write() {
            return Some("command-again-channel");
        }
        (!self.may_mention()).then_some("command-again-mention")
    }

    /// Whether the bot would write where they can see it, and where they may write themselves.
    fn may_write(&self) -> bool {
        let Some(id) = self.message.get("channelId").and_then(Value::as_str) else { return true };
        let judge = self.place.judge();
        let Some(channel) = judge.find_channel(id) else { return !self.kind.is_judged() };
        let writes = || judge.person.permissions_in(channel).contains(Permissions::SEND_MESSAGES);
        let unseen_is_fine = !self.kind.is_judged() && !self.kind.is_of_a_giveaway();
        unseen_is_fine || (judge.person.sees(channel) && (!self.kind.is_judged() || writes()))
    }

    /// Whether they may mention each role that the members of a ticket's category are called by.
    fn may_mention(&self) -> bool {
        let judge = self.place.judge();
        let categories = self.message.get("categories").and_then(Value::as_array).into_iter().flatten();
        let pinged = categories.filter_map(|category| category["pingRoleIds"].as_array()).flatten();
        let mut roles = pinged.filter_map(|id| judge.find_role(id.as_str()?));
        roles.all(|role| judge.role_reason(RoleUse::Ping, role).is_ok())
    }
}

pub async fn again(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act, Any>>,
    app: Data<Settings>,
    commands: Data<Commands>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, form } = post;
    let answer = give_again(&req, guard, &app, &commands).await;
    let (to, flash) = answer.map_err(|error| error.keeping_for_later(&req, form))?;
    Ok(flash::redirect(&config, &keys, &to, Some(&flash)))
}

async fn give_again(
    req: &HttpRequest,
    guard: GuildAccess<Act, Any>,
    app: &Settings,
    commands: &Commands,
) -> Result<(String, Flash), AppError> {
    let (id, guild) = (id_of(req)?, guard.admitted.guild);
    let read = app.db.run(move |conn| {
        let Some(row) = rows::find(conn, guild, id)? else { return Ok(None) };
        let later = rows::repetition(conn, guild, &row)?;
        Ok::<_, DbError>(Some((row, later)))
    });
    let (row, later) = read.await?.ok_or(Trouble::NotFound)?;
    guard.admitted.must(Level::Act, &row.subject)?;
    let place = ServerPage::new(req, app, guard.admitted);
    let page = |id: &str| place.href(&format!("/commands/{id}"));
    let note = |tone, key| Flash { tone, message: Message::new(key) };
    let Some(way) = Way::of(&row, &place.way, place.now).filter(|_| later.is_none()) else {
        let now_at = later.map_or(row.id, |later| later.id);
        return Ok((page(&now_at), note(Tone::Note, "flash-command-settled")));
    };
    let again = Again::of(&row, &place)?;
    if let Some(why) = again.refusal() {
        return Ok((page(&row.id), note(Tone::Bad, why)));
    }
    if way == Way::Same {
        let doing = place.words.say(&place.drawing().doing(&row));
        let key = match commands.once_more(guild, id).await? {
            Some(true) => "flash-command-again-sent",
            Some(false) => "flash-command-again-waiting",
            None => return Ok((page(&row.id), note(Tone::Note, "flash-command-settled"))),
        };
        return Ok((page(&row.id), Flash { tone: Tone::Good, message: Message::new(key).text("doing", doing) }));
    }
    let new = repetition(&row, id, again.kind, again.message)?;
    let issued = commands.issue(&place.admitted, new).await?;
    Ok((page(&issued.id.to_string()), issued.flash(&place.words)))
}

fn repetition(row: &Row, id: Uuid, kind: Kind, mut message: Map<String, Value>) -> Result<NewCommand, AppError> {
    let unknown = || AppError::new(Trouble::Internal, format!("the command {id} is of no known kind"));
    let channel: Option<ChannelId> = message.get("channelId").and_then(Value::as_str).and_then(ids::parse);
    for name in ["type", "guildId", "channelId", "commandId", "userId", "timestamp", "expiresAt"] {
        message.remove(name);
    }
    Ok(NewCommand {
        kind,
        module: ModuleKey::parse(&row.subject).ok_or_else(unknown)?,
        about: row.about.clone(),
        label: row.label.clone(),
        channel,
        fields: message,
        repeats: Some(id),
    })
}

impl Commands {
    /// Sends the very same command again. None: it was answered meanwhile, or is no longer in time.
    async fn once_more(&self, guild: crate::ids::GuildId, id: Uuid) -> Result<Option<bool>, AppError> {
        if !outbox::send_again(&self.parts.db, guild, id, self.parts.clock.now()).await? {
            return Ok(None);
        }
        self.parts.news.tell(guild, Topic::Commands, &id.to_string());
        Ok(Some(self.send(guild, id).await))
    }
}
