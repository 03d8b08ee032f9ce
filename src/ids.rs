//! Discord's ids as types: no bare integer that means "some id" crosses a function.
//!
//! In code they are twilight's `Id<Marker>`. [`Snowflake`] is the same id as a database column
//! (a BIGINT: Discord's ids fit an `i64` until the year 2084) and [`parse`] reads one from outside.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::BigInt;
use sha2::{Digest as _, Sha256};
use twilight_model::id::Id;
use twilight_model::id::marker::{ChannelMarker, EmojiMarker, GuildMarker, RoleMarker, UserMarker};
use uuid::Uuid;

pub type GuildId = Id<GuildMarker>;
pub type UserId = Id<UserMarker>;
pub type ChannelId = Id<ChannelMarker>;
pub type RoleId = Id<RoleMarker>;
pub type EmojiId = Id<EmojiMarker>;

/// Reads an id as Discord writes it: 15 to 20 digits, no leading zero, within `i64`.
pub fn parse<M>(text: &str) -> Option<Id<M>> {
    let plausible =
        (15..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    if !plausible {
        return None;
    }
    let number: u64 = text.parse().ok()?;
    i64::try_from(number).ok()?;
    Id::new_checked(number)
}

/// An id of our own, always the same of the same text: nobody can choose one that somebody else has.
pub fn made_of(text: &str) -> Uuid {
    let hash = Sha256::digest(text);
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// An id as a database column.
#[derive(AsExpression, FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Snowflake<M>(i64, PhantomData<fn() -> M>);

impl<M> Snowflake<M> {
    pub fn id(self) -> Option<Id<M>> {
        u64::try_from(self.0).ok().and_then(Id::new_checked)
    }
}

impl<M> Clone for Snowflake<M> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<M> Copy for Snowflake<M> {}
impl<M> std::fmt::Debug for Snowflake<M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}
impl<M> PartialEq for Snowflake<M> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<M> Eq for Snowflake<M> {}
impl<M> std::hash::Hash for Snowflake<M> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

/// Ids beyond `i64` do not exist before 2084 and [`parse`] refuses them, so the cast keeps the value.
impl<M> From<Id<M>> for Snowflake<M> {
    fn from(id: Id<M>) -> Self {
        Self(id.get() as i64, PhantomData)
    }
}

impl<M, DB: Backend> ToSql<BigInt, DB> for Snowflake<M>
where
    i64: ToSql<BigInt, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}

impl<M, DB: Backend> FromSql<BigInt, DB> for Snowflake<M>
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        i64::from_sql(bytes).map(|number| Self(number, PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_discord_would_write_is_an_id() {
        assert_eq!(parse::<GuildMarker>("816370501973721107").map(Id::get), Some(816_370_501_973_721_107));
        for wrong in [
            "",
            "0",
            "81637050197372",
            "0816370501973721107",
            "99999999999999999999",
            "+81637050197372110",
            "816370501973721107 ",
        ] {
            assert_eq!(parse::<GuildMarker>(wrong), None, "{wrong:?}");
        }
    }
}
