//! A change as a bot's handler gets it, and the handlers themselves.
//!
//! When and in which order they are called is the inbox's matter.

use std::fmt::Display;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Action, ConfigMessage, GuildId, ModuleName};

/// One change of one module's settings, newer than any the handler has seen for the pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The guild.
    pub guild_id: GuildId,
    /// The module.
    pub module: ModuleName,
    /// What happened. A `create` may never arrive; treat it like `update`.
    pub action: Action,
    /// When it was committed, in unix milliseconds.
    pub timestamp: u64,
    /// Its revision.
    pub revision: u64,
    /// The settings' shape.
    pub schema: u32,
    /// Names of what this change touched, against the change before it, which this process need
    /// not have seen.
    pub changed: Vec<String>,
    /// All settings, camelCase.
    pub settings: Value,
}

impl Change {
    /// The settings as a type of the caller's.
    ///
    /// # Errors
    /// When they do not fit the type.
    pub fn settings_as<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        T::deserialize(&self.settings)
    }

    /// None for a message without settings or with a revision that cannot be.
    pub(crate) fn of(message: ConfigMessage) -> Option<Self> {
        let revision = message.revision()?;
        let data = message.data?;
        Some(Self {
            guild_id: message.guild_id,
            module: message.module,
            action: message.action,
            timestamp: message.timestamp,
            revision,
            schema: data.schema,
            changed: data.changed,
            settings: data.settings,
        })
    }
}

type Call = Arc<dyn Fn(Change) -> BoxFuture<'static, Result<(), String>> + Send + Sync>;

/// The handlers in the order they were given.
#[derive(Clone, Default)]
pub(crate) struct Handlers(Vec<(Option<ModuleName>, Call)>);

impl Handlers {
    pub(crate) fn add<F, Fut, E>(&mut self, module: Option<ModuleName>, handler: F)
    where
        F: Fn(Change) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), E>> + Send + 'static,
        E: Display,
    {
        let call: Call = Arc::new(move |change| {
            let answer = handler(change);
            async move { answer.await.map_err(|error| error.to_string()) }.boxed()
        });
        self.0.push((module, call));
    }

    fn for_module(&self, module: &ModuleName) -> impl Iterator<Item = &Call> {
        let wanted = move |of: &Option<ModuleName>| of.as_ref().is_none_or(|of| of == module);
        self.0.iter().filter(move |(of, _)| wanted(of)).map(|(_, call)| call)
    }

    pub(crate) fn want(&self, module: &ModuleName) -> bool {
        self.for_module(module).next().is_some()
    }

    /// Calls the module's handlers one after another until one refuses. A panic is a refusal.
    pub(crate) async fn call(&self, change: &Change) -> Result<(), String> {
        for call in self.for_module(&change.module) {
            let answer = async { call(change.clone()).await };
            match AssertUnwindSafe(answer).catch_unwind().await {
                Ok(answer) => answer?,
                Err(_) => return Err("the handler panicked".to_owned()),
            }
        }
        Ok(())
    }
}
