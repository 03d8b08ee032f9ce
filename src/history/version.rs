//! Both sides of a row as settings of the module's present shape.

use serde_json::Value;

use crate::settings::module::{Module, ModuleKey};

use super::filter::By;
use super::rows::Row;

/// Which side of a change is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The settings as the change left them.
    After,
    /// Those it replaced.
    Before,
}

pub(super) struct Version {
    pub module: &'static Module,
    /// None: nobody has written it down, or it cannot be read any more.
    before: Option<Value>,
    pub after: Value,
    /// By id, as they were.
    pub names: Value,
    by: By,
    /// The first change of all: what stood before were the defaults.
    first: bool,
}

impl Version {
    /// None: of something that is not (or no longer) settings of a module.
    pub fn of(row: &Row, modules: &'static [Module]) -> Option<Self> {
        row.revision?;
        let key = ModuleKey::parse(&row.entry.subject)?;
        let module = modules.iter().find(|module| module.key == key)?;
        let read = |body: &Option<String>| {
            let value = serde_json::from_str(body.as_deref()?).ok()?;
            (module.adapt)(value).ok()
        };
        Some(Self {
            module,
            before: read(&row.before_body),
            after: read(&row.after_body)?,
            names: serde_json::from_str(&row.names).unwrap_or_default(),
            by: row.by(),
            first: row.before_body.is_none() && row.action == "create",
        })
    }

    /// What to compare with: without a known side before, the defaults.
    pub fn before(&self) -> Value {
        self.before.clone().unwrap_or_else(|| (self.module.defaults)())
    }

    pub fn is_before_known(&self) -> bool {
        self.first || self.before.is_some()
    }

    /// Whether Guildhall itself has replaced settings that the bot had: then they can be had back too.
    pub fn has_overruled(&self) -> bool {
        self.by == By::System && self.before.is_some()
    }

    /// A side that can be restored.
    pub fn side(&self, side: Side) -> Option<&Value> {
        match side {
            Side::After => Some(&self.after),
            Side::Before if self.has_overruled() => self.before.as_ref(),
            Side::Before => None,
        }
    }
}

impl Side {
    /// None: no side is called so.
    pub fn read(text: Option<&str>) -> Option<Self> {
        match text {
            None | Some("" | "after") => Some(Self::After),
            Some("before") => Some(Self::Before),
            Some(_) => None,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::After => "after",
            Self::Before => "before",
        }
    }
}
