//! Everything that needs a real Redis. Each test starts its own server on a free port.

#![expect(clippy::unwrap_used, reason = "a test that fails here says enough")]

#[path = "redis/acknowledging.rs"]
mod acknowledging;
#[path = "redis/addresses.rs"]
mod addresses;
#[path = "redis/aging.rs"]
mod aging;
#[path = "redis/answering.rs"]
mod answering;
#[path = "redis/certificates.rs"]
mod certificates;
#[path = "redis/commands.rs"]
mod commands;
#[path = "redis/crowded.rs"]
mod crowded;
#[path = "redis/following.rs"]
mod following;
#[path = "redis/guilds.rs"]
mod guilds;
#[path = "redis/interleaving.rs"]
mod interleaving;
#[path = "redis/objects.rs"]
mod objects;
#[path = "redis/outages.rs"]
mod outages;
#[path = "redis/permissions.rs"]
mod permissions;
#[path = "redis/publishing.rs"]
mod publishing;
#[path = "redis/rebuilding.rs"]
mod rebuilding;
#[path = "redis/restored.rs"]
mod restored;
#[path = "redis/support.rs"]
mod support;
