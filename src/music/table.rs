//! What each field of a playlist may be.

use crate::settings::fields::{Field, Kind, Section, Table};

/// Tracks of one playlist at most.
pub const TRACKS: usize = 500;

pub(super) const TABLE: Table = Table { words: "playlist", sections: SECTIONS };

static SECTIONS: &[Section] = &[Section { name: "about", fields: ABOUT }, Section { name: "tracks", fields: LIST }];

static ABOUT: &[Field] = &[field("name", text(1, 100)), field("shared", Kind::Switch)];

static LIST: &[Field] = &[field("tracks", Kind::Rows { max: TRACKS, fields: TRACK, fresh: &[("seconds", "0")] })];

static TRACK: &[Field] = &[
    field("title", text(0, 256)),
    field("url", Kind::Url),
    field("seconds", Kind::Number { min: 0, max: 24 * 60 * 60, unit: None }),
];

const fn field(name: &'static str, kind: Kind) -> Field {
    Field { name, kind }
}

const fn text(min: usize, max: usize) -> Kind {
    Kind::Text { min, max, lines: false, placeholders: &[] }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::music::playlist::{Playlist, Track};
    use crate::settings::fill::fill;
    use crate::settings::parse::read;
    use crate::settings::problems::Problems;

    #[test]
    fn what_is_stored_reads_back_from_its_own_form() {
        let track = Track { title: "A".into(), url: "https://youtu.be/a".into(), seconds: 7 };
        let value = json!(Playlist { name: "P".into(), shared: true, tracks: vec![track.clone(), track] });
        let mut problems = Problems::default();
        let again = read(TABLE.fields(), "", &fill(TABLE.fields(), &value), &mut problems);
        assert!(!problems.stop_the_save(), "{problems:?}");
        assert_eq!(Value::Object(again.expect("nothing twice")), value);
    }
}
