//! Everything a page of one module's settings is made from, read once: the guild, what is stored, who was last.

use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpRequest;
use serde_json::Value;

use crate::bots::Bots;
use crate::changes::delivery::{State, Way};
use crate::changes::line::{ChangeLine, Drawing};
use crate::changes::news::News;
use crate::changes::{self, Latest};
use crate::clock::Clock;
use crate::db::{Db, DbError};
use crate::discord::Member;
use crate::error::{AppError, Trouble};
use crate::guilds::access::{Access, Admitted, Place};
use crate::guilds::guard::About;
use crate::guilds::rights::Scope;
use crate::guilds::snapshot::GuildSnapshot;
use crate::ids::GuildId;
use crate::relay::Relay;
use crate::settings::checklist::{self, Item, Subject};
use crate::settings::controls::Tests;
use crate::settings::drawn::DrawnForms;
use crate::settings::fields::Field;
use crate::settings::judge::Judge;
use crate::settings::module::{Module, ModuleKey, SettingsModule};
use crate::settings::nav::nav;
use crate::settings::problems::Problems;
use crate::settings::reader::Reader;
use crate::settings::store::{Rows, Stored};
use crate::web::page;
use crate::web::shell::Shell;
use crate::web::title::Title;
use crate::web::words::Words;

/// How long a change that is about to come further is waited for: 400 ms in steps.
const SETTLING_STEP: Duration = Duration::from_millis(40);
const SETTLING_STEPS: u32 = 10;

/// The first protocol whose bots send tests (docs/protocol.md).
const TESTS_SINCE: i64 = 1;

/// What the handlers of settings work with.
#[derive(Clone)]
pub struct Settings {
    pub db: Db,
    pub clock: Clock,
    pub access: Access,
    pub relay: Relay,
    pub bots: Bots,
    pub news: News,
    pub modules: &'static [Module],
    pub forms: DrawnForms,
}

impl Settings {
    /// What is known of the way to the bot.
    pub fn way(&self, guild: GuildId) -> Way {
        Way { lost_since: self.relay.health().lost_since(), bot: self.bots.reach(guild) }
    }

    /// # Errors
    /// A module that was routed but not listed is a bug.
    pub fn module(&self, key: ModuleKey) -> Result<&'static Module, AppError> {
        let missing = || AppError::new(Trouble::Internal, format!("{} is not listed", key.as_str()));
        self.modules.iter().find(|module| module.key == key).ok_or_else(missing)
    }
}

/// Says to the guard which module a handler is about.
pub struct Of<M>(std::marker::PhantomData<fn() -> M>);

impl<M: SettingsModule> About for Of<M> {
    const SCOPE: Scope<'static> = Scope::Module(M::KEY.as_str());

    /// A reset has nothing typed in it, and would come back as a form of nothing.
    fn form_page(address: &str) -> Option<String> {
        (!address.ends_with("/reset")).then(|| page_of(M::KEY))
    }
}

/// Says to the guard which module something is about that is not its settings.
pub struct In<M>(std::marker::PhantomData<fn() -> M>);

impl<M: SettingsModule> About for In<M> {
    const SCOPE: Scope<'static> = Scope::Module(M::KEY.as_str());
}

/// The page of a module's form, without its server's address.
pub fn page_of(key: ModuleKey) -> String {
    format!("settings/{}", key.as_str())
}

pub struct Scene {
    pub admitted: Admitted,
    pub guild: Arc<GuildSnapshot>,
    pub member: Arc<Member>,
    pub module: &'static Module,
    pub words: Words,
    pub now: crate::clock::Millis,
    pub way: Way,
    /// Whether the bot can be asked to send a message as a test.
    pub tests: Tests,
    modules: &'static [Module],
    rows: Arc<Rows>,
    stored: Arc<Stored>,
    latest: Option<Latest>,
}

impl Scene {
    /// Two queries: what is stored for the guild, and the module's newest change.
    ///
    /// # Errors
    /// As [`Db::run`].
    pub async fn read(req: &HttpRequest, app: &Settings, admitted: Admitted, key: ModuleKey) -> Result<Self, AppError> {
        let guild = admitted.guild;
        let read = app.db.run(move |conn| {
            let rows = Rows::load(conn, guild)?;
            Ok::<_, DbError>((rows, changes::latest(conn, guild, key.as_str())?))
        });
        let (rows, latest) = read.await?;
        Self::of(req, app, admitted, key, rows, latest)
    }

    /// One query: who was last is not asked, because as a rule the answer is no page ([`Scene::look_back`]).
    ///
    /// # Errors
    /// As [`Db::run`].
    pub async fn to_save(
        req: &HttpRequest,
        app: &Settings,
        admitted: Admitted,
        key: ModuleKey,
    ) -> Result<Self, AppError> {
        let guild = admitted.guild;
        let rows = app.db.run(move |conn| Ok::<_, DbError>(Rows::load(conn, guild)?)).await?;
        Self::of(req, app, admitted, key, rows, None)
    }

