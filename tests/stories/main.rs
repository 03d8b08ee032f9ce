//! What Guildhall does, told from outside through HTTP, against a real Redis, a real database and a
//! stand-in Discord. One binary; the folders follow the URLs.
//!
//! `TEST_DATABASE_URL=postgres://…` runs the same stories on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a story that cannot go on says where")]

mod support;

mod access;
mod account;
mod attack;
mod browser;
mod carry;
mod commands;
mod counts;
mod database_trouble;
mod delivery;
mod discord_trouble;
mod drafts;
mod foreign_rows;
mod giveaways;
mod happenings;
mod health;
mod history;
mod http;
mod languages;
mod matrix;
mod navigation;
mod other_forms;
mod panels;
mod playlists;
mod preferences;
mod redis_trouble;
mod releasing;
mod routes;
mod running;
mod secrets;
mod security_events;
mod sessions;
mod settings;
mod signing_in;
mod staff;
mod starting;
mod tickets;
mod wire;
mod words;
