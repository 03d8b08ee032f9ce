//! What Chromium has to say against the pages, but for what is meant to be so.

use serde_json::{Value, json};

use super::chromium::Browser;

impl Browser {
    /// What Chromium has to say against the pages since it was asked last: messages on the console, refusals
    /// of the Content-Security-Policy, requests to anybody but us.
    pub async fn complaints(&self) -> Vec<String> {
        let mut complaints = Vec::new();
        for entry in self.log("browser").await {
            let message = entry["message"].as_str().unwrap_or_default().to_owned();
            // A page that is meant to be an error is one; its pictures and styles are not.
            let meant = message.contains("the server responded with a status of")
                && !["/static/", "/cdn/", "/favicon"].iter().any(|part| message.contains(part));
            // It did not ask before an untouched page was left; it did what signing out asks for. Failures are worded otherwise.
            let said = ["'beforeunload' confirmation", "Cleared data types: "];
            let meant = meant || said.iter().any(|part| message.contains(part));
            if !meant && !message.starts_with(&self.discord) {
                complaints.push(message);
            }
        }
        for entry in self.log("performance").await {
            let event: Value = serde_json::from_str(entry["message"].as_str().unwrap_or_default()).unwrap_or_default();
            let request = &event["message"]["params"];
            if event["message"]["method"] == "Network.requestWillBeSent" && !self.is_fine(request) {
                complaints.push(format!("a request to {} from {}", request["request"]["url"], request["documentURL"]));
            }
        }
        complaints
    }

    /// Our pages ask us alone; only the way to sign-in leads to Discord's page, which asks Discord.
    fn is_fine(&self, request: &Value) -> bool {
        let url = request["request"]["url"].as_str().unwrap_or_default();
        let document = request["documentURL"].as_str().unwrap_or_default();
        let on_discord = document.starts_with(&format!("{}/oauth2/", self.discord));
        let ours = url.starts_with(&format!("{}/", self.base));
        // Chromium's first page and the one that tells whether scripts run are not ours.
        let before = document.starts_with("chrome:") || document.starts_with("data:");
        // The picture in a date's control is Chromium's own; ours of this kind would be refused by our policy.
        let of_a_control = url.starts_with("data:image/svg+xml;base64,");
        ours || before || of_a_control || (on_discord && url.starts_with(&self.discord))
    }

    async fn log(&self, kind: &str) -> Vec<Value> {
        let log = self.chromedriver("se/log", json!({"type": kind})).await;
        log.as_array().cloned().unwrap_or_default()
    }
}
