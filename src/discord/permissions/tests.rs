use serde_json::json;
use twilight_model::id::Id;

use super::*;

pub(super) const GUILD: u64 = 816_370_501_973_721_107;
pub(super) const OWNER: u64 = 445_518_183_798_022_151;
pub(super) const ROLES: [u64; 3] = [817_301_662_241_787_907, 817_301_662_241_787_908, 817_301_662_241_787_909];
pub(super) const PERSON: u64 = 500_000_000_000_000_001;

pub(super) const VIEW: u64 = 1 << 10;
pub(super) const SEND: u64 = 1 << 11;
pub(super) const CONNECT: u64 = 1 << 20;
pub(super) const ADMIN: u64 = 1 << 3;

/// @everyone with some rights, and the three roles with theirs, one above the other.
pub(super) fn guild(everyone: u64, roles: [u64; 3]) -> Guild {
    let mut all = vec![json!({"id": GUILD.to_string(), "position": 0, "permissions": everyone.to_string()})];
    for (place, (id, bits)) in ROLES.iter().zip(roles).enumerate() {
        all.push(json!({"id": id.to_string(), "position": place + 1, "permissions": bits.to_string()}));
    }
    serde_json::from_value(json!({"id": GUILD.to_string(), "owner_id": OWNER.to_string(), "roles": all})).unwrap()
}

pub(super) fn member(user: u64, roles: &[u64]) -> Member {
    let roles: Vec<String> = roles.iter().map(u64::to_string).collect();
    serde_json::from_value(json!({"user": {"id": user.to_string()}, "roles": roles})).unwrap()
}

/// Overwrites as (kind, id, allow, deny).
pub(super) fn channel(kind: u64, overwrites: &[(u64, u64, u64, u64)]) -> Channel {
    let overwrites: Vec<_> = overwrites
        .iter()
        .map(|(kind, id, allow, deny)| {
            json!({"id": id.to_string(), "type": kind, "allow": allow.to_string(), "deny": deny.to_string()})
        })
        .collect();
    serde_json::from_value(json!({"id": "816370568742846486", "type": kind, "permission_overwrites": overwrites}))
        .unwrap()
}

pub(super) fn bits_in(guild: &Guild, member: &Member, channel: &Channel) -> u64 {
    Standing::of(guild, member, 0).in_channel(channel).bits()
}

#[test]
fn the_owner_may_everything_without_a_role() {
    let guild = guild(0, [0; 3]);
    let owner = member(OWNER, &[]);
    let standing = Standing::of(&guild, &owner, 0);
    assert_eq!(standing.in_guild().bits(), 8_866_461_766_385_663);
    assert_eq!(bits_in(&guild, &owner, &channel(0, &[(1, OWNER, 0, u64::MAX)])), 8_866_461_766_385_663);
    assert!(standing.is_manager());
    assert!(guild.roles.iter().all(|role| standing.outranks(role)));
}

#[test]
fn roles_that_no_longer_exist_count_for_nothing() {
    let guild = guild(VIEW, [SEND, 0, 0]);
    let person = member(PERSON, &[ROLES[0], 817_301_662_241_999_999]);
    assert_eq!(Standing::of(&guild, &person, 0).in_guild().bits(), VIEW | SEND);
}

#[test]
fn one_roles_allow_beats_anothers_deny_and_the_members_own_beats_both() {
    let guild = guild(VIEW | SEND, [0; 3]);
    let person = member(PERSON, &[ROLES[0], ROLES[1]]);
    let both = [(0, ROLES[1], 0, SEND), (0, ROLES[0], SEND, 0)];
    assert_eq!(bits_in(&guild, &person, &channel(0, &both)), VIEW | SEND);
    let own = [both[0], both[1], (1, PERSON, 0, SEND)];
    assert_eq!(bits_in(&guild, &person, &channel(0, &own)), VIEW);
    let foreign = [(0, ROLES[2], 0, VIEW), (1, OWNER, 0, VIEW), (7, PERSON, 0, VIEW)];
    assert_eq!(bits_in(&guild, &person, &channel(0, &foreign)), VIEW | SEND);
}

#[test]
fn what_everyone_is_denied_a_role_may_be_given_back() {
    let guild = guild(VIEW | SEND, [0; 3]);
    let private = channel(0, &[(0, ROLES[0], VIEW, 0), (0, GUILD, 0, VIEW)]);
    assert_eq!(bits_in(&guild, &member(PERSON, &[]), &private), 0);
    assert_eq!(bits_in(&guild, &member(PERSON, &[ROLES[0]]), &private), VIEW | SEND);
    // Somebody who lists @everyone among their roles is nobody special.
    assert_eq!(bits_in(&guild, &member(PERSON, &[GUILD]), &private), 0);
}

