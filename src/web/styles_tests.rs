//! What holds of the styles as a whole: nothing in them that no page uses, nothing that moves against somebody's wish.

use std::collections::BTreeSet;
use std::path::Path;

use super::assets::find;

#[test]
fn each_class_in_the_styles_is_used_by_some_page() {
    let sheet = sheet();
    let starts = |c: char| c.is_ascii_lowercase();
    let named: BTreeSet<&str> = sheet
        .split('.')
        .skip(1)
        .filter(|rest| rest.starts_with(starts))
        .filter_map(|rest| rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).next())
        .collect();
    assert!(named.len() > 100, "{named:?}");
    let users = ["templates", "static", "src"].map(|folder| texts(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)));
    let words: BTreeSet<&str> =
        users.iter().flat_map(|text| text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))).collect();
    // What is put together of a beginning and a name: `tone-good`, `badge-48`.
    let made = ["tone-", "badge-", "offer-", "embed-field-", "said-heading-", "code-"];
    let idle: Vec<_> = named
        .iter()
        .filter(|name| !words.contains(*name) && !made.iter().any(|beginning| name.starts_with(beginning)))
        .collect();
    assert!(idle.is_empty(), "no page uses {idle:?}");
}

#[test]
fn nothing_moves_for_who_has_asked_for_less() {
    let sheet = sheet();
    let moves: Vec<&str> = sheet
        .split([';', '{', '}'])
        .map(str::trim)
        .filter(|one| ["transition:", "animation:", "transition-duration:"].iter().any(|name| one.starts_with(name)))
        .collect();
    assert!(!moves.is_empty());
    let rash: Vec<_> = moves.iter().filter(|one| !one.split(',').all(|part| part.contains("var(--quick)"))).collect();
    assert!(rash.is_empty(), "not by the token: {rash:?}");
}

/// The sheet as it is sent, without its comments.
fn sheet() -> String {
    let sent = find("app.css", None).expect("the styles are there");
    let text = String::from_utf8_lossy(sent.bytes);
    let mut parts = text.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    first + &parts.filter_map(|part| part.split_once("*/")).map(|(_, rest)| rest).collect::<String>()
}

/// All that stands in the folder's files, but styles.
fn texts(folder: impl AsRef<Path>) -> String {
    let mut found = String::new();
    for entry in std::fs::read_dir(folder).expect("a folder of ours") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found += &texts(&path);
        } else if path.extension().is_some_and(|ending| ending != "css") {
            found += &std::fs::read_to_string(&path).unwrap_or_default();
        }
    }
    found
}
