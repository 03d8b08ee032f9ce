//! The list of servers: pinned ones first, also as it opens over a page.

use discord_standin::seed;
use reqwest::Method;

use super::part;
use crate::support::TestApp;
use crate::support::app::HARBOUR;
use crate::support::page::Page;
use crate::support::visitor::Visitor;

const PINS: &str = "/guilds/pins";

/// Presses a button of the list, as the page has it.
async fn presses(visitor: &mut Visitor, list: &str, name: &str, id: u64) -> Page {
    let mut form = visitor.get(list).await.form(PINS);
    form.push((name.to_owned(), id.to_string()));
    visitor.post(PINS, &form).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pinned_server_stands_first_for_who_pinned_it_until_it_is_unpinned() {
    let app = TestApp::start().await;
    let (mut mira, mut jonas) = (app.mira().await, app.signed_in(seed::JONAS).await);
    mira.get(&format!("/guilds/{HARBOUR}")).await;
    assert_eq!(mira.get("/guilds").await.texts("main .card-link")[0], "Harbour Club", "the one used last");
    let list = "/guilds?module=music&q=";
    let answer = presses(&mut mira, list, "pin", seed::TINY.0).await;
    assert_eq!(answer.location(), list, "back to where it was pinned");
    let page = mira.follows(&answer).await;
    assert!(page.text("#flash").contains("Fresh"), "{}", page.text("#flash"));
    assert_eq!(page.texts("main .card-link")[..2], ["Fresh", "Harbour Club"]);
    assert_eq!(page.attributes("main .card-link", "href")[0], format!("/guilds/{}/settings/music", seed::TINY));
    assert_eq!(page.attributes("main .button-pin[name=unpin]", "value"), [seed::TINY.to_string()]);
    assert!(!jonas.get("/guilds").await.has(".button-pin[name=unpin]"), "others have pins of their own");
    // Twice is as good as once.
    assert_eq!(presses(&mut mira, "/guilds", "pin", seed::TINY.0).await.status, 303);
    presses(&mut mira, "/guilds", "unpin", seed::TINY.0).await;
    let page = mira.get("/guilds").await;
    assert_eq!(page.texts("main .card-link")[0], "Harbour Club");
    assert!(!page.has(".button-pin[name=unpin]"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_a_server_of_ones_own_can_be_pinned_and_nothing_else_leads_back() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let refused = presses(&mut mira, "/guilds", "pin", seed::LIBRARY.0).await;
    refused.explains(403, "cannot manage this server");
    assert!(!refused.body.contains("The Library"));
    let form = mira.get("/guilds").await.form(PINS);
    for more in [vec![], vec![("pin", "x")], vec![("pin", "")], vec![("unpin", "-1")]] {
        let more = more.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
        let form: Vec<_> = form.iter().cloned().chain(more).collect();
        assert_eq!(mira.post(PINS, &form).await.status, 400);
    }
    for elsewhere in ["https://example.org/", "//example.org", "/logout"] {
        let token = mira.token().await;
        let form = [("csrf_token", token.as_str()), ("return_to", elsewhere), ("pin", &HARBOUR.to_string())]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(mira.post(PINS, &form).await.location(), "/guilds", "{elsewhere}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_servers_can_be_pinned_and_those_one_has_lost_do_not_count() {
    let app = TestApp::start().await;
    let mut ada = app.signed_in(seed::ADA).await;
    let page = ada.get("/guilds").await;
    let (form, all) = (page.form(PINS), page.attributes(".button-pin", "value"));
    let pinned = |id: &str| form.iter().cloned().chain([("pin".to_owned(), id.to_owned())]).collect::<Vec<_>>();
    for id in &all[..20] {
        assert_eq!(ada.post(PINS, &pinned(id)).await.status, 303);
    }
    let full = ada.post(PINS, &pinned(&all[20])).await;
    let page = ada.follows(&full).await;
    assert!(page.has("#flash.tone-warning") && page.text("#flash").contains("20"), "{}", page.text("#flash"));
    let count = |page: &Page| page.attributes(".button-pin[name=unpin]", "value").len();
    assert_eq!(count(&page), 20);
    let lost = discord_standin::Id(all[0].parse().unwrap());
    app.discord.edit(|world| world.remove_guild(lost)).unwrap();
    app.clock.advance(std::time::Duration::from_secs(61));
    ada.post(PINS, &pinned(&all[20])).await;
    let page = ada.get("/guilds").await;
    assert_eq!(count(&page), 20);
    assert!(page.has(&format!(".button-pin[name=unpin][value='{}']", all[20])));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_over_a_page_is_the_same_list_and_keeps_the_module() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let page = mira.get(&format!("/guilds/{HARBOUR}/settings/music")).await;
    let address = page.attributes("#switcher", "data-href").remove(0);
    // Without a script the same is one page away, and the field leads there too.
    assert_eq!(page.attributes("#switcher > .nav-apart a", "href"), ["/guilds?module=music"]);
    assert_eq!(page.attributes("#switcher form[action='/guilds'] [name=module]", "value"), ["music"]);
    presses(&mut mira, "/guilds", "pin", seed::TINY.0).await;
    let list = part(&mut mira, "switcher", &address).await;
    assert!(list.status == 200 && !list.body.contains("<html"), "a part of a page");
    let hrefs = list.attributes(".switcher-servers a", "href");
    assert_eq!(hrefs[0], format!("/guilds/{}/settings/music", seed::TINY));
    assert!(hrefs.contains(&format!("/guilds/{}", seed::WORKSHOP)), "to the invitation");
    assert!(!list.body.contains("The Library"));
    assert_eq!(list.attributes(".switcher-servers [aria-current]", "href"), [page_of_music()]);
    // A pin answers with the list anew.
    let mut form = list.form(PINS);
    form.push(("pin".to_owned(), HARBOUR.to_string()));
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&form).finish();
    let request = mira.request(Method::POST, PINS).header("content-type", "application/x-www-form-urlencoded");
    let request = request.header("origin", mira.base.clone()).header("x-part", "switcher").body(body);
    let list = mira.send(request).await;
    assert_eq!(list.status, 200, "{}", list.body);
    assert_eq!(list.attributes(".switcher-servers a", "href")[..2], [hrefs[0].clone(), page_of_music()]);
    assert_eq!(list.attributes(".button-pin[name=unpin]", "value").len(), 2);
    let hostile = part(&mut mira, "switcher", "/guilds?here=x&module=%22%3E%3Cscript%3E").await;
    assert!(hostile.status == 200 && !hostile.body.contains("<script"));
    assert!(hostile.attributes(".switcher-servers a", "href").iter().all(|href| !href.contains("/settings/")));
}

fn page_of_music() -> String {
    format!("/guilds/{HARBOUR}/settings/music")
}
