//! Redis holds a newer revision than the database, which was put back to an older copy.
//!
//! The bot follows the database: its settings get a new revision, above the one Redis holds, as a change by the
//! system with Redis's side as before. So nothing is lost: the log has both.

use config_sync::Answer;
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use super::Unsent;
use super::task::Sender;
use crate::changes::{self, Action, Actor, SettingsChange};
use crate::db::DbError;
use crate::ids::Snowflake;
use crate::schema::settings;
use crate::settings::store::changed;

impl Sender {
    /// Raises the database's side above `held` and sends it. None: it could not be done now.
    pub(super) async fn overrule(&mut self, row: &Unsent, held: u64) -> Option<()> {
        let guild = config_sync::GuildId(row.guild.get());
        let mut messages = self.parts.publisher.held_messages(&[guild]).await.ok()?;
        let message = messages.pop()?.remove(&row.module.wire_name());
        let before = message.and_then(|message| message.data).map(|data| data.settings);
        tracing::warn!(
            event = "redis_ahead",
            guild.id = %row.guild,
            module = row.module.as_str(),
            held,
            "the database was put back to an older copy; the bot is brought back to it"
        );
        let raised = match self.raise(row.clone(), held, before).await {
            Ok(Some(raised)) => raised,
            // Somebody has saved meanwhile: that change is on its way.
            Ok(None) => return Some(()),
            Err(error) => {
                tracing::warn!(cause = %error, "the older copy cannot be settled yet");
                return None;
            }
        };
        match self.publish(&raised).await {
            Some(Answer::Sent { .. } | Answer::Same) => Some(()),
            // The change is in the outbox: the sweep sends it.
            Some(Answer::Stale { .. }) => Some(()),
            _ => None,
        }
    }

    async fn raise(&self, row: Unsent, held: u64, before: Option<Value>) -> Result<Option<Unsent>, DbError> {
        let now = self.parts.clock.now();
        let revision = now.max(held.cast_signed() + 1);
        self.parts
            .db
            .write(move |conn| {
                let place = settings::table
                    .filter(settings::guild_id.eq(Snowflake::from(row.guild)))
                    .filter(settings::module.eq(row.module.as_str()))
                    .filter(settings::revision.eq(row.revision));
                let Some(saves) = place.select(settings::saves).first::<i32>(conn).optional()? else { return Ok(None) };
                let raised = (settings::revision.eq(revision), settings::saves.eq(saves + 1));
                if diesel::update(place).set(raised).execute(conn)? == 0 {
                    return Ok(None);
                }
                let change = SettingsChange {
                    id: Uuid::now_v7(),
                    guild: row.guild,
                    module: row.module.as_str(),
                    schema: row.schema,
                    action: Action::Update,
                    revision,
                    number: saves + 1,
                    changed: changed(before.as_ref().unwrap_or(&Value::Null), &row.settings),
                    before,
                    after: row.settings.clone(),
                    names: Value::Object(serde_json::Map::new()),
                    restores: None,
                    at: now,
                };
                changes::record(conn, &change, &Actor::system())?;
                let id = change.id.to_string();
                Ok::<_, DbError>(Some(Unsent { id, revision, changed: change.changed, at: now, ..row }))
            })
            .await
    }
}
