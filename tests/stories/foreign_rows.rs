//! Every route that takes a row's id, walked with rows of another server that the same person manages too.
//!
//! A route with a new kind of id fails here until the walk has a row for it.

use diesel::prelude::*;
use diesel::sql_types::Text;
use discord_standin::seed::{self, channels};
use guildhall::db::{Conn, DbError};
use redis::AsyncCommands as _;

use crate::commands::on_the_stream;
use crate::giveaways;
use crate::routes::ROUTES;
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited};
use crate::tickets::{has_part, has_rating, has_tickets, ticket};

/// In every row, and in no answer.
pub const MARK: &str = "Quietwater";
const ROOM: &str = "816370501973721150";
pub const NOWHERE: &str = "0193595b-7d2e-7c41-9d8e-3f6a52b1c0de";
const TABLES: [&str; 18] = [
    "settings",
    "changes",
    "commands",
    "giveaways",
    "tickets",
    "transcripts",
    "ratings",
    "rooms",
    "tracks",
    "playlists",
    "panels",
    "panel_drafts",
    "activities",
    "drafts",
    "carried_settings",
    "carryings",
    "batches",
    "grants",
];

/// Rows of the Harbour Club, one of each kind.
pub struct Rows {
    change: String,
    command: String,
    panel: String,
    playlist: String,
    grant: String,
}

impl Rows {
    pub async fn make(app: &TestApp, mira: &mut Visitor) -> Self {
        mira.saves("music", &[("default_volume", "20")]).await;
        let log = mira.get(&format!("/guilds/{HARBOUR}/changes")).await;
        let change = log.attributes(".log-entry h2 a", "href").remove(0);
        let panel = crate::panels::makes(mira, MARK).await;
        let draft = crate::panels::at(&panel);
        crate::panels::adds(mira, &draft, &[("description", MARK)]).await;
        let playlist = crate::playlists::makes(mira, MARK, &["https://youtu.be/a"]).await;
        has_tickets(app, &[crate::tickets::Ticket { opener: MARK.into(), ..ticket(1, "open") }]).await;
        has_part(app, "t-1", (0, 1), &format!("[{{\"content\":\"{MARK}\"}}]")).await;
        has_rating(app, "t-1", 5, Some(MARK), seed::JONAS).await;
        crate::happenings::is_open(app, ROOM).await;
        for (id, state) in [("g-running", "running"), ("g-ended", "ended")] {
            giveaways::insert(app, id, state, &[("prize", MARK)]).await;
        }
        eventually("all is sent", || async {
            let (all, sent) = app.changes().await;
            all == sent
        })
        .await;
        let command = crate::history::deeds::told(app, "giveaway-end", MARK, None).await.to_string();
        let grant = crate::staff::given_to(mira, seed::SAM, "tickets").await;
        let last = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        Self { change: last(&change), command, panel, playlist: last(&playlist), grant }
    }

