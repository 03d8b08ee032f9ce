//! Whether a rating is posted in Discord once it is approved, as the settings of Tickets have it.

use std::collections::HashMap;

use crate::modules::Tickets;
use crate::settings::module::ModuleKey;
use crate::settings::store::Stored;
use crate::web::words::Message;

use super::rows::Rating;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posting {
    Posted,
    /// Ratings are off, or there is no channel for them.
    NoChannel,
    TooFewStars {
        least: u32,
    },
    NoText,
}

impl Posting {
    pub fn of(rating: &Rating, settings: &Tickets) -> Self {
        let enough = u32::try_from(rating.stars).is_ok_and(|stars| stars >= settings.review_min_stars);
        match settings {
            Tickets { ratings_enabled: false, .. } | Tickets { rating_channel_id: None, .. } => Self::NoChannel,
            Tickets { review_min_stars, .. } if !enough => Self::TooFewStars { least: *review_min_stars },
            _ if rating.text().is_none() => Self::NoText,
            _ => Self::Posted,
        }
    }

    /// Why an approved one is not posted.
    pub fn reason(self) -> Option<Message> {
        match self {
            Self::Posted => None,
            Self::NoChannel => Some(Message::new("rating-unposted-no-channel")),
            Self::TooFewStars { least } => Some(Message::new("rating-unposted-stars").number("least", least)),
            Self::NoText => Some(Message::new("rating-unposted-no-text")),
        }
    }
}

/// The settings of Tickets as they are in force.
pub fn settings(stored: &HashMap<ModuleKey, Stored>) -> Tickets {
    let body = stored.get(&ModuleKey::Tickets).map(|stored| stored.body.clone());
    body.and_then(|body| serde_json::from_value(body).ok()).unwrap_or_default()
}
