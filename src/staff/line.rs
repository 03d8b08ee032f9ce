//! A grant in words: who has what, until when, and whether it does anything.

use crate::changes::line::{TimeText, gone};
use crate::guilds::grants::{Grant, Holder, SOON};
use crate::server_page::ServerPage;
use crate::web::shell::Tone;
use crate::web::words::{Message, Words};

/// How a grant stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Holds,
    EndsSoon,
    /// It does nothing any more.
    Ended,
    /// Its role is deleted: it does nothing.
    Gone,
}

impl Standing {
    pub(super) fn of(grant: &Grant, place: &ServerPage) -> Self {
        match grant.ends_at {
            _ if grant.has_ended(place.now) => Self::Ended,
            _ if grant.holder.is_gone(&place.guild) => Self::Gone,
            Some(end) if end - place.now <= SOON => Self::EndsSoon,
            _ => Self::Holds,
        }
    }

    /// For tests, and the end of its key of words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::EndsSoon => "soon",
            Self::Ended => "ended",
            Self::Gone => "gone",
        }
    }

    pub fn words(self) -> String {
        format!("staff-is-{}", self.as_str())
    }

    pub fn tone(self) -> Tone {
        match self {
            Self::Holds => Tone::Good,
            Self::EndsSoon => Tone::Warning,
            Self::Ended | Self::Gone => Tone::Note,
        }
    }
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct GrantLine {
    pub id: String,
    pub name: String,
    /// `role` or `person`.
    pub kind: &'static str,
    pub what: Message,
    pub standing: Standing,
    pub until: Option<TimeText>,
    pub by: String,
    pub at: TimeText,
    /// For managers.
    pub withdrawal_href: Option<String>,
}

impl GrantLine {
    pub(super) fn new(grant: &Grant, place: &ServerPage) -> Self {
        let role = match grant.holder {
            Holder::Role(id) => place.guild.role(id),
            Holder::Person(_) => None,
        };
        let href = place.href(&format!("/staff/{}/withdrawal", grant.id));
        Self {
            id: grant.id.clone(),
            name: role.map_or_else(|| grant.name.clone(), |role| role.name.clone()),
            kind: grant.holder.kind(),
            what: what(grant, &place.words),
            standing: Standing::of(grant, place),
            until: grant.ends_at.map(|at| TimeText::new(at, &place.words)),
            by: match grant.giver.as_str() {
                "" => gone(grant.given_by, &place.words),
                name => name.to_owned(),
            },
            at: TimeText::new(grant.given_at, &place.words),
            withdrawal_href: place.admitted.rights.manages().then_some(href),
        }
    }

    pub fn kind_words(&self) -> String {
        format!("staff-kind-{}", self.kind)
    }
}

/// "Tickets: look, act"
pub(super) fn what(grant: &Grant, words: &Words) -> Message {
    let module = match &grant.module {
        Some(key) => words.find(&format!("{key}-name")).unwrap_or_else(|| key.clone()),
        None => words.t("all-name"),
    };
    let may = [(true, "staff-may-view"), (grant.edits, "staff-may-edit"), (grant.acts, "staff-may-act")];
    let may: Vec<String> = may.into_iter().filter(|(may, _)| *may).map(|(_, key)| words.t(key)).collect();
    Message::new("staff-what").text("module", module).text("may", words.list(&may))
}
