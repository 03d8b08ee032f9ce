use super::*;
use crate::accounts::fixture::browser::{Browser, GUILD, location, trouble};
use crate::accounts::fixture::{House, mira};
use crate::accounts::sessions_of;
use crate::web::csrf::{self, FormOwner};
use actix_web::test::TestRequest;
use secrecy::ExposeSecret as _;

#[actix_web::test]
async fn a_person_signs_in_and_comes_back_to_the_page_they_wanted() {
    let house = House::build().await;
    house.script.grants("1", "guilds identify");
    let mut browser = Browser::of(&house);
    let page = format!("/guilds/{GUILD}/settings/music");
    let wish: String = form_urlencoded::byte_serialize(page.as_bytes()).collect();
    let state = browser.leaves_by(&format!("/login?return_to={wish}")).await;
    assert_eq!(browser.attempts(), 1);
    let response = browser.get(&format!("/auth/callback?code=the-code&state={state}&iss={}", issuer(&house))).await;
    assert_eq!((response.status().as_u16(), location(&response)), (303, page));
    assert_eq!(browser.attempts(), 0);
    assert_eq!(browser.name().await.as_deref(), Some("Mira"));
    assert!(house.script.asked()[0].contains("code=the-code") && house.script.asked()[0].contains("code_verifier="));
    let rows = house.db.run(stored).await.unwrap();
    assert_eq!(rows.0, Some("Mira".to_owned()));
    assert!(!rows.1.contains("access-1"), "tokens are sealed");
}

fn stored(conn: &mut Conn) -> Result<(Option<String>, String), DbError> {
    use crate::schema::{discord_tokens, users};
    let name = users::table.select(users::global_name).first(conn)?;
    Ok((name, discord_tokens::table.select(discord_tokens::access_token).first(conn)?))
}

fn issuer(house: &House) -> String {
    form_urlencoded::byte_serialize(house.accounts.issuer.as_bytes()).collect()
}

#[actix_web::test]
async fn each_failure_says_what_it_is_and_signs_nobody_in() {
    let house = House::build().await;
    house.script.grants("1", "guilds identify");
    let mut browser = Browser::of(&house);
    for (query, wanted) in [
        ("error=access_denied&state=STATE", "403 sign-in-cancelled"),
        ("error=invalid_scope&state=STATE", "400 sign-in-refused-by-discord"),
        ("error=server_error&state=STATE", "503 discord"),
        ("state=STATE", "400 sign-in-no-code"),
        ("code=&state=STATE", "400 sign-in-no-code"),
        ("code=c", "400 sign-in-no-state"),
        ("", "400 sign-in-no-state"),
        ("code=c&state=other", "400 sign-in-unknown"),
        ("code=c&code=c&state=STATE", "400 sign-in-repeated"),
        ("code=c&state=STATE&state=STATE", "400 sign-in-repeated"),
        ("code=c&state=STATE&iss=https://evil.example", "400 sign-in-wrong-issuer"),
    ] {
        let state = browser.leaves_by("/login").await;
        let response = browser.get(&format!("/auth/callback?{}", query.replace("STATE", &state))).await;
        assert_eq!(trouble(&response), wanted, "{query}");
        assert_eq!(browser.name().await, None, "{query}");
    }
    assert!(house.script.asked().is_empty(), "no code was ever sent");
}

#[actix_web::test]
async fn what_discord_says_to_the_code_is_told_apart() {
    let house = House::build().await;
    let mut browser = Browser::of(&house);
    for (status, body, wanted) in [
        (400, serde_json::json!({"error": "invalid_grant"}), "400 sign-in-code-refused"),
        (401, serde_json::json!({"error": "invalid_client"}), "503 misconfigured"),
        (502, serde_json::json!({}), "503 discord"),
        (
            200,
            serde_json::json!({"access_token": "a", "refresh_token": "r", "token_type": "Bearer", "expires_in": 9,
                               "scope": "identify"}),
            "403 sign-in-scopes",
        ),
    ] {
        house.script.answer(status, body);
        let state = browser.leaves_by("/login").await;
        let response = browser.get(&format!("/auth/callback?code=c&state={state}")).await;
        assert_eq!(trouble(&response), wanted);
        assert_eq!(browser.name().await, None);
        house.script.clear();
    }
}

#[actix_web::test]
async fn a_state_serves_once_even_with_its_cookie_restored() {
    let house = House::build().await;
    house.script.grants("1", "guilds identify");
    let mut browser = Browser::of(&house);
    let state = browser.leaves_by("/login").await;
    let before = browser.cookies.clone();
    let answer = format!("/auth/callback?code=c&state={state}");
    assert_eq!(browser.get(&answer).await.status(), 303);
    assert_eq!(trouble(&browser.get(&answer).await), "400 sign-in-used", "the Back button");
    browser.cookies = before;
    assert_eq!(trouble(&browser.get(&answer).await), "400 sign-in-used", "a restored cookie");
    let mut elsewhere = Browser::of(&house);
    let state = browser.leaves_by("/login").await;
    let stolen = elsewhere.get(&format!("/auth/callback?code=c&state={state}")).await;
    assert_eq!(trouble(&stolen), "400 sign-in-unknown", "another browser");
}

