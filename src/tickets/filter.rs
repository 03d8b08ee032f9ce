//! Which tickets a list shows: read from the address, kept in its links, drawn as a form.

use crate::db::storable;

/// Letters of a search that count.
const LONGEST: usize = 100;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filter {
    pub shelf: Shelf,
    /// A number, an opener's name or id, or a category; empty: all.
    pub text: String,
    /// Something in the address was not understood.
    pub strange: bool,
}

/// The lists; a deleted ticket stands among the closed ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shelf {
    #[default]
    Open,
    Claimed,
    Closed,
}

impl Shelf {
    pub const ALL: [Self; 3] = [Self::Open, Self::Claimed, Self::Closed];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Claimed => "claimed",
            Self::Closed => "closed",
        }
    }
}

impl Filter {
    /// The first value of each name counts; an empty one is none.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let asked = |name: &str| pairs.iter().find(|(key, value)| key == name && !value.is_empty());
        let mut filter = Self::default();
        if let Some((_, state)) = asked("state") {
            match Shelf::ALL.into_iter().find(|one| one.as_str() == state) {
                Some(shelf) => filter.shelf = shelf,
                None => filter.strange = true,
            }
        }
        if let Some((_, text)) = asked("q") {
            filter.text = storable(text.trim()).chars().take(LONGEST).collect();
        }
        filter
    }

    /// The same on another shelf.
    pub fn on(&self, shelf: Shelf) -> Self {
        Self { shelf, ..self.clone() }
    }

    /// As an address has it.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let state = (self.shelf != Shelf::Open).then(|| ("state", self.shelf.as_str().to_owned()));
        let text = (!self.text.is_empty()).then(|| ("q", self.text.clone()));
        state.into_iter().chain(text).collect()
    }
}
