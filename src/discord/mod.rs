//! stub
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DiscordError {
    #[error("u")]
    Unauthorized,
    #[error("f")]
    Forbidden,
    #[error("n {code}")]
    NotFound { code: u64 },
    #[error("r")]
    RateLimited { retry_after: Option<std::time::Duration> },
    #[error("x {0}")]
    Unavailable(String),
}
