//! What the bot can do, one folder a module: its settings as a type with their defaults (`mod.rs`), as a table
//! that says what each may be (`table.rs`), the rules across fields (`rules.rs`), and what the bot needs for it
//! (`needs.rs`).
//!
//! A module is added like this: a variant of [`ModuleKey`], a folder here with an
//! `impl SettingsModule`, a line in [`ALL`], and its words in `locales/en/{key}.ftl`. The tests of this folder
//! then walk it: that table and type agree, that its defaults read back from a form, that each channel says
//! what the bot needs there, that no word is missing.

mod giveaway;
mod message;
mod music;
mod shorthand;
mod tempvoice;
mod tickets;

pub use giveaway::Giveaway;
/// Who may enter a giveaway, with which chances, and what its channel needs, for the form of a single one.
pub mod giveaway_fields {
    pub use super::giveaway::{CHANCES, ENTERING, GOES};
}
pub use music::Music;
pub use tempvoice::TempVoice;
pub use tickets::Tickets;

use crate::settings::module::{Module, ModuleKey};

/// In the order of [`ModuleKey::ALL`], which is the order on pages.
pub static ALL: [Module; 4] =
    [Module::of::<TempVoice>(), Module::of::<Giveaway>(), Module::of::<Tickets>(), Module::of::<Music>()];

pub fn module(key: ModuleKey) -> &'static Module {
    let [temp_voice, giveaway, tickets, music] = &ALL;
    match key {
        ModuleKey::TempVoice => temp_voice,
        ModuleKey::Giveaway => giveaway,
        ModuleKey::Tickets => tickets,
        ModuleKey::Music => music,
    }
}

#[cfg(test)]
mod merge_tests;
#[cfg(test)]
mod needs_tests;
#[cfg(test)]
pub(crate) mod test_guild;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod words_tests;
