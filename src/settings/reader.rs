//! Who looks at a message: what ids in it are called for them, and how its times are told in their zone and language.

use std::collections::HashMap;

use jiff::{Timestamp, ZonedDateTime};

use crate::accounts::Person;
use crate::clock::Millis;
use crate::messages::{Guide, Mention, Moment, Names};
use crate::settings::judge::Judge;
use crate::web::words::{Message, Words};

pub struct Reader<'a> {
    pub judge: &'a Judge<'a>,
    pub words: &'a Words,
    pub now: Millis,
    /// Names of people, by their ids.
    pub people: HashMap<String, &'a str>,
}

impl<'a> Reader<'a> {
    /// Of people, only their own name is known here, and the bot's.
    pub fn new(judge: &'a Judge<'a>, words: &'a Words, now: Millis, person: &'a Person) -> Self {
        Self { judge, words, now, people: HashMap::from([(person.id.to_string(), person.name.as_str())]) }
    }
}

impl Names for Reader<'_> {
    fn mention(&self, mention: Mention<'_>) -> Option<String> {
        Some(match mention {
            Mention::Member(id) => {
                let unknown = || self.words.say(&Message::new("ticket-member").text("id", id));
                let name = self.people.get(id).map(|name| (*name).to_owned());
                format!("@{}", name.or_else(|| self.bot(id)).unwrap_or_else(unknown))
            }
            Mention::Role(id) => {
                let role = self.judge.find_role(id).map(|role| role.name.trim_start_matches('@'));
                format!("@{}", role.unwrap_or(id))
            }
            // Its name could tell what the person may not know.
            Mention::Channel(id) => match self.judge.find_channel(id) {
                Some(channel) if self.judge.person.sees(channel) => format!("#{}", channel.name),
                Some(_) => self.words.t("choice-channel-unseen"),
                None => self.words.t("transcript-channel-gone"),
            },
            Mention::Command(name) => format!("/{name}"),
            Mention::Guide(place) => self.words.t(match place {
                Guide::Customize => "message-guide-customize",
                Guide::Browse => "message-guide-browse",
                Guide::Guide => "message-guide-guide",
                Guide::LinkedRoles => "message-guide-linked-roles",
            }),
        })
    }

    fn moment(&self, seconds: i64, style: char) -> Option<Moment> {
        let at = seconds.checked_mul(1000)?;
        let time = Timestamp::from_millisecond(at).ok()?.to_zoned_datetime(self.words.zone().clone());
        let text = match style {
            'R' => self.relative(at),
            't' | 'T' | 'd' | 'D' | 'f' | 'F' | 's' | 'S' => self.absolute(&time, style),
            _ => return None,
        };
        Some(Moment { text, machine: self.words.exact_time(at), exact: self.words.time(at) })
    }
}

impl Reader<'_> {
    fn bot(&self, id: &str) -> Option<String> {
        let bot = &self.judge.guild.bot_member;
        (bot.user.id.to_string() == id).then(|| bot.display_name().to_owned())
    }

    fn absolute(&self, time: &ZonedDateTime, style: char) -> String {
        let two = |number: i8| format!("{number:02}");
        let key = match style {
            't' => "message-time-short",
            'T' => "message-time-long",
            'd' => "message-date-short",
            'D' => "message-date-long",
            'F' => "message-moment-full",
            's' => "message-moment-small",
            'S' => "message-moment-small-long",
            _ => "message-moment",
        };
        let message = Message::new(key)
            .text("hour", two(time.hour()))
            .text("minute", two(time.minute()))
            .text("second", two(time.second()))
            .text("day", time.day().to_string())
            .text("day2", two(time.day()))
            .text("month2", two(time.month()))
            .text("month", self.words.t(&format!("message-month-{}", time.month())))
            .text("weekday", self.words.t(&format!("message-weekday-{}", time.weekday().to_monday_one_offset())))
            .text("year", time.year().to_string());
        self.words.say(&message)
    }

    /// "in 2 hours", "3 days ago", in the largest unit that fits.
    fn relative(&self, at: Millis) -> String {
        const UNITS: [(&str, i64); 6] = [
            ("message-amount-years", 31_557_600),
            ("message-amount-months", 2_629_800),
            ("amount-days", 86_400),
            ("amount-hours", 3_600),
            ("amount-minutes", 60),
            ("amount-seconds", 1),
        ];
        let away = (at - self.now) / 1000;
        let length = away.abs();
        let (key, count) = UNITS
            .into_iter()
            .find(|(_, unit)| length >= *unit)
            .map_or(("amount-seconds", 0), |(key, unit)| (key, (length + unit / 2) / unit));
        let amount = self.words.say(&Message::new(key).number("count", count));
        let key = if away > 0 { "message-moment-ahead" } else { "message-moment-past" };
        self.words.say(&Message::new(key).text("amount", amount))
    }
}
