//! Text that wants to be markup, to turn the page around, to split a header or to burst a line: in every name
//! and every field there is, on every page that shows it.

use discord_standin::world::User;
use discord_standin::{Id, seed};
use guildhall::modules;
use guildhall::settings::fields::{Field, Kind};
use guildhall::settings::module::ModuleKey;
use scraper::{Html, Node};
use seed::HOSTILE;

use super::{Pairs, leaves, replaced, with};
use crate::support::TestApp;
use crate::support::app::Stage;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

const MARKUP: &str = "\"'><img src=x onerror=alert(1)>";

fn long() -> String {
    format!("{MARKUP}\u{202e}drawkcab {}", "W".repeat(100))
}

/// No element, attribute or letter on the page does what the text wanted.
fn assert_harmless(page: &Page) {
    for wanted in ["<img src=x", "<script>", "</textarea><script", "</select><h1", "<i>z"] {
        assert!(!page.body.contains(wanted), "{wanted} on {}", page.title());
    }
    let html = Html::parse_document(&page.body);
    for node in html.tree.nodes() {
        match node.value() {
            Node::Element(element) => {
                for (name, value) in element.attrs() {
                    assert!(!name.starts_with("on"), "{name} on {}", page.title());
                    assert!(name == "value" || !value.contains('\u{202e}'), "{name}={value} on {}", page.title());
                }
                let source = element.attr("src").unwrap_or("/");
                let ours = ["/cdn/", "/static/"].iter().any(|place| source.starts_with(place));
                assert!(ours || source == "/", "{source} on {}", page.title());
            }
            Node::Text(text) => {
                let typed =
                    node.ancestors().any(|one| one.value().as_element().is_some_and(|one| one.name() == "textarea"));
                assert!(typed || !text.contains('\u{202e}'), "{} on {}", text.text, page.title());
            }
            _ => {}
        }
    }
    for (name, value) in &page.headers {
        assert!(!name.as_str().contains("evil"), "{name}");
        assert!(!value.as_bytes().windows(4).any(|part| part == b"<img"), "{name}: {value:?}");
    }
}

fn there(module: &str) -> String {
    format!("/guilds/{HOSTILE}/settings/{module}")
}

/// A server on which every name is hostile, and its owner too.
async fn stage() -> (TestApp, Visitor) {
    let mut stage = Stage::default();
    stage.world.add_user(User::new(seed::MIRA, &format!("{MARKUP}\u{202e}"), Some(&long())));
    let guild = stage.world.guild_mut(HOSTILE).unwrap();
    guild.name = long();
    for channel in guild.channels.values_mut() {
        channel.name = format!("{}{}", channel.name, long());
    }
    for role in guild.roles.values_mut() {
        role.name = format!("{}{}", role.name, long());
    }
    let app = TestApp::on(stage).await;
    let mira = app.mira().await;
    (app, mira)
}

fn text_for(path: &str, field: &'static Field) -> Option<String> {
    let start = if path == "naming_template" { "{number}" } else { "" };
    match &field.kind {
        Kind::Text { lines: true, .. } => Some(format!("{}\r\nX-Evil: 1\r\n\r\n<script>alert(1)</script>", long())),
        Kind::Text { max, .. } if *max > 200 => Some(long()),
        Kind::Text { .. } => Some(format!("{start}{MARKUP}\u{202e}")),
        _ => None,
    }
}

/// Every text of a module, hostile; rows are there too.
async fn hostile_form(mira: &mut Visitor, name: &str) -> Pairs {
    let page = mira.get(&there(name)).await;
    assert_eq!(page.status, 200, "{}", page.main());
    assert_harmless(&page);
    let mut form = page.form(&there(name));
    for (path, field) in leaves(modules::module(ModuleKey::parse(name).unwrap()).fields(), "") {
        // A creator needs a voice channel and a category of the server.
        let value = match (&field.kind, path.rsplit('.').next().unwrap()) {
            (_, "creator_channel_id") => Some(after(25).to_string()),
            (_, "category_id") if path.contains('.') => Some(after(10).to_string()),
            (_, "role_id") => Some(after(1).to_string()),
            (_, "log_channel_id" | "default_channel_id" | "request_channel_id") => Some(after(22).to_string()),
            (_, "support_role_ids" | "dj_role_ids" | "manager_role_ids") => Some(after(2).to_string()),
            (_, "user_limit" | "entries") => Some("1".to_owned()),
            (_, "privacy") => Some("open".to_owned()),
            _ => text_for(&path, field),
        };
        if let Some(value) = value {
            form = with(&form, &[(&path, &value)]);
        }
    }
    form
}

