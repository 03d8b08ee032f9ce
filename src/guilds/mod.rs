//! Servers: who may manage one, what it has, the picker and the overview.

pub mod access;
pub mod guard;
pub mod pages;
pub mod snapshot;
