//! A copy of the database, and going back to it.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use config_sync::EventPublisher;
use demo::bot::ExampleBot;
use redis::AsyncCommands as _;
use redis::streams::StreamPendingReply;
use serde_json::json;

use super::place::{Place, Program};
use crate::happenings::event;
use crate::support::app::{HARBOUR, eventually};
use crate::support::database::server;
use crate::support::visitor::Visitor;
use crate::tickets::tickets;

/// Somebody who saves again and again, and counts what was saved.
fn busy(mut visitor: Visitor, module: &'static str, field: &'static str) -> (Arc<AtomicBool>, Arc<AtomicU32>) {
    let (stop, saved) = (Arc::<AtomicBool>::default(), Arc::<AtomicU32>::default());
    let (stopped, count) = (stop.clone(), saved.clone());
    tokio::spawn(async move {
        for n in 0_u32.. {
            if stopped.load(Ordering::Relaxed) {
                return;
            }
            // As fast as a hand, so that nobody's limit is met.
            tokio::time::sleep(Duration::from_millis(300)).await;
            let value = (n % 50 + 1).to_string();
            if visitor.saves(module, &[(field, &value)]).await.status == 303 {
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
    });
    (stop, saved)
}

async fn volume(visitor: &mut Visitor) -> String {
    let form = visitor.opens("music").await;
    form.into_iter().find(|(name, _)| name == "default_volume").unwrap().1
}

/// What the bot goes by.
fn bots_volume(bot: &ExampleBot) -> Option<i64> {
    let applied = bot.applied();
    let last = applied.iter().rev().find(|change| change.module.as_str() == "MUSIC")?;
    last.settings.get("defaultVolume")?.as_i64()
}

/// Ends the program and puts a backup in its database's place, as docs/operations.md says it.
async fn goes_back(place: &Place, mut program: Program, copy: &Path) {
    program.is_told("TERM");
    assert!(program.ends().await.success());
    let database = place.database.path.clone().unwrap();
    for tail in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{tail}", database.display()));
    }
    std::fs::copy(copy, &database).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_made_under_load_can_be_gone_back_to_and_the_bot_follows() {
    if server().is_some() {
        return;
    }
    let place = Place::with_own_redis().await;
    let program = place.serves().await;
    let bot = ExampleBot::start(&place.redis.url(), "", [HARBOUR]).unwrap();
    let mut mira = place.mira().await;
    assert_eq!(mira.saves("music", &[("default_volume", "81")]).await.status, 303);
    let mut other = place.visitor();
    other.signs_in(discord_standin::seed::JONAS).await;
    let (stop, saved) = busy(other, "tempvoice", "auto_lock_minutes");
    eventually("somebody saves", || async { saved.load(Ordering::Relaxed) > 3 }).await;

    let copy = place.path("copy.db");
    let ran = place.runs(&["backup", copy.to_str().unwrap()]).await;
    assert!(ran.well && ran.said.contains("whole copy"), "{}", ran.said);
    let before = saved.load(Ordering::Relaxed);
    eventually("saving goes on", || async { saved.load(Ordering::Relaxed) > before + 2 }).await;
    stop.store(true, Ordering::Relaxed);
    assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    let bytes = std::fs::read(&copy).unwrap();
    let ran = place.runs(&["backup", copy.to_str().unwrap()]).await;
    assert!(!ran.well && ran.said.contains("Nothing is overwritten"), "{}", ran.said);
    assert!(std::fs::read(&copy).unwrap() == bytes, "and nothing was");
    let beside = std::fs::read_dir(place.folder.path())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("copy.db"));
    assert_eq!(beside.count(), 1, "the copy is one file");

    // Later than the copy: the bot has it, and the copy does not.
    assert_eq!(mira.saves("music", &[("default_volume", "82")]).await.status, 303);
    eventually("the bot goes by the newest", || async { bots_volume(&bot) == Some(82) }).await;

    goes_back(&place, program, &copy).await;
    let program = place.serves().await;
    let mut mira = place.mira().await;
    assert_eq!(volume(&mut mira).await, "81");
    eventually("the bot goes by the database again", || async { bots_volume(&bot) == Some(81) }).await;
    eventually("it is well", || async { program.readiness().await == (200, "ok".into()) }).await;
}

/// The bot says that a ticket was opened.
async fn opens_a_ticket(place: &Place, number: u64) {
    let bot = EventPublisher::new(&place.redis.url(), "").unwrap();
    let ticket = json!({"ticketId": format!("t-{number}"), "number": number, "username": "Ines"});
    bot.send(&event("TICKET_CREATE", ticket)).unwrap();
    assert!(bot.flush(Duration::from_secs(10)).await);
}

/// The open tickets, as the page names them.
async fn open_tickets(mira: &Visitor) -> Vec<String> {
    let mut names = mira.clone().get(&tickets()).await.texts(".log-entry h2 a");
    names.sort();
    names
}

/// The command that docs/operations.md gives for going back to a backup, as it stands there.
fn documented() -> Vec<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/operations.md")).unwrap();
    let command = text.split('`').find(|words| words.starts_with("redis-cli XGROUP")).unwrap();
    command.split_whitespace().skip(1).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_bot_said_after_a_backup_is_read_again_by_the_documented_command_and_not_without() {
    if server().is_some() {
        return;
    }
    let place = Place::with_own_redis().await;
    let program = place.serves().await;
    let mira = place.mira().await;
    opens_a_ticket(&place, 1).await;
    eventually("the first is shown", || async { open_tickets(&mira).await == ["Ticket 1"] }).await;
    let copy = place.path("copy.db");
    let ran = place.runs(&["backup", copy.to_str().unwrap()]).await;
    assert!(ran.well, "{}", ran.said);
    opens_a_ticket(&place, 2).await;
    eventually("the second is shown", || async { open_tickets(&mira).await == ["Ticket 1", "Ticket 2"] }).await;

    goes_back(&place, program, &copy).await;
    let mut connection = place.redis.connection().await.unwrap();
    let pending: StreamPendingReply = connection.xpending("bot:events", "guildhall").await.unwrap();
    assert_eq!(pending.count(), 0, "all is acknowledged");
    let program = place.serves().await;
    let mira = place.mira().await;
    opens_a_ticket(&place, 3).await;
    eventually("the third is shown", || async { open_tickets(&mira).await.contains(&"Ticket 3".to_owned()) }).await;
    assert_eq!(open_tickets(&mira).await, ["Ticket 1", "Ticket 3"], "what is acknowledged does not come again");

    goes_back(&place, program, &copy).await;
    let command = documented();
    redis::cmd(&command[0]).arg(&command[1..]).exec_async(&mut connection).await.unwrap();
    let _program = place.serves().await;
    let mira = place.mira().await;
    let all = ["Ticket 1", "Ticket 2", "Ticket 3"];
    eventually("all of it comes again", || async { open_tickets(&mira).await == all }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_that_cannot_be_made_says_why_and_leaves_no_file() {
    let mut place = Place::make().await;
    let copy = place.path("copy.db");
    let arguments = ["backup", copy.to_str().unwrap()];
    if server().is_some() {
        let ran = place.runs(&arguments).await;
        assert!(!ran.well && ran.said.contains("pg_dump"), "{}", ran.said);
        assert!(!copy.exists());
        return;
    }
    place.set("DATABASE_URL", format!("sqlite://{}", place.path("not-there.db").display()));
    let ran = place.runs(&arguments).await;
    assert!(!ran.well && ran.said.contains("there is no file"), "{}", ran.said);
    assert!(!copy.exists() && !place.path("not-there.db").exists());

    let letter = place.path("letter.db");
    std::fs::write(&letter, "Dear diary, this is no database. ".repeat(200)).unwrap();
    place.set("DATABASE_URL", format!("sqlite://{}", letter.display()));
    let ran = place.runs(&arguments).await;
    assert!(!ran.well && ran.said.contains("DATABASE_URL"), "{}", ran.said);
    assert!(!copy.exists());
    let ran = place.runs(&["backup", "/no/such/folder/copy.db"]).await;
    assert!(!ran.well, "{}", ran.said);
}
