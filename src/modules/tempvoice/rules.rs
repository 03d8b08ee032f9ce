//! What TempVoice's settings must hold to together.

use crate::modules::tempvoice::TempVoice;
use crate::settings::problems::Problems;
use crate::web::words::Message;

pub(super) fn check(settings: &TempVoice, problems: &mut Problems) {
    if settings.enabled && settings.creators.is_empty() {
        problems.across("creators", &["enabled"], Message::new("problem-tempvoice-no-creator"));
    }
    for (index, creator) in settings.creators.iter().enumerate() {
        let taken = |id| settings.creators.iter().take(index).any(|other| other.creator_channel_id == Some(id));
        if creator.creator_channel_id.is_some_and(taken) {
            let path = format!("creators.{index}.creator_channel_id");
            problems.across(path, &["creators"], Message::new("problem-tempvoice-creator-twice"));
        }
    }
    let overflow = settings.overflow_category_id;
    if overflow.is_some() && settings.creators.iter().any(|creator| creator.category_id == overflow) {
        problems.across("overflow_category_id", &["creators"], Message::new("problem-tempvoice-overflow-same"));
    }
    if !settings.delete_when_empty && overflow.is_none() {
        problems.warning("delete_when_empty", Message::new("problem-tempvoice-fills-up"));
    }
}
