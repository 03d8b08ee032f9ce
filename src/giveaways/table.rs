//! What a giveaway's form is made of. Who may enter and with which chances is asked as in the module's settings,
//! with the same fields and words.

use crate::modules::giveaway_fields::{CHANCES, ENTERING};
use crate::settings::fields::{ChannelUse, Field, Kind, Section, Table};

const fn text(name: &'static str, min: usize, max: usize, lines: bool) -> Field {
    Field { name, kind: Kind::Text { min, max, lines, placeholders: &[] } }
}

/// A new one.
pub(super) static NEW: Table = Table {
    words: "giveaway",
    sections: &[
        Section { name: "what", fields: &[CHANNEL, PRIZE, text("secret_prize", 0, 1000, true), DESCRIPTION, WINNERS] },
        Section {
            name: "when",
            fields: &[
                Field { name: "start", kind: Kind::Choice(&["now", "at"]) },
                Field { name: "starts_at", kind: Kind::Moment },
                Field { name: "end", kind: Kind::Choice(&["after", "at"]) },
                Field {
                    name: "duration_minutes",
                    kind: Kind::Number { min: 1, max: LONGEST_MINUTES, unit: Some("minutes") },
                },
                Field { name: "ends_at", kind: Kind::Moment },
            ],
        },
        Section { name: "entering", fields: ENTERING },
        Section { name: "chances", fields: CHANCES },
        Section { name: "notes", fields: NOTES },
    ],
};

/// One that has not begun.
pub(super) static SCHEDULED: Table = Table {
    words: "giveaway",
    sections: &[
        Section { name: "what", fields: &[CHANNEL, PRIZE, DESCRIPTION, WINNERS] },
        Section {
            name: "when",
            fields: &[Field { name: "starts_at", kind: Kind::Moment }, Field { name: "ends_at", kind: Kind::Moment }],
        },
        Section { name: "entering", fields: ENTERING },
        Section { name: "chances", fields: CHANCES },
        Section { name: "notes", fields: NOTES },
    ],
};

/// One that runs: who has entered, entered by its rules.
pub(super) static RUNNING: Table = Table {
    words: "giveaway",
    sections: &[
        Section { name: "what", fields: &[PRIZE, DESCRIPTION, WINNERS] },
        Section { name: "when", fields: &[Field { name: "ends_at", kind: Kind::Moment }] },
        Section { name: "notes", fields: NOTES },
    ],
};

/// Drawing again.
pub(super) static REROLL: Table = Table {
    words: "giveaway",
    sections: &[Section {
        name: "reroll",
        fields: &[Field { name: "count", kind: Kind::Number { min: 1, max: 20, unit: Some("winners") } }],
    }],
};

/// 60 days.
pub(super) const LONGEST_MINUTES: i64 = 60 * 24 * 60;

const CHANNEL: Field = Field { name: "channel_id", kind: Kind::Channel { of: ChannelUse::Announce, required: true } };
const PRIZE: Field = text("prize", 1, 256, false);
const DESCRIPTION: Field = text("description", 0, 2000, true);
const WINNERS: Field = Field { name: "winners", kind: Kind::Number { min: 1, max: 20, unit: Some("winners") } };
static NOTES: &[Field] = &[text("notes", 0, 500, true)];
