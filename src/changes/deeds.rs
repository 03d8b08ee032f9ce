//! Changes of something else than settings: what the bot is told to do, and content it works with (panels, playlists,
//! giveaways). They have no revision among the settings, and `relay` leaves them alone.

use diesel::prelude::*;
use serde_json::{Value, json};
use twilight_model::id::marker::{GuildMarker, UserMarker};
use uuid::Uuid;

use super::Actor;
use crate::clock::Millis;
use crate::db::{Conn, storable};
use crate::ids::{GuildId, Snowflake};
use crate::schema::changes;
use crate::settings::module::ModuleKey;

/// A command to the bot, as the change log has it.
#[derive(Clone, Debug)]
pub struct CommandChange {
    pub id: Uuid,
    pub guild: GuildId,
    pub module: ModuleKey,
    /// The type on the wire, in small letters with dashes.
    pub action: String,
    /// What it is about, as people know it.
    pub label: String,
    /// As it is sent.
    pub message: Value,
    pub at: Millis,
}

/// A panel, a playlist, a giveaway or a grant that was made, changed or removed.
#[derive(Clone, Debug)]
pub struct ContentChange {
    pub id: Uuid,
    pub guild: GuildId,
    /// The module's key, or what else it is about.
    pub subject: &'static str,
    /// `panel-create`, `panel-update`, `panel-delete`, and so on.
    pub action: &'static str,
    /// What people call it. No name alone is known before a creation and after a removal.
    pub label: String,
    /// The thing's own id.
    pub about: String,
    /// The thing as it was; none: there was none. An object.
    pub before: Option<Value>,
    /// The thing as it is now; none: it is gone. An object.
    pub after: Option<Value>,
    pub at: Millis,
}

#[derive(Insertable)]
#[diesel(table_name = changes)]
struct NewDeed<'a> {
    id: String,
    guild_id: Snowflake<GuildMarker>,
    kind: &'static str,
    subject: &'static str,
    number: i32,
    action: &'a str,
    shape: i32,
    before_body: Option<String>,
    after_body: Option<String>,
    changed: &'static str,
    names: &'static str,
    actor_id: Option<Snowflake<UserMarker>>,
    actor_name: String,
    actor_avatar: Option<&'a str>,
    created_at: Millis,
    touched_at: Millis,
    next_attempt_at: Millis,
    published_at: Option<Millis>,
}

/// Writes a command down in the log, in the transaction of `conn`.
///
/// # Errors
/// As the database answers.
pub fn record_command(conn: &mut Conn, command: &CommandChange, by: &Actor) -> QueryResult<()> {
    let after = json!({ "label": storable(&command.label), "command": command.message });
    let row =
        NewDeed { after_body: Some(after.to_string()), ..deed(command.guild, command.module.as_str(), command.at, by) };
    let row = NewDeed { id: command.id.to_string(), kind: "command", action: &command.action, ..row };
    diesel::insert_into(changes::table).values(&row).execute(conn)?;
    Ok(())
}

/// Writes a change of content down in the log, in the transaction of `conn`.
///
/// # Errors
/// As the database answers.
pub fn record_content(conn: &mut Conn, content: &ContentChange, by: &Actor) -> QueryResult<()> {
    let side = |thing: &Option<Value>| {
        let mut side = thing.as_ref()?.as_object().cloned().unwrap_or_default();
        side.insert("label".into(), storable(&content.label).into());
        side.insert("id".into(), content.about.clone().into());
        Some(Value::Object(side).to_string())
    };
    let row = NewDeed {
        id: content.id.to_string(),
        kind: "content",
        action: content.action,
        before_body: side(&content.before),
        after_body: side(&content.after),
        // It is changed by being saved; what the bot is told of it is a matter of its own.
        published_at: Some(content.at),
        ..deed(content.guild, content.subject, content.at, by)
    };
    diesel::insert_into(changes::table).values(&row).execute(conn)?;
    Ok(())
}

fn deed<'a>(guild: GuildId, subject: &'static str, at: Millis, by: &'a Actor) -> NewDeed<'a> {
    NewDeed {
        id: String::new(),
        guild_id: guild.into(),
        kind: "",
        subject,
        number: 0,
        action: "",
        shape: 0,
        before_body: None,
        after_body: None,
        changed: "[]",
        names: "{}",
        actor_id: by.id.map(Snowflake::from),
        actor_name: storable(&by.name),
        actor_avatar: by.avatar.as_deref(),
        created_at: at,
        touched_at: at,
        next_attempt_at: at,
        published_at: None,
    }
}
