//! What was done, as people tell it apart, and as the list can be narrowed to.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::changes::Seen;
use crate::schema::changes;
use crate::settings::module::ModuleKey;

use super::filter::By;
use super::rows::{Boxed, Row};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Did {
    Create,
    Update,
    Reset,
    Restored,
    /// The settings of a bot that had them first.
    Adopted,
    /// What the bot was told to do.
    Commands,
    /// Panels and playlists that were made, changed or removed.
    Panels,
    /// Giveaways that were made or changed.
    Giveaways,
    /// What was given to staff, changed or withdrawn.
    Staff,
}

/// What tells some content from the rest: its subject.
const GIVEAWAY: &str = "giveaway";
const STAFF: &str = "staff";

impl Did {
    pub const ALL: [Self; 9] = [
        Self::Create,
        Self::Update,
        Self::Reset,
        Self::Restored,
        Self::Adopted,
        Self::Commands,
        Self::Panels,
        Self::Giveaways,
        Self::Staff,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Reset => "reset",
            Self::Restored => "restored",
            Self::Adopted => "adopted",
            Self::Commands => "commands",
            Self::Panels => "panels",
            Self::Giveaways => "giveaways",
            Self::Staff => "staff",
        }
    }

    /// Whether there can be such a thing among what somebody sees.
    pub fn is_for(self, seen: &Seen) -> bool {
        match self {
            Self::Staff => seen.only().is_none(),
            Self::Giveaways => seen.has(ModuleKey::Giveaway),
            Self::Panels => ModuleKey::ALL.into_iter().any(|module| module != ModuleKey::Giveaway && seen.has(module)),
            _ => true,
        }
    }

    pub fn of(row: &Row) -> Self {
        match (row.kind.as_str(), row.action.as_str(), &row.restores_id) {
            ("command", ..) => Self::Commands,
            ("content", ..) if row.entry.subject == GIVEAWAY => Self::Giveaways,
            ("content", ..) if row.entry.subject == STAFF => Self::Staff,
            ("content", ..) => Self::Panels,
            (_, _, Some(_)) => Self::Restored,
            (_, "create", None) if row.by() == By::Bot => Self::Adopted,
            (_, "create", None) => Self::Create,
            (_, "delete", None) => Self::Reset,
            _ => Self::Update,
        }
    }

    /// The same in the statement.
    pub fn narrow(self, rows: Boxed<'_>) -> Boxed<'_> {
        let by_bot = changes::actor_id.is_null().and(changes::actor_name.eq("bot"));
        let first_hand = changes::restores_id.is_null();
        // In the very words of the indexes `changes_beside_…`: a database finds an index of some rows by them alone.
        let beside = |kind: &'static str| changes::kind.eq(kind).and(sql::<Bool>("kind <> 'settings'"));
        match self {
            Self::Restored => rows.filter(changes::restores_id.is_not_null()),
            Self::Create => rows
                .filter(first_hand.and(changes::action.eq("create")))
                .filter(changes::actor_id.is_not_null().or(changes::actor_name.ne("bot"))),
            Self::Adopted => rows.filter(first_hand.and(changes::action.eq("create"))).filter(by_bot),
            Self::Update => rows.filter(first_hand.and(changes::action.eq("update"))),
            Self::Reset => rows.filter(first_hand.and(changes::action.eq("delete"))),
            Self::Commands => rows.filter(beside("command")),
            Self::Panels => {
                rows.filter(beside("content")).filter(changes::subject.ne(GIVEAWAY)).filter(changes::subject.ne(STAFF))
            }
            Self::Giveaways => rows.filter(beside("content")).filter(changes::subject.eq(GIVEAWAY)),
            Self::Staff => rows.filter(beside("content")).filter(changes::subject.eq(STAFF)),
        }
    }
}
