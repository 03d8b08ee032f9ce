use scraper::{Html, Node};
use serde_json::{Value, json};

use super::drawing::{Drawing, people};
use super::message::Said;
use super::pages::{Entry, TranscriptPage};
use super::search::Wanted;
use super::stored::{Part, Transcript};
use crate::messages::{Kind, Line, Marks, Piece};
use crate::modules::test_guild::{OPEN_CHANNEL, STAFF_CHANNEL, snapshot};
use crate::settings::judge::Judge;
use crate::settings::reader::Reader;
use crate::web::shell::Shell;
use crate::web::words::Words;

/// The page of some messages, as HTML.
pub(super) fn drawn(messages: &[Said], wanted: Option<&str>) -> String {
    let words = Words::default();
    let guild = snapshot();
    // Sees what everybody sees.
    let judge = Judge { guild: &guild, person: guild.bot() };
    let wanted = wanted.and_then(Wanted::new);
    let reader = Reader { judge: &judge, words: &words, now: 86_400_000, people: people(messages) };
    let drawing = Drawing { words: &words, reader, wanted: wanted.as_ref() };
    let entries = messages.iter().enumerate().map(|(at, said)| {
        let (drawn, _) = drawing.message(said, at + 1, at % 3 == 0);
        Entry::Said(Box::new(drawn))
    });
    let page = TranscriptPage {
        shell: Shell::default(),
        action: "/t/transcript".into(),
        arrived: None,
        gaps: Vec::new(),
        total: messages.len(),
        text: String::new(),
        found: None,
        range: None,
        entries: entries.collect(),
        previous: None,
        next: None,
    };
    askama::Template::render_with_values(&page, &words).expect("a page")
}

fn said(value: &Value) -> Said {
    Said::read(value).expect("a message")
}

fn content(text: &str) -> String {
    let html =
        Html::parse_document(&drawn(&[said(&json!({"authorId": "42", "authorName": "Mira", "content": text}))], None));
    let selector = scraper::Selector::parse(".message-text").expect("a selector");
    let inner = html.select(&selector).next().map(|one| one.inner_html()).unwrap_or_default();
    inner.trim_start_matches("<p dir=\"auto\">").trim_end_matches("</p>").to_owned()
}

