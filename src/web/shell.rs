//! What surrounds every page: who is signed in, which server, the flash, the way out.
//!
//! The template is `templates/layout.html`; a page's struct has a field `shell`.

use crate::web::words::{Message, Words};

#[derive(Clone, Debug, Default)]
pub struct Shell {
    pub words: Words,
    /// The page's own title, already with "Saved:", "Error:" or "Conflict:" where it applies.
    pub title: String,
    pub person: Option<PersonBadge>,
    pub guild: Option<GuildNav>,
    pub flash: Option<Flash>,
    /// For the sign-out form; empty when nobody is signed in.
    pub csrf_token: String,
    pub links: FooterLinks,
}

#[derive(Clone, Debug)]
pub struct PersonBadge {
    pub name: String,
    pub avatar_url: String,
}

/// The navigation inside one server.
#[derive(Clone, Debug)]
pub struct GuildNav {
    pub id: String,
    pub name: String,
    /// None: show the initials.
    pub icon_url: Option<String>,
    pub initials: String,
    pub items: Vec<NavItem>,
    /// The list of servers; with the module of this page, which the other server's page then is.
    pub switch_href: String,
    /// The bot, or the connection to it, is away.
    pub banner: Option<Banner>,
    /// Where an open page hears of what has changed since it was made.
    pub live_href: String,
}

/// What stands at the top of every page of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Banner {
    /// For scripts and tests.
    pub state: &'static str,
    pub message: Message,
}

#[derive(Clone, Debug)]
pub struct NavItem {
    pub href: String,
    pub label: String,
    pub current: bool,
    /// For a module: whether it is on. None: not a module, or not known here.
    pub on: Option<bool>,
}

impl NavItem {
    /// The picture in `static/icons.svg`, by the last part of the address; a server's own address is its overview.
    pub fn icon(&self) -> &str {
        match self.href.rsplit('/').next().unwrap_or_default() {
            known @ ("tempvoice" | "giveaway" | "tickets" | "music" | "panels" | "playlists" | "changes") => known,
            last if last.bytes().all(|b| b.is_ascii_digit()) => "overview",
            _ => "page",
        }
    }
}

/// What happened to the change of the request before.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Flash {
    pub tone: Tone,
    pub message: Message,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Tone {
    Good,
    Note,
    Warning,
    Bad,
}

impl Tone {
    /// The CSS class and the icon's name.
    pub fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Bad => "bad",
        }
    }

    /// How loudly a screen reader says it.
    pub fn role(self) -> &'static str {
        match self {
            Self::Good | Self::Note => "status",
            Self::Warning | Self::Bad => "alert",
        }
    }
}

#[derive(Clone, Debug, Default)]
pub struct FooterLinks {
    pub support: Option<String>,
    pub privacy: Option<String>,
    pub terms: Option<String>,
}

impl Shell {
    /// The address of a static file, with its content's hash in it.
    pub fn asset(&self, name: &str) -> String {
        crate::web::assets::href(name)
    }
}
