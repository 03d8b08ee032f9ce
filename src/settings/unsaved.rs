//! What of a form differs from what is saved. Its page says it to the script in one place, and counts it for who has
//! none.
//!
//! Named are only the settings that the page shows otherwise than they are saved, with the pairs that are saved: of
//! all others the page itself shows what is saved. A list of rows is one setting, and so is each part of a message.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::settings::fields::{Field, join};
use crate::web::form::FormData;
use crate::web::words::{Message, Words};

/// Numbers of which each language's plurals have at least one each.
const SAMPLES: [i64; 7] = [0, 1, 2, 3, 6, 11, 100];

#[derive(Clone, Debug, Default)]
pub struct Unsaved {
    /// By setting, what is saved, as JSON.
    pub saved: String,
    /// How many settings differ as the page shows them.
    pub count: usize,
    /// The revision of what is saved.
    pub revision: i64,
    /// The words for some numbers, `#` in the place of the number, as JSON.
    pub counts: String,
    /// Where what is saved is shown.
    pub href: String,
    /// Whether that asks first, because a draft would be dropped.
    pub asks: bool,
}

impl Unsaved {
    /// `shown`: the form as its page shows it; `saved`: as it would be of what is saved.
    pub fn of(
        fields: impl IntoIterator<Item = &'static Field>,
        saved: &FormData,
        shown: &FormData,
        words: &Words,
    ) -> Self {
        let mut settings = Vec::new();
        collect(fields, "", &mut settings);
        let differing: BTreeMap<&str, Vec<(&str, &str)>> = settings
            .iter()
            .map(|setting| (setting.as_str(), pairs(saved, setting), pairs(shown, setting)))
            .filter(|(_, saved, shown)| sorted(saved) != sorted(shown))
            .map(|(setting, saved, _)| (setting, saved))
            .collect();
        Self { saved: json!(differing).to_string(), count: differing.len(), counts: counts(words), ..Self::default() }
    }

    /// Of choices between what is typed and what is saved: the names of all, each with whether the first is chosen
    /// and with the value that stands for the other.
    pub fn of_choices<'c>(all: impl IntoIterator<Item = (&'c str, bool, &'c str)>, words: &Words) -> Self {
        let all: Vec<_> = all.into_iter().collect();
        let saved: BTreeMap<&str, [(&str, &str); 1]> =
            all.iter().map(|(name, _, saved)| (*name, [(*name, *saved)])).collect();
        let count = all.iter().filter(|(_, differs, _)| *differs).count();
        Self { saved: json!(saved).to_string(), count, counts: counts(words), ..Self::default() }
    }

    /// With the address where what is saved is shown, and its revision.
    pub fn at(self, href: String, revision: i64) -> Self {
        Self { href, revision, ..self }
    }

    /// With an address that asks before it drops a draft.
    pub fn asking_at(self, href: String) -> Self {
        Self { href, asks: true, ..self }
    }

    /// With one more setting that differs, and cannot be put back on the page.
    pub fn besides(self, setting: &str) -> Self {
        let mut saved: Value = serde_json::from_str(&self.saved).unwrap_or_else(|_| json!({}));
        saved[setting] = Value::Null;
        Self { saved: saved.to_string(), count: self.count + 1, ..self }
    }

    /// How many, for who has no script.
    pub fn said(&self) -> Message {
        Message::new("unsaved-count").number("count", self.count).text("shown", self.count.to_string())
    }
}

/// The words for the samples of numbers.
fn counts(words: &Words) -> String {
    let sample =
        |number| (number, words.say(&Message::new("unsaved-count").number("count", number).text("shown", "#")));
    json!(SAMPLES.map(sample)).to_string()
}

/// The paths of all settings.
fn collect(fields: impl IntoIterator<Item = &'static Field>, path: &str, found: &mut Vec<String>) {
    for field in fields {
        let path = join(path, field.name);
        match field.parts() {
            Some(parts) => collect(parts, &path, found),
            None => found.push(path),
        }
    }
}

/// The pairs of one setting; one of a list are those of its rows.
fn pairs<'f>(form: &'f FormData, setting: &str) -> Vec<(&'f str, &'f str)> {
    let is_of = |name: &str| name.strip_prefix(setting).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    form.pairs().iter().filter(|(name, _)| is_of(name)).map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// A set is the same in any order; rows have their numbers in their names.
fn sorted<'p>(pairs: &[(&'p str, &'p str)]) -> Vec<(&'p str, &'p str)> {
    let mut pairs = pairs.to_vec();
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::fields::Kind;

    const TEXT: Kind = Kind::Text { min: 0, max: 9, lines: false, placeholders: &[] };
    static FIELDS: &[Field] = &[
        Field { name: "a", kind: TEXT },
        Field { name: "set", kind: Kind::Set(&["x", "y"]) },
        Field { name: "rows", kind: Kind::Rows { max: 3, fields: &[Field { name: "t", kind: TEXT }], fresh: &[] } },
        Field { name: "word", kind: Kind::Template(&[]) },
    ];

    fn of(saved: &str, shown: &str) -> (usize, String) {
        let form = |text: &str| FormData::decode(text.as_bytes()).expect("a form");
        let unsaved = Unsaved::of(FIELDS, &form(saved), &form(shown), &Words::default());
        (unsaved.count, unsaved.saved)
    }

    #[test]
    fn a_list_is_one_setting_and_so_is_each_part_of_a_message() {
        let saved = "a=1&set=x&set=y&rows.0.t=p&rows.1.t=q&word.content=c&word.embed.title=t";
        assert_eq!(of(saved, saved), (0, "{}".into()));
        assert_eq!(of(saved, &saved.replace("set=x&set=y", "set=y&set=x")).0, 0, "a set has no order");
        let moved = saved.replace("rows.0.t=p&rows.1.t=q", "rows.0.t=q&rows.1.t=p&rows.2.t=r");
        let pairs = r#"{"rows":[["rows.0.t","p"],["rows.1.t","q"]]}"#;
        assert_eq!(of(saved, &moved), (1, pairs.into()));
        assert_eq!(of(saved, &saved.replace("content=c", "content=d").replace("title=t", "title=u")).0, 2);
        assert_eq!(of("a=1", "a=1&set=x"), (1, r#"{"set":[]}"#.into()), "nothing was chosen");
    }
}
