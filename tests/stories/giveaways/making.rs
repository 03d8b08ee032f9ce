//! Making one: pre-filled, read in the person's zone, judged, and sent to the bot in one transaction.

use discord_standin::seed::channels;

use super::{MINUTE, commands, list, sends, stored};
use crate::support::TestApp;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited};

fn new() -> String {
    format!("{}/new", list())
}

async fn makes(visitor: &mut Visitor, edits: &[(&str, &str)]) -> Page {
    let channel = channels::GIVEAWAYS.to_string();
    let all: Vec<(&str, &str)> =
        [("channel_id", channel.as_str()), ("prize", "A boat trip")].into_iter().chain(edits.iter().copied()).collect();
    sends(visitor, &new(), &list(), &all).await
}

fn id_of(page: &Page) -> String {
    assert_eq!(page.status, 303, "{:?}", page.texts("#errors li"));
    page.location().rsplit('/').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_one_begins_with_the_settings_and_becomes_a_row_a_log_entry_and_a_command() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    mira.saves("giveaway", &[("default_winners", "3"), ("default_duration_minutes", "90")]).await;
    let made =
        makes(&mut mira, &[("secret_prize", "code-4711"), ("description", "Round the bay"), ("notes", "paid")]).await;
    let id = id_of(&made);
    let page = mira.follows(&made).await;
    assert_eq!(page.text("h1"), "A boat trip Planned");
    assert!(page.has("#flash") && page.has(".command"), "{}", page.main());
    assert!(page.main().contains("Round the bay") && page.main().contains("Only the winners get to see it"));
    assert!(!page.body.contains("4711"));

    let command = commands(&app).await.pop().unwrap();
    let text = |name: &str| command[name].as_str().unwrap_or_default().to_owned();
    assert_eq!(text("type"), "GIVEAWAY_CREATE");
    assert_eq!((text("giveawayId"), text("channelId")), (id.clone(), channels::GIVEAWAYS.to_string()));
    assert_eq!((text("prize"), text("secretPrize")), ("A boat trip".into(), "code-4711".into()));
    assert_eq!(command["winners"], 3);
    let time = |name: &str| text(name).parse::<jiff::Timestamp>().unwrap().as_second();
    assert_eq!(time("endsAt") - time("startsAt"), 90 * 60);
    let (state, _, body) = stored(&app, &id).await;
    assert_eq!(state, "scheduled");
    assert!(!body.unwrap().contains("4711"));
    assert!(!log(&app).await.contains("4711"), "the secret prize is in no log");
    assert_eq!(app.changes().await.0, 3, "the settings, the giveaway, the command");
}

async fn log(app: &TestApp) -> String {
    use diesel::prelude::*;
    use guildhall::schema::changes::dsl::*;
    let read = app.parts.db.run(|conn| {
        let rows: Vec<(String, Option<String>, Option<String>)> =
            changes.select((action, before_body, after_body)).load(conn)?;
        Ok::<_, guildhall::db::DbError>(format!("{rows:?}"))
    });
    read.await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_said_at_its_field_and_nothing_is_made() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let role = discord_standin::seed::roles::MEMBER.to_string();
    for (edits, field, words) in [
        (vec![("prize", " ")], "prize", "Type something"),
        (vec![("channel_id", "")], "channel-id", "Choose"),
        (vec![("winners", "21")], "winners", "20"),
        (vec![("duration_minutes", "86401")], "duration-minutes", "86"),
        (vec![("start", "at"), ("starts_at", "2020-01-01T10:00")], "starts-at", "over"),
        (vec![("start", "at"), ("starts_at", "2027-11-24T10:00")], "starts-at", "60 days"),
        (vec![("end", "at"), ("ends_at", "soon")], "ends-at", "date and a time"),
        (vec![("end", "at"), ("ends_at", "2028-01-01T10:00")], "ends-at", "60 days"),
        (vec![("required_role_ids", &role), ("blocked_role_ids", &role)], "blocked-role-ids", ""),
    ] {
        let page = makes(&mut mira, &edits).await;
        assert_eq!(page.status, 422, "{edits:?}");
        let links = page.attributes("#errors a", "href");
        assert_eq!(links, [format!("#f-{field}")], "{edits:?}: {:?}", page.texts("#errors li"));
        assert!(page.text("#errors li").contains(words), "{:?}", page.texts("#errors li"));
        assert!(page.title().starts_with("Error: "), "{}", page.title());
        let form = page.form(&list());
        for (name, value) in edits {
            assert!(form.iter().any(|(field, kept)| field == name && kept == value), "{name} is kept");
        }
    }
    assert!(commands(&app).await.is_empty());
    assert_eq!(app.changes().await.0, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn times_are_read_where_the_person_is_and_the_zone_stands_beside_them() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    sends(&mut mira, "/account/preferences", "/account/preferences", &[("time_zone", "Europe/Berlin")]).await;
    let page = mira.get(&new()).await;
    assert!(page.text("#f-starts-at-limit").contains("Europe/Berlin"), "{}", page.main());
    assert!(page.text("#zone").contains("Europe/Berlin"));
    let skipped = makes(&mut mira, &[("end", "at"), ("ends_at", "2027-03-28T02:30")]).await;
    let said = skipped.text("#errors li");
    assert!(said.contains("2027-03-28 01:59") && said.contains("2027-03-28 03:00"), "{said}");

    let soon = jiff::Timestamp::from_millisecond(app.clock.now() + 600 * MINUTE).unwrap();
    let there = soon.in_tz("Europe/Berlin").unwrap().strftime("%Y-%m-%dT%H:%M").to_string();
    id_of(&makes(&mut mira, &[("start", "at"), ("starts_at", &there)]).await);
    let command = commands(&app).await.pop().unwrap();
    assert_eq!(command["startsAt"], soon.strftime("%Y-%m-%dT%H:%M:00Z").to_string());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_form_sent_twice_makes_one_giveaway() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let channel = channels::GIVEAWAYS.to_string();
    let form = edited(mira.get(&new()).await.form(&list()), &[("channel_id", &channel), ("prize", "Once")]);
    let (first, second) = (mira.post(&list(), &form).await, mira.post(&list(), &form).await);
    assert_eq!((second.status.as_u16(), second.location()), (303, first.location()));
    assert_eq!(commands(&app).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_and_the_preview_come_back_with_everything_typed_and_make_nothing() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let page = makes(&mut mira, &[("row", "add:bonus_entries"), ("prize", "Kept")]).await;
    assert_eq!(page.status, 200);
    assert!(page.has("[name='bonus_entries.0.role_id']"));
    assert!(page.form(&list()).contains(&("prize".to_owned(), "Kept".to_owned())));
    let form = edited(page.form(&list()), &[("prize", "<b>Boat</b> *x*")]);
    let page = mira.post(&format!("{}/preview", list()), &form).await;
    assert_eq!(page.status, 200);
    assert!(page.text(".embed-title").contains("<b>Boat</b> *x*"), "{}", page.main());
    assert!(commands(&app).await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_prize_needs_private_messages_and_a_channel_the_person_may_write_in() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    mira.saves("giveaway", &[("dm_winners", "")]).await;
    let page = makes(&mut mira, &[("secret_prize", "code")]).await;
    assert_eq!(page.attributes("#errors a", "href"), ["#f-secret-prize"]);
    let page = makes(&mut mira, &[("channel_id", "816370501973721999")]).await;
    assert_eq!(page.attributes("#errors a", "href"), ["#f-channel-id"]);
    assert!(commands(&app).await.is_empty());
}
