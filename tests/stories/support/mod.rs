//! The stage of a story: the service, the people who visit it, the bot that listens, and what is stored.

pub mod app;
pub mod bot;
pub mod certificates;
pub mod database;
pub mod events;
pub mod logs;
pub mod many;
pub mod page;
pub mod records;
pub mod redis;
pub mod stream;
pub mod visitor;
pub mod wire;

pub use app::TestApp;
