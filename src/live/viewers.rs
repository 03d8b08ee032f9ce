//! Who has a page of which server open, and how each is reached.
//!
//! A browser that does not keep up is let go rather than waited for.

mod confirming;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use actix_web::web::Bytes;
use tokio::sync::mpsc;

use crate::accounts::Person;
use crate::changes::delivery::Way;
use crate::clock::{Clock, Millis};
use crate::guilds::access::Admitted;
use crate::guilds::rights::Rights;
use crate::ids::{GuildId, UserId};
use crate::sizes::Size;
use crate::web::words::Words;

/// What may wait for one browser.
const ROOM: usize = 16;
/// Open streams of one person.
const MOST_EACH: usize = 5;

/// Open streams of this process.
const MOST: usize = 50_000;

/// Why a stream ends, as the page is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// The rights are gone.
    Rights,
    /// The session has ended.
    Session,
    /// The same person has opened more pages since.
    Many,
    /// Nobody has confirmed lately that they still have what they were given: they may come again later.
    Unsure,
    /// The browser did not keep up.
    Slow,
    /// This instance stops; another one, or the next start, goes on.
    Stopping,
}

impl Ending {
    /// Whether nothing more may be told, not even what waits already.
    pub fn shuts_out(self) -> bool {
        matches!(self, Self::Rights | Self::Session | Self::Unsure)
    }
}

pub(super) struct Viewers {
    clock: Clock,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    closed: bool,
    next: u64,
    /// Whether somebody of staff is asked about next, and no manager.
    staffs_turn: bool,
    guilds: HashMap<GuildId, Place>,
}

#[derive(Default)]
struct Place {
    viewers: Vec<Viewer>,
    /// What the pages were last told of the way to the bot.
    way: Option<Way>,
}

struct Viewer {
    /// The order in which they came.
    number: u64,
    person: Person,
    /// Their language and zone.
    words: Words,
    /// What they may be told of.
    rights: Rights,
    /// When Discord was asked for the answer that the rights stand on.
    confirmed_at: Millis,
    /// When the rights were last to be asked; 0: they are to be asked at once.
    asked_at: Millis,
    /// Since when they are being asked.
    asking_since: Option<Millis>,
    /// Whether something was kept from them, because nobody had confirmed them.
    missed: bool,
    frames: mpsc::Sender<Bytes>,
    ending: Arc<OnceLock<Ending>>,
}

/// A browser's end of it.
pub(super) struct Seat {
    pub frames: mpsc::Receiver<Bytes>,
    pub ending: Arc<OnceLock<Ending>>,
    /// In which it is told why it ends.
    pub words: Words,
}

/// The service stops, or has as many streams as it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Closed;

impl Viewers {
    pub fn new(clock: Clock) -> Self {
        Self { clock, held: Mutex::default() }
    }

    /// A seat for one more page. Who has too many gives up the oldest: a browser that went from page to page
    /// has left them, which is noticed only later.
    pub fn seat(&self, admitted: &Admitted, words: Words) -> Result<Seat, Closed> {
        let Admitted { guild, person, rights, confirmed_at, .. } = admitted.clone();
        let mut held = self.held();
        if held.closed {
            return Err(Closed);
        }
        // Who has gone makes room first.
        held.guilds.values_mut().for_each(Place::clear);
        held.guilds.retain(|_, place| !place.viewers.is_empty());
        held.make_room(person.id);
        if held.count() >= MOST {
            return Err(Closed);
        }
        held.next += 1;
        let number = held.next;
        let (frames, seat) = mpsc::channel(ROOM);
        let ending = Arc::new(OnceLock::new());
        let ends = Arc::clone(&ending);
        let viewer = Viewer {
            number,
            person,
            words: words.clone(),
            rights,
            confirmed_at,
            asked_at: self.clock.now(),
            asking_since: None,
            missed: false,
            frames,
            ending: ends,
        };
        held.guilds.entry(guild).or_default().viewers.push(viewer);
        Ok(Seat { frames: seat, ending, words })
    }

    pub fn watches(&self, guild: GuildId) -> bool {
        self.held().guilds.contains_key(&guild)
    }

    pub fn guilds(&self) -> Vec<GuildId> {
        self.held().guilds.keys().copied().collect()
    }

    pub fn count(&self) -> usize {
        self.held().count()
    }

    pub fn sizes(&self) -> [Size; 2] {
        let held = self.held();
        let viewers = held.guilds.values().flat_map(|place| &place.viewers);
        let fullest = viewers.map(|viewer| ROOM - viewer.frames.capacity()).max().unwrap_or(0);
        [Size::queue("live_streams", held.count(), MOST), Size::queue("live_frames_fullest", fullest, ROOM)]
    }

