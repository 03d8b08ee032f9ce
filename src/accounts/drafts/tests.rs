use super::*;
use crate::accounts::fixture::{House, mira};

fn guild() -> GuildId {
    GuildId::new(816_370_501_973_721_107)
}

fn of(form: &str) -> DraftOf {
    DraftOf { user: mira(), guild: guild(), form: form.to_owned() }
}

fn typed(limit: &str) -> FormData {
    let pairs = [("csrf_token", "secret"), ("user_limit", limit), ("roles", "1"), ("roles", "2")];
    FormData::from_pairs(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into())
}

fn store(house: &House) -> Store {
    let House { db, clock, keys, .. } = house;
    Store { db: Data::new(db.clone()), clock: Data::new(clock.clone()), keys: Data::new(keys.clone()) }
}

#[actix_web::test]
async fn what_was_typed_is_there_again_without_its_token_and_the_database_cannot_read_it() {
    let house = House::build().await;
    let store = store(&house);
    assert!(store.keep(of("giveaways/new"), typed("7")).await.unwrap());
    assert!(store.keep(of("giveaways/new"), typed("a secret prize")).await.unwrap(), "the newer one counts");
    let found = store.find(of("giveaways/new")).await.unwrap().unwrap();
    assert_eq!(found.text("user_limit"), Some("a secret prize"));
    assert_eq!(found.all("roles").collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(found.text("csrf_token"), None);
    assert_eq!(store.find(of("settings/music")).await.unwrap(), None, "another form");
    let other = DraftOf { user: UserId::new(7), ..of("giveaways/new") };
    assert_eq!(store.find(other.clone()).await.unwrap(), None, "somebody else");

    let stored = house.db.run(|conn| read(conn, &of("giveaways/new"), 0)).await.unwrap().unwrap();
    assert!(!stored.contains("prize") && !stored.contains("user_limit"), "{stored}");
    house.db.run(move |conn| upsert(conn, &other, &stored, 0)).await.unwrap();
    let moved = DraftOf { user: UserId::new(7), ..of("giveaways/new") };
    assert_eq!(store.find(moved).await.unwrap(), None, "it opens for its owner alone");
}

#[actix_web::test]
async fn a_draft_is_kept_for_an_hour_and_only_if_it_is_short() {
    let house = House::build().await;
    let store = store(&house);
    let form = "settings/tickets";
    assert!(!store.keep(of(form), typed(&"x".repeat(MAX_BYTES))).await.unwrap());
    assert!(store.keep(of(form), typed("1")).await.unwrap());
    house.clock.advance(LIFETIME);
    assert_eq!(store.find(of(form)).await.unwrap(), None);
    assert!(store.keep(of(form), typed("1")).await.unwrap());
    house.db.run(move |conn| discard(conn, &of(form))).await.unwrap();
    assert_eq!(store.find(of(form)).await.unwrap(), None);
}

#[actix_web::test]
async fn a_person_has_twenty_drafts_and_a_further_one_drops_the_oldest() {
    let house = House::build().await;
    let store = store(&house);
    let at = |number: u64| DraftOf { guild: GuildId::new(guild().get() + number), ..of("settings/music") };
    let other = DraftOf { user: UserId::new(7), ..of("settings/music") };
    assert!(store.keep(other.clone(), typed("1")).await.unwrap());
    for number in 0..25 {
        house.clock.advance(Duration::from_millis(10));
        assert!(store.keep(at(number), typed("1")).await.unwrap());
    }
    let mut kept = Vec::new();
    for number in 0..25 {
        if store.find(at(number)).await.unwrap().is_some() {
            kept.push(number);
        }
    }
    assert_eq!(kept, (5..25).collect::<Vec<_>>());
    assert!(store.find(other).await.unwrap().is_some(), "somebody else's stay");
}
