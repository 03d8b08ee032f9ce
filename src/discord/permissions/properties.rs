//! What holds of rights whatever the roles, the overwrites and their order.

use proptest::prelude::*;

use super::tests::*;
use super::*;

fn overwrite() -> impl Strategy<Value = (u64, u64, u64, u64)> {
    let target = prop_oneof![
        Just((0, GUILD)),
        prop::sample::select(&ROLES[..]).prop_map(|id| (0, id)),
        Just((1, PERSON)),
        Just((1, OWNER)),
    ];
    (target, any::<u64>(), any::<u64>()).prop_map(|((kind, id), allow, deny)| (kind, id, allow, deny))
}

fn held() -> impl Strategy<Value = Vec<u64>> {
    prop::sample::subsequence(&ROLES[..], 0..=3)
}

proptest! {
    #[test]
    fn the_order_overwrites_come_in_is_nothing(
        everyone: u64, roles: [u64; 3], held in held(), kind in 0_u64..17,
        mut overwrites in prop::collection::vec(overwrite(), 0..8), turn in 0_usize..8,
    ) {
        let (guild, person) = (guild(everyone, roles), member(PERSON, &held));
        let before = bits_in(&guild, &person, &channel(kind, &overwrites));
        overwrites.reverse();
        if !overwrites.is_empty() {
            let turn = turn % overwrites.len();
            overwrites.rotate_left(turn);
        }
        prop_assert_eq!(before, bits_in(&guild, &person, &channel(kind, &overwrites)));
    }

    #[test]
    fn administrators_and_the_owner_are_above_all_overwrites(
        roles: [u64; 3], overwrites in prop::collection::vec(overwrite(), 0..8), kind in 0_u64..17,
    ) {
        let guild = guild(0, [roles[0] | ADMIN, roles[1], roles[2]]);
        let channel = channel(kind, &overwrites);
        for person in [member(PERSON, &[ROLES[0]]), member(OWNER, &[])] {
            let all = Standing::of(&guild, &person, 0).in_channel(&channel);
            prop_assert!(all.contains(EVERYTHING));
        }
    }

    #[test]
    fn nothing_works_in_a_channel_that_is_not_seen_and_nothing_is_sent_without_sending(
        everyone: u64, roles: [u64; 3], held in held(), kind in 0_u64..17,
        overwrites in prop::collection::vec(overwrite(), 0..8),
    ) {
        let all = bits_in(&guild(everyone & !ADMIN, roles.map(|bits| bits & !ADMIN)), &member(PERSON, &held),
            &channel(kind, &overwrites));
        prop_assert!(all == 0 || all & VIEW != 0);
        prop_assert!(all & SEND != 0 || all & NEEDS_SENDING.bits() == 0);
        if matches!(kind, 2 | 13) {
            prop_assert!(all & CONNECT != 0 || all & !VIEW == 0);
        }
    }

    #[test]
    fn a_members_own_overwrite_has_the_last_word(
        everyone: u64, roles: [u64; 3], held in held(), allow: u64, deny: u64,
        overwrites in prop::collection::vec(overwrite(), 0..8),
    ) {
        let guild = guild(everyone & !ADMIN, roles.map(|bits| bits & !ADMIN));
        let mut overwrites: Vec<_> = overwrites.into_iter().filter(|(_, id, ..)| *id != PERSON).collect();
        overwrites.push((1, PERSON, allow | VIEW | SEND, deny));
        let all = bits_in(&guild, &member(PERSON, &held), &channel(0, &overwrites));
        prop_assert_eq!(all & allow, allow);
        prop_assert_eq!(all & deny & !(allow | VIEW | SEND), 0);
    }

    #[test]
    fn ranks_are_a_strict_order(positions: [i64; 3]) {
        let mut guild = guild(0, [0; 3]);
        for (role, position) in guild.roles[1..].iter_mut().zip(positions) {
            role.position = position;
        }
        for (one, other) in [(1, 2), (2, 3), (1, 3)] {
            let (one, other) = (guild.roles[one].rank(), guild.roles[other].rank());
            prop_assert!((one < other) != (other < one));
        }
    }

    #[test]
    fn everyone_comes_first_then_all_roles_at_once_then_the_member(
        everyone: u64, roles: [u64; 3], held in held(), overwrites in prop::collection::vec(overwrite(), 0..8),
    ) {
        // Said bit by bit, as a person would work it out, beside the code that takes all bits at once.
        let guild = guild(everyone & !ADMIN, roles.map(|bits| bits & !ADMIN));
        let (person, channel) = (member(PERSON, &held), channel(0, &overwrites));
        let granted = Standing::of(&guild, &person, 0).granted_in(&channel).bits();
        for bit in (0..64).map(|place| 1_u64 << place).filter(|bit| *bit != ADMIN) {
            let own = |role: &u64| held.contains(role);
            let base = everyone & bit != 0 || ROLES.iter().zip(roles).any(|(id, bits)| own(id) && bits & bit != 0);
            let after = [
                overwrites.iter().filter(|one| (one.0, one.1) == (0, GUILD)).collect::<Vec<_>>(),
                overwrites.iter().filter(|one| one.0 == 0 && one.1 != GUILD && own(&one.1)).collect(),
                overwrites.iter().filter(|one| (one.0, one.1) == (1, PERSON)).collect(),
            ].iter().fold(base, |has, level| {
                let (allowed, denied) = (
                    level.iter().any(|one| one.2 & bit != 0),
                    level.iter().any(|one| one.3 & bit != 0),
                );
                allowed || (has && !denied)
            });
            prop_assert_eq!(granted & bit != 0, after, "bit {}", bit.trailing_zeros());
        }
    }

    #[test]
    fn an_allow_of_any_role_beats_the_denials_of_all_roles_and_of_everyone(
        everyone: u64, roles: [u64; 3], deny: u64, bit in 0_u32..64, allows in 0_usize..3,
    ) {
        let bit = 1_u64 << bit;
        let guild = guild(everyone & !ADMIN, roles.map(|bits| bits & !ADMIN));
        let person = member(PERSON, &ROLES);
        let mut overwrites: Vec<_> = ROLES.iter().map(|role| (0, *role, 0, deny | bit)).collect();
        overwrites.push((0, GUILD, 0, deny | bit));
        overwrites.push((0, ROLES[allows], bit, 0));
        let granted = |overwrites: &[_]| Standing::of(&guild, &person, 0).granted_in(&channel(0, overwrites)).bits();
        prop_assert_eq!(granted(&overwrites) & bit, bit);
        overwrites.push((1, PERSON, 0, bit));
        prop_assert_eq!(granted(&overwrites) & bit, 0, "the member's own has the last word");
    }

    #[test]
    fn roles_that_are_not_there_or_not_held_change_nothing(
        everyone: u64, roles: [u64; 3], held in held(), allow: u64, deny: u64, unknown in 1_u64..1_000,
        overwrites in prop::collection::vec(overwrite(), 0..8), kind in 0_u64..17,
    ) {
        let guild = guild(everyone, roles);
        let before = bits_in(&guild, &member(PERSON, &held), &channel(kind, &overwrites));
        let mut more = held.clone();
        more.push(unknown);
        let mut others = overwrites.clone();
        others.push((0, unknown, allow, deny));
        others.push((1, PERSON + 1, allow, deny));
        others.push((9, PERSON, allow, deny));
        others.extend(ROLES.iter().filter(|role| !held.contains(role)).map(|role| (0, *role, allow, deny)));
        let mut kept = overwrites;
        kept.retain(|one| one.0 != 0 || one.1 == GUILD || held.contains(&one.1));
        prop_assert_eq!(before, bits_in(&guild, &member(PERSON, &more), &channel(kind, &kept)));
        prop_assert_eq!(before, bits_in(&guild, &member(PERSON, &more), &channel(kind, &others)));
    }

    #[test]
    fn a_timeout_only_takes_away_and_spares_who_is_above_it(
        everyone: u64, roles: [u64; 3], held in held(), kind in 0_u64..17,
        overwrites in prop::collection::vec(overwrite(), 0..8), now in 0_i64..10,
    ) {
        let guild = guild(everyone, roles);
        for user in [PERSON, OWNER] {
            let person = member(user, &held);
            let mut silenced = person.clone();
            silenced.timed_out_until = Some(5);
            let channel = channel(kind, &overwrites);
            let free = Standing::of(&guild, &person, now);
            let timed_out = Standing::of(&guild, &silenced, now);
            let above = free.is_owner() || free.granted().contains(Permissions::ADMINISTRATOR);
            let left = if above || now >= 5 { free.in_channel(&channel) } else { free.in_channel(&channel) & TIMED_OUT };
            prop_assert_eq!(timed_out.in_channel(&channel), left);
            prop_assert_eq!(timed_out.granted_in(&channel), free.granted_in(&channel), "a timeout ends by itself");
        }
    }

    #[test]
    fn what_works_is_granted_and_what_is_asked_for_whole_works_if_it_is_granted(
        everyone: u64, roles: [u64; 3], held in held(), kind in 0_u64..17, asked: u64,
        overwrites in prop::collection::vec(overwrite(), 0..8),
    ) {
        let guild = guild(everyone, roles);
        let person = member(PERSON, &held);
        let standing = Standing::of(&guild, &person, 0);
        let channel = channel(kind, &overwrites);
        let (granted, works) = (standing.granted_in(&channel), standing.in_channel(&channel));
        prop_assert!(granted.contains(works));
        // Whoever asks for what the others rest on as well may look at what is granted alone.
        let whole = Permissions::from_bits_retain(asked | VIEW | SEND | CONNECT);
        prop_assert_eq!(granted.contains(whole), works.contains(whole));
    }
}
