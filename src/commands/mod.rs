//! Commands to the bot: written down first, then sent, and followed until the bot has answered.
//!
//! A command is a row of the change log and a row of the outbox, in the transaction of whoever gives it
//! ([`NewCommand::write`]). What sends it and asks after it is `task`; how far it has come is worked out in `state`
//! each time it is shown, and drawn by `line`. What a command does belongs to whoever gives it and to the bot.

mod again;
pub mod answers;
mod kind;
pub mod line;
mod new;
mod outbox;
pub mod pages;
mod rows;
pub mod state;
mod task;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc, oneshot};
use tokio::task::AbortHandle;
use uuid::Uuid;

use crate::changes::news::{News, Topic};
use crate::clock::Clock;
use crate::db::{Conn, Db};
use crate::error::AppError;
use crate::guilds::access::Admitted;
use crate::ids::GuildId;
use crate::relay::Relay;
use crate::sizes::Size;
use crate::web::shell::{Flash, Tone};
use crate::web::words::{Message, Words};

pub use again::again;
pub use kind::Kind;
pub use new::{LASTS, NewCommand};
pub use pages::command;
pub use rows::{Row, by_ids};

/// How long a request waits to be able to say "sent".
const PATIENCE: Duration = Duration::from_millis(250);
/// Commands that wait to be sent in this process; more are left to the sweep.
const QUEUE: usize = 1_000;

/// A command that was written down.
#[derive(Clone, Debug)]
pub struct Issued {
    /// `commandId` on the wire.
    pub id: Uuid,
    /// Its row in the change log.
    pub change: Uuid,
    pub guild: GuildId,
    pub kind: Kind,
    pub label: String,
    /// It was sent while its request waited.
    pub sent: bool,
}

impl Issued {
    fn new(command: &NewCommand, guild: GuildId) -> Self {
        let (id, change) = (Uuid::now_v7(), Uuid::now_v7());
        Self { id, change, guild, kind: command.kind, label: command.label.clone(), sent: false }
    }

    /// What the next page says of it.
    pub fn flash(&self, words: &Words) -> Flash {
        let doing = words.say(&line::doing(self.kind.wire_name(), &self.label));
        let key = if self.sent { "flash-command-sent" } else { "flash-command-waiting" };
        Flash { tone: Tone::Good, message: Message::new(key).text("doing", doing) }
    }
}

/// What sending and following works with.
#[derive(Clone)]
struct Parts {
    db: Db,
    clock: Clock,
    relay: Relay,
    news: News,
}

struct Job {
    guild: GuildId,
    id: Uuid,
    /// True: it was sent.
    sent: oneshot::Sender<bool>,
}

/// Gives commands. Clones share the sender's task, which ends with the last of them.
#[derive(Clone)]
pub struct Commands {
    parts: Parts,
    jobs: mpsc::Sender<Job>,
    wake: Arc<Notify>,
    _task: Arc<Task>,
}

struct Task(AbortHandle);

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Commands {
    /// Starts the sender. Redis need not be there.
    pub fn start(db: Db, clock: Clock, relay: Relay, news: News) -> Self {
        let (jobs, queue) = mpsc::channel(QUEUE);
        let (parts, wake) = (Parts { db, clock, relay, news }, Arc::<Notify>::default());
        let task = tokio::spawn(task::keep_going(parts.clone(), queue, wake.clone()));
        Self { parts, jobs, wake, _task: Arc::new(Task(task.abort_handle())) }
    }

    /// Writes a command down in a transaction of its own and hands it over.
    ///
    /// # Errors
    /// As [`NewCommand::write`]: nothing was written then, and nothing is sent.
    pub async fn issue(&self, admitted: &Admitted, new: NewCommand) -> Result<Issued, AppError> {
        let (guild, by, now) = (admitted.guild, admitted.person.clone(), self.parts.clock.now());
        let issued = self.parts.db.write(move |conn: &mut Conn| new.write(conn, guild, &by, now)).await?;
        Ok(self.hand_over(issued).await)
    }

    /// Sends a command whose transaction is committed, and says what is known of it after at most 250 ms. Whatever
    /// happens to this call, it will be sent while it is in time.
    pub async fn hand_over(&self, issued: Issued) -> Issued {
        let guild = issued.guild;
        self.parts.news.tell(guild, Topic::Commands, &issued.id.to_string());
        self.parts.news.tell(guild, Topic::Changes, &issued.change.to_string());
        let sent = self.send(guild, issued.id).await;
        tracing::info!(guild.id = %guild, command.id = %issued.id, kind = issued.kind.wire_name(), sent, "command given");
        Issued { sent, ..issued }
    }

    /// False: it is not sent yet.
    async fn send(&self, guild: GuildId, id: Uuid) -> bool {
        let (sent, reply) = oneshot::channel();
        if self.jobs.try_send(Job { guild, id, sent }).is_err() {
            self.wake.notify_one();
            return false;
        }
        matches!(tokio::time::timeout(PATIENCE, reply).await, Ok(Ok(true)))
    }

    pub fn size(&self) -> Size {
        Size::channel("commands", &self.jobs)
    }

    /// Looks now for what is to be sent or asked after.
    pub fn wake(&self) {
        self.wake.notify_one();
    }
}
