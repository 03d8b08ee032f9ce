//! What open pages are sent: parts of the page itself, drawn by the same templates, as frames of an event stream.

use std::collections::BTreeSet;

use actix_web::web::Bytes;
use askama::Template;

use super::Parts;
use super::topics::Moved;
use super::viewers::Ending;
use crate::changes::delivery::Way;
use crate::changes::line::{BannerFragment, ChangesFragment, Drawing};
use crate::changes::{self, Entry, Latest, Seen};
use crate::clock::Millis;
use crate::db::DbError;
use crate::guilds::rights::Rights;
use crate::ids::GuildId;
use crate::web::words::Words;

/// More than this a page that was away is not brought up to date by.
const MOST_CAUGHT_UP: i64 = 100;

/// Which changes are to be drawn.
pub(super) enum Wanted {
    Ids(Vec<String>),
    /// Whatever has come further since then, of what these see.
    Since(Millis, Seen),
}

/// One event of the stream; every line of the data stands by itself.
pub(super) fn frame(event: &str, id: Option<Millis>, data: &str) -> Bytes {
    let mut text = format!("event: {event}\n");
    if let Some(id) = id {
        text.push_str(&format!("id: {id}\n"));
    }
    for line in data.split(['\r', '\n']).filter(|line| !line.is_empty()) {
        text.push_str("data: ");
        text.push_str(line);
        text.push('\n');
    }
    text.push('\n');
    text.into()
}

/// The first words of a stream: how soon a browser that lost it asks again.
pub(super) fn greeting() -> Bytes {
    Bytes::from_static(b"retry: 2000\n\n")
}

/// Keeps the stream open through whatever stands between.
pub(super) fn sign_of_life() -> Bytes {
    Bytes::from_static(b": \n\n")
}

pub(super) fn ending(ending: Ending, words: &Words) -> Bytes {
    let (code, text) = match ending {
        Ending::Rights => ("rights", words.t("live-end-rights")),
        Ending::Session => ("session", words.t("live-end-session")),
        Ending::Many => ("many", words.t("live-end-many")),
        Ending::Slow => ("slow", words.t("live-end-slow")),
        Ending::Unsure => ("unsure", words.t("live-end-unsure")),
        Ending::Stopping => ("stopping", String::new()),
    };
    frame("end", None, &format!("{code}\n{text}"))
}

pub(super) fn banner(way: &Way, words: &Words) -> Bytes {
    let fragment = BannerFragment { banner: way.banner(words) };
    frame("bot", None, &fragment.render_with_values(words).unwrap_or_default())
}

/// Which lists have changed, of those that these rights go to: a page looks at itself again. `*`: perhaps all of them.
/// None: nothing of it is for them.
pub(super) fn topics(moved: &Moved, now: Millis, rights: &Rights) -> Option<Bytes> {
    let names = match moved {
        Moved::All => "*".to_owned(),
        Moved::Some(topics) => {
            let theirs = topics.iter().filter(|topic| topic.is_for(rights));
            theirs.map(|topic| topic.as_str()).collect::<Vec<_>>().join(" ")
        }
    };
    (!names.is_empty()).then(|| frame("topics", Some(now), &names))
}

/// Changes that are to be drawn, for each language and zone anew.
pub(super) struct Came {
    guild: GuildId,
    way: Way,
    now: Millis,
    entries: Vec<Entry>,
    latest: Vec<Latest>,
}

impl Came {
    /// None: there is nothing to say.
    ///
    /// # Errors
    /// As the database answers.
    pub async fn read(parts: &Parts, guild: GuildId, wanted: Wanted, way: Way) -> Result<Option<Self>, DbError> {
        let now = parts.clock.now();
        let read = parts.db.run(move |conn| {
            let entries = match wanted {
                Wanted::Ids(ids) => changes::settings_entries(conn, guild, &ids)?,
                Wanted::Since(since, seen) => changes::touched_since(conn, guild, &seen, since, MOST_CAUGHT_UP)?,
            };
            let subjects: BTreeSet<&str> = entries.iter().map(|entry| entry.subject.as_str()).collect();
            let mut latest = Vec::new();
            for subject in subjects {
                latest.extend(changes::latest(conn, guild, subject)?);
            }
            Ok::<(Vec<Entry>, Vec<Latest>), DbError>((entries, latest))
        });
        let (entries, latest) = read.await?;
        Ok((!latest.is_empty()).then_some(Self { guild, way, now, entries, latest }))
    }

    /// Their lines and states, as far as these rights go. None: nothing of it is for them.
    pub fn frame(&self, words: &Words, rights: &Rights) -> Option<Bytes> {
        // Whoever hears of it by a stream need not look again by hand.
        let page = format!("/guilds/{}", self.guild);
        let drawing = Drawing { guild: self.guild, way: self.way, now: self.now, page, words, judge: None, rights };
        let is_latest = |entry: &Entry| self.latest.iter().any(|one| one.entry.id == entry.id);
        let others = self.entries.iter().filter(|entry| !is_latest(entry) && rights.sees(&entry.subject));
        let latest: Vec<_> = self.latest.iter().filter(|one| rights.sees(&one.entry.subject)).collect();
        if latest.is_empty() {
            return None;
        }
        let fragment = ChangesFragment {
            deliveries: others.map(|entry| drawing.delivery(entry)).collect(),
            latest: latest.into_iter().map(|one| drawing.line(one)).collect(),
        };
        Some(frame("changes", Some(self.now), &fragment.render_with_values(words).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_the_data_can_become_a_field_of_the_stream() {
        let bytes = frame("changes", Some(5), "<p>\r\nevent: end\ndata: x\n\nid: 7</p>");
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        assert_eq!(text, "event: changes\nid: 5\ndata: <p>\ndata: event: end\ndata: data: x\ndata: id: 7</p>\n\n");
    }
}
