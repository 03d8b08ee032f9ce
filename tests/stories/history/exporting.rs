//! The change log as a file: the list's changes and filters, safe to open, and never a short file that looks whole.

use discord_standin::permissions::MANAGE_GUILD;
use discord_standin::seed::{self, channels, roles};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::{executes, listed, log, saves};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, Stage, eventually};
use crate::support::many;
use crate::support::visitor::{Visitor, settings};

fn export(query: &str) -> String {
    format!("{}/export?{query}", log())
}

/// The lines of a CSV file, each by its columns; quoted cells may hold anything.
pub fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => line.push(std::mem::take(&mut cell)),
            '\r' if !quoted && letters.peek() == Some(&'\n') => {
                letters.next();
                line.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut line));
            }
            letter => cell.push(letter),
        }
    }
    assert!(cell.is_empty() && line.is_empty() && !quoted, "the last line is whole: {line:?} {cell}");
    lines
}

async fn json(visitor: &mut Visitor, query: &str) -> Vec<Value> {
    let page = visitor.get(&export(&format!("format=json{query}"))).await;
    assert_eq!(page.status, 200, "{}", page.body);
    serde_json::from_str(&page.body).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_comes_as_a_file_that_says_what_the_list_says() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    assert_eq!(json(&mut mira, "").await.len(), 0, "an empty log is an empty list");
    let dj = roles::DJ.to_string();
    saves(&mut mira, "music", &[("default_volume", "20"), ("dj_role_ids", &dj)]).await;
    saves(&mut jonas, "tickets", &[("welcome_message.content", "Hi, \"you\"\r\nthere")]).await;
    saves(&mut jonas, "music", &[("default_volume", "30")]).await;
    eventually("nothing waits any more, so that one file says what the next one says", || async {
        app.changes().await == (3, 3)
    })
    .await;

    let page = mira.get(&export("format=csv")).await;
    assert_eq!(page.header("content-type"), "text/csv; charset=utf-8; header=present");
    assert_eq!(page.header("content-disposition"), format!("attachment; filename=\"guildhall-{HARBOUR}-changes.csv\""));
    assert_eq!(page.header("cache-control"), "no-store");
    let lines = csv(&page.body);
    let columns = "id,when,module,kind,action,number,actorId,actor,state,title,changed,restores,batch"
        .split(',')
        .collect::<Vec<_>>();
    assert_eq!(lines[0], columns);
    assert_eq!(lines.len(), 4);
    let records = json(&mut mira, "").await;
    for (line, record) in lines[1..].iter().zip(&records) {
        assert_eq!(line.len(), columns.len());
        for (cell, column) in line.iter().zip(&columns).filter(|(_, column)| **column != "changed") {
            let said = match &record[*column] {
                Value::String(text) => text.clone(),
                Value::Null => String::new(),
                other => other.to_string(),
            };
            assert_eq!(*cell, said, "{column}");
        }
    }
    let newest = &records[0];
    assert_eq!(newest["actorId"], seed::JONAS.to_string());
    assert_eq!(
        (&newest["module"], &newest["kind"], &newest["action"]),
        (&"music".into(), &"settings".into(), &"update".into())
    );
    assert_eq!(newest["number"], 2);
    assert_eq!(newest["changed"], serde_json::json!(["Volume at the start: 20 % → 30 %"]));
    assert!(newest["when"].as_str().unwrap().ends_with('Z'));
    let first = records[2]["changed"].as_array().unwrap();
    assert!(first.iter().any(|fact| fact.as_str().unwrap().ends_with("added DJ")), "{first:?}");
    assert!(lines[3][10].contains("; "), "{:?}", lines[3]);
    let hrefs: Vec<String> = records.iter().map(|one| format!("{}/{}", log(), one["id"].as_str().unwrap())).collect();
    assert_eq!(hrefs, listed(&mira.get(&log()).await));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_lists_filters_hold_for_the_file_and_its_links_keep_them() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    saves(&mut jonas, "music", &[("default_volume", "30")]).await;
    saves(&mut jonas, "tickets", &[("cooldown_minutes", "9")]).await;
    let list = mira.get(&format!("{}?module=music&by={}&did=update", log(), seed::JONAS)).await;
    let links = list.attributes("main a[download]", "href");
    assert_eq!(links.len(), 2);
    for link in links {
        let file = mira.get(&link).await;
        assert_eq!(file.status, 200, "{link}");
        assert!(file.body.contains("20 % → 30 %") && !file.body.contains("tickets"), "{link}: {}", file.body);
    }
    assert_eq!(json(&mut mira, "&state=refused").await.len(), 0);
    assert_eq!(json(&mut mira, "&to=2020-01-01").await.len(), 0);
    let other = mira.get(&format!("/guilds/{}/changes/export?format=json", seed::ARCADE)).await;
    assert_eq!(other.body, "[\n]\n", "another server's file has none of it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_cannot_be_what_was_asked_for_is_refused() {
    let app = TestApp::on(Stage { real_limits: true, ..Stage::default() }).await;
    let mut mira = app.mira().await;
    for query in ["", "format=", "format=xlsx", "format=CSV", "format=csv&by=Mira", "format=json&from=tomorrow"] {
        mira.get(&export(query)).await.explains(400, "cannot be understood");
    }
    for _ in 0..5 {
        assert_eq!(mira.get(&export("format=csv")).await.status, 200, "what was refused was not counted");
    }
    let page = mira.get(&export("format=csv")).await;
    page.explains(429, "a lot");
    assert!(page.header("retry-after").parse::<u64>().unwrap() > 500);
    let settings = mira.get(&settings("export")).await;
    settings.explains(429, "a lot");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_cell_is_a_formula_and_no_name_breaks_a_line() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    for name in
        ["=1+1", "@SUM(A1)", "+49", "-1", "\t=x", "\u{ff1d}1", "a,\"b\"\r\nc", "\"'><img src=x onerror=alert(1)>"]
    {
        let text = name.replace('\'', "''");
        executes(&app, &format!("UPDATE changes SET actor_name = '{text}'")).await;
        let lines = csv(&mira.get(&export("format=csv")).await.body);
        assert_eq!((lines.len(), lines[1].len()), (2, 13), "{name}");
        let cell = &lines[1][7];
        assert_eq!(cell.trim_start_matches('\''), name.trim_start_matches('\''), "{name}");
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\u{ff1d}']), "{cell}");
        assert_eq!(json(&mut mira, "").await[0]["actor"], name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_this_person_cannot_see_is_not_named_in_the_file() {
    let mut stage = Stage::default();
    stage.world.set_role_permissions(seed::HARBOUR_CLUB, roles::EVENT_HOST, MANAGE_GUILD).unwrap();
    stage.world.set_member_roles(seed::HARBOUR_CLUB, seed::SAM, &[roles::EVENT_HOST]).unwrap();
    let app = TestApp::on(stage).await;
    let (mut mira, mut sam) = (app.mira().await, app.signed_in(seed::SAM).await);
    saves(&mut mira, "tickets", &[("log_channel_id", &channels::MOD_LOG.to_string())]).await;
    for format in ["csv", "json"] {
        let query = format!("format={format}");
        assert!(mira.get(&export(&query)).await.body.contains("mod-log"), "its owner may know");
        let theirs = sam.get(&export(&query)).await;
        assert_eq!(theirs.status, 200);
        assert!(!theirs.body.contains("mod-log") && theirs.body.contains("cannot see"), "{}", theirs.body);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_log_comes_whole_and_each_change_once() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    // As many as fit some pieces, to the last.
    for statement in many::statements(HARBOUR, 0..200) {
        executes(&app, &statement).await;
    }
    let before = app.parts.db.queries();
    let records = json(&mut mira, "").await;
    assert!(app.parts.db.queries() > before + 4, "it was read in pieces");
    let ids: Vec<String> = (0..200).rev().map(|number| many::id(number).to_string()).collect();
    assert_eq!(records.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>(), ids);
    assert_eq!(csv(&mira.get(&export("format=csv")).await.body).len(), 201);
    let states: std::collections::BTreeSet<_> = records.iter().filter_map(|one| one["state"].as_str()).collect();
    assert_eq!(states.into_iter().collect::<Vec<_>>(), ["live", "refused", "replaced", "sent", "waiting"]);
    let told = records.iter().find(|one| one["kind"] == "command").unwrap();
    assert!(told["title"].as_str().unwrap().contains("Ending the giveaway"), "{told}");
    assert_eq!((&told["state"], &told["number"]), (&Value::Null, &Value::Null));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_fails_in_the_middle_cuts_the_download_off() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for statement in many::statements(HARBOUR, 0..6_000) {
        executes(&app, &statement).await;
    }
    // Names that fill every buffer on the way, so that the file cannot be done before it is looked at.
    executes(&app, &format!("UPDATE changes SET actor_name = '{}'", "n".repeat(4_000))).await;
    let whole = mira.get(&export("format=csv")).await.body;
    assert_eq!(csv(&whole).len(), 6_001);

    let cookies: Vec<String> = mira.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let address = mira.base.strip_prefix("http://").unwrap().to_owned();
    let mut stream = tokio::net::TcpStream::connect(&address).await.unwrap();
    let request =
        format!("GET {} HTTP/1.1\r\nHost: {address}\r\nCookie: {}\r\n\r\n", export("format=csv"), cookies.join("; "));
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut start = vec![0; 64];
    stream.read_exact(&mut start).await.unwrap();
    assert!(start.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&start));
    executes(&app, "ALTER TABLE changes RENAME TO changes_away").await;
    let mut rest = Vec::new();
    // An end without an error means only that the connection was closed.
    let _ = stream.read_to_end(&mut rest).await;
    executes(&app, "ALTER TABLE changes_away RENAME TO changes").await;
    assert!(rest.len() < whole.len(), "it was cut off");
    assert!(!rest.ends_with(b"0\r\n\r\n"), "the end of a whole answer was not sent");
}
