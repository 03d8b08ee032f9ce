use proptest::prelude::*;
use scraper::{Html, Node};
use serde_json::{Value, json};

use super::drawing::{Drawing, people};
use super::message::Said;
use super::pages::{Entry, TranscriptPage};
use super::search::Wanted;
use super::stored::{Part, Transcript};
use crate::messages::{Line, Style};
use crate::modules::test_guild::{OPEN_CHANNEL, STAFF_CHANNEL, snapshot};
use crate::settings::judge::Judge;
use crate::web::shell::Shell;
use crate::web::words::{Message, Words};

/// The page of some messages, as HTML.
fn drawn(messages: &[Said], wanted: Option<&str>) -> String {
    let words = Words::default();
    let guild = snapshot();
    // Sees what everybody sees.
    let judge = Judge { guild: &guild, person: guild.bot() };
    let wanted = wanted.and_then(Wanted::new);
    let drawing = Drawing { words: &words, judge: &judge, people: people(messages), wanted: wanted.as_ref() };
    let entries = messages.iter().enumerate().map(|(at, said)| {
        let (drawn, _) = drawing.message(said, at + 1, at % 3 == 0);
        Entry::Said(Box::new(drawn))
    });
    let page = TranscriptPage {
        shell: Shell::default(),
        name: Message::new("ticket-name").number("number", 1),
        ticket_href: "/t".into(),
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
    html.select(&selector).next().map(|one| one.inner_html()).unwrap_or_default()
}

/// Known elements alone, no attribute that acts, nothing that is loaded, and links to https or our own pages.
fn assert_safe(html: &str) {
    const KNOWN: &[&str] = &[
        "html", "head", "meta", "title", "link", "body", "a", "header", "span", "div", "main", "footer", "p", "ol",
        "li", "article", "bdi", "br", "strong", "em", "code", "mark", "time", "svg", "use", "rect", "ul", "dl", "dt",
        "dd", "form", "label", "input", "button", "h1", "h2", "section", "nav", "script", "circle", "path", "symbol",
        "img", "noscript", "output", "small", "aside",
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
        (
            "<@42> <@!42>",
            "<span class=\"mention\"><bdi>@Mira</bdi></span> <span class=\"mention\"><bdi>@Mira</bdi></span>",
        ),
        ("<@7>", "<span class=\"mention\"><bdi>@member 7</bdi></span>"),
        ("<#7>", "<span class=\"mention\"><bdi>#a channel that is not there</bdi></span>"),
        ("<:wave:816370501973721107>", ":wave:"),
        ("<t:0:R>", "1 Jan 1970, 00:00:00 UTC"),
        ("<t:99999999999999:R>", "&lt;t:99999999999999:R&gt;"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("[x](https://evil.example)", "[x](https://evil.example)"),
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
        for part in ["Order", "fill=\"#57f287\"", "Shop", "thanks", "i.example", "class=\"inline\""] {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("x.png"), "nothing of another host is named but the host");
    }
}

fn line(parts: &[(Style, &str)]) -> Line {
    parts.iter().map(|(style, text)| style.piece(*text)).collect()
}

#[test]
fn what_is_found_is_marked_over_pieces_and_whether_large_or_small() {
    let mut found = line(&[(Style::Text, "a Re"), (Style::Bold, "FUND, refund"), (Style::Text, "s ÄÖ")]);
    assert!(Wanted::new("refund").expect("a text").mark_line(&mut found));
    let marked: Vec<(&str, bool)> = found.iter().map(|piece| (piece.text.as_str(), piece.found)).collect();
    let wanted = [("a ", false), ("Re", true), ("FUND", true), (", ", false), ("refund", true), ("s ÄÖ", false)];
    assert_eq!(marked, wanted);
    assert!(Wanted::new("äö").expect("a text").mark_line(&mut found));
    assert!(!Wanted::new("elsewhere").expect("a text").mark_line(&mut found));
    assert!(!Wanted::new("longer than all of the line there is, by far").expect("a text").mark_line(&mut found));
    assert!(Wanted::new("").is_none());
}

fn part(part: i32, parts: i32, body: &str) -> Part {
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

fn hostile() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        2 => "[a-zA-Z \n\t]{1,6}",
        4 => prop::sample::select(vec![
            "<", ">", "\"", "'", "&", "&lt;", "&#60;", "<img src=x onerror=alert(1)>", "<script>", "</script>", "</li>",
            "</article>", "<!--", "-->", "]]>", "<svg/onload=1>", "javascript:", "https://evil.example/\"'>",
            "\u{202e}", "\r\n", "\0", "*", "**", "_", "`", "``", "\\", "<@1>", "<#2>", "<@&3>", "<:a:816370501973721107>",
            "<t:1:R>", "{{", "{%", "\u{fffe}", "\u{feff}", "\u{2028}",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(part, 0..25).prop_map(|parts| parts.concat())
}

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        6 => hostile().prop_map(Value::from),
    ];
    let names = prop::sample::select(vec![
        "authorId",
        "authorName",
        "bot",
        "at",
        "content",
        "embeds",
        "attachments",
        "name",
        "size",
        "url",
        "title",
        "description",
        "color",
        "fields",
        "value",
        "inline",
        "footer",
        "text",
        "author",
        "image",
        "thumbnail",
        "timestamp",
    ]);
    leaf.prop_recursive(4, 80, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map(names.clone().prop_map(str::to_owned), inner, 0..8)
                .prop_map(|map| map.into_iter().collect()),
        ]
    })
}

