//! Why Redis could not be asked. What Redis answered is not here.

/// The address of Redis cannot be understood. The address itself is not repeated: it may hold a
/// password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the Redis URL is not usable: {0}")]
pub struct BadRedisUrl(pub(crate) String);

/// Redis gave no answer that can be used. The change waits; whoever asked asks again later.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreachable {
    /// No answer within the bound. The command may be carried out later all the same; revisions
    /// make that harmless.
    #[error("Redis did not answer in time")]
    Late,
    /// Not even asked: the last calls failed, and the next probe is not due yet.
    #[error("Redis was not asked, because it did not answer lately")]
    Skipped,
    /// No connection, or it broke.
    #[error("no connection to Redis: {0}")]
    Broken(String),
    /// Redis answered with an error, say out of memory.
    #[error("Redis refused: {0}")]
    Refused(String),
    /// Redis does not let this account do it.
    #[error("Redis refused: {0}")]
    Forbidden(String),
    /// The message was not sent, because it has no data or its revision is 0 or above 2^53 − 1.
    #[error("the message has no revision that could be sent")]
    Unsendable,
}

impl Unreachable {
    pub(crate) fn from_redis(error: &redis::RedisError) -> Self {
        match error.kind() {
            redis::ErrorKind::Server(redis::ServerErrorKind::NoPerm) => Self::Forbidden(error.to_string()),
            redis::ErrorKind::Server(_) | redis::ErrorKind::Extension => Self::Refused(error.to_string()),
            _ => Self::Broken(error.to_string()),
        }
    }
}
