//! Whose place the channels, roles and emoji of a file take here: those known here keep theirs, the others are
//! found by their name and kind, and what is not found is for the person to choose.

use std::collections::HashSet;

use serde_json::Value;

use crate::discord::Channel;
use crate::ids::EmojiId;
use crate::settings::fields::{ChannelUse, RoleUse};
use crate::settings::judge::{Judge, custom_emoji};
use crate::settings::module::{Module, ModuleKey};
use crate::web::form::FormData;

use super::document::{Document, Named, kind};
use super::uses::{Use, rewritten};

/// What is chosen for each that is not simply known here.
pub(super) struct Mapping {
    pub entries: Vec<Entry>,
}

/// A channel, role or emoji of the file that somebody has to look at.
pub(super) struct Entry {
    pub class: Class,
    /// Of an emoji: its code.
    pub id: String,
    pub name: Option<String>,
    /// Of a channel.
    pub kind: Option<String>,
    pub uses: Vec<Use>,
    pub modules: Vec<ModuleKey>,
    /// Empty: none.
    pub choice: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Class {
    Channel,
    Role,
    Emoji,
}

impl Class {
    fn of(what: Use) -> Self {
        match what {
            Use::Channel { .. } => Self::Channel,
            Use::Role { .. } => Self::Role,
            Use::Emoji => Self::Emoji,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Channel => "channel",
            Self::Role => "role",
            Self::Emoji => "emoji",
        }
    }
}

impl Entry {
    /// The name of its field in the form.
    pub fn field(&self) -> String {
        let id = custom_emoji(&self.id).map_or_else(|| self.id.clone(), |id| id.to_string());
        format!("as.{}.{id}", self.class.as_str())
    }

    pub fn is_required(&self) -> bool {
        self.uses.iter().any(|one| {
            matches!(one, Use::Channel { required: true, .. } | Use::Role { required: true, .. } | Use::Emoji)
        })
    }

    /// The narrowest of its uses.
    pub fn channel_use(&self) -> ChannelUse {
        let mut uses = self.channel_uses();
        let first = uses.next().unwrap_or(ChannelUse::Text);
        uses.fold(first, |narrowest, one| match one {
            ChannelUse::Voice | ChannelUse::Announce => one,
            _ => narrowest,
        })
    }

    pub fn role_use(&self) -> RoleUse {
        let uses: Vec<RoleUse> = self.role_uses().collect();
        let narrowest = [RoleUse::Give, RoleUse::Ping].into_iter().find(|of| uses.contains(of));
        narrowest.unwrap_or(RoleUse::Have)
    }

    fn channel_uses(&self) -> impl Iterator<Item = ChannelUse> {
        self.uses.iter().filter_map(|one| match one {
            Use::Channel { of, .. } => Some(*of),
            _ => None,
        })
    }

    fn role_uses(&self) -> impl Iterator<Item = RoleUse> {
        self.uses.iter().filter_map(|one| match one {
            Use::Role { of, .. } => Some(*of),
            _ => None,
        })
    }

    /// Known here and to be used as it is: nobody has to look at it.
    fn is_here(&self, judge: &Judge<'_>) -> bool {
        match self.class {
            Class::Channel => judge.find_channel(&self.id).is_some_and(|channel| self.takes(judge, channel)),
            Class::Role => judge
                .find_role(&self.id)
                .is_some_and(|role| self.role_uses().all(|of| judge.role_reason(of, role).is_ok())),
            Class::Emoji => self.emoji(judge).is_some_and(|emoji| emoji.available),
        }
    }

    fn takes(&self, judge: &Judge<'_>, channel: &Channel) -> bool {
        judge.person.sees(channel) && self.channel_uses().all(|of| of.takes(channel.kind))
    }

