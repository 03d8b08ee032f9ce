//! What every page of the log stands in: the server and the person as they are now, and the navigation.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::HttpRequest;
use serde_json::Value;

use crate::changes::delivery::Way;
use crate::changes::line::Drawing;
use crate::clock::Millis;
use crate::discord::Member;
use crate::guilds::access::{Admitted, Place};
use crate::guilds::snapshot::GuildSnapshot;
use crate::settings::judge::Judge;
use crate::settings::module::{Module, ModuleKey};
use crate::settings::names;
use crate::settings::nav::nav;
use crate::settings::scene::Settings;
use crate::settings::store::Stored;
use crate::web::page;
use crate::web::shell::Shell;
use crate::web::words::{Message, Words};

use super::version::Version;

pub(super) struct Scenery {
    pub admitted: Admitted,
    pub words: Words,
    guild: Arc<GuildSnapshot>,
    member: Arc<Member>,
    modules: &'static [Module],
    way: Way,
    now: Millis,
    page: String,
}

impl Scenery {
    pub fn new(req: &HttpRequest, app: &Settings, admitted: Admitted) -> Self {
        let (guild, member) = match &admitted.place {
            Place::Here { snapshot, member } => (snapshot.clone(), member.clone()),
            Place::Without(listed) => GuildSnapshot::without_bot(listed, admitted.person.id),
        };
        Self {
            words: page::words(req),
            guild,
            member,
            modules: app.modules,
            way: app.way(admitted.guild),
            now: app.clock.now(),
            page: req.uri().to_string(),
            admitted,
        }
    }

    pub fn drawing(&self) -> Drawing<'_> {
        let page = self.page.clone();
        Drawing { guild: self.admitted.guild, way: self.way, now: self.now, page, words: &self.words }
    }

    /// The page's shell, with the log as the current page.
    pub fn shell(&self, req: &HttpRequest, title: Message, stored: &HashMap<ModuleKey, Stored>) -> Shell {
        let title = title.name("server", self.admitted.guild_name());
        let mut shell = page::shell(req, self.words.say(&title));
        shell.guild = Some(nav(&self.admitted, "changes", &self.drawing(), self.modules, stored));
        shell
    }

    /// The names in a version as they were, as far as this person may know them.
    pub fn names(&self, version: &Version) -> Value {
        let judge = Judge { guild: &self.guild, person: self.guild.person(&self.member, self.now) };
        names::as_then(&judge, &self.words, &version.names, &[&version.before(), &version.after])
    }

    pub fn module_name(&self, key: &str) -> String {
        self.words.t(&format!("{key}-name"))
    }

    /// The list's address.
    pub fn list(&self) -> String {
        format!("/guilds/{}/changes", self.admitted.guild)
    }

    pub fn href(&self, id: &str) -> String {
        format!("{}/{id}", self.list())
    }
}
