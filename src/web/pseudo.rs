//! English made strange, for looking at pages: what was put together from other words than the catalogue's, what has no
//! room for longer ones and what only works from left to right is plain to see, without knowing another language.
//!
//! Only the catalogue's own text is changed. What is filled in stays as it is.

use std::borrow::Cow;

const PLAIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const WITH_MARKS: &str = "áƀçđéƒğĥíĵķļɱñóþɋŕšţúṽŵẋýžÁƁÇĐÉƑĞĤÍĴĶĻḾÑÓÞɊŔŠŢÚṼŴẊÝŽ";

/// Begins and ends a word that is written from right to left.
const MIRRORED: (&str, &str) = ("\u{200F}\u{202E}", "\u{202C}\u{200F}");

/// Marks on every letter, and vowels and some others twice: about two fifths longer.
pub fn marked(text: &str) -> Cow<'_, str> {
    let mut long = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        let with_mark = mark(letter);
        long.push(with_mark);
        if matches!(letter.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'n' | 'o' | 's' | 'u') {
            long.push(with_mark);
        }
    }
    long.into()
}

fn mark(letter: char) -> char {
    let place = PLAIN.chars().position(|one| one == letter);
    place.and_then(|place| WITH_MARKS.chars().nth(place)).unwrap_or(letter)
}

/// A whole message of marked text: one that is cut off, or put together from two, shows it.
pub fn bracketed(text: &str) -> String {
    format!("[{text}]")
}

/// Every word as if its letters were of a script that runs from right to left.
pub fn mirrored(text: &str) -> Cow<'_, str> {
    let mut turned = String::with_capacity(text.len() * 2);
    let mut inside = false;
    for letter in text.chars() {
        let is_word = letter.is_alphanumeric() || (inside && matches!(letter, '\'' | '’'));
        if is_word != inside {
            turned.push_str(if is_word { MIRRORED.0 } else { MIRRORED.1 });
            inside = is_word;
        }
        turned.push(letter);
    }
    if inside {
        turned.push_str(MIRRORED.1);
    }
    turned.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_stays_plain_and_all_else_stays_as_it_is() {
        assert_eq!(PLAIN.chars().count(), WITH_MARKS.chars().count());
        let text = marked(PLAIN);
        assert!(!text.contains(|c: char| c.is_ascii_alphabetic()), "{text}");
        assert!(text.chars().all(char::is_alphabetic), "{text}");
        assert_eq!(marked("Save, 12 %: “now”"), "ŠŠááṽéé, 12 %: “ññóóŵ”");
    }

    #[test]
    fn marked_text_is_a_third_longer_and_more() {
        let english = "Changes are kept for some days; the newest of each module always stays.";
        let (plain, long) = (english.chars().count(), marked(english).chars().count());
        assert!((plain * 13..plain * 15).contains(&(long * 10)), "{plain} became {long}");
    }

    #[test]
    fn every_word_is_turned_around_and_signs_between_them_are_not() {
        let word = |text: &str| format!("\u{200F}\u{202E}{text}\u{202C}\u{200F}");
        assert_eq!(mirrored("Save all, now"), format!("{} {}, {}", word("Save"), word("all"), word("now")));
        assert_eq!(mirrored("the bot’s"), format!("{} {}", word("the"), word("bot’s")));
        assert_eq!(mirrored(" · "), " · ");
        assert_eq!(mirrored(""), "");
    }
}
