//! Everything a page of one module's settings is made from, read once: the guild, what is stored, who was last.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpRequest;
use serde_json::Value;

use crate::accounts::avatar_url;
use crate::changes::{self, Latest};
use crate::clock::{Clock, Millis};
use crate::db::{Db, DbError};
use crate::discord::Member;
use crate::error::{AppError, Trouble};
use crate::guilds;
use crate::guilds::access::{Access, Admitted, Place};
use crate::guilds::guard::About;
use crate::guilds::pages::LastChange;
use crate::guilds::snapshot::GuildSnapshot;
use crate::relay::Relay;
use crate::settings::fields::Field;
use crate::settings::judge::Judge;
use crate::settings::module::{Module, ModuleKey, SettingsModule};
use crate::settings::problems::Problems;
use crate::settings::store::{self, Stored};
use crate::web::page;
use crate::web::shell::{GuildNav, NavItem, Tone};
use crate::web::words::{Message, Words, visible};

/// How old a change may be to be waited for, and how long: 400 ms in steps.
const FRESH: Millis = 2_000;
const SETTLING_STEP: Duration = Duration::from_millis(40);
const SETTLING_STEPS: u32 = 10;

/// What the handlers of settings work with.
#[derive(Clone)]
pub struct Settings {
    pub db: Db,
    pub clock: Clock,
    pub access: Access,
    pub relay: Relay,
    pub modules: &'static [Module],
}

impl Settings {
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
    const MODULE: Option<&'static str> = Some(M::KEY.as_str());
}

pub struct Scene {
    pub admitted: Admitted,
    pub guild: Arc<GuildSnapshot>,
    pub member: Arc<Member>,
    pub module: &'static Module,
    pub words: Words,
    pub now: crate::clock::Millis,
    modules: &'static [Module],
    all: HashMap<ModuleKey, Stored>,
    latest: Option<Latest>,
}

impl Scene {
    /// Two queries: what is stored for the guild, and the module's newest change.
    pub async fn read(req: &HttpRequest, app: &Settings, admitted: Admitted, key: ModuleKey) -> Result<Self, AppError> {
        let (guild_id, modules) = (admitted.guild, app.modules);
        let (all, latest) = app
            .db
            .run(move |conn| {
                let all = store::load(conn, guild_id, modules)?;
                Ok::<_, DbError>((all, changes::latest(conn, guild_id, key.as_str())?))
            })
            .await?;
        let (guild, member) = match &admitted.place {
            Place::Here { snapshot, member } => (snapshot.clone(), member.clone()),
            Place::Without(listed) => GuildSnapshot::without_bot(listed, admitted.person.id),
        };
        let module = app.module(key)?;
        Ok(Self {
            admitted,
            guild,
            member,
            module,
            words: page::words(req),
            now: app.clock.now(),
            modules,
            all,
            latest,
        })
    }

    /// A change is marked as sent a moment after it was: waits for that, so that the page of a save that was
    /// sent does not say that it waits.
    ///
    /// # Errors
    /// As [`Db::run`].
    pub async fn settle(&mut self, app: &Settings) -> Result<(), AppError> {
        let (guild, key) = (self.admitted.guild, self.module.key);
        for _ in 0..SETTLING_STEPS {
            let unmarked = |change: &Latest| change.published_at.is_none() && !change.superseded;
            let fresh = |change: &Latest| self.now - change.created_at < FRESH;
            if !self.latest.as_ref().is_some_and(|change| unmarked(change) && fresh(change)) {
                break;
            }
            tokio::time::sleep(SETTLING_STEP).await;
            let latest = app.db.run(move |conn| Ok::<_, DbError>(changes::latest(conn, guild, key.as_str())?));
            self.latest = latest.await?;
        }
        Ok(())
    }

    pub fn stored(&self) -> Stored {
        self.all.get(&self.module.key).cloned().unwrap_or_else(|| Stored::never(self.module))
    }

