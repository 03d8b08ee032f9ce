use serde_json::{Value, json};

use super::Tickets;
use crate::modules::test_guild::{HELPERS, MORE_ROOMS, OPEN_CHANNEL, ROOMS, STAFF_CHANNEL, Said, said};

fn tickets(changes: Value) -> Said {
    said::<Tickets>(&changes)
}

#[test]
fn it_needs_a_category_to_be_on() {
    let none = tickets(json!({"enabled": true}));
    assert_eq!(none.errors(), [("category_id", "problem-tickets-no-category")]);
    assert_eq!(none.involved(), ["enabled"]);
    assert_eq!(tickets(json!({"enabled": true, "categoryId": ROOMS})).errors(), []);
    assert_eq!(tickets(json!({})).errors(), []);
}

#[test]
fn what_does_not_fit_goes_elsewhere() {
    let overflow = |category| tickets(json!({"categoryId": ROOMS, "overflowCategoryId": category}));
    assert_eq!(overflow(ROOMS).errors(), [("overflow_category_id", "problem-tickets-overflow-same")]);
    assert_eq!(overflow(MORE_ROOMS).errors(), []);
}

#[test]
fn tickets_are_told_apart_by_their_names() {
    let named = |name: &str| tickets(json!({"namingTemplate": name}));
    for plain in ["ticket", "{category}", "number", "{ number }"] {
        assert_eq!(named(plain).errors(), [("naming_template", "problem-tickets-naming")], "{plain}");
    }
    for good in ["{number}", "help-{user}", "{category}-{username}"] {
        assert_eq!(named(good).errors(), [], "{good}");
    }
}

#[test]
fn without_support_roles_only_administrators_see_tickets() {
    let warns = |changes| tickets(changes).warns("support_role_ids", "problem-tickets-no-support");
    assert!(warns(json!({})));
    assert!(!warns(json!({"supportRoleIds": [HELPERS]})));
}

#[test]
fn transcripts_in_a_channel_for_everyone_are_pointed_out() {
    let warns = |channel: &str| {
        let said = tickets(json!({"transcriptChannelId": channel}));
        said.warns("transcript_channel_id", "problem-tickets-transcripts-open")
    };
    assert!(warns(OPEN_CHANNEL));
    assert!(!warns(STAFF_CHANNEL));
    assert!(!warns("200000000000000099"), "a channel that is gone is somebody else's matter");
}

#[test]
fn reopening_ends_with_the_channel() {
    let warns = |reopen: bool, minutes: u32, delay: u32| {
        let changes = json!({"reopenEnabled": reopen, "reopenMinutes": minutes, "deleteDelaySeconds": delay});
        tickets(changes).warns("reopen_minutes", "problem-tickets-reopen-too-late")
    };
    assert!(warns(true, 2, 119));
    assert!(warns(true, 0, 3600), "always is longer than an hour");
    assert!(!warns(true, 2, 120));
    assert!(!warns(true, 0, 0), "the channel stays");
    assert!(!warns(false, 2, 119));
}

#[test]
fn ratings_are_posted_only_where_there_is_a_channel() {
    let warns = |changes| tickets(changes).warns("rating_channel_id", "problem-tickets-no-rating-channel");
    assert!(warns(json!({})));
    assert!(!warns(json!({"ratingChannelId": OPEN_CHANNEL})));
    assert!(!warns(json!({"ratingsEnabled": false})));
}
