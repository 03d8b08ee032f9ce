//! A playlist as a type: as it is stored, and as the bot reads it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use unicode_normalization::UnicodeNormalization as _;

use crate::ids::UserId;

/// Absent fields have the defaults below.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Playlist {
    pub name: String,
    /// Every member may play it; else only its owner.
    pub shared: bool,
    pub tracks: Vec<Track>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Track {
    /// Empty: not known.
    pub title: String,
    pub url: String,
    /// None: not known; never 0.
    pub seconds: Option<u32>,
}

/// How long a playlist is, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Length {
    pub tracks: i64,
    /// Of those of known length together.
    pub seconds: i64,
    /// Tracks of unknown length.
    pub untimed: i64,
}

/// Bytes of all tracks at most, as a form sends them: a playlist that was saved can be saved again.
const ROOM: usize = 960 * 1024;

impl Playlist {
    /// A new one begins like this.
    pub fn fresh() -> Self {
        Self { shared: true, ..Self::default() }
    }

    pub fn length(&self) -> Length {
        Length {
            tracks: self.tracks.len() as i64,
            seconds: self.tracks.iter().filter_map(|track| track.seconds).map(i64::from).sum(),
            untimed: self.tracks.iter().filter(|track| track.seconds.is_none()).count() as i64,
        }
    }

    /// Whether its form is within what a form may be.
    pub fn fits_a_form(&self) -> bool {
        let sent = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).map(str::len).sum::<usize>();
        // Names, numbers and signs between them: `tracks.499.seconds=86400&` and so on.
        let of = |track: &Track| sent(&track.title) + sent(&track.url) + 64;
        self.tracks.iter().map(of).sum::<usize>() <= ROOM
    }

    /// As the bot finds it in Redis, but for the revision.
    pub fn wire(&self, owner: Option<UserId>) -> Map<String, Value> {
        let mut object = Map::new();
        object.insert("name".into(), json!(self.name));
        object.insert("shared".into(), json!(self.shared));
        object.insert("ownerId".into(), json!(owner.map(|id| id.to_string())));
        object.insert("tracks".into(), json!(self.tracks));
        object
    }
}

/// A name in the form in which two that people take for the same are the same.
pub(super) fn folded(name: &str) -> String {
    // Letter by letter, because some are lower-cased by what stands beside them.
    name.trim().nfc().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfc().collect()
}

/// `3:07`, `1:02:45`.
pub fn clock(seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{rest:02}") } else { format!("{minutes}:{rest:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_people_take_for_the_same_are_the_same() {
        for (one, other) in [("Straße", "STRASSE"), (" Ünder ", "u\u{308}nder"), ("ΟΔΟΣ", "οδος")] {
            assert_eq!(folded(one), folded(other));
        }
        assert_ne!(folded("a b"), folded("ab"));
    }

    #[test]
    fn a_length_is_said_as_a_clock_says_it() {
        assert_eq!([0, 59, 187, 3765, 360_000].map(clock), ["0:00", "0:59", "3:07", "1:02:45", "100:00:00"]);
    }

    #[test]
    fn five_hundred_ordinary_tracks_fit_a_form_and_endless_ones_do_not() {
        let of = |title: &str| {
            let track =
                Track { title: title.into(), url: format!("https://youtu.be/{}", "x".repeat(100)), seconds: Some(9) };
            Playlist { tracks: vec![track; 500], ..Playlist::default() }
        };
        assert!(of(&"x".repeat(256)).fits_a_form());
        assert!(!of(&"🎵".repeat(256)).fits_a_form());
    }
}
