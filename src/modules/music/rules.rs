//! What Music's settings must hold to together.

use crate::modules::music::Music;
use crate::settings::problems::Problems;
use crate::web::words::Message;

pub(super) fn check(settings: &Music, problems: &mut Problems) {
    if settings.dj_only && settings.dj_role_ids.is_empty() {
        problems.across("dj_role_ids", &["dj_only"], Message::new("problem-music-no-dj"));
    }
    if settings.default_volume > settings.max_volume {
        let message = Message::new("problem-music-volume").number("max", settings.max_volume);
        problems.across("default_volume", &["max_volume"], message);
    }
    if settings.max_volume == 0 {
        problems.warning("max_volume", Message::new("problem-music-silent"));
    }
    if settings.max_per_member > settings.max_queue_size {
        let message = Message::new("problem-music-per-member").number("max", settings.max_queue_size);
        problems.across("max_per_member", &["max_queue_size"], message);
    }
    if settings.stay_connected {
        problems.warning("disconnect_empty_seconds", Message::new("problem-music-stays"));
    }
}
