//! What the bot did and saw, in words.

use crate::happenings::Activity;
use crate::settings::module::ModuleKey;
use crate::web::words::{Message, Words};

impl Activity {
    /// In one sentence.
    pub fn message(&self, words: &Words) -> Message {
        let named = |key: &'static str, arg: &'static str, name: &str| match name.is_empty() {
            true => Message::new(key).text(arg, words.t("feed-unnamed")),
            false => Message::new(key).name(arg, name),
        };
        let ticket = |number: &Option<i64>| {
            words.say(&match number {
                Some(number) => Message::new("feed-ticket").text("number", number.to_string()),
                None => Message::new("feed-ticket-unnumbered"),
            })
        };
        let of_ticket = |key: &'static str, number: &Option<i64>| Message::new(key).text("ticket", ticket(number));
        match self {
            Self::GiveawayStarted { prize, .. } => named("feed-giveaway-started", "prize", prize),
            Self::GiveawayEnded { prize, winners, .. } => {
                named("feed-giveaway-ended", "prize", prize).number("winners", *winners)
            }
            Self::GiveawayRerolled { prize, winners, .. } => {
                named("feed-giveaway-rerolled", "prize", prize).number("winners", *winners)
            }
            Self::GiveawayCancelled { prize, .. } => named("feed-giveaway-cancelled", "prize", prize),
            Self::TicketOpened { number, name, .. } => of_ticket("feed-ticket-opened", number).name("name", name),
            Self::TicketClaimed { number, name, .. } => of_ticket("feed-ticket-claimed", number).name("name", name),
            Self::TicketClosed { number, .. } => of_ticket("feed-ticket-closed", number),
            Self::TicketReopened { number, .. } => of_ticket("feed-ticket-reopened", number),
            Self::TicketDeleted { number, .. } => of_ticket("feed-ticket-deleted", number),
            Self::TicketRated { number, stars, .. } => of_ticket("feed-ticket-rated", number).number("stars", *stars),
            Self::RoomOpened { name, .. } => named("feed-room-opened", "name", name),
            Self::RoomClosed { name, .. } => named("feed-room-closed", "name", name),
            Self::TrackStarted { title } => named("feed-track-started", "title", title),
            Self::QueueEnded {} => Message::new("feed-queue-ended"),
            Self::MemberJoined { name } => named("feed-member-joined", "name", name),
            Self::MemberLeft { name } => named("feed-member-left", "name", name),
            Self::XpGained { name, amount: None } => named("feed-xp-gained", "name", name),
            Self::XpGained { name, amount: Some(amount) } => {
                named("feed-xp-gained-amount", "name", name).number("amount", *amount)
            }
            Self::LevelReached { name, level: None } => named("feed-level-reached", "name", name),
            Self::LevelReached { name, level: Some(level) } => {
                named("feed-level-reached-level", "name", name).text("level", level.to_string())
            }
            Self::Moderated { name, action } if action.is_empty() => named("feed-moderated", "name", name),
            Self::Moderated { name, action } => named("feed-moderated-action", "name", name).name("action", action),
            Self::SettingsTold { module } => {
                let known = words.find(&format!("{module}-name"));
                named("feed-settings-told", "module", known.as_deref().unwrap_or(module))
            }
            Self::BotJoined {} => Message::new("feed-bot-joined"),
            Self::BotLeft {} => Message::new("feed-bot-left"),
            Self::EndedUnwatched { giveaways, tickets, rooms } => {
                Message::new("feed-ended-unwatched").number("count", giveaways + tickets + rooms)
            }
        }
    }

    /// The same for somebody who may not know a channel: `instead` is said in place of its name.
    pub fn unnamed(self, instead: impl FnOnce(&str) -> Option<String>) -> Self {
        match self {
            Self::RoomOpened { channel, name } => Self::RoomOpened { name: instead(&channel).unwrap_or(name), channel },
            Self::RoomClosed { channel, name } => Self::RoomClosed { name: instead(&channel).unwrap_or(name), channel },
            other => other,
        }
    }

