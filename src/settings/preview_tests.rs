use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::messages::Style;

const KNOWN: &[Placeholder] = &[
    Placeholder { name: "user", example: "@Mira", mention: true },
    Placeholder { name: "prize", example: "*a_b* `c`", mention: false },
];

fn template(content: &str, embed: &Value) -> Value {
    let mut template = json!({"enabled": true, "content": content, "embed": embed});
    if template["embed"].get("enabled").is_none() {
        template["embed"]["enabled"] = json!(true);
    }
    template
}

fn shown(template: &Value) -> MessagePreview {
    render(template, KNOWN, Some("#14b8a6"), Some("https://images.example.com/banner.png"))
}

/// The pieces of a text of one line.
fn pieces(content: &str) -> Line {
    let mut content = shown(&template(content, &json!({}))).content;
    assert_eq!(content.len(), 1, "one line");
    content.remove(0)
}

fn embed(embed: &Value) -> Embed {
    shown(&template("", embed)).embed.expect("an embed")
}

fn note(template: &Value) -> Option<String> {
    shown(template).note.map(|note| note.key.into_owned())
}

fn plain(text: &str) -> Vec<Line> {
    vec![vec![Style::Text.piece(text)]]
}

fn typed(lines: &[Line]) -> String {
    let text = |line: &Line| line.iter().map(|piece| piece.text.as_str()).collect::<String>();
    lines.iter().map(text).collect::<Vec<_>>().join("\n")
}

#[test]
fn markdown_is_marked_and_its_signs_go() {
    let text = |text: &str| Style::Text.piece(text);
    for (given, expected) in [
        ("a **b** c", vec![text("a "), Style::Bold.piece("b"), text(" c")]),
        ("*i* _j_", vec![Style::Italic.piece("i"), text(" "), Style::Italic.piece("j")]),
        ("***both***", vec![Style::Bold.piece("both")]),
        ("`a *b*` ``c ` d``", vec![Style::Code.piece("a *b*"), text(" "), Style::Code.piece("c ` d")]),
        ("**a \\** b**", vec![Style::Bold.piece("a \\** b")]),
        ("\\*not\\* this", vec![text("*not* this")]),
        ("snake_case_name 2 * 3 * 4", vec![text("snake_case_name 2 * 3 * 4")]),
        ("**open, `open, _open", vec![text("**open, `open, _open")]),
        ("<b>&amp;</b>", vec![text("<b>&amp;</b>")]),
    ] {
        assert_eq!(pieces(given), expected, "{given}");
    }
}

#[test]
fn marks_end_on_their_line() {
    let content = shown(&template("**a\nb**\n\nc", &json!({}))).content;
    let lines: Vec<String> = content.iter().map(|line| typed(std::slice::from_ref(line))).collect();
    assert_eq!(lines, ["**a", "b**", "", "c"]);
}

#[test]
fn placeholders_show_their_examples_and_mentions_stand_out() {
    let mira = || Style::Mention.piece("@Mira");
    let text = |text: &str| Style::Text.piece(text);
    assert_eq!(pieces("Hello {user}!"), [text("Hello "), mira(), text("!")]);
    assert_eq!(pieces("{user}{user}"), [mira(), mira()]);
    assert_eq!(pieces("**for {user} now**"), [Style::Bold.piece("for "), mira(), Style::Bold.piece(" now")]);
    assert_eq!(pieces("`{user}`"), [Style::Code.piece("@Mira")], "no mention in code");
    assert_eq!(pieces("{prize}"), [text("*a_b* `c`")], "what is filled in marks nothing");
    assert_eq!(pieces("{usr} {user {user}"), [text("{usr} {user "), mira()]);
}

#[test]
fn titles_mark_and_do_not_mention_and_footers_do_neither() {
    let shown = embed(&json!({"title": "**{user}**", "authorName": "**{user}**", "footer": "*f*"}));
    assert_eq!(shown.title, [[Style::Bold.piece("@Mira")]]);
    assert_eq!((shown.author, shown.footer), (plain("**@Mira**"), plain("*f*")));
}

#[test]
fn a_template_that_is_off_or_empty_says_so() {
    assert_eq!(note(&json!({"enabled": false, "content": "hello"})).as_deref(), Some("preview-off"));
    assert_eq!(note(&template("", &json!({}))).as_deref(), Some("preview-empty"));
    assert_eq!(note(&template("", &json!({"enabled": false, "title": "t"}))).as_deref(), Some("preview-empty"));
    assert_eq!(note(&template("", &json!({"color": "#000000", "timestamp": true}))).as_deref(), Some("preview-empty"));
    assert_eq!(note(&template("hello", &json!({}))), None);
    let words = crate::web::words::Words::default();
    assert!(["preview-off", "preview-empty"].iter().all(|key| words.find(key).is_some()));
}

