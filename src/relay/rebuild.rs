//! Filling a Redis that lost data or is new: every pair's revision is compared, and what differs is sent.
//!
//! The database is the truth. A pair that Redis holds at a higher revision means that the database was put back
//! to an older copy: `overrule` settles it.

use config_sync::Answer;
use diesel::prelude::*;
use twilight_model::id::marker::GuildMarker;

use super::Unsent;
use super::task::Sender;
use crate::changes::Action;
use crate::clock::Millis;
use crate::db::DbError;
use crate::ids::{GuildId, Snowflake};
use crate::schema::settings;
use crate::settings::module::ModuleKey;

/// Rows compared at once.
const PAGE: i64 = 200;

#[derive(Queryable, Selectable)]
#[diesel(table_name = settings)]
struct Row {
    guild_id: Snowflake<GuildMarker>,
    module: String,
    body: String,
    shape: i32,
    revision: i64,
    is_default: bool,
    updated_at: Millis,
}

impl Sender {
    /// Brings Redis to what the database holds. False: it could not be finished, and will be begun anew.
    pub(super) async fn rebuild(&mut self) -> bool {
        let Ok(known) = super::outbox::highest_n(&self.parts.db).await else { return false };
        let n = match self.parts.publisher.begin_rebuild(known).await {
            Ok(Answer::Sent { n, .. }) => n,
            Ok(other) => {
                tracing::error!(answer = ?other, "Redis refuses a rebuild");
                return false;
            }
            Err(_) => return false,
        };
        self.highest_n = Some(n);
        tracing::info!(event = "redis_rebuild", "Redis is filled from the database");
        let mut sent = 0;
        let mut after = (0_i64, String::new());
        loop {
            let rows = match self.page(after.clone()).await {
                Ok(rows) => rows,
                Err(error) => {
                    tracing::warn!(cause = %error, "the rebuild stops: the database cannot be read");
                    return false;
                }
            };
            let Some(last) = rows.last() else { break };
            after = (last.guild.get().cast_signed(), last.module.as_str().to_owned());
            match self.send_what_differs(&rows).await {
                Some(count) => sent += count,
                None => return false,
            }
        }
        let done = matches!(self.parts.publisher.complete_rebuild(n).await, Ok(Answer::Sent { .. } | Answer::Same));
        metrics::counter!("guildhall_relay_repaired_total").increment(sent);
        tracing::info!(sent, done, "the rebuild has ended");
        done
    }

    async fn send_what_differs(&mut self, rows: &[Unsent]) -> Option<u64> {
        let mut guilds: Vec<GuildId> = rows.iter().map(|row| row.guild).collect();
        guilds.dedup();
        let wire: Vec<config_sync::GuildId> = guilds.iter().map(|guild| config_sync::GuildId(guild.get())).collect();
        let held = self.parts.publisher.held_revisions(&wire).await.ok()?;
        let mut sent = 0;
        for row in rows {
            let place = guilds.iter().position(|guild| *guild == row.guild)?;
            let revision = held.get(place)?.get(&row.module.wire_name()).copied().unwrap_or(0);
            if revision < row.revision.unsigned_abs() {
                match self.publish(row).await {
                    Some(Answer::Sent { .. }) => sent += 1,
                    Some(Answer::Same | Answer::Stale { .. }) => {}
                    _ => return None,
                }
            } else if revision > row.revision.unsigned_abs() {
                self.overrule(row, revision).await?;
                sent += 1;
            }
        }
        Some(sent)
    }

    async fn page(&self, after: (i64, String)) -> Result<Vec<Unsent>, DbError> {
        self.parts
            .db
            .run(move |conn| {
                use diesel::dsl::sql;
                use diesel::sql_types::{BigInt, Bool};
                // Keyset: a <= x AND (a < x OR b < y), which stays on the index of both databases.
                let beyond = sql::<Bool>("guild_id >= ")
                    .bind::<BigInt, _>(after.0)
                    .sql(" AND (guild_id > ")
                    .bind::<BigInt, _>(after.0)
                    .sql(" OR module > ")
                    .bind::<diesel::sql_types::Text, _>(after.1)
                    .sql(")");
                let rows: Vec<Row> = settings::table
                    .filter(beyond)
                    .order((settings::guild_id.asc(), settings::module.asc()))
                    .limit(PAGE)
                    .select(Row::as_select())
                    .load(conn)?;
                Ok(rows.into_iter().filter_map(as_change).collect())
            })
            .await
    }
}

/// The present settings as a change that could be sent.
fn as_change(row: Row) -> Option<Unsent> {
    let settings: serde_json::Value = serde_json::from_str(&row.body).ok()?;
    Some(Unsent {
        id: String::new(),
        guild: row.guild_id.id()?,
        module: ModuleKey::parse(&row.module)?,
        action: if row.is_default { Action::Delete } else { Action::Update },
        revision: row.revision,
        schema: row.shape,
        changed: settings.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default(),
        settings,
        at: row.updated_at,
        attempts: 0,
    })
}
