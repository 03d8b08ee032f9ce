use serde_json::{Value, json};

use super::TempVoice;
use crate::modules::test_guild::{CREATE_A_ROOM, CREATE_A_STUDY, MORE_ROOMS, ROOMS, Said, said};

fn creator(channel: &str) -> Value {
    json!({"creatorChannelId": channel, "categoryId": ROOMS})
}

fn tempvoice(changes: Value) -> Said {
    said::<TempVoice>(&changes)
}

#[test]
fn it_needs_a_creator_to_be_on() {
    let none = tempvoice(json!({"enabled": true}));
    assert_eq!(none.errors(), [("creators", "problem-tempvoice-no-creator")]);
    assert_eq!(none.involved(), ["enabled"]);
    assert_eq!(tempvoice(json!({"enabled": false})).errors(), []);
    assert_eq!(tempvoice(json!({"enabled": true, "creators": [creator(CREATE_A_ROOM)]})).errors(), []);
}

#[test]
fn a_channel_makes_rooms_of_one_kind_only() {
    let twice =
        tempvoice(json!({"creators": [creator(CREATE_A_ROOM), creator(CREATE_A_STUDY), creator(CREATE_A_ROOM)]}));
    assert_eq!(twice.errors(), [("creators.2.creator_channel_id", "problem-tempvoice-creator-twice")]);
    assert_eq!(tempvoice(json!({"creators": [creator(CREATE_A_ROOM), creator(CREATE_A_STUDY)]})).errors(), []);
    assert_eq!(tempvoice(json!({"creators": [{}, {}]})).errors(), [], "not chosen yet is not the same channel");
}

#[test]
fn what_does_not_fit_goes_elsewhere() {
    let overflow = |category| tempvoice(json!({"creators": [creator(CREATE_A_ROOM)], "overflowCategoryId": category}));
    assert_eq!(overflow(ROOMS).errors(), [("overflow_category_id", "problem-tempvoice-overflow-same")]);
    assert_eq!(overflow(MORE_ROOMS).errors(), []);
    assert_eq!(tempvoice(json!({"creators": [{}]})).errors(), []);
}

#[test]
fn rooms_that_stay_fill_the_category() {
    let fills_up = |changes| tempvoice(changes).warns("delete_when_empty", "problem-tempvoice-fills-up");
    assert!(fills_up(json!({"deleteWhenEmpty": false})));
    assert!(!fills_up(json!({"deleteWhenEmpty": false, "overflowCategoryId": MORE_ROOMS})));
    assert!(!fills_up(json!({})));
}
