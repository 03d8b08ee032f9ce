//! Whether Redis would let us do everything that we do there.
//!
//! Redis judges a command when it is queued in a transaction, so each is queued and none is ever run: the connection
//! is dropped before the end.

use config_sync::{GuildId, Names};
use redis::{Client, Cmd, RedisResult, cmd};

/// What is not allowed, in Redis's words.
pub(super) async fn lacking(client: &Client, names: &Names) -> Vec<String> {
    let mut lacking = Vec::new();
    match super::redis::connect(client).await {
        Err(error) => lacking.push(error.to_string()),
        Ok(mut connection) => {
            let queueing = std::iter::once(cmd("MULTI")).chain(commands(names));
            for command in queueing {
                if let Err(error) = command.query_async::<redis::Value>(&mut connection).await {
                    lacking.push(error.to_string());
                }
            }
        }
    }
    // Listening cannot be queued; it does nothing to anybody.
    for channel in [names.event_channel(), format!("{}guildhall:live", names.prefix())] {
        if let Err(error) = listen(client, &channel).await {
            lacking.push(error.to_string());
        }
    }
    lacking.sort();
    lacking.dedup();
    lacking
}

async fn listen(client: &Client, channel: &str) -> RedisResult<()> {
    let (mut sink, _stream) = client.get_async_pubsub().await?.split();
    sink.subscribe(channel).await
}

/// One of each kind, with the keys and channels of a server that there is not.
fn commands(names: &Names) -> Vec<Cmd> {
    let nobody = GuildId(0);
    let (stream, group) = (names.event_stream(), "guildhall");
    let mut all = vec![
        with("TIME", &[]),
        with("EVAL", &["return 1", "0"]),
        with("EVALSHA", &["0", "0"]),
        with("SCRIPT", &["LOAD", "return 1"]),
        with("SCAN", &["0"]),
        with("PUBSUB", &["NUMSUB", &format!("{}guildhall:live", names.prefix())]),
        with("HINCRBY", &[&names.epoch(), "n", "0"]),
        with("HMGET", &[&names.epoch(), "n"]),
        with("XADD", &[&names.log(), "*", "a", "b"]),
        with("XADD", &[&names.command_stream(), "*", "a", "b"]),
        with("XTRIM", &[&names.log(), "MINID", "0"]),
        with("XTRIM", &[&names.command_stream(), "MINID", "0"]),
        with("XINFO", &["STREAM", &names.log()]),
        with("HGETALL", &[&names.applied(nobody)]),
        with("SMEMBERS", &[&names.guilds()]),
        with("GET", &[&names.command(uuid::Uuid::nil())]),
        with("XGROUP", &["CREATE", &stream, group, "0", "MKSTREAM"]),
        with("XGROUP", &["DELCONSUMER", &stream, group, "nobody"]),
        with("XREADGROUP", &["GROUP", group, "nobody", "COUNT", "1", "STREAMS", &stream, ">"]),
        with("XACK", &[&stream, group, "0-1"]),
        with("XPENDING", &[&stream, group]),
        with("XCLAIM", &[&stream, group, "nobody", "0", "0-1"]),
        with("XINFO", &["CONSUMERS", &stream, group]),
        with("XINFO", &["GROUPS", &stream]),
        with("XTRIM", &[&stream, "MINID", "0"]),
    ];
    for key in [names.current(nobody), names.panels(nobody), names.playlists(nobody)] {
        all.push(with("HGET", &[&key, "a"]));
        all.push(with("HGETALL", &[&key]));
        all.push(with("HSET", &[&key, "a", "b"]));
        all.push(with("HDEL", &[&key, "a"]));
    }
    let live = format!("{}guildhall:live", names.prefix());
    for channel in [names.all_channel(), names.command_channel(), live] {
        all.push(with("PUBLISH", &[&channel, ""]));
    }
    all
}

fn with(name: &str, arguments: &[&str]) -> Cmd {
    let mut command = cmd(name);
    command.arg(arguments);
    command
}
