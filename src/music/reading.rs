//! From what was typed to a playlist: its form, the buttons of its rows, and a list of addresses.

use serde_json::{Value, json};

use super::hosts::MusicHosts;
use super::playlist::{Playlist, Track};
use super::table::{TABLE, TRACKS};
use crate::error::{AppError, Trouble};
use crate::settings::fields::Field;
use crate::settings::parse::{self, SentTwice};
use crate::settings::problems::Problems;
use crate::settings::rows;
use crate::web::form::FormData;
use crate::web::words::Message;

pub(super) struct Reading {
    /// None: something of it could not be read.
    pub playlist: Option<Playlist>,
    pub problems: Problems,
}

/// Brings a form to the shape the reading expects: rows numbered anew, a length that was left empty is not known.
pub(super) fn prepare(form: &mut FormData) {
    rows::renumber(&fields(), form);
    let empty = |(name, value): (String, String)| {
        let is_length = name.starts_with("tracks.") && name.ends_with(".seconds");
        if is_length && value.trim().is_empty() { (name, "0".to_owned()) } else { (name, value) }
    };
    *form = FormData::from_pairs(std::mem::take(form).into_pairs().into_iter().map(empty).collect());
}

fn fields() -> Vec<&'static Field> {
    TABLE.fields().collect()
}

/// Reads a prepared form. What came back as `stored` is not judged again.
///
/// # Errors
/// A single-valued field that arrived twice: no page of ours sends that.
pub(super) fn read(form: &FormData, hosts: &MusicHosts, stored: Option<&Playlist>) -> Result<Reading, AppError> {
    let mut problems = Problems::default();
    let mut raw = Value::Object(parse::read(TABLE.fields(), "", form, &mut problems).map_err(sent_twice)?);
    for (index, track) in raw["tracks"].as_array_mut().into_iter().flatten().enumerate() {
        let path = format!("tracks.{index}.url");
        match track["url"].as_str().map(|text| (text, hosts.check(text))) {
            Some(("", _)) => problems.unreadable(path, Message::new("problem-track-no-url")),
            Some((_, Ok(plain))) => track["url"] = json!(plain),
            Some((_, Err(message))) => problems.judged(path, message),
            None => {}
        }
    }
    let playlist = Playlist::of(&raw).filter(|_| problems.unreadable.is_empty());
    if playlist.as_ref().is_some_and(|playlist| !playlist.fits_a_form()) {
        problems.unreadable("tracks", Message::new("problem-playlist-room"));
    }
    problems.forgive_unchanged(&stored.map(|playlist| json!(playlist)).unwrap_or_default(), &raw);
    Ok(Reading { playlist, problems })
}

impl Playlist {
    fn of(raw: &Value) -> Option<Self> {
        serde_json::from_value(raw.clone()).ok()
    }
}

fn sent_twice(SentTwice(name): SentTwice) -> AppError {
    AppError::new(Trouble::Unreadable(Message::new("form-sent-twice").text("name", name)), "a field arrived twice")
}

/// Does what a button of a row asks for; `move:tracks` takes a track to another place at once.
///
/// # Errors
/// The numbers typed for a move are none.
pub(super) fn rearrange(form: &mut FormData, request: &str) -> Result<(), Message> {
    form.remove("row");
    if request != "move:tracks" {
        rows::apply(&fields(), form, request);
        return Ok(());
    }
    let count = form.rows("tracks").len();
    let place = |name: &str| {
        let number: usize = form.text(name)?.trim().parse().ok()?;
        (1..=count).contains(&number).then(|| number - 1)
    };
    let (Some(from), Some(to)) = (place("move_from"), place("move_to")) else {
        return Err(Message::new("problem-playlist-move").number("max", count as i64));
    };
    rows::rename_rows(form, "tracks", |row| {
        Some(match row {
            row if row == from => to,
            row if from < row && row <= to => row - 1,
            row if to <= row && row < from => row + 1,
            row => row,
        })
    });
    form.remove("move_from");
    form.remove("move_to");
    Ok(())
}

/// A line that is no address of a track.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct BadLine {
    /// Counted from 1, with the empty ones.
    pub number: usize,
    pub why: Message,
}

/// Reads addresses, one a line; empty lines do not count.
///
/// # Errors
/// Every line that is wrong: then nothing was read.
pub(super) fn addresses(text: &str, hosts: &MusicHosts) -> Result<Vec<Track>, Vec<BadLine>> {
    let (mut tracks, mut bad) = (Vec::new(), Vec::new());
    for (index, line) in text.split('\n').map(str::trim).enumerate().filter(|(_, line)| !line.is_empty()) {
        match parse::read_url(line).and_then(|url| hosts.check(url)) {
            Ok(url) => tracks.push(Track { url, ..Track::default() }),
            Err(why) => bad.push(BadLine { number: index + 1, why }),
        }
    }
    if bad.is_empty() { Ok(tracks) } else { Err(bad) }
}

/// A playlist with more tracks at its end.
///
/// # Errors
/// It would have too many, or they would be too long together.
pub(super) fn longer(playlist: &Playlist, more: Vec<Track>) -> Result<Playlist, Message> {
    let mut playlist = playlist.clone();
    playlist.tracks.extend(more);
    let count = playlist.tracks.len();
    if count > TRACKS {
        let message = Message::new("problem-playlist-tracks").number("max", TRACKS as i64);
        return Err(message.number("count", count as i64));
    }
    if playlist.fits_a_form() { Ok(playlist) } else { Err(Message::new("problem-playlist-room")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_track_is_moved_to_any_place_at_once() {
        let moved = |from: &str, to: &str| {
            let mut form = FormData::decode(b"tracks.0.title=a&tracks.1.title=b&tracks.2.title=c&tracks.3.title=d");
            let form = form.as_mut().expect("a form");
            form.push("move_from", from);
            form.push("move_to", to);
            let done = rearrange(form, "move:tracks").is_ok();
            prepare(form);
            let order: String = (0..4).filter_map(|row| form.text(&format!("tracks.{row}.title"))).collect();
            (done, order)
        };
        assert_eq!(moved("4", "1"), (true, "dabc".into()));
        assert_eq!(moved(" 1", "3 "), (true, "bcad".into()));
        assert_eq!(moved("2", "2"), (true, "abcd".into()));
        for (from, to) in [("0", "1"), ("1", "5"), ("", "1"), ("x", "1")] {
            assert_eq!(moved(from, to), (false, "abcd".into()), "{from} {to}");
        }
    }
}
