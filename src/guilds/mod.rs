//! Servers: who may manage one, what it has, the picker and the overview.

pub mod pages;
pub mod snapshot;
