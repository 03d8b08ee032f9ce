use std::time::Duration;

use secrecy::SecretString;
use serde_json::json;

use super::super::fake::{Fake, json as answer, text};
use super::super::{DiscordError, User};

const ME: &str = r#"{"id":"445518183798022151","username":"mira.k","global_name":"Mira","discriminator":"0"}"#;

fn me() -> serde_json::Value {
    serde_json::from_str(ME).unwrap()
}

fn token() -> SecretString {
    SecretString::from("a-persons-token")
}

async fn ask(fake: &Fake) -> Result<User, DiscordError> {
    fake.discord.me(&token()).await
}

fn cause_of(answer: Result<User, DiscordError>) -> String {
    match answer {
        Err(DiscordError::Unavailable(cause)) => cause,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn it_names_itself_and_sends_the_token_it_was_given() {
    let fake = Fake::start(|_, _| answer(200, me())).await;
    assert_eq!(ask(&fake).await.unwrap().display_name(), "Mira");
    let asked = &fake.asked()[0];
    assert_eq!(asked.line, "GET /api/v10/users/@me");
    assert_eq!(asked.headers["authorization"], "Bearer a-persons-token");
    assert!(asked.headers["user-agent"].starts_with("DiscordBot (http://127.0.0.1:8080, "));
    fake.discord.bot_user().await.unwrap();
    assert_eq!(fake.asked()[1].headers["authorization"], "Bot the-bot-token");
}

#[tokio::test]
async fn what_may_pass_is_asked_three_times_in_all() {
    let fake =
        Fake::start(|_, nth| if nth < 2 { text(503, "text/plain", "upstream") } else { answer(200, me()) }).await;
    assert!(ask(&fake).await.is_ok());
    let fake = Fake::start(|_, _| text(502, "text/html", "")).await;
    assert_eq!(cause_of(ask(&fake).await), "/users/@me: HTTP 502");
    assert_eq!(fake.asked().len(), 3);
    assert!(cause_of(ask(&Fake::nobody().await).await).contains("cannot connect"));
}

#[tokio::test]
async fn a_slow_answer_is_given_up_also_in_the_middle_of_its_body() {
    let slow = Duration::from_secs(5);
    let fake = Fake::start_impatient(move |_, nth| match nth {
        0 => answer(200, me()).late(slow),
        1 => answer(200, me()).stalling(slow),
        _ => answer(200, me()),
    })
    .await;
    assert!(ask(&fake).await.is_ok());
    assert_eq!(fake.asked().len(), 3);
    let fake = Fake::start_impatient(move |_, _| answer(200, me()).late(slow)).await;
    cause_of(ask(&fake).await);
}

#[tokio::test]
async fn a_body_that_breaks_off_is_asked_for_again() {
    let fake = Fake::start(|_, nth| if nth == 0 { answer(200, me()).cut_short() } else { answer(200, me()) }).await;
    assert!(ask(&fake).await.is_ok());
}

#[tokio::test]
async fn what_is_no_answer_is_no_refusal() {
    for (status, kind, body) in [
        (200, "text/html", "<html>"),
        (200, "application/json", r#"{"id":"445518183798"#),
        (200, "application/json", r#"{"id":[]}"#),
        (401, "text/html", "<html>"),
        (403, "text/plain", "error code: 1020"),
        (403, "application/json", r#"{"code":40333,"message":"internal network error"}"#),
        (404, "text/html", ""),
        (400, "application/json", r#"{"code":50035,"message":"Invalid Form Body"}"#),
    ] {
        let fake = Fake::start(move |_, _| text(status, kind, body)).await;
        cause_of(ask(&fake).await);
        assert_eq!(fake.asked().len(), 1, "{status} {body}: asking again would not help");
    }
}

#[tokio::test]
async fn a_wrong_answer_is_told_by_path_and_not_by_content() {
    let fake = Fake::start(|_, _| answer(200, json!({"id": "445518183798022151", "username": {"secret": 1}}))).await;
    let cause = cause_of(ask(&fake).await);
    assert!(cause.contains("at .username"), "{cause}");
    assert!(!cause.contains("secret"), "{cause}");
}

#[tokio::test]
async fn redirects_are_not_followed_and_long_bodies_not_read() {
    let fake = Fake::start(|_, _| text(302, "text/html", "").with("location", "/elsewhere")).await;
    cause_of(ask(&fake).await);
    assert_eq!(fake.asked().len(), 1);
    let fake = Fake::start(|_, _| text(200, "application/json", vec![b' '; 9 * 1024 * 1024])).await;
    assert_eq!(cause_of(ask(&fake).await), "the answer is too long");
}

#[tokio::test]
async fn refusals_keep_their_code() {
    let fake = Fake::start(|_, nth| match nth {
        0 => answer(401, json!({"message": "401: Unauthorized", "code": 0})),
        1 => answer(403, json!({"message": "Missing required OAuth2 scope", "code": 50026})),
        _ => answer(404, json!({"message": "Unknown User", "code": 10013})),
    })
    .await;
    assert_eq!(ask(&fake).await.err(), Some(DiscordError::Unauthorized));
    assert_eq!(ask(&fake).await.err(), Some(DiscordError::Unauthorized), "too few scopes: sign in again");
    assert_eq!(ask(&fake).await.err(), Some(DiscordError::NotFound { code: 10013 }));
}

#[tokio::test]
async fn a_short_wait_is_waited_and_a_long_one_told_without_asking_again() {
    let limited = |retry_after: f64| json!({"message": "You are being rate limited.", "retry_after": retry_after});
    let fake = Fake::start(move |_, nth| if nth == 0 { answer(429, limited(0.05)) } else { answer(200, me()) }).await;
    assert!(ask(&fake).await.is_ok());
    assert_eq!(fake.asked().len(), 2);

    let fake =
        Fake::start(
            move |_, nth| {
                if nth == 0 { answer(429, limited(64.57)).with("retry-after", "65") } else { answer(200, me()) }
            },
        )
        .await;
    let wait = |answer: Result<User, DiscordError>| match answer {
        Err(DiscordError::RateLimited { retry_after: Some(wait) }) => wait,
        other => panic!("{other:?}"),
    };
    assert!(wait(ask(&fake).await) > Duration::from_secs_f64(64.57), "the longer of header and body");
    wait(ask(&fake).await);
    assert_eq!(fake.asked().len(), 1);
    let other = fake.discord.me(&SecretString::from("another-persons-token")).await;
    assert!(other.is_ok(), "somebody else's quota is another one");
    fake.clock.advance(Duration::from_secs(66));
    assert!(ask(&fake).await.is_ok());
}

#[tokio::test]
async fn a_429_without_a_time_is_not_asked_again_at_once() {
    let fake = Fake::start(|_, _| text(429, "text/html", "error code: 1015")).await;
    for _ in 0..3 {
        assert_eq!(ask(&fake).await.err(), Some(DiscordError::RateLimited { retry_after: None }));
    }
    assert_eq!(fake.asked().len(), 1);
}

#[tokio::test]
async fn after_the_bot_token_is_refused_nobody_is_asked_with_it_for_a_minute() {
    let fake = Fake::start(|line, _| match line {
        "GET /api/v10/users/@me" => answer(200, me()),
        _ => answer(401, json!({"message": "401: Unauthorized", "code": 0})),
    })
    .await;
    let guild = twilight_model::id::Id::new(816_370_501_973_721_107);
    for _ in 0..3 {
        let channels = fake.discord.channels(guild, Duration::ZERO).await;
        assert_eq!(channels.err(), Some(DiscordError::Unauthorized));
    }
    assert_eq!(fake.asked().len(), 1);
    assert!(ask(&fake).await.is_ok(), "people's own tokens are not concerned");
    fake.clock.advance(Duration::from_secs(61));
    fake.discord.channels(guild, Duration::ZERO).await.unwrap_err();
    assert_eq!(fake.asked().len(), 3);
}

#[tokio::test]
async fn secrets_are_in_no_debug_text() {
    let fake = Fake::nobody().await;
    let config = format!("{:?} {:?}", fake.discord, super::super::fake::config("http://127.0.0.1:9"));
    assert!(!config.contains("the-bot-token") && !config.contains("the-client-secret"), "{config}");
}
