use actix_session::SessionExt as _;
use actix_web::cookie::Cookie;
use actix_web::dev::ServiceResponse;
use actix_web::{App, HttpRequest, HttpResponse, test, web};

use super::*;
use crate::accounts::fixture::{House, mira};
use crate::accounts::{Person, session_middleware, sessions_of};

const HOUR: Duration = Duration::from_secs(60 * 60);
const TTL: CookieDuration = CookieDuration::DAY;

fn state() -> State {
    let pairs = [
        (USER_ID, mira().to_string()),
        ("name", "Mira".to_owned()),
        (USER_AGENT, format!("Browser\n{}", "x".repeat(500))),
        (NETWORK, "203.0.113.0/24".to_owned()),
        (SID, "not mine to choose".to_owned()),
    ];
    pairs.map(|(key, value)| (key.to_owned(), json(&value).unwrap())).into()
}

fn text(state: &State, key: &str) -> Option<String> {
    state.get(key).map(|json| serde_json::from_str(json).unwrap())
}

fn key(key: &SessionKey) -> SessionKey {
    key.as_ref().to_owned().try_into().unwrap()
}

#[actix_web::test]
async fn the_database_knows_the_hash_of_a_key_and_who_it_is_for() {
    let house = House::build().await;
    let rows = house.rows();
    let secret = rows.save(state(), &TTL).await.unwrap();
    let stored: (String, Option<Snowflake<UserMarker>>, String, String) = house
        .db
        .run(|conn| {
            let columns = (sessions::key_hash, sessions::user_id, sessions::state, sessions::user_agent);
            sessions::table.select(columns).first(conn).map_err(DbError::from)
        })
        .await
        .unwrap();
    assert_eq!(stored.0, fingerprint(secret.as_ref().as_bytes()));
    assert_eq!(stored.1.and_then(Snowflake::id), Some(mira()));
    assert_eq!(stored.2, r#"{"name":"\"Mira\""}"#);
    assert_eq!(stored.3, format!("Browser{}", "x".repeat(193)));
}

#[actix_web::test]
async fn a_session_is_read_in_one_query_with_its_public_id() {
    let house = House::build().await;
    let rows = house.rows();
    let secret = rows.save(state(), &TTL).await.unwrap();
    let before = house.db.queries();
    let loaded = rows.load(&secret).await.unwrap().unwrap();
    rows.update_ttl(&secret, &TTL).await.unwrap();
    assert_eq!(house.db.queries() - before, 1);
    assert_eq!(text(&loaded, USER_ID).unwrap(), mira().to_string());
    let listed = sessions_of(&house.db, &house.clock, mira()).await.unwrap();
    assert_eq!(text(&loaded, SID).unwrap(), listed[0].id.to_string());
}

#[actix_web::test]
async fn last_seen_is_written_once_a_minute_and_keeps_the_session_alive() {
    let house = House::build().await;
    let rows = house.rows();
    let secret = rows.save(state(), &TTL).await.unwrap();
    house.clock.advance(Duration::from_secs(61));
    for wanted in [2, 1, 1] {
        let before = house.db.queries();
        assert!(rows.load(&secret).await.unwrap().is_some());
        rows.update_ttl(&secret, &TTL).await.unwrap();
        assert_eq!(house.db.queries() - before, wanted);
    }
    house.clock.advance(IDLE - HOUR);
    assert!(rows.load(&secret).await.unwrap().is_some());
    house.clock.advance(2 * HOUR);
    assert!(rows.load(&secret).await.unwrap().is_none(), "idle for a week, as nobody marked it as seen");
}

#[actix_web::test]
async fn however_much_it_is_used_a_session_ends_after_thirty_days() {
    let house = House::build().await;
    let rows = house.rows();
    let secret = rows.save(state(), &TTL).await.unwrap();
    for _ in 0..29 {
        house.clock.advance(24 * HOUR);
        assert!(rows.load(&secret).await.unwrap().is_some());
        rows.update_ttl(&secret, &TTL).await.unwrap();
    }
    house.clock.advance(24 * HOUR);
    assert!(rows.load(&secret).await.unwrap().is_none());
}

#[actix_web::test]
async fn a_request_that_ends_after_its_session_does_not_bring_it_back() {
    let house = House::build().await;
    let rows = house.rows();
    let secret = rows.save(state(), &TTL).await.unwrap();
    rows.delete(&secret).await.unwrap();
    rows.update(key(&secret), state(), &TTL).await.unwrap();
    rows.update_ttl(&secret, &TTL).await.unwrap();
    assert!(rows.load(&secret).await.unwrap().is_none());
}

#[actix_web::test]
async fn a_twenty_first_session_ends_the_one_unused_for_longest() {
    let house = House::build().await;
    let rows = house.rows();
    let mut secrets = Vec::new();
    for _ in 0..21 {
        secrets.push(rows.save(state(), &TTL).await.unwrap());
        house.clock.advance(Duration::from_secs(1));
    }
    assert!(rows.load(&secrets[0]).await.unwrap().is_none());
    for secret in &secrets[1..] {
        assert!(rows.load(secret).await.unwrap().is_some());
    }
}

#[actix_web::test]
async fn a_database_that_is_away_signs_nobody_out() {
    let house = House::build().await;
    let rows = house.rows();
    let secret = rows.save(state(), &TTL).await.unwrap();
    house.db.run(drop_table).await.unwrap();
    let marked = rows.load(&secret).await.unwrap().unwrap();
    assert_eq!(marked, State::from([(UNAVAILABLE.to_owned(), "true".to_owned())]));
    rows.update_ttl(&secret, &TTL).await.unwrap();
    rows.delete(&secret).await.unwrap();
}

fn drop_table(conn: &mut Conn) -> Result<usize, DbError> {
    Ok(diesel::sql_query("DROP TABLE sessions").execute(conn)?)
}

async fn enter(req: HttpRequest) -> HttpResponse {
    let user = serde_json::from_value(serde_json::json!({"id": mira().to_string(), "username": "mira.k"})).unwrap();
    Person::begin(&req.get_session(), &user, "Browser", "203.0.113.0/24").unwrap();
    HttpResponse::Ok().finish()
}

async fn whoami(person: Person) -> String {
    person.name
}

fn session_cookie(response: &ServiceResponse<impl actix_web::body::MessageBody>) -> Option<Cookie<'static>> {
    response.response().cookies().find(|cookie| cookie.name() == "guildhall").map(Cookie::into_owned)
}

