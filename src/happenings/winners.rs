//! Who has won a giveaway, now and before: JSON lists of ids in its row.

use crate::events::Turn;
use crate::ids::UserId;

/// So many earlier winners are kept.
const MOST_EARLIER: usize = 1_000;

/// The winners now, and those of before a reroll.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Winners {
    pub now: Vec<UserId>,
    pub earlier: Vec<UserId>,
}

impl Winners {
    pub fn read(now: &str, earlier: &str) -> Self {
        let list = |text: &str| {
            let texts: Vec<String> = serde_json::from_str(text).unwrap_or_default();
            texts.iter().filter_map(|id| crate::ids::parse(id)).collect()
        };
        Self { now: list(now), earlier: list(earlier) }
    }

    /// Both lists as they are stored.
    pub fn written(&self) -> (String, String) {
        let list = |ids: &[UserId]| {
            let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
            serde_json::to_string(&texts).unwrap_or_default()
        };
        (list(&self.now), list(&self.earlier))
    }

    /// The first draw. Where winners are known already it came late, or again.
    pub fn drawn(&mut self, winners: Vec<UserId>, turn: Turn) {
        self.named(winners, turn == Turn::Newer);
    }

    /// Another draw. `is_last`: nothing says that there was a later one.
    pub fn redrawn(&mut self, winners: Vec<UserId>, is_last: bool) {
        let known = winners.iter().all(|one| self.earlier.contains(one));
        self.named(winners, is_last && !known);
    }

    fn named(&mut self, winners: Vec<UserId>, is_last: bool) {
        if winners.is_empty() || winners == self.now {
            return;
        }
        let before = match is_last || self.now.is_empty() {
            true => std::mem::replace(&mut self.now, winners),
            false => winners,
        };
        for one in before {
            if !self.now.contains(&one) && !self.earlier.contains(&one) && self.earlier.len() < MOST_EARLIER {
                self.earlier.push(one);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(of: &[u64]) -> Vec<UserId> {
        of.iter().map(|one| UserId::new(816_370_501_973_721_000 + one)).collect()
    }

    #[test]
    fn the_first_draw_and_a_reroll_end_the_same_in_any_order() {
        let wanted = Winners { now: people(&[2]), earlier: people(&[1]) };
        let mut in_order = Winners::default();
        in_order.drawn(people(&[1]), Turn::Unnumbered);
        in_order.redrawn(people(&[2]), true);
        assert_eq!(in_order, wanted);
        in_order.drawn(people(&[1]), Turn::Unnumbered);
        in_order.redrawn(people(&[2]), true);
        assert_eq!(in_order, wanted, "told again");
        let mut turned = Winners::default();
        turned.redrawn(people(&[2]), true);
        turned.drawn(people(&[1]), Turn::Unnumbered);
        assert_eq!(turned, wanted);
        assert_eq!(Winners::read(&wanted.written().0, &wanted.written().1), wanted);
        assert_eq!(Winners::read("x", "[5]"), Winners::default());
    }

    #[test]
    fn an_older_reroll_only_tells_of_earlier_winners() {
        let mut winners = Winners { now: people(&[3]), earlier: people(&[1]) };
        winners.redrawn(people(&[2]), false);
        assert_eq!(winners, Winners { now: people(&[3]), earlier: people(&[1, 2]) });
        winners.redrawn(people(&[1]), true);
        assert_eq!(winners.now, people(&[3]), "they have won before: it is told again");
    }
}
