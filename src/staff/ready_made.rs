//! Ready-made sets: what several servers give to the same kinds of people, to begin a form with. A set brings the roles
//! that the settings of its module name.

use serde_json::Value;

use crate::guilds::grants::ALL;
use crate::settings::module::ModuleKey;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReadyMade {
    TicketSupport,
    GiveawayManagers,
    Auditors,
}

impl ReadyMade {
    pub const EACH: [Self; 3] = [Self::TicketSupport, Self::GiveawayManagers, Self::Auditors];

    /// In addresses, and the end of its keys of words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TicketSupport => "ticket-support",
            Self::GiveawayManagers => "giveaway-managers",
            Self::Auditors => "auditors",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::EACH.into_iter().find(|one| one.as_str() == text)
    }

    pub fn module(self) -> &'static str {
        match self {
            Self::TicketSupport => ModuleKey::Tickets.as_str(),
            Self::GiveawayManagers => ModuleKey::Giveaway.as_str(),
            Self::Auditors => ALL,
        }
    }

    /// Whether they make the bot do something. None of them changes settings.
    pub fn acts(self) -> bool {
        self != Self::Auditors
    }

    /// The roles that the module's settings name, of these settings.
    pub fn roles(self, of: impl Fn(ModuleKey) -> Option<Value>) -> Vec<String> {
        let (module, name) = match self {
            Self::TicketSupport => (ModuleKey::Tickets, "supportRoleIds"),
            Self::GiveawayManagers => (ModuleKey::Giveaway, "managerRoleIds"),
            Self::Auditors => return Vec::new(),
        };
        let settings = of(module).unwrap_or_default();
        let ids = settings.get(name).and_then(Value::as_array).into_iter().flatten();
        ids.filter_map(Value::as_str).map(str::to_owned).collect()
    }
}
