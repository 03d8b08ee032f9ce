//! A module's settings by guild, typed, at hand without asking anybody.
//!
//! It is filled by a subscriber and asks nothing itself.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use serde::de::DeserializeOwned;

use crate::catchup::Observer;
use crate::change::Change;
use crate::{GuildId, ModuleName};

/// The settings of one module in all guilds of the process. Cheap to clone; clones share what
/// they hold. Give it to one subscriber.
pub struct ConfigCache<T> {
    shared: Arc<Shared<T>>,
}

struct Shared<T> {
    module: ModuleName,
    guilds: RwLock<HashMap<GuildId, Held<T>>>,
}

struct Held<T> {
    /// 0 for defaults of a guild that never saved.
    revision: u64,
    settings: Arc<T>,
}

/// What is known of a guild's settings.
#[derive(Debug, PartialEq, Eq)]
pub enum Known<T> {
    /// These are in force.
    Saved(Arc<T>),
    /// None were ever saved: the defaults are in force.
    Defaults(Arc<T>),
    /// Not known yet: keep the module off, or as it is.
    NotYet,
}

impl<T> Clone for ConfigCache<T> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared) }
    }
}

impl<T> Known<T> {
    /// The settings in force, saved or defaults.
    #[must_use]
    pub fn in_force(self) -> Option<Arc<T>> {
        match self {
            Self::Saved(settings) | Self::Defaults(settings) => Some(settings),
            Self::NotYet => None,
        }
    }
}

impl<T> ConfigCache<T> {
    /// An empty cache for one module.
    #[must_use]
    pub fn new(module: ModuleName) -> Self {
        Self { shared: Arc::new(Shared { module, guilds: RwLock::default() }) }
    }

    /// The module it is for.
    #[must_use]
    pub fn module(&self) -> &ModuleName {
        &self.shared.module
    }

    /// The settings of a guild: never older than any it has given out before.
    #[must_use]
    pub fn get(&self, guild: impl Into<GuildId>) -> Known<T> {
        match self.read().get(&guild.into()) {
            None => Known::NotYet,
            Some(Held { revision: 0, settings }) => Known::Defaults(Arc::clone(settings)),
            Some(Held { settings, .. }) => Known::Saved(Arc::clone(settings)),
        }
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<GuildId, Held<T>>> {
        self.shared.guilds.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<GuildId, Held<T>>> {
        self.shared.guilds.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: DeserializeOwned + Default> ConfigCache<T> {
    /// Takes the settings of a change, unless newer ones are held.
    pub(crate) fn apply(&self, change: &Change) -> Result<(), serde_json::Error> {
        let settings = Arc::new(change.settings_as()?);
        let mut guilds = self.write();
        let held = guilds.get(&change.guild_id).map_or(0, |held| held.revision);
        if change.revision > held {
            guilds.insert(change.guild_id, Held { revision: change.revision, settings });
        }
        Ok(())
    }
}

impl<T: Default + Send + Sync> Observer for ConfigCache<T> {
    fn read_whole(&self, guild: GuildId, saved: &HashSet<ModuleName>) {
        if !saved.contains(self.module()) {
            let defaults = || Held { revision: 0, settings: Arc::new(T::default()) };
            self.write().entry(guild).or_insert_with(defaults);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Action, Known};
    use serde_json::{Value, json};

    #[derive(Debug, Default, PartialEq, serde::Deserialize)]
    #[serde(default)]
    struct Volume {
        volume: u32,
    }

    fn change(revision: u64, settings: Value) -> Change {
        Change {
            guild_id: GuildId(1),
            module: ModuleName::MUSIC,
            action: Action::Update,
            timestamp: 0,
            revision,
            schema: 1,
            changed: Vec::new(),
            settings,
        }
    }

    #[test]
    fn never_saved_and_not_known_yet_are_two_things() {
        let cache = ConfigCache::<Volume>::new(ModuleName::MUSIC);
        assert_eq!(cache.get(1), Known::NotYet);
        cache.read_whole(GuildId(1), &HashSet::from([ModuleName::MUSIC]));
        assert_eq!(cache.get(1), Known::NotYet, "it is saved, and about to come");
        cache.read_whole(GuildId(1), &HashSet::from([ModuleName::TICKETS]));
        assert_eq!(cache.get(1), Known::Defaults(Arc::default()));
        assert_eq!(cache.get(2), Known::NotYet);
    }

    #[test]
    fn settings_never_become_older_nor_defaults_again() {
        let cache = ConfigCache::<Volume>::new(ModuleName::MUSIC);
        cache.apply(&change(2, json!({ "volume": 20 }))).unwrap();
        cache.apply(&change(1, json!({ "volume": 10 }))).unwrap();
        cache.read_whole(GuildId(1), &HashSet::new());
        assert!(cache.apply(&change(3, json!({ "volume": "loud" }))).is_err());
        assert_eq!(cache.get(1), Known::Saved(Arc::new(Volume { volume: 20 })));
    }
}
