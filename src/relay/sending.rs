//! Sending changes to Redis, and what its answers mean for them.

use config_sync::{Answer, Unreachable};
use tokio::sync::oneshot;

use super::marks::{Became, Mark};
use super::overrule::Overruled;
use super::task::Sender;
use super::{Delivery, Unsent, outbox};

/// Redis gave no answer, or none that lets us go on.
pub(super) struct Lost;

impl Sender {
    /// Sends changes in their order, and hears the answers afterwards. Whether any was sent.
    pub(super) async fn send_together(&mut self, changes: Vec<(Unsent, oneshot::Sender<Delivery>)>) -> bool {
        if changes.is_empty() {
            return false;
        }
        let answers = self.publish_all(&changes).await;
        let (mut sent, mut refilled) = (false, false);
        for ((change, reply), mut answer) in changes.into_iter().zip(answers) {
            if matches!(answer, Some(Answer::Empty | Answer::Behind { .. })) && std::mem::replace(&mut refilled, true) {
                // Redis was filled again since it said so.
                answer = self.publish(&change).await;
            }
            let delivery = self.conclude(&change, answer, Vec::new()).await;
            sent |= delivery == Delivery::Sent;
            // Nobody may be waiting any more; the row is marked all the same.
            let _ = reply.send(delivery);
        }
        sent
    }

    /// As [`Self::publish`], for each of these.
    async fn publish_all(&mut self, changes: &[(Unsent, oneshot::Sender<Delivery>)]) -> Vec<Option<Answer>> {
        let Some(highest_n) = self.known_n().await else { return changes.iter().map(|_| None).collect() };
        let messages: Vec<_> = changes.iter().map(|(change, _)| change.message()).collect();
        match self.parts.publisher.publish_all(&messages, highest_n).await {
            Ok(answers) => answers.into_iter().map(|answer| self.heard(Ok(answer))).collect(),
            Err(Unreachable::Unsendable) => {
                // One of them, and not all.
                let mut answers = Vec::new();
                for (change, _) in changes {
                    answers.push(self.publish(change).await);
                }
                answers
            }
            Err(error) => {
                self.heard(Err(error));
                changes.iter().map(|_| None).collect()
            }
        }
    }

    /// Sends one change, which stands for these older ones, and notes what to write down of it.
    pub(super) async fn send(&mut self, change: &Unsent, older: Vec<String>) -> Delivery {
        let answer = self.publish(change).await;
        self.conclude(change, answer, older).await
    }

    /// What an answer means for a change.
    async fn conclude(&mut self, change: &Unsent, answer: Option<Answer>, older: Vec<String>) -> Delivery {
        let answer = match answer {
            Some(Answer::Empty | Answer::Behind { .. }) => match self.refill().await {
                true => self.publish(change).await,
                false => None,
            },
            answer => answer,
        };
        let (delivery, became) = match answer {
            Some(Answer::Sent { n, at }) => (Delivery::Sent, Became::Sent(Some((n, at)))),
            Some(Answer::Same) => (Delivery::Sent, Became::Sent(None)),
            // Only the database can say whether something newer was saved: Redis may know what the database lost.
            Some(Answer::Stale { held }) => match self.overrule(change.guild, change.module, held).await {
                Overruled::Raised | Overruled::Known => (Delivery::Replaced, Became::Replaced),
                Overruled::Later => (Delivery::Waiting, Became::Waiting(change.attempts)),
            },
            Some(Answer::Empty | Answer::Behind { .. } | Answer::Foreign { .. }) | None => {
                (Delivery::Waiting, Became::Waiting(change.attempts))
            }
        };
        let older = if delivery == Delivery::Waiting { Vec::new() } else { older };
        self.note(change, became, older);
        delivery
    }

    pub(super) fn note(&mut self, change: &Unsent, became: Became, older: Vec<String>) {
        if !change.id.is_empty() {
            self.marks.push(Mark { id: change.id.clone(), guild: change.guild, became, older });
        }
    }

    /// One round trip; None: no answer, or none that lets us go on.
    pub(super) async fn publish(&mut self, change: &Unsent) -> Option<Answer> {
        let highest_n = self.known_n().await?;
        let answer = self.parts.publisher.publish(&change.message(), highest_n).await;
        self.heard(answer)
    }

    /// What an answer says of Redis as a whole; None: there was none, or none that lets us go on.
    pub(super) fn heard(&mut self, answer: Result<Answer, Unreachable>) -> Option<Answer> {
        match answer {
            Ok(answer) => {
                self.parts.health.answered();
                let foreign = matches!(answer, Answer::Foreign { .. });
                self.parts.health.belongs_to_another(foreign, self.parts.clock.now());
                self.settled &= !foreign;
                if let Answer::Sent { n, .. } = answer {
                    self.highest_n = self.highest_n.max(n);
                }
                Some(answer)
            }
            Err(Unreachable::Unsendable) => {
                tracing::error!("a revision is too large to be sent");
                None
            }
            Err(error) => {
                self.lost(&error);
                None
            }
        }
    }

    pub(super) fn lost(&mut self, error: &Unreachable) -> Lost {
        self.parts.health.failed(error, self.parts.clock.now());
        self.settled = false;
        self.counted_at = None;
        Lost
    }

    /// The highest count the database knows, read again on every new connection.
    pub(super) async fn known_n(&mut self) -> Option<u64> {
        let connections = self.parts.publisher.connections();
        if self.counted_at != Some(connections) {
            match outbox::highest_n(&self.parts.db).await {
                Ok(n) => {
                    self.highest_n = self.highest_n.max(n);
                    self.counted_at = Some(connections);
                }
                Err(error) => {
                    tracing::warn!(cause = %error, "the outbox cannot be read");
                    return None;
                }
            }
        }
        Some(self.highest_n)
    }
}