    fn emoji<'a>(&self, judge: &Judge<'a>) -> Option<&'a crate::discord::Emoji> {
        custom_emoji(&self.id).and_then(|id: EmojiId| judge.guild.emoji(id))
    }

    fn is_known(&self, judge: &Judge<'_>) -> bool {
        match self.class {
            Class::Channel => judge.find_channel(&self.id).is_some(),
            Class::Role => judge.find_role(&self.id).is_some(),
            Class::Emoji => self.emoji(judge).is_some(),
        }
    }

    /// The only one here of the same name and kind; of several nobody could say which is meant.
    fn namesake(&self, judge: &Judge<'_>) -> Option<String> {
        let wanted = folded(self.name.as_deref()?);
        let guild = judge.guild;
        match self.class {
            Class::Channel => {
                let fits = |channel: &&Channel| folded(&channel.name) == wanted && self.takes(judge, channel);
                let found: Vec<&Channel> = guild.channels.iter().filter(fits).collect();
                let of_kind = |channel: &&&Channel| Some(kind(channel.kind)) == self.kind.as_deref();
                only(found.iter().filter(of_kind)).or_else(|| only(found.iter())).map(|channel| channel.id.to_string())
            }
            Class::Role => only(guild.guild.roles.iter().filter(|role| folded(&role.name) == wanted))
                .map(|role| role.id.to_string()),
            Class::Emoji => {
                only(guild.guild.emojis.iter().filter(|emoji| emoji.available && folded(&emoji.name) == wanted))
                    .map(|emoji| format!("<{}:{}:{}>", if emoji.animated { "a" } else { "" }, emoji.name, emoji.id))
            }
        }
    }

    fn proposal(&self, judge: &Judge<'_>, is_stored: bool) -> String {
        if self.is_known(judge) {
            return self.id.clone();
        }
        self.namesake(judge).or_else(|| is_stored.then(|| self.id.clone())).unwrap_or_default()
    }
}

fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn folded(name: &str) -> String {
    crate::web::form::clean(name).trim().to_lowercase()
}

impl Mapping {
    /// What is proposed, or chosen in `form`. `stored` is what the server has: an id that stands there already may
    /// stay, whatever became of it.
    pub fn new<'s>(
        document: &Document,
        judge: &Judge<'_>,
        stored: impl Fn(&'static Module) -> &'s Value,
        form: Option<&FormData>,
    ) -> Self {
        let mut entries: Vec<Entry> = Vec::new();
        let mut kept: HashSet<(Class, String)> = HashSet::new();
        for part in &document.parts {
            rewritten(part.module.fields(), stored(part.module), &mut |what, id| {
                kept.insert((Class::of(what), id.to_owned()));
                None
            });
            rewritten(part.module.fields(), &part.settings, &mut |what, id| {
                note(&mut entries, document, part.module.key, what, id);
                None
            });
        }
        entries.retain(|entry| !entry.is_here(judge));
        for entry in &mut entries {
            let is_stored = kept.contains(&(entry.class, entry.id.clone()));
            let chosen = form.and_then(|form| form.text(&entry.field()).map(|text| text.trim().to_owned()));
            entry.choice = chosen.unwrap_or_else(|| entry.proposal(judge, is_stored));
        }
        Self { entries }
    }

    /// What stands for an id here.
    pub fn put(&self, what: Use, id: &str) -> Option<String> {
        match self.entries.iter().find(|entry| entry.class == Class::of(what) && entry.id == id) {
            Some(entry) => Some(entry.choice.clone()).filter(|choice| !choice.is_empty()),
            None => Some(id.to_owned()),
        }
    }
}

fn note(entries: &mut Vec<Entry>, document: &Document, module: ModuleKey, what: Use, id: &str) {
    let class = Class::of(what);
    let place = entries.iter().position(|entry| entry.class == class && entry.id == id);
    let entry = match place {
        Some(place) => &mut entries[place],
        None => {
            let named = named(document, class, id);
            let in_code = || Some(id.split(':').nth(1)?.to_owned()).filter(|_| class == Class::Emoji);
            entries.push(Entry {
                class,
                id: id.to_owned(),
                name: named.map(|named| named.name.clone()).or_else(in_code),
                kind: named.and_then(|named| named.kind.clone()),
                uses: Vec::new(),
                modules: Vec::new(),
                choice: String::new(),
            });
            let last = entries.len() - 1;
            &mut entries[last]
        }
    };
    if !entry.uses.contains(&what) {
        entry.uses.push(what);
    }
    if !entry.modules.contains(&module) {
        entry.modules.push(module);
    }
}

fn named<'d>(document: &'d Document, class: Class, id: &str) -> Option<&'d Named> {
    match class {
        Class::Channel => document.names.channels.get(id),
        Class::Role => document.names.roles.get(id),
        Class::Emoji => document.names.emojis.get(&custom_emoji(id)?.to_string()),
    }
}
