//! What may go wrong when strangers' words are put into an admin's message.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::values::{Person, Value};
use crate::{EmbedField, MessageTemplate};

fn template(content: &str, description: &str) -> MessageTemplate {
    let embed = Embed { description: description.to_owned(), ..Embed::default() };
    MessageTemplate { content: content.to_owned(), embed, ..MessageTemplate::default() }
}

fn content(template_text: &str, values: &Values) -> String {
    template(template_text, "").render(values).map_or(String::new(), |rendered| rendered.content)
}

#[test]
fn a_message_is_the_body_that_discord_takes() {
    let mut message = template("Hi {user}", "Ends {ends}.");
    message.embed.title = "For {user}".to_owned();
    message.embed.author_name = "{username}".to_owned();
    message.embed.color = Some("#5865F2".to_owned());
    message.embed.url = "https://example.org/{id}".to_owned();
    message.embed.timestamp = true;
    message.embed.fields = vec![EmbedField { name: "A".to_owned(), ..EmbedField::default() }];
    let values = Values::at(0)
        .person("user", 7, "Mi*ra")
        .text("username", "mira_k")
        .text("id", 5)
        .with("ends", Value::Time(60))
        .ping_roles([9])
        .image_url("https://example.org/i.png");
    assert_eq!(
        serde_json::to_value(message.render(&values)).unwrap(),
        json!({
            "content": "Hi <@7>",
            "embeds": [{
                "title": "For Mi\\*ra",
                "url": "https://example.org/5",
                "description": "Ends <t:60:R>.",
                "color": 0x0058_65F2,
                "author": { "name": "mira_k" },
                "image": { "url": "https://example.org/i.png" },
                "timestamp": "1970-01-01T00:00:00Z",
                "fields": [{ "name": "A", "value": "\u{200b}", "inline": false }],
            }],
            "allowed_mentions": { "parse": [], "users": ["7"], "roles": ["9"] },
        })
    );
}

#[test]
fn a_value_is_not_searched_for_placeholders() {
    let values = Values::default().text("a", "{b}").text("b", "{a}");
    assert_eq!(content("{a} {b} {c} {", &values), "\\{b\\} \\{a\\} {c} {");
}

#[test]
fn a_template_that_is_off_or_says_nothing_is_none() {
    let off = MessageTemplate { enabled: false, ..template("Hi", "") };
    assert_eq!(off.render(&Values::default()), None);
    assert_eq!(template(" {a} ", "{a}").render(&Values::default().text("a", " ")), None);
    assert_eq!(MessageTemplate::default().render(&Values::default()), None);
}

#[test]
fn a_backslash_of_the_template_does_not_free_a_value() {
    let values = Values::default().text("a", "*bold*").person("user", 1, "x");
    assert_eq!(content(r"\{a}", &values), r"\\\*bold\*");
    assert_eq!(content(r"\\{a}", &values), r"\\\*bold\*");
    assert_eq!(content(r"\{user}", &values), r"\\<@1>");
}

#[test]
fn values_are_cut_before_the_templates_own_words() {
    let values = Values::default().text("a", "x".repeat(5_000)).text("b", "short");
    let said = content("{a} — {b}. The end.", &values);
    assert_eq!(said.chars().count(), 2_000);
    assert!(said.ends_with("x… — short\\. The end.") || said.ends_with("x… — short. The end."));
}

#[test]
fn only_people_who_are_still_in_the_content_may_be_pinged() {
    let people = |from: u64, to: u64| (from..to).map(|id| Person { id, name: "x".to_owned() }).collect::<Vec<_>>();
    let values = Values::default()
        .with("winners", Value::People(people(1_000_000_000_000_000_000, 1_000_000_000_000_000_300)))
        .person("host", 5, "h");
    let rendered = template("{winners}", "{host}").render(&values).unwrap();
    let allowed = &rendered.allowed_mentions.users;
    assert!(allowed.len() < 100 && !allowed.contains(&"5".to_owned()));
    assert_eq!(rendered.content.matches("<@").count(), allowed.len());
}

