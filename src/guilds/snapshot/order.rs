//! In which order Discord shows channels and roles: sorted once for a snapshot, when somebody asks first.

use std::sync::OnceLock;

use super::GuildSnapshot;
use crate::discord::{Channel, Role};

/// Places in the lists of a snapshot.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    channels: OnceLock<Vec<Group>>,
    roles: OnceLock<Vec<usize>>,
}

#[derive(Clone, Debug)]
struct Group {
    category: Option<usize>,
    channels: Vec<usize>,
}

/// A category and its channels, as Discord's own list shows them.
#[derive(Clone, Debug)]
pub struct ChannelGroup<'a> {
    /// Nothing for the channels above all categories.
    pub category: Option<&'a Channel>,
    pub channels: Vec<&'a Channel>,
}

impl GuildSnapshot {
    /// The highest role first, @everyone last.
    pub fn roles_by_rank(&self) -> Vec<&Role> {
        let roles = &self.guild.roles;
        let order = self.order.roles.get_or_init(|| {
            let mut places: Vec<usize> = (0..roles.len()).collect();
            places.sort_by_key(|place| (roles[*place].id != self.everyone(), roles[*place].rank()));
            places.reverse();
            places
        });
        order.iter().map(|place| &roles[*place]).collect()
    }

    /// As Discord's list: channels without a category, then the categories; inside each, voice below
    /// the rest. A channel whose category the bot cannot see stands above all categories.
    pub fn channels_in_order(&self) -> Vec<ChannelGroup<'_>> {
        let of = |place: &usize| &self.channels[*place];
        let order = self.order.channels.get_or_init(|| self.groups());
        let shown = order.iter().filter(|group| group.category.is_some() || !group.channels.is_empty());
        shown
            .map(|group| ChannelGroup {
                category: group.category.as_ref().map(of),
                channels: group.channels.iter().map(of).collect(),
            })
            .collect()
    }

    /// The channels above all categories, then each category.
    fn groups(&self) -> Vec<Group> {
        let in_order = |place: &usize| {
            let channel = &self.channels[*place];
            (channel.is_voice(), channel.position, channel.id)
        };
        let all = 0..self.channels.len();
        let (mut categories, mut others): (Vec<usize>, Vec<usize>) =
            all.partition(|place| self.channels[*place].is_category());
        categories.sort_by_key(in_order);
        others.sort_by_key(in_order);
        let empty = |category| Group { category, channels: Vec::new() };
        let mut groups: Vec<Group> = std::iter::once(None).chain(categories.into_iter().map(Some)).map(empty).collect();
        for place in others {
            let parent = self.channels[place].parent_id.and_then(|parent| self.channel_places.get(&parent).copied());
            let group = groups.iter().position(|group| group.category == parent).unwrap_or_default();
            groups[group].channels.push(place);
        }
        groups
    }
}