#[actix_web::test]
async fn a_try_ends_after_ten_minutes_and_five_may_be_open() {
    let house = House::build().await;
    house.script.grants("1", "guilds identify");
    let mut browser = Browser::of(&house);
    let first = browser.leaves_by("/login").await;
    house.clock.advance(LIFETIME + std::time::Duration::from_secs(1));
    let late = browser.get(&format!("/auth/callback?code=c&state={first}")).await;
    assert_eq!(trouble(&late), "400 sign-in-expired");
    let mut states = Vec::new();
    for _ in 0..7 {
        states.push(browser.leaves_by("/login?return_to=/account/sessions").await);
        house.clock.advance(std::time::Duration::from_millis(5));
    }
    assert_eq!(browser.attempts(), 5);
    let dropped = browser.get(&format!("/auth/callback?code=c&state={}", states[1])).await;
    assert_eq!(trouble(&dropped), "400 sign-in-unknown");
    let kept = browser.get(&format!("/auth/callback?code=c&state={}", states[2])).await;
    assert_eq!(location(&kept), "/account/sessions");
    assert_eq!(browser.attempts(), 4, "other tabs may still finish");
}

#[actix_web::test]
async fn signing_in_again_replaces_the_session() {
    let house = House::build().await;
    house.script.grants("1", "guilds identify");
    let mut browser = Browser::of(&house);
    browser.signs_in().await;
    let old = browser.cookies.clone();
    browser.signs_in().await;
    assert_eq!(sessions_of(&house.db, &house.clock, mira()).await.unwrap().len(), 1);
    browser.cookies = old;
    assert_eq!(browser.name().await, None);
}

#[actix_web::test]
async fn changing_the_secret_key_signs_nobody_out() {
    let mut house = House::build().await;
    house.script.grants("1", "guilds identify");
    let mut browser = Browser::of(&house);
    browser.signs_in().await;
    let state = browser.leaves_by("/login").await;
    let old = browser.cookies.clone();
    house.rotate_key();
    let mut browser = Browser::with(&house, &old);
    assert_eq!(browser.name().await.as_deref(), Some("Mira"));
    assert_eq!(browser.get(&format!("/auth/callback?code=c&state={state}")).await.status(), 303);
    assert_eq!(house.accounts.access_token(mira()).await.unwrap().expose_secret(), "access-1");
    let sealed_anew = browser.cookies.clone();
    house.rotate_key();
    assert_eq!(Browser::with(&house, &sealed_anew).name().await.as_deref(), Some("Mira"));
}

#[actix_web::test]
async fn signing_out_ends_this_session_and_revokes_nothing() {
    let house = House::build().await;
    house.script.grants("1", "guilds identify");
    let (mut here, mut there) = (Browser::of(&house), Browser::of(&house));
    here.signs_in().await;
    let session = sessions_of(&house.db, &house.clock, mira()).await.unwrap()[0].id;
    there.signs_in().await;
    let form = |token: &str| {
        TestRequest::post()
            .uri("/logout")
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .insert_header(("sec-fetch-site", "same-origin"))
            .set_payload(format!("csrf_token={token}"))
    };
    assert_eq!(trouble(&here.send(form("guessed")).await), "403 form-refused");
    let token = csrf::token(&house.keys, FormOwner { user: mira(), session });
    let response = here.send(form(&token)).await;
    assert_eq!((response.status().as_u16(), location(&response)), (303, "/".to_owned()));
    assert_eq!(response.headers().get("clear-site-data").unwrap(), "\"cache\", \"storage\"");
    assert!(!here.cookies.contains_key("guildhall"));
    assert_eq!((here.name().await, there.name().await.as_deref()), (None, Some("Mira")));
    assert_eq!(trouble(&here.send(form(&token)).await), "401 signed-out");
    assert_eq!(house.script.asked().len(), 2, "the two sign-ins");
}

#[actix_web::test]
async fn an_invitation_leads_back_to_its_server_and_keeps_the_session() {
    let house = House::build().await;
    house.script.grants("1", "guilds identify");
    let mut browser = Browser::of(&house);
    browser.signs_in().await;
    let session = browser.cookies.get("guildhall").cloned();
    house.script.clear();
    house.script.grants("invite", "bot identify applications.commands");
    let state = browser.leaves_by("/invite").await;
    let answer = format!("/auth/callback?code=c&state={state}&guild_id=111111111111111111&permissions=0");
    assert_eq!(location(&browser.get(&answer).await), format!("/guilds/{GUILD}"), "the hint changes nothing");
    assert!(session.is_some() && browser.name().await.is_some());
    assert_eq!(sessions_of(&house.db, &house.clock, mira()).await.unwrap().len(), 1);

    let state = browser.leaves_by("/invite").await;
    let cancelled = browser.get(&format!("/auth/callback?error=access_denied&state={state}")).await;
    assert_eq!(location(&cancelled), format!("/guilds/{GUILD}"));
    assert!(browser.cookies.contains_key("guildhall-flash"));

    house.script.clear();
    house.script.grants("other", "bot identify applications.commands");
    let state = browser.leaves_by("/invite").await;
    let other = browser.get(&format!("/auth/callback?code=c&state={state}")).await;
    assert_eq!(location(&other), format!("/login?return_to=%2Fguilds%2F{GUILD}"), "another Discord account");
    assert_eq!(browser.name().await.as_deref(), Some("Mira"));
}

#[actix_web::test]
async fn the_twenty_first_sign_in_from_one_address_waits() {
    let house = House::build().await;
    let mut browser = Browser::of(&house);
    for _ in 0..20 {
        browser.leaves_by("/login").await;
    }
    assert_eq!(trouble(&browser.get("/login").await), "429 too-many");
}