    /// The page it is about, as the end of an address of the server.
    pub fn href(&self) -> &'static str {
        match self {
            Self::GiveawayStarted { .. }
            | Self::GiveawayEnded { .. }
            | Self::GiveawayRerolled { .. }
            | Self::GiveawayCancelled { .. } => "/giveaways",
            Self::TicketOpened { .. }
            | Self::TicketClaimed { .. }
            | Self::TicketClosed { .. }
            | Self::TicketReopened { .. }
            | Self::TicketDeleted { .. }
            | Self::TicketRated { .. } => "/tickets",
            Self::RoomOpened { .. } | Self::RoomClosed { .. } => "/rooms",
            Self::TrackStarted { .. } | Self::QueueEnded {} => "/playlists",
            _ => "",
        }
    }

    /// The picture in the sprite.
    pub fn icon(&self) -> &'static str {
        match self.href() {
            "/giveaways" => "giveaway",
            "/tickets" => "tickets",
            "/rooms" => "tempvoice",
            "/playlists" => "music",
            _ => "overview",
        }
    }

    /// The module it belongs to; None: the server as a whole.
    pub fn module(&self) -> Option<&'static str> {
        Some(self.icon()).filter(|icon| *icon != "overview")
    }

    /// What belongs to a module, by its names in the database.
    pub fn kinds_of(module: ModuleKey) -> &'static [&'static str] {
        match module {
            ModuleKey::Giveaway => &["giveaway-started", "giveaway-ended", "giveaway-rerolled", "giveaway-cancelled"],
            ModuleKey::Tickets => &[
                "ticket-opened",
                "ticket-claimed",
                "ticket-closed",
                "ticket-reopened",
                "ticket-deleted",
                "ticket-rated",
            ],
            ModuleKey::TempVoice => &["room-opened", "room-closed"],
            ModuleKey::Music => &["track-started", "queue-ended"],
        }
    }

    /// The list of an open page that it concerns.
    pub fn list(&self) -> &'static str {
        self.href().trim_start_matches('/')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Activity> {
        let (id, prize, name, title) = (String::new(), "Nitro".to_owned(), "mira".to_owned(), String::new());
        vec![
            Activity::GiveawayStarted { id: id.clone(), prize: prize.clone() },
            Activity::GiveawayEnded { id: id.clone(), prize: prize.clone(), winners: 0 },
            Activity::GiveawayRerolled { id: id.clone(), prize: prize.clone(), winners: 2 },
            Activity::GiveawayCancelled { id: id.clone(), prize },
            Activity::TicketOpened { id: id.clone(), number: Some(1_042), name: name.clone() },
            Activity::TicketClaimed { id: id.clone(), number: None, name: name.clone() },
            Activity::TicketClosed { id: id.clone(), number: None },
            Activity::TicketReopened { id: id.clone(), number: None },
            Activity::TicketDeleted { id: id.clone(), number: None },
            Activity::TicketRated { id, number: None, stars: 5 },
            Activity::RoomOpened { channel: String::new(), name: name.clone() },
            Activity::RoomClosed { channel: String::new(), name: String::new() },
            Activity::TrackStarted { title },
            Activity::QueueEnded {},
            Activity::MemberJoined { name: name.clone() },
            Activity::MemberLeft { name: name.clone() },
            Activity::XpGained { name: name.clone(), amount: None },
            Activity::XpGained { name: name.clone(), amount: Some(5) },
            Activity::LevelReached { name: name.clone(), level: None },
            Activity::LevelReached { name: name.clone(), level: Some(12) },
            Activity::Moderated { name: name.clone(), action: String::new() },
            Activity::Moderated { name, action: "kick".into() },
            Activity::SettingsTold { module: "music".into() },
            Activity::BotJoined {},
            Activity::BotLeft {},
            Activity::EndedUnwatched { giveaways: 1, tickets: 2, rooms: 3 },
        ]
    }

    #[test]
    fn what_is_asked_for_of_a_module_is_what_belongs_to_it() {
        for activity in all() {
            let written = serde_json::to_value(&activity).unwrap();
            let kind = written["kind"].as_str().unwrap();
            let theirs = ModuleKey::ALL.into_iter().filter(|module| Activity::kinds_of(*module).contains(&kind));
            let theirs: Vec<&str> = theirs.map(|module| module.as_str()).collect();
            assert_eq!(theirs, Vec::from_iter(activity.module()), "{kind}");
        }
    }

    #[test]
    fn each_activity_has_words_with_all_that_is_filled_in() {
        let words = Words::default();
        for activity in all() {
            let text = words.say(&activity.message(&words));
            assert!(!text.starts_with("feed-") && !text.contains('{'), "{activity:?}: {text}");
        }
        let opened = Activity::TicketOpened { id: String::new(), number: Some(1_042), name: "mira".into() };
        assert_eq!(words.say(&opened.message(&words)), "\u{2068}mira\u{2069} opened ticket #1042");
    }
}
