//! A change in words a person reads on a terminal: each setting that differs, before and after.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use config_sync::{Action, Command, Done};
use serde_json::Value;

use crate::bot::Heard;

/// More than this of a value is not worth a line.
const ROOM: usize = 60;

/// The lines to print: what happened in which guild, and below it one line a setting.
#[must_use]
pub fn lines(heard: &Heard, guild: &str, now_ms: u64) -> String {
    let change = &heard.change;
    let verb = match (&heard.refused, change.action) {
        (Some(_), _) => "refused",
        (None, Action::Delete) => "back to the defaults",
        (None, Action::Create | Action::Update) => "applied",
    };
    let mut text = format!("{guild} · {} · {verb}, revision {}", change.module, change.revision);
    let age = now_ms.saturating_sub(change.timestamp);
    // Older ones were read from the snapshot, not heard.
    if age < 10_000 {
        let _ = write!(text, ", {age} ms after the save");
    }
    if let Some(reason) = &heard.refused {
        let _ = write!(text, "\n    because {reason}");
    }
    for name in &change.changed {
        let before = heard.before.as_ref().map(|settings| &settings[name]);
        differences(name, before, &change.settings[name], &mut text);
    }
    text
}

/// The line to print: what the bot was told to do in which guild, and what came of it.
#[must_use]
pub fn command_line(command: &Command, outcome: &Result<Done, String>, guild: &str) -> String {
    let came = match outcome {
        Ok(_) => "done".to_owned(),
        Err(error) => format!("not done: {error}"),
    };
    format!("{guild} · {} · {came}", command.envelope.kind)
}

/// Goes down to the values that differ.
fn differences(path: &str, before: Option<&Value>, after: &Value, text: &mut String) {
    match (before, after) {
        (Some(Value::Object(old)), Value::Object(new)) => {
            let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            for name in names {
                let of = |map: &serde_json::Map<String, Value>| map.get(name).cloned().unwrap_or_default();
                differences(&format!("{path}.{name}"), Some(&of(old)), &of(new), text);
            }
        }
        (Some(old), new) if old == new => {}
        (Some(old), new) => {
            let _ = write!(text, "\n    {path}: {} → {}", brief(old), brief(new));
        }
        (None, new) => {
            let _ = write!(text, "\n    {path} = {}", brief(new));
        }
    }
}

fn brief(value: &Value) -> String {
    let whole = match value {
        Value::Null => "none".to_owned(),
        Value::Bool(true) => "on".to_owned(),
        Value::Bool(false) => "off".to_owned(),
        other => other.to_string(),
    };
    match whole.char_indices().nth(ROOM) {
        Some((end, _)) => format!("{}…", &whole[..end]),
        None => whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use config_sync::{Change, GuildId, ModuleName};
    use serde_json::json;

    fn heard(before: Option<Value>, after: Value, changed: &[&str]) -> Heard {
        let change = Change {
            guild_id: GuildId(1),
            module: ModuleName::MUSIC,
            action: Action::Update,
            timestamp: 1_000,
            revision: 7,
            schema: 1,
            changed: changed.iter().map(|name| (*name).to_owned()).collect(),
            settings: after,
        };
        Heard { change, before, refused: None }
    }

    #[test]
    fn a_change_names_what_differs_and_leaves_out_what_does_not() {
        let before = json!({ "defaultVolume": 50, "message": { "title": "a", "text": "same" }, "djOnly": false });
        let after = json!({ "defaultVolume": 80, "message": { "title": "b", "text": "same" }, "djOnly": false });
        let text = lines(&heard(Some(before), after, &["defaultVolume", "message"]), "Harbour Club", 1_038);
        assert_eq!(
            text,
            "Harbour Club · MUSIC · applied, revision 7, 38 ms after the save\n    defaultVolume: 50 → 80\n    \
             message.title: \"a\" → \"b\""
        );
    }

    #[test]
    fn a_first_change_names_the_values_alone_and_long_ones_are_cut() {
        let after = json!({ "djOnly": true, "note": "ü".repeat(100) });
        let text = lines(&heard(None, after, &["djOnly", "note"]), "1", 100_000);
        assert!(text.contains("\n    djOnly = on\n"), "{text}");
        assert!(text.ends_with('…') && !text.contains("after the save"), "{text}");
    }

    #[test]
    fn a_refusal_says_why() {
        let mut heard = heard(None, json!({}), &[]);
        heard.refused = Some("the disk is full".to_owned());
        assert_eq!(lines(&heard, "1", 100_000), "1 · MUSIC · refused, revision 7\n    because the disk is full");
    }
}
