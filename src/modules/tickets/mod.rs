//! Tickets: private help for members, with transcripts and ratings.

mod needs;
mod rules;
mod table;

use config_sync::MessageTemplate;
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
pub struct Tickets {
    pub enabled: bool,
    pub category_id: Option<ChannelId>,
    /// Where tickets go when the category is full.
    pub overflow_category_id: Option<ChannelId>,
    pub closed_category_id: Option<ChannelId>,
    pub support_role_ids: Vec<RoleId>,
    pub log_channel_id: Option<ChannelId>,
    pub transcript_channel_id: Option<ChannelId>,
    pub rating_channel_id: Option<ChannelId>,
    pub naming_template: String,
    pub max_open_per_user: u32,
    pub cooldown_minutes: u32,
    pub anti_raid_enabled: bool,
    /// New tickets a minute in the whole server.
    pub anti_raid_threshold: u32,
    pub claim_enabled: bool,
    pub members_may_close: bool,
    pub close_needs_reason: bool,
    pub reopen_enabled: bool,
    /// 0: always.
    pub reopen_minutes: u32,
    /// 0: the channel stays.
    pub delete_delay_seconds: u32,
    /// 0: never.
    pub auto_close_hours: u32,
    pub transcripts_enabled: bool,
    pub transcript_dm: bool,
    pub ratings_enabled: bool,
    pub review_min_stars: u32,
    pub review_auto_approve: bool,
    /// Off: none is sent.
    pub welcome_message: MessageTemplate,
    pub claim_message: MessageTemplate,
    /// Off: none is sent.
    pub close_message: MessageTemplate,
    pub thank_you_message: MessageTemplate,
    pub review_message: MessageTemplate,
}

impl Default for Tickets {
    fn default() -> Self {
        Self {
            enabled: false,
            category_id: None,
            overflow_category_id: None,
            closed_category_id: None,
            support_role_ids: Vec::new(),
            log_channel_id: None,
            transcript_channel_id: None,
            rating_channel_id: None,
            naming_template: "ticket-{number}".to_owned(),
            max_open_per_user: 3,
            cooldown_minutes: 5,
            anti_raid_enabled: false,
            anti_raid_threshold: 10,
            claim_enabled: true,
            members_may_close: true,
            close_needs_reason: false,
            reopen_enabled: true,
            reopen_minutes: 0,
            delete_delay_seconds: 0,
            auto_close_hours: 0,
            transcripts_enabled: true,
            transcript_dm: false,
            ratings_enabled: true,
            review_min_stars: 4,
            review_auto_approve: false,
            welcome_message: message::embed(
                Some("#5865F2"),
                "Ticket {ticket}",
                "Hello {user}, tell us what you need. The team answers here.",
            ),
            claim_message: message::embed(Some("#57F287"), "", "{staff} has taken this ticket."),
            close_message: message::embed(Some("#ED4245"), "", "Closed by {staff}. {reason}"),
            thank_you_message: message::embed(Some("#EB459E"), "", "Thank you, {user}. How did we do?"),
            review_message: message::embed(Some("#57F287"), "{stars}", "{review}"),
        }
    }
}

impl SettingsModule for Tickets {
    const KEY: ModuleKey = ModuleKey::Tickets;
    const SCHEMA: i32 = 1;
    const SECTIONS: &'static [Section] = table::SECTIONS;
    const NEEDS: &'static Needs = &needs::NEEDS;

    fn rules(&self, _: &Judge<'_>, problems: &mut Problems) {
        rules::check(self, problems);
    }
}

#[cfg(test)]
mod tests;
