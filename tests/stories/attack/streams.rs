//! The stream of an open page, opened by a page of somebody else's. Such a page could read nothing of it; but whoever
//! opens a sixth stream ends the first one.

use reqwest::Method;

use super::{EVIL, begun, new_id, noted};
use crate::support::app::{HARBOUR, eventually};
use crate::support::stream::OpenPage;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_is_opened_by_our_own_pages_alone() {
    let app = begun().await;
    let mut mira = app.mira().await;
    let own = OpenPage::opens(&mira, HARBOUR, None).await;
    let (live, ours) = (format!("/guilds/{HARBOUR}/live"), app.url());
    let elsewhere: [&[(&str, &str)]; 8] = [
        &[("origin", EVIL)],
        &[("origin", "null")],
        &[("origin", "http://127.0.0.1:1")],
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("sec-fetch-site", "cross-site"), ("origin", &ours)],
        &[("sec-fetch-site", "same-origin"), ("origin", EVIL)],
    ];
    for headers in elsewhere {
        let id = new_id();
        let mut request = mira.request(Method::GET, &live).header("x-request-id", &id);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 403, "{headers:?}");
        assert!(!answer.headers().contains_key("access-control-allow-origin"));
        assert_eq!(noted(&id), ["csrf_refused"], "{headers:?}");
    }
    let here: [&[(&str, &str)]; 3] = [&[], &[("sec-fetch-site", "same-origin")], &[("origin", &ours)]];
    for headers in here {
        let mut request = mira.request(Method::GET, &live);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        assert_eq!(request.send().await.unwrap().status(), 200, "{headers:?}");
    }
    assert_eq!(mira.saves("music", &[("default_volume", "70")]).await.status, 303);
    eventually("her own page goes on", || async { own.state_of("music").is_some() }).await;
    assert!(!own.has_ended());
}
