//! The feed on a server's overview: what the bot and the admins did, newest first.
//!
//! Its rows are the change log's and `happenings`' activities; nothing is written here.

mod said;
