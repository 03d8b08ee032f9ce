//! How a person wants pages to be: in which zone times are told, in which colours, and in which language. Left in the
//! request by whoever reads the session; without it the browser's colours and language, and UTC.

use actix_web::{HttpMessage as _, HttpRequest};
use jiff::tz::TimeZone;

use crate::web::language::Language;

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device is set.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// In the database, in forms, and as `data-theme` on the page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == text)
    }

    /// As `color-scheme` has it, so that the browser's own parts fit.
    pub fn scheme(self) -> &'static str {
        match self {
            Self::System => "light dark",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct Taste {
    /// None: not chosen, or not known any more.
    pub zone: Option<TimeZone>,
    pub theme: Theme,
    /// None: as the browser asks.
    pub language: Option<Language>,
}

impl Taste {
    /// From what is stored. A zone that is no longer known is none.
    pub fn read(zone: Option<&str>, theme: Option<&str>, language: Option<&str>) -> Self {
        Self {
            zone: zone.and_then(|name| TimeZone::get(name).ok()),
            theme: theme.and_then(Theme::parse).unwrap_or_default(),
            language: language.and_then(Language::parse),
        }
    }

    pub fn of(req: &HttpRequest) -> Self {
        req.extensions().get::<Self>().cloned().unwrap_or_default()
    }
}
