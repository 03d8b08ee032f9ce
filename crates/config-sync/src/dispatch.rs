//! The dashboard's side of commands: sending one, and asking what the bot keeps of some.
//!
//! When to send again, and what becomes of a command that nobody answers, is the dashboard's decision.

use std::sync::atomic::{AtomicBool, Ordering};

use redis::Pipeline;
use uuid::Uuid;

use crate::publisher::BOUND;
use crate::script::COMMAND;
use crate::{CommandRecord, Publisher, Unreachable};

/// Entries the stream of commands keeps, roughly.
const STREAM_LENGTH: usize = 10_000;

/// What Redis said to a command. Only [`Dispatched::Sent`] did anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dispatched {
    /// It stands on the stream and was published.
    Sent,
    /// It has expired by Redis's clock.
    Late,
    /// Redis belongs to another database, and its bots are not ours.
    Foreign {
        /// That database's id.
        database: String,
    },
}

/// There was no answer to a command that was to be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{cause}")]
pub struct NotDispatched {
    /// Why.
    pub cause: Unreachable,
    /// It may have been sent all the same. False: it was certainly not.
    pub perhaps: bool,
}

impl Publisher {
    /// Sends a command: the same bytes on the stream and on the channel, in one round trip of at most 250 ms.
    /// Sending the same `commandId` again is harmless, as bots do it once. `expires_at` is the message's
    /// `expiresAt`.
    ///
    /// # Errors
    /// When there was no answer; it says whether the command may have been sent all the same.
    pub async fn dispatch(&self, message: &[u8], expires_at: u64) -> Result<Dispatched, NotDispatched> {
        let keys = [self.names.epoch(), self.names.command_stream()];
        let args = [
            self.database.clone().into_bytes(),
            message.to_vec(),
            self.names.command_channel().into_bytes(),
            STREAM_LENGTH.to_string().into_bytes(),
            expires_at.to_string().into_bytes(),
        ];
        let args = args.each_ref().map(Vec::as_slice);
        let (keys, args, begun) = (&keys, &args, &AtomicBool::new(false));
        let work = |mut wire| async move {
            begun.store(true, Ordering::Relaxed);
            COMMAND.run::<Vec<String>>(&mut wire, keys, args).await
        };
        let answer = self.link.call(BOUND, work).await.map_err(|cause| {
            let refused = matches!(cause, Unreachable::Refused(_) | Unreachable::Forbidden(_));
            NotDispatched { perhaps: begun.load(Ordering::Relaxed) && !refused, cause }
        })?;
        match answer.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["OK"] => Ok(Dispatched::Sent),
            ["LATE"] => Ok(Dispatched::Late),
            ["FOREIGN", database] => Ok(Dispatched::Foreign { database: (*database).to_owned() }),
            other => {
                let cause = Unreachable::Refused(format!("the script answered {other:?}"));
                Err(NotDispatched { cause, perhaps: false })
            }
        }
    }

    /// What bots keep of some commands, in their order, in one round trip of at most 250 ms. None: nobody has
    /// claimed it, or what stands there cannot be read.
    ///
    /// # Errors
    /// When there was no answer.
    pub async fn command_records(&self, commands: &[Uuid]) -> Result<Vec<Option<CommandRecord>>, Unreachable> {
        if commands.is_empty() {
            return Ok(Vec::new());
        }
        let names = &self.names;
        let work = |mut wire| async move {
            let mut all = Pipeline::with_capacity(commands.len());
            for command in commands {
                all.get(names.command(*command));
            }
            all.query_async::<Vec<Option<Vec<u8>>>>(&mut wire).await
        };
        let kept = self.link.call(BOUND, work).await?;
        Ok(kept.into_iter().map(|bytes| serde_json::from_slice(&bytes?).ok()).collect())
    }
}
