//! THE one way settings change.
//!
//! A module writes down its table (`fields`, `module`); a form is read (`rows`, `parse`, `placeholders`), judged
//! against the server (`judge`, `problems`), and drawn (`view`, `controls`, `pages`). What happens to a save
//! stands in `save`, what is stored in `store`.

pub mod choices;
pub mod controls;
pub mod fields;
pub mod fill;
pub mod judge;
pub mod module;
pub mod pages;
pub mod parse;
pub mod placeholders;
pub mod preview;
pub mod problems;
pub mod rows;
pub mod view;
