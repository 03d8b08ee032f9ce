//! What the bot can do and cannot do of some settings, before they are saved: everything that was looked at, with what
//! came of it.
//!
//! What is needed is data (`needs`); what a value must be is judged elsewhere (`judge`), and only taken over here. It
//! warns and stops nothing. What a person cannot see is not named to them.

mod permissions;
mod places;
mod roles;
mod view;

use std::collections::HashSet;

use serde_json::Value;

pub use permissions::names as permission_names;
pub use view::{Checking, ChecklistView, Line};

use crate::settings::fields::{Field, Kind, Table, join, wire_name};
use crate::settings::judge::Judge;
use crate::settings::needs::{Needs, Place, When};
use crate::settings::problems::Problems;
use crate::web::words::{Message, Words};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Impossible,
    Warning,
    Fine,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub verdict: Verdict,
    /// The setting it is about; empty: the whole.
    pub path: String,
    /// What is wrong and what to do in Discord, or what is fine.
    pub message: Message,
    /// Inviting the bot once more mends it.
    pub by_invitation: bool,
}

impl Item {
    fn new(verdict: Verdict, path: impl Into<String>, message: Message) -> Self {
        Self { verdict, path: path.into(), message, by_invitation: false }
    }
}

/// Settings, and what they are looked at with.
pub struct Subject<'a> {
    pub judge: &'a Judge<'a>,
    pub words: &'a Words,
    pub table: Table,
    pub needs: &'a Needs,
    pub values: &'a Value,
}

/// What the bot can do of it: all there is to say, the worst first. `problems` is what is wrong with the values.
pub fn of(subject: &Subject<'_>, problems: &Problems) -> Vec<Item> {
    if subject.judge.guild.is_without_bot() {
        return Vec::new();
    }
    let mut items = permissions::on_the_server(subject);
    let places = subject.needs.places.iter().filter(|place| subject.holds(place.when));
    let mut found: Vec<Item> = places.flat_map(|place| subject.place(place, places::Lacking::Here)).collect();
    // Rows often share a channel: what is said of it once is enough.
    let mut said: HashSet<Message> = HashSet::new();
    found.retain(|item| said.insert(item.message.clone()));
    items.append(&mut found);
    let judged = problems.judged.iter().map(|problem| {
        let verdict = if problem.is_about_the_person() { Verdict::Warning } else { Verdict::Impossible };
        Item::new(verdict, problem.path.as_str(), problem.message.clone())
    });
    items.extend(judged);
    let warned = problems.warnings.iter();
    items.extend(warned.map(|one| Item::new(Verdict::Warning, one.path.as_str(), one.message.clone())));
    items.extend(roles::given_and_had(subject, problems));
    items.extend(roles::mentioned(subject, problems));
    items.extend(roles::intents(subject));
    items.sort_by_key(|item| item.verdict);
    items
}

/// Says what is not fine at its field, where it is not said already.
pub fn at_fields(items: &[Item], problems: &mut Problems) {
    for item in items.iter().filter(|item| item.verdict != Verdict::Fine && !item.path.is_empty()) {
        let is_known =
            problems.errors().chain(&problems.warnings).any(|one| one.path == item.path && one.message == item.message);
        if !is_known {
            problems.warning(item.path.as_str(), item.message.clone());
        }
    }
}

/// What the bot lacks where it is about to write, as problems of that field.
pub fn before_posting(subject: &Subject<'_>, place: &Place, problems: &mut Problems) {
    for item in subject.place(place, places::Lacking::Anywhere) {
        // One reason why not is enough.
        if problems.errors().any(|error| error.path == item.path) {
            continue;
        }
        match item.verdict {
            Verdict::Impossible => problems.judged(item.path, item.message),
            Verdict::Warning => problems.warning(item.path, item.message),
            Verdict::Fine => {}
        }
    }
}

impl<'a> Subject<'a> {
    /// The texts of a field with the path of each: of every row, if it stands in rows.
    fn chosen(&self, field: &str) -> Vec<(String, &'a str)> {
        texts(self.values, field)
    }

    fn holds(&self, when: When) -> bool {
        match when {
            When::Always => true,
            When::On(field) => self.values.get(wire_name(field)).and_then(Value::as_bool).unwrap_or(false),
            When::Says(field, part) => self.chosen(field).iter().any(|(_, text)| text.contains(part)),
        }
    }

    /// Every field with its path without the numbers of rows.
    fn fields(&self) -> Vec<(String, &'static Field)> {
        let mut found = Vec::new();
        walk(self.table.fields(), "", &mut found);
        found
    }

    /// The bot's role as Discord's pages show it; the bot itself, if it has none of its own.
    fn bot_name(&self) -> &'a str {
        let guild = self.judge.guild;
        guild.bot_role().map_or(guild.bot_member.display_name(), |role| role.name.as_str())
    }
}

fn walk(fields: impl IntoIterator<Item = &'static Field>, path: &str, found: &mut Vec<(String, &'static Field)>) {
    for field in fields {
        let path = join(path, field.name);
        match &field.kind {
            Kind::Rows { fields, .. } => walk(*fields, &path, found),
            _ => found.push((path, field)),
        }
    }
}

fn texts<'v>(values: &'v Value, field: &str) -> Vec<(String, &'v str)> {
    let (first, rest) = field.split_once('.').map_or((field, None), |(first, rest)| (first, Some(rest)));
    match (values.get(wire_name(first)), rest) {
        (Some(Value::String(text)), None) => vec![(first.to_owned(), text)],
        (Some(Value::Array(list)), None) => {
            list.iter().filter_map(Value::as_str).map(|text| (first.to_owned(), text)).collect()
        }
        (Some(Value::Array(rows)), Some(rest)) => {
            let of_row = |(number, row)| {
                let below = texts(row, rest).into_iter();
                below.map(move |(path, text)| (format!("{first}.{number}.{path}"), text))
            };
            rows.iter().enumerate().flat_map(of_row).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
