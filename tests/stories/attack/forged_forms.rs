//! Forms that no page of ours sends: each one there is, in each way in which a page of somebody else's sends it.

use discord_standin::seed;
use reqwest::Method;

use super::{EVIL, begun, sends};
use crate::routes::guarded;

/// What is tried, what the browser says, and whose token stands in the form.
type Way<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_form_is_taken_from_elsewhere_or_with_a_token_of_somebody_else() {
    let app = begun().await;
    let (mut mira, mut jonas, mut phone) = (app.mira().await, app.signed_in(seed::JONAS).await, app.mira().await);
    let ours = app.url();
    let (own, his, of_the_phone) = (mira.token().await, jonas.token().await, phone.token().await);
    let here: [(&str, &str); 2] = [("origin", &ours), ("sec-fetch-site", "same-origin")];
    let ways: [Way<'_>; 10] = [
        ("nobody says where it comes from", &[], &own),
        ("another site", &[("origin", EVIL)], &own),
        ("another site, as newer browsers say it", &[("origin", EVIL), ("sec-fetch-site", "cross-site")], &own),
        ("another site that claims to be this one", &[("origin", EVIL), ("sec-fetch-site", "same-origin")], &own),
        ("a page without an origin", &[("origin", "null")], &own),
        ("a host beside this one", &[("origin", &ours), ("sec-fetch-site", "same-site")], &own),
        ("no page at all", &[("sec-fetch-site", "none")], &own),
        ("a token of another manager", &here, &his),
        ("a token of her own other session", &here, &of_the_phone),
        ("a token that was made up", &here, "AAAA"),
    ];
    let mut sent = 0;
    for (path, _) in guarded("post") {
        for (way, headers, token) in ways {
            let mut request =
                mira.request(Method::POST, &path).form(&[("csrf_token", token), ("default_volume", "70")]);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let (page, said) = sends(&mut mira, request).await;
            page.explains(403, "too old");
            assert_eq!(said, ["csrf_refused"], "{way}: {path}");
            sent += 1;
        }
    }
    assert!(sent > 400, "{sent}");
    assert!(mira.is_signed_in().await && jonas.is_signed_in().await && phone.is_signed_in().await);
    assert_eq!(app.changes().await, (0, 0));
}
