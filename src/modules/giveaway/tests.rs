use serde_json::{Value, json};

use super::Giveaway;
use crate::modules::test_guild::{BOOSTED, HELPERS, Said, said};

fn giveaway(changes: Value) -> Said {
    said::<Giveaway>(&changes)
}

#[test]
fn nobody_can_be_let_in_and_kept_out_by_one_role() {
    let both = giveaway(json!({"requiredRoleIds": [HELPERS], "blockedRoleIds": [BOOSTED, HELPERS]}));
    assert_eq!(both.errors(), [("blocked_role_ids", "problem-giveaway-blocked-and-required")]);
    assert_eq!(both.involved(), ["required_role_ids"]);
    assert_eq!(giveaway(json!({"requiredRoleIds": [HELPERS], "blockedRoleIds": [BOOSTED]})).errors(), []);
}

#[test]
fn a_role_has_one_bonus() {
    let row = |role: &str| json!({"roleId": role, "entries": 2});
    let twice = giveaway(json!({"bonusEntries": [row(HELPERS), row(HELPERS)]}));
    assert_eq!(twice.errors(), [("bonus_entries.1.role_id", "problem-giveaway-bonus-twice")]);
    assert_eq!(giveaway(json!({"bonusEntries": [row(HELPERS), row(BOOSTED), {}, {}]})).errors(), []);
}

#[test]
fn drawing_again_by_itself_needs_a_time_to_claim() {
    let never = giveaway(json!({"autoReroll": true}));
    assert_eq!(never.errors(), [("claim_hours", "problem-giveaway-reroll-needs-claim")]);
    assert_eq!(never.involved(), ["auto_reroll"]);
    assert_eq!(giveaway(json!({"autoReroll": true, "claimHours": 1})).errors(), []);
    assert_eq!(giveaway(json!({})).errors(), []);
}
