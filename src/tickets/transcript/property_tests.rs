//! Whatever a bot sends as a transcript, its page is safe and nothing of it is lost.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::search::Wanted;
use super::stored::Transcript;
use super::tests::{assert_safe, drawn, line, part};
use crate::messages::{Line, Marks};

fn hostile() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        2 => "[a-zA-Z \n\t]{1,6}",
        4 => prop::sample::select(vec![
            "<", ">", "\"", "'", "&", "&lt;", "&#60;", "<img src=x onerror=alert(1)>", "<script>", "</script>", "</li>",
            "</article>", "<!--", "-->", "]]>", "<svg/onload=1>", "javascript:", "https://evil.example/\"'>",
            "\u{202e}", "\r\n", "\0", "*", "**", "_", "`", "``", "\\", "<@1>", "<#2>", "<@&3>", "<:a:816370501973721107>",
            "<t:1:R>", "{{", "{%", "> ", "- ", "# ", "```", "||", "~~", "](https://a.b)", "[", "\u{fffe}", "\u{feff}", "\u{2028}",
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
        let mut before = line(&[(Marks::default(), &content), (Marks::BOLD, &content)]);
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
