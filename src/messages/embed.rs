//! The framed part of a message.

use super::tree::{Content, Line};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Embed {
    /// `#rrggbb`, drawn as an SVG attribute.
    pub color: Option<String>,
    pub author: Vec<Line>,
    pub title: Vec<Line>,
    /// The title links there; only its host is shown.
    pub url: Option<String>,
    pub description: Content,
    pub fields: Vec<EmbedField>,
    /// The host of an image that is neither fetched nor loaded.
    pub image_host: Option<String>,
    pub thumbnail_host: Option<String>,
    pub footer: Vec<Line>,
    /// The time of sending stands in the footer.
    pub timestamp: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EmbedField {
    pub name: Vec<Line>,
    pub value: Content,
    pub width: Width,
}

/// How much of the embed's width a field takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    #[default]
    Whole,
    Half,
    Third,
}

impl EmbedField {
    /// `inline`: it may stand beside its neighbours.
    pub fn new(name: Vec<Line>, value: Content, inline: bool) -> Self {
        Self { name, value, width: if inline { Width::Third } else { Width::Whole } }
    }

    fn is_empty(&self) -> bool {
        self.name.is_empty() && self.value.is_empty()
    }
}

impl Embed {
    /// Fields as Discord sets them: those that may stand beside each other do, three in a row.
    pub fn set(fields: impl Iterator<Item = EmbedField>) -> Vec<EmbedField> {
        let mut fields: Vec<EmbedField> = fields.filter(|field| !field.is_empty()).collect();
        let beside =
            |one: &EmbedField, other: &EmbedField| (one.width == Width::Whole) == (other.width == Width::Whole);
        for run in fields.chunk_by_mut(beside).filter(|run| run[0].width != Width::Whole) {
            for row in run.chunks_mut(3) {
                let width = [Width::Whole, Width::Half, Width::Third][row.len() - 1];
                row.iter_mut().for_each(|field| field.width = width);
            }
        }
        fields
    }

    /// Every line, from top to bottom.
    pub fn lines_mut(&mut self) -> Vec<&mut Line> {
        let mut lines: Vec<&mut Line> = self.author.iter_mut().chain(&mut self.title).collect();
        lines.extend(self.description.lines_mut());
        for field in &mut self.fields {
            lines.extend(&mut field.name);
            lines.extend(field.value.lines_mut());
        }
        lines.extend(&mut self.footer);
        lines
    }
}

impl Width {
    pub fn class(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Half => "half",
            Self::Third => "third",
        }
    }
}