#[test]
fn without_sending_what_needs_it_is_void() {
    let needs = NEEDS_SENDING.bits();
    let guild = guild(VIEW | needs, [SEND, 0, 0]);
    assert_eq!(bits_in(&guild, &member(PERSON, &[]), &channel(0, &[])), VIEW);
    assert_eq!(bits_in(&guild, &member(PERSON, &[ROLES[0]]), &channel(0, &[])), VIEW | SEND | needs);
}

#[test]
fn without_connecting_a_voice_channel_is_only_seen() {
    let manage = 1 << 4;
    let guild = guild(VIEW | SEND | manage, [CONNECT, 0, 0]);
    for kind in [2, 13] {
        assert_eq!(bits_in(&guild, &member(PERSON, &[]), &channel(kind, &[])), VIEW);
        assert_eq!(bits_in(&guild, &member(PERSON, &[ROLES[0]]), &channel(kind, &[])), VIEW | SEND | manage | CONNECT);
    }
    assert_eq!(bits_in(&guild, &member(PERSON, &[]), &channel(4, &[])), VIEW | SEND | manage);
}

#[test]
fn a_timeout_leaves_reading_and_ends() {
    let guild = guild(VIEW | SEND | 1 << 16 | 1 << 5, [ADMIN, 0, 0]);
    let mut person = member(PERSON, &[]);
    person.timed_out_until = Some(1_000);
    let during = Standing::of(&guild, &person, 999);
    assert_eq!(during.in_channel(&channel(0, &[])).bits(), VIEW | 1 << 16);
    assert_eq!(during.in_guild().bits(), VIEW | 1 << 16);
    assert!(!during.is_manager());
    assert!(Standing::of(&guild, &person, 1_000).is_manager());

    let mut admin = member(PERSON, &[ROLES[0]]);
    admin.timed_out_until = Some(1_000);
    assert_eq!(Standing::of(&guild, &admin, 0).in_guild().bits() & EVERYTHING.bits(), EVERYTHING.bits());
    let mut owner = member(OWNER, &[]);
    owner.timed_out_until = Some(1_000);
    assert!(Standing::of(&guild, &owner, 0).is_manager());
}

#[test]
fn managers_are_owners_administrators_and_those_who_manage_the_server() {
    let manages = |bits| {
        let guild = guild(0, [bits, 0, 0]);
        Standing::of(&guild, &member(PERSON, &[ROLES[0]]), 0).is_manager()
    };
    assert!(manages(ADMIN));
    assert!(manages(1 << 5));
    assert!(!manages(!(ADMIN | 1 << 5)));
}

#[test]
fn sending_in_a_thread_is_a_right_of_its_own() {
    let (in_threads, embed) = (1 << 38, 1 << 14);
    let guild = guild(VIEW | embed, [SEND, in_threads, 0]);
    let thread = |roles: &[u64]| Standing::of(&guild, &member(PERSON, roles), 0).in_thread_of(&channel(0, &[])).bits();
    assert_eq!(thread(&[ROLES[0]]), VIEW);
    assert_eq!(thread(&[ROLES[1]]), VIEW | SEND | in_threads | embed);
}

#[test]
fn of_two_roles_in_one_place_the_older_ranks_higher() {
    let mut guild = guild(0, [0; 3]);
    for role in &mut guild.roles[1..] {
        role.position = 5;
    }
    let person = member(PERSON, &[ROLES[1]]);
    let standing = Standing::of(&guild, &person, 0);
    let above: Vec<bool> = guild.roles.iter().map(|role| standing.outranks(role)).collect();
    assert_eq!(above, [true, false, false, true], "never its own, never the older one beside it");
    assert!(!Standing::of(&guild, &member(PERSON, &[]), 0).outranks(&guild.roles[0]));
    assert_eq!(standing.top_rank(), Some(guild.roles[2].rank()));
}

#[test]
fn the_right_the_library_does_not_name_is_kept() {
    let status = 1 << 48;
    let guild = guild(VIEW | CONNECT | SEND | status | 1 << 60, [0; 3]);
    let all = bits_in(&guild, &member(PERSON, &[]), &channel(2, &[]));
    assert_eq!(all, VIEW | CONNECT | SEND | status | 1 << 60);
}

#[test]
fn everything_is_every_right_the_documentation_lists() {
    assert_eq!(EVERYTHING.bits(), 8_866_461_766_385_663);
    assert!(EVERYTHING.contains(Permissions::all()));
    assert_eq!(Id::<twilight_model::id::marker::RoleMarker>::new(GUILD), guild(0, [0; 3]).id.cast());
}
