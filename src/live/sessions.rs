//! An open page ends with the session it belongs to: at once when it is ended here or on another instance, and within
//! seconds whatever ended it.

use std::collections::HashSet;

use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

use super::hub::Hub;
use super::neighbours::Neighbours;
use super::viewers::Ending;
use crate::accounts::{self, Person};

/// Looks whenever a session was ended here, and has the other instances look.
pub(super) async fn follow(hub: Hub, neighbours: Neighbours) {
    let mut ended = hub.parts().accounts.ended_sessions();
    loop {
        match ended.recv().await {
            Ok(user) => {
                look(&hub, |person| person.id == user).await;
                // A page of another instance ends with its next look, too.
                if let Err(error) = neighbours.tell_of_sessions(user).await {
                    tracing::debug!(cause = %error, "other instances cannot be told of ended sessions");
                }
            }
            // More have ended than were kept.
            Err(RecvError::Lagged(_)) => look(&hub, |_| true).await,
            Err(RecvError::Closed) => return,
        }
    }
}

/// Ends the pages of these people whose sessions do not hold any more. The database says it, whoever asks to look.
pub(super) async fn look(hub: &Hub, whose: impl Fn(&Person) -> bool) {
    let people = hub.viewers().people();
    let looked_at: HashSet<Uuid> = people.iter().filter(|person| whose(person)).map(|person| person.session).collect();
    if looked_at.is_empty() {
        return;
    }
    let parts = hub.parts();
    match accounts::open_among(&parts.db, &parts.clock, looked_at.clone()).await {
        Ok(open) => {
            let is_over = |session: Uuid| looked_at.contains(&session) && !open.contains(&session);
            hub.viewers().end(Ending::Session, |_, _, session| is_over(session));
        }
        Err(error) => tracing::debug!(cause = %error, "sessions cannot be looked at"),
    }
}
