//! A faithful local Discord: OAuth pages, REST answers, images and every way they can fail.
//! For tests and the demo; it binds loopback only and every page says that it is no Discord.
//!
//! - `world`: what exists, as a plain value that tests edit
//! - `permissions`: what somebody may do in that world
//! - `seed`: a world worth looking at
//! - `server`: [`Standin`], which serves a world
//! - `state`: what the server's parts share
//! - `gate`: what every request passes: log, User-Agent, faults
//! - `faults`, `requests`: what can go wrong; what was asked
//! - `oauth`: authorize and install pages, tokens
//! - `rest`: `/api/v10`
//! - `shapes`: a world's things as Discord's JSON
//! - `images`: icons, avatars and emojis as PNG
//! - `control`: the same switches over HTTP, for browser tests and the demo
//! - `params`, `html`: reading queries and forms; the frame of every page

mod clock;
mod control;
mod faults;
mod gate;
mod html;
mod id;
mod images;
mod oauth;
mod params;
pub mod permissions;
mod requests;
mod rest;
pub mod seed;
mod server;
mod shapes;
mod state;
pub mod world;

pub use clock::{Clock, iso8601};
pub use faults::{Fault, FaultKind, RateLimitScope};
pub use id::{Id, NotAnId};
pub use requests::{Caller, SeenRequest};
pub use server::{Standin, WorldHandle};
pub use world::World;
