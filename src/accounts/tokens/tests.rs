use std::time::Duration;

use super::*;
use crate::accounts::fixture::{House, mira};
use crate::accounts::sessions_of;
use actix_session::storage::SessionStore as _;

const WEEK: Duration = Duration::from_secs(604_800);

async fn a_session(house: &House) {
    let state = [("user_id", mira().to_string())].map(|(key, value)| (key.to_owned(), format!("{value:?}")));
    house.rows().save(state.into(), &actix_web::cookie::time::Duration::DAY).await.unwrap();
}

async fn sessions(house: &House) -> usize {
    sessions_of(&house.db, &house.clock, mira()).await.unwrap().len()
}

async fn token(house: &House) -> Result<String, TokenTrouble> {
    house.accounts.access_token(mira()).await.map(|token| token.expose_secret().to_owned())
}

async fn lease(house: &House) {
    let row = TokenRow::read(&house.db, mira()).await.unwrap().unwrap();
    assert!(TokenRow::claim(&house.db, mira(), row.version, house.clock.now()).await.unwrap().is_some());
}

#[actix_web::test]
async fn a_token_is_used_until_it_runs_out_and_then_renewed_once() {
    let house = House::build().await;
    house.has_tokens("1").await;
    assert_eq!(token(&house).await.unwrap(), "access-1");
    assert!(house.script.asked().is_empty());
    house.clock.advance(WEEK - Duration::from_secs(30));
    house.script.grants("2", "identify guilds");
    let (one, other) = (house.neighbour(), house.neighbour());
    let both = futures_util::future::join(one.access_token(mira()), other.access_token(mira())).await;
    assert!(both.0.is_ok() && both.1.is_ok());
    assert_eq!(token(&house).await.unwrap(), "access-2");
    assert_eq!(house.script.asked().len(), 1, "one refresh");
    assert!(house.script.asked()[0].contains("refresh_token=refresh-1"));
}

#[actix_web::test]
async fn a_refused_token_is_renewed_although_it_had_time_left() {
    let house = House::build().await;
    house.has_tokens("1").await;
    house.script.grants("2", "identify guilds");
    let refused = SecretString::from("access-1");
    let renew = || house.accounts.refresh_after_401(mira(), &refused);
    assert_eq!(renew().await.unwrap().expose_secret(), "access-2");
    assert_eq!(renew().await.unwrap().expose_secret(), "access-2", "somebody has renewed it already");
    assert_eq!(house.script.asked().len(), 1);
}

#[actix_web::test]
async fn while_discord_is_away_the_session_stays() {
    let house = House::build().await;
    house.has_tokens("1").await;
    house.clock.advance(WEEK - Duration::from_secs(30));
    a_session(&house).await;
    house.script.answer(500, serde_json::json!({}));
    assert_eq!(token(&house).await.unwrap(), "access-1", "it has half a minute left");
    house.clock.advance(Duration::from_secs(31));
    assert!(matches!(token(&house).await, Err(TokenTrouble::Unavailable(_))));
    assert_eq!(sessions(&house).await, 1);
    house.script.grants("2", "identify guilds");
    let _ = token(&house).await;
    assert_eq!(token(&house).await.unwrap(), "access-2", "the claim was given back");
}

#[actix_web::test]
async fn a_dead_refresh_token_ends_the_sessions() {
    let house = House::build().await;
    house.has_tokens("1").await;
    a_session(&house).await;
    house.clock.advance(WEEK);
    a_session(&house).await;
    house.script.refuses("invalid_grant");
    assert!(matches!(token(&house).await, Err(TokenTrouble::SignedOut)));
    assert_eq!(sessions(&house).await, 0);
    assert!(TokenRow::read(&house.db, mira()).await.unwrap().is_none());
    assert!(matches!(token(&house).await, Err(TokenTrouble::SignedOut)));
    assert_eq!(house.script.asked().len(), 1, "without a token there is nothing to ask");
}

#[actix_web::test]
async fn tokens_that_came_meanwhile_count_more_than_a_dead_one() {
    let house = House::build().await;
    house.has_tokens("1").await;
    a_session(&house).await;
    let stale = TokenRow::read(&house.db, mira()).await.unwrap().unwrap();
    house.has_tokens("2").await;
    house.script.refuses("invalid_grant");
    assert!(matches!(house.accounts.refresh(mira(), stale, 0).await, Ok(Refreshed::Overtaken)));
    assert_eq!(token(&house).await.unwrap(), "access-2");
    assert_eq!(sessions(&house).await, 1);
}

#[actix_web::test]
async fn another_instances_claim_is_waited_for_and_ends_by_itself() {
    let house = House::build().await;
    house.has_tokens("1").await;
    house.clock.advance(WEEK);
    lease(&house).await;
    house.script.grants("2", "identify guilds");
    let waiting = house.neighbour();
    let waiting = actix_web::rt::spawn(async move { waiting.access_token(mira()).await });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(house.script.asked().is_empty(), "the claim holds");
    house.clock.advance(Duration::from_millis(u64::try_from(LEASE).unwrap() + 1));
    assert_eq!(waiting.await.unwrap().unwrap().expose_secret(), "access-2");
}

#[actix_web::test]
async fn a_token_of_another_place_does_not_open() {
    let house = House::build().await;
    house.has_tokens("1").await;
    let row = TokenRow::read(&house.db, mira()).await.unwrap().unwrap();
    assert!(row.open_access(&house.keys, mira()).is_ok());
    assert!(row.open_access(&house.keys, UserId::new(7)).is_err());
}
