//! The one place of a process where what has come further meets who is looking.
//!
//! What was told is drawn once for all who look at a server with the same rights, in the same language and with times in
//! the same zone, in the order it was told.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::AbortHandle;

use super::fragments::{self, Wanted};
use super::topics::{Moved, Topics};
use super::viewers::{Closed, Seat, Viewers};
use super::{Parts, notices, viewers};
use crate::changes::Seen;
use crate::changes::delivery::Way;
use crate::changes::news::{News, Told, Topic};
use crate::clock::Millis;
use crate::guilds::access::Admitted;
use crate::guilds::rights::Rights;
use crate::ids::GuildId;
use crate::sizes::Size;
use crate::web::words::Words;

/// What changes in lists within this time is told in one frame.
const TOGETHER: Duration = Duration::from_millis(300);

/// Clones share it.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    parts: Parts,
    viewers: Viewers,
    /// Changes that are still to be drawn.
    waiting: News,
    /// Lists that pages are still to be told of.
    lists: News,
    topics: Topics,
    workers: std::sync::OnceLock<[AbortHandle; 2]>,
}

impl Hub {
    pub(super) fn new(parts: Parts) -> Self {
        let topics = Topics::new(parts.clock.now());
        let hub = Self(Arc::new(Inner {
            viewers: Viewers::new(parts.clock.clone()),
            parts,
            waiting: News::default(),
            lists: News::default(),
            topics,
            workers: Default::default(),
        }));
        let (waiting, weak) = (hub.0.waiting.clone(), Arc::downgrade(&hub.0));
        let drawing = tokio::spawn(async move {
            loop {
                let told = waiting.next().await;
                let Some(inner) = weak.upgrade() else { return };
                Self(inner).draw(told).await;
            }
        });
        let (lists, weak) = (hub.0.lists.clone(), Arc::downgrade(&hub.0));
        let telling = tokio::spawn(async move {
            loop {
                let told = lists.next().await;
                let Some(inner) = weak.upgrade() else { return };
                Self(inner).tell_of_lists(told).await;
                // Whatever comes in meanwhile is told together.
                tokio::time::sleep(TOGETHER).await;
            }
        });
        // Just made: nobody has set it before.
        let _ = hub.0.workers.set([drawing.abort_handle(), telling.abort_handle()]);
        hub
    }

    /// Something has come further; who does not look is not told.
    pub(super) fn news(&self, told: Vec<Told>) {
        let now = self.0.parts.clock.now();
        for one in told {
            if one.topic == Topic::Staff {
                // A refusal is not remembered, and rights are not believed, that were before.
                self.0.parts.access.reconsider(one.guild);
                self.ask_again(one.guild);
            }
            let is_list = one.topic != Topic::Changes;
            if is_list {
                self.0.topics.note(one.guild, one.topic, now);
            }
            if self.0.viewers.watches(one.guild) {
                let waiting = if is_list { &self.0.lists } else { &self.0.waiting };
                waiting.tell(one.guild, one.topic, &one.id);
            }
        }
    }

    async fn draw(&self, told: Vec<Told>) {
        // Told is in the order of the guilds.
        for of_guild in told.chunk_by(|one, next| one.guild == next.guild) {
            let ids = of_guild.iter().map(|one| one.id.clone()).collect();
            self.draw_for(of_guild[0].guild, Wanted::Ids(ids), |_| true).await;
        }
    }

    /// One frame a server, however much has changed, and a few words on what concerns an open page.
    async fn tell_of_lists(&self, told: Vec<Told>) {
        let now = self.0.parts.clock.now();
        for of_guild in told.chunk_by(|one, next| one.guild == next.guild) {
            let guild = of_guild[0].guild;
            let moved = Moved::Some(of_guild.iter().map(|one| one.topic).collect());
            self.0.viewers.send_each(guild, |_, rights| fragments::topics(&moved, now, rights));
            match notices::News::read(&self.0.parts, guild, of_guild, self.way(guild)).await {
                Ok(Some(news)) => self.0.viewers.send_each(guild, |words, rights| news.frame(words, rights)),
                Ok(None) => {}
                Err(error) => tracing::warn!(cause = %error, "open pages cannot be told"),
            }
        }
    }

    /// Which lists have changed since then.
    pub(super) fn moved_since(&self, guild: GuildId, since: Millis) -> Moved {
        self.0.topics.moved_since(guild, since)
    }

    /// Whatever has come further since then: of what each sees by itself, or what others do would leave no room for it.
    pub(super) async fn draw_since(&self, guild: GuildId, since: Millis) {
        let views = || self.0.viewers.eyes(guild).into_iter().map(|(_, rights)| Seen::by(&rights));
        let mut drawn: Vec<Seen> = Vec::new();
        // Meanwhile somebody may have come to see something else.
        while let Some(seen) = views().find(|seen| !drawn.contains(seen)) {
            self.draw_for(guild, Wanted::Since(since, seen.clone()), |rights| Seen::by(rights) == seen).await;
            drawn.push(seen);
        }
    }

    async fn draw_for(&self, guild: GuildId, wanted: Wanted, whom: impl Fn(&Rights) -> bool) {
        match fragments::Came::read(&self.0.parts, guild, wanted, self.way(guild)).await {
            Ok(Some(came)) => {
                let frame = |words: &Words, rights: &Rights| whom(rights).then(|| came.frame(words, rights)).flatten();
                self.0.viewers.send_each(guild, frame);
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(cause = %error, "open pages cannot be told"),
        }
    }

    /// What was said while nothing could be heard is looked up.
    pub(super) async fn catch_all_up(&self, since: Millis) {
        let now = self.0.parts.clock.now();
        self.0.topics.forget(now);
        for guild in self.0.viewers.guilds() {
            self.0.viewers.send_each(guild, |_, rights| fragments::topics(&Moved::All, now, rights));
            self.draw_since(guild, since).await;
        }
    }

    /// The rights of whoever looks at a server are asked anew at once.
    pub(super) fn ask_again(&self, guild: GuildId) {
        self.0.viewers.ask_again(guild);
    }

    pub(super) fn seat(&self, admitted: &Admitted, words: Words) -> Result<Seat, Closed> {
        self.0.viewers.seat(admitted, words)
    }

    pub fn sizes(&self) -> Vec<Size> {
        let inner = &self.0;
        let told = [inner.waiting.size("changes_to_draw"), inner.lists.size("lists_to_tell"), inner.topics.size()];
        told.into_iter().chain(inner.viewers.sizes()).collect()
    }

    /// Pages that are open and seen.
    pub fn streams(&self) -> usize {
        self.0.viewers.count()
    }

    pub(super) fn parts(&self) -> &Parts {
        &self.0.parts
    }

    pub(super) fn viewers(&self) -> &viewers::Viewers {
        &self.0.viewers
    }

    pub(super) fn way(&self, guild: GuildId) -> Way {
        let parts = &self.0.parts;
        Way { lost_since: parts.relay.health().lost_since(), bot: parts.bots.reach(guild) }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.workers.get().into_iter().flatten().for_each(AbortHandle::abort);
    }
}
