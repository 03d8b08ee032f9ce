//! Rows 18 to 20 and 24: limits, garbage, broken lines, the log.

use std::time::Duration;

use discord_standin::{
    Caller, Fault, FaultKind, RateLimitScope,
    seed::{BOT_TOKEN, HARBOUR_CLUB, MIRA},
};
use reqwest::Response;
use serde_json::json;

use super::support::*;

const ME: &str = "/api/v10/users/@me";

async fn meets(setup: &Setup, kind: FaultKind) -> Response {
    setup.standin.clear_faults();
    setup.standin.fault(Fault::at(ME, kind));
    setup.bot("GET", "/users/@me").send().await.unwrap()
}

#[tokio::test]
async fn a_rate_limit_has_discords_headers_and_body() {
    let setup = setup().await;
    let limits = [
        (RateLimitScope::User, 0.5, "1", "You are being rate limited.", false),
        (RateLimitScope::Global, 5.0, "5", "You are being rate limited.", true),
        (RateLimitScope::Shared, 3600.0, "3600", "The resource is being rate limited.", false),
    ];
    for (scope, seconds, header, message, global) in limits {
        let kind = FaultKind::RateLimited { scope, retry_after: Some(seconds), html_1015: false };
        let response = meets(&setup, kind).await;
        let headers = response.headers().clone();
        assert_eq!(headers["retry-after"], header);
        assert_eq!(headers["x-ratelimit-scope"], format!("{scope:?}").to_lowercase().as_str());
        assert_eq!(headers.contains_key("x-ratelimit-global"), global);
        let (status, body) = answer(response).await;
        assert_eq!(status, 429);
        assert_eq!(body, json!({"message": message, "retry_after": seconds, "global": global}));
    }
}

#[tokio::test]
async fn a_rate_limit_may_say_no_time_or_be_a_page() {
    let setup = setup().await;
    let scope = RateLimitScope::User;
    let silent = meets(&setup, FaultKind::RateLimited { scope, retry_after: None, html_1015: false }).await;
    assert!(!silent.headers().contains_key("retry-after"));
    let (status, body) = answer(silent).await;
    assert_eq!((status, body.get("retry_after")), (429, None));
    let page = meets(&setup, FaultKind::RateLimited { scope, retry_after: None, html_1015: true }).await;
    assert_eq!(page.headers()["content-type"], "text/html");
    assert!(page.text().await.unwrap().contains("error code: 1015"));
}

#[tokio::test]
async fn errors_and_garbage_come_as_discord_sends_them() {
    let setup = setup().await;
    let server_error = answer(meets(&setup, FaultKind::ServerError).await).await;
    assert_eq!(server_error, (500, json!({"message": "500: Internal Server Error", "code": 0})));
    assert_eq!(answer(meets(&setup, FaultKind::BadGateway).await).await, (502, json!("")));
    let (status, text) = answer(meets(&setup, FaultKind::Unavailable).await).await;
    assert_eq!(status, 503);
    assert!(text.as_str().unwrap().starts_with("upstream connect error"));
    let page = meets(&setup, FaultKind::Html).await;
    assert_eq!((page.status().as_u16(), &page.headers()["content-type"]), (200, &"text/html".parse().unwrap()));
    let (status, cut) = answer(meets(&setup, FaultKind::TruncatedJson).await).await;
    assert!(status == 200 && cut.as_str().unwrap().starts_with('{'), "{cut}");
    let (_, wrong) = answer(meets(&setup, FaultKind::WrongTypes).await).await;
    assert_eq!((&wrong["id"], &wrong["banner"]), (&json!(true), &json!(0)));
    assert_eq!(meets(&setup, FaultKind::Unauthorized).await.status(), 401);
    assert_eq!(answer(meets(&setup, FaultKind::MissingAccess).await).await.1["code"], 50001);
    assert_eq!(answer(meets(&setup, FaultKind::MissingPermissions).await).await.1["code"], 50013);
    let unknown = FaultKind::NotFound { code: 10004, message: "Unknown Guild".to_owned() };
    assert_eq!(answer(meets(&setup, unknown).await).await.1["code"], 10004);
    let own = FaultKind::Status { status: 418, json: json!({"tea": true}) };
    assert_eq!(answer(meets(&setup, own).await).await, (418, json!({"tea": true})));
}

