//! Words as they are compared: without marks on letters, without upper case, and with a slip of the finger forgiven.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The words of a text, folded.
pub(super) fn words(text: &str) -> Vec<String> {
    let folded: String =
        text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(plain).collect();
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Letters that are their own and yet typed as another one.
fn plain(c: char) -> char {
    match c {
        'đ' | 'ð' => 'd',
        'ø' => 'o',
        'ł' => 'l',
        'ı' => 'i',
        'ħ' => 'h',
        other => other,
    }
}

/// How well what was typed fits a word, from 0 (not at all) to 10 (it is the word).
pub(super) fn fit(typed: &str, word: &str) -> u32 {
    let (length, whole) = (typed.chars().count(), word.chars().count());
    if typed == word {
        10
    } else if word.starts_with(typed) {
        8
    } else if (length >= 3 || !typed.is_ascii()) && word.contains(typed) {
        5
    } else if slips(typed, word) <= forgiven(length) {
        4
    } else if length >= 4 && whole > length && begins_like(typed, word, length) {
        3
    } else {
        0
    }
}

/// Whether it is the beginning of a word that is still being typed, with one slip: a letter too few, or too many.
fn begins_like(typed: &str, word: &str, length: usize) -> bool {
    (length - 1..=length + 1).any(|taken| slips(typed, &word.chars().take(taken).collect::<String>()) <= 1)
}

/// Slips that a word of this length may have.
fn forgiven(length: usize) -> usize {
    match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Letters that are wrong, missing, too many, or the wrong way round with their neighbour; more than two are not
/// counted to the end.
fn slips(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    if left.len().abs_diff(right.len()) > 2 {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, letter) in left.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let change = above[column] + usize::from(letter != other);
            let mut least = change.min(above[column + 1] + 1).min(line[column] + 1);
            if row > 0 && column > 0 && *letter == right[column - 1] && left[row - 1] == *other {
                least = least.min(before[column - 1] + 1);
            }
            line.push(least);
        }
        before = std::mem::replace(&mut above, line);
    }
    above[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_capitals_do_not_matter() {
        assert_eq!(words("Đặt lại Âm lượng…"), ["dat", "lai", "am", "luong"]);
        assert_eq!(words("Bücher & ﬁle_name"), ["bucher", "file", "name"]);
        assert_eq!(words("DŻWIĘK łódź"), ["dzwiek", "lodz"]);
        assert!(words("  …!?").is_empty());
    }

    #[test]
    fn a_slip_is_forgiven_in_a_word_that_is_long_enough() {
        for (typed, word) in
            [("volmue", "volume"), ("voume", "volume"), ("percennt", "percent"), ("giveawys", "giveaways")]
        {
            assert_eq!(fit(typed, word), 4, "{typed}");
        }
        for (typed, word) in [("on", "in"), ("max", "min"), ("volume", "column"), ("skip", "stop"), ("", "a")] {
            assert!(fit(typed, word) < 4 || typed.is_empty(), "{typed} is not {word}");
        }
        assert!(fit("volu", "volume") > fit("lume", "volume") && fit("lume", "volume") > fit("vulome", "volume"));
        assert_eq!(fit("anouncem", "announcements"), 3, "and while it is still being typed");
    }
}
