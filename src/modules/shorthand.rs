//! Fields and placeholders in one line each, so that a module's table reads as one.

use crate::settings::fields::{ChannelUse, Field, Kind, Placeholder, RoleUse};

pub(super) const fn field(name: &'static str, kind: Kind) -> Field {
    Field { name, kind }
}

pub(super) const fn switch(name: &'static str) -> Field {
    field(name, Kind::Switch)
}

pub(super) const fn number(name: &'static str, min: i64, max: i64) -> Field {
    field(name, Kind::Number { min, max, unit: None })
}

/// A number with the word `unit-{unit}` behind it.
pub(super) const fn amount(name: &'static str, min: i64, max: i64, unit: &'static str) -> Field {
    field(name, Kind::Number { min, max, unit: Some(unit) })
}

/// A line of text that must not be empty.
pub(super) const fn line(name: &'static str, max: usize, placeholders: &'static [Placeholder]) -> Field {
    field(name, Kind::Text { min: 1, max, lines: false, placeholders })
}

pub(super) const fn color(name: &'static str) -> Field {
    field(name, Kind::Color { optional: false })
}

pub(super) const fn url(name: &'static str) -> Field {
    field(name, Kind::Url)
}

pub(super) const fn choice(name: &'static str, words: &'static [&'static str]) -> Field {
    field(name, Kind::Choice(words))
}

/// A channel, or none.
pub(super) const fn channel(name: &'static str, of: ChannelUse) -> Field {
    field(name, Kind::Channel { of, required: false })
}

pub(super) const fn channels(name: &'static str, of: ChannelUse, max: usize) -> Field {
    field(name, Kind::ChannelList { of, max })
}

/// A role, or none.
pub(super) const fn role(name: &'static str, of: RoleUse) -> Field {
    field(name, Kind::Role { of, required: false })
}

pub(super) const fn roles(name: &'static str, max: usize) -> Field {
    field(name, Kind::RoleList { of: RoleUse::Have, max })
}

pub(super) const fn template(name: &'static str, placeholders: &'static [Placeholder]) -> Field {
    field(name, Kind::Template(placeholders))
}

pub(super) const fn text(name: &'static str, example: &'static str) -> Placeholder {
    Placeholder { name, example, mention: false }
}

pub(super) const fn mention(name: &'static str, example: &'static str) -> Placeholder {
    Placeholder { name, example, mention: true }
}