    /// Sends to everybody who looks at a server: a frame of its own, or none, to those of each language and zone and with
    /// the same rights. Who has no room left is let go; from whom nobody confirms it is kept.
    pub fn send_each(&self, guild: GuildId, frame: impl Fn(&Words, &Rights) -> Option<Bytes>) {
        for (words, rights) in self.eyes(guild) {
            if let Some(frame) = frame(&words, &rights) {
                self.send_to(guild, &frame, |viewer| viewer.words == words && viewer.rights == rights);
            }
        }
    }

    /// The words and rights of those who look at a server, each once.
    pub fn eyes(&self, guild: GuildId) -> Vec<(Words, Rights)> {
        let mut all: Vec<(Words, Rights)> = Vec::new();
        for viewer in self.held().guilds.get(&guild).into_iter().flat_map(|place| &place.viewers) {
            if !all.iter().any(|(words, rights)| *words == viewer.words && *rights == viewer.rights) {
                all.push((viewer.words.clone(), viewer.rights.clone()));
            }
        }
        all
    }

    fn send_to(&self, guild: GuildId, frame: &Bytes, whom: impl Fn(&Viewer) -> bool) {
        let now = self.clock.now();
        let mut held = self.held();
        if let Some(place) = held.guilds.get_mut(&guild) {
            for viewer in &mut place.viewers {
                viewer.missed |= viewer.is_unsure(now) && whom(viewer);
            }
            place.send(frame, |viewer| !viewer.is_unsure(now) && whom(viewer));
            if place.viewers.is_empty() {
                held.guilds.remove(&guild);
            }
        }
    }

    pub fn send_to_all(&self, frame: &Bytes) {
        let mut held = self.held();
        held.guilds.values_mut().for_each(|place| place.send(frame, |_| true));
        held.guilds.retain(|_, place| !place.viewers.is_empty());
    }

    /// Notes the way to the bot; true if it is another than the pages were told, or the first.
    pub fn is_new_way(&self, guild: GuildId, way: Way) -> bool {
        let mut held = self.held();
        held.guilds.get_mut(&guild).is_some_and(|place| place.way.replace(way) != Some(way))
    }

    /// The rights of whoever looks at a server are to be asked at once.
    pub fn ask_again(&self, guild: GuildId) {
        if let Some(place) = self.held().guilds.get_mut(&guild) {
            place.viewers.iter_mut().for_each(|viewer| viewer.asked_at = 0);
        }
    }

    pub fn people(&self) -> Vec<Person> {
        self.held().guilds.values().flat_map(|place| &place.viewers).map(|viewer| viewer.person.clone()).collect()
    }

    pub fn end(&self, ending: Ending, whose: impl Fn(GuildId, UserId, uuid::Uuid) -> bool) {
        let mut held = self.held();
        for (guild, place) in &mut held.guilds {
            place.end(ending, |viewer| whose(*guild, viewer.person.id, viewer.person.session));
        }
        held.guilds.retain(|_, place| !place.viewers.is_empty());
    }

    /// Ends all, and takes nobody any more.
    pub fn close(&self) {
        self.held().closed = true;
        self.end(Ending::Stopping, |_, _, _| true);
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    fn count(&self) -> usize {
        self.guilds.values().map(|place| place.viewers.len()).sum()
    }

    fn make_room(&mut self, person: UserId) {
        let of_person = |place: &Place| -> Vec<u64> {
            place.viewers.iter().filter(|viewer| viewer.person.id == person).map(|viewer| viewer.number).collect()
        };
        let mut numbers: Vec<u64> = self.guilds.values().flat_map(of_person).collect();
        numbers.sort_unstable();
        let too_many = (numbers.len() + 1).saturating_sub(MOST_EACH);
        for place in self.guilds.values_mut() {
            place.end(Ending::Many, |viewer| numbers[..too_many].contains(&viewer.number));
        }
    }
}

impl Place {
    fn clear(&mut self) {
        self.viewers.retain(|viewer| !viewer.frames.is_closed());
    }

    fn end(&mut self, ending: Ending, whose: impl Fn(&Viewer) -> bool) {
        self.viewers.retain(|viewer| {
            let ends = whose(viewer);
            if ends {
                // The first reason is the one that counts.
                let _ = viewer.ending.set(ending);
            }
            !ends
        });
    }

    fn send(&mut self, frame: &Bytes, whom: impl Fn(&Viewer) -> bool) {
        self.viewers.retain(|viewer| {
            !whom(viewer)
                || match viewer.frames.try_send(frame.clone()) {
                    Ok(()) => true,
                    Err(mpsc::error::TrySendError::Closed(_)) => false,
                    Err(mpsc::error::TrySendError::Full(_)) => {
                        // What waits is still read, and then this is said.
                        let _ = viewer.ending.set(Ending::Slow);
                        metrics::counter!("guildhall_live_slow_total").increment(1);
                        false
                    }
                }
        });
    }
}
