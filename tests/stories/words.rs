//! No word is missing: a key without words would show itself to people.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|one| one == ending) {
                found.push(path);
            }
        }
    }
    found
}

fn read(folder: &str, ending: &str) -> String {
    files(folder, ending).iter().map(|path| std::fs::read_to_string(path).unwrap()).collect::<Vec<_>>().join("\n")
}

/// The catalogue's keys, each as often as it stands there.
fn catalogue() -> Vec<String> {
    let text = read("locales/en", "ftl");
    let key = |line: &str| line.split_once(" =").map(|(key, _)| key.to_owned());
    text.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase())).filter_map(key).collect()
}

/// What stands in quotes behind each `before` and in front of `behind`.
fn quoted(text: &str, before: &str, behind: &str) -> BTreeSet<String> {
    let parts = text.split(before).skip(1).filter_map(|rest| rest.strip_prefix('"')?.split_once('"'));
    let keys = parts.filter(|(_, rest)| rest.starts_with(behind)).map(|(key, _)| key.to_owned());
    keys.filter(|key| {
        key.len() > 1
            && key.contains('-')
            && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    })
    .collect()
}

#[test]
fn every_word_that_is_said_is_in_the_catalogue_and_no_key_stands_there_twice() {
    let known = catalogue();
    let once: BTreeSet<&String> = known.iter().collect();
    assert_eq!(once.len(), known.len(), "a key stands there twice, which the catalogue refuses to load");
    let code = read("src", "rs");
    // Tests invent keys; they stand at the end of a file.
    let code: String = code.split("#[cfg(test)]").collect::<Vec<_>>().join("\n");
    let mut said = quoted(&code, "Message::new(", ")");
    said.extend(quoted(&code, "words.t(", ")"));
    said.extend(quoted(&code, "action(\"/\".into(), ", ")"));
    for word in
        read("templates", "html").split("|t").filter_map(|text| text.trim_end().strip_suffix('"')?.rsplit_once('"'))
    {
        said.insert(word.1.to_owned());
    }
    said.retain(|key| key != "no-such-key");
    let missing: Vec<&String> = said.iter().filter(|key| !once.contains(key)).collect();
    assert!(said.len() > 100, "the search for keys has found only {}", said.len());
    assert!(missing.is_empty(), "without words: {missing:?}");
}

#[test]
fn every_error_says_what_happened_and_what_to_do() {
    use guildhall::error::Trouble;
    use guildhall::web::words::{Message, Words};
    let troubles = [
        Trouble::Unreadable(Message::new("form-cut-off")),
        Trouble::SignedOut { draft: true },
        Trouble::SignedOut { draft: false },
        Trouble::NoAccess,
        Trouble::FormRefused,
        Trouble::NotFound,
        Trouble::MethodNotAllowed,
        Trouble::TooLarge,
        Trouble::WrongHost,
        Trouble::UnsupportedType,
        Trouble::TooMany { wait: 3 },
        Trouble::BotAbsent,
        Trouble::Internal,
        Trouble::Discord { wait: None },
        Trouble::Discord { wait: Some(3) },
        Trouble::Misconfigured,
        Trouble::Database,
    ];
    let words = Words::default();
    for trouble in troubles {
        let code = trouble.code();
        assert!(words.find(&format!("error-{code}-title")).is_some(), "{code} has no title");
        let advice = Message::new(format!("error-{code}-advice")).number("seconds", 3);
        assert!(words.say(&advice).contains(' '), "{code} has no advice");
    }
}
