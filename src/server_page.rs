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
use crate::guilds::pages::ReadOnly;
use crate::guilds::rights::{Level, Scope};
use crate::guilds::snapshot::GuildSnapshot;
use crate::settings::judge::Judge;
use crate::settings::module::{Module, ModuleKey};
use crate::settings::nav::nav;
use crate::settings::reader::Reader;
use crate::settings::scene::Settings;
use crate::settings::store::{self, Stored};
use crate::web::page;
use crate::web::shell::Shell;
use crate::web::title::Title;
use crate::web::words::Words;

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

    /// Who looks at messages here.
    pub fn reader<'a>(&'a self, judge: &'a Judge<'a>) -> Reader<'a> {
        Reader::new(judge, &self.words, self.now, &self.admitted.person)
    }

    pub fn drawing(&self) -> Drawing<'_> {
        let page = self.page.clone();
        let judge = Some(self.judge());
        let rights = &self.admitted.rights;
        Drawing { guild: self.admitted.guild, way: self.way, now: self.now, page, words: &self.words, judge, rights }
    }

    /// The page's shell. `current` is the last part of the address of the place in the navigation that this page
    /// belongs to.
    pub fn shell(
        &self,
        req: &HttpRequest,
        title: impl Into<Title>,
        current: &str,
        stored: &HashMap<ModuleKey, Stored>,
    ) -> Shell {
        let mut shell = page::shell(req, "");
        shell.stands_in(
            nav(&self.admitted, current, &self.drawing(), self.modules, store::on_in(stored)),
            &title.into(),
        );
        shell
    }

    /// Why nothing can be done about a module here, if so: the bot is away, or they may not.
    pub fn read_only(&self, level: Level, module: ModuleKey) -> Option<ReadOnly> {
        self.read_only_of(level, Scope::Module(module.as_str()))
    }

    /// The same of what is of no module.
    pub fn read_only_of(&self, level: Level, scope: Scope<'_>) -> Option<ReadOnly> {
        self.admitted.read_only(level, scope, &self.page)
    }

    /// For a page that says nothing of it where the bot is away.
    pub fn only_looks(&self, level: Level, module: ModuleKey) -> Option<ReadOnly> {
        self.only_looks_at(level, Scope::Module(module.as_str()))
    }

    pub fn only_looks_at(&self, level: Level, scope: Scope<'_>) -> Option<ReadOnly> {
        self.admitted.only_looks(level, scope, &self.page)
    }

    pub fn module_name(&self, key: &str) -> String {
        self.words.t(&format!("{key}-name"))
    }

    /// An address on this server: `href("/giveaways")`.
    pub fn href(&self, tail: &str) -> String {
        format!("/guilds/{}{tail}", self.admitted.guild)
    }
}
