//! The rights of whoever has a page open, asked again while it is. Whose are gone is told so, and nothing more; nor is
//! anything told to staff whom nobody confirms in time.

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

use super::hub::Hub;
use super::viewers::Ending;
use crate::accounts::Person;
use crate::error::Trouble;
use crate::guilds::access::Wish;
use crate::ids::GuildId;

const LOOKS_A_SECOND: usize = 4;
const LOOK: Duration = Duration::from_millis(250);
/// About how many people is asked in a second: half of what may be asked of Discord in that time, so that whoever opens
/// a page does not wait behind those who only look. With more than 300 managers looking, an answer may thus be older
/// than a minute, unless something was heard of the server; with more than 45 of staff, the pages of some end.
const OF_WHAT_MAY_BE_ASKED: usize = 2;

pub(super) async fn keep_asking(hub: Hub) {
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // Nobody waits for an answer: who gets none in time is let go meanwhile. They end with this task.
    let mut asking = JoinSet::new();
    let mut share = Share::default();
    loop {
        looks.tick().await;
        while asking.try_join_next().is_some() {}
        let a_second = (hub.parts().discord.questions_a_second() / OF_WHAT_MAY_BE_ASKED).max(1);
        // One time for both: whoever is given up was to be asked about before.
        let now = hub.parts().clock.now();
        let due = hub.viewers().due(share.grown(a_second), now);
        share.spend(due.len());
        for (guild, person) in due {
            asking.spawn(ask(hub.clone(), guild, person));
        }
        let ended = hub.viewers().end_unsure(now);
        if ended > 0 {
            metrics::counter!("guildhall_live_unsure_total").increment(ended as u64);
            tracing::info!(event = "stream_ended", ended, "open pages of staff are told no more: nobody confirms them");
        }
    }
}

/// What may be asked, in parts of a question: a look has only a part of what a second has.
#[derive(Default)]
struct Share(usize);

impl Share {
    /// How many may be asked now. What is left over stays, up to what a second has.
    fn grown(&mut self, a_second: usize) -> usize {
        self.0 = (self.0 + a_second).min(a_second * LOOKS_A_SECOND);
        self.0 / LOOKS_A_SECOND
    }

    fn spend(&mut self, questions: usize) {
        self.0 = self.0.saturating_sub(questions * LOOKS_A_SECOND);
    }
}

/// Notes what somebody may look at, or ends their pages. Trouble in asking says nothing of them: it is asked again.
async fn ask(hub: Hub, guild: GuildId, person: Person) {
    let user = person.id;
    let ending = match hub.parts().access.admit(person, guild, Wish::TO_LOOK).await {
        Ok(admitted) => return hub.viewers().now_have(&admitted),
        Err(error) => match error.trouble {
            Trouble::NoAccess | Trouble::NotGiven | Trouble::BotAbsent => Ending::Rights,
            Trouble::SignedOut { .. } | Trouble::SignInFirst { .. } => Ending::Session,
            _ => return,
        },
    };
    tracing::info!(event = "stream_ended", guild.id = %guild, user.id = %user, ?ending, "an open page is told no more");
    hub.viewers().end(ending, |at, whose, _| at == guild && whose == user);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_share_what_may_be_asked_in_a_second() {
        let mut share = Share::default();
        let asked = |share: &mut Share, a_second| {
            let most = share.grown(a_second);
            share.spend(most);
            most
        };
        assert_eq!([0; 8].map(|_| asked(&mut share, 5)).iter().sum::<usize>(), 10);
        assert_eq!([0; 8].map(|_| asked(&mut share, 1)).iter().sum::<usize>(), 2);
        for _ in 0..100 {
            share.grown(5);
        }
        assert_eq!(asked(&mut share, 5), 5, "a quiet time saves up no more than a second");
    }
}
