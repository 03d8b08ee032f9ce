//! What can be found: each with its words, and the address that leads to it.

use crate::discord::PartialGuild;
use crate::guilds::pins::Wish;
use crate::guilds::rights::{Level, Rights, Scope};
use crate::settings::fields::{Field, Kind, join};
use crate::settings::module::{Module, ModuleKey};
use crate::settings::nav::{HISTORY, LIVE};
use crate::settings::view::element_id;
use crate::web::words::{Message, Words, visible};

use super::letters::words;

/// How much a word counts, by where it stands.
const NAME: u32 = 5;
const FIELD: u32 = 4;
const ABOVE: u32 = 3;
const SECTION: u32 = 2;
const HINT: u32 = 1;

/// Something to go to.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    /// Its word is `palette-kind-…`.
    pub kind: &'static str,
    /// In the sprite.
    pub icon: &'static str,
    pub label: String,
    /// What it is a part of; empty: of nothing.
    pub within: String,
    pub href: String,
    /// Folded, each with how much it counts.
    pub words: Vec<(String, u32)>,
    /// What it is called, in words: as the page says, and as forms do.
    pub names: Vec<Vec<String>>,
    /// How far below a module it stands.
    pub depth: u32,
}

impl Thing {
    /// The key of the words for what it is.
    pub fn kind_words(&self) -> String {
        format!("palette-kind-{}", self.kind)
    }

    fn new(kind: &'static str, icon: &'static str, label: String, href: String) -> Self {
        let name = words(&label);
        let own = name.iter().map(|word| (word.clone(), NAME)).collect();
        Self { kind, icon, label, within: String::new(), href, words: own, names: vec![name], depth: 0 }
    }

    fn also(mut self, text: &str, weight: u32) -> Self {
        self.words.extend(words(text).into_iter().map(|word| (word, weight)));
        self
    }

    /// What else it is called, which is in nobody's language but the forms'.
    fn called(mut self, name: &str) -> Self {
        let name: Vec<String> =
            words(name).into_iter().filter(|word| !["id", "ids"].contains(&word.as_str())).collect();
        self.words.extend(name.iter().map(|word| (word.clone(), FIELD)));
        self.names.push(name);
        self
    }

    fn within(self, text: String) -> Self {
        Self { within: text, ..self }
    }
}

/// Servers, as the lists of them have them.
pub(super) fn servers(listed: &[PartialGuild], wish: &Wish, with_bot: bool, say: &Words) -> Vec<Thing> {
    let tail = if with_bot { wish.tail() } else { String::new() };
    let elsewhere = listed.iter().filter(|guild| wish.here != Some(guild.id));
    let thing = |guild: &PartialGuild| {
        let name = visible(&guild.name).into_owned();
        // Which modules of it are theirs is not known of who is staff there.
        let tail = if guild.manageable() { tail.as_str() } else { "" };
        let thing = Thing::new("server", "server", name, format!("/guilds/{}{tail}", guild.id));
        if with_bot { thing } else { thing.within(say.t("picker-invitable")) }
    };
    elsewhere.map(thing).collect()
}

/// What belongs to the person alone.
pub(super) fn own(say: &Words) -> Vec<Thing> {
    let page = |key: &str, href: &str| {
        Thing::new("page", "page", say.t(key), href.to_owned()).also(&also(say, key), HINT).called(href)
    };
    let mut things = vec![
        page("picker-title", "/guilds"),
        page("preferences-title", "/account/preferences"),
        page("sessions-title", "/account/sessions"),
        page("account-title", "/account"),
    ];
    things.extend(["time-zone", "theme", "language"].map(|name| {
        let label = say.t(&format!("preferences-{name}"));
        let href = format!("/account/preferences#{}", element_id(&name.replace('-', "_")));
        Thing::new("setting", "page", label, href).called(name).within(say.t("preferences-title"))
    }));
    things
}

