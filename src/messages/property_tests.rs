//! Whatever is typed: what is drawn is well-formed, asks nobody, and has lost nothing but signs.

use askama::Template as _;
use proptest::prelude::*;
use scraper::{ElementRef, Html, Node};

use super::tests::INK;
use super::*;
use crate::fuzz::html::{DEEPEST, KNOWN, assert_whole};
use crate::web::words::Words;

/// Elements around the deepest text: a quote, lists with their items, a paragraph, a piece's marks.
const _: () = assert!(DEEPEST == 2 + 2 * lists::DEEPEST + 12);

fn anything() -> impl Strategy<Value = String> {
    let signs = vec![
        "*",
        "**",
        "***",
        "_",
        "__",
        "~~",
        "||",
        "`",
        "``",
        "```",
        "```rs\n",
        "```ts\n",
        "```html\n",
        "```md\n",
        "```sh\n",
        "/*",
        "${",
        "r#\"",
        "<<EOF\n",
        "\\",
        "> ",
        ">>> ",
        "# ",
        "## ",
        "-# ",
        "- ",
        "  - ",
        "1. ",
        "[",
        "](",
        ")",
        "](https://a.example/x)",
        "https://",
        "<https://b.example>",
        "<",
        ">",
        "<@1>",
        "<@&2>",
        "<#3>",
        "<:wave:816370501973721107>",
        "<a:",
        "<t:0:R>",
        "<t:",
        "@everyone",
        "</a:1>",
        "{user}",
        "{prize}",
        "{",
        "\n",
        "\n\n",
        "\r",
        "&lt;",
        "<script>",
        "<img src=x onerror=y>",
        "\"",
        "'",
        "&",
        "-->",
        "]]>",
        "\u{202e}",
        "\0",
        "🎉",
        "👨‍👩‍👧",
    ];
    let part = prop_oneof![
        3 => "[a-z 0-9]{1,5}",
        5 => prop::sample::select(signs).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

fn drawn(content: &Content) -> String {
    content.drawn().render_with_values(&Words::default()).expect("HTML")
}

fn assert_known(page: &Html, html: &str) {
    assert!(page.errors.iter().all(|error| !error.contains("Unexpected")), "{:?}: {html}", page.errors);
    for element in page.tree.values().filter_map(Node::as_element) {
        let attributes = KNOWN.iter().find(|(name, _)| *name == element.name());
        let (_, attributes) = attributes.unwrap_or_else(|| panic!("{}: {html}", element.name()));
        for (name, value) in element.attrs() {
            assert!(attributes.contains(&name), "{name} of {}: {html}", element.name());
            assert!(name != "src" || value.strip_prefix("/cdn/emojis/").is_some_and(|id| id.parse::<u64>().is_ok()));
        }
    }
}

/// What is seen, with pictures by their names.
fn seen(element: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in element.descendants() {
        match node.value() {
            Node::Text(part) => text.push_str(part),
            Node::Element(one) => text.push_str(one.attr("alt").unwrap_or_default()),
            _ => {}
        }
    }
    text
}

/// Letters of words that no sign can take away or add.
fn letters(text: &str) -> String {
    text.chars().filter(|char| matches!(char, 'α'..='ω')).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn what_is_drawn_is_well_formed_known_and_asks_nobody(text in anything()) {
        let content = INK.content(&text, DESCRIPTION);
        let html = drawn(&content);
        assert_whole(&html);
        assert_known(&Html::parse_fragment(&html), &html);
        prop_assert!(!html.contains("href") && !html.contains("url("));
    }

    #[test]
    fn nothing_typed_is_lost_but_signs(parts in prop::collection::vec((anything(), "[α-ω]{1,3}"), 0..12)) {
        // Greek letters between signs: none of them is part of an address, a name or a language.
        let text: String = parts.iter().map(|(signs, word)| format!("{signs} {word} ")).collect();
        let page = Html::parse_fragment(&drawn(&INK.content(&text, usize::MAX)));
        prop_assert_eq!(letters(&seen(page.root_element())), letters(&text));
    }

    #[test]
    fn what_is_filled_in_marks_nothing(value in anything()) {
        let fill = |rest: &str| {
            let text = value.clone();
            rest.starts_with("{x}").then_some(Filled { instead_of: 3, text, mention: false })
        };
        let mut content = Ink { fill: &fill, ..INK }.content("a{x}b", usize::MAX);
        prop_assert!(matches!(content.blocks.as_slice(), [Block::Text(_)]));
        let lines: Vec<String> = content.lines_mut().into_iter().map(|line| {
            assert!(line.iter().all(|piece| piece.kind == Kind::Text && piece.marks == Marks::default()));
            line.iter().map(|piece| piece.text.as_str()).collect()
        }).collect();
        let shown: String = value.chars().map(super::source::shown).collect();
        prop_assert_eq!(lines.join("\n"), format!("a{shown}b"));
    }

    #[test]
    fn no_more_is_read_than_discord_takes(text in anything(), times in 1..200_usize) {
        let long = text.repeat(times);
        let mut content = INK.content(&long, CONTENT);
        let count: usize = content.lines_mut().into_iter().flatten().map(|piece| piece.text.chars().count()).sum();
        // Names may be longer than what stands for them.
        prop_assert!(count <= 3 * CONTENT);
    }
}

#[test]
fn texts_of_nothing_but_signs_are_drawn_whole() {
    for unit in [
        "*",
        "**a",
        "_",
        "__",
        "`",
        "` `` ",
        "```",
        "```a",
        "~~",
        "||",
        "|",
        "> ",
        ">",
        ">>> ",
        "[",
        "](",
        "[](",
        "[a](https://",
        "<",
        "<@",
        "<t:",
        "<https://",
        "https://",
        "\\",
        "# ",
        "- ",
        "  - ",
        "1. ",
        "- a\n",
        "> a\n",
        "@",
        "\n",
        "*a",
        "_a ",
        "a*",
        "*_~|`[<@",
        "🎉",
    ] {
        let text: String = unit.chars().cycle().take(DESCRIPTION).collect();
        let html = drawn(&INK.content(&text, DESCRIPTION));
        assert_whole(&html);
        let deeper: String = (0..90).map(|depth| format!("{}- a\n", " ".repeat(depth))).collect();
        assert_whole(&drawn(&INK.content(&deeper, usize::MAX)));
    }
}