#[test]
fn the_embed_s_own_color_and_image_win_over_the_module_s() {
    let own = embed(&json!({"title": "t", "color": "#000000", "imageUrl": "https://own.example.com/a.png"}));
    assert_eq!((own.color.as_deref(), own.image_host.as_deref()), (Some("#000000"), Some("own.example.com")));
    for color in [json!(null), json!(""), json!("red"), json!(3)] {
        let module = embed(&json!({"title": "t", "color": color, "imageUrl": ""}));
        assert_eq!(module.color.as_deref(), Some("#14b8a6"));
        assert_eq!(module.image_host.as_deref(), Some("images.example.com"));
    }
}

#[test]
fn of_an_address_only_the_host_is_shown() {
    let shown =
        embed(&json!({"title": "t", "url": "https://example.com/secret?x", "thumbnailUrl": "https://t.example.com/"}));
    assert_eq!((shown.url.as_deref(), shown.thumbnail_host.as_deref()), (Some("example.com"), Some("t.example.com")));
    let none = embed(&json!({"title": "t", "url": "javascript:alert(1)", "thumbnailUrl": "http://t.example.com/"}));
    assert_eq!((none.url, none.thumbnail_host), (None, None));
    let alone = embed(&json!({"thumbnailUrl": "https://t.example.com/"}));
    assert_eq!(alone.thumbnail_host.as_deref(), Some("t.example.com"), "an image says something");
}

#[test]
fn fields_are_shown_in_order_and_at_most_ten() {
    let rows: Vec<Value> = (0..12).map(|n| json!({"name": n.to_string(), "value": "v", "inline": n == 1})).collect();
    let fields = embed(&json!({"fields": rows})).fields;
    assert_eq!(fields.len(), FIELDS);
    assert_eq!(fields[1], EmbedField { name: plain("1"), value: plain("v"), inline: true });
    assert!(!fields[0].inline);
}

fn anything_typed() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        3 => "[a-z \n]{1,5}",
        3 => prop::sample::select(vec!["*", "**", "***", "_", "`", "``", "\\", "{user}", "{prize}", "{", "}"])
            .prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

fn anything_at_all() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        anything_typed().prop_map(Value::from),
    ];
    let names = prop::sample::select(vec![
        "enabled", "content", "embed", "title", "color", "imageUrl", "url", "fields", "name", "value",
    ]);
    leaf.prop_recursive(4, 60, 10, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..12).prop_map(Value::from),
            prop::collection::hash_map(names.clone().prop_map(str::to_owned), inner, 0..8)
                .prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// Without the signs that may mark something.
fn without_signs(text: &str) -> String {
    text.replace(['*', '_', '`', '\\'], "")
}

proptest! {
    #[test]
    fn nothing_typed_is_lost_but_the_signs_that_mark(text in anything_typed()) {
        let filled = text.replace("{prize}", KNOWN[1].example).replace("{user}", KNOWN[0].example);
        let expected: String = filled.chars().take(CONTENT).collect();
        let content = shown(&template(&text, &json!({}))).content;
        prop_assert_eq!(without_signs(&typed(&content)), without_signs(&expected));
        prop_assert!(content.iter().flatten().all(|piece| !piece.text.is_empty()));
    }

    #[test]
    fn plain_text_is_shown_exactly(text in anything_typed()) {
        let footer = embed(&json!({"footer": text, "title": "t"})).footer;
        let filled = text.replace("{prize}", KNOWN[1].example).replace("{user}", KNOWN[0].example);
        prop_assert_eq!(typed(&footer), filled);
    }

    #[test]
    fn however_much_is_typed_what_is_shown_stays_small(sign in anything_typed(), times in 1..2000_usize) {
        let long = sign.repeat(times).chars().take(20_000).collect::<String>();
        let template = template(&long, &json!({"title": long, "description": long, "footer": long}));
        let shown = shown(&template);
        prop_assert!(typed(&shown.content).chars().count() <= CONTENT);
        let embed = shown.embed.unwrap_or_default();
        prop_assert!(typed(&embed.title).chars().count() <= TITLE);
        prop_assert!(typed(&embed.description).chars().count() <= DESCRIPTION);
        prop_assert!(typed(&embed.footer).chars().count() <= FOOTER);
    }

    #[test]
    fn no_value_of_another_shape_does_harm(value in anything_at_all()) {
        shown(&value);
        shown(&json!({"enabled": true, "content": value, "embed": {"enabled": true, "fields": value}}));
        shown(&json!({"enabled": true, "embed": value}));
    }
}
