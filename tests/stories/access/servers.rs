//! The list of servers, also for somebody who is on two hundred of them.

use std::time::Duration;

use discord_standin::{Caller, seed};

use super::overview;
use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_on_two_hundred_servers_finds_theirs_by_name() {
    let app = TestApp::start().await;
    let mut ada = app.signed_in(seed::ADA).await;
    app.discord.clear_requests();
    let all = ada.get("/guilds").await;
    assert_eq!(all.status, 200);
    let cards = all.texts("main .card-link").len();
    assert_eq!(cards, 80, "four of each ten are hers to manage");
    assert_eq!(all.texts("section.group-invite .card-link").len(), 60);
    let found = ada.get("/guilds?q=+sErVeR+00").await;
    assert_eq!(found.texts("main .card-link"), ["Server 001", "Server 002", "Server 003", "Server 004"]);
    assert_eq!(found.attributes("input[name=q]", "value"), ["sErVeR 00"]);
    let none = ada.get("/guilds?q=%3Cscript%3Enothing").await;
    assert!(none.main().contains("<script>nothing"), "{}", none.main());
    assert!(!none.has("main .card-link") && none.has("main .empty a[href='/guilds']"));
    assert!(!none.body.contains("<script>nothing"), "as text only");
    let seen = app.discord.requests();
    let lists =
        |caller: Caller| seen.iter().filter(|one| one.caller == caller && one.path.contains("@me/guilds")).count();
    assert_eq!((lists(Caller::Person(seed::ADA)), lists(Caller::Bot)), (1, 1), "each list is read once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_server_used_last_stands_first() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    assert_eq!(mira.get(&overview(seed::TINY)).await.status, 200);
    let servers = mira.get("/guilds").await;
    assert_eq!(servers.texts("main .card-link")[0], "Fresh");
    assert!(servers.texts("section.group-invite .card-link").contains(&"Sam & Mira's Workshop".to_owned()));
    assert!(!servers.body.contains("The Library"), "she does not manage it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_without_servers_is_told_what_to_do() {
    let app = TestApp::start().await;
    let mut noor = app.signed_in(seed::NOOR).await;
    let page = noor.get("/guilds").await;
    assert_eq!(page.status, 200);
    assert!(page.has("main .empty a[href]"), "{}", page.main());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_made_a_moment_ago_can_be_opened_by_its_address() {
    let app = TestApp::start().await;
    let mut sam = app.signed_in(seed::SAM).await;
    assert_eq!(sam.get("/guilds").await.status, 200);
    app.discord.edit(|world| world.set_owner(seed::TINY, seed::SAM)).unwrap();
    app.clock.advance(Duration::from_secs(11));
    assert_eq!(sam.get(&overview(seed::TINY)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_are_text_whatever_is_in_them() {
    let app = TestApp::start().await;
    app.discord.edit(|world| world.set_owner(seed::HOSTILE, seed::SCRIPT)).unwrap();
    let mut script = app.signed_in(seed::SCRIPT).await;
    let form = format!("{}/settings/tempvoice", overview(seed::HOSTILE));
    let search = "/guilds?q=%22%27%3E%3Cimg+src%3Dx+onerror%3Dalert(9)%3E%E2%80%AE";
    for path in ["/guilds", search, &overview(seed::HOSTILE), &form, &format!("{form}/reset")] {
        let page = script.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text("header .person-name").contains("<img src=x onerror=alert(2)>"), "{path}");
        for tag in ["<script>", "<img src=x", "onerror=alert(9)>\u{202e}", "</select><h1>"] {
            assert!(!page.body.contains(tag), "{tag} on {path}");
        }
        assert!(!page.text("body").contains('\u{202e}'), "what turns the text around is made visible: {path}");
        assert!(!page.has("script:not([src])") && !page.has("[onerror]"), "{path}");
    }
    let list = script.get("/guilds").await;
    assert!(list.texts(".card-link")[0].contains("<script>alert('guild')</script>"), "{:?}", list.texts(".card-link"));
}
