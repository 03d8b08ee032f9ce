//! A message of a transcript as its page draws it: names for ids, addresses only where they lead somewhere safe.

use std::collections::HashMap;

use crate::changes::line::TimeText;
use crate::messages::{Ink, Piece};
use crate::settings::reader::Reader;
use crate::web::words::{Message, Words};

use super::embed;
use super::message::{Attachment, Said};
use super::pages::{DrawnAttachment, DrawnMessage};
use super::search::Wanted;

/// Discord's longest message; what a bot sends beyond is not drawn.
const CONTENT: usize = 4000;

/// What a transcript is drawn with.
pub struct Drawing<'a> {
    pub words: &'a Words,
    pub reader: Reader<'a>,
    pub wanted: Option<&'a Wanted>,
}

impl Drawing<'_> {
    /// The message, and whether it holds what is looked for. `number` counts from 1; `first`: it begins a group.
    pub fn message(&self, said: &Said, number: usize, first: bool) -> (DrawnMessage, bool) {
        let ink = Ink { fill: &|_| None, names: &self.reader };
        let mut drawn = DrawnMessage {
            number,
            first,
            author: vec![Piece::text(self.author(said))],
            bot: said.bot,
            at: said.at.map(|at| TimeText::new(at, self.words)),
            content: ink.content(&said.content, CONTENT),
            embeds: said.embeds.iter().filter_map(|value| embed::read(value, ink, self.words)).collect(),
            attachments: said.attachments.iter().map(|one| self.attachment(one)).collect(),
            context_href: None,
        };
        let Some(wanted) = self.wanted else { return (drawn, true) };
        let mut found = wanted.mark(&mut drawn.author) | wanted.mark(drawn.content.lines_mut());
        for one in &mut drawn.embeds {
            found |= wanted.mark(one.lines_mut());
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
            name: vec![Piece::text(name)],
            size: one.size.map(size),
            href: address(&one.url).map(|(href, _)| href),
            host: address(&one.url).map(|(_, host)| host),
        }
    }
}

/// Where a link may lead, and the host it names.
fn address(text: &str) -> Option<(String, String)> {
    let url = url::Url::parse(text).ok()?;
    let bare = url.scheme() == "https" && url.username().is_empty() && url.password().is_none();
    let host = url.host_str().filter(|_| bare)?.to_owned();
    Some((url.into(), host))
}

fn size(bytes: u64) -> Message {
    let tenths = |unit: u64| i64::try_from(bytes / (unit / 10)).unwrap_or(i64::MAX);
    match bytes {
        0..1_000 => Message::new("transcript-bytes").number("count", bytes),
        1_000..1_000_000 => Message::new("transcript-kilobytes").tenths("count", tenths(1_000)),
        _ => Message::new("transcript-megabytes").tenths("count", tenths(1_000_000)),
    }
}

/// The names of those who wrote, by id: the last one each had.
pub fn people(messages: &[Said]) -> HashMap<String, &str> {
    let named = messages.iter().filter(|said| !said.author_name.trim().is_empty() && !said.author_id.is_empty());
    named.map(|said| (said.author_id.clone(), said.author_name.as_str())).collect()
}
