//! What settings must hold to together, and what a message must hold to as a whole.

use discord_standin::seed;
use seed::{channels, roles};

use super::{Pairs, assert_refused_at, error_at, replaced, warning_at, with};
use crate::support::TestApp;
use crate::support::visitor::settings;

fn rows<const N: usize>(list: &str, rows: &[[(&str, &str); N]]) -> Pairs {
    let numbered = rows.iter().enumerate();
    let pairs = numbered.flat_map(|(row, pairs)| pairs.iter().map(move |(name, value)| (row, *name, *value)));
    pairs.map(|(row, name, value)| (format!("{list}.{row}.{name}"), value.to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tempvoice_needs_creators_that_differ_and_an_overflow_of_its_own() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = mira.opens("tempvoice").await;
    let path = settings("tempvoice");
    let page = mira.post(&path, &with(&form, &[("enabled", "on")])).await;
    assert_refused_at(&page, &["creators"]);

    let (lobby, rooms) = (channels::LOBBY.to_string(), channels::TEMPORARY_ROOMS.to_string());
    let creator = [
        ("creator_channel_id", lobby.as_str()),
        ("category_id", rooms.as_str()),
        ("name_template", "{user}"),
        ("user_limit", "0"),
        ("privacy", "open"),
    ];
    let twice = replaced(&form, "creators", &rows("creators", &[creator, creator]));
    assert_refused_at(&mira.post(&path, &twice).await, &["creators.1.creator_channel_id"]);
    let one = replaced(&form, "creators", &rows("creators", &[creator]));
    let page = mira.post(&path, &with(&one, &[("overflow_category_id", &rooms)])).await;
    assert_refused_at(&page, &["overflow_category_id"]);
    let empty = with(&one, &[("creators.0.creator_channel_id", ""), ("creators.0.category_id", "")]);
    assert_refused_at(&mira.post(&path, &empty).await, &["creators.0.creator_channel_id", "creators.0.category_id"]);
    let page = mira.post(&path, &replaced(&form, "creators", &rows("creators", &[creator; 11]))).await;
    assert_refused_at(&page, &["creators"]);
    assert_eq!(app.changes().await, (0, 0));
    // The server's boosts allow 128 kbit/s.
    assert_refused_at(&mira.post(&path, &with(&form, &[("bitrate_kbps", "129")])).await, &["bitrate_kbps"]);
    let kept = replaced(&with(&one, &[("bitrate_kbps", "128")]), "delete_when_empty", &[]);
    assert_eq!(mira.post(&path, &kept).await.status, 303);
    assert_ne!(warning_at(&mira.get(&path).await, "delete_when_empty"), "", "rooms fill the category");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn giveaways_cannot_ask_for_what_they_forbid() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = mira.opens("giveaway").await;
    let path = settings("giveaway");
    let member = roles::MEMBER.to_string();
    let page = mira.post(&path, &with(&form, &[("required_role_ids", &member), ("blocked_role_ids", &member)])).await;
    assert_refused_at(&page, &["blocked_role_ids"]);
    assert!(error_at(&page, "blocked_role_ids").contains("Member"), "{}", error_at(&page, "blocked_role_ids"));
    let bonus = [("role_id", member.as_str()), ("entries", "2")];
    let twice = replaced(&form, "bonus_entries", &rows("bonus_entries", &[bonus, bonus]));
    assert_refused_at(&mira.post(&path, &twice).await, &["bonus_entries.1.role_id"]);
    let page = mira.post(&path, &with(&form, &[("auto_reroll", "on")])).await;
    assert_refused_at(&page, &["claim_hours"]);
    let mut many = form.clone();
    many.extend((0..11).map(|n| ("manager_role_ids".to_owned(), (817_301_662_241_787_907_u64 + n).to_string())));
    let page = mira.post(&path, &many).await;
    assert!(error_at(&page, "manager_role_ids").contains("11"), "{}", error_at(&page, "manager_role_ids"));
    assert_eq!(app.changes().await, (0, 0));
    let good = with(&form, &[("auto_reroll", "on"), ("claim_hours", "1")]);
    assert_eq!(mira.post(&path, &good).await.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tickets_need_a_place_and_a_name_that_tells_them_apart() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = mira.opens("tickets").await;
    let path = settings("tickets");
    let category = channels::TICKETS.to_string();
    for (edits, at) in [
        (vec![("enabled", "on")], "category_id"),
        (vec![("category_id", category.as_str()), ("overflow_category_id", category.as_str())], "overflow_category_id"),
        (vec![("naming_template", "ticket")], "naming_template"),
        (vec![("naming_template", "{category}")], "naming_template"),
        (vec![("naming_template", "{number} {title}")], "naming_template"),
    ] {
        assert_refused_at(&mira.post(&path, &with(&form, &edits)).await, &[at]);
    }
    assert_eq!(app.changes().await, (0, 0));
    let general = channels::GENERAL.to_string();
    let edits = [("transcript_channel_id", general.as_str()), ("delete_delay_seconds", "60"), ("reopen_minutes", "5")];
    assert_eq!(mira.post(&path, &with(&form, &edits)).await.status, 303);
    let page = mira.get(&path).await;
    for field in ["support_role_ids", "transcript_channel_id", "reopen_minutes", "rating_channel_id"] {
        assert_ne!(warning_at(&page, field), "", "{field} is worth a warning");
        assert_eq!(error_at(&page, field), "");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn music_is_never_louder_than_its_maximum() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = mira.opens("music").await;
    let path = settings("music");
    for (edits, at) in [
        (vec![("dj_only", "on")], "dj_role_ids"),
        (vec![("default_volume", "101")], "default_volume"),
        (vec![("max_volume", "49")], "default_volume"),
        (vec![("max_per_member", "501")], "max_per_member"),
        (vec![("max_queue_size", "10"), ("max_per_member", "11")], "max_per_member"),
    ] {
        assert_refused_at(&mira.post(&path, &with(&form, &edits)).await, &[at]);
    }
    assert_eq!(app.changes().await, (0, 0));
    let edits = [("default_volume", "0"), ("max_volume", "0"), ("stay_connected", "on")];
    assert_eq!(mira.post(&path, &with(&form, &edits)).await.status, 303);
    let page = mira.get(&path).await;
    assert_ne!(warning_at(&page, "max_volume"), "");
    assert_ne!(warning_at(&page, "disconnect_empty_seconds"), "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_placeholder_is_named_with_those_allowed() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for (name, field, text, known) in [
        ("music", "now_playing_message.content", "Now {prize}", "{artist}"),
        ("music", "now_playing_message.embed.title", "{winners}", "{title}"),
        ("music", "now_playing_message.embed.footer", "{Title}", "{title}"),
        ("giveaway", "winner_dm.embed.author_name", "{user}", "{server}"),
        ("giveaway", "start_message.embed.description", "{prize} {titel}", "{prize}"),
        ("tickets", "claim_message.embed.description", "{answers}", "{staff}"),
        ("tickets", "naming_template", "{number}-{ticket}", "{username}"),
    ] {
        let page = mira.saves(name, &[(field, text)]).await;
        assert_refused_at(&page, &[field]);
        let unknown = text.split_inclusive('}').next_back().unwrap().rsplit_once('{').unwrap().1;
        let said = error_at(&page, field);
        assert!(said.contains(&format!("{{{unknown}")) && said.contains(known), "{said}");
    }
    let form = mira.opens("tickets").await;
    let row = rows("welcome_message.embed.fields", &[[("name", "{stars}"), ("value", "{review}")]]);
    let page = mira.post(&settings("tickets"), &replaced(&form, "welcome_message.embed.fields", &row)).await;
    assert_refused_at(&page, &["welcome_message.embed.fields.0.name", "welcome_message.embed.fields.0.value"]);
    assert_eq!(app.changes().await, (0, 0));
    let answer = mira.saves("music", &[("now_playing_message.content", "{} { } {not one} {{title}} }{")]).await;
    assert_eq!(answer.status, 303, "braces alone are text: {:?}", answer.texts("#errors li"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_is_on_says_something_and_not_too_much() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let form = mira.opens("music").await;
    let path = settings("music");
    let message = |part: &str| format!("now_playing_message.{part}");
    let (content, title, description) = (message("content"), message("embed.title"), message("embed.description"));
    let empty = with(&form, &[(&title, ""), (&description, "")]);
    assert_refused_at(&mira.post(&path, &empty).await, &[&content]);
    let embed_off = replaced(&form, &message("embed.enabled"), &[]);
    assert_refused_at(&mira.post(&path, &embed_off).await, &[&content]);

    let long = "x".repeat(1024);
    let field = [("name", "n"), ("value", long.as_str())];
    let fields = replaced(&form, &message("embed.fields"), &rows(&message("embed.fields"), &[field; 5]));
    let page = mira.post(&path, &with(&fields, &[(&title, ""), (&description, &"y".repeat(876))])).await;
    assert_refused_at(&page, &[&description]);
    let eleven = replaced(
        &form,
        &message("embed.fields"),
        &rows(&message("embed.fields"), &[[("name", "n"), ("value", "v")]; 11]),
    );
    assert_refused_at(&mira.post(&path, &eleven).await, &[&message("embed.fields")]);
    let nameless = rows(&message("embed.fields"), &[[("name", ""), ("value", " ")]]);
    let page = mira.post(&path, &replaced(&form, &message("embed.fields"), &nameless)).await;
    assert_refused_at(&page, &[&message("embed.fields.0.name"), &message("embed.fields.0.value")]);
    assert_eq!(app.changes().await, (0, 0));

    // 5 × (1 + 1024) + 875 = 6000.
    let answer = mira.post(&path, &with(&fields, &[(&title, ""), (&description, &"y".repeat(875))])).await;
    assert_eq!(answer.status, 303, "{:?}", answer.texts("#errors li"));
    let off = replaced(&mira.opens("music").await, &message("enabled"), &[]);
    let off = replaced(&off, &message("embed.fields"), &[]);
    let answer = mira.post(&path, &with(&off, &[(&description, "")])).await;
    assert_eq!(answer.status, 303, "one that is off may be empty");
}
