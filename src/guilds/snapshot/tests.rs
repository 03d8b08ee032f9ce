use serde_json::{Value, json};

use super::*;

const GUILD: &str = "816370501973721107";
const OWNER: &str = "445518183798022151";
const BOT: &str = "127977274736679999";

fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

/// A channel by the last digits of its id.
fn channel(id: u64, kind: u64, position: i64, parent: Option<u64>) -> Value {
    let parent = parent.map(|id| channel_id(id).to_string());
    json!({"id": channel_id(id), "type": kind, "position": position, "parent_id": parent, "name": format!("c{id}")})
}

fn channel_id(id: u64) -> ChannelId {
    ChannelId::new(816_370_000_000_000_000 + id)
}

fn role(id: u64, position: i64, permissions: u64, managed: bool) -> Value {
    json!({"id": role_id(id), "position": position, "permissions": permissions.to_string(), "managed": managed})
}

fn role_id(id: u64) -> RoleId {
    RoleId::new(817_301_000_000_000_000 + id)
}

fn snapshot(tier: u64, features: &[&str], roles: &[Value], channels: &[Value], bot_roles: &[RoleId]) -> GuildSnapshot {
    let mut all = vec![json!({"id": GUILD, "position": 0, "permissions": "1024"})];
    all.extend_from_slice(roles);
    let guild = json!({"id": GUILD, "owner_id": OWNER, "premium_tier": tier, "features": features, "roles": all,
        "emojis": [{"id": "930194370152497161", "name": "party"}]});
    let bot = json!({"user": {"id": BOT}, "roles": bot_roles});
    GuildSnapshot::new(
        Arc::new(read(guild)),
        Arc::new(read(json!(channels))),
        Arc::new(read(bot)),
        Arc::new(Vec::new()),
        1_000,
    )
}

fn member(user: &str, roles: &[RoleId]) -> Member {
    read(json!({"user": {"id": user}, "roles": roles}))
}

#[test]
fn channels_come_in_the_order_of_discords_own_list() {
    let here = snapshot(
        0,
        &[],
        &[],
        &[
            channel(20, 4, 2, None),
            channel(10, 4, 1, None),
            channel(21, 2, 0, Some(20)),
            channel(22, 0, 9, Some(20)),
            channel(24, 5, 3, Some(20)),
            channel(23, 15, 3, Some(20)),
            channel(2, 13, 0, None),
            channel(1, 0, 5, None),
            channel(3, 99, 6, Some(999)),
        ],
        &[],
    );
    let order: Vec<(Option<&str>, Vec<&str>)> = here
        .channels_in_order()
        .into_iter()
        .map(|group| {
            let channels = group.channels.into_iter().map(|channel| channel.name.as_str()).collect();
            (group.category.map(|category| category.name.as_str()), channels)
        })
        .collect();
    assert_eq!(
        order,
        [(None, vec!["c1", "c3", "c2"]), (Some("c10"), vec![]), (Some("c20"), vec!["c23", "c24", "c22", "c21"]),]
    );
    assert_eq!(here.children_of(channel_id(20)), 4);
    assert_eq!(here.children_of(channel_id(10)), 0);
}

#[test]
fn no_group_stands_above_the_categories_when_nothing_is_in_it() {
    let here = snapshot(0, &[], &[], &[channel(10, 4, 1, None)], &[]);
    assert_eq!(here.channels_in_order().len(), 1);
    assert!(snapshot(0, &[], &[], &[], &[]).channels_in_order().is_empty());
}

#[test]
fn things_are_found_by_id() {
    let here = snapshot(0, &[], &[role(1, 1, 0, false)], &[channel(1, 0, 0, None)], &[]);
    assert_eq!(here.channel(channel_id(1)).map(|channel| channel.name.as_str()), Some("c1"));
    assert!(here.channel(channel_id(2)).is_none());
    assert!(here.role(role_id(1)).is_some() && here.role(here.everyone()).is_some());
    assert!(here.role(role_id(2)).is_none());
    assert_eq!(here.emoji(EmojiId::new(930_194_370_152_497_161)).map(|emoji| emoji.available), Some(true));
}

#[test]
fn roles_come_highest_first_and_everyone_last() {
    let roles = [role(3, 2, 0, false), role(1, 2, 0, false), role(2, 7, 0, false), role(9, 0, 0, false)];
    let here = snapshot(0, &[], &roles, &[], &[]);
    let order: Vec<RoleId> = here.roles_by_rank().into_iter().map(|role| role.id).collect();
    assert_eq!(order, [role_id(2), role_id(1), role_id(3), role_id(9), here.everyone()]);
}

#[test]
fn the_bitrate_grows_with_boosts() {
    let cap = |tier, features: &[&str]| snapshot(tier, features, &[], &[], &[]).bitrate_cap_kbps();
    assert_eq!([0, 1, 2, 3, 4].map(|tier| cap(tier, &[])), [96, 128, 256, 384, 384]);
    assert_eq!(cap(0, &["COMMUNITY", "VIP_REGIONS"]), 384);
}

#[test]
fn a_person_sees_what_their_roles_open() {
    let mut hidden = channel(1, 0, 0, None);
    hidden["permission_overwrites"] = json!([
        {"id": GUILD, "type": 0, "allow": "0", "deny": "1024"},
        {"id": role_id(1), "type": 0, "allow": "1024", "deny": "0"},
    ]);
    let here = snapshot(0, &[], &[role(1, 1, 0, false)], &[hidden, channel(2, 0, 1, None)], &[]);
    let (hidden, open) = (here.channel(channel_id(1)).unwrap(), here.channel(channel_id(2)).unwrap());
    let outsider = here.person(&member("500000000000000001", &[]), 0);
    assert!(!outsider.sees(hidden) && outsider.sees(open));
    let insider = here.person(&member("500000000000000001", &[role_id(1)]), 0);
    assert!(insider.sees(hidden));
    let owner = here.person(&member(OWNER, &[]), 0);
    assert!(owner.sees(hidden) && owner.is_owner() && owner.is_manager());
    assert!(here.bot_permissions_in(hidden).is_empty());
}

#[test]
fn a_role_is_given_only_by_those_above_it() {
    let manage_roles = 1 << 28;
    let roles = [role(1, 1, 0, false), role(2, 2, manage_roles, false), role(3, 3, 0, false), role(4, 1, 0, true)];
    let here = snapshot(0, &[], &roles, &[], &[role_id(2)]);
    let find = |id| here.role(role_id(id)).unwrap();
    assert_eq!(here.bot_top_role_rank(), Some(find(2).rank()));
    assert!(here.bot_permissions().bits() & manage_roles != 0);
    let bot = here.bot();
    assert_eq!(bot.may_give(find(1)), Ok(()));
    assert_eq!(bot.may_give(find(2)), Err(CannotGive::TooHigh));
    assert_eq!(bot.may_give(find(3)), Err(CannotGive::TooHigh));
    assert_eq!(bot.may_give(find(4)), Err(CannotGive::Managed));
    assert_eq!(bot.may_give(here.role(here.everyone()).unwrap()), Err(CannotGive::Everyone));
    let high = here.person(&member("500000000000000001", &[role_id(3)]), 0);
    assert_eq!(high.may_give(find(1)), Err(CannotGive::NoManageRoles));
    let owner = here.person(&member(OWNER, &[]), 0);
    assert_eq!(owner.may_give(find(3)), Ok(()));
    assert_eq!(owner.may_give(find(4)), Err(CannotGive::Managed));
}
