use serde_json::{Value, json};

use super::Music;
use crate::modules::test_guild::{HELPERS, Said, said};

fn music(changes: Value) -> Said {
    said::<Music>(&changes)
}

#[test]
fn a_player_for_djs_needs_a_dj() {
    let nobody = music(json!({"djOnly": true}));
    assert_eq!(nobody.errors(), [("dj_role_ids", "problem-music-no-dj")]);
    assert_eq!(nobody.involved(), ["dj_only"]);
    assert_eq!(music(json!({"djOnly": true, "djRoleIds": [HELPERS]})).errors(), []);
    assert_eq!(music(json!({})).errors(), []);
}

#[test]
fn nothing_starts_louder_than_allowed() {
    let loud = music(json!({"defaultVolume": 101}));
    assert_eq!(loud.errors(), [("default_volume", "problem-music-volume")]);
    assert_eq!(loud.involved(), ["max_volume"]);
    assert_eq!(music(json!({"defaultVolume": 100})).errors(), []);
}

#[test]
fn silence_is_pointed_out() {
    let silent =
        |max: u32| music(json!({"defaultVolume": 0, "maxVolume": max})).warns("max_volume", "problem-music-silent");
    assert!(silent(0));
    assert!(!silent(1));
}

#[test]
fn one_member_cannot_have_more_than_the_queue_holds() {
    let per_member = |most: u32| music(json!({"maxPerMember": most}));
    assert_eq!(per_member(501).errors(), [("max_per_member", "problem-music-per-member")]);
    assert_eq!(per_member(501).involved(), ["max_queue_size"]);
    assert_eq!(per_member(500).errors(), []);
    assert_eq!(per_member(0).errors(), []);
}

#[test]
fn staying_makes_the_time_to_leave_void() {
    let void = |changes| music(changes).warns("disconnect_empty_seconds", "problem-music-stays");
    assert!(void(json!({"stayConnected": true})));
    assert!(!void(json!({})));
}
