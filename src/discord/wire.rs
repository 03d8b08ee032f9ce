//! How Discord writes numbers, rights and times in JSON, and how each is read when it is odd.

use serde::de::{Error as _, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use twilight_model::channel::ChannelType;
use twilight_model::guild::Permissions;

use super::model::{Overwrite, OverwriteTarget};
use crate::clock::Millis;
use crate::ids;

pub(super) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A key that is there means yes, whatever stands behind it.
pub(super) fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer)?;
    Ok(true)
}

/// Decimal digits in a string (or a number); anything else is no number.
fn number(value: &Value) -> Option<u64> {
    match value {
        Value::String(digits) => digits.parse().ok(),
        Value::Number(number) => number.as_u64(),
        _ => None,
    }
}

/// Rights that do not parse are no rights; bits nobody here knows yet are kept.
pub(super) fn permissions<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Permissions, D::Error> {
    let bits = number(&Value::deserialize(deserializer)?).unwrap_or(0);
    Ok(Permissions::from_bits_retain(bits))
}

pub(super) fn flags<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    Ok(number(&Value::deserialize(deserializer)?).unwrap_or(0))
}

pub(super) fn channel_type<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ChannelType, D::Error> {
    let number = u64::deserialize(deserializer)?;
    Ok(ChannelType::from(u8::try_from(number).unwrap_or(u8::MAX)))
}

/// A time that cannot be read fails the answer: it may say that somebody is timed out.
pub(super) fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Millis>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    let time: jiff::Timestamp = text.parse().map_err(|_| D::Error::custom("not a time with an offset"))?;
    Ok(Some(time.as_millisecond()))
}

#[derive(Deserialize)]
pub(super) struct OverwriteOnTheWire {
    id: String,
    #[serde(rename = "type")]
    kind: Value,
    #[serde(default)]
    allow: Value,
    #[serde(default)]
    deny: Value,
}

impl From<OverwriteOnTheWire> for Overwrite {
    fn from(wire: OverwriteOnTheWire) -> Self {
        let target = match number(&wire.kind) {
            Some(0) => ids::parse(&wire.id).map(OverwriteTarget::Role),
            Some(1) => ids::parse(&wire.id).map(OverwriteTarget::Member),
            _ => None,
        };
        // An absent number allows or denies nothing. One that is there and does not parse may take
        // away but never give.
        let deny = if wire.deny.is_null() { 0 } else { number(&wire.deny).unwrap_or(u64::MAX) };
        Self {
            target: target.unwrap_or(OverwriteTarget::Unknown),
            allow: Permissions::from_bits_retain(number(&wire.allow).unwrap_or(0)),
            deny: Permissions::from_bits_retain(deny),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::model::{Application, Channel, Guild, Member, PartialGuild, Role, User};
    use super::*;

    fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn what_came_later_or_is_missing_does_not_fail() {
        let channel: Channel = read(json!({"id": "816370774200827934", "type": 99, "shiny": {"new": true}}));
        assert_eq!(channel.kind, ChannelType::Unknown(99));
        assert_eq!(channel.parent_id, None);
        assert!(channel.permission_overwrites.is_empty());
        let channel: Channel = read(json!({"id": "816370774200827934", "type": 4000, "name": null, "parent_id": null}));
        assert_eq!(channel.kind, ChannelType::Unknown(255));

        let guild: Guild = read(json!({"id": "816370501973721107", "owner_id": "445518183798022151", "roles": null}));
        assert!(guild.roles.is_empty());
    }

    #[test]
    fn a_second_factor_is_there_or_asked_for_only_where_discord_says_so() {
        let user = |value: Value| -> User { read(value) };
        assert!(user(json!({"id": "445518183798022151", "mfa_enabled": true})).mfa_enabled);
        assert!(!user(json!({"id": "445518183798022151", "mfa_enabled": null})).mfa_enabled);
        assert!(!user(json!({"id": "445518183798022151"})).mfa_enabled);
        for (level, asks) in [(json!(0), false), (json!(1), true), (json!(2), true), (json!(null), false)] {
            let guild: Guild = read(json!({"id": "816370501973721107", "owner_id": "445518183798022151",
                "mfa_level": level}));
            assert_eq!(guild.asks_for_second_factor(), asks);
        }
    }

    #[test]
    fn a_role_tag_is_there_or_not() {
        let role: Role = read(json!({"id": "817301662241787907", "tags": {"premium_subscriber": null}}));
        assert!(role.tags.premium_subscriber);
        let role: Role = read(json!({"id": "817301662241787907", "tags": {"bot_id": "1279772747366797316"}}));
        assert!(!role.tags.premium_subscriber);
        assert!(role.tags.bot_id.is_some());
        let role: Role = read(json!({"id": "817301662241787907", "tags": null}));
        assert!(role.tags.bot_id.is_none());
    }

    #[test]
    fn a_colour_of_zero_is_none() {
        let role: Role = read(json!({"id": "817301662241787907", "color": 3447003}));
        assert_eq!(role.color(), Some(3_447_003));
        let role: Role = read(
            json!({"id": "817301662241787907", "color": 1, "colors": {"primary_color": 0, "secondary_color": null}}),
        );
        assert_eq!(role.color(), None);
    }

    #[test]
    fn rights_that_do_not_parse_are_none_and_unknown_bits_stay() {
        let bits = |value: Value| {
            read::<PartialGuild>(json!({"id": "816370501973721107", "permissions": value})).permissions.bits()
        };
        assert_eq!(bits(json!("3104")), 3104);
        assert_eq!(bits(json!("1152921504606846976")), 1 << 60);
        assert_eq!(bits(json!("99999999999999999999999999")), 0);
        assert_eq!(bits(json!("-8")), 0);
        assert_eq!(bits(json!(null)), 0);
        assert_eq!(bits(json!({"a": 1})), 0);
    }

    #[test]
    fn an_overwrite_that_does_not_parse_takes_away_and_gives_nothing() {
        let one: Overwrite = read(json!({"id": "817301662241787907", "type": 0, "allow": "x", "deny": "y"}));
        assert_eq!((one.allow.bits(), one.deny.bits()), (0, u64::MAX));
        let one: Overwrite = read(json!({"id": "817301662241787907", "type": "1", "allow": "1024"}));
        assert!(matches!(one.target, OverwriteTarget::Member(_)));
        assert_eq!((one.allow.bits(), one.deny.bits()), (1024, 0));
        let one: Overwrite = read(json!({"id": "817301662241787907", "type": 7, "allow": "1024", "deny": "0"}));
        assert_eq!(one.target, OverwriteTarget::Unknown);
    }

    #[test]
    fn a_timeout_is_read_and_one_that_cannot_be_read_fails() {
        let member = |until: Value| {
            serde_json::from_value::<Member>(
                json!({"user": {"id": "445518183798022151"}, "communication_disabled_until": until}),
            )
        };
        assert_eq!(member(json!("2026-11-20T16:45:10.250000+00:00")).unwrap().timed_out_until, Some(1_795_193_110_250));
        assert_eq!(member(json!(null)).unwrap().timed_out_until, None);
        assert!(member(json!("tomorrow")).is_err());
    }

    #[test]
    fn application_flags_come_as_a_number_or_as_text() {
        let application: Application = read(json!({"id": "1279772747366797316", "flags": 4096, "flags_new": "262144"}));
        assert_eq!(application.all_flags(), 4096 | 262_144);
    }
}
