//! Pages in a language that nobody speaks: every word of the catalogue has marks on its letters, so that whatever has
//! none was written somewhere else. What people, Discord and the bot have named is theirs.

use std::collections::BTreeSet;
use std::path::Path;

use guildhall::web::language::Language;
use guildhall::web::words::visible;
use serde_json::Value;

use super::chromium::Browser;

/// Where the names and texts are written that people of the stories give, and those that the modules begin with.
const WRITTEN_BY_PEOPLE: [&str; 17] = [
    "crates/discord-standin/src/rest/guilds.rs",
    "crates/discord-standin/src/seed",
    "tests/stories/browser/tour.rs",
    "tests/stories/browser/ticket_tour.rs",
    "tests/stories/browser/tour_first.rs",
    "tests/stories/browser/tour_living.rs",
    "tests/stories/browser/tour_navigation.rs",
    "tests/stories/browser/tour_panels.rs",
    "tests/stories/browser/tour_sets.rs",
    "tests/stories/browser/tour_staff.rs",
    "tests/stories/browser/tour_states.rs",
    "tests/stories/commands/mod.rs",
    "tests/stories/giveaways/mod.rs",
    "tests/stories/happenings/mod.rs",
    "tests/stories/history/deeds.rs",
    "tests/stories/tickets/mod.rs",
    "src/modules",
];

/// What people write in lower letters alone.
const REASONS: [&str; 1] = ["solved"];
/// The same in every language: names, also of languages, zones, units, and what is typed as it is.
const SAME_EVERYWHERE: [&str; 10] = ["Discord", "English", "UTC", "kbit", "kB", "MB", "rrggbb", "https", "APP", "Ctrl"];

/// Every text of the page that is read, seen or not, without what is marked as somebody's name or text.
const TEXTS: &str = "
    const theirs = 'script, style, bdi, code, textarea, svg, time, .badge-letters, .message, .embed, [data-theirs], select[name=time_zone], [lang]:not(html)';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [document.title];
    while (walker.nextNode()) {
        if (!walker.currentNode.parentElement.closest(theirs)) texts.push(walker.currentNode.textContent);
    }
    for (const name of ['aria-label', 'alt', 'title', 'placeholder', 'label', 'data-announce', 'data-appears', 'data-discarded', 'data-guessed',
        'data-label', 'data-lost', 'data-pause', 'data-resume', 'data-title', 'data-heading', 'data-nothing', 'data-unsent', 'data-way']) {
        for (const one of document.querySelectorAll(`[${name}]`)) {
            if (!one.closest(theirs)) texts.push(one.getAttribute(name));
        }
    }
    return texts.map((text) => text.trim()).filter((text) => /[A-Za-z]{2}/.test(text));";

/// What people of the stories write.
pub struct Theirs(Vec<String>);

impl Theirs {
    pub fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut texts = BTreeSet::new();
        for place in WRITTEN_BY_PEOPLE {
            let seed = place.ends_with("seed");
            for source in sources(&root.join(place)) {
                let quoted = quoted(&source);
                let lines = quoted.iter().flat_map(|text| text.lines());
                // Of other sources only what no program says: lower letters alone are names of fields.
                let is_text = |text: &&str| text.contains(|c: char| c.is_uppercase() || c == ' ');
                texts.extend(lines.filter(|text| seed || is_text(text)).map(|text| visible(text).into_owned()));
            }
        }
        texts.extend(REASONS.map(str::to_owned));
        // The longest first: a name may be part of another one.
        let mut texts: Vec<String> = texts.into_iter().filter(|text| text.chars().count() > 1).collect();
        texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
        Self(texts)
    }

    /// The words of a text that have no marks and are nobody's.
    fn unmarked(&self, text: &str) -> Vec<String> {
        // A channel's name stands with its sign, also in a list of choices.
        if text.starts_with('#') {
            return Vec::new();
        }
        // Theirs first: what people write may have braces in it, or look like a tag.
        let text = self.0.iter().fold(without_isolated(text), |text, theirs| text.replace(theirs.as_str(), " "));
        let text = without(&without(&text, '{', '}'), '<', '>');
        let text = text.split_whitespace().filter(|word| !is_address(word)).collect::<Vec<_>>().join(" ");
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        let plain = words.filter(|word| word.len() > 1 && word.bytes().all(|b| b.is_ascii_alphabetic()));
        plain.filter(|word| !SAME_EVERYWHERE.contains(word)).map(str::to_owned).collect()
    }
}

