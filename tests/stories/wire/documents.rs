//! The documents for bot authors that are made from the types: the schemas, and the AsyncAPI description.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use config_sync::ModuleName;
use guildhall::commands::Kind;
use guildhall::modules;
use guildhall::settings::json_schema;
use serde_json::{Value, json};

use super::packages;

const RUN: &str = "run `cargo test --test stories write_the_documents -- --ignored`";
const FORMAT: &str = "application/schema+json;version=draft-2020-12";
const RESERVED: [&str; 6] = ["welcome", "moderation", "leveling", "autoresponder", "settings", "subscription"];

/// Type of the event, its `data`, what it says.
const EVENTS: [(&str, &str, &str); 7] = [
    ("CONFIG_APPLIED", "config-applied", "The settings of this revision are in force."),
    ("CONFIG_REJECTED", "config-rejected", "The settings of this revision are not in force, and why."),
    ("SETTINGS_UPDATE", "settings-update", "What a running bot works with; fills what was never saved."),
    ("GUILD_CHANGED", "guild-changed", "Something on a server is to be asked of Discord anew."),
    ("COMMAND_RESULT", "command-result", "What came of a command."),
    ("BOT_READY", "bot-presence", "A bot process has started."),
    ("BOT_HEARTBEAT", "bot-presence", "A bot process is there; every 15 seconds."),
];

/// Type of the command, what it says more if anything, what it asks for.
const COMMANDS: [(Kind, Option<&str>, &str); 13] = [
    (Kind::SendPanel, Some("send-panel"), "Post a control panel in the channel."),
    (Kind::TicketPanel, Some("ticket-panel"), "Post a ticket panel in the channel, or make its message anew."),
    (Kind::PanelRemove, Some("panel-remove"), "Delete a ticket panel's message."),
    (Kind::GiveawayCreate, Some("giveaway"), "Start or schedule a giveaway."),
    (Kind::GiveawayUpdate, Some("giveaway"), "Change a giveaway."),
    (Kind::GiveawayEnd, Some("about-giveaway"), "End a giveaway now and draw winners."),
    (Kind::GiveawayCancel, Some("about-giveaway"), "End a giveaway without winners."),
    (Kind::GiveawayReroll, Some("about-giveaway"), "Draw other winners."),
    (Kind::TicketClose, Some("about-ticket"), "Close a ticket."),
    (Kind::ReviewPublish, Some("about-ticket"), "Post a ticket's review in the rating channel."),
    (Kind::VoiceRoomClose, None, "Close the voice room that is the command's channel."),
    (Kind::SendTest, Some("send-test"), "Send a filled template to the admin."),
    (Kind::StateRequest, None, "Answer with a STATE event."),
];

/// Every document, by its path below `docs/`.
fn documents() -> BTreeMap<String, Value> {
    let types = config_sync::schemas().into_iter().map(|(name, schema)| (format!("schemas/{name}.json"), schema));
    let settings = modules::ALL
        .iter()
        .map(|module| (format!("schemas/settings-{}.json", module.key.as_str()), json_schema::of(module)));
    types.chain(settings).chain([("asyncapi.json".to_owned(), asyncapi())]).collect()
}

