//! A cookie that somebody else has put into a browser before its person signs in.

use discord_standin::seed;
use reqwest::Method;

use super::{begun, sends};
use crate::support::visitor::settings;

const SESSION: &str = "guildhall";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_planted_cookie_is_not_the_session_of_who_signs_in_later() {
    let app = begun().await;
    let open = app.signed_in(seed::SAM).await;
    let mut ended = app.signed_in(seed::SAM).await;
    let kept = ended.cookies[SESSION].clone();
    let token = ended.token().await;
    let out = ended.request(Method::POST, "/logout").header("origin", app.url()).form(&[("csrf_token", &token)]);
    let (page, said) = sends(&mut ended, out).await;
    assert_eq!(page.status, 303);
    assert!(said.contains(&"session_ended".to_owned()), "{said:?}");
    for planted in [open.cookies[SESSION].clone(), kept, "made-up".to_owned()] {
        let mut mira = app.visitor();
        mira.cookies.insert(SESSION.to_owned(), planted.clone());
        let callback = mira.consents(seed::MIRA).await;
        let back = mira.request(Method::GET, &callback);
        let (page, said) = sends(&mut mira, back).await;
        assert_eq!(page.status, 303, "{}", page.body);
        assert!(said.contains(&"sign_in".to_owned()), "{said:?}");
        assert_ne!(mira.cookies[SESSION], planted);
        assert_eq!(mira.saves("music", &[("default_volume", "70")]).await.status, 303);

        let mut stranger = app.visitor();
        stranger.cookies.insert(SESSION.to_owned(), planted);
        assert!(!stranger.is_signed_in().await, "who planted it has nothing");
        assert_eq!(stranger.get(&settings("music")).await.status, 303);
    }
}
