//! HTTP plumbing: what every page needs and no module knows.

pub mod assets;
pub mod error_page;
pub mod landing;
pub mod shell;
pub mod words;
