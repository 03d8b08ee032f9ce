use super::*;
use crate::accounts::fixture::{House, mira};

fn guild() -> GuildId {
    GuildId::new(816_370_501_973_721_107)
}

fn of(module: &str) -> DraftOf {
    DraftOf { user: mira(), guild: guild(), module: module.to_owned() }
}

fn typed(limit: &str) -> FormData {
    let pairs = [("csrf_token", "secret"), ("user_limit", limit), ("roles", "1"), ("roles", "2")];
    FormData::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
}

#[actix_web::test]
async fn what_was_typed_is_there_once_more_without_its_token() {
    let House { db, clock, _folder, .. } = &House::build().await;
    assert!(keep(db, clock, of("tempvoice"), typed("7")).await.unwrap());
    assert!(keep(db, clock, of("tempvoice"), typed("8")).await.unwrap(), "the newer one counts");
    let found = find(db, clock, of("tempvoice")).await.unwrap().unwrap();
    assert_eq!(found.text("user_limit"), Some("8"));
    assert_eq!(found.all("roles").collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(found.text("csrf_token"), None);
    assert_eq!(find(db, clock, of("music")).await.unwrap(), None, "another form");
    assert_eq!(
        find(db, clock, DraftOf { user: UserId::new(7), ..of("tempvoice") }).await.unwrap(),
        None,
        "somebody else"
    );
    assert_eq!(take(db, clock, of("tempvoice")).await.unwrap(), Some(found));
    assert_eq!(take(db, clock, of("tempvoice")).await.unwrap(), None);
}

#[actix_web::test]
async fn a_draft_is_kept_for_an_hour_and_only_if_it_is_short() {
    let House { db, clock, _folder, .. } = &House::build().await;
    assert!(!keep(db, clock, of("tickets"), typed(&"x".repeat(MAX_BYTES))).await.unwrap());
    assert!(keep(db, clock, of("tickets"), typed("1")).await.unwrap());
    clock.advance(LIFETIME);
    assert_eq!(find(db, clock, of("tickets")).await.unwrap(), None);
    assert!(keep(db, clock, of("music"), typed("1")).await.unwrap());
    db.run(|conn| discard(conn, &of("music"))).await.unwrap();
    assert_eq!(find(db, clock, of("music")).await.unwrap(), None);
}
