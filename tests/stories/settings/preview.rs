//! A message as Discord would show it, before anything is saved.

use discord_standin::permissions::MANAGE_GUILD;
use discord_standin::seed::{self, channels, roles};
use guildhall::modules;
use guildhall::settings::fields::Kind;
use guildhall::settings::module::ModuleKey;

use super::full::entries;
use super::{error_at, replaced, typed, with};
use crate::support::TestApp;
use crate::support::app::Stage;
use crate::support::visitor::settings;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_message_can_be_looked_at_with_its_examples_and_nothing_is_saved() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let mut mira = app.mira().await;
    for key in ModuleKey::ALL {
        let name = key.as_str();
        let preview = format!("{}/preview", settings(name));
        let form = mira.opens(name).await;
        for field in modules::module(key).fields() {
            let Kind::Template(known) = &field.kind else { continue };
            let all: Vec<String> = known.iter().map(|one| format!("{{{}}}", one.name)).collect();
            let (content, title) = (format!("{}.content", field.name), format!("{}.embed.title", field.name));
            let mut typed_in = with(&form, &[(&content, &all.join(" | ")), (&title, "A *title*")]);
            typed_in.push(("preview".to_owned(), field.name.to_owned()));
            let page = mira.post(&preview, &typed_in).await;
            assert_eq!(page.status, 200, "{}", page.main());
            assert_eq!(page.texts("figure").len(), 1, "{}", field.name);
            assert!(page.has("figure[autofocus][tabindex=\"-1\"]"), "it takes the focus");
            assert!(!page.has("figure a, figure button, figure img, figure input"), "nothing in it can be used");
            let shown = page.text("figure");
            for one in *known {
                assert!(shown.contains(one.example), "{} {{{}}}: {shown}", field.name, one.name);
                assert!(!shown.contains(&format!("{{{}}}", one.name)), "{shown}");
            }
            assert_eq!(page.text("figure em"), "title", "Markdown is drawn");
            assert!(page.main().contains("Nothing is saved yet"));
            typed_in.pop();
            assert_eq!(typed(&page.form(&settings(name))), typed(&typed_in), "what was typed stays");
            let revision = |form: &[(String, String)]| form.iter().find(|(name, _)| name == "revision").cloned();
            assert_eq!(revision(&page.form(&settings(name))), revision(&form));
        }
    }
    assert_eq!(app.changes().await, (0, 0));
    assert!(bot.heard().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_says_only_what_is_wrong_with_its_own_message() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let there = format!("{}/preview", settings("giveaway"));
    let form = with(
        &mira.opens("giveaway").await,
        &[
            ("default_winners", "many"),
            ("winner_dm.content", "{nobody}"),
            ("start_message.content", "{nobody} <b>bold</b>"),
            ("preview", "start_message"),
        ],
    );
    let page = mira.post(&there, &form).await;
    assert_eq!(page.status, 200);
    assert_ne!(error_at(&page, "start_message.content"), "");
    assert_eq!(error_at(&page, "winner_dm.content"), "");
    assert_eq!(error_at(&page, "default_winners"), "");
    assert!(page.text("figure").contains("{nobody} <b>bold</b>"), "{}", page.text("figure"));
    assert!(!page.has("figure b"), "what is typed is no markup");
    assert!(page.has("figure[autofocus]") && !page.has("#errors[autofocus]"), "one thing takes the focus");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_off_empty_or_no_message_at_all_is_said_so() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let there = format!("{}/preview", settings("music"));
    let form = with(&mira.opens("music").await, &[("preview", "now_playing_message")]);
    let off = replaced(&form, "now_playing_message.enabled", &[]);
    let page = mira.post(&there, &off).await;
    assert_eq!((page.status.as_u16(), page.texts("figure").len()), (200, 1));
    assert!(page.has("figure .preview-note"), "{}", page.text("figure"));
    for nothing in ["", "default_volume", "no_such_message", "now_playing_message.content", "<script>"] {
        let page = mira.post(&there, &with(&form, &[("preview", nothing)])).await;
        assert_eq!((page.status.as_u16(), page.texts("figure").len()), (200, 0), "{nothing}");
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_loads_nothing_from_elsewhere() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for name in ["giveaway", "tickets", "music"] {
        let table = entries(name);
        let form = mira.opens(name).await;
        let form = table.iter().fold(form, |form, entry| replaced(&form, entry.field, &entry.pairs));
        for entry in table.iter().filter(|entry| entry.value["enabled"] == true) {
            let page =
                mira.post(&format!("{}/preview", settings(name)), &with(&form, &[("preview", entry.field)])).await;
            let figure = page.text("figure");
            assert!(figure.contains("example.com"), "the host stands for the image: {figure}");
            let sources = page.attributes("[src]", "src");
            assert!(sources.iter().all(|source| source.starts_with('/')), "{sources:?}");
            let links = page.attributes("main [href]", "href");
            assert!(links.iter().all(|link| link.starts_with(['/', '#'])), "{links:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_script_gets_the_figure_alone_which_takes_no_focus() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let there = format!("{}/preview", settings("tickets"));
    let form = mira.opens("tickets").await;
    let typed = [
        (
            "welcome_message.content",
            "# Hello {user}\r\n- **one** <:wave:930194370152497163>\r\n> [two](https://evil.example/a)",
        ),
        ("preview", "welcome_message"),
    ];
    let part = mira.fetches(&there, &with(&form, &typed)).await;
    assert_eq!((part.status.as_u16(), part.header("cache-control")), (200, "no-store"));
    assert!(part.body.trim().starts_with("<figure") && part.body.trim().ends_with("</figure>"), "{}", part.body);
    assert!(!part.body.contains("autofocus") && !part.has("a, button, input"), "{}", part.body);
    assert!(part.has("figure .said-heading-1 .mention") && part.has("figure li strong"), "{}", part.body);
    assert_eq!(part.attributes("figure img", "src"), ["/cdn/emojis/930194370152497163"]);
    assert_eq!(part.text("figure blockquote"), "two ( evil.example )");
    let page = mira.post(&there, &with(&form, &typed)).await;
    let figure = |page: &crate::support::page::Page| page.text("figure");
    assert_eq!(figure(&page), figure(&part), "it is drawn once, whoever asks");
    for nothing in ["", "no_such_message"] {
        assert_eq!(mira.fetches(&there, &with(&form, &[("preview", nothing)])).await.status, 404);
    }
    assert_eq!(app.changes().await, (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_are_told_to_those_who_may_know_them() {
    let mut stage = Stage::default();
    stage.world.set_role_permissions(seed::HARBOUR_CLUB, roles::EVENT_HOST, MANAGE_GUILD).unwrap();
    stage.world.set_member_roles(seed::HARBOUR_CLUB, seed::SAM, &[roles::EVENT_HOST]).unwrap();
    let app = TestApp::on(stage).await;
    let (staff, general) = (channels::STAFF_ROOM, channels::GENERAL);
    let content = format!("<#{staff}> <#{general}> <@&{}> <@{}>", roles::MEMBER, seed::MIRA);
    for (who, sees) in [(seed::MIRA, true), (seed::SAM, false)] {
        let mut person = app.signed_in(who).await;
        let form = person.opens("tickets").await;
        let typed = with(&form, &[("welcome_message.content", &content), ("preview", "welcome_message")]);
        let part = person.fetches(&format!("{}/preview", settings("tickets")), &typed).await;
        let mentions = part.texts("figure .message-text .mention");
        assert_eq!(mentions[1], "#general");
        assert_eq!(mentions[0] == "#staff-room", sees, "{mentions:?}");
        assert!(sees || (!part.body.contains("staff") && mentions[0].contains("cannot see")), "{mentions:?}");
        assert!(mentions[2].starts_with('@') && !mentions[2].contains("817"), "{mentions:?}");
        assert_eq!(mentions[3] == "@Mira", who == seed::MIRA, "of people only oneself is known here: {mentions:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn six_previews_in_ten_seconds_are_drawn_and_then_it_is_said_when() {
    let app = TestApp::on(Stage { real_limits: true, ..Stage::default() }).await;
    let mut mira = app.mira().await;
    let there = format!("{}/preview", settings("tickets"));
    let form = with(&mira.opens("tickets").await, &[("preview", "welcome_message")]);
    for _ in 0..6 {
        assert_eq!(mira.fetches(&there, &form).await.status, 200);
    }
    let refused = mira.fetches(&there, &form).await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").parse::<u64>().is_ok_and(|wait| wait <= 10), "{:?}", refused.headers);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn looking_again_too_often_is_refused_for_a_moment_and_loses_nothing_typed() {
    let app = TestApp::on(Stage { real_limits: true, ..Stage::default() }).await;
    let mut mira = app.mira().await;
    let there = format!("{}/checklist", settings("tickets"));
    let form = with(&mira.opens("tickets").await, &[("welcome_message.content", "Typed so far")]);
    for _ in 0..6 {
        assert_eq!(mira.post(&there, &form).await.status, 200);
    }
    let refused = mira.post(&there, &form).await;
    assert_eq!(refused.status, 429);
    assert!(refused.header("retry-after").parse::<u64>().is_ok_and(|wait| wait <= 10), "{:?}", refused.headers);
    assert!(refused.keeps_form(&there) && refused.body.contains("Typed so far"), "{}", refused.main());
}
