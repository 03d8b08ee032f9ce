//! At start, and by `guildhall check`: is the application at Discord set up as it has to be? Said on the console; nothing is refused.

use crate::discord::{Discord, Finding, Intent};
use crate::settings::module::Module;

/// Asks Discord once and logs what is wrong and how to mend it.
pub async fn report(discord: Discord, modules: &'static [Module]) {
    let findings = discord.self_check(&needed(modules)).await;
    if findings.is_empty() {
        tracing::info!("the application at Discord is set up as it has to be");
    }
    for finding in findings {
        tracing::warn!(event = "discord_setup", "{}", advice(&finding));
    }
}

/// Everything that the modules need switched on at Discord.
pub fn needed(modules: &'static [Module]) -> Vec<Intent> {
    modules.iter().flat_map(|module| module.needs.intents).map(|(intent, _)| *intent).collect()
}

/// For the operator, on the console.
pub fn advice(finding: &Finding) -> String {
    match finding {
        Finding::TokenOfAnotherApplication { name, id } => format!(
            "DISCORD_BOT_TOKEN belongs to the application {name:?} ({id}), not to DISCORD_CLIENT_ID. Copy both from the same application."
        ),
        Finding::RedirectNotRegistered(redirect) => format!(
            "The address {redirect} is not registered at Discord: add it under OAuth2, Redirects, exactly like this. Until then nobody can sign in."
        ),
        Finding::CodeGrantRequired => {
            "The bot requires a code grant: switch off \"Requires OAuth2 Code Grant\" under Bot, or invitations made elsewhere fail.".into()
        }
        Finding::BotPrivate => {
            "The bot is private: only its owner can invite it. Switch on \"Public Bot\" under Bot if others are to.".into()
        }
        Finding::IntentMissing(Intent::Presence) => {
            "The presence intent is off: {activity} in the names of rooms stays empty. Switch it on under Bot if you use it.".into()
        }
        Finding::IntentMissing(Intent::MessageContent) => {
            "The message content intent is off: transcripts of tickets stay empty. Switch it on under Bot.".into()
        }
        Finding::TokenRefused => "Discord refuses DISCORD_BOT_TOKEN: reset it under Bot and set the new one.".into(),
        Finding::Unreachable(cause) => format!("Discord cannot be reached, so the set-up is not checked ({cause})."),
    }
}
