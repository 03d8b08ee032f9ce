//! What the bot may do in the channels that are chosen, whether there is room, and who can read them.
//!
//! Channels that are gone, of another kind, or not this person's to see are `judge`'s matter.

use twilight_model::guild::Permissions;

use super::permissions::names_in_a_channel;
use super::{Item, Subject, Verdict};
use crate::discord::{Channel, OverwriteTarget};
use crate::guilds::snapshot::CATEGORY_CAPACITY;
use crate::settings::fields::Kind;
use crate::settings::needs::{Fills, Place};
use crate::web::words::Message;

/// From here on a category is called nearly full.
const NEARLY_FULL: usize = CATEGORY_CAPACITY - 5;

/// Which lacking permissions count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lacking {
    /// Those taken away in the channel: what lacks everywhere is said of the server.
    Here,
    Anywhere,
}

impl Subject<'_> {
    pub(super) fn place(&self, place: &Place, lacking: Lacking) -> Vec<Item> {
        let mut items = Vec::new();
        for (path, id) in self.chosen(place.field) {
            if let Some(channel) = self.judge.find_channel(id)
                && self.judge.person.sees(channel)
                && self.takes(place.field, channel)
            {
                self.channel(place, path, channel, lacking, &mut items);
            }
        }
        items
    }

    fn takes(&self, field: &str, channel: &Channel) -> bool {
        let described = self.fields().into_iter().find(|(path, _)| path == field);
        match described.map(|(_, field)| &field.kind) {
            Some(Kind::Channel { of, .. } | Kind::ChannelList { of, .. }) => of.takes(channel.kind),
            _ => false,
        }
    }

    fn channel(&self, place: &Place, path: String, channel: &Channel, lacking: Lacking, items: &mut Vec<Item>) {
        let bot = self.judge.guild.bot();
        let lacks = place.permissions() - bot.granted_in(channel);
        let counted = if lacking == Lacking::Here { lacks & bot.granted() } else { lacks };
        let before = items.len();
        if !counted.is_empty() {
            let verdict = if counted.intersects(place.must) { Verdict::Impossible } else { Verdict::Warning };
            items.push(Item::new(verdict, path.as_str(), self.what_lacks(channel, counted)));
        }
        if place.fills.is_some() {
            items.extend(self.fullness(place, &path, channel));
        }
        if let Some(key) = place.open
            && self.judge.guild.everyone_sees(channel)
        {
            items.push(Item::new(Verdict::Warning, path.as_str(), Message::new(key).name("channel", &channel.name)));
        }
        if items.len() == before && lacks.is_empty() {
            let message = match place.fills {
                Some(_) => self.counted(Message::new("checklist-fine-category"), channel),
                None => Message::new("checklist-fine-channel").name("channel", &channel.name),
            };
            items.push(Item::new(Verdict::Fine, path, message));
        }
    }

    fn what_lacks(&self, channel: &Channel, lacks: Permissions) -> Message {
        let guild = self.judge.guild;
        // What is taken from the bot by its own name only comes back there.
        let by_name = channel.permission_overwrites.iter().any(|overwrite| {
            overwrite.target == OverwriteTarget::Member(guild.bot_member.user.id) && overwrite.deny.intersects(lacks)
        });
        let who = if by_name { guild.bot_member.display_name() } else { self.bot_name() };
        let key = if channel.is_category() { "problem-bot-may-not-in-category" } else { "problem-bot-may-not-in" };
        let names = names_in_a_channel(lacks, self.words);
        Message::new(key).name("channel", &channel.name).name("role", who).text("permissions", names)
    }

    fn fullness(&self, place: &Place, path: &str, category: &Channel) -> Option<Item> {
        let count = self.judge.guild.children_of(category.id);
        if count < NEARLY_FULL {
            return None;
        }
        let elsewhere = match place.fills {
            Some(Fills::Into(other)) => self.chosen(other).first().is_some_and(|(_, id)| self.has_room(id)),
            _ => false,
        };
        let (verdict, key) = match (count < CATEGORY_CAPACITY, elsewhere) {
            (true, _) => (Verdict::Warning, "problem-category-nearly-full"),
            (false, true) => (Verdict::Warning, "problem-category-full-overflows"),
            (false, false) => (Verdict::Impossible, "problem-category-full"),
        };
        let message = self.counted(Message::new(key), category).number("left", CATEGORY_CAPACITY.saturating_sub(count));
        Some(Item::new(verdict, path, message))
    }

    fn has_room(&self, id: &str) -> bool {
        let guild = self.judge.guild;
        self.judge.find_channel(id).is_some_and(|other| guild.children_of(other.id) < CATEGORY_CAPACITY)
    }

    fn counted(&self, message: Message, category: &Channel) -> Message {
        let count = self.judge.guild.children_of(category.id);
        message.name("channel", &category.name).number("count", count).number("max", CATEGORY_CAPACITY)
    }
}
