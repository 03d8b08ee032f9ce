//! The smallest Discord that the tests beside it need: a server whose answers a closure gives.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::SecretString;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use twilight_model::id::Id;

use super::rest::Timing;
use super::{Discord, DiscordConfig};
use crate::clock::Clock;

pub(super) fn config(base: &str) -> DiscordConfig {
    DiscordConfig {
        base: base.parse().unwrap(),
        cdn: base.parse().unwrap(),
        client_id: Id::new(1_279_772_747_366_797_316),
        client_secret: SecretString::from("the-client-secret"),
        bot_token: SecretString::from("the-bot-token"),
        redirect: "http://127.0.0.1:8080/auth/callback".parse().unwrap(),
    }
}

#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub line: String,
    pub headers: HashMap<String, String>,
    pub body: String,
}

pub(super) struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// Before the headers, and in the middle of the body.
    waits: (Duration, Duration),
    /// How many bytes more are announced than sent.
    missing: usize,
}

pub(super) fn json(status: u16, body: Value) -> Reply {
    text(status, "application/json", body.to_string())
}

pub(super) fn text(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Reply {
    let headers = vec![("content-type", content_type.to_owned())];
    Reply { status, headers, body: body.into(), waits: (Duration::ZERO, Duration::ZERO), missing: 0 }
}

impl Reply {
    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(super) fn late(mut self, wait: Duration) -> Self {
        self.waits.0 = wait;
        self
    }

    pub(super) fn stalling(mut self, wait: Duration) -> Self {
        self.waits.1 = wait;
        self
    }

    pub(super) fn cut_short(mut self) -> Self {
        self.missing = 10;
        self
    }
}

/// Patient with a busy machine, quick to try again.
fn patient() -> Timing {
    Timing {
        attempt: Duration::from_secs(10),
        budget: Duration::from_secs(30),
        pauses: [Duration::from_millis(5), Duration::from_millis(10)],
        ..Timing::default()
    }
}

/// A running fake, and the client that knows no other Discord.
pub(super) struct Fake {
    pub discord: Discord,
    pub clock: Clock,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Fake {
    /// Answers each request by its line (`GET /api/v10/users/@me`) and how many came before it.
    pub(super) async fn start(answer: impl Fn(&str, usize) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_with(patient(), answer).await
    }

    /// The same for a client that gives up soon.
    pub(super) async fn start_impatient(answer: impl Fn(&str, usize) -> Reply + Send + Sync + 'static) -> Self {
        let timing = Timing { attempt: Duration::from_millis(300), exchange: Duration::from_millis(300), ..patient() };
        Self::start_with(timing, answer).await
    }

    async fn start_with(timing: Timing, answer: impl Fn(&str, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (asked, answer) = (Arc::new(Mutex::new(Vec::new())), Arc::new(answer));
        let log = Arc::clone(&asked);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&log), Arc::clone(&answer)));
            }
        });
        Self::at(&base, asked, timing)
    }

    /// A client whose Discord does not listen.
    pub(super) async fn nobody() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        Self::at(&base, Arc::default(), patient())
    }

    fn at(base: &str, asked: Arc<Mutex<Vec<Asked>>>, timing: Timing) -> Self {
        let clock = Clock::default();
        let discord = Discord::with_timing(config(base), clock.clone(), timing).unwrap();
        Self { discord, clock, asked }
    }

    pub(super) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The lines of all requests so far.
    pub(super) fn lines(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.line).collect()
    }
}

async fn serve(mut stream: TcpStream, log: Arc<Mutex<Vec<Asked>>>, answer: Arc<impl Fn(&str, usize) -> Reply>) {
    let Some(asked) = read(&mut stream).await else { return };
    let (line, nth) = {
        let mut log = log.lock().unwrap();
        log.push(asked.clone());
        (asked.line, log.len() - 1)
    };
    let reply = answer(&line, nth);
    tokio::time::sleep(reply.waits.0).await;
    let mut head = format!("HTTP/1.1 {} X\r\nconnection: close\r\n", reply.status);
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("content-length: {}\r\n\r\n", reply.body.len() + reply.missing));
    let (first, second) = reply.body.split_at(reply.body.len() / 2);
    let _ = stream.write_all(head.as_bytes()).await;
    let _ = stream.write_all(first).await;
    tokio::time::sleep(reply.waits.1).await;
    let _ = stream.write_all(second).await;
    let _ = stream.shutdown().await;
}

async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let mut lines = head.lines();
            let line = lines.next()?.trim_end_matches(" HTTP/1.1").to_owned();
            let headers: HashMap<String, String> = lines
                .filter_map(|line| line.split_once(": "))
                .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                .collect();
            let length: usize = headers.get("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
            if body.len() >= length {
                return Some(Asked { line, headers, body: body.to_owned() });
            }
        }
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk).await {
            Ok(read) if read > 0 => bytes.extend_from_slice(&chunk[..read]),
            _ => return None,
        }
    }
}
