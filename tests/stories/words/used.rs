//! No word is left over: each key is said somewhere.
//!
//! A key stands in the source as it is, or is put together there: `format!("error-{}-title", …)`. What such a text
//! leaves open must be a word of the source too, so that a state that is gone takes its words with it.

use std::collections::BTreeSet;

use super::{catalogue, read};

/// Families whose keys are put together from names alone: those of fields by `Field::words`
/// (`src/settings/fields.rs`; for the modules `src/modules/words_tests.rs` asks more exactly), those of deeds by
/// `Deed::title` (`src/history/deed.rs`).
const OF_NAMES: [&str; 12] = [
    "tempvoice",
    "giveaway",
    "tickets",
    "music",
    "panel",
    "panel-categories",
    "panel-post",
    "control-panel",
    "playlist",
    "staff",
    "template",
    "history-act",
];

/// What is said of a field, section or list besides its name.
const ENDS: [&str; 7] = ["", "-hint", "-intro", "-row", "-add", "-empty", "-purpose"];

/// Texts that look like a key that is put together, and are none: a ticket's channel, the id of an element.
const NO_KEYS: [&str; 3] = ["ticket-{number}", "f-{}", "refresh-{name}"];

struct Source {
    /// Every text in quotes that could be a key.
    texts: BTreeSet<String>,
    /// Every text in quotes that has open places, as its fixed parts.
    composed: Vec<Vec<String>>,
    /// Every word that could stand in such a place: texts, and fields of structs, which name what is sent.
    words: BTreeSet<String>,
}

impl Source {
    fn read() -> Self {
        let code = read("src", "rs");
        let pages = read("templates", "html");
        let (mut texts, mut composed, mut words) = (BTreeSet::new(), Vec::new(), BTreeSet::new());
        for text in code.split('"').chain(pages.split('"')) {
            let is_plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
            if text.is_empty() || text.len() > 80 {
                continue;
            }
            if text.bytes().all(is_plain) {
                words.insert(text.to_lowercase().replace('_', "-"));
                texts.insert(text.to_owned());
            } else if text.starts_with(|c: char| c.is_ascii_lowercase()) && !NO_KEYS.contains(&text) {
                composed.extend(fixed(text));
            }
        }
        for line in code.lines() {
            let field = line.trim_start().trim_start_matches("pub ").split_once(": ").map(|(name, _)| name);
            let is_name = |name: &&str| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            words.extend(field.filter(is_name).map(|name| name.replace('_', "-")));
        }
        // Names in flags, which pages say as Discord does: `SEND_MESSAGES`.
        let flags = code.split(|c: char| !(c.is_ascii_uppercase() || c == '_'));
        words.extend(flags.filter(|flag| flag.len() > 2).map(|flag| flag.to_lowercase().replace('_', "-")));
        Self { texts, composed, words }
    }

    fn says(&self, key: &str) -> bool {
        let whole = key.strip_suffix("-hint").unwrap_or(key);
        [key, whole].into_iter().any(|key| {
            self.texts.contains(key)
                || self.composed.iter().any(|parts| self.fits(parts, key, 2))
                || OF_NAMES.iter().any(|family| self.is_of_names(family, key))
        })
    }

    /// Whether a key is these parts, with words of the source between them. A place may itself hold what is put
    /// together, `depth` times.
    fn fits(&self, parts: &[String], key: &str, depth: usize) -> bool {
        let Some((first, more)) = parts.split_first() else { return false };
        let Some(rest) = key.strip_prefix(first.as_str()) else { return false };
        if more.is_empty() {
            return rest.is_empty();
        }
        (1..=rest.len()).any(|end| {
            let (open, behind) = rest.split_at(end);
            let known = self.is_word(open)
                || OF_NAMES.iter().any(|family| self.is_of_names(family, open))
                || (depth > 0 && self.composed.iter().any(|parts| self.fits(parts, open, depth - 1)));
            known && self.fits(more, behind, depth)
        })
    }

    fn is_word(&self, text: &str) -> bool {
        self.words.contains(text) || text.bytes().all(|b| b.is_ascii_digit())
    }

    fn is_of_names(&self, family: &str, key: &str) -> bool {
        let Some(rest) = key.strip_prefix(family).and_then(|rest| rest.strip_prefix('-')) else { return false };
        let rest = rest.strip_prefix("section-").unwrap_or(rest);
        ENDS.iter().any(|end| format!("-{rest}").strip_suffix(end).is_some_and(|path| self.is_path(path)))
    }

    /// "-embed-fields-name": words of the source, one after the other.
    fn is_path(&self, path: &str) -> bool {
        let Some(rest) = path.strip_prefix('-') else { return path.is_empty() };
        (1..=rest.len())
            .any(|end| rest.is_char_boundary(end) && self.is_word(&rest[..end]) && self.is_path(&rest[end..]))
    }
}

/// "error-{}-title" as "error-" and "-title"; None: no key could come of it.
fn fixed(text: &str) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, open)) = rest.split_once('{') {
        parts.push(before.to_owned());
        rest = open.split_once('}')?.1;
    }
    parts.push(rest.to_owned());
    let is_fixed = |part: &String| part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    (parts.len() > 1 && parts.iter().all(is_fixed) && parts[0].ends_with('-')).then_some(parts)
}

#[test]
fn every_key_is_said_somewhere() {
    let source = Source::read();
    let keys = catalogue::messages("en");
    let left: Vec<&String> = keys.keys().filter(|key| !source.says(key)).collect();
    assert!(left.is_empty(), "nobody says {left:?}");
}

#[test]
fn a_key_that_nobody_says_is_found() {
    let source = Source::read();
    for key in ["feed-lead", "error-teapot-title", "command-boiling", "music-default-teapot", "landing-teapot"] {
        assert!(!source.says(key), "{key}");
    }
}
