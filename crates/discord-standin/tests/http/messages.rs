//! Row 21 and the rights of row 22: posting messages.

use discord_standin::{
    permissions::{SEND_MESSAGES, VIEW_CHANNEL},
    seed::{BOT, channels},
};
use serde_json::{Value, json};

use super::support::*;

async fn posts(setup: &Setup, channel: discord_standin::Id, body: &Value) -> (u16, Value) {
    let path = format!("/channels/{channel}/messages");
    answer(setup.bot("POST", &path).json(body).send().await.unwrap()).await
}

#[tokio::test]
async fn a_good_message_is_answered_and_recorded() {
    let setup = setup().await;
    let body = json!({
        "content": "Need help? Open a ticket.",
        "embeds": [{"title": "Support", "description": "We answer within a day.", "color": 3447003}],
        "components": [{"type": 1, "components": [
            {"type": 2, "style": 1, "label": "Open ticket", "custom_id": "ticket:open:1"}]}],
        "allowed_mentions": {"parse": []},
    });
    for channel in [channels::OPEN_A_TICKET, channels::ANNOUNCEMENTS, channels::LOBBY] {
        let (status, message) = posts(&setup, channel, &body).await;
        assert_eq!((status, &message["content"]), (200, &body["content"]));
        assert_eq!((&message["author"]["id"], &message["channel_id"]), (&json!(BOT), &json!(channel)));
        let recorded = setup.standin.edit(|world| world.messages.pop().unwrap());
        assert_eq!((recorded.channel_id, &recorded.body), (channel, &body));
        assert_eq!(json!(recorded.id), message["id"]);
    }
}