#[test]
fn an_address_that_a_value_spoils_is_left_out() {
    let mut message = template("Hi", "d");
    message.embed.image_url = "{url}".to_owned();
    let image = |url: &str| {
        let rendered = message.render(&Values::default().text("url", url)).unwrap();
        rendered.embeds[0].image.clone().map(|image| image.url)
    };
    assert_eq!(image("javascript:alert(1)"), None);
    assert_eq!(image("https://a b"), None);
    assert_eq!(image("https://a.b/c").as_deref(), Some("https://a.b/c"));
}

/// What a reader sees: escapes resolved as Discord does.
fn shown(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letters.peek() {
            Some(next) if letter == '\\' && next.is_ascii_punctuation() => {
                out.extend(letters.next());
            }
            _ => out.push(letter),
        }
    }
    out
}

/// What is left of a text when every escaped character is taken out.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter == '\\' {
            letters.next();
        } else {
            out.push(letter);
        }
    }
    out
}

fn nasty() -> impl Strategy<Value = String> {
    let letters = prop::sample::select("ab {}\\*_~`|<>@#:/.[]()-+&!\n1é🎉\u{202e}".chars().collect::<Vec<_>>());
    prop::collection::vec(letters, 0..40).prop_map(|letters| letters.into_iter().collect())
}

proptest! {
    #[test]
    fn a_value_is_shown_as_typed_and_means_nothing(value in nasty()) {
        let said = content("[{a}]", &Values::default().text("a", &value));
        let typed: String = value.chars().filter(|letter| *letter != '\u{202e}').collect();
        prop_assert_eq!(shown(&said), format!("[{typed}]"));
        let live = unescaped(&said);
        let inner = &live[1..live.len() - 1];
        prop_assert!(!inner.contains(|c: char| "*_~`|<>@#:[](){}\\".contains(c)), "{}", said);
    }

    #[test]
    fn no_template_and_no_value_makes_a_value_live(before in nasty(), value in nasty(), after in nasty()) {
        let words = format!("{before}{{value}}{after}");
        let with = content(&words, &Values::default().text("value", format!("Q{value}")));
        let without = content(&words, &Values::default().text("value", "Q"));
        let live = |text: &str| unescaped(text).chars().filter(|c| "*_~`|<>@[]()".contains(*c)).count();
        prop_assert_eq!(live(&with), live(&without), "{} / {}", with, without);
    }
}

proptest! {
    // Long texts are slow to make.
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn discords_limits_hold_whatever_is_written(
        words in "[a{}\\\\*@ ]{0,300}", repeat in 1..30_usize, fields in 0..14_usize, value in nasty(),
    ) {
        let long = format!("{words}{{v}}").repeat(repeat);
        let field = EmbedField { name: long.clone(), value: long.clone(), inline: false };
        let message = MessageTemplate {
            content: long.clone(),
            embed: Embed {
                title: long.clone(), description: long.clone(), author_name: long.clone(),
                footer: long.clone(), fields: vec![field; fields], ..Embed::default()
            },
            ..MessageTemplate::default()
        };
        let values = Values::default().text("v", value.repeat(50)).person("a", 1, "b");
        if let Some(rendered) = message.render(&values) {
            let long = |text: &str| text.chars().count();
            prop_assert!(long(&rendered.content) <= 2000);
            for embed in &rendered.embeds {
                let title = embed.title.as_deref().map_or(0, long);
                let description = embed.description.as_deref().map_or(0, long);
                let author = embed.author.as_ref().map_or(0, |author| long(&author.name));
                let footer = embed.footer.as_ref().map_or(0, |footer| long(&footer.text));
                prop_assert!(title <= 256 && description <= 4096 && author <= 256 && footer <= 2048);
                prop_assert!(embed.fields.len() <= 10);
                let mut all = title + description + author + footer;
                for field in &embed.fields {
                    let (name, value) = (long(&field.name), long(&field.value));
                    prop_assert!((1..=256).contains(&name) && (1..=1024).contains(&value));
                    all += name + value;
                }
                prop_assert!(all <= 6000, "{}", all);
            }
        }
    }
}
