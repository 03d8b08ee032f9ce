//! The history put into the stream before anybody reads it, each event at its own time: as if the bot had been there
//! all week.

use config_sync::{Event, GuildId, Names};
use redis::{Client, Pipeline, RedisResult};

use super::{World, history};

const BATCH: usize = 200;

impl World {
    /// Plays the days before now on these servers and adds them to the stream. A stream that holds anything has a past
    /// already: then nothing is done.
    ///
    /// # Errors
    /// When Redis does not take them.
    pub async fn has_a_past(&self, redis_url: &str, prefix: &str, guilds: &[GuildId]) -> RedisResult<()> {
        let stream = Names::new(prefix).event_stream();
        let mut connection = Client::open(redis_url)?.get_multiplexed_async_connection().await?;
        let entries: u64 = redis::cmd("XLEN").arg(&stream).query_async(&mut connection).await?;
        if entries > 0 {
            return Ok(());
        }
        for events in self.past(guilds).chunks(BATCH) {
            compose(&stream, events).exec_async(&mut connection).await?;
        }
        Ok(())
    }

    fn past(&self, guilds: &[GuildId]) -> Vec<Event> {
        let mut model = self.model();
        history::play(&mut model, guilds, self.now());
        model.take_told()
    }
}

fn compose(stream: &str, events: &[Event]) -> Pipeline {
    let mut all = Pipeline::with_capacity(events.len());
    for event in events {
        let json = serde_json::to_string(event).unwrap_or_default();
        all.cmd("XADD").arg(stream).arg(format!("{}-*", event.timestamp)).arg("event").arg(json).ignore();
    }
    all
}
