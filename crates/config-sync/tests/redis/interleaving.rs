//! Whatever order changes are sent in: the snapshot ends at the newest, and no bot goes backwards.

use std::collections::HashMap;
use std::time::Duration;

use config_sync::{Answer, Change, ConfigSubscriber, GuildId, MAX_REVISION, ModuleName};
use proptest::collection::vec;
use proptest::prelude::*;
use std::sync::{Arc, Mutex};

use crate::support::{PREFIX, Redis, change_of, eventually};

type Heard = Arc<Mutex<Vec<(GuildId, ModuleName, u64)>>>;

/// Revisions that repeat and cross, some beside the largest.
fn revision() -> impl Strategy<Value = u64> {
    prop_oneof![4 => 1..12_u64, 1 => (MAX_REVISION - 3)..=MAX_REVISION]
}

fn sends() -> impl Strategy<Value = Vec<(u64, bool, u64)>> {
    vec((1..4_u64, any::<bool>(), revision()), 1..60)
}

#[test]
fn any_order_of_sends_ends_at_the_newest_and_no_bot_goes_backwards() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let redis = runtime.block_on(Redis::start());
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(25) };
    proptest!(config, |(sends in sends())| {
        runtime.block_on(check(&redis, sends));
    });
}

async fn check(redis: &Redis, sends: Vec<(u64, bool, u64)>) {
    let _: () = redis::cmd("FLUSHALL").exec_async(&mut redis.connection().await).await.unwrap();
    let publisher = redis.ready_publisher().await;
    let early = Heard::default();
    let _bot = bot(redis, &early);

    // Several dashboards at once, each sending every third.
    let lanes = (0..3).map(|lane| {
        let publisher = publisher.clone();
        let sends = sends.clone();
        async move {
            let mut sent = Vec::new();
            for (guild, music, revision) in sends.into_iter().skip(lane).step_by(3) {
                let module = if music { ModuleName::MUSIC } else { ModuleName::TICKETS };
                let change = change_of(GuildId(guild), module.clone(), revision);
                let answer = publisher.publish(&change, 0).await.unwrap();
                if matches!(answer, Answer::Sent { .. }) {
                    sent.push((GuildId(guild), module, revision));
                }
            }
            sent
        }
    });
    let sent = futures_util::future::join_all(lanes).await.concat();

    let mut newest: HashMap<(GuildId, ModuleName), u64> = HashMap::new();
    for (guild, music, revision) in sends {
        let module = if music { ModuleName::MUSIC } else { ModuleName::TICKETS };
        let at = newest.entry((GuildId(guild), module)).or_default();
        *at = revision.max(*at);
    }
    for ((guild, module), revision) in &newest {
        let held = publisher.held_revisions(&[*guild]).await.unwrap();
        assert_eq!(held[0].get(module), Some(revision));
    }
    assert_eq!(publisher.status().await.unwrap().n, 1 + sent.len() as u64);

    let late = Heard::default();
    let _late_bot = bot(redis, &late);
    for heard in [&early, &late] {
        eventually(async || (last_of(heard) == newest).then_some(())).await;
        let mut before: HashMap<_, u64> = HashMap::new();
        for (guild, module, revision) in heard.lock().unwrap().iter().cloned() {
            let last = before.insert((guild, module), revision);
            assert!(last.is_none_or(|last| last < revision), "{last:?} then {revision}");
        }
    }
}

fn bot(redis: &Redis, heard: &Heard) -> ConfigSubscriber {
    let heard = Arc::clone(heard);
    let note = move |change: Change| {
        heard.lock().unwrap().push((change.guild_id, change.module, change.revision));
        std::future::ready(Ok::<(), String>(()))
    };
    let bot = ConfigSubscriber::builder(redis.url()).prefix(PREFIX).guilds([1, 2, 3]);
    bot.heartbeat(Duration::from_millis(50)).on_all(note).start().unwrap()
}

fn last_of(heard: &Heard) -> HashMap<(GuildId, ModuleName), u64> {
    let heard = heard.lock().unwrap();
    heard.iter().cloned().map(|(guild, module, revision)| ((guild, module), revision)).collect()
}
