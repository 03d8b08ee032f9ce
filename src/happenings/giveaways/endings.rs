//! How a giveaway ends: with winners, with others drawn in their place, or cancelled. That a later sign of it opens it
//! again is told where it shows itself, not here.

use super::Giveaway;
use crate::clock::Millis;
use crate::events::{Said, Turn};
use crate::happenings::happening::fill;
use crate::happenings::winners::Winners;

const LONGEST_REASON: usize = 500;

impl Giveaway {
    pub(super) fn ends(&mut self, said: Said<'_>, turn: Turn, at: Millis) {
        self.closes("ended", turn, at);
        if self.state == "ended" {
            self.draw(|winners| winners.drawn(said.people("winnerIds").unwrap_or_default(), turn));
            fill(&mut self.reason, said.text("reason", LONGEST_REASON), turn);
        }
    }

    pub(super) fn is_drawn_again(&mut self, said: Said<'_>, turn: Turn, at: Millis) {
        let is_last = turn == Turn::Newer || (turn == Turn::Unnumbered && at >= self.entry_ms);
        self.closes("ended", turn, at);
        self.draw(|winners| winners.redrawn(said.people("winnerIds").unwrap_or_default(), is_last));
    }

    pub(super) fn is_cancelled(&mut self, said: Said<'_>, turn: Turn, at: Millis) {
        self.closes("cancelled", turn, at);
        if self.state == "cancelled" {
            fill(&mut self.reason, said.text("reason", LONGEST_REASON), turn);
        }
    }

    /// Of two ways to end without a number the later one holds.
    fn closes(&mut self, state: &str, turn: Turn, at: Millis) {
        let counts = match turn {
            Turn::Newer => true,
            Turn::Older => false,
            Turn::Unnumbered => !self.is_closed() || self.entry_ms <= at,
        };
        if counts {
            if self.entry_ms == 0 || !self.is_closed() {
                self.closed_at = Some(self.closed_at.map_or(at, |closed_at| closed_at.min(at)));
            }
            self.state = state.into();
            self.entry_ms = self.entry_ms.max(at);
        }
    }

    fn draw(&mut self, draw: impl FnOnce(&mut Winners)) {
        let mut winners = self.winner_lists();
        draw(&mut winners);
        (self.winner_ids, self.earlier_winner_ids) = winners.written();
    }
}
