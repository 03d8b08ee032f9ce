//! Music: who may play what, where, and how loud.

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
pub struct Music {
    pub enabled: bool,
    /// None of them: everyone is a DJ.
    pub dj_role_ids: Vec<RoleId>,
    pub dj_only: bool,
    pub request_channel_id: Option<ChannelId>,
    /// None of them: all.
    pub text_channel_ids: Vec<ChannelId>,
    /// None of them: all.
    pub voice_channel_ids: Vec<ChannelId>,
    pub default_volume: u32,
    pub max_volume: u32,
    pub max_queue_size: u32,
    /// 0: of any length.
    pub max_track_minutes: u32,
    /// 0: as many as the queue holds.
    pub max_per_member: u32,
    pub allow_duplicates: bool,
    pub allow_playlists: bool,
    pub vote_skip_enabled: bool,
    pub vote_skip_percent: u32,
    pub announce_tracks: bool,
    /// None: where the track was asked for.
    pub announce_channel_id: Option<ChannelId>,
    pub stay_connected: bool,
    /// 0: it never leaves. Ignored while `stay_connected` is on.
    pub disconnect_empty_seconds: u32,
    pub autoplay: bool,
    pub now_playing_message: MessageTemplate,
}

impl Default for Music {
    fn default() -> Self {
        Self {
            enabled: true,
            dj_role_ids: Vec::new(),
            dj_only: false,
            request_channel_id: None,
            text_channel_ids: Vec::new(),
            voice_channel_ids: Vec::new(),
            default_volume: 50,
            max_volume: 100,
            max_queue_size: 500,
            max_track_minutes: 0,
            max_per_member: 0,
            allow_duplicates: true,
            allow_playlists: true,
            vote_skip_enabled: true,
            vote_skip_percent: 50,
            announce_tracks: true,
            announce_channel_id: None,
            stay_connected: false,
            disconnect_empty_seconds: 300,
            autoplay: false,
            now_playing_message: message::embed(None, "{title}", "{artist} · {duration} · asked for by {requester}"),
        }
    }
}

impl SettingsModule for Music {
    const KEY: ModuleKey = ModuleKey::Music;
    const SCHEMA: i32 = 1;
    const SECTIONS: &'static [Section] = table::SECTIONS;
    const NEEDS: &'static Needs = &needs::NEEDS;

    fn rules(&self, _: &Judge<'_>, problems: &mut Problems) {
        rules::check(self, problems);
    }
}

#[cfg(test)]
mod tests;
