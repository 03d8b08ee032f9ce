//! Texts of messages, as previews, panels and transcripts draw them.

use std::collections::HashMap;

use askama::Template as _;
use serde_json::json;

use super::server::SERVER;
use super::{NOW, html};
use crate::messages::{
    Block, CONTENT, Content, DESCRIPTION, FIELD_VALUE, FOOTER, Filled, Ink, Line, Names as _, TITLE,
};
use crate::settings::fields::Known;
use crate::settings::placeholders;
use crate::settings::preview::Ground;
use crate::settings::reader::Reader;
use crate::web::words::Words;

/// What is filled in could be anything, too.
const KNOWN: &[Known<'static>] = &[
    Known { name: "user", example: "@Mira", mention: true },
    Known { name: "prize", example: "*a_b* `c` <@1> </b> \" & \u{202e}", mention: false },
];

/// Names and times may be longer than what stands for them.
const LONGER: usize = 20;

pub fn templates(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (judge, words) = (SERVER.judge(), Words::default());
    let people = HashMap::from([("300000000000000003".to_owned(), "<b>\"'&\u{202e}")]);
    let names = Reader { judge: &judge, words: &words, now: NOW, people };
    drawn_whole(&text, &names, &words);
    parts_of_a_template(&text, &names, &words);
    // Whatever is found as a placeholder stands in the text.
    assert!(placeholders::names(&text).all(|name| text.contains(&format!("{{{name}}}"))));
    let _ = names.moment(i64::MAX, 'R');
}

fn drawn_whole(text: &str, names: &Reader<'_>, words: &Words) {
    let fill = |rest: &str| {
        let shown = "{x}\u{0}<i>";
        rest.starts_with("{x}").then(|| Filled { instead_of: 3, text: shown.to_owned(), mention: false })
    };
    let ink = Ink { fill: &fill, names };
    assert_drawn(&ink.content(text, usize::MAX), words);
    assert_drawn(&of_lines(ink.lines(text, usize::MAX)), words);
    assert_drawn(&of_lines(ink.plain(text, usize::MAX)), words);
}

/// The parts of a message, one behind the other with NUL between them, within Discord's lengths.
fn parts_of_a_template(text: &str, names: &Reader<'_>, words: &Words) {
    let mut parts = text.split('\0');
    let mut next = || parts.next().unwrap_or_default();
    let template = json!({
        "enabled": true,
        "content": next(),
        "embed": {
            "enabled": true, "title": next(), "description": next(), "authorName": next(), "footer": next(),
            "fields": [{"name": next(), "value": next(), "inline": true}],
            "url": next(), "imageUrl": next(), "color": next(), "timestamp": true,
        },
    });
    let ground = Ground { known: KNOWN, names, color: Some("#14b8a6"), image: None };
    let mut preview = ground.render(&template);
    assert!(length(preview.content.lines_mut()) <= LONGER * CONTENT);
    assert_drawn(&preview.content, words);
    let Some(mut embed) = preview.embed else { return };
    assert!(length(embed.description.lines_mut()) <= LONGER * DESCRIPTION);
    for host in [&embed.url, &embed.image_host, &embed.thumbnail_host].into_iter().flatten() {
        assert!(!host.contains(|c: char| c.is_control() || matches!(c, '/' | '\\' | '@' | '<' | '\u{22}')), "{host}");
    }
    assert!(embed.color.is_none_or(|color| color.len() == 7 && color.starts_with('#')));
    for (mut lines, most) in [(embed.author, TITLE), (embed.title, LONGER * TITLE), (embed.footer, FOOTER)] {
        assert!(length(lines.iter_mut().collect()) <= most);
        assert_drawn(&of_lines(lines), words);
    }
    assert_drawn(&embed.description, words);
    for mut field in embed.fields {
        assert!(length(field.value.lines_mut()) <= LONGER * FIELD_VALUE);
        assert_drawn(&field.value, words);
        assert_drawn(&of_lines(field.name), words);
    }
}

fn of_lines(lines: Vec<Line>) -> Content {
    Content { blocks: vec![Block::Text(lines)], large: false }
}

fn assert_drawn(content: &Content, words: &Words) {
    html::assert_whole(&content.drawn().render_with_values(words).expect("HTML"));
}

fn length(lines: Vec<&mut Line>) -> usize {
    lines.into_iter().flatten().map(|piece| piece.text.chars().count()).sum()
}
