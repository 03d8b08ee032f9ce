//! A lively evening on many servers: which event is the how-manieth, and about what.
//!
//! The load turns it into the bot's events, the floor into rows.

/// Servers the events are about, in turn.
pub const GUILDS: usize = 200;
/// Things of a kind on each server.
const THINGS: usize = 700;
/// With more events than that, things would begin a second time.
pub const LONGEST: usize = GUILDS * 8 * THINGS;
/// Rooms on each server.
const ROOMS: usize = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    GiveawayStart,
    GiveawayEntry,
    TicketCreate,
    TicketClose,
    RoomUpdate,
    TrackStart,
}

/// One event of the evening.
#[derive(Clone, Copy, Debug)]
pub struct Happens {
    /// Which of the servers.
    pub guild: usize,
    pub what: What,
    /// The giveaway's or ticket's number on its server.
    pub thing: usize,
    /// The room's number on its server.
    pub room: usize,
}

/// The event of this number, from 0 on.
pub fn event(number: usize) -> Happens {
    let round = number / GUILDS;
    let what = match round % 8 {
        0 => What::GiveawayStart,
        1..=3 => What::GiveawayEntry,
        4 => What::TicketCreate,
        5 => What::TicketClose,
        6 => What::RoomUpdate,
        _ => What::TrackStart,
    };
    // Of eight events one is a start: entries are for giveaways that have begun, closings for tickets that are open.
    Happens { guild: number % GUILDS, what, thing: round / 8 % THINGS, room: round % ROOMS }
}

/// What a giveaway or a ticket of a server is called.
pub fn thing_id(guild: i64, thing: usize) -> String {
    format!("{guild}-{thing}")
}

/// The channel of a room or a ticket, or a person, of a server.
pub fn room_id(guild: i64, room: usize) -> i64 {
    guild + 1_000 + room as i64
}

/// The id of the server of this number.
pub fn guild_id(guild: usize) -> i64 {
    970_000_000_000_000_000 + 251_658_240_000 * guild as i64
}
