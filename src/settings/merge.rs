//! Two people have changed the same settings: what each of them changed, and both together.
//!
//! Pure. A list is one setting here, and so is each part of a message; of these only one side can win.

use serde_json::Value;

use crate::settings::fields::{Field, join};
use crate::settings::fill::fill;
use crate::web::form::FormData;

/// Whose value it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Mine,
    Theirs,
}

impl Side {
    pub const ALL: [Self; 2] = [Self::Mine, Self::Theirs];

    /// In forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Theirs => "theirs",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.as_str() == text)
    }
}

/// A setting in which the two sides differ.
#[derive(Clone, Debug)]
pub struct Clash<'v> {
    pub field: &'static Field,
    /// The form field's name: `welcome_message.embed.title`.
    pub path: String,
    /// The key of its words.
    pub words: String,
    /// None: what it was before is not known.
    pub was: Option<&'v Value>,
    pub mine: &'v Value,
    pub theirs: &'v Value,
}

impl Clash<'_> {
    /// The side that alone has changed it; none: both have, and somebody must choose.
    pub fn by_itself(&self) -> Option<Side> {
        match self.was {
            Some(was) if was == self.mine => Some(Side::Theirs),
            Some(was) if was == self.theirs => Some(Side::Mine),
            _ => None,
        }
    }
}

/// What the settings were when both began, and what each side made of them.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'v> {
    pub was: Option<&'v Value>,
    pub mine: &'v Value,
    pub theirs: &'v Value,
}

/// Every setting in which mine and theirs differ, in the order of the form. `words`: the key above the fields'.
pub fn clashes<'v>(fields: impl IntoIterator<Item = &'static Field>, words: &str, sides: Sides<'v>) -> Vec<Clash<'v>> {
    let mut found = Vec::new();
    collect(fields, "", words, sides, &mut found);
    found
}

fn collect<'v>(
    fields: impl IntoIterator<Item = &'static Field>,
    path: &str,
    words: &str,
    sides: Sides<'v>,
    found: &mut Vec<Clash<'v>>,
) {
    for field in fields {
        let (name, path, words) = (field.wire_name(), join(path, field.name), field.words(words));
        let below = |value: &'v Value| value.get(&name).unwrap_or(&Value::Null);
        let (was, mine, theirs) = (sides.was.map(below), below(sides.mine), below(sides.theirs));
        if mine == theirs {
            continue;
        }
        match field.parts() {
            Some(parts) => collect(parts, &path, &field.words_below(&words), Sides { was, mine, theirs }, found),
            None => found.push(Clash { field, path, words, was, mine, theirs }),
        }
    }
}

/// Theirs as a form, with the settings of `mine` where that side was chosen, just as they were typed.
pub fn merged(
    fields: impl IntoIterator<Item = &'static Field> + Clone,
    theirs: &Value,
    mine: &FormData,
    chosen: impl IntoIterator<Item = String>,
) -> FormData {
    let chosen: Vec<String> = chosen.into_iter().collect();
    let is_chosen = |name: &str| chosen.iter().any(|path| is_of(name, path));
    let is_setting = |name: &str| fields.clone().into_iter().any(|field| is_of(name, field.name));
    let mut form = fill(fields.clone(), theirs);
    form.rename(|name| (!is_chosen(name)).then(|| name.to_owned()));
    for (name, value) in mine.pairs() {
        if is_chosen(name) || !is_setting(name) {
            form.push(name, value);
        }
    }
    form
}

/// Whether a pair belongs to the field at `path`.
fn is_of(name: &str, path: &str) -> bool {
    name.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
