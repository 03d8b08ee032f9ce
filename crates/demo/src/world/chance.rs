//! Chance that can be had again: the same seed gives the same world.

/// A stream of numbers from a seed (splitmix64). Not for secrets.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both included. `high` below `low` is taken as `low`.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.draw() % (high.saturating_sub(low) + 1)
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, of_hundred: u64) -> bool {
        self.draw() % 100 < of_hundred
    }

    /// One of them; none of none.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        let last = of.len().checked_sub(1)?;
        of.get(self.index(last))
    }

    /// As many of them as there are, up to `most`, each once, in any order.
    pub fn some<T: Clone>(&mut self, of: &[T], most: usize) -> Vec<T> {
        let mut left = of.to_vec();
        let mut taken = Vec::new();
        while let Some(last) = left.len().checked_sub(1)
            && taken.len() < most
        {
            let index = self.index(last);
            taken.push(left.swap_remove(index));
        }
        taken
    }

    fn index(&mut self, last: usize) -> usize {
        usize::try_from(self.between(0, last as u64)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_and_nothing_is_drawn_twice() {
        let (mut one, mut other) = (Chance::new(7), Chance::new(7));
        for _ in 0..100 {
            assert_eq!(one.draw(), other.draw());
            assert!((3..=5).contains(&one.between(3, 5)) && (3..=5).contains(&other.between(3, 5)));
        }
        let mut drawn = one.some(&[1, 2, 3, 4], 9);
        drawn.sort_unstable();
        assert_eq!(drawn, [1, 2, 3, 4]);
        assert_eq!(one.some(&[1, 2, 3, 4], 2).len(), 2);
        assert_eq!(one.one::<u8>(&[]), None);
    }
}
