//! What surrounds every page: who is signed in, which server, the flash, the way out.
//!
//! The template is `templates/layout.html` (`layout.rs`); a page's struct has a field `shell`.

use crate::keys::fingerprint;
use crate::web::csrf::FormOwner;
use crate::web::language_choice::LanguageForm;
use crate::web::taste::Theme;
use crate::web::words::{Message, Words};

#[derive(Clone, Debug, Default)]
pub struct Shell {
    pub words: Words,
    pub theme: Theme,
    /// For who is not signed in, and has no preferences.
    pub languages: Option<LanguageForm>,
    /// The page's own title, already with "Saved:", "Error:" or "Conflict:" where it applies.
    pub title: String,
    pub person: Option<PersonBadge>,
    pub owner: Owner,
    pub guild: Option<GuildNav>,
    pub flash: Option<Flash>,
    /// For the sign-out form; empty when nobody is signed in.
    pub csrf_token: String,
    pub links: FooterLinks,
    /// What others see of this page when somebody names its address to them; None: nothing.
    pub share: Option<Share>,
}

/// A page as others draw it where its address is named.
#[derive(Clone, Debug)]
pub struct Share {
    /// Whole addresses: others ask for them.
    pub url: String,
    pub image_url: String,
    pub description: String,
}

#[derive(Clone, Debug)]
pub struct PersonBadge {
    pub name: String,
    pub avatar_url: String,
}

/// Whose page it is, and of which of their sessions: an open page compares it with what is so later. It opens nothing.
/// Empty when nobody is signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    pub person: String,
    pub session: String,
}

impl Owner {
    pub fn of(owner: FormOwner) -> Self {
        let short = |bytes: &[u8]| {
            let mut whole = fingerprint(bytes);
            whole.truncate(16);
            whole
        };
        Self { person: short(&owner.user.get().to_be_bytes()), session: short(owner.session.as_bytes()) }
    }
}

/// The navigation inside one server.
#[derive(Clone, Debug, Default)]
pub struct GuildNav {
    pub id: String,
    pub name: String,
    /// None: show the initials.
    pub icon_url: Option<String>,
    pub initials: String,
    pub groups: Vec<NavGroup>,
    /// The way from the server to this page, which is the last; empty on the overview.
    pub crumbs: Vec<Crumb>,
    /// The module of this page, which another server's page then is as well; empty: none.
    pub module: String,
    /// The bot, or the connection to it, is away.
    pub banner: Option<Banner>,
    /// Where an open page hears of what has changed since it was made.
    pub live_href: String,
}

impl GuildNav {
    pub fn items(&self) -> impl Iterator<Item = &NavItem> {
        self.groups.iter().flat_map(|group| &group.items)
    }

    /// The list of servers; it keeps the module.
    pub fn switch_href(&self) -> String {
        if self.module.is_empty() { "/guilds".into() } else { format!("/guilds?module={}", self.module) }
    }

    /// The same as the part that opens over the page.
    pub fn switcher_href(&self) -> String {
        format!("/guilds?here={}&module={}", self.id, self.module)
    }

    /// The place that this page belongs to.
    pub fn current(&self) -> Option<&NavItem> {
        self.items().find(|item| item.current)
    }
}

/// Places that belong together, under their heading.
#[derive(Clone, Debug)]
pub struct NavGroup {
    /// For its element's id, and the key of its words (`nav-group-live`); empty: without a heading.
    pub name: &'static str,
    pub items: Vec<NavItem>,
}

/// A step on the way to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    pub label: String,
    /// None: the page itself.
    pub href: Option<String>,
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
    /// Whether they may change what is there.
    pub editable: bool,
}

impl GuildNav {
    /// A module that is known to be off: the end of its settings' address is its key.
    pub fn off(&self, module: &str) -> Option<&NavItem> {
        let is = |item: &&NavItem| item.href.rsplit('/').next() == Some(module);
        self.items().filter(|item| item.on == Some(false)).find(is)
    }
}

impl NavItem {
    /// A server's own address is its overview.
    pub fn is_overview(&self) -> bool {
        self.href.rsplit('/').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()))
    }

    /// The picture in the sprite, by the last part of the address.
    pub fn icon(&self) -> &str {
        match self.href.rsplit('/').next().unwrap_or_default() {
            known @ ("tempvoice" | "giveaway" | "tickets" | "music" | "giveaways" | "panels" | "playlists"
            | "changes" | "staff") => known,
            "rooms" => "tempvoice",
            "import" => "carry",
            _ if self.is_overview() => "overview",
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
    /// Where pages and settings are found.
    pub fn search_href(&self) -> String {
        self.guild.as_ref().map_or_else(|| "/search".to_owned(), |guild| format!("/guilds/{}/search", guild.id))
    }

    /// The colours of a browser's own bar, by what the device asks for; without that where it was chosen.
    pub fn bar_colors(&self) -> Vec<(&'static str, Option<&'static str>)> {
        let (light, dark) = ("#1b2233", "#0d1017");
        match self.theme {
            Theme::System => {
                vec![(light, Some("(prefers-color-scheme: light)")), (dark, Some("(prefers-color-scheme: dark)"))]
            }
            Theme::Light => vec![(light, None)],
            Theme::Dark => vec![(dark, None)],
        }
    }

    /// The address of a static file, with its content's hash in it.
    pub fn asset(&self, name: &str) -> String {
        crate::web::assets::href(name)
    }
}
