//! Every Unicode emoji with its names, as a list that a page's script asks for when somebody looks for one.
//!
//! The names are those of the Unicode Consortium and of chats, in English; in Vietnamese those of CLDR come first
//! (`signs/vi.tsv`, written by `scripts/emoji-names`), and the English ones are found as well.

use std::collections::HashMap;
use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::web::Path;
use emojis::{Emoji, Group, UnicodeVersion};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::error::{AppError, Trouble};
use crate::web::language::Language;

/// Newer ones are not drawn by every device, nor known to Discord.
const NEWEST: UnicodeVersion = UnicodeVersion::new(15, 1);
/// Asks for a sign in colours. It is not part of what a sign is called by.
const VARIATION: char = '\u{fe0f}';

struct List {
    json: String,
    name: String,
}

static ENGLISH: LazyLock<List> = LazyLock::new(|| List::of(in_english));

static VIETNAMESE: LazyLock<List> = LazyLock::new(|| {
    let names: HashMap<&str, (&str, &str)> = include_str!("signs/vi.tsv").lines().filter_map(called).collect();
    List::of(|emoji| match names.get(emoji.as_str().replace(VARIATION, "").as_str()) {
        Some((name, others)) => {
            let english = emoji.shortcodes().fold(format!("{others} {}", emoji.name()), |all, one| all + " " + one);
            json!([group(emoji.group()), emoji.as_str(), name, english.trim_start(), "vi"])
        }
        None => in_english(emoji),
    })
});

/// Sign, name and what else it is found by, of one line.
fn called(line: &str) -> Option<(&str, (&str, &str))> {
    let mut parts = line.split('\t');
    Some((parts.next()?, (parts.next()?, parts.next()?)))
}

impl List {
    /// `[[group, sign, name, "other_names and_more", language of the name], …]` in the order of keyboards.
    fn of(entry: impl Fn(&'static Emoji) -> Value) -> Self {
        let known = emojis::iter().filter(|emoji| emoji.unicode_version() <= NEWEST);
        let json = Value::from_iter(known.map(entry)).to_string();
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&json)[..6]);
        Self { json, name: format!("{hash}.json") }
    }

    fn in_language(language: Language) -> &'static Self {
        match language {
            Language::Vietnamese => &VIETNAMESE,
            Language::English | Language::Marked | Language::Mirrored => &ENGLISH,
        }
    }
}

fn in_english(emoji: &'static Emoji) -> Value {
    let others: Vec<&str> = emoji.shortcodes().collect();
    json!([group(emoji.group()), emoji.as_str(), emoji.name(), others.join(" "), "en"])
}

/// The place of a group's words among those that the page has.
fn group(group: Group) -> usize {
    Group::iter().position(|one| one == group).unwrap_or_default()
}

/// The address in a language; its list never changes.
pub fn href(language: Language) -> String {
    format!("/emojis/{}", List::in_language(language).name)
}

pub async fn signs(name: Path<String>) -> Result<HttpResponse, AppError> {
    let list = Language::ALL.into_iter().map(List::in_language).find(|list| list.name == *name);
    let list = list.ok_or(Trouble::NotFound)?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .body(list.json.as_str()))
}
