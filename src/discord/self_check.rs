//! What is wrong with the application at Discord, asked once at start.
//!
//! Only what is found; how it is said, and to whom, is elsewhere.

use std::time::{Duration, SystemTime};

use secrecy::SecretString;
use twilight_model::id::Id;
use twilight_model::id::marker::ApplicationMarker;
use url::Url;

use super::model::Application;
use super::{Discord, DiscordConfig, DiscordError, SignInTrouble};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// `DISCORD_BOT_TOKEN` belongs to another application than `DISCORD_CLIENT_ID`.
    TokenOfAnotherApplication {
        name: String,
        id: Id<ApplicationMarker>,
    },
    RedirectNotRegistered(Url),
    /// "Requires OAuth2 code grant": links from elsewhere cannot add the bot.
    CodeGrantRequired,
    /// Only the application's owner can add the bot.
    BotPrivate,
    IntentMissing(Intent),
    TokenRefused,
    /// Discord could not be asked; the cause is for the log.
    Unreachable(String),
}

/// What must be switched on for the bot at Discord.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    Presence,
    MessageContent,
}

impl Intent {
    /// Whether an application with these flags has it.
    pub fn is_on(self, flags: u64) -> bool {
        flags & self.flags() != 0
    }

    /// Either flag will do: one for bots on many servers, one for those on few.
    fn flags(self) -> u64 {
        match self {
            Self::Presence => 1 << 12 | 1 << 13,
            Self::MessageContent => 1 << 18 | 1 << 19,
        }
    }
}

impl Discord {
    /// Whether Discord takes our client id and secret. A code that nobody was given tells: it is refused as a code
    /// only after they were taken.
    ///
    /// # Errors
    /// Discord could not be asked.
    pub async fn client_is_accepted(&self) -> Result<bool, DiscordError> {
        match self.exchange("guildhall-check", &SecretString::from("guildhall-check-".repeat(4))).await {
            Ok(_) | Err(SignInTrouble::Refused) => Ok(true),
            Err(SignInTrouble::Misconfigured) => Ok(false),
            Err(SignInTrouble::Unavailable(cause)) => Err(DiscordError::Unavailable(cause)),
        }
    }

    /// What Discord's clock says, to the second.
    ///
    /// # Errors
    /// Discord could not be asked.
    pub async fn date(&self) -> Result<SystemTime, DiscordError> {
        self.0.rest.date().await
    }

    /// Asks Discord about our own application. An empty list is good news.
    pub async fn self_check(&self, needed: &[Intent]) -> Vec<Finding> {
        match self.application_within(Duration::ZERO).await {
            Ok(application) => findings(&application, &self.0.config, needed),
            Err(DiscordError::Unauthorized | DiscordError::Forbidden) => vec![Finding::TokenRefused],
            Err(error) => vec![Finding::Unreachable(error.to_string())],
        }
    }
}

fn findings(application: &Application, config: &DiscordConfig, needed: &[Intent]) -> Vec<Finding> {
    let mut found = Vec::new();
    if application.id != config.client_id {
        // Whatever else is wrong is wrong with the other application.
        let (name, id) = (application.name.clone(), application.id);
        return vec![Finding::TokenOfAnotherApplication { name, id }];
    }
    if application.has_redirect(&config.redirect) == Some(false) {
        found.push(Finding::RedirectNotRegistered(config.redirect.clone()));
    }
    if application.bot_require_code_grant == Some(true) {
        found.push(Finding::CodeGrantRequired);
    }
    if application.bot_public == Some(false) {
        found.push(Finding::BotPrivate);
    }
    let missing = needed.iter().filter(|intent| !intent.is_on(application.all_flags()));
    found.extend(missing.map(|intent| Finding::IntentMissing(*intent)));
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::fake;
    use super::*;

    fn found(changes: serde_json::Value) -> Vec<Finding> {
        let config = fake::config("http://127.0.0.1:9");
        let mut application = json!({
            "id": config.client_id, "name": "Harbour Bot", "bot_public": true, "bot_require_code_grant": false,
            "redirect_uris": [config.redirect.as_str()], "flags": 1 << 13 | 1 << 18,
        });
        for (key, value) in changes.as_object().unwrap() {
            application[key] = value.clone();
        }
        let application = serde_json::from_value(application).unwrap();
        findings(&application, &config, &[Intent::Presence, Intent::MessageContent])
    }

    #[test]
    fn what_is_wrong_is_found() {
        assert_eq!(found(json!({})), []);
        assert_eq!(found(json!({"redirect_uris": null, "bot_public": null})), [], "unsaid is not wrong");
        let redirect = fake::config("http://127.0.0.1:9").redirect;
        assert_eq!(
            found(json!({"redirect_uris": ["http://127.0.0.1:8080/auth/callback/"]})),
            [Finding::RedirectNotRegistered(redirect)]
        );
        assert_eq!(
            found(json!({"bot_public": false, "bot_require_code_grant": true, "flags": 1 << 12})),
            [Finding::CodeGrantRequired, Finding::BotPrivate, Finding::IntentMissing(Intent::MessageContent)]
        );
        assert!(matches!(
            found(json!({"id": "816370501973721107", "bot_public": false})).as_slice(),
            [Finding::TokenOfAnotherApplication { .. }]
        ));
    }
}
