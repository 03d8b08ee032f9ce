use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::messages::{Block, Content, Kind, Line, Marks, Piece, Width};
use crate::modules::test_guild::snapshot;
use crate::settings::fields::Placeholder;
use crate::settings::judge::Judge;
use crate::settings::reader::Reader;
use crate::web::words::Words;

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
    let (guild, words) = (snapshot(), Words::default());
    let judge = Judge { guild: &guild, person: guild.bot() };
    let names = Reader { judge: &judge, words: &words, now: 0, people: std::collections::HashMap::new() };
    let image = Some("https://images.example.com/banner.png");
    Ground { known: KNOWN, names: &names, color: Some("#14b8a6"), image }.render(template)
}

fn embed(embed: &Value) -> Embed {
    shown(&template("", embed)).embed.expect("an embed")
}

fn note(template: &Value) -> Option<String> {
    shown(template).note.map(|note| note.key.into_owned())
}

fn text(text: &str) -> Piece {
    Piece::new(Kind::Text, text, Marks::default())
}

fn mira(marks: Marks) -> Piece {
    Piece::new(Kind::Mention, "@Mira", marks)
}

fn paragraph(line: Line) -> Content {
    Content { blocks: vec![Block::Text(vec![line])], large: false }
}

fn typed(lines: &[Line]) -> String {
    let text = |line: &Line| line.iter().map(|piece| piece.text.as_str()).collect::<String>();
    lines.iter().map(text).collect::<Vec<_>>().join("\n")
}

#[test]
fn placeholders_show_their_examples_and_what_they_hold_marks_nothing() {
    let content = |text: &str| shown(&template(text, &json!({}))).content;
    let bold = |text: &str| Piece::new(Kind::Text, text, Marks::BOLD);
    assert_eq!(content("Hello {user}!"), paragraph(vec![text("Hello "), mira(Marks::default()), text("!")]));
    assert_eq!(content("**for {user} now**"), paragraph(vec![bold("for "), mira(Marks::BOLD), bold(" now")]));
    assert_eq!(content("{prize}"), paragraph(vec![text("*a_b* `c`")]));
    assert_eq!(content("{usr} {user {user}"), paragraph(vec![text("{usr} {user "), mira(Marks::default())]));
}

#[test]
fn titles_mark_and_do_not_mention_and_footers_do_neither() {
    let shown = embed(&json!({"title": "**{user}**", "authorName": "**{user}**", "footer": "*f*"}));
    assert_eq!(shown.title, [[Piece::new(Kind::Text, "@Mira", Marks::BOLD)]]);
    assert_eq!((shown.author, shown.footer), (vec![vec![text("**@Mira**")]], vec![vec![text("*f*")]]));
}

#[test]
fn a_template_that_is_off_or_empty_says_so() {
    assert_eq!(note(&json!({"enabled": false, "content": "hello"})).as_deref(), Some("preview-off"));
    assert_eq!(note(&template("", &json!({}))).as_deref(), Some("preview-empty"));
    assert_eq!(note(&template("", &json!({"enabled": false, "title": "t"}))).as_deref(), Some("preview-empty"));
    assert_eq!(note(&template("", &json!({"color": "#000000", "timestamp": true}))).as_deref(), Some("preview-empty"));
    assert_eq!(note(&template("hello", &json!({}))), None);
    let words = Words::default();
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
    let value = paragraph(vec![text("v")]);
    assert_eq!(fields[1], EmbedField { name: vec![vec![text("1")]], value, width: Width::Whole });
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

proptest! {
    #[test]
    fn plain_text_is_shown_exactly(text in anything_typed()) {
        let footer = embed(&json!({"footer": text, "title": "t"})).footer;
        let filled = text.replace("{prize}", KNOWN[1].example).replace("{user}", KNOWN[0].example);
        // What no page can hold is drawn as a character that is missing.
        let held = |c: char| if c.is_control() && !matches!(c, '\n' | '\t') { char::REPLACEMENT_CHARACTER } else { c };
        prop_assert_eq!(typed(&footer), filled.chars().map(held).collect::<String>());
    }

    #[test]
    fn however_much_is_typed_what_is_shown_stays_small(sign in anything_typed(), times in 1..2000_usize) {
        let long = sign.repeat(times).chars().take(20_000).collect::<String>();
        let template = template(&long, &json!({"title": long, "description": long, "footer": long}));
        let mut shown = shown(&template);
        let length = |content: &mut Content| content.lines_mut().into_iter().flatten().map(|piece| piece.text.chars().count()).sum::<usize>();
        prop_assert!(length(&mut shown.content) <= CONTENT);
        let mut embed = shown.embed.unwrap_or_default();
        prop_assert!(typed(&embed.title).chars().count() <= TITLE);
        prop_assert!(length(&mut embed.description) <= DESCRIPTION);
        prop_assert!(typed(&embed.footer).chars().count() <= FOOTER);
    }

    #[test]
    fn no_value_of_another_shape_does_harm(value in anything_at_all()) {
        shown(&value);
        shown(&json!({"enabled": true, "content": value, "embed": {"enabled": true, "fields": value}}));
        shown(&json!({"enabled": true, "embed": value}));
    }
}