#[actix_web::test]
async fn a_new_sign_in_ends_the_session_it_replaces() {
    let house = House::build().await;
    let app = App::new()
        .wrap(session_middleware(&house.config, &house.keys, house.rows()))
        .route("/enter", web::get().to(enter))
        .route("/me", web::get().to(whoami));
    let app = test::init_service(app).await;
    let get = |path: &'static str, cookie: Option<Cookie<'static>>| {
        let mut request = test::TestRequest::get().uri(path);
        if let Some(cookie) = cookie {
            request = request.cookie(cookie);
        }
        test::call_service(&app, request.to_request())
    };
    assert!(session_cookie(&get("/me?x=1", None).await).is_none(), "no session for a visitor");
    let first = session_cookie(&get("/enter", None).await).unwrap();
    assert_eq!((first.http_only(), first.path(), first.secure()), (Some(true), Some("/"), None));
    assert_eq!(get("/me", Some(first.clone())).await.status(), 200);
    let second = session_cookie(&get("/enter", Some(first.clone())).await).unwrap();
    assert_ne!(first.value(), second.value());
    assert_eq!(get("/me", Some(second)).await.status(), 200);
    let old = get("/me?tab=1", Some(first)).await;
    assert_eq!(old.status(), 303);
    assert_eq!(old.headers().get("location").unwrap(), "/login?return_to=%2Fme%3Ftab%3D1");
}
