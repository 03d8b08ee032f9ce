//! What no form should hold: each is said at its field, all at once, and nothing is written.

use guildhall::settings::fields::{Field, Kind};
use guildhall::settings::module::ModuleKey;

use super::full::entries;
use super::{Pairs, assert_refused_at, error_at, leaves, module, replaced, typed, with};
use crate::support::TestApp;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, settings};

/// A form in which every list has a row, so that every field stands in it.
async fn a_full_form(visitor: &mut Visitor, name: &str) -> Pairs {
    let form = visitor.opens(name).await;
    entries(name).iter().fold(form, |form, entry| replaced(&form, entry.field, &entry.pairs))
}

fn fields_of(name: &str, of: impl Fn(&Kind) -> bool) -> Vec<(String, &'static Field)> {
    leaves(module(name).fields(), "").into_iter().filter(|(_, field)| of(&field.kind)).collect()
}

/// Puts a value into many fields and expects an error at each.
async fn all_are_refused(mira: &mut Visitor, name: &str, edits: &[(String, String)]) -> Page {
    let edits: Vec<(&str, &str)> = edits.iter().map(|(path, value)| (path.as_str(), value.as_str())).collect();
    let form = with(&a_full_form(mira, name).await, &edits);
    let page = mira.post(&settings(name), &form).await;
    let paths: Vec<&str> = edits.iter().map(|(path, _)| *path).collect();
    assert_refused_at(&page, &paths);
    assert_eq!(page.texts("#errors li").len(), paths.len(), "{:?}", page.texts("#errors li"));
    page
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_field_that_is_missing_is_said_to_be_missing() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for key in ModuleKey::ALL {
        let name = key.as_str();
        let single = |kind: &Kind| {
            !matches!(kind, Kind::Switch | Kind::Set(_) | Kind::ChannelList { .. } | Kind::RoleList { .. })
        };
        // A row of which nothing arrives is no row, so the first field of each stays.
        let first = |path: &str| {
            ["creator_channel_id", "role_id", "fields.0.name"]
                .iter()
                .any(|end| path.ends_with(end) && path.contains(".0."))
        };
        let fields: Vec<_> = fields_of(name, single).into_iter().filter(|(path, _)| !first(path)).collect();
        let mut form = a_full_form(&mut mira, name).await;
        form.retain(|(pair, _)| !fields.iter().any(|(path, _)| path == pair));
        let page = mira.post(&settings(name), &form).await;
        assert_refused_at(&page, &fields.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>());
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_single_value_that_arrives_twice_is_no_form_of_ours() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for key in ModuleKey::ALL {
        let name = key.as_str();
        let form = a_full_form(&mut mira, name).await;
        for (path, _) in
            fields_of(name, |kind| !matches!(kind, Kind::Set(_) | Kind::ChannelList { .. } | Kind::RoleList { .. }))
        {
            let value = form.iter().find(|(pair, _)| *pair == path).map_or("on", |(_, value)| value.as_str());
            let mut twice = replaced(&form, &path, &[(path.clone(), value.to_owned())]);
            twice.push((path.clone(), value.to_owned()));
            let page = mira.post(&settings(name), &twice).await;
            assert_eq!(page.status, 400, "{path}");
            assert!(page.main().contains(&path), "it names the field: {}", page.main());
        }
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn numbers_out_of_range_and_what_is_no_number_are_refused_with_the_range() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for key in ModuleKey::ALL {
        let name = key.as_str();
        let numbers: Vec<(String, i64, i64)> =
            fields_of(name, |kind| matches!(kind, Kind::Number { .. } | Kind::Bitrate))
                .into_iter()
                .map(|(path, field)| match field.kind {
                    Kind::Number { min, max, .. } => (path, min, max),
                    _ => (path, 8, 384),
                })
                .collect();
        let all = |value: &dyn Fn(i64, i64) -> String| -> Vec<(String, String)> {
            numbers.iter().map(|(path, min, max)| (path.clone(), value(*min, *max))).collect()
        };
        let page = all_are_refused(&mut mira, name, &all(&|_, max| (max + 1).to_string())).await;
        for (path, min, max) in &numbers {
            let said = error_at(&page, path);
            assert!(said.contains(&min.to_string()), "{path} names its limits {min} and {max}: {said}");
        }
        all_are_refused(&mut mira, name, &all(&|min, _| (min - 1).to_string())).await;
        for absurd in [
            "99999999999999999999999",
            "-99999999999999999999999",
            "1.5",
            "",
            "ten",
            "0x10",
            "1e2",
            "٣",
            "--1",
            "+",
            "1 0",
        ] {
            all_are_refused(&mut mira, name, &all(&|_, _| absurd.to_owned())).await;
        }
    }
    assert_eq!(app.changes().await, (0, 0));
}

/// A text of exactly so many characters; a ticket's name must hold who or which.
fn text_of(path: &str, length: usize, with: &str) -> String {
    let start = if path == "naming_template" { "{number}" } else { "" };
    format!("{start}{}", with.repeat(length - start.len()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn text_one_over_its_limit_is_refused_and_a_character_counts_once() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for key in ModuleKey::ALL {
        let name = key.as_str();
        let texts: Vec<(String, usize)> = fields_of(name, |kind| matches!(kind, Kind::Text { .. }))
            .into_iter()
            .filter_map(|(path, field)| match field.kind {
                Kind::Text { max, .. } => Some((path, max)),
                _ => None,
            })
            .collect();
        let too_long: Pairs = texts.iter().map(|(path, max)| (path.clone(), text_of(path, max + 1, "🎉"))).collect();
        let form = with(&a_full_form(&mut mira, name).await, &borrowed(&too_long));
        let page = mira.post(&settings(name), &form).await;
        assert_refused_at(&page, &texts.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>());
        assert_eq!(typed(&page.form(&settings(name))), typed(&form), "{name}: the long texts are kept");
        assert_eq!(app.stored(name).await, None);

        // At the limit all is well; descriptions are left out, for an embed has a limit of its own.
        let longest: Pairs = texts
            .iter()
            .filter(|(path, _)| !path.ends_with("description"))
            .map(|(path, max)| (path.clone(), text_of(path, *max, "🎉")))
            .collect();
        let form = with(&a_full_form(&mut mira, name).await, &borrowed(&longest));
        let answer = mira.post(&settings(name), &form).await;
        assert_eq!(answer.status, 303, "{name}: {:?}", answer.texts("#errors li"));
        assert_eq!(typed(&mira.opens(name).await), typed(&form), "{name}");
    }
    assert_eq!(app.changes().await.0, 4);
}

fn borrowed(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_end_counts_once_and_white_space_around_a_text_does_not_count() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let content = "now_playing_message.content";
    let exactly = format!("  {}\r\n{}\r\n", "x".repeat(999), "y".repeat(1000));
    assert_eq!(mira.saves("music", &[(content, &exactly)]).await.status, 303);
    let stored = app.stored("music").await.unwrap().0;
    assert_eq!(stored["nowPlayingMessage"]["content"].as_str().unwrap().len(), 2000);
    let more = format!("{}\r\n{}", "x".repeat(1000), "y".repeat(1000));
    let page = mira.saves("music", &[(content, &more)]).await;
    assert_refused_at(&page, &[content]);
    assert!(
        error_at(&page, content).contains("2001") || error_at(&page, content).contains("2,001"),
        "{}",
        error_at(&page, content)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn colours_addresses_choices_and_control_characters_are_judged_where_they_stand() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let cases = [
        ("tempvoice", "panel_color", vec!["", "red", "#12345", "#1234567", "#12345g", "112233", "#１２３４５６"]),
        ("tempvoice", "panel_layout", vec!["", "huge", "Compact"]),
        ("tempvoice", "owner_controls", vec!["explode"]),
        ("tempvoice", "region", vec!["atlantis", "a/../b", "<b>"]),
        ("tempvoice", "creators.0.privacy", vec!["", "secret"]),
        ("giveaway", "required_role_mode", vec!["", "none"]),
        (
            "giveaway",
            "image_url",
            vec![
                "http://example.com/a.png",
                "javascript:alert(1)",
                "data:image/png;base64,AA",
                "//example.com/a.png",
                "https://",
                "https://user:pw@example.com/",
                "https://exa mple.com/",
                "https://example.com\\a",
                "example.com",
            ],
        ),
        ("giveaway", "button_text", vec!["", "   ", "a\u{0}b", "a\u{7}b", "a\r\nb", "a\u{9b}b"]),
        (
            "giveaway",
            "button_emoji",
            vec!["", "ab", "🎉🎉", ":party", ":nobody_has_this:", "<:party:1>", "<:x:99999999999999999999>"],
        ),
        ("giveaway", "start_message.embed.color", vec!["blue", "#fff"]),
        ("giveaway", "start_message.embed.image_url", vec!["http://example.com/a.png"]),
        ("giveaway", "start_message.embed.title", vec!["two\r\nlines"]),
        ("giveaway", "default_channel_id", vec!["0", "-1", "abc", "18446744073709551616", "1e5", "12 34"]),
        ("giveaway", "manager_role_ids", vec!["zero", "0"]),
        ("tickets", "welcome_message.embed.url", vec!["ftp://example.com"]),
        ("tickets", "naming_template", vec![""]),
    ];
    for (name, path, values) in cases {
        for value in values {
            let form = with(&a_full_form(&mut mira, name).await, &[(path, value)]);
            let page = mira.post(&settings(name), &form).await;
            assert_eq!(page.status, 422, "{path} = {value:?}");
            assert_refused_at(&page, &[path]);
            assert_eq!(page.texts("#errors li").len(), 1, "{path} = {value:?}: {:?}", page.texts("#errors li"));
        }
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_body_that_is_no_form_is_refused_as_a_whole() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = settings("music");
    let form = mira.opens("music").await;
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form).finish();
    let answer = mira.post_body(&path, format!("{body}&x=%ff").into_bytes()).await;
    assert_eq!(answer.status, 400);
    let answer = mira.post_body(&path, format!("{body}{}", "&a=b".repeat(5_001)).into_bytes()).await;
    assert_eq!(answer.status, 413);
    let answer = mira.post_body(&path, format!("{body}&a={}", "x".repeat(1024 * 1024)).into_bytes()).await;
    assert_eq!(answer.status, 413);
    for (name, value) in [("content-encoding", "gzip"), ("content-type", "application/json")] {
        let request = mira.request(reqwest::Method::POST, &path).header("origin", mira.base.clone());
        let request = match name {
            "content-type" => request.header(name, value),
            _ => request.header("content-type", "application/x-www-form-urlencoded").header(name, value),
        };
        assert_eq!(mira.send(request.body(body.clone())).await.status, 415, "{name}");
    }
    assert_eq!(app.changes().await, (0, 0));
}
