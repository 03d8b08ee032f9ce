//! Guildhall: the admin dashboard of a Discord bot. The table of contents.

pub mod accounts;
pub mod changes;
pub mod clock;
pub mod config;
pub mod db;
pub mod discord;
pub mod error;
pub mod guilds;
pub mod ids;
pub mod keys;
pub mod live;
pub mod modules;
pub mod relay;
pub mod schema;
pub mod settings;
pub mod web;