    fn of(
        req: &HttpRequest,
        app: &Settings,
        admitted: Admitted,
        key: ModuleKey,
        rows: Rows,
        latest: Option<Latest>,
    ) -> Result<Self, AppError> {
        let (guild, member) = match &admitted.place {
            Place::Here { snapshot, member } => (snapshot.clone(), member.clone()),
            Place::Without(listed) => GuildSnapshot::without_bot(listed, admitted.person.id),
        };
        let module = app.module(key)?;
        Ok(Self {
            way: app.way(admitted.guild),
            tests: match (&admitted.place, app.bots.protocol(admitted.guild)) {
                (Place::Without(_), _) | (_, None) => Tests::Nobody,
                _ if !admitted.rights.acts(key.as_str()) => Tests::Nobody,
                (_, Some(protocol)) if protocol < TESTS_SINCE => Tests::TooOld,
                _ => Tests::Offered,
            },
            admitted,
            guild,
            member,
            module,
            words: page::words(req),
            now: app.clock.now(),
            modules: app.modules,
            stored: Arc::new(rows.of(module)?),
            rows: Arc::new(rows),
            latest,
        })
    }

    /// Asks who was last, for a page.
    ///
    /// # Errors
    /// As [`Db::run`].
    pub async fn look_back(&mut self, app: &Settings) -> Result<(), AppError> {
        let (guild, key) = (self.admitted.guild, self.module.key);
        let latest = app.db.run(move |conn| Ok::<_, DbError>(changes::latest(conn, guild, key.as_str())?));
        self.latest = latest.await?;
        Ok(())
    }

    /// A change comes further within a moment after it was saved: waits for that, so that most people see at
    /// once that it is live.
    ///
    /// # Errors
    /// As [`Db::run`].
    pub async fn settle(&mut self, app: &Settings) -> Result<(), AppError> {
        for _ in 0..SETTLING_STEPS {
            let moves = |change: &Latest| State::of(&change.entry, &self.way).is_about_to_move(&change.entry, self.now);
            if !self.latest.as_ref().is_some_and(moves) {
                break;
            }
            tokio::time::sleep(SETTLING_STEP).await;
            self.look_back(app).await?;
            self.way = app.way(self.admitted.guild);
        }
        Ok(())
    }

    pub fn stored(&self) -> Arc<Stored> {
        self.stored.clone()
    }

    /// The same moment for another module, of which it is not known who was last.
    ///
    /// # Errors
    /// As [`Rows::of`].
    pub fn about(&self, module: &'static Module) -> Result<Self, DbError> {
        Ok(Self {
            admitted: self.admitted.clone(),
            guild: self.guild.clone(),
            member: self.member.clone(),
            module,
            words: self.words.clone(),
            now: self.now,
            way: self.way,
            tests: self.tests,
            modules: self.modules,
            stored: Arc::new(self.rows.of(module)?),
            rows: self.rows.clone(),
            latest: None,
        })
    }

    pub fn judge(&self) -> Judge<'_> {
        Judge { guild: &self.guild, person: self.guild.person(&self.member, self.now) }
    }

    /// Who looks at messages here.
    pub fn reader<'a>(&'a self, judge: &'a Judge<'a>) -> Reader<'a> {
        Reader::new(judge, &self.words, self.now, &self.admitted.person)
    }

    pub fn fields(&self) -> Vec<&'static Field> {
        self.module.fields().collect()
    }

    /// Everything to say about stored settings: all of it only warns.
    pub fn warnings_of(&self, settings: &Value) -> Problems {
        if self.guild.is_without_bot() {
            return Problems::default();
        }
        let mut problems = self.module.problems(settings, &self.judge());
        problems.only_warn();
        problems
    }

    /// What the bot can do of settings of this module, whose problems are known.
    pub fn looked_at(&self, values: &Value, problems: &Problems) -> Vec<Item> {
        let (judge, table, needs) = (self.judge(), self.module.table(), self.module.needs);
        checklist::of(&Subject { judge: &judge, words: &self.words, table, needs, values }, problems)
    }

    pub fn module_name(&self) -> String {
        self.words.t(&format!("{}-name", self.module.key.as_str()))
    }

    pub fn action(&self) -> String {
        format!("/guilds/{}/{}", self.admitted.guild, page_of(self.module.key))
    }

    pub fn last_change(&self) -> Option<ChangeLine> {
        self.latest.as_ref().map(|latest| self.drawing().line(latest))
    }

    fn drawing(&self) -> Drawing<'_> {
        let (guild, page) = (self.admitted.guild, self.action());
        Drawing {
            guild,
            way: self.way,
            now: self.now,
            page,
            words: &self.words,
            judge: None,
            rights: &self.admitted.rights,
        }
    }

    /// The shell of a page of this module.
    pub fn shell(&self, req: &HttpRequest, title: impl Into<Title>) -> Shell {
        self.shell_at(req, title, self.module.key.as_str())
    }

    /// The shell of a page that is not of this module: see [`nav`].
    pub fn shell_at(&self, req: &HttpRequest, title: impl Into<Title>, current: &str) -> Shell {
        let mut shell = page::shell(req, "");
        shell.stands_in(
            nav(&self.admitted, current, &self.drawing(), self.modules, |module| self.rows.is_on(module)),
            &title.into(),
        );
        shell
    }
}
