//! Posting into the stand-in for Discord, as a bot does it: over its REST API, with the bot's token.

use std::time::Duration;

use reqwest::{Client, ClientBuilder, Method, Response};
use serde_json::{Value, json};

use super::obey::{Place, Posting};
use crate::obedience::CLOSED;

const BOUND: Duration = Duration::from_secs(5);
const WHO: &str = concat!("DiscordBot (https://example.com/harbour-bot, ", env!("CARGO_PKG_VERSION"), ")");

/// A Discord to post in.
#[derive(Clone, Debug)]
pub struct Discord {
    client: Client,
    /// Without a slash at the end.
    url: String,
    token: String,
}

impl Discord {
    /// `url` is where everything of Discord is below, without a slash at the end.
    ///
    /// # Errors
    /// When no client can be made on this machine.
    pub fn new(url: &str, token: &str) -> reqwest::Result<Self> {
        let client = ClientBuilder::new().timeout(BOUND).user_agent(WHO).build()?;
        Ok(Self { client, url: url.to_owned(), token: token.to_owned() })
    }

    /// Posts, changes or deletes a message; gives where it stands. The same nonce is posted once.
    ///
    /// # Errors
    /// A code of the protocol, or what Discord said.
    pub(super) async fn does(&self, posting: &Posting, nonce: &str) -> Result<Place, String> {
        if let Posting::Direct { person, body } = posting {
            let wanted = json!({ "recipient_id": person.to_string() });
            let opened = self.asks(Method::POST, "/users/@me/channels", Some(wanted)).await?;
            let channel = id_of(opened).await?;
            return Box::pin(self.does(&Posting::Post { channel, body: body.clone() }, nonce)).await;
        }
        let (method, path, body) = match posting {
            Posting::Direct { person: channel, body } | Posting::Post { channel, body } => {
                let mut body = body.clone();
                (body["nonce"], body["enforce_nonce"]) = (json!(nonce), json!(true));
                (Method::POST, format!("/channels/{channel}/messages"), Some(body))
            }
            Posting::Edit { channel, message, body } => {
                (Method::PATCH, format!("/channels/{channel}/messages/{message}"), Some(body.clone()))
            }
            Posting::Delete { channel, message } => {
                (Method::DELETE, format!("/channels/{channel}/messages/{message}"), None)
            }
        };
        let answer = self.asks(method, &path, body).await?;
        match posting {
            Posting::Edit { channel, message, .. } | Posting::Delete { channel, message } => Ok((*channel, *message)),
            Posting::Direct { person: channel, .. } | Posting::Post { channel, .. } => {
                Ok((*channel, id_of(answer).await?))
            }
        }
    }

    async fn asks(&self, method: Method, path: &str, body: Option<Value>) -> Result<Response, String> {
        let request = self.client.request(method, format!("{}/api/v10{path}", self.url));
        let request = request.header("Authorization", format!("Bot {}", self.token));
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let answer = request.send().await.map_err(|_| "Discord does not answer.".to_owned())?;
        if answer.status().is_success() { Ok(answer) } else { Err(refusal(answer).await) }
    }
}

/// Of what was made.
async fn id_of(answer: Response) -> Result<u64, String> {
    let body: Value = answer.json().await.map_err(|error| error.to_string())?;
    body["id"].as_str().and_then(|id| id.parse().ok()).ok_or_else(|| "Discord named no message.".to_owned())
}

/// Discord's own codes as those of the protocol.
async fn refusal(answer: Response) -> String {
    let status = answer.status();
    let body: Value = answer.json().await.unwrap_or_default();
    match body["code"].as_u64() {
        Some(10_003 | 50_001) => "unknown_channel".to_owned(),
        Some(10_008) => "not_found".to_owned(),
        Some(50_007) => CLOSED.to_owned(),
        Some(50_013) => "missing_permissions".to_owned(),
        Some(code) => format!("Discord refused it: {} ({code})", body["message"].as_str().unwrap_or_default()),
        None => format!("Discord refused it ({})", status.as_u16()),
    }
}
