//! TempVoice: join a channel, get a room of your own.

mod needs;
mod rules;
mod table;

use serde::{Deserialize, Serialize};

use crate::ids::{ChannelId, RoleId};
use crate::settings::fields::Section;
use crate::settings::judge::Judge;
use crate::settings::module::{ModuleKey, SettingsModule};
use crate::settings::needs::Needs;
use crate::settings::problems::Problems;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TempVoice {
    pub enabled: bool,
    pub creators: Vec<Creator>,
    /// Where rooms go when a creator's category is full.
    pub overflow_category_id: Option<ChannelId>,
    pub bitrate_kbps: u32,
    /// None: Discord chooses.
    pub region: Option<String>,
    pub delete_when_empty: bool,
    pub empty_grace_seconds: u32,
    /// 0: rooms are not locked by themselves.
    pub auto_lock_minutes: u32,
    /// 0: nobody is moved out.
    pub idle_kick_minutes: u32,
    pub max_rooms_per_member: u32,
    /// None of them: no panel is posted.
    pub owner_controls: Vec<OwnerControl>,
    pub panel_layout: PanelLayout,
    pub panel_color: String,
    /// Empty: none.
    pub panel_image_url: String,
    /// Held while in a room.
    pub voice_role_id: Option<RoleId>,
    pub log_channel_id: Option<ChannelId>,
}

/// A channel that makes a room for whoever joins it. A form needs both ids; what came from elsewhere may lack them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Creator {
    pub creator_channel_id: Option<ChannelId>,
    pub category_id: Option<ChannelId>,
    pub name_template: String,
    /// 0: as many as like.
    pub user_limit: u32,
    pub privacy: Privacy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Privacy {
    Open,
    Locked,
    Hidden,
}

/// A button of the panel with which an owner runs the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OwnerControl {
    Rename,
    Limit,
    Lock,
    Hide,
    Bitrate,
    Region,
    Permit,
    Reject,
    Invite,
    Kick,
    Block,
    Unblock,
    Claim,
    Transfer,
    Delete,
}

impl OwnerControl {
    pub const ALL: [Self; 15] = [
        Self::Rename,
        Self::Limit,
        Self::Lock,
        Self::Hide,
        Self::Bitrate,
        Self::Region,
        Self::Permit,
        Self::Reject,
        Self::Invite,
        Self::Kick,
        Self::Block,
        Self::Unblock,
        Self::Claim,
        Self::Transfer,
        Self::Delete,
    ];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PanelLayout {
    Compact,
    Expanded,
    Minimal,
}

impl Default for TempVoice {
    fn default() -> Self {
        Self {
            enabled: false,
            creators: Vec::new(),
            overflow_category_id: None,
            bitrate_kbps: 64,
            region: None,
            delete_when_empty: true,
            empty_grace_seconds: 15,
            auto_lock_minutes: 0,
            idle_kick_minutes: 0,
            max_rooms_per_member: 1,
            owner_controls: OwnerControl::ALL.to_vec(),
            panel_layout: PanelLayout::Compact,
            panel_color: "#3b82f6".to_owned(),
            panel_image_url: String::new(),
            voice_role_id: None,
            log_channel_id: None,
        }
    }
}

impl Default for Creator {
    fn default() -> Self {
        Self {
            creator_channel_id: None,
            category_id: None,
            name_template: table::ROOM_NAME.to_owned(),
            user_limit: 0,
            privacy: Privacy::Open,
        }
    }
}

impl SettingsModule for TempVoice {
    const KEY: ModuleKey = ModuleKey::TempVoice;
    const SCHEMA: i32 = 1;
    const SECTIONS: &'static [Section] = table::SECTIONS;
    const NEEDS: &'static Needs = &needs::NEEDS;

    fn rules(&self, _: &Judge<'_>, problems: &mut Problems) {
        rules::check(self, problems);
    }
}

#[cfg(test)]
mod tests;