/// The places of a server, with what is begun there, as far as somebody's rights go.
pub(super) fn places(at: &str, rights: &Rights, say: &Words) -> Vec<Thing> {
    let place = |icon: &'static str, label: String, tail: &str, key: &str| {
        Thing::new("page", icon, label, format!("{at}{tail}")).called(tail).also(&also(say, key), HINT)
    };
    let named = |key: &str, tail: &str, icon: &'static str| place(icon, say.t(key), tail, key);
    let listed = |name: &str| named(&format!("nav-{name}"), &format!("/{name}"), icon(name));
    let mut things = vec![named("nav-overview", "", "overview")];
    things.extend(LIVE.iter().filter(|(_, module)| rights.sees(module.as_str())).map(|(name, _)| listed(name)));
    things.extend(HISTORY.iter().filter(|(_, of)| rights.may(Level::View, *of)).map(|(name, _)| listed(name)));
    let begun = [
        (ModuleKey::Tickets, Level::View, "title-ratings", "/tickets/ratings", "tickets"),
        (ModuleKey::Giveaway, Level::Act, "giveaways-new", "/giveaways/new", "giveaways"),
        (ModuleKey::Tickets, Level::Edit, "panels-new", "/panels/new", "panels"),
        (ModuleKey::Music, Level::Act, "playlists-new", "/playlists/new", "playlists"),
    ];
    let theirs = begun.into_iter().filter(|(module, level, ..)| rights.may(*level, Scope::Module(module.as_str())));
    things.extend(theirs.map(|(_, _, key, tail, icon)| named(key, tail, icon)));
    if rights.is_manager() {
        things.push(named("nav-carry", "/settings/import", "carry"));
    }
    if rights.manages() {
        things.push(named("title-copy", "/settings/copy", "carry"));
    }
    let panels = [("tempvoice", "voice", "/rooms/panel"), ("music", "music", "/player/panel")];
    things.extend(panels.into_iter().filter(|(module, ..)| rights.acts(module)).map(|(module, what, tail)| {
        let what = say.t(&format!("control-panel-{what}"));
        let label = say.say(&Message::new("title-control-panel").text("what", what));
        place(icon(module), label, tail, "title-control-panel")
    }));
    things
}

/// More words for a page, if there are any.
fn also(say: &Words, key: &str) -> String {
    say.find(&format!("palette-also-{key}")).unwrap_or_default()
}

fn icon(name: &str) -> &'static str {
    const ALL: [&str; 9] =
        ["tempvoice", "giveaway", "tickets", "music", "giveaways", "panels", "playlists", "changes", "staff"];
    match ALL.into_iter().find(|known| *known == name) {
        Some(known) => known,
        None if name == "rooms" => "tempvoice",
        None => "page",
    }
}

/// Modules, without their settings.
pub(super) fn modules<'m>(at: &str, modules: impl Iterator<Item = &'m Module>, say: &Words) -> Vec<Thing> {
    let thing = |module: &Module| {
        let key = module.key.as_str();
        let href = format!("{at}/settings/{key}");
        let thing = Thing::new("module", icon(key), say.t(&format!("{key}-name")), href).called(key);
        thing.also(&say.t(&format!("{key}-purpose")), HINT).also(&also(say, &format!("{key}-name")), HINT)
    };
    modules.map(thing).collect()
}

/// Every single setting of every module.
pub(super) fn settings<'m>(at: &str, modules: impl Iterator<Item = &'m Module>, say: &Words) -> Vec<Thing> {
    let mut things = Vec::new();
    for module in modules {
        let key = module.key.as_str();
        let name = say.t(&format!("{key}-name"));
        for section in module.sections {
            let title = say.t(&format!("{key}-section-{}", section.name));
            let walk = Walk {
                say,
                icon: icon(key),
                page: format!("{at}/settings/{key}"),
                around: format!("{name} {key} {title} {}", section.name.replace('_', " ")),
            };
            for field in section.fields {
                let start = Step { path: "", words: key, within: &name, depth: 0, element: None };
                walk.add(field, &start, &mut things);
            }
        }
    }
    things
}

/// What all settings of one section share.
struct Walk<'a> {
    say: &'a Words,
    icon: &'static str,
    page: String,
    /// Words of the module and of the section.
    around: String,
}

/// Where among a module's fields one is.
struct Step<'a> {
    path: &'a str,
    /// What the keys of the words begin with.
    words: &'a str,
    within: &'a str,
    depth: u32,
    /// The element to go to, for fields that may not be there: those of a list's rows.
    element: Option<&'a str>,
}

impl Walk<'_> {
    fn add(&self, field: &'static Field, step: &Step<'_>, things: &mut Vec<Thing>) {
        let (path, key) = (join(step.path, field.name), field.words(step.words));
        let label = self.say.t(&key);
        let own = element_id(&path);
        let element = step.element.unwrap_or(&own);
        // What holds an embed together is no control of its own.
        let is_group = matches!(field.kind, Kind::Group(_));
        if !is_group {
            let thing = Thing::new("setting", self.icon, label.clone(), format!("{}#{element}", self.page));
            let thing = thing.called(field.name).also(step.within, ABOVE).also(&path.replace(['.', '_'], " "), ABOVE);
            let hint = self.say.find(&format!("{key}-hint")).unwrap_or_default();
            let thing = thing.also(&self.around, SECTION).also(&hint, HINT).within(step.within.to_owned());
            things.push(Thing { depth: step.depth, ..thing });
        }
        let within = if is_group { step.within.to_owned() } else { format!("{} › {label}", step.within) };
        let below = Step {
            path: &path,
            words: &field.words_below(&key),
            within: &within,
            depth: step.depth + 1,
            element: step.element,
        };
        match &field.kind {
            Kind::Rows { fields, .. } => {
                let below = Step { words: &key, element: Some(element), ..below };
                fields.iter().for_each(|one| self.add(one, &below, things));
            }
            _ => field.parts().unwrap_or_default().iter().for_each(|one| self.add(one, &below, things)),
        }
    }
}