#[tokio::test]
async fn a_fault_meets_its_method_and_path_for_as_long_as_it_should() {
    let setup = setup().await;
    setup.standin.fault(Fault::at(ME, FaultKind::ServerError).method("get").times(1));
    setup.standin.fault(Fault::at("/api/v10/guilds/{guild}", FaultKind::BadGateway));
    assert_eq!(setup.bot_gets("/voice/regions").await.0, 200);
    assert_eq!(setup.bot_gets("/users/@me").await.0, 500);
    assert_eq!(setup.bot_gets("/users/@me").await.0, 200, "used up");
    assert_eq!(setup.bot_gets(&format!("/guilds/{HARBOUR_CLUB}")).await.0, 502);
    assert_eq!(setup.bot_gets(&format!("/guilds/{HARBOUR_CLUB}/roles")).await.0, 200);
    setup.standin.clear_faults();
    assert_eq!(setup.bot_gets(&format!("/guilds/{HARBOUR_CLUB}")).await.0, 200);
}

#[tokio::test]
async fn a_slow_answer_runs_into_the_callers_timeout_and_comes_to_those_who_wait() {
    let setup = setup().await;
    let (short, long) = (Duration::from_millis(100), Duration::from_secs(3600));
    for kind in [FaultKind::DelayHeaders { delay: long }, FaultKind::DelayBody { delay: long }] {
        setup.standin.clear_faults();
        setup.standin.fault(Fault::at(ME, kind));
        let sent = setup.bot("GET", "/users/@me").timeout(short).send().await;
        let timed_out = match sent {
            Err(error) => error.is_timeout(),
            Ok(response) => response.bytes().await.is_err_and(|error| error.is_timeout()),
        };
        assert!(timed_out);
    }
    let moment = Duration::from_millis(1);
    for kind in [FaultKind::DelayHeaders { delay: moment }, FaultKind::DelayBody { delay: moment }] {
        let (status, body) = answer(meets(&setup, kind).await).await;
        assert_eq!((status, &body["bot"]), (200, &json!(true)));
    }
}

#[tokio::test]
async fn a_reset_connection_is_an_error_without_an_answer() {
    let setup = setup().await;
    setup.standin.fault(Fault::at(ME, FaultKind::Reset).times(1));
    let error = setup.bot("GET", "/users/@me").send().await.unwrap_err();
    assert!(error.status().is_none() && !error.is_timeout(), "{error:?}");
    assert!(format!("{error:?}").contains("ConnectionReset"), "{error:?}");
    assert_eq!(setup.standin.requests()[0].status, None);
    assert_eq!(setup.bot_gets("/users/@me").await.0, 200);
}

#[tokio::test]
async fn the_log_tells_who_asked_what_and_keeps_no_secret() {
    let setup = setup().await;
    let token = setup.token(MIRA, &["identify", "guilds"]);
    setup.person_gets(&token, "/users/@me/guilds?limit=5").await;
    setup.bot_gets("/users/@me").await;
    let code = setup.code(MIRA, "identify", &[]).await;
    setup.exchange(&code, &[]).await;
    setup.client.get(setup.url(&format!("/somewhere?code={code}&x=1"))).send().await.unwrap();
    let seen = setup.standin.requests();
    assert_eq!(seen.iter().map(|request| request.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!((seen[0].method.as_str(), seen[0].path.as_str()), ("GET", "/api/v10/users/@me/guilds"));
    assert_eq!((seen[0].query.as_str(), seen[0].caller, seen[0].status), ("limit=5", Caller::Person(MIRA), Some(200)));
    assert_eq!((seen[1].caller, seen[1].header("authorization")), (Caller::Bot, Some("Bot ***")));
    assert!(seen[1].header("user-agent").unwrap().starts_with("DiscordBot"));
    assert_eq!(seen[4].query, "code=***&x=1");
    let all = format!("{seen:?}");
    for secret in [token.as_str(), BOT_TOKEN, code.as_str()] {
        assert!(!all.contains(secret));
    }
    setup.standin.clear_requests();
    setup.bot_gets("/users/@me").await;
    assert_eq!(setup.standin.requests()[0].number, 6);
}

#[tokio::test]
async fn a_strict_stand_in_refuses_calls_without_a_user_agent() {
    let setup = setup().await;
    let silent = reqwest::Client::builder().build().unwrap();
    let call = || silent.get(setup.url(ME)).header("Authorization", format!("Bot {BOT_TOKEN}")).send();
    assert_eq!(call().await.unwrap().status(), 200);
    setup.standin.edit(|world| world.options.strict_user_agent = true);
    let (status, body) = answer(call().await.unwrap()).await;
    assert_eq!((status, &body["code"]), (403, &json!(40333)));
    assert_eq!(setup.bot_gets("/users/@me").await.0, 200);
}
