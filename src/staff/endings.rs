//! What was given ends by itself: the change log says so, once, whichever instance notices it.

use std::collections::BTreeSet;

use crate::changes::news::{News, Topic};
use crate::clock::Clock;
use crate::db::{Conn, Db, DbError};
use crate::guilds::grants as rows;
use crate::hourly::Job;
use crate::ids::GuildId;

use super::store;

/// Ends noted in one transaction.
const AT_ONCE: i64 = 200;

#[derive(Clone)]
pub struct Endings {
    db: Db,
    clock: Clock,
    news: News,
}

impl Endings {
    pub fn new(db: Db, clock: Clock, news: News) -> Self {
        Self { db, clock, news }
    }

    /// Looks at once, and then once an hour.
    pub fn start(self) -> Job {
        Job::start(move || {
            let this = self.clone();
            async move {
                if let Err(error) = this.pass().await {
                    tracing::warn!(cause = %error, "ends cannot be noted; the next hour tries again");
                }
            }
        })
    }

    /// Notes each end that is not in the log yet; says how many those were. Several instances may do it at once.
    ///
    /// # Errors
    /// As the database answers; what was noted before stays so.
    pub async fn pass(&self) -> Result<usize, DbError> {
        let mut noted = 0;
        loop {
            let now = self.clock.now();
            let work = move |conn: &mut Conn| {
                let ended = rows::ended_unsaid(conn, now, AT_ONCE)?;
                Ok::<_, DbError>((ended.len(), store::note_ends(conn, &ended)?))
            };
            let (found, guilds) = self.db.write(work).await?;
            noted += guilds.len();
            for guild in guilds.into_iter().collect::<BTreeSet<GuildId>>() {
                tracing::info!(event = "staff_changed", guild.id = %guild, "what was given to staff has ended");
                self.news.tell_list(guild, Topic::Staff);
                self.news.tell_list(guild, Topic::Activity);
            }
            if i64::try_from(found).unwrap_or(i64::MAX) < AT_ONCE {
                return Ok(noted);
            }
        }
    }
}
