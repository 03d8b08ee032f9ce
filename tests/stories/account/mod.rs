//! A person's own account.

mod sessions;
