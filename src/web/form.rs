//! A posted form as it arrived: ordered pairs of text, cleaned once on the way in.
//!
//! Lists repeat a key, parts of a row or a template are joined with dots. What a value means is said by
//! `settings::parse`; here are only the rules for every text: strict UTF-8, CRLF → LF, NFC.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;

/// Bytes of a form at most: a full tickets form is legal at 480 KB.
pub const MAX_BYTES: usize = 1024 * 1024;
/// What the name of a field's presets ends with: `panel_color-preset`. Empty: as typed.
const PRESET: &str = "-preset";
/// Pairs of a form at most.
pub const MAX_PAIRS: usize = 5_000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormData {
    pairs: Vec<(String, String)>,
}

/// Why a body is no form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    NotUtf8,
    TooManyPairs,
    /// Of a form with a file: it does not end, or is none.
    CutOff,
    /// Of a form with a file: the file.
    TooLarge,
}

impl FormData {
    /// Reads `application/x-www-form-urlencoded`.
    ///
    /// # Errors
    /// [`Unreadable`] for bytes that are not UTF-8 and for more than [`MAX_PAIRS`] pairs.
    pub fn decode(body: &[u8]) -> Result<Self, Unreadable> {
        let mut pairs = Vec::new();
        for part in body.split(|byte| *byte == b'&').filter(|part| !part.is_empty()) {
            if pairs.len() == MAX_PAIRS {
                return Err(Unreadable::TooManyPairs);
            }
            let cut = part.iter().position(|byte| *byte == b'=').unwrap_or(part.len());
            let key = decode_text(&part[..cut])?;
            let value = decode_text(part.get(cut + 1..).unwrap_or_default())?;
            pairs.push((key, clean(&value)));
        }
        let mut form = Self { pairs };
        form.take_presets();
        Ok(form)
    }

    /// What was chosen beside a field instead of being typed into it takes its place.
    fn take_presets(&mut self) {
        let is_preset = |name: &str| name.ends_with(PRESET);
        let chosen: Vec<(String, String)> = self.pairs.extract_if(.., |(name, _)| is_preset(name)).collect();
        for (name, value) in chosen.into_iter().filter(|(_, value)| !value.is_empty()) {
            self.set(name.strip_suffix(PRESET).unwrap_or(&name), value);
        }
    }

    /// A form without anything.
    pub const fn none() -> Self {
        Self { pairs: Vec::new() }
    }

    pub fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        Self { pairs }
    }

    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    pub fn into_pairs(self) -> Vec<(String, String)> {
        self.pairs
    }

    /// The first value of a key.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// Every value of a key, in order.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    /// Whether a check box is on.
    pub fn checked(&self, key: &str) -> bool {
        self.text(key).is_some_and(|value| value == "on")
    }

    /// The numbers of the rows of a list, as far as anything of them arrived, ascending.
    pub fn rows(&self, list: &str) -> Vec<usize> {
        let mut rows: Vec<usize> = self
            .pairs
            .iter()
            .filter_map(|(name, _)| name.strip_prefix(list)?.strip_prefix('.')?.split('.').next()?.parse().ok())
            .collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// Sets a key to one value, in the place of its first one.
    pub fn set(&mut self, key: &str, value: impl Into<String>) {
        let value = value.into();
        match self.pairs.iter_mut().find(|(name, _)| name == key) {
            Some(pair) => pair.1 = value,
            None => self.pairs.push((key.to_owned(), value)),
        }
    }

    pub fn push(&mut self, key: impl Into<String>, value: impl Into<String>) {
        self.pairs.push((key.into(), value.into()));
    }

    pub fn remove(&mut self, key: &str) {
        self.pairs.retain(|(name, _)| name != key);
    }

    /// Renames every key by `rename`; None drops the pair.
    pub fn rename(&mut self, mut rename: impl FnMut(&str) -> Option<String>) {
        let pairs = std::mem::take(&mut self.pairs);
        self.pairs = pairs.into_iter().filter_map(|(name, value)| Some((rename(&name)?, value))).collect();
    }
}

fn decode_text(bytes: &[u8]) -> Result<String, Unreadable> {
    // Most names and values are letters and digits.
    if !bytes.iter().any(|byte| matches!(byte, b'+' | b'%')) {
        return String::from_utf8(bytes.to_vec()).map_err(|_| Unreadable::NotUtf8);
    }
    let spaced: Vec<u8> = bytes.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let decoded = Cow::<[u8]>::from(percent_encoding::percent_decode(&spaced)).into_owned();
    String::from_utf8(decoded).map_err(|_| Unreadable::NotUtf8)
}

/// Line ends become LF, letters their composed form.
pub fn clean(text: &str) -> String {
    if text.is_ascii() && !text.contains('\r') {
        return text.to_owned();
    }
    text.replace("\r\n", "\n").replace('\r', "\n").nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_and_letters_are_made_one_form_before_anything_counts_them() {
        let form = FormData::decode(b"a=x%0D%0Ay&b=e%CC%81&c=1+2").expect("a form");
        assert_eq!(form.text("a"), Some("x\ny"));
        assert_eq!(form.text("b"), Some("é"));
        assert_eq!(form.text("c"), Some("1 2"));
    }

    #[test]
    fn a_preset_takes_the_place_of_what_is_typed_and_none_leaves_it() {
        let form = FormData::decode(b"a=%23111111&a-preset=%233b82f6&b=%23222222&b-preset=").expect("a form");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(form.pairs(), [pair("a", "#3b82f6"), pair("b", "#222222")]);
    }

    #[test]
    fn bytes_that_are_not_utf8_are_refused_not_replaced() {
        assert_eq!(FormData::decode(b"a=%ff"), Err(Unreadable::NotUtf8));
        assert_eq!(FormData::decode(b"%ff=a"), Err(Unreadable::NotUtf8));
    }

    #[test]
    fn rows_are_found_by_their_numbers_whatever_the_order() {
        let form = FormData::decode(b"r.10.x=1&r.2.x=1&r.2.y=2&rr.1.x=3&r=4").expect("a form");
        assert_eq!(form.rows("r"), [2, 10]);
    }
}
