//! A form as the template draws it: every control with its words, values, errors and choices resolved.
//!
//! Made by `settings::view` from a module's fields and a `FormView`; drawn by
//! `templates/parts/controls.html`. Nothing here decides; it only says what to draw.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::settings::lengths::Length;
use crate::web::words::{Message, filters};

/// Lists that are longer are searched by typing.
const LONG: usize = 30;

/// A group of controls under a heading.
#[derive(Clone, Debug)]
pub struct SectionView {
    pub id: String,
    pub title: String,
    pub intro: Option<String>,
    pub controls: Vec<Control>,
}

#[derive(Clone, Debug)]
pub struct Control {
    /// The element's id: the name with dots and underscores as hyphens, after "f-". The error summary links to it.
    pub id: String,
    /// The form field's name (`user_limit`, `bonus_entries.0.role_id`).
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub errors: Vec<String>,
    pub warnings: Vec<String>,
    pub kind: ControlKind,
    /// The placeholders allowed in a text, as `{name}`, with what each stands for. Those of a message stand with it.
    pub placeholders: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
pub enum ControlKind {
    /// One check box; sends `on`.
    Switch { on: bool },
    /// A number typed as text with `inputmode=numeric`. `unit` stands behind the field, `length` behind that.
    Number { value: String, min: i64, max: i64, unit: Option<String>, length: Option<Length> },
    /// One line of text. `max` in Unicode scalar values. `suggestions` go into a `<datalist>`.
    Line { value: String, max: usize, placeholder: Option<String>, suggestions: Vec<Choice> },
    /// A date and a time, typed in the zone that is named.
    Moment { value: String, zone: String },
    /// Several lines of text.
    Area { value: String, max: usize, rows: u8 },
    /// Several texts, one on a line.
    Lines { value: String, max: usize, each: usize },
    /// A sign, `:name:` or a code as text; `shown` is the picture of what is typed, `suggestions` go into a `<datalist>`.
    Emoji { value: String, shown: Picture, suggestions: Vec<Choice> },
    /// `#rrggbb` as text, with presets as radio buttons (`web::form` puts them together); `optional`: empty is allowed.
    Color { value: String, optional: bool, presets: Vec<&'static str> },
    /// One of several: a `<select>` with groups.
    Select { groups: Vec<ChoiceGroup> },
    /// Any of several: check boxes inside `<details>`; `summary` says how many are chosen.
    Checks { summary: String, open: bool, groups: Vec<ChoiceGroup> },
    /// A list of rows, each with its own controls.
    Rows(RowsControl),
    /// A message template: plain controls, then its embed's fields.
    Template(Box<TemplateControl>),
}

#[derive(Clone, Debug, Default)]
pub struct ChoiceGroup {
    /// None: no heading (choices outside any category).
    pub label: Option<String>,
    pub choices: Vec<Choice>,
}

#[derive(Clone, Debug, Default)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub selected: bool,
    pub disabled: bool,
    /// Why it is disabled, or what to know ("48 of 50 channels").
    pub note: Option<String>,
    /// A role's colour `#rrggbb`; drawn as an SVG attribute, never as a style.
    pub color: Option<String>,
    /// The language of the label, if it is another than the page's.
    pub lang: Option<&'static str>,
    /// What kind of thing it is.
    pub mark: Option<Mark>,
}

/// A kind of thing that can be chosen, as a picture of the sprite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Text,
    Announcement,
    Voice,
    Stage,
    Category,
    Role,
    Gone,
}

impl Mark {
    pub fn icon(self) -> &'static str {
        match self {
            Self::Text => "channel-text",
            Self::Announcement => "channel-announcement",
            Self::Voice => "channel-voice",
            Self::Stage => "channel-stage",
            Self::Category => "channel-category",
            Self::Role => "role",
            Self::Gone => "warning",
        }
    }
}

/// The picture of an emoji.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    None,
    Sign(String),
    /// One of the server's own, by its id.
    Own(String),
}

#[derive(Clone, Debug)]
pub struct RowsControl {
    pub rows: Vec<RowView>,
    /// The value of the "add" button (`add:bonus_entries`); None when the list is full.
    pub add: Option<String>,
    pub add_label: String,
    /// What to say when there is no row.
    pub empty: String,
}