/// Known elements alone, no attribute that acts, nothing that is loaded, and links to https or our own pages.
pub(super) fn assert_safe(html: &str) {
    const KNOWN: &[&str] = &[
        "html",
        "head",
        "meta",
        "title",
        "link",
        "body",
        "a",
        "header",
        "span",
        "div",
        "main",
        "footer",
        "p",
        "ol",
        "li",
        "article",
        "bdi",
        "br",
        "strong",
        "em",
        "code",
        "mark",
        "time",
        "svg",
        "use",
        "rect",
        "ul",
        "dl",
        "dt",
        "dd",
        "form",
        "label",
        "input",
        "button",
        "h1",
        "h2",
        "section",
        "nav",
        "script",
        "circle",
        "path",
        "symbol",
        "img",
        "noscript",
        "output",
        "small",
        "aside",
        "u",
        "s",
        "pre",
        "blockquote",
    ];
    let page = Html::parse_document(html);
    let opened = html.matches('<').count() - html.matches("</").count() - html.matches("<!").count();
    let elements = page.tree.values().filter(|node| node.as_element().is_some()).count();
    assert_eq!(opened, elements, "what is written as an element is one, and nothing else became one");
    for node in page.tree.values() {
        let Node::Element(element) = node else { continue };
        assert!(KNOWN.contains(&element.name()), "{}", element.name());
        assert!(element.name() != "script" || element.attr("src").is_some_and(|src| src.starts_with("/static/")));
        for (name, value) in element.attrs() {
            assert!(!name.starts_with("on") && name != "style" && name != "srcset" && name != "srcdoc", "{name}");
            match (element.name(), name) {
                ("img", "src") if value.starts_with("/cdn/emojis/") => {}
                (_, "src") | ("link" | "use", "href") => assert!(value.starts_with("/static/"), "{name}={value}"),
                ("a", "href") if value.starts_with("https://") => {
                    assert_eq!(element.attr("rel"), Some("noopener noreferrer nofollow ugc"), "{value}");
                }
                (_, "href" | "action") => {
                    let ours = value.starts_with(['/', '#']) && !value.starts_with("//");
                    assert!(ours, "{name}={value}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn markdown_mentions_emojis_and_times_are_drawn_and_nothing_else() {
    for (given, expected) in [
        ("**b** _i_ `c`", "<strong>b</strong> <em>i</em> <code>c</code>"),
        ("a\r\nb", "a<br>b"),
        ("__**a**__ ~~b~~", "<strong><u>a</u></strong> <s>b</s>"),
        (
            "<@42> <@!42>",
            "<span class=\"mention\"><bdi>@Mira</bdi></span> <span class=\"mention\"><bdi>@Mira</bdi></span>",
        ),
        ("<@7>", "<span class=\"mention\"><bdi>@member 7</bdi></span>"),
        ("<#7>", "<span class=\"mention\"><bdi>#a channel that is not there</bdi></span>"),
        ("<t:0:R>", "<time datetime=\"1970-01-01T00:00:00Z\" title=\"1 Jan 1970, 00:00:00 UTC\">1 day ago</time>"),
        ("<t:0:t>", "<time datetime=\"1970-01-01T00:00:00Z\" title=\"1 Jan 1970, 00:00:00 UTC\">00:00</time>"),
        ("<t:99999999999999:R>", "&lt;t:99999999999999:R&gt;"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        (
            "[x](https://evil.example)",
            "<span class=\"as-link\">x</span> <span class=\"link-host\">(<bdi>evil.example</bdi>)</span>",
        ),
        ("a\u{0}b\u{202e}c", "ab\u{fffd}c"),
    ] {
        assert_eq!(content(given), expected, "{given}");
    }
}

#[test]
fn a_channel_is_named_to_those_who_see_it() {
    assert!(content(&format!("<#{OPEN_CHANNEL}>")).contains("#open"));
    let hidden = content(&format!("<#{STAFF_CHANNEL}>"));
    assert!(!hidden.contains("staff") && hidden.contains("cannot see"), "{hidden}");
}

#[test]
fn only_an_https_address_becomes_a_link() {
    let file = |url: &str| {
        let value = json!({"authorName": "x", "attachments": [{"name": "bill.pdf", "size": 1234, "url": url}]});
        drawn(&[said(&value)], None)
    };
    let html = file("https://cdn.discordapp.com/a/b.pdf?x=1&y=\"");
    assert!(html.contains("rel=\"noopener noreferrer nofollow ugc\""), "{html}");
    assert!(html.contains("1.2 kB") && html.contains("cdn.discordapp.com"));
    for wrong in
        ["http://a.example/", "javascript:alert(1)", "data:text/html,x", "//a.example", "https://u:p@a.example/", ""]
    {
        let html = file(wrong);
        assert!(html.contains("bill.pdf") && !html.contains("nofollow"), "{wrong}");
    }
}

#[test]
fn embeds_of_both_shapes_are_drawn() {
    for embed in [
        json!({"title": "Order", "color": 0x57F287, "author": {"name": "Shop"}, "footer": {"text": "thanks"},
               "image": {"url": "https://i.example/x.png"}, "fields": [{"name": "n", "value": "v", "inline": true}]}),
        json!({"title": "Order", "color": "#57f287", "authorName": "Shop", "footer": "thanks",
               "imageUrl": "https://i.example/x.png", "fields": [{"name": "n", "value": "v", "inline": true}]}),
    ] {
        let html = drawn(&[said(&json!({"authorName": "x", "embeds": [embed]}))], None);
        for part in ["Order", "fill=\"#57f287\"", "Shop", "thanks", "i.example", "class=\"embed-field-whole\""] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("x.png"), "nothing of another host is named but the host");
    }
}

pub(super) fn line(parts: &[(Marks, &str)]) -> Line {
    parts.iter().map(|(marks, text)| Piece::new(Kind::Text, *text, *marks)).collect()
}

#[test]
fn what_is_found_is_marked_over_pieces_and_whether_large_or_small() {
    let mut found = line(&[(Marks::default(), "a Re"), (Marks::BOLD, "FUND, refund"), (Marks::default(), "s ÄÖ")]);
    assert!(Wanted::new("refund").expect("a text").mark_line(&mut found));
    let marked: Vec<(&str, bool)> = found.iter().map(|piece| (piece.text.as_str(), piece.found)).collect();
    let wanted = [("a ", false), ("Re", true), ("FUND", true), (", ", false), ("refund", true), ("s ÄÖ", false)];
    assert_eq!(marked, wanted);
    assert!(Wanted::new("äö").expect("a text").mark_line(&mut found));
    assert!(!Wanted::new("elsewhere").expect("a text").mark_line(&mut found));
    assert!(!Wanted::new("longer than all of the line there is, by far").expect("a text").mark_line(&mut found));
    assert!(Wanted::new("").is_none());
}

pub(super) fn part(part: i32, parts: i32, body: &str) -> Part {
    Part { part, parts, body: body.to_owned(), taken_at: 5 }
}

fn keys(transcript: &Transcript) -> Vec<(usize, String)> {
    let words = Words::default();
    transcript.gaps.iter().map(|(at, message)| (*at, words.say(message))).collect()
}

#[test]
fn what_is_missing_or_broken_is_said_in_its_place() {
    let one = r#"[{"content":"x"}]"#;
    let whole = Transcript::of(vec![part(1, 2, one), part(2, 2, one)]);
    assert_eq!((whole.messages.len(), whole.gaps.len()), (2, 0));
    let from_zero = Transcript::of(vec![part(0, 2, one), part(1, 2, one)]);
    assert_eq!((from_zero.messages.len(), from_zero.gaps.len()), (2, 0));
    let torn = Transcript::of(vec![part(2, 5, one), part(3, 5, "no JSON"), part(4, 5, r#"[1,{"content":"y"},null]"#)]);
    let wanted = [
        (0, "Part 1 of 5 has not arrived."),
        (1, "Part 3 has arrived, but could not be read."),
        (2, "2 messages could not be read."),
        (2, "Part 5 of 5 has not arrived."),
    ];
    assert_eq!(keys(&torn), wanted.map(|(at, text)| (at, text.to_owned())));
    assert_eq!(torn.messages.len(), 2);
    assert!(Transcript::of(Vec::new()).arrived.is_none());
    for (number, parts) in [(i32::MAX, i32::MAX), (i32::MIN, -5), (-1, 0), (7, 1), (1, i32::MAX)] {
        Transcript::of(vec![part(number, parts, one), part(number.saturating_add(1), parts, "{}")]);
    }
}
