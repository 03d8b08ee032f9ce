//! A message of a transcript as its page draws it: names for ids, addresses only where they lead somewhere safe.

use std::collections::HashMap;

use crate::changes::line::TimeText;
use crate::messages::{Filled, Marks, Style, lines};
use crate::settings::judge::Judge;
use crate::web::words::{Message, Words};

use super::embed;
use super::message::{Attachment, Said};
use super::pages::{DrawnAttachment, DrawnMessage};
use super::search::Wanted;

/// Discord's longest message; what a bot sends beyond is not drawn.
const CONTENT: usize = 4000;
/// Bytes of the longest `<@…>` that stands for something.
const LONGEST: usize = 100;

/// What a transcript is drawn with.
pub struct Drawing<'a> {
    pub words: &'a Words,
    pub judge: &'a Judge<'a>,
    /// Those who wrote in it, by id.
    pub people: HashMap<&'a str, &'a str>,
    pub wanted: Option<&'a Wanted>,
}

impl Drawing<'_> {
    /// The message, and whether it holds what is looked for. `number` counts from 1; `first`: it begins a group.
    pub fn message(&self, said: &Said, number: usize, first: bool) -> (DrawnMessage, bool) {
        let fill = |rest: &str| self.fill(rest);
        let mut drawn = DrawnMessage {
            number,
            first,
            author: vec![vec![Style::Text.piece(self.author(said))]],
            bot: said.bot,
            at: said.at.map(|at| TimeText::new(at, self.words)),
            content: lines(&said.content, &fill, Marks::AndMentions, CONTENT),
            embeds: said.embeds.iter().filter_map(|value| embed::read(value, &fill, self.words)).collect(),
            attachments: said.attachments.iter().map(|one| self.attachment(one)).collect(),
            context_href: None,
        };
        let Some(wanted) = self.wanted else { return (drawn, true) };
        let mut found = wanted.mark(&mut drawn.author) | wanted.mark(&mut drawn.content);
        for one in &mut drawn.embeds {
            embed::texts(one).for_each(|line| found |= wanted.mark_line(line));
        }
        for one in &mut drawn.attachments {
            found |= wanted.mark(&mut one.name);
        }
        (drawn, found)
    }

    fn author(&self, said: &Said) -> String {
        match said.author_name.trim() {
            "" => self.words.t("ticket-nobody"),
            name => name.to_owned(),
        }
    }

    fn attachment(&self, one: &Attachment) -> DrawnAttachment {
        let name = match one.name.trim() {
            "" => self.words.t("transcript-attachment"),
            name => name.replace('\n', " "),
        };
        DrawnAttachment {
            name: vec![vec![Style::Text.piece(name)]],
            size: one.size.map(size),
            href: address(&one.url).map(|(href, _)| href),
            host: address(&one.url).map(|(_, host)| host),
        }
    }

    /// What stands for `<@…>`, `<#…>`, `<@&…>`, `<:…:…>` and `<t:…>`.
    fn fill(&self, rest: &str) -> Option<Filled> {
        let end = rest.strip_prefix('<')?.bytes().take(LONGEST).position(|byte| byte == b'>')?;
        let inner = &rest[1..=end];
        let mention = |text: String| Some(Filled { instead_of: end + 2, text, mention: true });
        if let Some(id) = inner.strip_prefix("@&").filter(|id| is_id(id)) {
            let role = self.judge.find_role(id).map(|role| role.name.trim_start_matches('@').to_owned());
            return mention(format!("@{}", role.unwrap_or_else(|| id.to_owned())));
        }
        if let Some(id) = inner.strip_prefix("@!").or_else(|| inner.strip_prefix('@')).filter(|id| is_id(id)) {
            let name = self.people.get(id).map(|name| (*name).to_owned());
            return mention(format!("@{}", name.unwrap_or_else(|| self.member(id))));
        }
        if let Some(id) = inner.strip_prefix('#').filter(|id| is_id(id)) {
            let channel = self.judge.find_channel(id);
            return mention(match channel {
                Some(channel) if self.judge.person.sees(channel) => format!("#{}", channel.name),
                Some(_) => self.words.t("choice-channel-unseen"),
                None => self.words.t("transcript-channel-gone"),
            });
        }
        let plain = |text: String| Some(Filled { instead_of: end + 2, text, mention: false });
        if crate::settings::judge::custom_emoji(&rest[..end + 2]).is_some() {
            return plain(format!(":{}:", inner.split(':').nth(1)?));
        }
        let seconds: i64 = inner.strip_prefix("t:")?.split(':').next()?.parse().ok()?;
        plain(self.words.time(seconds.checked_mul(1000)?)).filter(|filled| !filled.text.is_empty())
    }

    fn member(&self, id: &str) -> String {
        self.words.say(&Message::new("ticket-member").text("id", id))
    }
}

fn is_id(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Where a link may lead, and the host it names.
fn address(text: &str) -> Option<(String, String)> {
    let url = url::Url::parse(text).ok()?;
    let bare = url.scheme() == "https" && url.username().is_empty() && url.password().is_none();
    let host = url.host_str().filter(|_| bare)?.to_owned();
    Some((url.into(), host))
}

fn size(bytes: u64) -> Message {
    let tenths = |unit: u64| format!("{}.{}", bytes / unit, bytes % unit * 10 / unit);
    match bytes {
        0..1_000 => Message::new("transcript-bytes").number("count", bytes),
        1_000..1_000_000 => Message::new("transcript-kilobytes").text("count", tenths(1_000)),
        _ => Message::new("transcript-megabytes").text("count", tenths(1_000_000)),
    }
}

/// The names of those who wrote, by id: the last one each had.
pub fn people(messages: &[Said]) -> HashMap<&str, &str> {
    let named = messages.iter().filter(|said| !said.author_name.trim().is_empty() && !said.author_id.is_empty());
    named.map(|said| (said.author_id.as_str(), said.author_name.as_str())).collect()
}