    pub fn judge(&self) -> Judge<'_> {
        Judge { guild: &self.guild, person: self.guild.person(&self.member, self.now) }
    }

    pub fn fields(&self) -> Vec<&'static Field> {
        self.module.fields().collect()
    }

    /// Everything to say about stored settings: all of it only warns.
    pub fn warnings_of(&self, settings: &Value) -> Problems {
        let mut problems = Problems::default();
        if self.guild.is_without_bot() {
            return problems;
        }
        let judge = self.judge();
        judge.fields(self.module.fields(), "", settings, &mut problems);
        if let Err(error) = (self.module.rules)(settings, &judge, &mut problems) {
            tracing::error!(cause = %error, module = self.module.key.as_str(), "stored settings do not fit their module");
        }
        problems.only_warn();
        problems
    }

    pub fn module_name(&self) -> String {
        self.words.t(&format!("{}-name", self.module.key.as_str()))
    }

    pub fn action(&self) -> String {
        format!("/guilds/{}/settings/{}", self.admitted.guild, self.module.key.as_str())
    }

    /// A title that names module and server.
    pub fn title(&self, key: &'static str) -> String {
        let message = Message::new(key).text("what", self.module_name()).name("server", self.admitted.guild_name());
        self.words.say(&message)
    }

    pub fn last_change(&self) -> Option<LastChange> {
        self.latest.as_ref().map(|latest| last_change(latest, &self.words))
    }

    pub fn nav(&self) -> GuildNav {
        nav(&self.admitted, self.module.key.as_str(), &self.words, self.modules, &self.all)
    }
}

/// The navigation inside a server; `current` is a module's key, or empty on the overview.
pub fn nav(
    admitted: &Admitted,
    current: &str,
    words: &Words,
    modules: &[Module],
    stored: &HashMap<ModuleKey, Stored>,
) -> GuildNav {
    let on = |module: &Module| match stored.get(&module.key) {
        Some(stored) => Module::is_on(&stored.body),
        None => Module::is_on(&(module.defaults)()),
    };
    let id = admitted.guild.to_string();
    let overview = NavItem {
        href: format!("/guilds/{id}"),
        label: words.t("nav-overview"),
        current: current.is_empty(),
        on: None,
    };
    let modules = modules.iter().map(|module| NavItem {
        href: format!("/guilds/{id}/settings/{}", module.key.as_str()),
        label: words.t(&format!("{}-name", module.key.as_str())),
        current: current == module.key.as_str(),
        on: Some(on(module)),
    });
    GuildNav {
        name: visible(admitted.guild_name()).into_owned(),
        icon_url: guilds::icon_url(admitted.guild, admitted.icon()),
        initials: guilds::initials(admitted.guild_name()),
        items: std::iter::once(overview).chain(modules).collect(),
        switch_href: if current.is_empty() { "/guilds".into() } else { format!("/guilds?module={current}") },
        id: id.clone(),
    }
}

/// A change's line: by whom, when, how far it has come.
pub fn last_change(latest: &Latest, words: &Words) -> LastChange {
    let (key, tone) = match latest {
        Latest { rejected_reason: Some(_), .. } => ("delivery-refused", Tone::Bad),
        Latest { applied_at: Some(_), .. } => ("delivery-live", Tone::Good),
        Latest { superseded: true, .. } => ("delivery-replaced", Tone::Note),
        Latest { published_at: Some(_), .. } => ("delivery-sent", Tone::Good),
        _ => ("delivery-waiting", Tone::Warning),
    };
    let avatar = latest.actor_id.and_then(crate::ids::Snowflake::id);
    LastChange {
        by: match latest.actor_id {
            Some(_) => visible(&latest.actor_name).into_owned(),
            None => words.t("actor-system"),
        },
        avatar_url: match avatar {
            Some(id) => avatar_url(id, latest.actor_avatar.as_deref()),
            None => "/cdn/embed/avatars/0".into(),
        },
        at_exact: words.exact_time(latest.created_at),
        at_text: words.time(latest.created_at),
        number: latest.number,
        delivery: Message::new(key),
        delivery_tone: tone,
    }
}
