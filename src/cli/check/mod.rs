//! `guildhall check`: tries everything that Guildhall stands on, changes nothing, and says in a line each what is well,
//! what is worth a look, and what is wrong and how to mend it. No secret is ever printed.

mod database;
mod discord;
mod environment;
mod redis;
mod rights;

use std::io::Write as _;
use std::process::ExitCode;

use serde::Serialize;

use crate::config::Config;

/// How well something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Ok,
    /// It works; somebody should know.
    Look,
    /// It will not work.
    Wrong,
}

#[derive(Clone, Debug, Serialize)]
struct Finding {
    word: Word,
    about: &'static str,
    says: String,
}

impl Finding {
    /// In one line, whatever a library says in several.
    fn new(word: Word, about: &'static str, says: &str) -> Self {
        Self { word, about, says: says.split_whitespace().collect::<Vec<_>>().join(" ") }
    }

    fn ok(about: &'static str, says: impl Into<String>) -> Self {
        Self::new(Word::Ok, about, &says.into())
    }

    fn is_ok(&self) -> bool {
        matches!(self.word, Word::Ok)
    }

    fn look(about: &'static str, says: impl Into<String>) -> Self {
        Self::new(Word::Look, about, &says.into())
    }

    fn wrong(about: &'static str, says: impl Into<String>) -> Self {
        Self::new(Word::Wrong, about, &says.into())
    }
}

#[derive(Serialize)]
struct Report<'a> {
    ok: bool,
    findings: &'a [Finding],
}

/// The code is 1 if anything is wrong.
pub(super) async fn check(json: bool) -> ExitCode {
    let findings = findings().await;
    let ok = findings.iter().all(|finding| finding.word != Word::Wrong);
    let mut out = std::io::stdout();
    // Who has closed our output wants to hear no more.
    if json {
        let report = serde_json::to_string(&Report { ok, findings: &findings }).unwrap_or_default();
        let _ = writeln!(out, "{report}");
    } else {
        for Finding { word, about, says } in &findings {
            let word = match word {
                Word::Ok => "ok   ",
                Word::Look => "look ",
                Word::Wrong => "WRONG",
            };
            let _ = writeln!(out, "{word}  {about:<14}  {says}");
        }
    }
    if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn findings() -> Vec<Finding> {
    let config = match Config::from_env() {
        Ok(config) => config,
        Err(trouble) => return trouble.wrong().map(|wrong| Finding::wrong("environment", wrong)).collect(),
    };
    let mut findings = environment::look(&config);
    let (database, deployment) = database::look(&config).await;
    findings.extend(database);
    let (redis, discord) = tokio::join!(redis::look(&config, deployment), discord::look(&config));
    findings.extend(redis);
    findings.extend(discord);
    findings
}
