//! Where somebody is sent on to: three addresses take a wish, and none of them leads away.

use discord_standin::seed;

use super::begun;
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::visitor::Visitor;

/// What browsers, parsers and people have taken for an address elsewhere.
const WISHES: [&str; 38] = [
    "//evil.example",
    "///evil.example",
    "////evil.example/guilds",
    "//@evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/%2fevil.example",
    "%2f%2fevil.example",
    "/%2f%2fevil.example/guilds",
    "/%5cevil.example",
    "/%09/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "\u{feff}//evil.example",
    "\u{ff0f}\u{ff0f}evil.example",
    "/.//evil.example",
    "/guilds/..//evil.example",
    "/%2e%2e//evil.example",
    "/guilds;//evil.example",
    "http:evil.example",
    "http:/evil.example",
    "http:///evil.example",
    "http:\\\\evil.example",
    "https://evil.example/guilds",
    "http://evil\u{3002}example/guilds",
    "ftp://evil.example/guilds",
    "@evil.example",
    "javascript:alert(1)",
    "JavaScript:alert(1)//guilds",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "/guilds\r\nLocation: https://evil.example",
    "/login?return_to=//evil.example",
    "/auth/callback?code=x&state=y",
    "/logout",
];

/// The same, made of our own host.
fn with_our_host(app: &TestApp) -> Vec<String> {
    let host = app.config.listen;
    [
        format!("http://{host}@evil.example/guilds"),
        format!("http://{host}.evil.example/guilds"),
        format!("http://evil.example#@{host}/guilds"),
        format!("http://evil.example?{host}/guilds"),
        format!("http://evil.example\\@{host}/guilds"),
        format!("http://mira@{host}/guilds"),
        format!("http://mira:secret@{host}/guilds"),
        format!("https://{host}/guilds"),
        format!("//{host}//evil.example"),
        "http://127.0.0.1:1/guilds".to_owned(),
    ]
    .into()
}

async fn signs_in_to(app: &TestApp, wish: &str) -> String {
    let mut mira = app.visitor();
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("return_to", wish).finish();
    let away = mira.get(&format!("/login?{query}")).await;
    assert!(away.location().starts_with(&app.discord.url()), "{wish:?}: {}", away.location());
    let callback = mira.decides(away.location(), seed::MIRA, "authorize").await;
    mira.get(&callback).await.location().to_owned()
}

async fn posts_to(visitor: &mut Visitor, path: &str, form: &[(&str, &str)]) -> String {
    let form: Vec<(String, String)> =
        form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let page = visitor.post(path, &form).await;
    assert_eq!(page.status, 303, "{path}: {}", page.title());
    page.location().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_wish_leads_off_the_site() {
    let app = begun().await;
    let mut mira = app.mira().await;
    let (token, harbour) = (mira.token().await, HARBOUR.to_string());
    let wishes: Vec<String> = WISHES.map(str::to_owned).into_iter().chain(with_our_host(&app)).collect();
    for wish in &wishes {
        let language = [("language", "en"), ("return_to", wish.as_str())];
        assert_eq!(posts_to(&mut app.visitor(), "/language", &language).await, "/", "{wish:?}");
        let pin = [("csrf_token", token.as_str()), ("pin", &harbour), ("return_to", wish)];
        assert_eq!(posts_to(&mut mira, "/guilds/pins", &pin).await, "/guilds", "{wish:?}");
    }
    // Her twenty-first session ends the first one.
    for wish in &wishes {
        assert_eq!(signs_in_to(&app, wish).await, "/guilds", "{wish:?}");
    }
}
