//! The scripts that run inside Redis, and running one in a single round trip.
//!
//! What their answers mean is the publisher's matter.

use std::sync::LazyLock;

use redis::{Cmd, ErrorKind, FromRedisValue, Pipeline, RedisResult, ServerErrorKind};

use crate::link::Wire;

/// Entries the log keeps, roughly.
pub(crate) const LOG_LENGTH: usize = 10_000;

/// A script and the hash Redis knows it by.
pub(crate) struct Script {
    code: &'static str,
    hash: String,
}

/// Writes a change and publishes it.
pub(crate) static PUBLISH: LazyLock<Script> =
    LazyLock::new(|| Script::new(concat!(include_str!("held.lua"), include_str!("script.lua"))));

/// Sends a command.
pub(crate) static COMMAND: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("command.lua")));

/// Begins, completes, or takes over.
pub(crate) static REBUILD: LazyLock<Script> =
    LazyLock::new(|| Script::new(concat!(include_str!("held.lua"), include_str!("rebuild.lua"))));

/// Removes what is held of a guild.
pub(crate) static FORGET: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("forget.lua")));

/// Reads what revisions are held.
pub(crate) static REVISIONS: LazyLock<Script> =
    LazyLock::new(|| Script::new(concat!(include_str!("held.lua"), include_str!("revisions.lua"))));

/// Puts or removes an object.
pub(crate) static OBJECT: LazyLock<Script> = LazyLock::new(|| {
    Script::new(concat!(include_str!("held.lua"), include_str!("objects.lua"), include_str!("object.lua")))
});

/// Reads what revisions of objects are held.
pub(crate) static OBJECT_REVISIONS: LazyLock<Script> = LazyLock::new(|| {
    Script::new(concat!(include_str!("held.lua"), include_str!("objects.lua"), include_str!("object_revisions.lua")))
});

impl Script {
    fn new(code: &'static str) -> Self {
        let hash = redis::Script::new(code).get_hash().to_owned();
        Self { code, hash }
    }

    /// Makes Redis remember the script, so that the next run is one round trip.
    pub(crate) async fn load(&self, wire: &mut Wire) -> RedisResult<()> {
        self.load_command().exec_async(wire).await
    }

    /// Runs the script: one round trip, or a second one when Redis had forgotten it.
    pub(crate) async fn run<T: FromRedisValue>(
        &self,
        wire: &mut Wire,
        keys: &[String],
        args: &[&[u8]],
    ) -> RedisResult<T> {
        let mut command = redis::cmd("EVALSHA");
        command.arg(&self.hash).arg(keys.len()).arg(keys).arg(args);
        match command.query_async(wire).await {
            Err(error) if error.kind() == ErrorKind::Server(ServerErrorKind::NoScript) => {
                let mut both = Pipeline::with_capacity(2);
                both.add_command(self.load_command()).ignore().add_command(command);
                let (answer,) = both.query_async(wire).await?;
                Ok(answer)
            }
            answer => answer,
        }
    }

    fn load_command(&self) -> Cmd {
        let mut command = redis::cmd("SCRIPT");
        command.arg("LOAD").arg(self.code);
        command
    }
}
