//! A person's own account.

mod disconnection;
mod erasure;
mod forgetting;
mod sessions;
