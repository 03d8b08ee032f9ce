//! In which language somebody reads Guildhall: which one counts, and that all of it is in that one.

use std::collections::BTreeMap;

use discord_standin::seed;
use guildhall::web::language::Language;
use guildhall::web::words::{Message, Words};
use reqwest::Method;
use reqwest::header::{ACCEPT, HeaderMap};

use crate::giveaways::{insert, list as giveaways, sends};
use crate::history::log;
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::page::Page;
use crate::support::stream::OpenPage;
use crate::support::visitor::{Visitor, settings};

const PREFERENCES: &str = "/account/preferences";

fn vietnamese() -> Words {
    Words::new(Language::Vietnamese)
}

/// A page, as a browser asks for it that is set to these languages.
async fn asks(visitor: &mut Visitor, path: &str, languages: &str) -> Page {
    let request = visitor.request(Method::GET, path).header("accept-language", languages);
    visitor.send(request).await
}

async fn chooses(visitor: &mut Visitor, language: &str, return_to: &str) -> Page {
    let pairs = [("language", language), ("return_to", return_to)];
    visitor.post("/language", &pairs.map(|(name, value)| (name.to_owned(), value.to_owned()))).await
}

async fn prefers(visitor: &mut Visitor, language: &str) -> Page {
    let answer = sends(visitor, PREFERENCES, PREFERENCES, &[("language", language)]).await;
    visitor.follows(&answer).await
}

