//! The navigation inside a server, and what stands at the top of each of its pages.

use crate::changes::line::Drawing;
use crate::guilds;
use crate::guilds::access::Admitted;
use crate::guilds::rights::{Level, Scope};
use crate::settings::module::{Module, ModuleKey};
use crate::web::shell::{GuildNav, NavGroup, NavItem};
use crate::web::words::visible;

/// What runs on the server, besides settings, and of which module: the last part of its address, which is the key of its
/// words too (`nav-giveaways`).
pub const LIVE: &[(&str, ModuleKey)] = &[
    ("giveaways", ModuleKey::Giveaway),
    ("tickets", ModuleKey::Tickets),
    ("panels", ModuleKey::Tickets),
    ("rooms", ModuleKey::TempVoice),
    ("playlists", ModuleKey::Music),
];
/// What takes settings elsewhere; it stands with them. For managers.
pub const CARRY: &str = "settings/import";
/// What was done, which everybody sees of their modules, and who may do it, for whoever sees all.
pub const HISTORY: &[(&str, Scope<'static>)] = &[("changes", Scope::Any), ("staff", Scope::All)];

/// `current` is a module's key, the last part of another page's address, or empty on the overview. Where a module has
/// that key too, the page says `/tickets`.
pub fn nav(
    admitted: &Admitted,
    current: &str,
    drawing: &Drawing<'_>,
    modules: &[Module],
    is_on: impl Fn(&Module) -> bool,
) -> GuildNav {
    let words = drawing.words;
    let id = admitted.guild.to_string();
    let overview = NavItem {
        href: format!("/guilds/{id}"),
        label: words.t("nav-overview"),
        current: current.is_empty(),
        on: None,
        editable: true,
    };
    let carry = NavItem {
        href: format!("/guilds/{id}/{CARRY}"),
        label: words.t("nav-carry"),
        current: current == CARRY,
        on: None,
        editable: true,
    };
    let rights = &admitted.rights;
    let settings = modules.iter().filter(|module| rights.sees(module.key.as_str())).map(|module| NavItem {
        href: format!("/guilds/{id}/settings/{}", module.key.as_str()),
        label: words.t(&format!("{}-name", module.key.as_str())),
        current: current == module.key.as_str(),
        on: Some(is_on(module)),
        editable: rights.edits(module.key.as_str()),
    });
    let is_module = modules.iter().any(|module| module.key.as_str() == current);
    let item = |place: &str| NavItem {
        href: format!("/guilds/{id}/{place}"),
        label: words.t(&format!("nav-{place}")),
        current: !is_module && current.trim_start_matches('/') == place,
        on: None,
        editable: true,
    };
    let live = LIVE.iter().filter(|(_, module)| rights.sees(module.as_str())).map(|(place, _)| item(place));
    let history = HISTORY.iter().filter(|(_, of)| rights.may(Level::View, *of)).map(|(place, _)| item(place));
    let group = |name, items| NavGroup { name, items };
    let groups = vec![
        group("", vec![overview]),
        group("settings", settings.chain(rights.is_manager().then_some(carry)).collect()),
        group("live", live.collect()),
        group("history", history.collect()),
    ];
    GuildNav {
        name: visible(admitted.guild_name()).into_owned(),
        icon_url: guilds::icon_url(admitted.guild, admitted.icon()),
        initials: guilds::initials(admitted.guild_name()),
        groups: groups.into_iter().filter(|group: &NavGroup| !group.items.is_empty()).collect(),
        crumbs: Vec::new(),
        module: if is_module { current.to_owned() } else { String::new() },
        banner: drawing.way.banner(words),
        live_href: format!("/guilds/{id}/live?since={}", drawing.now),
        id,
    }
}
