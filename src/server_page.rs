//! What each page of a server stands in that is not a module's form: the server and the person as they are now, and
//! the navigation.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::HttpRequest;

use crate::changes::delivery::Way;
use crate::changes::line::Drawing;
use crate::clock::Millis;
use crate::discord::Member;
use crate::guilds::access::{Admitted, Place};
use crate::guilds::snapshot::GuildSnapshot;
use crate::settings::judge::Judge;
use crate::settings::module::{Module, ModuleKey};
use crate::settings::nav::nav;
use crate::settings::scene::Settings;
use crate::settings::store::Stored;
use crate::web::page;
use crate::web::shell::Shell;
use crate::web::words::{Message, Words};

pub struct ServerPage {
    pub admitted: Admitted,
    pub words: Words,
    pub guild: Arc<GuildSnapshot>,
    pub member: Arc<Member>,
    pub now: Millis,
    pub way: Way,
    modules: &'static [Module],
    page: String,
}

impl ServerPage {
    pub fn new(req: &HttpRequest, app: &Settings, admitted: Admitted) -> Self {
        let (guild, member) = match &admitted.place {
            Place::Here { snapshot, member } => (snapshot.clone(), member.clone()),
            Place::Without(listed) => GuildSnapshot::without_bot(listed, admitted.person.id),
        };
        Self {
            words: page::words(req),
            guild,
            member,
            now: app.clock.now(),
            way: app.way(admitted.guild),
            modules: app.modules,
            page: req.uri().to_string(),
            admitted,
        }
    }

    /// What values are judged against.
    pub fn judge(&self) -> Judge<'_> {
        Judge { guild: &self.guild, person: self.guild.person(&self.member, self.now) }
    }

    pub fn drawing(&self) -> Drawing<'_> {
        let page = self.page.clone();
        Drawing { guild: self.admitted.guild, way: self.way, now: self.now, page, words: &self.words }
    }

    /// The page's shell. `title` is given the server's name; `current` is the last part of the address of the place
    /// in the navigation that this page belongs to.
    pub fn shell(
        &self,
        req: &HttpRequest,
        title: Message,
        current: &str,
        stored: &HashMap<ModuleKey, Stored>,
    ) -> Shell {
        let title = title.name("server", self.admitted.guild_name());
        let mut shell = page::shell(req, self.words.say(&title));
        shell.guild = Some(nav(&self.admitted, current, &self.drawing(), self.modules, stored));
        shell
    }

    pub fn module_name(&self, key: &str) -> String {
        self.words.t(&format!("{key}-name"))
    }

    /// An address on this server: `href("/giveaways")`.
    pub fn href(&self, tail: &str) -> String {
        format!("/guilds/{}{tail}", self.admitted.guild)
    }
}
