//! The checklist as a page shows it: what is wrong line by line, what is fine as a number.

use super::{Item, Verdict};
use crate::clock::Millis;
use crate::settings::fields::Table;
use crate::settings::view::{element_id, label_of};
use crate::web::words::{Message, Words};

#[derive(Clone, Debug)]
pub struct ChecklistView {
    /// Cannot work, then what to look at.
    pub lines: Vec<Line>,
    /// What was found fine, a line each.
    pub fine: Vec<String>,
    /// All of it in one line.
    pub summary: String,
    /// It is about what is typed on the page, not about what is saved.
    pub typed: bool,
    /// Its page cannot be asked for again: it is about what was posted.
    pub posted: bool,
    /// When Discord said so.
    pub as_of: String,
    /// Where it is looked at again: the form posts there. None: the form is not theirs to send.
    pub again: Option<String>,
    /// To give the bot what it lacks.
    pub invite_href: Option<String>,
    /// It was asked for just now, and takes the focus.
    pub asked: bool,
}

#[derive(Clone, Debug)]
pub struct Line {
    pub impossible: bool,
    /// The field's element; none: about the whole.
    pub id: Option<String>,
    pub label: String,
    pub text: String,
}

/// What a page says around it.
pub struct Checking<'a> {
    pub table: Table,
    pub words: &'a Words,
    pub typed: bool,
    pub posted: bool,
    pub at: Millis,
    pub again: Option<String>,
    /// For those who may invite the bot.
    pub invite_href: Option<String>,
    pub asked: bool,
}

impl ChecklistView {
    pub fn new(items: &[Item], around: Checking<'_>) -> Self {
        let words = around.words;
        let label = |item: &Item| match item.path.as_str() {
            "" => String::new(),
            path => label_of(around.table, path, words),
        };
        let (fine, wrong): (Vec<&Item>, Vec<&Item>) = items.iter().partition(|item| item.verdict == Verdict::Fine);
        let line = |item: &&Item| Line {
            impossible: item.verdict == Verdict::Impossible,
            id: (!item.path.is_empty()).then(|| element_id(&item.path)),
            label: label(item),
            text: words.say(&item.message),
        };
        let lines: Vec<Line> = wrong.iter().map(line).collect();
        let in_words = |item: &&Item| match label(item) {
            label if label.is_empty() => words.say(&item.message),
            label => words.say(&Message::new("fact").text("label", label).text("value", words.say(&item.message))),
        };
        Self {
            summary: summary(&lines, fine.len(), words),
            fine: fine.iter().map(in_words).collect(),
            invite_href: around.invite_href.filter(|_| wrong.iter().any(|item| item.by_invitation)),
            lines,
            typed: around.typed,
            posted: around.posted,
            as_of: words.time(around.at),
            again: around.again,
            asked: around.asked,
        }
    }

    /// `bad`, `warning` or `good`: the tone of all of it, and its picture.
    pub fn tone(&self) -> &'static str {
        match &self.lines[..] {
            [] => "good",
            lines if lines.iter().any(|line| line.impossible) => "bad",
            _ => "warning",
        }
    }
}

fn summary(lines: &[Line], fine: usize, words: &Words) -> String {
    let impossible = lines.iter().filter(|line| line.impossible).count();
    if lines.is_empty() {
        return words.say(&Message::new("checklist-all-fine").number("count", fine));
    }
    let parts = [
        ("checklist-impossible", impossible),
        ("checklist-to-look-at", lines.len() - impossible),
        ("checklist-fine", fine),
    ];
    let said = parts.into_iter().filter(|(_, count)| *count > 0);
    said.map(|(key, count)| words.say(&Message::new(key).number("count", count))).collect::<Vec<_>>().join(" · ")
}
