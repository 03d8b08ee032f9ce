//! What the bot hears, byte by byte: read by a bot author's plain JavaScript, by the Rust crate, and by eye.

mod documents;
mod typescript;

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use config_sync::{Change, ConfigCache, ConfigSubscriber, Known, ModuleName};
use discord_standin::seed;
use guildhall::modules::{Giveaway, Music, TempVoice, Tickets};
use guildhall::settings::module::ModuleKey;

use crate::settings::full::entries;
use crate::settings::replaced;
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::visitor::{Visitor, settings};

/// Every setting of a module at once.
async fn saves_everything(visitor: &mut Visitor, name: &str) {
    let form = visitor.opens(name).await;
    let form = entries(name).iter().fold(form, |form, entry| replaced(&form, entry.field, &entry.pairs));
    let answer = visitor.post(&settings(name), &form).await;
    assert_eq!(answer.status, 303, "{name}: {:?}", answer.texts("#errors li"));
}

async fn resets(visitor: &mut Visitor, name: &str) {
    let there = format!("{}/reset", settings(name));
    let form = visitor.get(&there).await.form(&there);
    assert_eq!(visitor.post(&there, &form).await.status, 303, "{name}");
}

/// A folder with the script and the packages it needs.
#[expect(clippy::disallowed_methods, reason = "tests are told by their environment where things are")]
fn packages() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire");
    let folder = std::env::var_os("NODE_WIRE_DIR").map_or_else(|| own.clone(), PathBuf::from);
    if folder == own && !own.join("node_modules").exists() {
        let done = Command::new("npm").args(["ci", "--ignore-scripts"]).current_dir(&own).status().expect("npm");
        assert!(done.success(), "npm ci in tests/wire");
    }
    folder.join("node_modules").canonicalize().expect("NODE_WIRE_DIR names a folder with node_modules")
}

/// Starts the script beside its packages, and waits until it has subscribed.
fn javascript(folder: &Path, arguments: &[&str]) -> Child {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire/subscriber.mjs");
    std::fs::copy(script, folder.join("subscriber.mjs")).unwrap();
    std::os::unix::fs::symlink(packages(), folder.join("node_modules")).unwrap();
    let mut child = Command::new("node")
        .arg(folder.join("subscriber.mjs"))
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("node");
    let mut lines = BufReader::new(child.stdout.as_mut().unwrap());
    let mut line = String::new();
    lines.read_line(&mut line).unwrap();
    assert_eq!(line, "READY\n", "the first word of the script");
    // So few lines follow that they fit into the pipe's buffer of the reader below.
    child
}