fn sources(place: &Path) -> Vec<String> {
    if place.is_file() {
        return vec![std::fs::read_to_string(place).unwrap()];
    }
    let inside = std::fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path());
    inside.flat_map(|path| sources(&path)).collect()
}

/// The texts in a source, as the program has them.
fn quoted(source: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let source = source.replace("'\"'", "");
    let mut letters = source.chars();
    while letters.by_ref().any(|letter| letter == '"') {
        let mut text = String::new();
        while let Some(letter) = letters.next().filter(|letter| *letter != '"') {
            let escaped = if letter == '\\' { letters.next() } else { None };
            match escaped {
                None => text.push(letter),
                Some('n') => text.push('\n'),
                Some('u') => {
                    let number: String = letters.by_ref().skip(1).take_while(|letter| *letter != '}').collect();
                    text.extend(u32::from_str_radix(&number, 16).ok().and_then(char::from_u32));
                }
                // A text that goes on in the next line.
                Some('\n') => text.push(' '),
                Some(other) => text.push(other),
            }
        }
        texts.push(text);
    }
    texts
}

/// A host, or what leads to one: letters on both sides of a point.
fn is_address(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters.windows(3).any(|three| three[1] == '.' && three[0].is_ascii_alphanumeric() && three[2].is_ascii_lowercase())
}

/// Without the names that a message isolates, also within one another.
fn without_isolated(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for letter in text.chars() {
        match letter {
            '\u{2068}' => depth += 1,
            '\u{2069}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(letter),
            _ => {}
        }
    }
    kept
}

/// Without what stands between two signs: placeholders, and emoji as they are pasted.
fn without(text: &str, from: char, to: char) -> String {
    let mut parts = text.split(from);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once(to).map_or("", |(_, behind)| behind))
}

impl Browser {
    /// Chooses a language at the foot of the first page, as somebody who is not signed in.
    pub async fn speaks(&self, language: Language) {
        self.goes("/").await;
        self.presses(&format!(".languages button[value='{}']", language.tag())).await;
    }

    /// The words of the page that do not come from the catalogue, each with the text it stands in.
    pub async fn unmarked(&self, theirs: &Theirs) -> Vec<String> {
        let texts = self.runs(TEXTS).await;
        let texts = texts.as_array().into_iter().flatten().filter_map(Value::as_str);
        texts.filter(|text| !theirs.unmarked(text).is_empty()).map(str::to_owned).collect()
    }
}

#[test]
fn a_word_without_marks_is_found_and_a_name_is_not() {
    let theirs = Theirs::read();
    assert_eq!(theirs.unmarked("[Šááṽééđ] saved"), ["saved"]);
    assert_eq!(theirs.unmarked("[Ţóó \u{2068}Harbour Club of old\u{2069} ññóóŵ]"), [""; 0]);
    assert_eq!(theirs.unmarked("Harbour Club"), [""; 0]);
    assert_eq!(theirs.unmarked("[24 Ññóóṽ 2026, 03:02:00 UTC]"), [""; 0]);
    assert_eq!(theirs.unmarked("[Ƒŕóóɱ \u{2068}a \u{2068}name\u{2069} within\u{2069}] one"), ["one"]);
    assert_eq!(theirs.unmarked("<script>alert('guild')</script> & \"friends\""), [""; 0]);
    assert_eq!(theirs.unmarked("{user}'s cabin: [ĥóóššţš] youtu.be, www.youtube.com. Then {else}"), ["Then"]);
}