fn language(page: &Page) -> String {
    page.attributes("html", "lang").remove(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_profile_counts_more_than_this_browsers_choice_and_that_more_than_what_it_asks_for() {
    let app = TestApp::start().await;
    let mut somebody = app.visitor();
    assert_eq!(language(&somebody.get("/").await), "en");
    let page = asks(&mut somebody, "/", "vi-VN,vi;q=0.9,en;q=0.5").await;
    assert_eq!((language(&page).as_str(), page.header("content-language")), ("vi", "vi"));
    let varies: Vec<_> = page.headers.get_all("vary").iter().filter_map(|one| one.to_str().ok()).collect();
    assert!(varies.iter().any(|one| one.contains("Accept-Language")), "{varies:?}");
    assert_eq!(page.text("main h1"), vietnamese().t("landing-title"));

    let answer = chooses(&mut somebody, "vi", "/").await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, "/"));
    let page = asks(&mut somebody, "/", "en").await;
    assert_eq!(language(&page), "vi", "this browser was told to keep it");
    assert_eq!(page.attributes(".languages [aria-current]", "lang"), ["vi"]);
    assert_eq!(page.texts(".languages button")[..2], ["English", "Tiếng Việt"], "each in its own words");

    somebody.signs_in(seed::MIRA).await;
    let page = asks(&mut somebody, PREFERENCES, "en").await;
    assert_eq!(language(&page), "vi", "nothing is chosen for good yet");
    assert!(!page.has(".languages"), "there are preferences now");
    assert!(page.form(PREFERENCES).contains(&("language".to_owned(), "vi".to_owned())), "as it is, to be kept");
    assert_eq!(page.attributes("#f-language option[lang]", "lang")[..2], ["en", "vi"]);

    assert_eq!(language(&prefers(&mut somebody, "en").await), "en");
    let mut elsewhere = app.visitor();
    chooses(&mut elsewhere, "vi", "/").await;
    elsewhere.signs_in(seed::MIRA).await;
    assert_eq!(language(&asks(&mut elsewhere, "/guilds", "vi").await), "en", "the profile goes with the person");

    prefers(&mut elsewhere, "browser").await;
    assert_eq!(language(&asks(&mut elsewhere, "/guilds", "vi").await), "vi");
    assert_eq!(language(&asks(&mut elsewhere, "/guilds", "en, vi;q=0.9").await), "en");

    prefers(&mut elsewhere, "vi").await;
    let answer = sends(&mut elsewhere, "/guilds", "/logout", &[]).await;
    let page = elsewhere.follows(&answer).await;
    assert_eq!((language(&page).as_str(), page.text("#flash")), ("vi", vietnamese().t("signed-out")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_choice_is_kept_long_and_only_for_us_and_leads_nowhere_else() {
    let app = TestApp::start().await;
    let mut somebody = app.visitor();
    let answer = chooses(&mut somebody, "vi", "/guilds?q=a").await;
    assert_eq!(answer.location(), "/guilds?q=a");
    let cookie = answer.header("set-cookie").to_owned();
    for part in ["guildhall-language=vi", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=34560000"] {
        assert!(cookie.contains(part), "{part}: {cookie}");
    }
    for wish in ["//evil.example/", "https://evil.example/guilds", "/\\evil.example", "/login?return_to=/guilds", ""] {
        assert_eq!(chooses(&mut somebody, "vi", wish).await.location(), "/", "{wish}");
    }
    let elsewhere = somebody
        .request(Method::POST, "/language")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", "https://evil.example")
        .body("language=en");
    let answer = somebody.send(elsewhere).await;
    assert_eq!(answer.status, 403, "a form of another site");
    assert_eq!(language(&somebody.get("/").await), "vi");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_language_here_cannot_be_chosen_and_is_not_kept() {
    let mut app = TestApp::start().await;
    let mut mira = app.mira().await;
    prefers(&mut mira, "en-XA").await;
    assert_eq!(language(&mira.get("/guilds").await), "en-XA");
    app.config.pseudo_languages = false;
    app.restart().await;
    let mut somebody = app.visitor();
    for wrong in ["xx", "", "EN", "en-XA", "ar-XB"] {
        let page = chooses(&mut somebody, wrong, "/").await;
        assert_eq!((page.status.as_u16(), page.header("set-cookie")), (400, ""), "{wrong}");
        somebody.cookies = BTreeMap::from([("guildhall-language".to_owned(), wrong.to_owned())]);
        let page = asks(&mut somebody, "/", "ar-XB, vi;q=0.1").await;
        assert_eq!((language(&page).as_str(), page.texts(".languages button").len()), ("vi", 2), "{wrong}");
    }
    // Who had chosen one while it was there reads on, as the browser asks.
    let page = asks(&mut mira, PREFERENCES, "vi").await;
    assert_eq!((language(&page).as_str(), page.attributes("#f-language option[lang]", "lang").len()), ("vi", 2));
    let page = sends(&mut mira, PREFERENCES, PREFERENCES, &[("language", "en-XA")]).await;
    assert_eq!((page.status.as_u16(), page.attributes("#errors a", "href")), (422, vec!["#f-language".to_owned()]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_in_vietnamese() {
    let app = TestApp::start().await;
    let (mut mira, jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    let words = vietnamese();
    let plain = |text: &str| text.replace(['\u{2068}', '\u{2069}'], "");
    let page = prefers(&mut mira, "vi").await;
    assert_eq!(page.text("#flash p"), words.t("flash-preferences-saved"), "said in the language just chosen");
    assert_eq!(page.title(), words.t("title-preferences-saved"));

    let refused = mira.saves("music", &[("default_volume", "loud")]).await;
    assert_eq!((refused.status.as_u16(), language(&refused).as_str()), (422, "vi"));
    let said = words.say(&Message::new("problem-not-a-number").number("min", 0).number("max", 150));
    assert!(refused.text("#errors").contains(&said), "{}", refused.text("#errors"));
    assert!(refused.text("#errors").contains(&words.t("music-default-volume")));

    let (hers, his) = (OpenPage::opens(&mira, HARBOUR, None).await, OpenPage::opens(&jonas, HARBOUR, None).await);
    let saved = mira.saves("music", &[("default_volume", "20")]).await;
    let page = mira.follows(&saved).await;
    let flash = |key: &str| words.say(&Message::new(key.to_owned()).text("module", words.t("music-name")));
    let flashes = ["flash-saved-sent", "flash-saved-waiting", "flash-saved-live"].map(flash);
    let flash = plain(&page.text("#flash p"));
    assert!(flashes.contains(&flash), "{flash}");
    let when = page.text("#latest-music time");
    let (clock, day) = when.split_once(" UTC, ").expect("as Vietnamese writes it");
    assert!(clock.len() == 8 && day.split('/').count() == 3, "{when}");

    // Who looks on is told in their own language, each.
    let by = |words: &Words| words.say(&Message::new("change-number").number("number", 1).name("by", "Mira"));
    for (open, own, other) in [(&hers, &words, Words::default()), (&his, &Words::default(), words.clone())] {
        let told = || open.heard().into_iter().filter(|one| one.event == "changes").map(|one| plain(&one.data));
        let own = plain(&by(own));
        eventually("the change is told", || async { told().any(|data| data.contains(&own)) }).await;
        assert!(told().all(|data| !data.contains(&plain(&by(&other)))), "{own}");
    }

    let page = mira.get(&log()).await;
    assert!(page.main().contains(&words.t("music-default-volume")), "{}", page.main());
    assert!(!page.main().contains(&Words::default().t("music-default-volume")));
    let file = mira.get(&format!("{}/export?format=csv", log())).await;
    assert!(file.body.starts_with("id,when,module,"), "columns are for programs: {}", file.body);
    assert!(file.body.contains(&words.t("music-default-volume")), "what changed is for people: {}", file.body);

    insert(&app, "r1", "running", &[("prize", "Đèn lồng"), ("entries", "1204")]).await;
    assert!(mira.get(&giveaways()).await.main().contains("1.204"));

    let json = HeaderMap::from_iter([(ACCEPT, "application/json".parse().unwrap())]);
    let request = mira.request(Method::GET, "/guilds/1/settings/music").headers(json);
    let answer: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
    let title = words.t(&format!("error-{}-title", answer["error"].as_str().unwrap()));
    assert_eq!(answer["message"], title);
    let page = mira.get("/no-such-page").await;
    assert_eq!((page.text("main h1"), language(&page)), (words.t("error-not-found-title"), "vi".to_owned()));

    mira.cookies.retain(|name, _| name.contains("language"));
    let page = mira.post(&settings("music"), &[]).await;
    assert_eq!((page.status.as_u16(), language(&page).as_str()), (401, "vi"));
    assert!(!page.has(".languages"), "it answers a form, and cannot be come back to");
}
