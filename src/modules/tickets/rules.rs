//! What Tickets' settings must hold to together.

use crate::modules::tickets::Tickets;
use crate::settings::placeholders;
use crate::settings::problems::Problems;
use crate::web::words::Message;

pub(super) fn check(settings: &Tickets, problems: &mut Problems) {
    if settings.enabled && settings.category_id.is_none() {
        problems.across("category_id", &["enabled"], Message::new("problem-tickets-no-category"));
    }
    if settings.overflow_category_id.is_some() && settings.overflow_category_id == settings.category_id {
        problems.across("overflow_category_id", &["category_id"], Message::new("problem-tickets-overflow-same"));
    }
    let mut names = placeholders::names(&settings.naming_template);
    if !names.any(|name| matches!(name, "number" | "user" | "username")) {
        problems.judged("naming_template", Message::new("problem-tickets-naming"));
    }
    if settings.support_role_ids.is_empty() {
        problems.warning("support_role_ids", Message::new("problem-tickets-no-support"));
    }
    warn_of_reopening_too_late(settings, problems);
    if settings.ratings_enabled && settings.rating_channel_id.is_none() {
        problems.warning("rating_channel_id", Message::new("problem-tickets-no-rating-channel"));
    }
}

/// A ticket whose channel is gone cannot be reopened, however long that is allowed.
fn warn_of_reopening_too_late(settings: &Tickets, problems: &mut Problems) {
    let delay = settings.delete_delay_seconds;
    let always = settings.reopen_minutes == 0;
    let outlives = always || u64::from(settings.reopen_minutes) * 60 > u64::from(delay);
    if settings.reopen_enabled && delay > 0 && outlives {
        let message = Message::new("problem-tickets-reopen-too-late").number("seconds", delay);
        problems.warning("reopen_minutes", message);
    }
}
