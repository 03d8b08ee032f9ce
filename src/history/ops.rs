//! What two lists have in common, in their order, and what stands between.

use std::collections::HashMap;
use std::hash::Hash;

use similar::DiffOp;
use similar::algorithms::{Capture, Compact, Replace, myers};

/// The runs in which the two are the same, and those in which they are not. What is equal gets one number first: the
/// search is compiled for each type it looks at, and for this one alone.
pub(super) fn ops<T: Eq + Hash>(before: &[T], after: &[T]) -> Vec<DiffOp> {
    let mut numbers = HashMap::new();
    let mut numbered = Vec::new();
    for item in before.iter().chain(after) {
        let next = numbers.len();
        numbered.push(*numbers.entry(item).or_insert(next));
    }
    found(numbered.split_at(before.len()))
}

fn found((before, after): (&[usize], &[usize])) -> Vec<DiffOp> {
    let mut search = Compact::new(Replace::new(Capture::new()), before, after);
    match myers::diff(&mut search, before, 0..before.len(), after, 0..after.len()) {
        Ok(()) => search.into_inner().into_inner().into_ops(),
        Err(never) => match never {},
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_same_is_found_and_what_was_exchanged_came_or_went_is_told() {
        let told = |before: &[&str], after: &[&str]| {
            ops(before, after).iter().map(|op| (op.tag(), op.old_range(), op.new_range())).collect::<Vec<_>>()
        };
        use similar::DiffTag::{Delete, Equal, Insert, Replace};
        assert_eq!(told(&[], &[]), []);
        assert_eq!(told(&["a", "b"], &["a", "b"]), [(Equal, 0..2, 0..2)]);
        assert_eq!(
            told(&["a", "b", "c"], &["a", "x", "c"]),
            [(Equal, 0..1, 0..1), (Replace, 1..2, 1..2), (Equal, 2..3, 2..3)]
        );
        assert_eq!(told(&["a", "a"], &["a"]), [(Equal, 0..1, 0..1), (Delete, 1..2, 1..1)]);
        assert_eq!(told(&[], &["a"]), [(Insert, 0..0, 0..1)]);
    }
}
