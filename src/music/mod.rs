//! What is played, and the page it stands on: `GET /guilds/{guild_id}/playlists`.
//!
//! The rows are `happenings`' to write. The settings of Music are in `modules/music/`.

mod page;
mod player;

pub use page::playlists;
