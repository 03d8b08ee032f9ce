//! The bot of docs/protocol.md in TypeScript, checked by its compiler and run against the dashboard.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use config_sync::{Applied, Event};
use discord_standin::seed;
use redis::AsyncCommands as _;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Child;

use super::packages;
use crate::commands::{comes_to, ending, gives, tries_again};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};

const FILES: [&str; 4] = ["bot.ts", "commands.ts", "follow.ts", "tsconfig.json"];

/// Compiles the bot, strictly, into a folder of its own.
fn compiled(folder: &Path) -> PathBuf {
    for file in FILES {
        std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire").join(file), folder.join(file)).unwrap();
    }
    // What is compiled are modules, as the package there says.
    std::fs::write(folder.join("package.json"), r#"{"type":"module"}"#).unwrap();
    let modules = packages();
    std::os::unix::fs::symlink(&modules, folder.join("node_modules")).unwrap();
    let mut compiler = Command::new("node");
    let done = compiler.arg(modules.join("typescript/bin/tsc")).current_dir(folder).output().expect("node");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    folder.join("built/follow.js")
}

/// What the bot prints, line by line.
type Lines = Arc<Mutex<Vec<Value>>>;

/// A running bot; it stops when its input is closed, and is killed if the story fails.
struct Running {
    child: Child,
    lines: Lines,
}

impl Running {
    fn start(program: &Path, app: &TestApp) -> Self {
        let mut child = tokio::process::Command::new("node")
            .arg(program)
            .args([&app.redis.url(), &app.prefix, &seed::CLIENT_ID.to_string(), &HARBOUR.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("node");
        let lines = Lines::default();
        let (notes, mut out) = (Arc::clone(&lines), BufReader::new(child.stdout.take().unwrap()).lines());
        tokio::spawn(async move {
            while let Some(line) = out.next_line().await.unwrap() {
                notes.lock().unwrap().push(serde_json::from_str(&line).unwrap());
            }
        });
        Self { child, lines }
    }

    /// The volumes it was given, in order, once there are so many.
    async fn volumes(&self, count: usize) -> Vec<Value> {
        let all = || {
            let lines = self.lines.lock().unwrap();
            let volumes: Vec<Value> = lines.iter().filter_map(|line| line.get("volume").cloned()).collect();
            volumes
        };
        eventually(&format!("the bot was given {count} volumes"), || async { all().len() >= count }).await;
        all()
    }

    /// The commands it has done or tried, in order.
    fn commands(&self) -> Vec<Value> {
        self.lines.lock().unwrap().iter().filter_map(|line| line.get("command").cloned()).collect()
    }

    /// Whether it knows that a module was never saved.
    fn knows_default(&self, module: &str) -> bool {
        self.lines.lock().unwrap().contains(&json!({ "module": module, "defaults": true }))
    }

    async fn ends(mut self) {
        drop(self.child.stdin.take());
        assert!(self.child.wait().await.unwrap().success());
    }
}

/// What is noted as applied, once it is so.
async fn applied(app: &TestApp, is: impl Fn(&Applied) -> bool) -> Applied {
    let key = format!("{}bot:config:applied:{HARBOUR}", app.prefix);
    let read = || async {
        let mut connection = app.redis.connection().await.ok()?;
        let text: Option<String> = connection.hget(&key, "MUSIC").await.ok()?;
        serde_json::from_str::<Applied>(&text?).ok().filter(&is)
    };
    eventually("it is noted what the bot applied", || async { read().await.is_some() }).await;
    read().await.unwrap()
}

/// The events on the stream, of a type.
async fn events(app: &TestApp, kind: &str) -> Vec<Event> {
    let key = format!("{}bot:events", app.prefix);
    let stream: redis::streams::StreamRangeReply = app.redis.connection().await.unwrap().xrange_all(key).await.unwrap();
    let texts = stream.ids.iter().map(|entry| entry.get::<String>("event").unwrap());
    texts.map(|text| serde_json::from_str::<Event>(&text).unwrap()).filter(|event| event.kind == kind).collect()
}

/// Everything said on the channel of events.
async fn said(app: &TestApp) -> Arc<Mutex<Vec<Event>>> {
    let client = redis::Client::open(app.redis.url()).unwrap();
    let mut ear = client.get_async_pubsub().await.unwrap();
    ear.subscribe(format!("{}discord_events", app.prefix)).await.unwrap();
    let said: Arc<Mutex<Vec<Event>>> = Arc::default();
    let notes = Arc::clone(&said);
    tokio::spawn(async move {
        let mut messages = ear.into_on_message();
        while let Some(message) = futures_util::StreamExt::next(&mut messages).await {
            notes.lock().unwrap().push(serde_json::from_slice(message.get_payload_bytes()).unwrap());
        }
    });
    said
}

async fn revision(app: &TestApp) -> u64 {
    u64::try_from(app.stored("music").await.unwrap().1).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_in_typescript_catches_up_applies_refuses_answers_and_outlives_redis() {
    let app = TestApp::with_own_redis().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    let program = tokio::task::spawn_blocking(move || compiled(&path)).await.unwrap();
    let mut mira = app.mira().await;
    for volume in ["11", "12"] {
        assert_eq!(mira.saves("music", &[("default_volume", volume)]).await.status, 303);
    }
    let said = said(&app).await;

    // It was away, and finds the newest.
    let bot = Running::start(&program, &app);
    assert_eq!(bot.volumes(1).await, [12]);
    let (twelve, note) = (revision(&app).await, applied(&app, |note| note.revision > 0).await);
    assert_eq!((note.revision, note.rejected, note.bot_id.as_str()), (twelve, None, "typescript"));
    eventually("it knows what was never saved", || async { bot.knows_default("TICKETS") }).await;
    assert!(!bot.knows_default("MUSIC"));

    // It listens; it refuses.
    assert_eq!(mira.saves("music", &[("default_volume", "14")]).await.status, 303);
    assert_eq!(bot.volumes(2).await, [12, 14]);
    let fourteen = revision(&app).await;
    applied(&app, |note| note.revision == fourteen).await;
    assert_eq!(mira.saves("music", &[("default_volume", "13")]).await.status, 303);
    let thirteen = revision(&app).await;
    let note = applied(&app, |note| note.rejected.is_some()).await;
    assert_eq!((note.revision, note.rejected), (fourteen, Some(thirteen)));
    assert_eq!(note.reason.as_deref(), Some("thirteen brings bad luck"));

    // It says so on both ways, and that it is there.
    eventually("the refusal is on the stream", || async { !events(&app, "CONFIG_REJECTED").await.is_empty() }).await;
    let answers = events(&app, "CONFIG_APPLIED").await;
    let revisions: Vec<&Value> = answers.iter().map(|event| &event.data["revision"]).collect();
    assert_eq!(revisions, [&json!(twelve), &json!(fourteen)]);
    assert!(answers.iter().all(|event| event.data["applicationId"] == seed::CLIENT_ID.to_string()));
    let refusal = &events(&app, "CONFIG_REJECTED").await[0];
    assert_eq!(refusal.data["reason"], "thirteen brings bad luck");
    assert_eq!(events(&app, "BOT_READY").await.len(), 1);
    eventually("the same was said on the channel", || async { said.lock().unwrap().contains(refusal) }).await;

    // Redis goes away with all it held, and comes back.
    app.redis.kill();
    assert_eq!(mira.saves("music", &[("default_volume", "15")]).await.status, 303);
    app.redis.restart().await;
    assert_eq!(bot.volumes(4).await, [12, 14, 13, 15]);
    let fifteen = revision(&app).await;
    let note = applied(&app, |note| note.revision == fifteen).await;
    assert_eq!((note.rejected, note.reason), (None, None), "settled");

    // What it answered before is not said again by the next process.
    bot.ends().await;
    let before = events(&app, "CONFIG_APPLIED").await.len();
    let next = Running::start(&program, &app);
    assert_eq!(next.volumes(1).await, [15]);
    next.ends().await;
    assert_eq!(events(&app, "CONFIG_APPLIED").await.len(), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_in_typescript_does_a_command_once_and_answers_every_one() {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    let program = tokio::task::spawn_blocking(move || compiled(&path)).await.unwrap();
    let mut mira = app.mira().await;
    let (died, _) = gives(&app, seed::MIRA, ending("Died")).await;
    let key = format!("{}bot:command:{}", app.prefix, died.id);
    let claim = json!({ "botId": "typescript", "life": "an earlier one", "at": 1 }).to_string();
    let _: () = app.redis.connection().await.unwrap().set(key, claim).await.unwrap();
    let (early, early_page) = gives(&app, seed::MIRA, ending("Nitro")).await;
    app.clock.advance(std::time::Duration::from_secs(31));
    // It is told again before the bot is there, and once more when it has done it.
    comes_to(&mira, &early_page, "no-answer").await;
    assert_eq!(tries_again(&mut mira, &early_page).await.status, 303);
    let bot = Running::start(&program, &app);
    let page = comes_to(&mira, &early_page, "done").await;
    let link = page.attributes("#command-now .command a", "href").remove(0);
    assert!(link.ends_with("/816370501973721200/816370501973721300"), "{link}");
    let body = crate::commands::on_the_stream(&app).await.pop().unwrap().to_string();
    let now = config_sync::now_ms();
    app.parts.relay.publisher().dispatch(body.as_bytes(), now + 60_000).await.unwrap();
    let mut gone = ending("Gone");
    gone.fields.insert("giveawayId".into(), "gone".into());
    let (gone, page) = gives(&app, seed::MIRA, gone).await;
    let page = comes_to(&mira, &page, "failed").await;
    assert!(page.text("#command-now .command").contains("does not know what this is about"));
    assert_eq!(bot.commands(), [json!(early.id), json!(gone.id)]);
    let of_died = format!("/guilds/{HARBOUR}/commands/{}", died.id);
    let page = comes_to(&mira, &of_died, "failed").await;
    assert!(page.text("#command-now .command").contains("was restarted while it was at it"), "{}", page.main());
    bot.ends().await;
}
