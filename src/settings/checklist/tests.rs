use std::sync::Arc;

use serde_json::json;
use twilight_model::guild::Permissions;

use super::*;
use crate::discord::{Guild, Member};
use crate::guilds::snapshot::GuildSnapshot;
use crate::settings::fields::{ChannelUse, Section};
use crate::settings::needs::{Fills, NOTHING};

const GUILD: &str = "100000000000000001";
const BOT: &str = "300000000000000002";
const OWNER: &str = "300000000000000001";
const HERE: &str = "200000000000000001";
const THERE: &str = "200000000000000002";

static FIELDS: &[Field] = &[
    Field { name: "log_id", kind: Kind::Channel { of: ChannelUse::Text, required: false } },
    Field { name: "where_ids", kind: Kind::ChannelList { of: ChannelUse::Text, max: 9 } },
];
static TABLE: Table = Table { words: "x", sections: &[Section { name: "all", fields: FIELDS }] };
static NEEDS: Needs = Needs {
    must: Permissions::VIEW_CHANNEL.union(Permissions::SEND_MESSAGES),
    should: Permissions::EMBED_LINKS,
    places: &[Place::written("log_id").closed("problem-log-open"), Place::written("where_ids")],
    ..NOTHING
};

/// A server with two channels, where the bot's own role gives these rights.
fn snapshot(bits: u64, overwrites: &serde_json::Value, timed_out: Option<&str>) -> GuildSnapshot {
    let role = json!({"id": BOT, "name": "Bot", "position": 1, "permissions": bits.to_string(), "managed": true,
        "tags": {"bot_id": BOT}});
    let everyone = json!({"id": GUILD, "position": 0, "permissions": "0"});
    let guild: Guild =
        serde_json::from_value(json!({"id": GUILD, "owner_id": OWNER, "roles": [everyone, role]})).unwrap();
    let channels = json!([
        {"id": HERE, "type": 0, "name": "here", "permission_overwrites": overwrites},
        {"id": THERE, "type": 0, "name": "there"},
    ]);
    let bot: Member = serde_json::from_value(json!({"user": {"id": BOT, "username": "bot"}, "roles": [BOT],
        "communication_disabled_until": timed_out}))
    .unwrap();
    let channels = serde_json::from_value(channels).unwrap();
    GuildSnapshot::new(Arc::new(guild), Arc::new(channels), Arc::new(bot), Arc::new(Vec::new()), 1_000)
}

fn items(guild: &GuildSnapshot, values: &Value) -> Vec<(Verdict, String)> {
    let owner: Member = serde_json::from_value(json!({"user": {"id": OWNER}})).unwrap();
    let judge = Judge { guild, person: guild.person(&owner, 1_000) };
    let words = Words::default();
    let subject = Subject { judge: &judge, words: &words, table: TABLE, needs: &NEEDS, values };
    of(&subject, &Problems::default()).into_iter().map(|item| (item.verdict, words.say(&item.message))).collect()
}

const VIEW: u64 = 1 << 10;
const SEND: u64 = 1 << 11;
const EMBED: u64 = 1 << 14;

#[test]
fn what_is_switched_on_only_in_the_channels_that_are_used_is_enough() {
    let given = json!([{"id": BOT, "type": 0, "allow": EMBED.to_string(), "deny": "0"}]);
    let guild = snapshot(VIEW | SEND, &given, None);
    let used = items(&guild, &json!({"logId": HERE, "whereIds": [HERE]}));
    assert!(used.iter().all(|(verdict, _)| *verdict == Verdict::Fine), "{used:?}");
    for elsewhere in [json!({"logId": null, "whereIds": []}), json!({"logId": HERE, "whereIds": [HERE, THERE]})] {
        let found = items(&guild, &elsewhere);
        assert_eq!(found[0].0, Verdict::Warning, "{elsewhere} {found:?}");
        assert!(found[0].1.contains("Embed Links"), "{found:?}");
    }
}

#[test]
fn what_lacks_everywhere_is_said_of_the_server_once_and_what_lacks_here_of_the_channel() {
    let denied = json!([{"id": GUILD, "type": 0, "allow": "0", "deny": SEND.to_string()}]);
    let guild = snapshot(VIEW | SEND, &denied, None);
    let found = items(&guild, &json!({"logId": HERE, "whereIds": [HERE, THERE]}));
    let said: Vec<Verdict> = found.iter().map(|(verdict, _)| *verdict).collect();
    assert_eq!(said, [Verdict::Impossible, Verdict::Warning], "{found:?}");
    assert!(found[0].1.contains("Send Messages") && !found[0].1.contains("Embed"), "{found:?}");
    assert!(found[1].1.contains("Embed Links") && found[1].1.contains("Server Settings"), "{found:?}");
}

#[test]
fn a_bot_that_is_timed_out_is_said_to_be_and_lacks_nothing() {
    let guild = snapshot(VIEW | SEND | EMBED, &json!([]), Some("2099-01-01T00:00:00Z"));
    let found = items(&guild, &json!({"logId": HERE, "whereIds": []}));
    assert_eq!(found[0].0, Verdict::Impossible);
    assert!(found[0].1.contains("timed out"), "{found:?}");
    assert!(found[1..].iter().all(|(verdict, _)| *verdict == Verdict::Fine), "{found:?}");
    let admin = snapshot(1 << 3, &json!([]), Some("2099-01-01T00:00:00Z"));
    assert_eq!(items(&admin, &json!({"logId": null, "whereIds": []}))[0].0, Verdict::Fine);
}

#[test]
fn texts_are_found_in_rows_and_lists_with_their_paths() {
    let values =
        json!({"one": "a", "listIds": ["b", "c"], "rows": [{"deepId": "d"}, {"deepId": null}, {"deepId": "e"}]});
    let found = |field: &str| texts(&values, field).into_iter().map(|(path, text)| format!("{path}={text}"));
    assert_eq!(found("one").collect::<Vec<_>>(), ["one=a"]);
    assert_eq!(found("list_ids").collect::<Vec<_>>(), ["list_ids=b", "list_ids=c"]);
    assert_eq!(found("rows.deep_id").collect::<Vec<_>>(), ["rows.0.deep_id=d", "rows.2.deep_id=e"]);
    assert_eq!(found("nothing").count() + found("one.deeper").count(), 0);
}

#[test]
fn a_need_knows_all_it_asks_for() {
    assert_eq!(NEEDS.permissions().bits(), VIEW | SEND | EMBED);
    let more = Place::with("x", Permissions::CONNECT, Permissions::SPEAK).filled(Fills::Last).when(When::On("y"));
    assert_eq!(more.permissions(), Permissions::CONNECT | Permissions::SPEAK);
}
