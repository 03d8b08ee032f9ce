//! Which things fit what was typed, the best first. The order of words does not matter; each has to be found.

use super::letters::{fit, words};
use super::things::Thing;

/// So many words of a question are looked at.
const WORDS: usize = 8;

/// The `most` things that fit best. Nothing fits an empty question.
pub(super) fn best(things: Vec<Thing>, question: &str, most: usize) -> Vec<Thing> {
    let typed: Vec<String> = words(question).into_iter().take(WORDS).collect();
    if typed.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(u32, Thing)> =
        things.into_iter().filter_map(|thing| Some((weight(&thing, &typed)?, thing))).collect();
    // Things that fit alike stay in the order of the pages.
    found.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    found.truncate(most);
    found.into_iter().map(|(_, thing)| thing).collect()
}

/// None: a word that was typed is not there.
fn weight(thing: &Thing, typed: &[String]) -> Option<u32> {
    let mut sum = 0;
    for word in typed {
        let best = thing.words.iter().map(|(own, weight)| fit(word, own) * weight).max().unwrap_or_default();
        // "percent of votes": what joins words need not be there.
        if best == 0 && (typed.len() == 1 || word.chars().count() > 2) {
            return None;
        }
        sum += best;
    }
    let named = |own: &&String| typed.iter().any(|word| fit(word, own) >= 8);
    let all = thing.names.iter().any(|name| !name.is_empty() && name.iter().filter(named).count() == name.len());
    // Who types all of a name means what is called so.
    Some((sum + if all { 60 } else { 0 }).saturating_sub(thing.depth * 10))
}
