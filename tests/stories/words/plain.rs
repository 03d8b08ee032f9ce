//! No word of a page stands in a template: all come from the catalogue.

use std::path::Path;

use super::{files, root};

/// What is the same in every language: units, addresses, keys.
const SAME_EVERYWHERE: [&str; 3] = ["kbit/s", "https://", "Ctrl K"];

/// Attributes that are read out or shown.
const READ: [&str; 6] = ["aria-label", "aria-description", "alt", "title", "placeholder", "label"];

/// Examples of what a field takes, as people type it in every language.
const EXAMPLES: [&str; 2] = ["#rrggbb", "2026-12-31T18:00"];

/// Everything between the first sign and the second one is left out.
fn without(text: &str, begins: &str, ends: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(begins) {
        kept.push_str(before);
        kept.push(' ');
        rest = behind.split_once(ends).map_or("", |(_, behind)| behind);
    }
    kept + rest
}

/// The words in the text of a template, and in those of its attributes that people read.
fn words(template: &str) -> Vec<String> {
    let template = [("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<!--", "-->")]
        .iter()
        .fold(template.to_owned(), |text, (begins, ends)| without(&text, begins, ends));
    let mut found: Vec<String> = Vec::new();
    for name in READ {
        let begins = format!(" {name}=\"");
        let values = template.split(&begins).skip(1).filter_map(|rest| rest.split('"').next());
        found.extend(values.filter(|value| !EXAMPLES.contains(value)).map(str::to_owned));
    }
    // A part of a template may be the attributes or the class of a tag that stands elsewhere.
    let text = without(&template, "<", ">");
    let is_class = |word: &&str| word.contains('-') && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let texts = text.split_whitespace().filter(|word| !word.contains("=\"") && !is_class(word));
    found.extend(texts.map(str::to_owned));
    let text = SAME_EVERYWHERE.iter().fold(found.join(" "), |text, same| text.replace(same, " "));
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 1);
    words.filter(|word| !["nbsp", "amp", "quot", "rarr", "lt", "gt"].contains(word)).map(str::to_owned).collect()
}

#[test]
fn no_template_has_words_of_its_own() {
    let mut found = Vec::new();
    for path in files("templates", "html") {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(root()).unwrap_or(Path::new("?")).display().to_string();
        found.extend(words(&text).into_iter().map(|word| format!("{name}: {word}")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_word_of_its_own_is_found() {
    assert_eq!(words("<p class=\"lead\">{{ \"key\"|t }} saved{% if a > b %} twice{% endif %}</p>"), ["saved", "twice"]);
    assert_eq!(words("<img alt=\"A boat\" src=\"boat.png\"><input title=\"{{ x }}\" class=\"wide\">"), ["boat"]);
    assert_eq!(words("{# not this #}<a href=\"/guilds\" aria-label=\"Go {{ name }} home\">→</a>"), ["Go", "home"]);
}