fn ends_well(mut child: Child) {
    let mut out = child.stdout.take().unwrap();
    let reading = std::thread::spawn(move || {
        let mut text = String::new();
        out.read_to_string(&mut text).unwrap();
        text.lines().count()
    });
    let mut wrong = String::new();
    child.stderr.take().unwrap().read_to_string(&mut wrong).unwrap();
    let code = child.wait().unwrap().code();
    assert_eq!((code, wrong.as_str()), (Some(0), ""));
    assert_eq!(reading.join().unwrap(), 24, "twelve changes on two channels");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_in_plain_javascript_finds_every_message_as_the_protocol_says() {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let (url, prefix, path) = (app.redis.url(), app.prefix.clone(), folder.path().to_owned());
    let child = tokio::task::spawn_blocking(move || javascript(&path, &[&url, &prefix, "12", "60"])).await.unwrap();
    let mut mira = app.mira().await;
    for key in ModuleKey::ALL {
        saves_everything(&mut mira, key.as_str()).await;
        resets(&mut mira, key.as_str()).await;
        saves_everything(&mut mira, key.as_str()).await;
    }
    tokio::task::spawn_blocking(move || ends_well(child)).await.unwrap();
    assert_eq!(app.changes().await.0, 12);
}

fn golden(module: &str) -> &'static str {
    match module {
        "tempvoice" => include_str!("golden/tempvoice.json"),
        "giveaway" => include_str!("golden/giveaway.json"),
        "tickets" => include_str!("golden/tickets.json"),
        "music" => include_str!("golden/music.json"),
        other => panic!("no message of {other} is written down"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_bytes_of_a_message_are_those_that_bots_rely_on() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let mut mira = app.mira().await;
    for (turn, key) in ModuleKey::ALL.into_iter().enumerate() {
        let name = key.as_str();
        saves_everything(&mut mira, name).await;
        bot.messages(turn + 1).await;
        let channel = format!("bot:config:{name}");
        let (_, bytes) = bot.heard().into_iter().find(|(one, _)| *one == channel).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let message: serde_json::Value = serde_json::from_str(&text).unwrap();
        // Time and revision are of the moment; everything else stands as written.
        let still = text
            .replace(&format!("\"timestamp\":{}", message["timestamp"]), "\"timestamp\":1")
            .replace(&format!("\"revision\":{}", message["data"]["revision"]), "\"revision\":1");
        assert_eq!(still, golden(name).trim_end(), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_that_comes_late_and_stays_ends_with_exactly_what_is_stored() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    saves_everything(&mut mira, "tempvoice").await;
    saves_everything(&mut mira, "music").await;
    resets(&mut mira, "music").await;

    let (music, tempvoice) =
        (ConfigCache::<Music>::new(ModuleName::MUSIC), ConfigCache::<TempVoice>::new(ModuleName::TEMPVOICE));
    let (tickets, giveaway) =
        (ConfigCache::<Tickets>::new(ModuleName::TICKETS), ConfigCache::<Giveaway>::new(ModuleName::GIVEAWAY));
    let heard: Arc<Mutex<Vec<Change>>> = Arc::default();
    let notes = heard.clone();
    let bot = ConfigSubscriber::builder(app.redis.url())
        .prefix(&app.prefix)
        .application_id(seed::CLIENT_ID)
        .guilds([HARBOUR])
        .cache(&music)
        .cache(&tempvoice)
        .cache(&tickets)
        .cache(&giveaway)
        .on_all(move |change| {
            notes.lock().unwrap().push(change);
            std::future::ready(Ok::<_, String>(()))
        })
        .start()
        .unwrap();
    eventually("the bot has read what it missed", || async { giveaway.get(HARBOUR) != Known::NotYet }).await;
    assert_eq!(giveaway.get(HARBOUR), Known::Defaults(Arc::new(Giveaway::default())), "never saved");
    assert_eq!(music.get(HARBOUR), Known::Saved(Arc::new(Music::default())), "reset");

    for volume in ["11", "12", "13"] {
        assert_eq!(mira.saves("music", &[("default_volume", volume)]).await.status, 303);
    }
    saves_everything(&mut mira, "tickets").await;
    saves_everything(&mut mira, "giveaway").await;
    resets(&mut mira, "tempvoice").await;

    let mut newest = Vec::new();
    for key in ModuleKey::ALL {
        let (settings, revision) = app.stored(key.as_str()).await.unwrap();
        newest.push((key.wire_name(), settings, u64::try_from(revision).unwrap()));
    }
    eventually("the bot holds what is stored", || async {
        let heard = heard.lock().unwrap();
        newest.iter().all(|(module, settings, revision)| {
            let last = heard.iter().rfind(|change| change.module == *module);
            last.is_some_and(|last| last.settings == *settings && last.revision == *revision)
        })
    })
    .await;
    let of = |name: &ModuleName| newest.iter().find(|(module, ..)| module == name).unwrap().1.clone();
    assert_eq!(serde_json::to_value(&*music.get(HARBOUR).in_force().unwrap()).unwrap(), of(&ModuleName::MUSIC));
    assert_eq!(serde_json::to_value(&*tempvoice.get(HARBOUR).in_force().unwrap()).unwrap(), of(&ModuleName::TEMPVOICE));
    assert_eq!(serde_json::to_value(&*tickets.get(HARBOUR).in_force().unwrap()).unwrap(), of(&ModuleName::TICKETS));
    assert_eq!(serde_json::to_value(&*giveaway.get(HARBOUR).in_force().unwrap()).unwrap(), of(&ModuleName::GIVEAWAY));
    let heard = heard.lock().unwrap().clone();
    for key in ModuleKey::ALL {
        let revisions: Vec<u64> =
            heard.iter().filter(|change| change.module == key.wire_name()).map(|change| change.revision).collect();
        assert!(revisions.is_sorted_by(|one, next| one < next), "never twice, never backwards: {revisions:?}");
    }
    bot.stop().await;
}
