//! The languages pages come in, what is different in each besides its words, and which one a browser asks for.
//!
//! The words themselves are in `catalogue`. The last two languages are made up from English while the program runs
//! (`pseudo`): pages in them show what is not from the catalogue, too narrow, or fixed to one side.

use unic_langid::LanguageIdentifier;

/// Of an `Accept-Language` no more than this is read.
const MOST_WISHES: usize = 32;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    #[default]
    English,
    Vietnamese,
    /// English with marks on its letters, longer, and in brackets.
    Marked,
    /// English from right to left.
    Mirrored,
}

impl Language {
    pub const ALL: [Self; 4] = [Self::English, Self::Vietnamese, Self::Marked, Self::Mirrored];
    /// Those that people speak.
    pub const REAL: [Self; 2] = [Self::English, Self::Vietnamese];

    /// As in HTML's `lang`, in the database, in forms and cookies.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Vietnamese => "vi",
            Self::Marked => "en-XA",
            Self::Mirrored => "ar-XB",
        }
    }

    pub fn parse(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    pub fn dir(self) -> &'static str {
        if self == Self::Mirrored { "rtl" } else { "ltr" }
    }

    /// The folder of `locales/` its words are in, or are made from.
    pub fn folder(self) -> &'static str {
        match self {
            Self::English | Self::Marked | Self::Mirrored => "en",
            Self::Vietnamese => "vi",
        }
    }

    /// Whose rules of plurals hold: those of the language the words are in.
    pub fn plurals(self) -> LanguageIdentifier {
        self.folder().parse().unwrap_or_default()
    }

    /// What stands between thousands, and in front of tenths.
    pub fn separators(self) -> (char, char) {
        if self == Self::Vietnamese { ('.', ',') } else { (',', '.') }
    }

    /// Of those that people speak the one that an `Accept-Language` likes best; English if it likes none of them.
    pub fn accepted(header: &str) -> Self {
        let mut wishes: Vec<(&str, u16)> = header.split(',').take(MOST_WISHES).filter_map(wish).collect();
        // Of wishes that weigh the same the first counts.
        wishes.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        let speaks = |(range, weight): &(&str, u16)| {
            let language = range.split('-').next().unwrap_or_default();
            let known = Self::REAL.into_iter().find(|one| one.tag().eq_ignore_ascii_case(language));
            known.filter(|_| *weight > 0)
        };
        wishes.iter().find_map(speaks).unwrap_or_default()
    }
}

/// One wish of the header and what it weighs, in thousandths; None: it cannot be read.
fn wish(text: &str) -> Option<(&str, u16)> {
    let mut parts = text.split(';').map(str::trim);
    let range = parts.next().filter(|range| !range.is_empty())?;
    let weight = match parts.next() {
        Some(parameter) => thousandths(parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q="))?)?,
        None => 1_000,
    };
    Some((range, weight))
}

/// "0.8" as 800: 0 to 1 with three decimals at most.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(decimals),
        "1" if decimals == 0 => Some(1_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_likes_best_of_what_there_is_is_chosen() {
        for (header, chosen) in [
            ("vi", Language::Vietnamese),
            ("vi-VN", Language::Vietnamese),
            ("VI-vn", Language::Vietnamese),
            ("vi-Latn-VN", Language::Vietnamese),
            ("vi-VN,vi;q=0.9,fr-FR;q=0.8,en;q=0.6", Language::Vietnamese),
            ("en-GB,en;q=0.9,vi;q=0.8", Language::English),
            ("en;q=0.7, vi;q=0.8", Language::Vietnamese),
            ("en;q=0.7, vi ; q=0.70", Language::English),
            ("fr, vi;q=0.001", Language::Vietnamese),
            ("fr,de", Language::English),
            ("vi;q=0, fr", Language::English),
            ("vi;q=0.000", Language::English),
            ("*", Language::English),
            ("*;q=0.5, vi;q=0.4", Language::Vietnamese),
            ("vie, viet-VN, vi_VN", Language::English),
            ("vi;q=2, en;q=0.1", Language::English),
            ("vi;q=1.5", Language::English),
            ("vi;q=, en", Language::English),
            ("vi;q=0.1234", Language::English),
            ("vi;level=1", Language::English),
            ("", Language::English),
            (",,;;q=,-,vi", Language::Vietnamese),
        ] {
            assert_eq!(Language::accepted(header), chosen, "{header:?}");
        }
        let long = format!("{}vi", "fr,".repeat(MOST_WISHES));
        assert_eq!(Language::accepted(&long), Language::English, "nobody wishes for so much");
    }

    #[test]
    fn a_language_nobody_speaks_is_never_what_a_browser_gets() {
        for header in ["en-XA", "ar-XB", "ar", "ar-XB;q=1, vi;q=0.1"] {
            assert!(Language::REAL.contains(&Language::accepted(header)), "{header}");
        }
    }

    #[test]
    fn a_tag_names_one_language() {
        for language in Language::ALL {
            assert_eq!(Language::parse(language.tag()), Some(language));
        }
        assert_eq!(Language::parse("EN"), None);
        assert_eq!(Language::parse(""), None);
    }
}
