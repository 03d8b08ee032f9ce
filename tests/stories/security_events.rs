//! What an operator can search the log for: each security event by its name, with who and where, and no secret.

use discord_standin::seed;
use reqwest::Method;

use crate::carry::{changed, exported, there};
use crate::history::{listed, log, saves};
use crate::routes::guarded;
use crate::routes::rows::Rows;
use crate::support::TestApp;
use crate::support::app::{HARBOUR, Stage};
use crate::support::events::{self, Fields};
use crate::support::page::Page;
use crate::support::visitor::{Visitor, edited, settings, without};

/// Sends a request under an id of its own; gives its answer and its security events.
pub async fn asks(visitor: &mut Visitor, path: &str, form: Option<&[(String, String)]>) -> (Page, Vec<Fields>) {
    let id = uuid::Uuid::new_v4().simple().to_string();
    let method = if form.is_some() { Method::POST } else { Method::GET };
    let mut request = visitor.request(method, path).header("x-request-id", &id);
    if let Some(pairs) = form {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        request = request
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", visitor.base.clone())
            .header("sec-fetch-site", "same-origin")
            .body(body);
    }
    let page = visitor.send(request).await;
    (page, events::of(&id))
}

/// That there is one event of this name, about this person on the Harbour Club where it is about somebody.
fn is_said(events: &[Fields], name: &str, about: Option<discord_standin::Id>) -> Fields {
    let found: Vec<&Fields> = events.iter().filter(|event| event["event"] == name).collect();
    assert_eq!(found.len(), 1, "{name}: {events:?}");
    if let Some(user) = about {
        assert_eq!(found[0]["user.id"], user.to_string(), "{name}");
    }
    found[0].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_security_event_has_its_name_and_says_who_and_where() {
    events::listen();
    let app = TestApp::on(Stage { behind_proxy: true, real_limits: true, ..Stage::default() }).await;
    let mut mira = app.visitor();
    let callback = mira.consents(seed::MIRA).await;
    let (page, said) = asks(&mut mira, &callback, None).await;
    assert_eq!(page.status, 303);
    is_said(&said, "sign_in", Some(seed::MIRA));
    let code = callback.split("code=").nth(1).unwrap().split('&').next().unwrap();
    assert!(!format!("{said:?}").contains(code), "no code: {said:?}");
    let (_, said) = asks(&mut app.visitor(), "/auth/callback?code=abc&state=def", None).await;
    assert!(!format!("{:?}", is_said(&said, "sign_in_refused", None)).contains("abc"));

    saves(&mut mira, "music", &[("default_volume", "20")]).await;
    saves(&mut mira, "music", &[("default_volume", "30")]).await;
    let restoration = format!("{}/restoration", listed(&mira.get(&log()).await).remove(1));
    let form = mira.get(&restoration).await.form(&restoration);
    let (page, said) = asks(&mut mira, &restoration, Some(&without(form.clone(), "csrf_token"))).await;
    assert_eq!(page.status, 403);
    is_said(&said, "csrf_refused", None);
    let (page, said) = asks(&mut mira, &restoration, Some(&form)).await;
    assert_eq!(page.status, 303);
    assert_eq!(is_said(&said, "restored", Some(seed::MIRA))["guild.id"], HARBOUR.to_string());

    let (_, said) = asks(&mut mira, &there("export"), None).await;
    assert_eq!(is_said(&said, "export", Some(seed::MIRA))["guild.id"], HARBOUR.to_string());
    let (_, said) = asks(&mut mira, &format!("{}/export?format=csv", log()), None).await;
    let export = is_said(&said, "export", Some(seed::MIRA));
    assert_eq!((export["guild.id"].as_str(), export["what"].as_str()), (HARBOUR.to_string().as_str(), "changes"));
    let file = changed(&exported(&mut mira, "?module=music").await, |file| {
        file["modules"]["MUSIC"]["settings"]["defaultVolume"] = 44.into();
    });
    let preview = crate::carry::uploads(&mut mira, &file).await;
    let (page, said) = asks(&mut mira, &there("import"), Some(&preview.form(&there("import")))).await;
    assert_eq!(page.status, 303, "{}", page.main());
    assert_eq!(is_said(&said, "import", Some(seed::MIRA))["guild.id"], HARBOUR.to_string());
    exported(&mut mira, "").await;
    let (page, said) = asks(&mut mira, &there("export"), None).await;
    assert_eq!(page.status, 429);
    is_said(&said, "limit_hit", Some(seed::MIRA));

    let mut sam = app.signed_in(seed::SAM).await;
    let (page, said) = asks(&mut sam, &log(), None).await;
    assert_eq!(page.status, 403);
    assert_eq!(is_said(&said, "access_refused", Some(seed::SAM))["guild.id"], HARBOUR.to_string());
    let mut refused = 0;
    let said = loop {
        let (page, said) = asks(&mut sam, &log(), None).await;
        if page.status == 429 {
            break said;
        }
        refused += 1;
        assert!(refused < 200, "nobody slows Sam down");
    };
    assert_eq!(is_said(&said, "limit_hit", Some(seed::SAM))["limit"], "refusals");

    let token = mira.token().await;
    let foreign = [("csrf_token".to_owned(), token), ("pin".to_owned(), seed::LIBRARY.to_string())];
    let (page, said) = asks(&mut mira, "/guilds/pins", Some(&foreign)).await;
    assert_eq!(page.status, 403);
    assert_eq!(is_said(&said, "access_refused", Some(seed::MIRA))["guild.id"], seed::LIBRARY.to_string());
    let id = uuid::Uuid::new_v4().simple().to_string();
    let elsewhere = mira.request(Method::POST, "/language").header("x-request-id", &id);
    let elsewhere = elsewhere.header("origin", "https://evil.example").form(&[("language", "vi")]);
    assert_eq!(mira.send(elsewhere).await.status, 403);
    is_said(&events::of(&id), "csrf_refused", None);

    let (mut phone, token) = (app.mira().await, mira.token().await);
    let others = [("csrf_token".to_owned(), token), ("session".to_owned(), "others".to_owned())];
    let (page, said) = asks(&mut mira, "/account/sessions", Some(&others)).await;
    assert_eq!(page.status, 303);
    assert_eq!(is_said(&said, "session_ended", Some(seed::MIRA))["reason"], "others");
    assert!(!phone.is_signed_in().await);

    let token = mira.token().await;
    let (page, said) = asks(&mut mira, "/logout", Some(&[("csrf_token".to_owned(), token)])).await;
    assert_eq!(page.status, 303);
    is_said(&said, "session_ended", Some(seed::MIRA));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_is_refused_is_noted_by_its_fields_and_never_by_what_was_typed() {
    events::listen();
    let app = TestApp::on(Stage { behind_proxy: true, ..Stage::default() }).await;
    let mut mira = app.mira().await;
    let wrong = [("default_volume", "moonlight"), ("max_queue_size", "sonata")];
    let form = edited(mira.opens("music").await, &wrong);
    let (page, said) = asks(&mut mira, &settings("music"), Some(&form)).await;
    assert_eq!(page.status, 422);
    let refused = is_said(&said, "form_refused", Some(seed::MIRA));
    assert_eq!(refused["guild.id"], HARBOUR.to_string());
    assert_eq!(refused["route"], "/guilds/{guild_id}/settings/music");
    assert_eq!(refused["problems"], page.texts("#errors li").len().to_string());
    let fields: Vec<&str> = refused["fields"].split(' ').collect();
    assert!(wrong.iter().all(|(name, _)| fields.contains(name)), "{fields:?}");
    assert!(wrong.iter().all(|(_, typed)| !format!("{said:?}").contains(typed)), "{said:?}");

    let token = ("csrf_token".to_owned(), mira.token().await);
    let strange = [token, ("time_zone".to_owned(), "Moon/Crater".to_owned())];
    let (page, said) = asks(&mut mira, "/account/preferences", Some(&strange)).await;
    assert_eq!(page.status, 422);
    let refused = is_said(&said, "form_refused", Some(seed::MIRA));
    assert!(refused["fields"].contains("time_zone") && !refused.contains_key("guild.id"), "{refused:?}");

    let form = mira.opens("music").await;
    let (page, said) = asks(&mut mira, &settings("music"), Some(&form)).await;
    assert!(page.status == 303 && said.is_empty(), "a form without a fault is none: {said:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wherever_a_form_is_refused_for_what_is_in_it_that_is_noted_once() {
    events::listen();
    let app = TestApp::on(Stage { behind_proxy: true, ..Stage::default() }).await;
    let mut mira = app.mira().await;
    let rows = Rows::make(&app, &mut mira).await;
    let typed = "moonlight-sonata";
    let names =
        ["name", "title", "content", "reason", "member", "module", "level", "days", "prize", "winners", "count"];
    let more = ["channel_id", "time_zone", "addresses", "file", "target", "default_volume", "revision", "schema", "do"];
    let mut form = vec![("csrf_token".to_owned(), mira.token().await)];
    form.extend(names.into_iter().chain(more).map(|name| (name.to_owned(), typed.to_owned())));
    let last = ["/logout", "/account/disconnection", "/account/deletion"];
    let mut refused = 0;
    for (path, _) in guarded("post").filter(|(path, _)| !last.contains(&path.as_str())) {
        let path = rows.of(&path);
        let (page, said) = asks(&mut mira, &path, Some(&form)).await;
        let of_the_form = said.iter().filter(|fields| fields["event"] == "form_refused").count();
        assert_eq!(of_the_form, usize::from(page.status == 422), "{path}: {} {said:?}", page.status);
        assert!(!format!("{said:?}").contains(typed), "{path}: {said:?}");
        refused += of_the_form;
    }
    assert!(refused > 8, "{refused}");
}
