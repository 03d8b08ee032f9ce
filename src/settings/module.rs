//! What a module gives so that its settings can be shown, read, judged and saved.

use std::sync::OnceLock;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::settings::fields::{Field, Section, Table};
use crate::settings::judge::Judge;
use crate::settings::needs::Needs;
use crate::settings::problems::Problems;

/// The modules there are. Adding one is a variant here, a folder in `modules/`, and a line in `routes.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ModuleKey {
    TempVoice,
    Giveaway,
    Tickets,
    Music,
}

impl ModuleKey {
    pub const ALL: [Self; 4] = [Self::TempVoice, Self::Giveaway, Self::Tickets, Self::Music];

    /// In URLs, in the database and in keys of words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TempVoice => "tempvoice",
            Self::Giveaway => "giveaway",
            Self::Tickets => "tickets",
            Self::Music => "music",
        }
    }

    /// On the wire.
    pub fn wire_name(self) -> config_sync::ModuleName {
        match self {
            Self::TempVoice => config_sync::ModuleName::TEMPVOICE,
            Self::Giveaway => config_sync::ModuleName::GIVEAWAY,
            Self::Tickets => config_sync::ModuleName::TICKETS,
            Self::Music => config_sync::ModuleName::MUSIC,
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.as_str() == text)
    }
}

/// A module's settings as a type, with its table and the rules across fields.
pub trait SettingsModule: Serialize + DeserializeOwned + Default + Send + Sync + 'static {
    const KEY: ModuleKey;
    /// Counts the settings' shape.
    const SCHEMA: i32;
    const SECTIONS: &'static [Section];
    /// What it needs of the bot.
    const NEEDS: &'static Needs;

    /// The rules across fields. What a single field may be is said by its [`Field`].
    fn rules(&self, judge: &Judge<'_>, problems: &mut Problems);
}

/// A module without its type: what the pages and the save work with.
#[derive(Debug)]
pub struct Module {
    pub key: ModuleKey,
    pub schema: i32,
    pub sections: &'static [Section],
    pub needs: &'static Needs,
    pub defaults: fn() -> Value,
    /// Brings a stored value to the present shape: absent fields get their default, unknown ones go.
    pub adapt: fn(Value) -> Result<Value, serde_json::Error>,
    pub rules: fn(&Value, &Judge<'_>, &mut Problems) -> Result<(), serde_json::Error>,
}

impl Module {
    /// The module of a type.
    pub const fn of<M: SettingsModule>() -> Self {
        Self {
            key: M::KEY,
            schema: M::SCHEMA,
            sections: M::SECTIONS,
            needs: M::NEEDS,
            defaults: || serde_json::to_value(M::default()).unwrap_or_default(),
            adapt: |value| serde_json::to_value(serde_json::from_value::<M>(value)?),
            rules: |value, judge, problems| {
                let settings = M::deserialize(value)?;
                settings.rules(judge, problems);
                Ok(())
            },
        }
    }

    pub fn table(&self) -> Table {
        Table { words: self.key.as_str(), sections: self.sections }
    }

    pub fn fields(&self) -> impl Iterator<Item = &'static Field> + use<> {
        self.table().fields()
    }

    /// Everything that is wrong with settings of this module on that server.
    pub fn problems(&self, settings: &Value, judge: &Judge<'_>) -> Problems {
        let mut problems = Problems::default();
        judge.fields(self.fields(), "", settings, &mut problems);
        if let Err(error) = (self.rules)(settings, judge, &mut problems) {
            tracing::error!(cause = %error, module = self.key.as_str(), "stored settings do not fit their module");
        }
        problems
    }

    /// Whether the module is on where nobody has ever saved it.
    pub fn is_on_by_default(&self) -> bool {
        static KNOWN: [OnceLock<bool>; ModuleKey::ALL.len()] = [const { OnceLock::new() }; ModuleKey::ALL.len()];
        *KNOWN[self.key as usize].get_or_init(|| Self::is_on(&(self.defaults)()))
    }

    /// Whether the module is on in these settings.
    pub fn is_on(settings: &Value) -> bool {
        settings.get("enabled").and_then(Value::as_bool).unwrap_or(false)
    }
}
