//! What is no settings of a module (a panel, a playlist, a giveaway) told field by field, whatever its fields are.

use serde_json::Value;

use crate::settings::judge::custom_emoji;
use crate::web::words::{Message, Words, visible};

use super::pages::{Fact, Mark, SideRow, Unchanged, What};
use super::sides::compared;

/// Fields that say nothing to people, or that the title says.
const UNTOLD: [&str; 4] = ["id", "label", "revision", "schema"];
/// Fields whose values are words of ours.
const WORDED: [&str; 3] = ["module", "level", "holderKind"];
/// What is kept from files and pages begins with this.
const SECRET: &str = "secret";

/// A field in words: a line a value, or of a text its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    label: String,
    lines: Vec<String>,
    /// What stands there if it may not be told: two that differ must still be known to.
    secret: Option<Value>,
}

/// Tells things; `names` are those of the ids in them.
pub(super) struct Telling<'a> {
    pub words: &'a Words,
    pub names: &'a Value,
}

impl Telling<'_> {
    /// The fields that differ side by side, and those that are the same.
    pub fn sides(&self, before: Option<&Value>, after: Option<&Value>) -> (Vec<SideRow>, Vec<Unchanged>) {
        let (mut rows, mut unchanged) = (Vec::new(), Vec::new());
        for (label, old, new) in self.both(before, after) {
            if old == new {
                let value = new.map(|told| told.lines.join("\n")).unwrap_or_default();
                unchanged.push(Unchanged { label, value });
                continue;
            }
            let lines = |told: Option<Told>| told.map(|told| told.lines).unwrap_or_default();
            let (old, new) = (lines(old), lines(new));
            let (mut before, mut after) = compared(&old, &new);
            if old == new {
                // Something that is not told has changed.
                before.iter_mut().for_each(|line| line.mark = Mark::Removed);
                after.iter_mut().for_each(|line| line.mark = Mark::Added);
            }
            rows.push(SideRow { label, before, after });
        }
        (rows, unchanged)
    }

    /// The fields that differ, in a few words each.
    pub fn facts(&self, before: &Value, after: &Value) -> Vec<Fact> {
        let differing = self.both(Some(before), Some(after)).into_iter().filter(|(_, old, new)| old != new);
        let text = |told: Option<Told>| match told.map(|told| told.lines).as_deref() {
            None | Some([]) => Some(self.words.t("value-none")),
            Some([line]) => Some(super::facts::shortened(line.clone())),
            Some(_) => None,
        };
        let fact = |(label, old, new): (String, Option<Told>, Option<Told>)| {
            let what = match (text(old), text(new)) {
                (Some(before), Some(after)) if before != after => What::FromTo { before, after },
                _ => What::Said(Message::new("value-changed")),
            };
            Fact { label, what }
        };
        differing.map(fact).collect()
    }

    /// Every field that stands on one of the sides, those of the later side first.
    fn both(&self, before: Option<&Value>, after: Option<&Value>) -> Vec<(String, Option<Told>, Option<Told>)> {
        let told = |side: Option<&Value>| {
            let mut all = Vec::new();
            if let Some(thing) = side {
                self.object("", thing, &mut all);
            }
            all
        };
        let (mut old, new) = (told(before), told(after));
        let mut both = Vec::new();
        for one in new {
            let place = old.iter().position(|other| other.label == one.label);
            let other = place.map(|place| old.remove(place));
            both.push((one.label.clone(), other, Some(one)));
        }
        both.extend(old.into_iter().map(|one| (one.label.clone(), Some(one), None)));
        both
    }

    fn object(&self, above: &str, thing: &Value, all: &mut Vec<Told>) {
        for (key, value) in thing.as_object().into_iter().flatten() {
            if UNTOLD.contains(&key.as_str()) || is_empty(value) {
                continue;
            }
            let own = self.label(key);
            let label = if above.is_empty() { own } else { self.joined(above, &own) };
            match value {
                _ if key.starts_with(SECRET) => {
                    let lines = vec![self.words.t("history-kept-secret")];
                    all.push(Told { label, lines, secret: Some(value.clone()) });
                }
                Value::Object(_) => self.object(&label, value, all),
                Value::Array(items) => {
                    let lines = items.iter().map(|item| self.item(key, item)).collect();
                    all.push(Told { label, lines, secret: None });
                }
                value => {
                    let text = self.text(key, value);
                    let lines = text.split('\n').map(|line| visible(line).into_owned()).collect();
                    all.push(Told { label, lines, secret: None });
                }
            }
        }
    }

    /// One of a list, in one line.
    fn item(&self, key: &str, item: &Value) -> String {
        if !item.is_object() {
            return visible(&self.text(key, item)).replace('\n', " ");
        }
        let mut parts = Vec::new();
        self.object("", item, &mut parts);
        let part = |told: &Told| self.joined(&told.label, &told.lines.join(", "));
        parts.iter().map(part).collect::<Vec<_>>().join(" · ")
    }

    /// A plain value; never an id that stands for something on the server.
    fn text(&self, key: &str, value: &Value) -> String {
        match value {
            Value::Bool(on) => self.words.t(if *on { "value-on" } else { "value-off" }),
            Value::String(text) => match self.names.get(text).and_then(Value::as_str) {
                Some(name) => name.to_owned(),
                None if WORDED.contains(&key) => self.worded(key, text),
                None if custom_emoji(text).is_some() => {
                    format!(":{}:", text.split(':').nth(1).unwrap_or_default())
                }
                None if !is_id(key, text) => text.clone(),
                None if self.names.is_null() => self.words.t("choice-bot-away"),
                None => self.words.t("history-nameless"),
            },
            other => other.to_string(),
        }
    }

    /// A value that has words of its own.
    fn worded(&self, key: &str, value: &str) -> String {
        let known = match key {
            "module" => self.words.find(&format!("{value}-name")),
            _ => self.words.find(&format!("thing-{}-{value}", kebab(key))),
        };
        known.unwrap_or_else(|| value.to_owned())
    }

    /// The field's own words; of one that has none, its name as it is spelled.
    fn label(&self, key: &str) -> String {
        let known = self.words.find(&format!("thing-{}", kebab(key)));
        known.unwrap_or_else(|| visible(&kebab(key).replace('-', " ")).into_owned())
    }

    fn joined(&self, outer: &str, inner: &str) -> String {
        self.words.say(&Message::new("fact").text("label", outer).text("value", inner))
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// Whether a text is Discord's id of something, and not a number that somebody typed.
fn is_id(key: &str, text: &str) -> bool {
    let field = key.ends_with("Id") || key.ends_with("Ids");
    field && (15..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `pingRoleIds` → `ping-role-ids`.
fn kebab(key: &str) -> String {
    let mut text = String::new();
    for c in key.chars() {
        match c {
            c if c.is_ascii_uppercase() => {
                text.push('-');
                text.push(c.to_ascii_lowercase());
            }
            '_' => text.push('-'),
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(before: Option<&Value>, after: Option<&Value>) -> Vec<(String, String, String)> {
        let (words, names) = (Words::default(), json!({"816370501973721107": "lobby"}));
        let (rows, _) = Telling { words: &words, names: &names }.sides(before, after);
        let side = |lines: &[super::super::pages::Line]| {
            let line = |line: &super::super::pages::Line| match line.mark {
                Mark::Added => format!("+{}", line.text),
                Mark::Removed => format!("-{}", line.text),
                Mark::Same | Mark::LeftOut => line.text.clone(),
            };
            lines.iter().map(line).collect::<Vec<_>>().join("|")
        };
        rows.iter().map(|row| (row.label.clone(), side(&row.before), side(&row.after))).collect()
    }

    #[test]
    fn a_thing_is_told_by_what_differs_with_names_and_without_ids() {
        let before = json!({"label": "A", "id": "x", "name": "A", "channelId": "816370501973721107", "shared": true,
            "tracks": [{"title": "one"}, {"title": "two"}]});
        let after = json!({"label": "B", "id": "x", "name": "B", "channelId": "816370501973721108", "shared": true,
            "tracks": [{"title": "two"}]});
        let text = told(Some(&before), Some(&after));
        let row = |label: &str| text.iter().find(|row| row.0 == label).cloned().unwrap_or_default();
        assert_eq!(row("Name"), ("Name".into(), "-A".into(), "+B".into()));
        assert_eq!(row("Channel").1, "-lobby");
        assert!(!row("Channel").2.contains("8163"), "{text:?}");
        assert_eq!(row("Tracks").1, "-Title: one|Title: two");
        assert_eq!(text.len(), 3, "{text:?}");
    }

    #[test]
    fn a_secret_is_never_told_and_a_change_of_it_is() {
        let (before, after) = (json!({"secretPrize": "AAA"}), json!({"secretPrize": "BBB"}));
        let text = told(Some(&before), Some(&after));
        assert_eq!(text.len(), 1);
        assert!(!format!("{text:?}").contains("AAA") && text[0].1.starts_with('-') && text[0].2.starts_with('+'));
        assert!(told(Some(&before), Some(&before)).is_empty());
    }

    #[test]
    fn what_has_no_words_is_told_by_its_name() {
        assert_eq!(told(None, Some(&json!({"neverHeardOf": {"deepDown": 5}})))[0].0, "never heard of: deep down");
    }
}