#[derive(Clone, Debug)]
pub struct RowView {
    /// "Row 1", "Creator 2": the legend.
    pub legend: String,
    /// Simple controls only.
    pub controls: Vec<Control>,
    /// Values of the buttons `name="row"`; None at the ends of the list.
    pub up: Option<String>,
    pub down: Option<String>,
    pub remove: String,
}

#[derive(Clone, Debug)]
pub struct TemplateControl {
    /// `welcome_message`: the preview button posts `preview=welcome_message`.
    pub path: String,
    pub open: bool,
    /// The placeholders allowed here, as `{name}`, with what each stands for.
    pub placeholders: Vec<(String, String)>,
    /// enabled, content.
    pub message: Vec<Control>,
    /// The embed's own controls, without its fields.
    pub embed: Vec<Control>,
    pub fields: Box<Control>,
    pub preview: Option<crate::settings::preview::MessagePreview>,
    pub tests: Tests,
}

/// Whether the bot can be asked to send a message as a test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tests {
    /// It is not here, or was never heard of.
    #[default]
    Nobody,
    /// What it says of itself is older than tests.
    TooOld,
    Offered,
}

/// A simple control as it is drawn.
#[derive(Template)]
#[template(path = "parts/simple.html")]
pub struct Simple<'a> {
    c: &'a Control,
}

impl HtmlSafe for Simple<'_> {}

impl Control {
    /// Drawn as all simple ones are.
    pub fn simple(&self) -> Simple<'_> {
        Simple { c: self }
    }

    pub fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if matches!(&self.kind, ControlKind::Number { unit: Some(_), .. }) {
            ids.push(format!("{}-unit", self.id));
        }
        if matches!(&self.kind, ControlKind::Number { length: Some(_), .. }) {
            ids.push(format!("{}-length", self.id));
        }
        if self.hint.is_some() {
            ids.push(format!("{}-hint", self.id));
        }
        if self.limit().is_some() {
            ids.push(format!("{}-limit", self.id));
        }
        if !self.errors.is_empty() {
            ids.push(format!("{}-error", self.id));
        }
        if !self.warnings.is_empty() {
            ids.push(format!("{}-warning", self.id));
        }
        ids.join(" ")
    }

    /// Whether it is worth searching by typing: things of the server, or a long list.
    pub fn is_searched(&self) -> bool {
        let (ControlKind::Select { groups } | ControlKind::Checks { groups, .. }) = &self.kind else { return false };
        let mut choices = groups.iter().flat_map(|group| &group.choices);
        choices.clone().count() > LONG || choices.any(|choice| choice.mark.is_some_and(|mark| mark != Mark::Gone))
    }

    pub fn has_error(&self) -> bool {
        !self.errors.is_empty()
    }

    /// What may be typed, said after the hint: browsers' own `maxlength` counts otherwise than the server.
    pub fn limit(&self) -> Option<Message> {
        match &self.kind {
            ControlKind::Number { min, max, .. } => {
                Some(Message::new("field-between").number("min", *min).number("max", *max))
            }
            ControlKind::Line { max, .. } | ControlKind::Area { max, .. } => {
                Some(Message::new("field-at-most").number("max", *max))
            }
            ControlKind::Lines { max, each, .. } => {
                Some(Message::new("field-lines").number("max", *max).number("each", *each))
            }
            ControlKind::Moment { zone, .. } => Some(Message::new("field-moment").text("zone", zone.as_str())),
            ControlKind::Color { optional, .. } => {
                Some(Message::new(if *optional { "field-color-optional" } else { "field-color" }))
            }
            _ => None,
        }
    }

    /// Whether it needs the whole width: long text does, a number does not.
    pub fn is_wide(&self) -> bool {
        match &self.kind {
            ControlKind::Line { max, .. } => *max > 120,
            ControlKind::Area { .. }
            | ControlKind::Lines { .. }
            | ControlKind::Checks { .. }
            | ControlKind::Rows(_)
            | ControlKind::Template(_) => true,
            _ => false,
        }
    }
}
