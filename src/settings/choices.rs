//! What can be chosen in a control: the server's channels, categories, roles, emoji, regions.
//!
//! Only what the person may see. A chosen value that is no longer there stays chosen, with its reason: a
//! select must never silently pick the first option instead.

use twilight_model::channel::ChannelType;

use crate::discord::{Channel, Role};
use crate::guilds::snapshot::CATEGORY_CAPACITY;
use crate::settings::controls::{Choice, ChoiceGroup, Mark};
use crate::settings::emoji;
use crate::settings::fields::{ChannelUse, RoleUse};
use crate::settings::judge::Judge;
use crate::web::words::{Message, Words, visible};

/// Unicode emoji offered beside the server's own.
const COMMON_EMOJI: [&str; 10] = ["🎉", "🎁", "🎊", "🏆", "⭐", "✅", "🎟️", "🎫", "❤️", "🔥"];

/// Letters of an id that are shown where there is no name.
const ID_END: usize = 4;

pub struct Choices<'a> {
    pub judge: &'a Judge<'a>,
    pub words: &'a Words,
}

impl Choices<'_> {
    /// Fixed words; `key` is the field's.
    pub fn words(&self, key: &str, all: &[&str], chosen: &[&str]) -> Vec<ChoiceGroup> {
        let choice = |word: &&str| Choice {
            value: (*word).to_owned(),
            label: self.words.t(&format!("{key}-{}", word.replace('_', "-"))),
            selected: chosen.contains(word),
            ..Choice::default()
        };
        let mut choices: Vec<Choice> = all.iter().map(choice).collect();
        choices.extend(self.unknown(chosen, |value| all.contains(&value), "choice-unknown"));
        vec![ChoiceGroup { label: None, choices }]
    }

    pub fn regions(&self, chosen: &[&str]) -> Vec<ChoiceGroup> {
        let mut choices = vec![self.none("choice-automatic", chosen)];
        let regions = self.judge.guild.regions.iter();
        choices.extend(regions.filter(|region| !region.deprecated || chosen.contains(&region.id.as_str())).map(
            |region| Choice {
                value: region.id.clone(),
                label: visible(&region.name).into_owned(),
                selected: chosen.contains(&region.id.as_str()),
                ..Choice::default()
            },
        ));
        let known = |value: &str| self.judge.guild.regions.iter().any(|region| region.id == value);
        choices.extend(self.unknown(chosen, known, "choice-unknown"));
        vec![ChoiceGroup { label: None, choices }]
    }

    /// `single`: Some for a select (with "none", or "choose one" when required), None for check boxes.
    pub fn channels(&self, of: ChannelUse, chosen: &[&str], single: Option<bool>) -> Vec<ChoiceGroup> {
        let mut groups = self.start(single, chosen);
        let takes = |channel: &&Channel| of.takes(channel.kind) && self.judge.person.sees(channel);
        if of == ChannelUse::Category {
            let ordered = self.judge.guild.channels_in_order();
            let categories = ordered.iter().filter_map(|group| group.category).filter(takes);
            let choices = categories.map(|category| self.category(category, chosen)).collect();
            groups.push(ChoiceGroup { label: None, choices });
        } else {
            for group in self.judge.guild.channels_in_order() {
                let channels = group.channels.into_iter().filter(takes);
                let choices: Vec<Choice> = channels.map(|channel| self.channel(of, channel, chosen)).collect();
                if !choices.is_empty() {
                    let label = group.category.map(|category| visible(&category.name).into_owned());
                    groups.push(ChoiceGroup { label, choices });
                }
            }
        }
        groups.push(self.channels_out_of_reach(of, chosen));
        groups.retain(|group| !group.choices.is_empty());
        groups
    }

    fn channel(&self, of: ChannelUse, channel: &Channel, chosen: &[&str]) -> Choice {
        let choice = channel_choice(channel, chosen);
        let reason = self.judge.channel_reason(of, channel).err();
        // Text is told by its "#"; where there is one kind only, it needs no words.
        let kind = match choice.mark {
            Some(Mark::Announcement) => Some("choice-channel-announcement"),
            Some(Mark::Voice) if of == ChannelUse::VoiceOrStage => Some("choice-channel-voice"),
            Some(Mark::Stage) => Some("choice-channel-stage"),
            _ => None,
        };
        let kind = kind.map(|key| self.words.t(key));
        let why = reason.as_ref().map(|message| self.short(message));
        let note = match (kind, why) {
            (Some(kind), Some(why)) => {
                Some(self.words.say(&Message::new("choice-notes").text("first", kind).text("second", why)))
            }
            (kind, why) => kind.or(why),
        };
        Choice { disabled: reason.is_some() && !choice.selected, note, ..choice }
    }

    fn category(&self, category: &Channel, chosen: &[&str]) -> Choice {
        let count = self.judge.guild.children_of(category.id);
        let note = Message::new("choice-category-fullness")
            .number("count", count as i64)
            .number("max", CATEGORY_CAPACITY as i64);
        Choice { note: Some(self.words.say(&note)), ..channel_choice(category, chosen) }
    }

    /// Chosen ones that cannot be offered: deleted, hidden from the bot, of another kind, or not for this person.
    fn channels_out_of_reach(&self, of: ChannelUse, chosen: &[&str]) -> ChoiceGroup {
        let choice = |value: &&str| {
            let (label, note) = match self.judge.find_channel(value) {
                None => (self.numbered(self.gone("choice-channel-gone"), value), None),
                Some(channel) if !self.judge.person.sees(channel) => {
                    (self.numbered("choice-channel-unseen", value), None)
                }
                Some(channel) if !of.takes(channel.kind) => {
                    (visible(&channel.name).into_owned(), Some(self.words.t("choice-channel-kind")))
                }
                Some(_) => return None,
            };
            let mark = Some(Mark::Gone);
            Some(Choice { value: (*value).to_owned(), label, selected: true, note, mark, ..Choice::default() })
        };
        ChoiceGroup { label: None, choices: chosen.iter().filter_map(choice).collect() }
    }

    pub fn roles(&self, of: RoleUse, chosen: &[&str], single: Option<bool>) -> Vec<ChoiceGroup> {
        let mut groups = self.start(single, chosen);
        let roles = self.judge.guild.roles_by_rank();
        let everyone = self.judge.guild.everyone();
        // Everyone is offered to be pinged; chosen all the same, it must come back with the form.
        let is_chosen = |role: &Role| chosen.contains(&role.id.to_string().as_str());
        let offered = roles.into_iter().filter(|role| role.id != everyone || of == RoleUse::Ping || is_chosen(role));
        let mut choices: Vec<Choice> = offered.map(|role| self.role(of, role, chosen)).collect();
        let known = |value: &str| self.judge.find_role(value).is_some();
        let mut gone = self.unknown(chosen, known, self.gone("choice-role-gone"));
        for one in &mut gone {
            one.label = self.numbered(self.gone("choice-role-gone"), &one.value);
        }
        choices.extend(gone);
        groups.push(ChoiceGroup { label: None, choices });
        groups
    }

    fn role(&self, of: RoleUse, role: &Role, chosen: &[&str]) -> Choice {
        let value = role.id.to_string();
        let selected = chosen.contains(&value.as_str());
        let reason = self.judge.role_reason(of, role).err();
        Choice {
            label: visible(&role.name).into_owned(),
            selected,
            // A chosen one must come back with the form, and browsers leave out what is disabled.
            disabled: reason.is_some() && !selected,
            note: reason.map(|message| self.short(&message)),
            color: role.color().map(|color| format!("#{color:06x}")),
            mark: Some(Mark::Role),
            value,
            ..Choice::default()
        }
    }

    /// Why something cannot be chosen, in a few words beside its name.
    fn short(&self, reason: &Message) -> String {
        match reason.key.as_ref() {
            "problem-channel-no-write" => self.words.t("choice-channel-no-write"),
            "problem-role-everyone" => self.words.t("choice-role-everyone"),
            "problem-role-managed" => self.words.t("choice-role-managed"),
            "problem-role-bot-cannot" => self.words.t("choice-role-bot-cannot"),
            "problem-role-above-bot" => self.words.t("choice-role-above-bot"),
            "problem-role-above-you" => self.words.t("choice-role-above-you"),
            "problem-role-you-cannot" => self.words.t("choice-role-you-cannot"),
            "problem-role-ping" => self.words.t("choice-role-ping"),
            _ => self.words.say(reason),
        }
    }

    pub fn emojis(&self) -> Vec<Choice> {
        let own = self.judge.guild.guild.emojis.iter().filter(|emoji| emoji.available).map(|emoji| Choice {
            value: emoji::code(emoji),
            label: format!(":{}:", visible(&emoji.name)),
            ..Choice::default()
        });
        let common = COMMON_EMOJI.iter().map(|sign| Choice {
            value: (*sign).into(),
            label: (*sign).into(),
            ..Choice::default()
        });
        own.chain(common).collect()
    }

    fn start(&self, single: Option<bool>, chosen: &[&str]) -> Vec<ChoiceGroup> {
        let Some(required) = single else { return Vec::new() };
        let none = self.none(if required { "choice-choose" } else { "choice-none" }, chosen);
        vec![ChoiceGroup { label: None, choices: vec![none] }]
    }

    fn none(&self, key: &str, chosen: &[&str]) -> Choice {
        Choice { label: self.words.t(key), selected: chosen.is_empty(), ..Choice::default() }
    }

    /// The words for what is not found; without the bot nobody can tell what became of it.
    fn gone(&self, key: &'static str) -> &'static str {
        if self.judge.guild.is_without_bot() { "choice-bot-away" } else { key }
    }

    /// With the end of its id: of several without a name, each can be told from the others.
    fn numbered(&self, key: &str, id: &str) -> String {
        let from = id.char_indices().rev().nth(ID_END - 1).map_or(0, |(at, _)| at);
        self.words.say(&Message::new("choice-numbered").text("what", self.words.t(key)).text("end", &id[from..]))
    }

    fn unknown<'v>(&self, chosen: &[&'v str], known: impl Fn(&str) -> bool, key: &str) -> Vec<Choice> {
        let gone = chosen.iter().filter(|value: &&&'v str| !known(value));
        gone.map(|value| Choice {
            value: (*value).to_owned(),
            label: self.words.t(key),
            selected: true,
            mark: Some(Mark::Gone),
            ..Choice::default()
        })
        .collect()
    }
}

fn channel_choice(channel: &Channel, chosen: &[&str]) -> Choice {
    let value = channel.id.to_string();
    let selected = chosen.contains(&value.as_str());
    let mark = match channel.kind {
        ChannelType::GuildCategory => Mark::Category,
        ChannelType::GuildVoice => Mark::Voice,
        ChannelType::GuildStageVoice => Mark::Stage,
        ChannelType::GuildAnnouncement => Mark::Announcement,
        _ => Mark::Text,
    };
    let sign = if matches!(mark, Mark::Text | Mark::Announcement) { "#" } else { "" };
    let label = format!("{sign}{}", visible(&channel.name));
    Choice { label, selected, value, mark: Some(mark), ..Choice::default() }
}
