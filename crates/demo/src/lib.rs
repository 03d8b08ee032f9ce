//! What the demo is made of, as a library so that tests can use the parts.
//!
//! - `bot`: [`bot::ExampleBot`], a bot that follows its settings and reports back
//! - `obedience`: what it does when the dashboard tells it to, if it has no life of its own
//! - `orders`: what a person may tell the bot: be slow, refuse, die
//! - `gallery`: [`gallery::Gallery`], every part of the pages in every state, on a page of its own
//! - `greeting`: what the demo says when it is there, and what to try
//! - `report`: a change in words a person reads on a terminal
//! - `ports`: [`ports::Port`], a port that is held for servers that come and go
//! - `redis_server`: a Redis of one's own, gone when dropped
//! - `world`: [`world::World`], the life on the bot's servers, for those who ask for it
//! - `place`: the folder everything is kept in, and what has to survive in it
//!
//! What does not live here: putting the parts together, which is `main`.

// The dashboard's templates name their types from the root of the crate that draws them.
use guildhall::{guilds, history, messages, settings, web};

pub mod bot;
pub mod gallery;
pub mod greeting;
pub mod obedience;
pub mod orders;
pub mod place;
pub mod ports;
pub mod redis_server;
pub mod report;
pub mod world;
