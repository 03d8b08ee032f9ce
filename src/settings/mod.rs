//! THE one way settings change.
//!
//! A module writes down its table (`fields`, `module`); a form is read (`rows`, `parse`, `placeholders`, `reading`),
//! judged against the server (`judge`, `problems`), and drawn (`view`, `choices`, `controls`, `unsaved`, `pages`; `drawn` keeps it for a moment).
//! The handlers are `show`, `save`, `reset`, `check`, `try_out` and `look_again`; what is stored, and how two saves meet,
//! is in `store`. What the bot needs for it (`needs`) is looked at in the `checklist`.

pub mod adopt;
pub mod check;
pub mod checklist;
pub mod choices;
pub mod colors;
pub mod conflict;
pub mod controls;
pub mod describe;
pub mod drawn;
pub mod emoji;
pub mod fields;
pub mod fill;
pub mod form_page;
pub mod json_schema;
pub mod judge;
pub mod lengths;
pub mod look_again;
pub mod merge;
pub mod module;
pub mod names;
pub mod nav;
pub mod needs;
pub mod pages;
pub mod parse;
pub mod placeholders;
pub mod preview;
pub mod problems;
pub mod reader;
pub mod reading;
pub mod reset;
pub mod rows;
pub mod save;
pub mod scene;
pub mod show;
pub mod store;
pub mod try_out;
pub mod unsaved;
pub mod view;