fn message() -> impl Strategy<Value = Value> {
    let file = (hostile(), any::<u64>(), hostile(), any::<bool>()).prop_map(|(name, size, url, https)| {
        json!({"name": name, "size": size, "url": if https { format!("https://a.example/{url}") } else { url }})
    });
    let embed = (hostile(), hostile(), hostile()).prop_map(|(title, url, color)| {
        json!({"title": title, "description": title, "url": url, "color": color, "image": {"url": url},
               "fields": [{"name": title, "value": color}], "footer": {"text": url}})
    });
    let whole =
        (hostile(), hostile(), hostile(), prop::collection::vec(file, 0..3), prop::collection::vec(embed, 0..2));
    let whole = whole.prop_map(|(id, name, content, files, embeds)| {
        json!({"authorId": id, "authorName": name, "content": content, "attachments": files, "embeds": embeds})
    });
    prop_oneof![3 => whole, 1 => anything()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_message_holds_the_page_is_safe(values in prop::collection::vec(message(), 0..4), wanted in hostile()) {
        let transcript = Transcript::of(vec![part(1, 1, &Value::from(values).to_string())]);
        assert_safe(&drawn(&transcript.messages, Some(&wanted)));
        assert_safe(&drawn(&transcript.messages, None));
    }

    #[test]
    fn searching_takes_no_letter_away(content in hostile(), wanted in hostile()) {
        let mut before = line(&[(Style::Text, &content), (Style::Bold, &content)]);
        let text = |line: &Line| line.iter().map(|piece| piece.text.clone()).collect::<String>();
        let (whole, small) = (text(&before), content.chars().flat_map(char::to_lowercase).collect::<String>());
        if let Some(looked) = Wanted::new(&wanted) {
            let found = looked.mark_line(&mut before);
            let wanted: String = wanted.chars().flat_map(char::to_lowercase).collect();
            prop_assert!(found || !small.contains(&wanted));
        }
        prop_assert_eq!(text(&before), whole);
    }

    #[test]
    fn what_is_stored_never_breaks_the_page(body in hostile(), number in any::<i32>(), parts in any::<i32>()) {
        let transcript = Transcript::of(vec![part(number, parts, &body)]);
        prop_assert!(transcript.messages.is_empty());
    }
}
