//! Ratings in numbers: the average, how often each number of stars was given, and both for each of the staff.

use std::collections::HashMap;

use crate::ids::{Snowflake, UserId};
use crate::tickets::rows::Row;

use super::rows::Given;

/// More of the staff than this are not listed.
const STAFF: usize = 50;

/// How often 1 to 5 stars were given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stars([i64; 5]);

impl Stars {
    fn add(&mut self, stars: i32, count: i64) {
        let place = usize::try_from(stars - 1).ok().and_then(|place| self.0.get_mut(place));
        if let Some(place) = place {
            *place += count;
        }
    }

    pub fn count(&self) -> i64 {
        self.0.iter().sum()
    }

    /// How often so many were given.
    pub fn of(&self, stars: usize) -> i64 {
        stars.checked_sub(1).and_then(|place| self.0.get(place)).copied().unwrap_or(0)
    }

    /// In tenths, rounded; None: none was given.
    pub fn average(&self) -> Option<i64> {
        let count = self.count();
        let sum: i64 = (1..).zip(self.0).map(|(stars, count)| stars * count).sum();
        (count > 0).then(|| (sum * 10 + count / 2) / count)
    }

    /// Of a hundred, rounded.
    pub fn percent(&self, stars: usize) -> i64 {
        let count = self.count();
        if count == 0 { 0 } else { (self.of(stars) * 100 + count / 2) / count }
    }
}

/// All of them, and those of each of the staff, who has most first.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    pub all: Stars,
    pub staff: Vec<(UserId, Stars)>,
}

impl Summary {
    pub fn of(given: &[Given]) -> Self {
        let mut all = Stars::default();
        let mut staff: HashMap<UserId, Stars> = HashMap::new();
        for (id, stars, count, _) in given {
            all.add(*stars, *count);
            if let Some(id) = id.and_then(Snowflake::id) {
                staff.entry(id).or_default().add(*stars, *count);
            }
        }
        let mut staff: Vec<_> = staff.into_iter().collect();
        staff.sort_by_key(|(id, stars)| (-stars.count(), id.get()));
        staff.truncate(STAFF);
        Self { all, staff }
    }
}

/// What the staff is called, as was last heard, or as these tickets say.
pub fn staff_names(given: &[Given], tickets: &HashMap<String, Row>) -> HashMap<UserId, String> {
    let heard = given.iter().filter_map(|(id, _, _, name)| Some((id.and_then(Snowflake::id)?, name.clone()?)));
    let mut newest: Vec<&Row> = tickets.values().collect();
    newest.sort_by_key(|row| row.opened_at);
    let named = newest.into_iter().filter_map(|row| {
        let name = row.claimer_name.clone().filter(|name| !name.trim().is_empty())?;
        Some((row.claimed_by.and_then(Snowflake::id)?, name))
    });
    named.chain(heard).collect()
}

#[cfg(test)]
mod tests {
    use twilight_model::id::Id;

    use super::*;

    #[test]
    fn stars_are_summed_up_for_all_and_for_each_of_the_staff() {
        let (one, two) = (Id::new(7), Id::new(8));
        let given = [
            (Some(one.into()), 5, 2, None),
            (Some(one.into()), 4, 1, None),
            (Some(two.into()), 1, 1, None),
            (None, 3, 5, None),
        ];
        let summary = Summary::of(&given);
        assert_eq!(summary.all, Stars([1, 0, 5, 1, 2]));
        assert_eq!((summary.all.count(), summary.all.average()), (9, Some(33)));
        assert_eq!((summary.all.percent(3), summary.all.percent(2), summary.all.of(5)), (56, 0, 2));
        let staff: Vec<_> =
            summary.staff.iter().map(|(id, stars)| (*id, stars.average().unwrap_or_default())).collect();
        assert_eq!(staff, [(one, 47), (two, 10)]);
        assert_eq!((Stars::default().average(), Stars::default().percent(5)), (None, 0));
        let strange = Summary::of(&[(None, 0, 1, None), (None, 6, 1, None), (None, i32::MIN + 1, 1, None)]);
        assert_eq!(strange.all.count(), 0);
    }
}