#[tokio::test]
async fn every_broken_rule_is_named_at_its_path() {
    let setup = setup().await;
    let long = |n: usize| "é".repeat(n);
    let button = |id: &str| json!({"type": 2, "style": 1, "label": "x", "custom_id": id});
    let cases = [
        (json!({"content": long(2001)}), "/content", "BASE_TYPE_MAX_LENGTH"),
        (json!({"embeds": [{"title": long(257)}]}), "/embeds/0/title", "BASE_TYPE_MAX_LENGTH"),
        (
            json!({"embeds": [{"title": "a"}, {"description": long(4097)}]}),
            "/embeds/1/description",
            "BASE_TYPE_MAX_LENGTH",
        ),
        (
            json!({"embeds": [{"fields": [{"name": "a", "value": ""}]}]}),
            "/embeds/0/fields/0/value",
            "BASE_TYPE_REQUIRED",
        ),
        (json!({"embeds": [{"fields": [{"value": "a"}]}]}), "/embeds/0/fields/0/name", "BASE_TYPE_REQUIRED"),
        (json!({"embeds": [{"footer": {"text": long(2049)}}]}), "/embeds/0/footer/text", "BASE_TYPE_MAX_LENGTH"),
        (json!({"embeds": [{"color": 16777216}]}), "/embeds/0/color", "NUMBER_TYPE_MAX"),
        (json!({"embeds": [{"image": {"url": "javascript:x"}}]}), "/embeds/0/image/url", "URL_TYPE_INVALID_SCHEME"),
        (json!({"embeds": vec![json!({"title": "a"}); 11]}), "/embeds", "BASE_TYPE_MAX_LENGTH"),
        (json!({"embeds": vec![json!({"description": long(3001)}); 2]}), "/embeds", "MAX_EMBED_SIZE_EXCEEDED"),
        (json!({"content": "a", "flags": 64}), "/flags", "MESSAGE_FLAGS_INVALID"),
        (json!({"content": "a", "nonce": long(26)}), "/nonce", "BASE_TYPE_MAX_LENGTH"),
        (
            json!({"content": "a", "allowed_mentions": {"parse": ["roles"], "roles": ["1"]}}),
            "/allowed_mentions",
            "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        ),
        (
            json!({"components": [{"type": 1, "components": [button("a"), button("a")]}]}),
            "/components/0/components/1/custom_id",
            "COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
        (
            json!({"components": [{"type": 1, "components": [{"type": 3, "custom_id": "s", "options": []}]}]}),
            "/components/0/components/0/options",
            "BASE_TYPE_BAD_LENGTH",
        ),
    ];
    for (body, path, code) in cases {
        let (status, error) = posts(&setup, channels::GENERAL, &body).await;
        assert_eq!((status, &error["code"]), (400, &json!(50035)), "{path}");
        assert_eq!(error["message"], "Invalid Form Body");
        let leaf = error["errors"].pointer(path).unwrap_or(&Value::Null);
        assert_eq!(leaf["_errors"][0]["code"], code, "{path}: {error}");
    }
    assert!(setup.standin.edit(|world| world.messages.is_empty()));
}

#[tokio::test]
async fn text_at_its_limit_is_accepted() {
    let setup = setup().await;
    let body = json!({"content": "🎉".repeat(2000), "embeds": [{"title": format!(" {} ", "x".repeat(256))}]});
    assert_eq!(posts(&setup, channels::GENERAL, &body).await.0, 200);
}

#[tokio::test]
async fn an_empty_or_unreadable_message_is_refused() {
    let setup = setup().await;
    for body in [json!({}), json!({"content": "  "}), json!({"embeds": []})] {
        let (status, error) = posts(&setup, channels::GENERAL, &body).await;
        assert_eq!((status, &error["code"]), (400, &json!(50006)));
    }
    let path = format!("/channels/{}/messages", channels::GENERAL);
    let (status, error) = answer(setup.bot("POST", &path).body("{\"content\":").send().await.unwrap()).await;
    assert_eq!((status, &error["code"]), (400, &json!(50109)));
}

#[tokio::test]
async fn rights_and_channel_types_decide_where_a_message_may_stand() {
    let setup = setup().await;
    let body = json!({"content": "hello"});
    let cases = [
        (channels::CAPTAINS_TABLE, 403, 50001),
        (channels::RULES, 403, 50013),
        (channels::FORUM, 400, 40058),
        (channels::ARCHIVE, 400, 50008),
        (discord_standin::Id(1), 404, 10003),
    ];
    for (channel, status, code) in cases {
        let (got, error) = posts(&setup, channel, &body).await;
        assert_eq!((got, &error["code"]), (status, &json!(code)), "{channel}");
    }
    setup.standin.edit(|world| world.overwrite_bot(channels::GENERAL, 0, SEND_MESSAGES)).unwrap();
    assert_eq!(posts(&setup, channels::GENERAL, &body).await.1["code"], 50013);
    setup.standin.edit(|world| world.overwrite_bot(channels::GENERAL, 0, VIEW_CHANNEL)).unwrap();
    assert_eq!(posts(&setup, channels::GENERAL, &body).await.1["code"], 50001);
}

#[tokio::test]
async fn an_enforced_nonce_posts_once() {
    let setup = setup().await;
    let body = json!({"content": "once", "nonce": "panel-1", "enforce_nonce": true});
    let (_, first) = posts(&setup, channels::GENERAL, &body).await;
    let (_, second) = posts(&setup, channels::GENERAL, &body).await;
    assert_eq!(first["id"], second["id"]);
    assert_eq!(setup.standin.edit(|world| world.messages.len()), 1);
}

#[tokio::test]
async fn a_message_is_edited_and_deleted_where_it_stands() {
    let setup = setup().await;
    let (_, message) = posts(&setup, channels::GENERAL, &json!({"content": "one", "embeds": [{"title": "a"}]})).await;
    let there = format!("/channels/{}/messages/{}", channels::GENERAL, message["id"].as_str().unwrap());
    let change = |method: &'static str, path: &str, body: Value| {
        let request = setup.bot(method, path).json(&body);
        async { answer(request.send().await.unwrap()).await }
    };
    let (status, edited) = change("PATCH", &there, json!({"content": "two"})).await;
    assert_eq!((status, &edited["content"], &edited["embeds"]), (200, &json!("two"), &message["embeds"]));
    let (status, refused) = change("PATCH", &there, json!({"content": "x".repeat(2001)})).await;
    assert_eq!((status, &refused["code"]), (400, &json!(50035)));
    let elsewhere = there.replace(&channels::GENERAL.to_string(), &channels::MUSIC.to_string());
    for (method, path) in [("PATCH", &elsewhere), ("DELETE", &elsewhere)] {
        let (status, refused) = change(method, path, json!({"content": "x"})).await;
        assert_eq!((status, &refused["code"]), (404, &json!(10008)), "{method}");
    }
    assert_eq!(setup.bot("DELETE", &there).send().await.unwrap().status(), 204);
    assert_eq!(setup.bot("DELETE", &there).send().await.unwrap().status(), 404);
    assert!(setup.standin.edit(|world| world.messages.is_empty()));
}
