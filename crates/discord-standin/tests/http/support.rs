//! A stand-in with a registered redirect and a client that follows no redirects.

use discord_standin::{Id, Standin, World, seed};
use reqwest::{Client, RequestBuilder, Response, redirect::Policy};
use serde_json::Value;
use url::Url;

pub const REDIRECT: &str = "http://127.0.0.1:4321/auth/callback";
pub const VERIFIER: &str = "w1PzN0f4c3L7q9-kTxYb2mHsRjUeVdGa5oQ8iBnCy_E";
pub const CHALLENGE: &str = "zNwYU3KoO9te3XG1mBvk5-wK9ils-zDNXpOn74nfJD4";

pub struct Setup {
    pub standin: Standin,
    pub client: Client,
}

pub async fn setup() -> Setup {
    setup_with(|_| {}).await
}

pub async fn setup_with(edit: impl FnOnce(&mut World)) -> Setup {
    let mut world = seed::world().with_redirect(REDIRECT);
    edit(&mut world);
    let standin = Standin::start(world).await.unwrap();
    let client = Client::builder()
        .redirect(Policy::none())
        .user_agent("DiscordBot (https://guildhall.example, 0.1)")
        .build()
        .unwrap();
    Setup { standin, client }
}

impl Setup {
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.standin.url())
    }

    /// The authorize URL of a sign-in, with more pairs at the end.
    pub fn authorize_url(&self, scope: &str, more: &[(&str, &str)]) -> String {
        let id = seed::CLIENT_ID.to_string();
        let pairs =
            [("response_type", "code"), ("client_id", id.as_str()), ("scope", scope), ("redirect_uri", REDIRECT)];
        self.query_url(pairs.iter().chain(more))
    }

    pub fn query_url<'a>(&self, pairs: impl Iterator<Item = &'a (&'a str, &'a str)>) -> String {
        let mut url = Url::parse(&self.url("/oauth2/authorize")).unwrap();
        url.query_pairs_mut().extend_pairs(pairs);
        url.into()
    }

    pub async fn decides(&self, url: &str, user: Id, decision: &str) -> Response {
        let form = [("user_id", user.to_string()), ("decision", decision.to_owned())];
        self.client.post(url).form(&form).send().await.unwrap()
    }

    /// Signs in and gives the code.
    pub async fn code(&self, user: Id, scope: &str, more: &[(&str, &str)]) -> String {
        let url = self.authorize_url(scope, more);
        let response = self.decides(&url, user, "authorize").await;
        assert_eq!(response.status(), 302);
        query_of(&location(&response), "code").unwrap()
    }

    /// Exchanges a code with the right secret and redirect, and more pairs.
    pub async fn exchange(&self, code: &str, more: &[(&str, &str)]) -> Response {
        let id = seed::CLIENT_ID.to_string();
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("client_id", id.as_str()),
            ("client_secret", seed::CLIENT_SECRET),
        ];
        if !more.iter().any(|(name, _)| *name == "redirect_uri") {
            form.push(("redirect_uri", REDIRECT));
        }
        form.extend(more);
        self.token_call("", &form).await
    }

    pub async fn refresh(&self, refresh_token: &str) -> Response {
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh_token)];
        self.client
            .post(self.url("/api/oauth2/token"))
            .basic_auth(seed::CLIENT_ID, Some(seed::CLIENT_SECRET))
            .form(&form)
            .send()
            .await
            .unwrap()
    }

    pub async fn token_call(&self, below: &str, form: &[(&str, &str)]) -> Response {
        let url = self.url(&format!("/api/oauth2/token{below}"));
        self.client.post(url).form(form).send().await.unwrap()
    }

    /// A token for a person, without the browser's part.
    pub fn token(&self, user: Id, scopes: &[&str]) -> String {
        self.standin.edit(|world| world.sign_in(user, scopes).access)
    }

    pub fn as_person(&self, token: &str, path: &str) -> RequestBuilder {
        self.client.get(self.url(&format!("/api/v10{path}"))).bearer_auth(token)
    }

    pub fn bot(&self, method: &str, path: &str) -> RequestBuilder {
        let url = self.url(&format!("/api/v10{path}"));
        self.client.request(method.parse().unwrap(), url).header("Authorization", format!("Bot {}", seed::BOT_TOKEN))
    }

    pub async fn bot_gets(&self, path: &str) -> (u16, Value) {
        answer(self.bot("GET", path).send().await.unwrap()).await
    }

    pub async fn person_gets(&self, token: &str, path: &str) -> (u16, Value) {
        answer(self.as_person(token, path).send().await.unwrap()).await
    }
}

pub async fn answer(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

pub fn location(response: &Response) -> String {
    response.headers().get("location").expect("a redirect").to_str().unwrap().to_owned()
}

pub fn query_of(url: &str, name: &str) -> Option<String> {
    let url = Url::parse(url).unwrap();
    let found = url.query_pairs().find(|(known, _)| known == name);
    found.map(|(_, value)| value.into_owned())
}

pub fn find(list: &Value, id: Id) -> Option<&Value> {
    let id = id.to_string();
    list.as_array().unwrap().iter().find(|item| item["id"] == id.as_str())
}
