//! Guildhall: the admin dashboard of a Discord bot.

pub mod clock;
pub mod ids;
