//! Reading query strings and form bodies: pairs in order, the first of a name counts.

use form_urlencoded::byte_serialize;

/// Decoded pairs.
#[derive(Clone, Debug, Default)]
pub struct Params {
    pairs: Vec<(String, String)>,
}

impl Params {
    /// Of a query string or a form body.
    pub fn parse(text: impl AsRef<[u8]>) -> Params {
        Params { pairs: form_urlencoded::parse(text.as_ref()).into_owned().collect() }
    }

    /// The first value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Whether a value is one of the ways Discord writes true.
    pub fn is_true(&self, name: &str) -> bool {
        matches!(self.get(name), Some("true" | "True" | "1"))
    }

    /// All pairs, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The first value of a name exactly as it stands in the query, still encoded.
pub fn raw_value<'q>(query: &'q str, name: &str) -> Option<&'q str> {
    let mut pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// A value as it stands in a query.
pub fn encoded(value: &str) -> String {
    byte_serialize(value.as_bytes()).collect()
}
