//! Row 17: adding the bot.

use discord_standin::seed::{CLIENT_ID, HARBOUR_CLUB, JONAS, LIV, MIRA, SAM, WORKSHOP};
use serde_json::json;

use super::support::*;

fn install_url(setup: &Setup, more: &[(&str, &str)]) -> String {
    let id = CLIENT_ID.to_string();
    let pairs = [("client_id", id.as_str()), ("scope", "bot applications.commands"), ("permissions", "3072")];
    setup.query_url(pairs.iter().chain(more))
}

async fn posts(setup: &Setup, url: &str, form: &[(&str, String)]) -> reqwest::Response {
    setup.client.post(url).form(form).send().await.unwrap()
}

#[tokio::test]
async fn only_servers_the_person_manages_are_offered() {
    let setup = setup().await;
    let url = install_url(&setup, &[]);
    let page = setup.client.get(&url).send().await.unwrap().text().await.unwrap();
    assert!(page.contains("value=\"continue\""), "first: who are you?");
    let choice = async |user| setup.decides(&url, user, "continue").await.text().await.unwrap();
    let for_mira = choice(MIRA).await;
    assert!(for_mira.contains(&format!("<option value=\"{WORKSHOP}\"")));
    let for_jonas = choice(JONAS).await;
    assert!(for_jonas.contains(&format!("<option value=\"{HARBOUR_CLUB}\"")));
    assert!(!for_jonas.contains(&format!("<option value=\"{WORKSHOP}\"")));
    assert!(choice(SAM).await.contains("id=\"no-servers\""));
}

#[tokio::test]
async fn the_bot_joins_the_server_that_was_picked() {
    let setup = setup().await;
    let url = install_url(&setup, &[]);
    let form =
        [("user_id", MIRA.to_string()), ("guild_id", WORKSHOP.to_string()), ("decision", "authorize".to_owned())];
    let response = posts(&setup, &url, &form).await;
    assert_eq!(response.status(), 200);
    assert!(response.text().await.unwrap().contains("id=\"done\""));
    let probe = format!("/users/@me/guilds?after={}&limit=1", WORKSHOP.0 - 1);
    let (_, list) = setup.bot_gets(&probe).await;
    assert_eq!(list[0]["id"], json!(WORKSHOP));
    assert_eq!(setup.bot_gets(&format!("/guilds/{WORKSHOP}/channels")).await.0, 200);
}

#[tokio::test]
async fn a_server_the_person_does_not_manage_is_refused() {
    let setup = setup().await;
    let url = install_url(&setup, &[]);
    for user in [SAM, LIV] {
        let form =
            [("user_id", user.to_string()), ("guild_id", WORKSHOP.to_string()), ("decision", "authorize".to_owned())];
        assert_eq!(posts(&setup, &url, &form).await.status(), 403);
    }
    assert_eq!(setup.bot_gets(&format!("/guilds/{WORKSHOP}")).await.0, 404);
}

#[tokio::test]
async fn a_preselected_server_is_locked_on_demand() {
    let setup = setup().await;
    let guild = WORKSHOP.to_string();
    let open = install_url(&setup, &[("guild_id", &guild)]);
    let page = setup.decides(&open, MIRA, "continue").await.text().await.unwrap();
    assert!(page.contains(&format!("<option value=\"{WORKSHOP}\" selected>")));
    assert!(!page.contains("required disabled"));
    let locked = install_url(&setup, &[("guild_id", &guild), ("disable_guild_select", "true")]);
    let page = setup.decides(&locked, MIRA, "continue").await.text().await.unwrap();
    assert!(page.contains("required disabled"));
    assert!(page.contains(&format!("<input type=\"hidden\" name=\"guild_id\" value=\"{WORKSHOP}\">")));
    let page = setup.decides(&locked, JONAS, "continue").await.text().await.unwrap();
    assert!(page.contains("id=\"no-servers\""), "not his: nothing else is offered instead");
    let form =
        [("user_id", MIRA.to_string()), ("guild_id", HARBOUR_CLUB.to_string()), ("decision", "authorize".to_owned())];
    assert_eq!(posts(&setup, &locked, &form).await.status(), 400);
}

#[tokio::test]
async fn an_install_with_a_callback_returns_the_guild_and_a_token_with_it() {
    let setup = setup().await;
    let guild = WORKSHOP.to_string();
    let more = [("permissions", "3072"), ("guild_id", guild.as_str()), ("state", "s1")];
    let url = setup.authorize_url("identify bot applications.commands", &more);
    let there = location(&setup.decides(&url, MIRA, "authorize").await);
    assert_eq!(query_of(&there, "guild_id"), Some(guild.clone()));
    assert_eq!(query_of(&there, "permissions").as_deref(), Some("3072"));
    assert_eq!(query_of(&there, "state").as_deref(), Some("s1"));
    let code = query_of(&there, "code").unwrap();
    let (status, body) = answer(setup.exchange(&code, &[]).await).await;
    assert_eq!((status, &body["guild"]["id"]), (200, &json!(guild)));
    assert_eq!(body["scope"], "applications.commands bot identify");
}

#[tokio::test]
async fn cancelling_adds_nothing_with_and_without_a_callback() {
    let setup = setup().await;
    let bare = setup.decides(&install_url(&setup, &[]), MIRA, "cancel").await;
    assert!(bare.text().await.unwrap().contains("id=\"cancelled\""));
    let url = setup.authorize_url("identify bot", &[]);
    let there = location(&setup.decides(&url, MIRA, "cancel").await);
    assert_eq!(query_of(&there, "error").as_deref(), Some("access_denied"));
    assert_eq!(setup.bot_gets(&format!("/guilds/{WORKSHOP}")).await.0, 404);
}

#[tokio::test]
async fn a_private_bot_is_added_by_its_owner_alone_and_may_need_the_code_flow() {
    let setup = setup().await;
    setup.standin.edit(|world| world.application.bot_public = false);
    let url = install_url(&setup, &[]);
    assert_eq!(setup.decides(&url, JONAS, "continue").await.status(), 403);
    assert_eq!(setup.decides(&url, MIRA, "continue").await.status(), 200);
    setup.standin.edit(|world| world.application.bot_require_code_grant = true);
    assert_eq!(setup.client.get(&url).send().await.unwrap().status(), 400);
}
