//! No word is missing: a key without words would show itself to people. None is left over, and none stands elsewhere.

mod catalogue;
mod plain;
mod used;

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
fn every_word_that_is_said_is_in_the_catalogue() {
    let known = catalogue::messages("en");
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
    let missing: Vec<&String> = said.iter().filter(|key| !known.contains_key(*key)).collect();
    assert!(said.len() > 100, "the search for keys has found only {}", said.len());
    assert!(missing.is_empty(), "without words: {missing:?}");
}

#[test]
fn every_error_says_what_happened_and_what_to_do() {
    use guildhall::error::Trouble;
    use guildhall::guilds::second_factor::Asker;
    use guildhall::web::words::{Message, Words};
    let troubles = [
        Trouble::Unreadable(Message::new("form-cut-off")),
        Trouble::SignedOut { draft: Some("/".into()) },
        Trouble::SignedOut { draft: None },
        Trouble::NoAccess,
        Trouble::NotGiven,
        Trouble::SecondFactor { asker: Asker::Server, draft: None },
        Trouble::SecondFactor { asker: Asker::Dashboard, draft: None },
        Trouble::FormRefused,
        Trouble::NotFound,
        Trouble::MethodNotAllowed,
        Trouble::TooLarge,
        Trouble::TooSlow,
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
