//! One ticket, and closing it: a command to the bot, refused with a clear page when there is nothing to close.

use diesel::prelude::*;
use discord_standin::permissions::MANAGE_GUILD;
use discord_standin::seed::{self, channels, roles};
use guildhall::db::DbError;
use guildhall::schema::commands;
use serde_json::Value;

use super::{THEN, Ticket, has, has_rating, has_tickets, ticket, tickets};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, Stage};
use crate::support::visitor::edited;

/// The commands that were given, with their messages.
pub async fn given(app: &TestApp) -> Vec<(String, Value)> {
    let read = app.parts.db.run(|conn| {
        let rows = commands::table.filter(commands::guild_id.eq(HARBOUR.cast_signed())).order(commands::id.asc());
        Ok::<Vec<(String, String)>, DbError>(rows.select((commands::kind, commands::body)).load(conn)?)
    });
    read.await.unwrap().into_iter().map(|(kind, body)| (kind, serde_json::from_str(&body).unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_has_a_page_with_its_facts_and_the_ways_on() {
    let app = TestApp::start().await;
    has_tickets(&app, &[ticket(1, "claimed"), ticket(2, "closed"), ticket(3, "deleted")]).await;
    has_rating(&app, "t-2", 4, Some("Quick and kind"), seed::JONAS).await;
    let mut mira = app.mira().await;
    let page = mira.get(&format!("{}/t-1", tickets())).await;
    assert_eq!(page.text("h1"), "Ticket 1 Claimed");
    for part in ["Opener 1", "Billing", "Jonas", "20 Nov 2026, 12:01:00 UTC", "when the ticket is closed"] {
        assert!(page.main().contains(part), "{part}: {}", page.main());
    }
    let channel = format!("https://discord.com/channels/{HARBOUR}/{}", channels::GENERAL);
    assert!(page.has(&format!("a[href='{channel}'][rel~=noopener]")), "{}", page.main());
    assert!(page.has(&format!("a[href='{}/t-1/closing']", tickets())));

    let page = mira.get(&format!("{}/t-2", tickets())).await;
    for part in ["Closed by Jonas", "solved", "There is no transcript", "Quick and kind"] {
        assert!(page.main().contains(part), "{part}: {}", page.main());
    }
    assert!(page.has("[role=img][aria-label='4 of 5 stars']") && !page.has("a[href$='/closing']"));
    let page = mira.get(&format!("{}/t-3", tickets())).await;
    assert!(page.main().contains("deleted with the ticket") && !page.has("a[href^='https://discord.com']"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_channel_is_named_only_to_who_sees_it_and_only_while_it_is_there() {
    let mut stage = Stage::default();
    stage.world.set_role_permissions(seed::HARBOUR_CLUB, roles::EVENT_HOST, MANAGE_GUILD).unwrap();
    stage.world.set_member_roles(seed::HARBOUR_CLUB, seed::SAM, &[roles::EVENT_HOST]).unwrap();
    let app = TestApp::on(stage).await;
    let hidden = Ticket { channel: channels::MOD_LOG, ..ticket(1, "open") };
    let gone = Ticket { channel: seed::MIRA, ..ticket(2, "open") };
    has_tickets(&app, &[hidden, gone]).await;
    let mut sam = app.signed_in(seed::SAM).await;
    let page = sam.get(&format!("{}/t-1", tickets())).await;
    assert!(!page.body.contains("mod-log") && page.main().contains("cannot see"), "{}", page.main());
    assert!(app.mira().await.get(&format!("{}/t-1", tickets())).await.main().contains("mod-log"));
    assert!(sam.get(&format!("{}/t-2", tickets())).await.main().contains("not there any more"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_is_closed_by_a_command_that_its_page_shows() {
    let app = TestApp::start().await;
    has_tickets(&app, &[ticket(7, "open")]).await;
    let mut mira = app.mira().await;
    let path = format!("{}/t-7/closing", tickets());
    let page = mira.get(&path).await;
    assert!(page.text("h1").contains("Ticket 7") && page.main().contains("Harbour Club"), "{}", page.main());
    let form = edited(page.form(&path), &[("reason", "  answered\r\nby mail ")]);
    let answer = mira.post(&path, &form).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, format!("{}/t-7", tickets()).as_str()));
    let page = mira.get(answer.location()).await;
    assert!(page.text("#flash").contains("Ticket 7"), "{}", page.main());
    assert!(page.text(".command").contains("Closing"), "{}", page.main());
    let (kind, message) = given(&app).await.remove(0);
    assert_eq!(
        (kind.as_str(), &message["ticketId"], &message["reason"]),
        ("TICKET_CLOSE", &"t-7".into(), &"answered\nby mail".into())
    );
    assert_eq!(message["channelId"], channels::GENERAL.to_string());
    // Who presses twice does not close twice.
    let answer = mira.post(&path, &form).await;
    assert!(mira.follows(&answer).await.text("#flash").contains("already"), "{}", answer.status);
    assert_eq!(given(&app).await.len(), 1);
    assert_eq!(app.changes().await.0, 1);
    // A giveaway may have the ticket's id: what is told of the one is not told of the other.
    crate::giveaways::insert(&app, "t-7", "running", &[]).await;
    for page in [crate::giveaways::at("t-7", ""), crate::giveaways::list()] {
        let page = mira.get(&page).await;
        assert!(page.main().contains("A year of Nitro") && !page.has(".command"), "{}", page.main());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reason_that_is_missing_too_long_or_strange_comes_back_as_typed() {
    let app = TestApp::start().await;
    has_tickets(&app, &[ticket(7, "claimed")]).await;
    let mut mira = app.mira().await;
    let path = format!("{}/t-7/closing", tickets());
    let form = mira.get(&path).await.form(&path);
    assert_eq!(mira.saves("tickets", &[("close_needs_reason", "on")]).await.status, 303);
    assert!(mira.get(&path).await.has("textarea[aria-required=true]"));
    let long = "x".repeat(501);
    for (reason, words) in [(" \r\n", "Say why"), (long.as_str(), "these are 501"), ("a\u{7}b", "cannot be shown")] {
        let page = mira.post(&path, &edited(form.clone(), &[("reason", reason)])).await;
        assert_eq!(page.status, 422, "{reason:?}");
        assert!(page.title().starts_with("Error:"), "{}", page.title());
        assert!(page.text("#errors a[href='#reason']").contains(words), "{}", page.main());
        assert!(page.text("#reason-error").contains(words) && page.has("textarea[aria-invalid=true]"));
        assert_eq!(page.form(&path).last().unwrap().1.trim(), reason.trim());
    }
    assert_eq!(given(&app).await.len(), 0);
    let page = mira.post(&path, &edited(form, &[("reason", &"x".repeat(500))])).await;
    assert_eq!(page.status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_that_is_closed_already_is_not_closed_again() {
    let app = TestApp::start().await;
    has_tickets(&app, &[ticket(7, "open")]).await;
    let mut mira = app.mira().await;
    let path = format!("{}/t-7/closing", tickets());
    let form = mira.get(&path).await.form(&path);
    has(&app, vec![format!("UPDATE tickets SET state = 'closed', closed_at = {THEN}, reason = 'by hand'")]).await;
    let page = mira.post(&path, &form).await;
    assert_eq!(page.status, 409);
    assert!(page.text("h1").contains("closed already") && page.main().contains("by hand"), "{}", page.main());
    assert!(page.has(&format!("main a[href='{}/t-7']", tickets())));
    let page = mira.get(&path).await;
    assert!(page.status == 200 && page.text("h1").contains("closed already"));
    assert_eq!(given(&app).await.len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_ticket_of_another_server_is_not_there() {
    let app = TestApp::start().await;
    has_tickets(&app, &[Ticket { guild: seed::ARCADE.0, ..ticket(7, "open") }]).await;
    let mut mira = app.mira().await;
    let token = vec![("csrf_token".to_owned(), mira.token().await), ("reason".to_owned(), "x".to_owned())];
    let unknown = mira.get(&format!("{}/nothing", tickets())).await;
    unknown.explains(404, "no such page");
    for tail in ["", "/transcript", "/closing", "/rating/deletion"] {
        let page = mira.get(&format!("{}/t-7{tail}", tickets())).await;
        page.explains(404, &unknown.text("main h1"));
    }
    for tail in ["/closing", "/rating/approval", "/rating/featuring", "/rating/deletion"] {
        mira.post(&format!("{}/t-7{tail}", tickets()), &token).await.explains(404, &unknown.text("main h1"));
    }
    for strange in ["%00", "%2F", "..%2F..", "%ff", "%F0%9F%8E%89"] {
        assert_eq!(mira.get(&format!("{}/{strange}", tickets())).await.status, 404, "{strange}");
    }
    assert_eq!(given(&app).await.len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_bot_tickets_can_be_read_and_not_closed() {
    let app = TestApp::start().await;
    has_tickets(&app, &[ticket(7, "open")]).await;
    let mut mira = app.mira().await;
    let path = format!("{}/t-7/closing", tickets());
    let form = mira.get(&path).await.form(&path);
    app.discord.edit(|world| world.set_bot_present(seed::HARBOUR_CLUB, false)).unwrap();
    app.clock.advance(std::time::Duration::from_secs(300));
    let page = mira.get(&format!("{}/t-7", tickets())).await;
    assert!(
        page.status == 200 && !page.has("a[href$='/closing']") && !page.body.contains("general"),
        "{}",
        page.main()
    );
    mira.post(&path, &form).await.explains(403, "bot is not on this server");
    assert_eq!(given(&app).await.len(), 0);
}
