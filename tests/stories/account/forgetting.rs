//! Taking along what is kept of oneself, and leaving for good.

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use discord_standin::seed::channels;
use discord_standin::{Fault, FaultKind, seed};
use guildhall::db::catalog::{self, Kind};
use guildhall::db::{Conn, DbError};
use guildhall::erasure::person::{forget_on_servers, neutral_id};
use guildhall::ids::UserId;
use guildhall::schema::{changes, preferences, tickets};
use serde_json::{Value, json};

use crate::giveaways::sends;
use crate::happenings::{event, tells};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, Stage};
use crate::support::page::Page;
use crate::support::visitor::{Visitor, settings};

const DATA: &str = "/account/data";
const DELETION: &str = "/account/deletion";

async fn file(visitor: &mut Visitor) -> Value {
    let page = visitor.get(DATA).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert_eq!(page.header("content-type"), "application/json");
    assert!(page.header("content-disposition").starts_with("attachment; filename=\"guildhall-"));
    assert_eq!(page.header("cache-control"), "no-store");
    serde_json::from_str(&page.body).unwrap()
}

async fn deletes(visitor: &mut Visitor) -> Page {
    sends(visitor, DELETION, DELETION, &[]).await
}

/// Mira and Jonas, who have both done something.
async fn two_who_were_busy(app: &TestApp) -> (Visitor, Visitor) {
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    mira.saves("music", &[("default_volume", "33")]).await;
    jonas.saves("music", &[("default_volume", "44")]).await;
    for one in [&mut mira, &mut jonas] {
        sends(one, "/account/preferences", "/account/preferences", &[("time_zone", "Asia/Tokyo")]).await;
    }
    let (hers, his) = (seed::MIRA.to_string(), seed::JONAS.to_string());
    tells(
        app,
        &[
            event("TICKET_CREATE", json!({"ticketId": "hers", "userId": hers, "username": "mira.k"})),
            event("TICKET_CREATE", json!({"ticketId": "his", "userId": his, "username": "jonas"})),
        ],
    )
    .await;
    (mira, jonas)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_takes_along_all_that_is_kept_of_them_and_nothing_secret_or_of_others() {
    let app = TestApp::start().await;
    let (mut mira, _jonas) = two_who_were_busy(&app).await;
    let pin = [("csrf_token".to_owned(), mira.token().await), ("pin".to_owned(), HARBOUR.to_string())];
    assert_eq!(mira.post("/guilds/pins", &pin).await.status, 303);
    assert!(mira.get("/account").await.has("a[href='/account/data']"));
    let file = file(&mut mira).await;
    assert_eq!(file["person"][0]["id"], seed::MIRA.to_string());
    assert_eq!(file["person"][0]["username"], "mira.k");
    assert_eq!(file["preferences"][0]["timeZone"], "Asia/Tokyo");
    assert_eq!(file["pinnedServers"][0]["server"], HARBOUR.to_string());
    let sessions = file["sessions"].as_array().unwrap();
    assert_eq!((sessions.len(), &sessions[0]["network"]), (1, &json!("127.0.0.0/24")));
    let changes = file["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!((&changes[0]["server"], &changes[0]["what"]), (&json!(HARBOUR.to_string()), &json!("music")));
    let tickets = file["tickets"].as_array().unwrap();
    assert_eq!(tickets.len(), 1, "{tickets:?}");
    assert_eq!((&tickets[0]["id"], &tickets[0]["you"]), (&json!("hers"), &json!(["opened"])));
    assert_eq!(file["discordAccess"].as_array().unwrap().len(), 1);
    let text = file.to_string();
    assert!(!text.contains(&seed::JONAS.to_string()), "nothing of others");
    let secrets = app.discord.edit(|world| {
        world.tokens.iter().flat_map(|token| [token.access.clone(), token.refresh.clone()]).collect::<Vec<_>>()
    });
    let hashes = app.parts.db.run(|conn| {
        use guildhall::schema::{discord_tokens, sessions};
        let mut all: Vec<String> = sessions::table.select(sessions::key_hash).load(conn)?;
        all.extend(discord_tokens::table.select(discord_tokens::refresh_token).load::<String>(conn)?);
        Ok::<_, DbError>(all)
    });
    for secret in secrets.iter().chain(&hashes.await.unwrap()).chain(mira.cookies.values()) {
        assert!(!text.contains(secret.as_str()), "{secret}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn very_many_changes_come_whole_and_each_once() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for statement in crate::support::many::statements(HARBOUR, 0..1_200) {
        crate::history::executes(&app, &statement).await;
    }
    crate::history::executes(&app, &format!("UPDATE changes SET actor_id = {}", seed::MIRA)).await;
    let file = file(&mut mira).await;
    let ids: std::collections::BTreeSet<&str> =
        file["changes"].as_array().unwrap().iter().map(|change| change["id"].as_str().unwrap()).collect();
    assert_eq!((file["changes"].as_array().unwrap().len(), ids.len()), (1_200, 1_200));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_of_oneself_are_counted_with_the_other_exports() {
    let app = TestApp::on(Stage { real_limits: true, ..Stage::default() }).await;
    let mut mira = app.mira().await;
    for _ in 0..5 {
        file(&mut mira).await;
    }
    mira.get(DATA).await.explains(429, "a lot in a short time");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deleting_an_account_removes_it_and_leaves_a_number_in_the_logs() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = two_who_were_busy(&app).await;
    let mut phone = app.mira().await;
    let question = mira.get(DELETION).await;
    assert!(question.main().contains("cannot be undone") && question.main().contains("a number stands for you"));
    assert_eq!(app.people().await.users, 2, "asking does nothing");
    let out = deletes(&mut mira).await;
    assert_eq!((out.status.as_u16(), out.location()), (303, "/"));
    assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
    assert!(mira.follows(&out).await.text("#flash").contains("Your account is deleted"));
    assert!(!mira.is_signed_in().await && !phone.is_signed_in().await && jonas.is_signed_in().await);
    let left = app.people().await;
    assert_eq!((left.users, left.sessions, left.tokens), (1, 1, 1));
    let rows = app.parts.db.run(|conn| {
        let actors: Vec<(Option<i64>, String)> =
            changes::table.order(changes::number.asc()).select((changes::actor_id, changes::actor_name)).load(conn)?;
        let kept: [i64; 2] = [preferences::table.count().get_result(conn)?, tickets::table.count().get_result(conn)?];
        Ok::<_, DbError>((actors, kept))
    });
    let (actors, kept) = rows.await.unwrap();
    assert_eq!(kept, [1, 2], "what the bot has told is the server's");
    assert_eq!(actors.len(), 2);
    assert_eq!(actors[0].1, "");
    let number = actors[0].0.unwrap();
    assert_ne!(number, seed::MIRA.to_string().parse::<i64>().unwrap());
    assert_eq!(number.to_string().len(), 15);
    assert!(!actors[1].1.is_empty(), "Jonas is named as before");
    let log = jonas.get(&format!("/guilds/{HARBOUR}/changes")).await;
    assert!(log.main().contains(&format!("Deleted account {number}")), "{}", log.main());
    let filtered = jonas.get(&format!("/guilds/{HARBOUR}/changes?by={number}")).await;
    assert_eq!(filtered.texts(".log-entry h2").len(), 1, "what one did can still be told apart");

    mira.signs_in(seed::MIRA).await;
    assert_eq!(file(&mut mira).await["changes"], json!([]), "who comes back begins anew");
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    found: i64,
}

/// The columns in which a text stands, of all tables.
async fn columns_with(app: &TestApp, text: String) -> Vec<String> {
    let read = move |conn: &mut Conn| {
        let mut all = Vec::new();
        for table in catalog::tables(conn)? {
            for column in catalog::columns(conn, &table)?.into_iter().filter(|column| column.kind == Kind::Text) {
                let name = column.name;
                let query = format!("SELECT count(*) AS found FROM {table} WHERE \"{name}\" LIKE '%{text}%'");
                let count: Count = match conn {
                    Conn::Sqlite(c) => diesel::sql_query(&query).get_result(c)?,
                    Conn::Postgres(c) => diesel::sql_query(&query).get_result(c)?,
                };
                if count.found > 0 {
                    all.push(format!("{table}.{name}"));
                }
            }
        }
        Ok::<_, DbError>(all)
    };
    app.parts.db.run(read).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_deletes_their_account_is_in_no_text_of_what_the_bot_was_told() {
    let app = TestApp::start().await;
    let (mut mira, _jonas) = two_who_were_busy(&app).await;
    let (list, channel) = (format!("/guilds/{HARBOUR}/giveaways"), channels::GIVEAWAYS.to_string());
    let fields = [("channel_id", channel.as_str()), ("prize", "A boat trip")];
    assert_eq!(sends(&mut mira, &format!("{list}/new"), &list, &fields).await.status, 303);
    // As if Jonas had said it again: its host is who said it first.
    for (table, column) in [("commands", "user_id"), ("changes", "actor_id")] {
        let told = format!("UPDATE {table} SET {column} = {} WHERE kind = ", seed::JONAS);
        let kind = if table == "commands" { "'GIVEAWAY_CREATE'" } else { "'command'" };
        crate::history::executes(&app, &format!("{told}{kind}")).await;
    }
    assert_eq!(sends(&mut mira, &format!("{list}/new"), &list, &fields).await.status, 303);
    let before = columns_with(&app, seed::MIRA.to_string()).await;
    for column in ["changes.after_body", "commands.body"] {
        assert!(before.contains(&column.to_owned()), "{before:?}");
    }
    assert_eq!(deletes(&mut mira).await.status, 303);
    assert_eq!(columns_with(&app, seed::MIRA.to_string()).await, Vec::<String>::new());
    let told = crate::giveaways::commands(&app).await;
    assert_eq!((told.len(), &told[0]["hostId"]), (2, &told[1]["hostId"]), "the same number stands for her");
    assert_eq!(told[1]["hostId"], told[1]["userId"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_forgotten_on_servers_is_in_no_feed_and_what_they_wrote_of_a_ticket_in_no_log() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let (sam, jonas) = (seed::SAM.to_string(), seed::JONAS.to_string());
    let mut told = Vec::new();
    for (ticket, user, name, room) in
        [("a", &sam, "Samuel", "816370501973721199"), ("b", &jonas, "Jonas", "816370501973721200")]
    {
        let named = format!("{name} himself");
        told.extend([
            event("TICKET_CREATE", json!({"ticketId": ticket, "number": 7, "userId": user, "username": named})),
            event("TICKET_CLAIM", json!({"ticketId": ticket, "claimedBy": user, "claimerName": named})),
            event("VOICE_ROOM_CREATE", json!({"channelId": room, "ownerId": user, "name": named})),
            event("TICKET_RATING", json!({"ticketId": ticket, "userId": user, "stars": 4, "review": named})),
        ]);
    }
    tells(&app, &told).await;
    let ratings = format!("/guilds/{HARBOUR}/tickets/ratings");
    for ticket in ["a", "b"] {
        let approval = format!("/guilds/{HARBOUR}/tickets/{ticket}/rating/approval");
        assert_eq!(sends(&mut mira, &ratings, &approval, &[]).await.status, 303);
    }
    let where_jonas = columns_with(&app, "Jonas himself".to_owned()).await;
    for column in ["activities.body", "changes.after_body", "changes.before_body", "ratings.review"] {
        assert!(where_jonas.contains(&column.to_owned()), "{where_jonas:?}");
    }
    assert_eq!(columns_with(&app, "Samuel himself".to_owned()).await, where_jonas);
    let (user, number, now) = (UserId::new(seed::SAM.0), neutral_id(), app.clock.now());
    let forget = app.parts.db.write(move |conn| Ok::<_, DbError>(forget_on_servers(conn, user, number, now)?));
    let tally = forget.await.unwrap();
    for rows in [("activities", 3), ("changes", 1)] {
        assert!(tally.some().any(|some| some == rows), "{tally:?}");
    }
    let left = columns_with(&app, "Samuel himself".to_owned()).await;
    assert_eq!(left, ["rooms.name"], "a room's name goes a day after it is closed");
    assert_eq!(columns_with(&app, "Jonas himself".to_owned()).await, where_jonas, "nothing of others");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_given_to_who_leaves_goes_and_what_they_gave_holds_on_without_their_name() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let mut sam = app.signed_in(seed::SAM).await;
    crate::staff::given_to(&mut mira, seed::SAM, "music").await;
    let his = file(&mut sam).await;
    assert_eq!((&his["staff"][0]["module"], &his["staff"][0]["you"]), (&json!("music"), &json!(["wereGiven"])));
    assert!(!his.to_string().contains(&seed::MIRA.to_string()), "nothing of who gave it: {his}");
    let hers = file(&mut mira).await;
    assert_eq!(hers["staff"][0]["you"], json!(["gave"]));
    assert!(!hers.to_string().contains(&seed::SAM.to_string()), "nothing of who has it: {hers}");

    deletes(&mut mira).await;
    let list = format!("/guilds/{HARBOUR}/staff");
    assert!(jonas.get(&list).await.text("#staff").contains("Deleted account"));
    assert_eq!(sam.get(&settings("music")).await.status, 200, "what was given holds on");

    deletes(&mut sam).await;
    assert!(!jonas.get(&list).await.has("#staff li[id^=grant-]"));
    let titles = jonas.get(&format!("/guilds/{HARBOUR}/changes?did=staff")).await.texts(".log-entry h2");
    assert_eq!(titles.len(), 2, "{titles:?}");
    assert!(titles[0].contains("was shut out") && titles[1].contains("was let in"), "{titles:?}");
    let who: Vec<&str> = titles.iter().filter_map(|title| title.split_whitespace().next()).collect();
    assert_eq!(who[0], who[1], "the same number stands for him");
    assert!(!who[0].contains("sam"), "{who:?}");
    sam.signs_in(seed::SAM).await;
    sam.get(&settings("music")).await.explains(403, "cannot manage this server");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_is_deleted_whatever_discord_says_and_nobody_elses_by_a_foreign_form() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let foreign = mira.get(DELETION).await.form(DELETION);
    jonas.post(DELETION, &foreign).await.explains(403, "too old");
    assert_eq!(app.people().await.users, 2);
    app.discord.fault(Fault::at("/api/v10/oauth2/token/revoke", FaultKind::ServerError));
    let out = deletes(&mut mira).await;
    assert!(mira.follows(&out).await.text("#flash").contains("Authorized Apps"));
    let left = app.people().await;
    assert_eq!((left.users, left.sessions, left.tokens), (1, 1, 1));
}
