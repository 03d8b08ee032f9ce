//! Saves, a relay, a Redis and a bot, in every order that chance finds: what holds in the end, and
//! all along.
//!
//! The bot's side is the crate's own code (`catchup`, `inbox`, `verdict`); Redis and the dashboard
//! are models of what the protocol says of them. At every question the bot asks, anything may
//! happen first. It is assumed that the dashboard's clock never shows a pair the same millisecond
//! twice.
//!
//! Always: no handler is called with a revision twice or backwards in a process, nor for another's
//! guild; defaults are taken for defaults only when Redis's copy is whole; nothing is answered for
//! another's guild. And once trouble ends: every change that is in the database has been sent, the
//! database, Redis and the bot agree, and what the bot answered stands in Redis. One exception: of
//! a copy put back under a standing connection the bot may not notice that answers alone are lost.

mod bot;
mod redis;
mod relay;
mod world;

use proptest::prelude::*;

use self::world::{FOREIGN, GUILDS, Shared, Step, World, steps};

/// So many for each that proptest runs by itself (256, or `PROPTEST_CASES`).
const TIMES: u32 = 3;

#[test]
fn whatever_happens_the_bot_ends_with_what_the_database_holds() {
    let usual = ProptestConfig::default();
    let config = ProptestConfig { failure_persistence: None, cases: TIMES * usual.cases, ..usual };
    proptest!(config, |(script in steps())| {
        run(script);
    });
}

fn run(script: Vec<Step>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let shared = Shared::new(script);
    runtime.block_on(bot::live(&shared));
    agree(&shared.lock());
}

fn agree(world: &World) {
    let stored = &world.relay.database.rows;
    assert_eq!(&world.redis.current, stored, "Redis and the database");
    assert!(world.redis.complete);
    for (pair, revision) in stored.iter().filter(|(pair, _)| pair.0 != FOREIGN) {
        let bot = world.handled.get(pair).copied().unwrap_or(0);
        // Both may have lost what the bot had applied. It does not go back; the next save is newer.
        let both_lost = world.database_went_back && bot > *revision;
        assert!(bot == *revision || both_lost, "{pair:?}: the bot holds {bot}, the database {revision}");
        let applied = world.redis.applied.get(pair).cloned().unwrap_or_default();
        let answered = applied.revision.max(applied.rejected.unwrap_or(0));
        let of_a_lost_one = world.database_went_back && answered > bot;
        assert!(
            answered == bot || of_a_lost_one || world.quietly_back,
            "{pair:?}: the bot holds {bot} and answered {answered}"
        );
    }
    assert!(world.redis.applied.keys().all(|pair| pair.0 != FOREIGN));
    assert!(world.handled.keys().all(|pair| pair.0 != FOREIGN));
    assert!(GUILDS.iter().all(|guild| world.known_whole.contains(guild)), "what was never saved is known to be so");
}
