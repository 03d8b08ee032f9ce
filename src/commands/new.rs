//! A new command, written down in the transaction of whoever gives it: its row, and its row in the change log.

use diesel::prelude::*;
use serde_json::{Map, Value};
use twilight_model::id::marker::{GuildMarker, UserMarker};
use uuid::Uuid;

use super::{Issued, Kind};
use crate::accounts::Person;
use crate::changes::{self, Actor, CommandChange};
use crate::clock::Millis;
use crate::db::{Conn, DbError, storable};
use crate::error::{AppError, Trouble};
use crate::ids::{ChannelId, GuildId, Snowflake, UserId};
use crate::schema::{commands, users};
use crate::settings::module::ModuleKey;

/// A command that was not done by then is not done any more.
pub const LASTS: Millis = 2 * 60 * 1000;
/// Fields that no log shows.
const SECRETS: [&str; 1] = ["secretPrize"];
const MINUTE: Millis = 60 * 1000;
/// Commands of a person, and to a server, in a minute.
const OF_A_PERSON: i64 = 10;
const TO_A_SERVER: i64 = 20;
/// The sender's sweep must not race the request that hands the command over.
const HEAD_START: Millis = 2_000;

/// What the bot is to do.
#[derive(Clone, Debug)]
pub struct NewCommand {
    pub kind: Kind,
    pub module: ModuleKey,
    /// The id of what it is about: a giveaway, a ticket, a panel, a channel.
    pub about: String,
    /// Its name as people know it: the prize, "Ticket #42", the channel's name.
    pub label: String,
    pub channel: Option<ChannelId>,
    /// What the type has more, in camelCase.
    pub fields: Map<String, Value>,
    /// The earlier command that this one says again.
    pub repeats: Option<Uuid>,
}

#[derive(Insertable)]
#[diesel(table_name = commands)]
struct NewRow<'a> {
    id: String,
    change_id: String,
    guild_id: Snowflake<GuildMarker>,
    user_id: Option<Snowflake<UserMarker>>,
    kind: &'static str,
    subject: &'static str,
    about: &'a str,
    label: String,
    body: String,
    created_at: Millis,
    expires_at: Millis,
    next_attempt_at: Millis,
    repeats_id: Option<String>,
    touched_at: Millis,
}

impl NewCommand {
    /// Writes the command and its row of the change log in the transaction of `conn`. Hand over what is given, after
    /// the commit.
    ///
    /// # Errors
    /// [`Trouble::TooMany`]: this person has given 10 commands, or this server got 20, within a minute. Else as the
    /// database answers. Nothing is written then.
    pub fn write(&self, conn: &mut Conn, guild: GuildId, by: &Person, now: Millis) -> Result<Issued, AppError> {
        allow(conn, guild, by.id, now)?;
        let issued = Issued::new(self, guild);
        let message = self.message(issued.id, guild, Some(by.id), now);
        let change = CommandChange {
            id: issued.change,
            guild,
            module: self.module,
            action: self.kind.action(),
            label: self.label.clone(),
            message: without_secrets(message.clone()),
            at: now,
        };
        changes::record_command(conn, &change, &Actor::from(by))?;
        self.insert(conn, &issued, Some(by.id), now, &message)?;
        Ok(issued)
    }

    /// As [`NewCommand::write`], for what Guildhall itself asks the bot, which changes nothing: it is counted for
    /// nobody and stands in no log.
    ///
    /// # Errors
    /// As the database answers.
    pub fn write_unlogged(&self, conn: &mut Conn, guild: GuildId, now: Millis) -> Result<Issued, DbError> {
        let issued = Issued::new(self, guild);
        let message = self.message(issued.id, guild, None, now);
        self.insert(conn, &issued, None, now, &message)?;
        Ok(issued)
    }

    fn insert(
        &self,
        conn: &mut Conn,
        issued: &Issued,
        by: Option<UserId>,
        now: Millis,
        message: &Value,
    ) -> QueryResult<()> {
        let row = NewRow {
            id: issued.id.to_string(),
            change_id: issued.change.to_string(),
            guild_id: issued.guild.into(),
            user_id: by.map(Snowflake::from),
            kind: self.kind.wire_name(),
            subject: self.module.as_str(),
            about: &self.about,
            label: storable(&self.label),
            body: message.to_string(),
            created_at: now,
            expires_at: now + LASTS,
            next_attempt_at: now + HEAD_START,
            repeats_id: self.repeats.map(|id| id.to_string()),
            touched_at: now,
        };
        diesel::insert_into(commands::table).values(&row).execute(conn)?;
        Ok(())
    }

    /// As it is sent.
    fn message(&self, id: Uuid, guild: GuildId, by: Option<UserId>, now: Millis) -> Value {
        let mut message = self.fields.clone();
        message.insert("type".into(), self.kind.wire_name().into());
        message.insert("guildId".into(), guild.to_string().into());
        message.insert("commandId".into(), id.to_string().into());
        message.insert("timestamp".into(), now.into());
        message.insert("expiresAt".into(), (now + LASTS).into());
        if let Some(channel) = self.channel {
            message.insert("channelId".into(), channel.to_string().into());
        }
        if let Some(by) = by {
            message.insert("userId".into(), by.to_string().into());
        }
        Value::Object(message)
    }
}

/// What the bot alone is told stands in no log.
fn without_secrets(mut message: Value) -> Value {
    if let Some(fields) = message.as_object_mut() {
        SECRETS.iter().for_each(|name| drop(fields.remove(*name)));
    }
    message
}

/// The text of a message without what no log shows; None: there is nothing of that in it.
pub(super) fn forget_secrets(body: &str) -> Option<String> {
    let message: Value = serde_json::from_str(body).ok()?;
    let plain = without_secrets(message.clone());
    (plain != message).then(|| plain.to_string())
}

/// How many commands a person may give and a server may get, whichever instances serve them.
fn allow(conn: &mut Conn, guild: GuildId, person: UserId, now: Millis) -> Result<(), AppError> {
    let (user, since) = (Snowflake::from(person), now - MINUTE);
    // Holds the person's row, so that two at once are counted one after the other.
    diesel::update(users::table.find(user)).set(users::updated_at.eq(users::updated_at)).execute(conn)?;
    let of_person: Option<Millis> = commands::table
        .filter(commands::user_id.eq(user).and(commands::created_at.gt(since)))
        .order(commands::created_at.desc())
        .offset(OF_A_PERSON - 1)
        .select(commands::created_at)
        .first(conn)
        .optional()?;
    let to_guild: Option<Millis> = commands::table
        .filter(commands::guild_id.eq(Snowflake::from(guild)).and(commands::touched_at.gt(since)))
        .filter(commands::created_at.gt(since).and(commands::user_id.is_not_null()))
        .order(commands::created_at.desc())
        .offset(TO_A_SERVER - 1)
        .select(commands::created_at)
        .first(conn)
        .optional()?;
    let Some(earliest) = of_person.max(to_guild) else { return Ok(()) };
    tracing::warn!(event = "limit_hit", user.id = %person, guild.id = %guild, limit = "commands", "too many commands");
    let wait = u64::try_from((earliest + MINUTE - now) / 1000).unwrap_or_default() + 1;
    Err(AppError::new(Trouble::TooMany { wait }, "commands"))
}
