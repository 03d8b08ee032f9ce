//! Giveaway: what every new giveaway begins with, and who may take part.

mod needs;
mod rules;
mod table;

use config_sync::MessageTemplate;
pub use needs::GOES;
pub use table::{CHANCES, ENTERING};

use serde::{Deserialize, Serialize};

use crate::ids::{ChannelId, RoleId};
use crate::modules::message;
use crate::settings::fields::Section;
use crate::settings::judge::Judge;
use crate::settings::module::{ModuleKey, SettingsModule};
use crate::settings::needs::Needs;
use crate::settings::problems::Problems;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Giveaway {
    pub enabled: bool,
    pub button_text: String,
    pub button_emoji: String,
    pub color: String,
    /// Empty: none.
    pub image_url: String,
    pub default_channel_id: Option<ChannelId>,
    pub default_duration_minutes: u32,
    pub default_winners: u32,
    pub manager_role_ids: Vec<RoleId>,
    pub ping_role_id: Option<RoleId>,
    pub required_role_ids: Vec<RoleId>,
    pub required_role_mode: RoleMode,
    pub blocked_role_ids: Vec<RoleId>,
    pub bonus_entries: Vec<Bonus>,
    pub booster_bonus_entries: u32,
    pub min_account_age_days: u32,
    pub min_member_days: u32,
    pub dm_winners: bool,
    /// 0: winners need not claim.
    pub claim_hours: u32,
    pub auto_reroll: bool,
    pub max_rerolls: u32,
    pub ping_on_end: bool,
    pub start_message: MessageTemplate,
    pub end_message: MessageTemplate,
    pub winner_dm: MessageTemplate,
}

/// Which of the required roles an entrant must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoleMode {
    All,
    Any,
}

/// A member enters 1 + the highest matching row + the booster's bonus times. A form needs the role; what came
/// from elsewhere may lack it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Bonus {
    pub role_id: Option<RoleId>,
    pub entries: u32,
}

impl Default for Giveaway {
    fn default() -> Self {
        Self {
            enabled: true,
            button_text: "Enter".to_owned(),
            button_emoji: "🎉".to_owned(),
            color: "#14b8a6".to_owned(),
            image_url: String::new(),
            default_channel_id: None,
            default_duration_minutes: 1440,
            default_winners: 1,
            manager_role_ids: Vec::new(),
            ping_role_id: None,
            required_role_ids: Vec::new(),
            required_role_mode: RoleMode::Any,
            blocked_role_ids: Vec::new(),
            bonus_entries: Vec::new(),
            booster_bonus_entries: 0,
            min_account_age_days: 0,
            min_member_days: 0,
            dm_winners: true,
            claim_hours: 0,
            auto_reroll: false,
            max_rerolls: 3,
            ping_on_end: true,
            start_message: message::embed(
                None,
                "{prize}",
                "Press the button to enter. Ends {ends}. Winners: {winners}. Hosted by {host}.",
            ),
            end_message: message::embed(None, "{prize}", "Winners: {winners}. Entries: {entries}."),
            winner_dm: message::text("You won {prize} on {server}!"),
        }
    }
}

impl Default for Bonus {
    fn default() -> Self {
        Self { role_id: None, entries: 1 }
    }
}

impl SettingsModule for Giveaway {
    const KEY: ModuleKey = ModuleKey::Giveaway;
    const SCHEMA: i32 = 1;
    const SECTIONS: &'static [Section] = table::SECTIONS;
    const NEEDS: &'static Needs = &needs::NEEDS;

    fn rules(&self, judge: &Judge<'_>, problems: &mut Problems) {
        rules::check(self, judge, problems);
    }
}

#[cfg(test)]
mod tests;
