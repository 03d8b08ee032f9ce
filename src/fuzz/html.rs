//! What HTML of a message may be: read by a reader that forgives nothing, so that no browser has anything to guess.

/// Elements that a message may be drawn with, and their attributes.
pub const KNOWN: &[(&str, &[&str])] = &[
    ("html", &[]),
    ("body", &[]),
    ("p", &["class", "dir"]),
    ("br", &[]),
    ("span", &["class"]),
    ("strong", &[]),
    ("em", &[]),
    ("u", &[]),
    ("s", &[]),
    ("code", &[]),
    ("pre", &["class", "dir"]),
    ("bdi", &[]),
    ("blockquote", &[]),
    ("ul", &["class"]),
    ("ol", &["class", "start"]),
    ("li", &["dir"]),
    ("time", &["datetime", "title"]),
    ("img", &["class", "src", "alt", "title", "width", "height", "loading", "decoding"]),
];

/// Elements around the deepest text: a quote, lists with their items, a paragraph, a piece's marks.
pub const DEEPEST: usize = 30;

const WITHOUT_END: [&str; 2] = ["br", "img"];

/// How characters that could be markup are written.
const ESCAPED: [&str; 10] = ["&#34;", "&#38;", "&#39;", "&#60;", "&#62;", "&quot;", "&amp;", "&#x27;", "&lt;", "&gt;"];

/// Every element that is opened is known, and is closed in the order of opening; nothing is asked of another host.
pub fn assert_whole(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut parts = html.split('<');
    assert_text(parts.next().unwrap_or_default(), html);
    for part in parts {
        let (tag, text) = part.split_once('>').expect("a tag ends");
        assert_text(text, html);
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{html}");
            continue;
        }
        let name = assert_tag(tag, html);
        if !WITHOUT_END.contains(&name) {
            open.push(name);
        }
        assert!(open.len() <= DEEPEST, "{html}");
    }
    assert!(open.is_empty(), "{html}");
}

/// A known name, and known attributes in quotes.
fn assert_tag<'t>(tag: &'t str, html: &str) -> &'t str {
    let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
    let known = KNOWN.iter().find(|(known, _)| *known == name).map(|(_, known)| *known);
    assert!(known.is_some(), "{name}: {html}");
    while !attributes.is_empty() {
        let (attribute, rest) = attributes.split_once("=\"").expect("an attribute has a value in quotes");
        let (value, rest) = rest.split_once('"').expect("a value ends");
        assert!(known.is_some_and(|known| known.contains(&attribute)), "{attribute} of {name}: {html}");
        assert_text(value, html);
        if attribute == "src" {
            let id = value.strip_prefix("/cdn/emojis/");
            assert!(id.is_some_and(|id| id.parse::<u64>().is_ok()), "{html}");
        }
        attributes = rest.strip_prefix(' ').unwrap_or(rest);
    }
    name
}

/// No sign of markup, no control character, and nothing that turns the direction of what follows.
fn assert_text(text: &str, html: &str) {
    assert!(!text.contains(['>', '\u{22}', '\'']), "{text}: {html}");
    let is_wrong = |c: char| (c.is_control() && c != '\n' && c != '\t') || matches!(c, '\u{202a}'..='\u{202e}');
    assert!(!text.contains(is_wrong), "{text:?}");
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        rest = &rest[at..];
        assert!(ESCAPED.iter().any(|sign| rest.starts_with(sign)), "{text}: {html}");
        rest = &rest[1..];
    }
}
