//! The contract between the Guildhall dashboard and a Discord bot, over Redis.
//!
//! The dashboard publishes with [`Publisher`]; a bot follows with the subscriber and reports back
//! with events. Both sides share the types of the messages. What does not live here: anything of
//! the web, of the database, or of Discord's own API.

#![warn(missing_docs)]

mod age;
mod cache;
mod catchup;
mod change;
mod claims;
mod command;
mod dispatch;
mod event;
mod events;
mod guilds;
mod hearing;
mod heart;
mod ids;
mod inbox;
mod kept;
mod link;
mod message;
mod names;
mod obey;
mod objects;
mod orders;
mod publisher;
mod rebuild;
mod receiver;
mod record;
mod render;
mod said;
mod sample;
#[cfg(feature = "schema")]
mod schema;
mod script;
mod session;
#[cfg(test)]
mod simulation;
mod snapshot;
mod subscriber;
mod template;
mod text;
mod tls;
mod told;
mod unreachable;
mod values;
mod verdict;

pub use cache::{ConfigCache, Known};
pub use change::Change;
pub use command::{Command, CommandEnvelope, CommandResult, Done};
pub use dispatch::{Dispatched, NotDispatched};
pub use event::{Event, MAX_EVENT_BYTES, Worth};
pub use events::{EventPublisher, NotTaken};
pub use ids::{BadGuildId, BadModuleName, GuildId, ModuleName};
pub use kept::{Panel, PanelCategory, PanelEmbed, PanelQuestion, Playlist, Track};
pub use link::redis_client;
pub use message::{Action, Applied, ConfigData, ConfigMessage, MAX_REVISION, now_ms};
pub use names::Names;
pub use objects::{ObjectKey, ObjectKind};
pub use orders::{
    AboutGiveaway, AboutTicket, CustomEmbed, Giveaway, Order, PanelRemove, SendPanel, SendTest, TicketPanel,
};
pub use publisher::{Answer, Publisher, Status};
pub use record::{CommandRecord, Outcome};
pub use render::{Address, AllowedMentions, Name, Rendered, RenderedEmbed, RenderedField, Words};
#[cfg(feature = "schema")]
pub use schema::schemas;
pub use subscriber::{ConfigSubscriber, ConfigSubscriberBuilder};
pub use template::{Embed, EmbedField, MessageTemplate};
pub use told::{BotPresence, Changed, ConfigApplied, ConfigRejected, GuildChanged, SettingsUpdate};
pub use unreachable::{BadRedisUrl, Unreachable};
pub use values::{Person, Value, Values};

/// The README's example, compiled.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The protocol's example, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../../docs/protocol.md")]
struct Protocol;
