//! `GET /guilds/{guild_id}/tickets/{tid}/transcript`: what was said, 100 messages a page, or those that hold a text.
//!
//! A transcript may come from a channel the person cannot see. Who manages the server may see all tickets, which is
//! what the guard asks for; the names of channels that are mentioned in it are told as everywhere.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::clock::Millis;
use crate::db::DbError;
use crate::error::{AppError, Trouble};
use crate::guilds::guard::{GuildAccess, View};
use crate::happenings::old_tickets::Kept;
use crate::modules::Tickets;
use crate::server_page::ServerPage;
use crate::settings::module::ModuleKey;
use crate::settings::reader::Reader;
use crate::settings::scene::{In, Settings};
use crate::settings::store::{self, Stored};
use crate::web::page;
use crate::web::title::Title;
use crate::web::words::{Message, Words};

use super::drawing::{Drawing, people};
use super::message::Said;
use super::pages::{DrawnMessage, Entry, TranscriptPage};
use super::search::Wanted;
use super::stored::{self, Part, Transcript};
use crate::tickets::id::{id_of, segment};
use crate::tickets::rows::{self, Row};
use crate::tickets::{PLACE, telling};

/// Messages on a page.
const PAGE: usize = 100;
/// Letters of a search that count.
const LONGEST: usize = 100;
/// What the same person says within this time stands together.
const TOGETHER: Millis = 7 * 60 * 1000;

/// What the database says.
struct Read {
    stored: HashMap<ModuleKey, Stored>,
    row: Row,
    parts: Vec<Part>,
}

pub async fn transcript(
    req: HttpRequest,
    access: GuildAccess<View, In<Tickets>>,
    (app, kept): (Data<Settings>, Data<Kept>),
) -> Result<HttpResponse, AppError> {
    let (id, guild, modules) = (id_of(&req)?, access.admitted.guild, app.modules);
    let asked = |name: &str| {
        let pairs = form_urlencoded::parse(req.query_string().as_bytes());
        pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let text: String = asked("q").trim().chars().take(LONGEST).collect();
    let number = asked("page").parse::<usize>().unwrap_or(1).max(1);
    let read = app.db.run(move |conn| {
        let Some(row) = rows::find(conn, guild, &id)? else { return Ok(None) };
        let parts = stored::read(conn, guild, &row.id)?;
        Ok::<_, DbError>(Some(Read { stored: store::load(conn, guild, modules)?, parts, row }))
    });
    let Read { stored, row, parts } = read.await?.ok_or(Trouble::NotFound)?;
    // Up to 10,000 messages: not on the thread that serves others.
    let broken = |error: actix_web::error::BlockingError| AppError::new(Trouble::Internal, error.to_string());
    let transcript = actix_web::web::block(move || Transcript::of(parts)).await.map_err(broken)?;
    let place = ServerPage::new(&req, &app, access.admitted);
    let ticket_href = place.href(&format!("/tickets/{}", segment(&row.id)));
    let name = telling::name(&row);
    let title = Title::from(Message::new("title-transcript").text("ticket", place.words.say(&name)));
    let title = title.below(name, ticket_href.as_str());
    let judge = place.judge();
    let wanted = Wanted::new(&text);
    let reader = Reader { people: people(&transcript.messages), ..place.reader(&judge) };
    let drawing = Drawing { words: &place.words, reader, wanted: wanted.as_ref() };
    let action = format!("{ticket_href}/transcript");
    let sheet = match wanted {
        None => whole(&transcript, &drawing, number),
        Some(_) => found(&transcript, &drawing, number, &action),
    };
    let to = |number: usize| address(&action, &text, number);
    let page = TranscriptPage {
        shell: place.shell(&req, title, PLACE, &stored),
        arrived: transcript.arrived.map(|arrived| arrived.in_words(kept.until(row.closed_at), &place.words)),
        gaps: transcript.gaps.iter().map(|(_, message)| message.clone()).collect(),
        total: transcript.messages.len(),
        found: sheet.found,
        range: (sheet.of > 0).then(|| range(&place.words, &sheet.range, sheet.of)),
        previous: (sheet.number > 1).then(|| to(sheet.number - 1)),
        next: (sheet.range.end < sheet.of).then(|| to(sheet.number + 1)),
        entries: sheet.entries,
        text,
        action,
    };
    page::render(&req, StatusCode::OK, &page)
}

/// One page of what is shown.
struct Sheet {
    number: usize,
    /// Places in what is shown, from 0.
    range: std::ops::Range<usize>,
    /// How many there are to show.
    of: usize,
    found: Option<Message>,
    entries: Vec<Entry>,
}

/// The page that was asked for, or the last one.
fn cut(number: usize, of: usize) -> (usize, std::ops::Range<usize>) {
    let number = number.min(of.div_ceil(PAGE)).max(1);
    let start = (number - 1) * PAGE;
    (number, start..(start + PAGE).min(of))
}

fn whole(transcript: &Transcript, drawing: &Drawing<'_>, number: usize) -> Sheet {
    let messages = &transcript.messages;
    let (number, range) = cut(number, messages.len());
    let mut entries = Vec::new();
    let mut gaps = transcript.gaps.iter().filter(|(at, _)| *at >= range.start).peekable();
    for at in range.clone() {
        let before = entries.len();
        while let Some((_, gap)) = gaps.next_if(|(place, _)| *place <= at) {
            entries.push(Entry::Gap(gap.clone()));
        }
        let broken = entries.len() > before || at == range.start;
        let first = broken || !belongs(&messages[at], &messages[at - 1]);
        entries.push(Entry::Said(Box::new(drawing.message(&messages[at], at + 1, first).0)));
    }
    if range.end == messages.len() {
        entries.extend(gaps.map(|(_, gap)| Entry::Gap(gap.clone())));
    }
    Sheet { number, range, of: messages.len(), found: None, entries }
}

/// Whether a message stands below the one before it without its author being named again.
fn belongs(said: &Said, before: &Said) -> bool {
    let apart = said.at.zip(before.at).map(|(at, before)| at.saturating_sub(before));
    said.is_by(before) && apart.is_none_or(|apart| (0..TOGETHER).contains(&apart))
}

fn found(transcript: &Transcript, drawing: &Drawing<'_>, number: usize, action: &str) -> Sheet {
    let mut hits: Vec<DrawnMessage> = Vec::new();
    for (at, said) in transcript.messages.iter().enumerate() {
        let (mut drawn, found) = drawing.message(said, at + 1, true);
        if found {
            drawn.context_href = Some(format!("{}#m-{}", address(action, "", at / PAGE + 1), at + 1));
            hits.push(drawn);
        }
    }
    let (number, range) = cut(number, hits.len());
    let of = hits.len();
    let entries = hits.drain(range.clone()).map(|drawn| Entry::Said(Box::new(drawn))).collect();
    Sheet { number, range, of, found: Some(Message::new("transcript-found").number("count", of)), entries }
}

/// "Messages 101–200 of 1234"
fn range(words: &Words, range: &std::ops::Range<usize>, of: usize) -> Message {
    let (from, to) = (range.start + 1, range.end);
    let shown = words.say(&Message::new("transcript-from-to").number("from", from).number("to", to));
    Message::new("transcript-range").text("range", shown).number("count", of)
}

fn address(action: &str, text: &str, number: usize) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if !text.is_empty() {
        query.append_pair("q", text);
    }
    if number > 1 {
        query.append_pair("page", &number.to_string());
    }
    let query = query.finish();
    if query.is_empty() { action.to_owned() } else { format!("{action}?{query}") }
}
