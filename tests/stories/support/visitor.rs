//! A person with a browser that has no script: follows nothing by itself, keeps cookies, sends forms.

use std::collections::BTreeMap;
use std::time::Duration;

use discord_standin::Id;
use reqwest::redirect::Policy;
use reqwest::{Client, ClientBuilder, Method, RequestBuilder};

use super::app::HARBOUR;
use super::page::Page;

#[derive(Clone)]
pub struct Visitor {
    pub base: String,
    pub cookies: BTreeMap<String, String>,
    client: Client,
}

/// Where a module's settings of the Harbour Club are.
pub fn settings(module: &str) -> String {
    format!("/guilds/{HARBOUR}/settings/{module}")
}

impl Visitor {
    pub fn new(base: &str) -> Self {
        Self::with(base, Client::builder())
    }

    /// With a browser that is special in something.
    pub fn with(base: &str, client: ClientBuilder) -> Self {
        // Sooner than the server lets go of a connection: it could do so while something is sent.
        let unused = Duration::from_secs(1);
        let client = client.redirect(Policy::none()).pool_idle_timeout(unused).build().unwrap();
        Self { base: base.to_owned(), cookies: BTreeMap::new(), client }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        let request = self.request(Method::GET, path);
        self.send(request).await
    }

    /// Sends a form as our own page would.
    pub async fn post(&mut self, path: &str, pairs: &[(String, String)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        self.post_body(path, body.into_bytes()).await
    }

    /// Sends a form as a script of ours does that wants the part it is about alone.
    pub async fn fetches(&mut self, path: &str, pairs: &[(String, String)]) -> Page {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let request = self.posting(path, body.into_bytes()).header("x-fragment", "yes");
        self.send(request).await
    }

    /// Sends bytes as a form.
    pub async fn post_body(&mut self, path: &str, body: Vec<u8>) -> Page {
        let request = self.posting(path, body);
        self.send(request).await
    }

    fn posting(&self, path: &str, body: Vec<u8>) -> RequestBuilder {
        self.request(Method::POST, path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", self.base.clone())
            .header("sec-fetch-site", "same-origin")
            .body(body)
    }

    /// A request with this browser's cookies, to be completed by the story.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = self.client.request(method, url).header("accept", "text/html");
        if cookies.is_empty() || path.starts_with("http") {
            request
        } else {
            request.header("cookie", cookies.join("; "))
        }
    }

    pub async fn send(&mut self, request: RequestBuilder) -> Page {
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        for cookie in headers.get_all("set-cookie") {
            let text = cookie.to_str().unwrap();
            let (pair, attributes) = text.split_once(';').unwrap_or((text, ""));
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.to_ascii_lowercase().contains("max-age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Page { status, headers, body: answer.text().await.unwrap() }
    }

    /// Through our link to Discord's page, as that person, and back.
    pub async fn signs_in(&mut self, user: Id) -> Page {
        let callback = self.consents(user).await;
        let page = self.get(&callback).await;
        assert_eq!(page.status, 303, "sign-in: {}", page.body);
        page
    }

    /// Up to Discord's yes: the callback's address, not yet visited.
    pub async fn consents(&mut self, user: Id) -> String {
        let login = self.get("/login").await;
        self.decides(login.location(), user, "authorize").await
    }

    /// Decides on Discord's page; gives where Discord sends the browser.
    pub async fn decides(&mut self, authorize: &str, user: Id, decision: &str) -> String {
        let body = format!("user_id={user}&decision={decision}");
        let request =
            self.client.post(authorize).header("content-type", "application/x-www-form-urlencoded").body(body);
        let answer = request.send().await.unwrap();
        let location = answer.headers().get("location").expect("Discord sends the browser back").to_str().unwrap();
        location.strip_prefix(&self.base).expect("to our own address").to_owned()
    }

    /// A token for this browser's forms, from the sign-out form of a page.
    pub async fn token(&mut self) -> String {
        let page = self.get("/guilds").await;
        page.attributes("form[action='/logout'] input[name=csrf_token]", "value").remove(0)
    }

    /// Whether the service takes this browser for signed in.
    pub async fn is_signed_in(&mut self) -> bool {
        let page = self.get("/guilds").await;
        assert!(page.status == 200 || page.location() == "/login?return_to=%2Fguilds", "{}", page.body);
        page.status == 200
    }

    /// The form of a module's settings in the Harbour Club, as the browser would send it.
    pub async fn opens(&mut self, module: &str) -> Vec<(String, String)> {
        let page = self.get(&settings(module)).await;
        assert_eq!(page.status, 200, "{}", page.body);
        page.form(&settings(module))
    }

    /// Opens a module's form, changes these fields, and saves.
    pub async fn saves(&mut self, module: &str, edits: &[(&str, &str)]) -> Page {
        let form = edited(self.opens(module).await, edits);
        self.post(&settings(module), &form).await
    }

    /// Follows a redirect once.
    pub async fn follows(&mut self, page: &Page) -> Page {
        assert_eq!(page.status, 303, "{}", page.body);
        self.get(page.location()).await
    }
}

/// A form with these fields set; "" for a check box means off.
pub fn edited(mut form: Vec<(String, String)>, edits: &[(&str, &str)]) -> Vec<(String, String)> {
    for (name, value) in edits {
        match form.iter_mut().find(|(field, _)| field == name) {
            Some(pair) => pair.1 = (*value).to_owned(),
            None => form.push(((*name).to_owned(), (*value).to_owned())),
        }
    }
    form
}

/// A form without a field.
pub fn without(mut form: Vec<(String, String)>, name: &str) -> Vec<(String, String)> {
    form.retain(|(field, _)| field != name);
    form
}
