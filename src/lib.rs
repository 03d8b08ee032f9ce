//! Guildhall: the admin dashboard of a Discord bot. The table of contents.

pub mod accounts;
pub mod app;
pub mod bots;
pub mod changes;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod discord;
pub mod error;
pub mod guilds;
pub mod ids;
pub mod images;
pub mod keys;
pub mod landing;
pub mod live;
pub mod metrics_page;
pub mod modules;
pub mod overview;
pub mod relay;
pub mod routes;
pub mod schema;
pub mod self_check;
pub mod settings;
pub mod telemetry;
pub mod web;
