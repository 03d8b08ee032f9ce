//! Discord: does it take the bot's token and the client's secret, does it know our address, and what time is it there?

use std::time::{Duration, SystemTime};

use super::Finding;
use crate::clock::Clock;
use crate::config::Config;
use crate::discord::{Discord, Finding as Found};
use crate::{modules, self_check};

const ABOUT: &str = "Discord";
/// Times are compared with those of Discord and of browsers; a few seconds do no harm.
const NOTICED: Duration = Duration::from_secs(5);
const TOO_MUCH: Duration = Duration::from_secs(60);

pub(super) async fn look(config: &Config) -> Vec<Finding> {
    let discord = config.for_discord().map_err(|error| error.to_string());
    let discord = discord.and_then(|known| Discord::new(known, Clock::default()).map_err(|error| error.to_string()));
    let discord = match discord {
        Ok(discord) => discord,
        Err(error) => return vec![Finding::wrong(ABOUT, error)],
    };
    let needed = self_check::needed(&modules::ALL);
    let (found, client, date) = tokio::join!(discord.self_check(&needed), discord.client_is_accepted(), discord.date());
    let mut findings = application(&found, config);
    findings.push(match client {
        Ok(true) => Finding::ok(ABOUT, "takes DISCORD_CLIENT_ID with DISCORD_CLIENT_SECRET."),
        Ok(false) => Finding::wrong(
            ABOUT,
            "refuses DISCORD_CLIENT_SECRET: nobody could sign in. Reset it under OAuth2 and set the new one.",
        ),
        Err(error) => Finding::wrong(ABOUT, format!("cannot be asked about the client: {error}.")),
    });
    findings.push(match date {
        Ok(date) => clock(date, SystemTime::now()),
        Err(error) => Finding::look("clock", format!("cannot be compared: {error}.")),
    });
    findings
}

fn application(found: &[Found], config: &Config) -> Vec<Finding> {
    let advice = |one: &Found| match one {
        Found::BotPrivate | Found::IntentMissing(_) => Finding::look(ABOUT, self_check::advice(one)),
        _ => Finding::wrong(ABOUT, self_check::advice(one)),
    };
    let mut findings: Vec<Finding> = found.iter().map(advice).collect();
    let asked = !found.iter().any(|one| matches!(one, Found::TokenRefused | Found::Unreachable(_)));
    let ours = !found.iter().any(|one| matches!(one, Found::TokenOfAnotherApplication { .. }));
    if asked && ours {
        findings.insert(0, Finding::ok(ABOUT, "takes DISCORD_BOT_TOKEN, of the application DISCORD_CLIENT_ID."));
        if !found.iter().any(|one| matches!(one, Found::RedirectNotRegistered(_))) {
            let says = format!("knows the address {}auth/callback.", config.public_url);
            findings.push(Finding::ok(ABOUT, says));
        }
    }
    findings
}

fn clock(theirs: SystemTime, ours: SystemTime) -> Finding {
    let ahead = ours.duration_since(theirs);
    let (apart, way) = match &ahead {
        Ok(apart) => (*apart, "ahead"),
        Err(error) => (error.duration(), "behind"),
    };
    let says = || format!("{} seconds {way} of Discord's: let it be set by NTP.", apart.as_secs());
    match apart {
        apart if apart > TOO_MUCH => Finding::wrong("clock", says()),
        apart if apart > NOTICED => Finding::look("clock", says()),
        _ => Finding::ok("clock", "as Discord's."),
    }
}
