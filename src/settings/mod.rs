//! THE one way settings change.

pub mod controls;
pub mod pages;
pub mod preview;