/// The n-th thing of the hostile server.
fn after(n: u64) -> Id {
    Id(HOSTILE.0 + ((n * 60_000) << 22))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_texts_are_saved_as_typed_and_shown_as_text_everywhere() {
    let (app, mut mira) = stage().await;
    for key in ModuleKey::ALL {
        let name = key.as_str();
        let stale = mira.get(&there(name)).await.form(&there(name));
        let form = hostile_form(&mut mira, name).await;
        let answer = mira.post(&there(name), &form).await;
        assert_eq!(answer.status, 303, "{name}: {:?}", answer.texts("#errors li"));
        assert_harmless(&answer);
        let saved = mira.get(answer.location()).await;
        assert!(saved.title().starts_with("Saved:"), "{}", saved.title());
        assert_harmless(&saved);
        assert_eq!(super::typed(&saved.form(&there(name))), super::typed(&form), "{name}");

        assert_harmless(&mira.get(&format!("{}/reset", there(name))).await);
        let conflict = mira.post(&there(name), &stale).await;
        assert_eq!(conflict.status, 409);
        assert_harmless(&conflict);
        for field in modules::module(key).fields().filter(|field| matches!(field.kind, Kind::Template(_))) {
            let page = mira.post(&format!("{}/preview", there(name)), &with(&form, &[("preview", field.name)])).await;
            assert_eq!((page.status.as_u16(), page.texts("figure").len()), (200, 1), "{}", field.name);
            assert!(page.text("figure").contains(MARKUP), "it is shown as text: {}", page.text("figure"));
            assert_harmless(&page);
        }
        let log = mira.get(&format!("/guilds/{HOSTILE}/changes")).await;
        assert_harmless(&log);
        assert!(log.main().contains("onerror"), "it is told as text: {}", log.main());
        let change = log.attributes(".log-entry h2 a", "href").remove(0);
        for path in [change.clone(), format!("{change}/restoration")] {
            let page = mira.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            assert_harmless(&page);
        }
        assert_harmless(
            &mira.get(&format!("/guilds/{HOSTILE}/changes?by={0}&module={0}", "%22%3E%3Cimg+src%3Dx")).await,
        );
        let overview = mira.get(&format!("/guilds/{HOSTILE}")).await;
        assert!(overview.main().contains("Donau") || overview.main().contains("onerror"), "{}", overview.main());
        assert_harmless(&overview);
    }
    assert_harmless(&mira.get("/guilds").await);
    assert_eq!(app.changes().await.0, 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hostile_values_where_no_text_belongs_are_refused_and_shown_as_text() {
    let (app, mut mira) = stage().await;
    for key in ModuleKey::ALL {
        let name = key.as_str();
        let form = hostile_form(&mut mira, name).await;
        let bad = |kind: &Kind| match kind {
            Kind::Color { .. } => "#\"><i>z".to_owned(),
            Kind::Text { lines: false, .. } => format!("{MARKUP}\r\nX-Evil: 1"),
            _ => long(),
        };
        let mut wrong = form.clone();
        for (path, field) in leaves(modules::module(key).fields(), "") {
            wrong = with(&wrong, &[(&path, &bad(&field.kind))]);
        }
        let page = mira.post(&there(name), &wrong).await;
        assert_eq!(page.status, 422);
        assert_harmless(&page);
        let stale = with(&wrong, &[("revision", "7")]);
        let conflict = mira.post(&there(name), &stale).await;
        assert_eq!(conflict.status, 409);
        assert_harmless(&conflict);
        let mut strange = replaced(&stale, "row", &[]);
        strange.push((MARKUP.to_owned(), MARKUP.to_owned()));
        assert_harmless(&mira.post(&there(name), &strange).await);
        for (field, value) in [("row", long()), ("schema", long()), ("revision", long())] {
            assert_harmless(&mira.post(&there(name), &with(&strange, &[(field, &value)])).await);
        }
        let page = mira.post(&format!("{}/preview", there(name)), &with(&strange, &[("preview", &long())])).await;
        assert_eq!(page.status, 200);
        assert_harmless(&page);
        // A page that keeps what was typed for sending it again.
        let refused = mira.post(&there(name), &with(&strange, &[("csrf_token", "x")])).await;
        assert_eq!(refused.status, 403);
        assert_harmless(&refused);
    }
    assert_eq!(app.changes().await, (0, 0));
}
