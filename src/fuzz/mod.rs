//! What may come from outside as any bytes at all: a function for each way in, which falls over nothing and looks
//! whether what has to hold does.
//!
//! `fuzz/` gives them to libFuzzer, `tests` the kept inputs and altered ones of them. What reaches into a room stands
//! in that room's own `fuzz.rs`; here is what is common (`server`, `database`, `edits`, `html`) and what needs no more
//! than is public. Nothing of it is in the program.

mod clients;
pub mod database;
pub mod edits;
pub mod forms;
pub mod html;
#[cfg(test)]
mod mutator;
mod return_to;
pub mod server;
mod templates;
#[cfg(test)]
mod tests;
mod tokens;
mod uploads;

pub use clients::clients;
pub use forms::forms;
pub use return_to::return_to;
pub use templates::templates;
pub use tokens::tokens;
pub use uploads::uploads;

pub use crate::accounts::fuzz::cookies;
pub use crate::carry::fuzz::files;
pub use crate::discord::fuzz::answers;
pub use crate::live::fuzz::events;

use crate::clock::Millis;

/// The time in all of it.
pub const NOW: Millis = 1_795_462_987_710;

/// Takes any bytes.
pub type Target = fn(&[u8]);

/// Every way in, by the name of its file in `fuzz/fuzz_targets/` and of its folder in `fuzz/corpus/`.
pub static TARGETS: &[(&str, Target)] = &[
    ("answers", answers),
    ("clients", clients),
    ("cookies", cookies),
    ("cursors", cursors),
    ("events", events),
    ("files", files),
    ("forms", forms),
    ("return_to", return_to),
    ("templates", templates),
    ("tokens", tokens),
    ("uploads", uploads),
];

/// The addresses of lists: what is understood comes back in links, and no address is too much for the database.
pub fn cursors(data: &[u8]) {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(data).into_owned().collect();
    crate::giveaways::fuzz::address(&pairs);
    crate::history::fuzz::address(&pairs);
    crate::tickets::fuzz::address(&pairs);
    crate::tickets::fuzz::address_of_ratings(&pairs);
}
