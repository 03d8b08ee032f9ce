//! Whose rights are to be asked again, in which order, and who is told nothing more because nobody confirms theirs.

use super::{Ending, Held, Viewer, Viewers};
use crate::accounts::Person;
use crate::clock::Millis;
use crate::guilds::access::{Admitted, FOR_STAFF_WHO_STAY};
use crate::ids::{GuildId, UserId};

/// How old the answer about a manager may be while a page is open.
const MANAGERS_ASKED_AFTER: Millis = 60_000;
/// The same of staff, whom a lost role shuts out.
const STAFF_ASKED_AFTER: Millis = FOR_STAFF_WHO_STAY.as_millis() as Millis;
/// What was given to staff is believed for so long: a little less than ten seconds, so that the page has ended by then.
const STAFF_BELIEVED: Millis = 9_500;
/// Of whom nothing came is asked again after this.
const ASKED_ANEW: Millis = 1_000;
/// So long may a question take that was put too late, when this process or its clock has made a leap. Nothing is told
/// meanwhile.
const TOO_LATE_A_QUESTION: Millis = 5_000;

/// Since when somebody is to be asked about, and where.
type Waiting<'a> = (Millis, GuildId, &'a mut Viewer);

impl Viewer {
    /// Whether nobody has confirmed for too long that they still have what was given to them.
    pub(super) fn is_unsure(&self, now: Millis) -> bool {
        !self.rights.is_manager() && now - self.confirmed_at >= STAFF_BELIEVED
    }

    fn is_given_up(&self, now: Millis) -> bool {
        let in_time = |since: Millis| since < self.confirmed_at + STAFF_BELIEVED;
        let had_its_time = |since: Millis| in_time(since) || now - since >= TOO_LATE_A_QUESTION;
        self.is_unsure(now) && self.asking_since.is_none_or(had_its_time)
    }

    /// Since when their rights are to be asked; None: they are not yet.
    fn waits_since(&self, now: Millis) -> Option<Millis> {
        let again = self.asked_at + ASKED_ANEW;
        let due = match self.rights.until() {
            _ if self.asked_at == 0 => 0,
            Some(end) if end <= now => end.max(again),
            _ if self.rights.is_manager() => self.asked_at + MANAGERS_ASKED_AFTER,
            _ => (self.confirmed_at + STAFF_ASKED_AFTER).max(again),
        };
        (due <= now).then_some(due)
    }
}

impl Viewers {
    /// Whose rights are to be asked now, whoever waits for longest first, at most `most` people; they count as asked.
    /// Staff and managers take turns: many of the ones do not keep the others waiting.
    pub fn due(&self, most: usize, now: Millis) -> Vec<(GuildId, Person)> {
        let mut held = self.held();
        let Held { guilds, staffs_turn, .. } = &mut *held;
        let (mut staff, mut managers): (Vec<Waiting<'_>>, Vec<Waiting<'_>>) = guilds
            .iter_mut()
            .flat_map(|(guild, place)| place.viewers.iter_mut().map(|viewer| (*guild, viewer)))
            .filter_map(|(guild, viewer)| Some((viewer.waits_since(now)?, guild, viewer)))
            .partition(|(_, _, viewer)| !viewer.rights.is_manager());
        staff.sort_by_key(turn);
        managers.sort_by_key(turn);
        let (mut staff, mut managers) = (staff.into_iter(), managers.into_iter());
        let mut people: Vec<(GuildId, Person)> = Vec::new();
        loop {
            let next = match *staffs_turn {
                true => staff.next().or_else(|| managers.next()),
                false => managers.next().or_else(|| staff.next()),
            };
            let Some((_, guild, viewer)) = next else { break };
            let known = people.iter().any(|(at, person)| *at == guild && person.may_the_same_as(&viewer.person));
            // Other pages of those who are asked about may still follow.
            if !known && people.len() >= most {
                continue;
            }
            viewer.asked_at = now;
            viewer.asking_since.get_or_insert(now);
            if !known {
                people.push((guild, viewer.person.clone()));
                *staffs_turn = !*staffs_turn;
            }
        }
        people
    }

    /// What somebody may be told of from now on, on all their pages of the server that began alike. Where something was kept from them
    /// meanwhile the page comes again, and is told what it has missed.
    pub fn now_have(&self, admitted: &Admitted) {
        let now = self.clock.now();
        let mut held = self.held();
        let Some(place) = held.guilds.get_mut(&admitted.guild) else { return };
        for viewer in place.viewers.iter_mut().filter(|viewer| viewer.person.may_the_same_as(&admitted.person)) {
            viewer.rights = admitted.rights.clone();
            viewer.confirmed_at = admitted.confirmed_at;
            viewer.asking_since = None;
        }
        place.end(Ending::Unsure, |viewer| viewer.missed && !viewer.is_unsure(now));
        if place.viewers.is_empty() {
            held.guilds.remove(&admitted.guild);
        }
    }

    /// Ends the pages of staff whom nobody has confirmed in time; gives how many these are.
    pub fn end_unsure(&self, now: Millis) -> usize {
        let mut held = self.held();
        let before = held.count();
        held.guilds.values_mut().for_each(|place| place.end(Ending::Unsure, |viewer| viewer.is_given_up(now)));
        held.guilds.retain(|_, place| !place.viewers.is_empty());
        before - held.count()
    }
}

fn turn((since, guild, viewer): &Waiting<'_>) -> (Millis, GuildId, UserId) {
    (*since, *guild, viewer.person.id)
}
