//! No word is missing: every field, section, choice, placeholder and problem has its own in the catalogue.

use std::collections::BTreeSet;
use std::path::Path;

use super::ALL;
use crate::settings::fields::{Field, Kind, Placeholder};
use crate::web::words::{Message, Words};

/// The keys a module's pages will look up. Hints and intros are only looked up, never needed.
fn needed(module: &crate::settings::module::Module) -> BTreeSet<String> {
    let own = module.key.as_str();
    let mut keys = BTreeSet::from([format!("{own}-name"), format!("{own}-purpose")]);
    for section in module.sections {
        keys.insert(format!("{own}-section-{}", section.name));
        words_of(section.fields, own, &mut keys);
    }
    keys
}

fn words_of(fields: &[Field], prefix: &str, keys: &mut BTreeSet<String>) {
    for field in fields {
        let own = field.words(prefix);
        match &field.kind {
            Kind::Choice(words) | Kind::Set(words) => keys.extend(words.iter().map(|word| format!("{own}-{word}"))),
            Kind::Rows { fields, .. } => {
                keys.extend(["row", "add", "empty"].map(|word| format!("{own}-{word}")));
                words_of(fields, &own, keys);
            }
            Kind::Number { unit: Some(unit), .. } => keys.extend([format!("unit-{unit}"), format!("amount-{unit}")]),
            Kind::Text { placeholders, .. } | Kind::Template(placeholders) => {
                keys.extend(placeholders.iter().map(|Placeholder { name, .. }| format!("placeholder-{name}")));
            }
            Kind::Bitrate => drop(keys.insert("unit-kbps".to_owned())),
            // A group is drawn by the page, which has the word for it.
            Kind::Group(parts) => {
                words_of(parts, &field.words_below(&own), keys);
                continue;
            }
            _ => {}
        }
        if let Some(parts) = field.parts() {
            words_of(parts, &field.words_below(&own), keys);
        }
        keys.insert(own);
    }
}

fn missing(keys: impl IntoIterator<Item = String>) -> Vec<String> {
    let catalogue: BTreeSet<String> = catalogue().into_iter().flat_map(|(_, keys)| keys).collect();
    keys.into_iter().filter(|key| !catalogue.contains(key)).collect()
}

/// The keys of each file of words.
fn catalogue() -> Vec<(String, Vec<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/en");
    let files = std::fs::read_dir(folder).expect("the catalogue").map(|entry| entry.expect("a file"));
    let keys_of = |text: String| -> Vec<String> {
        let keys = text.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key.to_owned());
        keys.filter(|key| !key.starts_with([' ', '#'])).collect()
    };
    files
        .map(|file| {
            let text = std::fs::read_to_string(file.path()).expect("words");
            (file.file_name().to_string_lossy().into_owned(), keys_of(text))
        })
        .collect()
}

#[test]
fn every_field_of_every_module_has_its_words() {
    assert_eq!(missing(ALL.iter().flat_map(needed)), [] as [&str; 0]);
}

#[test]
fn every_field_of_a_panel_has_its_words() {
    let mut keys = BTreeSet::new();
    for section in crate::panels::WHOLE.sections {
        keys.insert(format!("panel-section-{}", section.name));
        words_of(section.fields, crate::panels::WHOLE.words, &mut keys);
    }
    assert!(keys.len() > 30, "{keys:?}");
    assert_eq!(missing(keys), [] as [&str; 0]);
}

#[test]
fn every_problem_that_is_said_has_its_words() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut said = BTreeSet::new();
    for folder in ["settings", "modules", "panels"] {
        problems_said(&source.join(folder), &mut said);
    }
    assert!(said.len() > 30, "found {said:?}");
    assert_eq!(missing(said), [] as [&str; 0]);
}

/// The texts `"problem-…"` in the source below a folder.
fn problems_said(folder: &Path, said: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the source") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            problems_said(&path, said);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let source = std::fs::read_to_string(&path).expect("source");
            let texts = source.split('"').filter(|text| text.starts_with("problem-"));
            let is_key = |text: &&str| text.ends_with(|last: char| last.is_ascii_alphanumeric());
            said.extend(texts.filter(is_key).map(str::to_owned));
        }
    }
}

#[test]
fn no_word_of_the_modules_has_outlived_its_field() {
    let needed: BTreeSet<String> = ALL.iter().flat_map(needed).collect();
    let known = |key: &str| {
        let whole = ["-hint", "-intro"].iter().find_map(|end| key.strip_suffix(end)).unwrap_or(key);
        needed.contains(key) || needed.contains(whole)
    };
    for (file, keys) in catalogue() {
        if ALL.iter().any(|module| file == format!("{}.ftl", module.key.as_str())) {
            let left: Vec<String> = keys.into_iter().filter(|key| !known(key)).collect();
            assert_eq!(left, [] as [&str; 0], "{file}");
        }
    }
}

#[test]
fn what_is_filled_in_is_what_the_words_expect() {
    let new = |key: &'static str| Message::new(key);
    let range = |key| new(key).number("min", 1).number("max", 2);
    let about_a_role = [
        "problem-role-managed",
        "problem-role-bot-cannot",
        "problem-role-above-bot",
        "problem-role-above-you",
        "problem-role-you-cannot",
        "problem-role-ping",
    ];
    let mut messages = vec![
        range("problem-not-a-number"),
        range("problem-number-range"),
        new("problem-too-short").number("min", 1),
        new("problem-too-long").number("max", 1).number("length", 2),
        new("problem-embed-total").number("max", 1).number("length", 2),
        new("problem-too-many").number("max", 1).number("chosen", 2),
        new("problem-too-many-rows").number("max", 1),
        new("problem-placeholder").text("name", "{x}").text("allowed", "{y}"),
        new("problem-channel-kind").name("channel", "general"),
        new("problem-bitrate").number("max", 96),
        new("tempvoice-creators-row").number("number", 1),
        new("giveaway-bonus-entries-row").number("number", 1),
        new("template-embed-fields-row").number("number", 1),
    ];
    messages.extend(about_a_role.map(|key| new(key).name("role", "Helpers")));
    for message in messages {
        assert_ne!(Words::default().say(&message), message.key);
    }
}