fn asyncapi() -> Value {
    let modules: Vec<String> = modules::ALL.iter().map(|module| module.key.wire_name().channel_suffix()).collect();
    let addresses: Vec<&str> = modules.iter().map(String::as_str).chain(RESERVED).chain(["update"]).collect();
    let schema = |name: &str| json!({ "$ref": format!("./schemas/{name}.json") });
    let settings: Vec<Value> = modules
        .iter()
        .map(|module| {
            let name = ModuleName::new(module.to_uppercase()).unwrap();
            let data = json!({ "properties": { "settings": schema(&format!("settings-{module}")) } });
            json!({ "if": { "properties": { "module": { "const": name } } }, "then": { "properties": { "data": data } } })
        })
        .collect();
    let parts: Vec<Value> = [schema("message")].into_iter().chain(settings).collect();
    let mut messages = json!({
        "changed": {
            "name": "changed",
            "summary": "A module's settings were saved or reset.",
            "payload": { "schemaFormat": FORMAT, "schema": { "allOf": parts } },
        },
    });
    let mut of_the_bot = json!({});
    for (kind, data, summary) in EVENTS {
        let own = json!({ "properties": { "type": { "const": kind }, "data": schema(data) } });
        messages[kind] = json!({
            "name": kind,
            "summary": summary,
            "payload": { "schemaFormat": FORMAT, "schema": { "allOf": [schema("event"), own] } },
        });
        of_the_bot[kind] = json!({ "$ref": format!("#/components/messages/{kind}") });
    }
    let mut commands = json!({});
    for (kind, more, summary) in COMMANDS {
        let kind = kind.wire_name();
        let own = json!({ "properties": { "type": { "const": kind } } });
        let parts: Vec<Value> =
            [schema("command"), own].into_iter().chain(more.map(|more| schema(&format!("command-{more}")))).collect();
        // Some events have the same name as the command that brings them about.
        let name = format!("command_{kind}");
        messages[&name] = json!({
            "name": kind,
            "summary": summary,
            "payload": { "schemaFormat": FORMAT, "schema": { "allOf": parts } },
        });
        commands[&name] = json!({ "$ref": format!("#/components/messages/{name}") });
    }
    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Guildhall and the bot",
            "version": "1",
            "description": "What the dashboard and the bot say to each other over Redis, behind REDIS_PREFIX. \
                docs/protocol.md tells the whole: snapshots, catching up, order.",
            "license": { "name": "MIT OR Apache-2.0" },
        },
        "defaultContentType": "application/json",
        "channels": {
            "settings": {
                "address": "bot:config:{module}",
                "description": "Pub/sub. Each message comes on its module's channel and on `update`.",
                "parameters": { "module": { "enum": addresses } },
                "messages": { "changed": { "$ref": "#/components/messages/changed" } },
            },
            "events": {
                "address": "discord_events",
                "description": "Pub/sub. The same JSON is added to the stream `bot:events`, as the field `event`.",
                "messages": of_the_bot,
            },
            "commands": {
                "address": "dashboard:commands",
                "description": "Pub/sub. The same JSON is added to the stream `bot:commands`, as the field `command`.",
                "messages": commands,
            },
        },
        "operations": {
            "sendSettings": { "action": "send", "channel": { "$ref": "#/channels/settings" } },
            "sendCommands": { "action": "send", "channel": { "$ref": "#/channels/commands" } },
            "receiveEvents": { "action": "receive", "channel": { "$ref": "#/channels/events" } },
        },
        "components": { "messages": messages },
    })
}

fn text(document: &Value) -> String {
    format!("{document:#}\n")
}

fn docs() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/docs"))
}

#[test]
#[ignore = "writes docs/schemas and docs/asyncapi.json"]
fn write_the_documents() {
    std::fs::create_dir_all(docs().join("schemas")).unwrap();
    for (path, document) in documents() {
        std::fs::write(docs().join(path), text(&document)).unwrap();
    }
}

#[test]
fn the_documents_for_bot_authors_are_those_of_the_types() {
    let documents = documents();
    for (path, document) in &documents {
        let written = std::fs::read_to_string(docs().join(path)).unwrap_or_default();
        assert_eq!(written, text(document), "docs/{path} is not current: {RUN}");
    }
    for entry in std::fs::read_dir(docs().join("schemas")).unwrap() {
        let name = format!("schemas/{}", entry.unwrap().file_name().to_string_lossy());
        assert!(documents.contains_key(&name), "docs/{name} is of nothing any more: delete it");
    }
}

#[test]
fn the_schemas_take_real_messages_and_refuse_wrong_ones() {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::copy(root.join("tests/wire/schemas.mjs"), folder.path().join("schemas.mjs")).unwrap();
    std::os::unix::fs::symlink(packages(), folder.path().join("node_modules")).unwrap();
    let script = folder.path().join("schemas.mjs");
    let done =
        Command::new("node").arg(script).arg(docs()).arg(root.join("tests/stories/golden")).output().expect("node");
    let wrong = String::from_utf8_lossy(&done.stderr);
    assert_eq!((done.status.code(), wrong.as_ref()), (Some(0), ""));
}
