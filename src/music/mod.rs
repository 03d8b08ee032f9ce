//! What is played now, and playlists: lists of tracks that the bot plays, made and changed by the admins of a server.
//!
//! What was played is `happenings`' to write (`player` reads it). A playlist is read from its form as settings are (`table`, `reading`), written in one transaction with its row in the
//! change log (`store`), and shown and changed on one page (`editor`, `edit`). What the bot finds of it in Redis is
//! said by [`Playlist::wire`] and sent by `relay`. The settings of the player are those of the module in `modules`.

mod answer;
mod check;
mod edit;
mod editor;
mod export;
pub mod forgetting;
mod hosts;
mod import;
mod list;
mod pages;
mod player;
mod playlist;
mod reading;
mod removal;
mod store;
mod table;

pub use check::check;
pub use edit::{begin, create, open, save};
pub use export::export;
pub use hosts::{BadHosts, MusicHosts};
pub use import::{import, offer};
pub use list::list;
pub use pages::{Standing, value_of};
pub use playlist::{Playlist, Track, clock};
pub use removal::{ask, delete};
pub use store::{MOST, Row};
pub use table::TRACKS;
