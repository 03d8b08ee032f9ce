//! `guildhall sessions end` and `guildhall forget`, as an operator uses them.

use discord_standin::seed;

use super::place::Place;
use crate::support::app::HARBOUR;
use crate::support::visitor::Visitor;

async fn signed_in(place: &Place, user: discord_standin::Id) -> Visitor {
    let mut visitor = place.visitor();
    visitor.signs_in(user).await;
    visitor
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_signs_one_person_out_or_everybody() {
    let place = Place::make().await;
    let _program = place.serves().await;
    let (mut mira, mut phone) = (place.mira().await, place.mira().await);
    let mut jonas = signed_in(&place, seed::JONAS).await;
    let id = seed::MIRA.to_string();
    let ran = place.runs(&["sessions", "end", "--user", &id]).await;
    assert!(ran.well && ran.said.starts_with("2 sessions have ended"), "{}", ran.said);
    assert!(!mira.is_signed_in().await && !phone.is_signed_in().await && jonas.is_signed_in().await);
    mira.signs_in(seed::MIRA).await;
    let ran = place.runs(&["sessions", "end", "--all"]).await;
    assert!(ran.well && ran.said.starts_with("2 sessions have ended"), "{}", ran.said);
    assert!(!mira.is_signed_in().await && !jonas.is_signed_in().await);
    for wrong in
        [&["sessions", "end"][..], &["sessions", "end", "--user", "12"], &["sessions", "end", "--all", "--user", &id]]
    {
        let ran = place.runs(wrong).await;
        assert!(!ran.well && ran.said.contains("--user"), "{wrong:?}: {}", ran.said);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_is_counted_first_and_forgotten_only_when_that_is_said() {
    let place = Place::make().await;
    let _program = place.serves().await;
    let (mut mira, mut jonas) = (place.mira().await, signed_in(&place, seed::JONAS).await);
    assert_eq!(mira.saves("music", &[("default_volume", "33")]).await.status, 303);
    let id = seed::MIRA.to_string();
    let ran = place.runs(&["forget", "--user", &id]).await;
    assert!(ran.well && ran.said.contains("Nothing was removed"), "{}", ran.said);
    for line in ["1  sessions", "1  discord_tokens", "1  users", "1  changes"] {
        assert!(ran.said.contains(line), "{line}: {}", ran.said);
    }
    assert!(mira.is_signed_in().await, "it was counted, and no more");

    let ran = place.runs(&["forget", "--user", &id, "--yes"]).await;
    assert!(ran.well && ran.said.contains("It is removed") && !ran.said.contains("did not confirm"), "{}", ran.said);
    assert!(!mira.is_signed_in().await && jonas.is_signed_in().await);
    let dead = place.discord.edit(|world| world.tokens.iter().filter(|token| token.dead).count());
    assert_eq!(dead, 1, "Discord knows");
    let log = jonas.get(&format!("/guilds/{HARBOUR}/changes")).await;
    assert!(log.main().contains("Deleted account ") && !log.main().contains("Mira"), "{}", log.main());
    let ran = place.runs(&["forget", "--user", &id]).await;
    assert!(ran.well && ran.said.starts_with("Nothing is kept of"), "{}", ran.said);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_is_counted_first_and_forgotten_only_when_that_is_said() {
    let place = Place::make().await;
    let _program = place.serves().await;
    let mut mira = place.mira().await;
    assert_eq!(mira.saves("music", &[("default_volume", "33")]).await.status, 303);
    let id = HARBOUR.to_string();
    let ran = place.runs(&["forget", "--guild", &id]).await;
    assert!(ran.well && ran.said.contains("1  settings") && ran.said.contains("Nothing was removed"), "{}", ran.said);
    assert!(ran.said.contains("not known that the bot has left"), "{}", ran.said);
    let ran = place.runs(&["forget", "--guild", &id, "--yes"]).await;
    assert!(ran.well && ran.said.contains("rows are removed"), "{}", ran.said);
    let volume = mira.opens("music").await.into_iter().find(|(name, _)| name == "default_volume").unwrap().1;
    assert_ne!(volume, "33", "it is as if it were new");
    let ran = place.runs(&["forget"]).await;
    assert!(!ran.well && ran.said.contains("--guild"), "{}", ran.said);
}