    /// A route's address without its server, with the row's id in its place, and that id.
    pub fn address(&self, path: &str) -> Option<(String, String)> {
        let tail = path.strip_prefix("/guilds/{guild_id}")?.replace("{number}", "1");
        let start = tail.find('{').filter(|_| !tail.contains("{module}"))?;
        let end = start + tail[start..].find('}').unwrap() + 1;
        let id = match &tail[start..end] {
            "{id}" if tail.starts_with("/changes/") => &self.change,
            "{id}" if tail.starts_with("/commands/") => &self.command,
            "{gid}" if tail.ends_with("/reroll") => "g-ended",
            "{gid}" => "g-running",
            "{tid}" => "t-1",
            "{rid}" => ROOM,
            "{panel_id}" => &self.panel,
            "{playlist_id}" => &self.playlist,
            "{grant_id}" => &self.grant,
            other => panic!("{path}: this walk has no row for {other}"),
        };
        let address = tail.replace(&tail[start..end], id);
        assert!(!address.contains('{'), "{path}: this walk has no row for all of it");
        Some((address, id.to_owned()))
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Every row that belongs to a server, as text.
pub async fn dump(app: &TestApp) -> Vec<String> {
    let read = app.parts.db.run(|conn| {
        let mut all = Vec::new();
        for table in TABLES {
            let lines: Vec<Line> = match conn {
                Conn::Postgres(c) => {
                    diesel::sql_query(format!("SELECT row_to_json(t)::text AS line FROM {table} t ORDER BY 1"))
                        .load(c)?
                }
                Conn::Sqlite(c) => {
                    let columns = format!(
                        "SELECT group_concat('quote(\"' || name || '\")', ' || '','' || ') AS line \
                         FROM pragma_table_info('{table}')"
                    );
                    let columns: Line = diesel::sql_query(columns).get_result(c)?;
                    diesel::sql_query(format!("SELECT {} AS line FROM {table} ORDER BY 1", columns.line)).load(c)?
                }
            };
            all.extend(lines.into_iter().map(|one| format!("{table}: {}", one.line)));
        }
        Ok::<_, DbError>(all)
    });
    read.await.unwrap()
}

/// What the bot reads: settings, panels and playlists, and the commands it was given.
pub async fn told(app: &TestApp) -> Vec<String> {
    let mut connection = app.redis.connection().await.unwrap();
    let mut all: Vec<String> = on_the_stream(app).await.iter().map(ToString::to_string).collect();
    let keys: Vec<String> = connection.keys(format!("{}bot:*", app.prefix)).await.unwrap();
    for key in keys {
        let bytes: Option<Vec<u8>> = redis::cmd("DUMP").arg(&key).query_async(&mut connection).await.unwrap();
        all.push(format!("{key}: {bytes:?}"));
    }
    all.sort();
    all
}

/// The form of the row's own page, or the nearest page above it that has one, and a token.
pub async fn form_of(mira: &mut Visitor, tail: &str) -> Vec<(String, String)> {
    let own = format!("/guilds/{HARBOUR}{tail}");
    let above = own.rsplit_once('/').unwrap().0.to_owned();
    for path in [own, above] {
        let page = mira.get(&path).await;
        if page.status == 200 && page.has(&format!("form[action='{path}'][method=post]")) {
            return page.form(&path);
        }
    }
    vec![("csrf_token".to_owned(), mira.token().await), ("revision".to_owned(), "1".to_owned())]
}

/// An error's page without the number of its request.
pub fn said(page: &Page) -> String {
    let main = page.main();
    page.text(".request code").split_whitespace().fold(main, |main, id| main.replace(id, ""))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_of_another_server_is_found_by_no_route() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let rows = Rows::make(&app, &mut mira).await;
    let mut walk = Vec::new();
    for (method, _, path, who) in ROUTES {
        let Some((tail, id)) = rows.address(path).filter(|_| who.is_of_a_server()) else { continue };
        if *method == "get" {
            let own = mira.get(&format!("/guilds/{HARBOUR}{tail}")).await;
            assert_eq!(own.status, 200, "{tail}: where it belongs it is found, or this walk proves nothing");
            walk.push((tail, id, None));
        } else {
            let form = form_of(&mut mira, &tail).await;
            walk.push((tail, id, Some(form)));
        }
    }
    assert!(walk.len() > 40, "{}", walk.len());
    let (before, told_before) = (dump(&app).await, told(&app).await);
    assert!(before.iter().filter(|line| line.contains(MARK)).count() >= 8, "{before:#?}");
    for (tail, id, form) in walk {
        let there = format!("/guilds/{}{tail}", seed::ARCADE);
        let nowhere = there.replace(&id, NOWHERE);
        let (page, none): (Page, Page) = match form {
            None => (mira.get(&there).await, mira.get(&nowhere).await),
            Some(form) => (mira.post(&there, &form).await, mira.post(&nowhere, &form).await),
        };
        page.explains(404, "no such page");
        assert_eq!(said(&page).replace(&id, NOWHERE), said(&none));
        assert!(!page.body.contains(MARK), "{there}: {}", page.main());
    }
    assert_eq!(dump(&app).await, before);
    assert_eq!(told(&app).await, told_before);
}

/// Fills in a channel of the Harbour Club wherever a form of the Arcade asks for one.
pub async fn offers_foreign_ids(visitor: &mut Visitor) {
    let channel = channels::GENERAL.to_string();
    let at = |tail: &str| format!("/guilds/{}{tail}", seed::ARCADE);
    for (page, action) in [
        ("/rooms/panel", "/rooms/panel"),
        ("/player/panel", "/player/panel"),
        ("/giveaways/new", "/giveaways"),
        ("/panels/new", "/panels/new"),
    ] {
        let form = visitor.get(&at(page)).await.form(&at(action));
        let form = edited(form, &[("channel_id", &channel), ("prize", "A hat"), ("name", "Help"), ("title", "Hello")]);
        let answer = visitor.post(&at(action), &form).await;
        assert_eq!(answer.status, 422, "{action}: {}", answer.main());
        assert!(!answer.body.contains("#general"), "{action}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_id_of_another_server_in_a_form_is_refused() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let (before, told_before) = (dump(&app).await, told(&app).await);
    offers_foreign_ids(&mut mira).await;
    // What was typed for her own server is kept there as a draft.
    let after: Vec<String> = dump(&app).await.into_iter().filter(|line| !line.starts_with("panel_drafts")).collect();
    assert_eq!(after, before);
    assert_eq!(told(&app).await, told_before);
}
