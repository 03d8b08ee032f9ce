//! Getting anywhere by its name: servers, places, modules and single settings, found by words.
//!
//! What there is to find is in `things`, how words are compared in `letters`, which things fit best in `finding`. The
//! pages are `pages`: the same answer whole, and as the part that a script puts into its dialog. Only what the person
//! may open is looked at.

mod finding;
mod letters;
mod pages;
mod things;

pub use pages::{search, search_server};
