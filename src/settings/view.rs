//! One form, ready to be drawn: from the database, refused, with a row added, in conflict, from a draft.
//!
//! A [`FormView`] is pairs and problems; it gives the sections with their controls and the two summaries.

use std::collections::HashMap;

use crate::settings::choices::Choices;
use crate::settings::colors;
use crate::settings::controls::{Control, ControlKind, RowView, RowsControl, SectionView, TemplateControl, Tests};
use crate::settings::emoji;
use crate::settings::fields::{Field, Kind, Placeholder, Table, join};
use crate::settings::judge::Judge;
use crate::settings::lengths::Length;
use crate::settings::pages::SummaryItem;
use crate::settings::preview::MessagePreview;
use crate::settings::problems::{Problem, Problems};
use crate::web::form::FormData;
use crate::web::words::{Message, Words};

pub struct FormView<'a> {
    pub table: Table,
    pub form: &'a FormData,
    pub problems: &'a Problems,
    pub judge: &'a Judge<'a>,
    pub words: &'a Words,
    /// By the template's path.
    pub previews: HashMap<String, MessagePreview>,
    /// The path of the list whose rows were changed.
    pub changed_list: Option<&'a str>,
}

/// A field's element id: `creators.0.user_limit` → `f-creators-0-user-limit`.
pub fn element_id(path: &str) -> String {
    format!("f-{}", path.replace(['.', '_'], "-"))
}

impl FormView<'_> {
    pub fn sections(&self) -> Vec<SectionView> {
        let words = self.table.words;
        self.table
            .sections
            .iter()
            .map(|section| SectionView {
                id: format!("section-{}", section.name),
                title: self.words.t(&format!("{words}-section-{}", section.name)),
                intro: self.words.find(&format!("{words}-section-{}-intro", section.name)),
                controls: section.fields.iter().map(|field| self.control(field, field.name, words)).collect(),
            })
            .collect()
    }

    /// Every error, linked to its field.
    pub fn summary(&self) -> Vec<SummaryItem> {
        self.problems.errors().map(|problem| self.summary_item(problem)).collect()
    }

    pub fn warnings(&self) -> Vec<SummaryItem> {
        self.problems.warnings.iter().map(|problem| self.summary_item(problem)).collect()
    }

    fn summary_item(&self, problem: &Problem) -> SummaryItem {
        let text = self.words.say(&problem.message);
        if problem.path.is_empty() {
            return SummaryItem { id: None, label: String::new(), text };
        }
        let label = label_of(self.table, &problem.path, self.words);
        SummaryItem { id: Some(element_id(&problem.path)), label, text }
    }

    fn control(&self, field: &'static Field, path: &str, words: &str) -> Control {
        let key = field.words(words);
        Control {
            id: element_id(path),
            name: path.to_owned(),
            label: self.words.t(&key),
            hint: self.words.find(&format!("{key}-hint")),
            errors: self.said(self.problems.errors(), path),
            warnings: self.said(self.problems.warnings.iter(), path),
            kind: self.kind(field, path, &key),
            placeholders: match &field.kind {
                Kind::Text { placeholders, .. } => self.placeholders(placeholders),
                _ => Vec::new(),
            },
        }
    }

    fn placeholders(&self, known: &[Placeholder]) -> Vec<(String, String)> {
        let meaning = |name: &str| self.words.t(&format!("placeholder-{}", name.replace('_', "-")));
        known.iter().map(|one| (format!("{{{}}}", one.name), meaning(one.name))).collect()
    }

    fn said<'p>(&self, problems: impl Iterator<Item = &'p Problem>, path: &str) -> Vec<String> {
        problems.filter(|problem| problem.path == path).map(|problem| self.words.say(&problem.message)).collect()
    }

    fn kind(&self, field: &'static Field, path: &str, key: &str) -> ControlKind {
        let value = || self.form.text(path).unwrap_or_default().to_owned();
        let unit = |name: &str| self.words.t(&format!("unit-{name}"));
        let choices = Choices { judge: self.judge, words: self.words };
        let chosen: Vec<&str> = self.form.all(path).filter(|text| !text.is_empty()).collect();
        match &field.kind {
            Kind::Switch => ControlKind::Switch { on: self.form.checked(path) },
            Kind::Number { min, max, unit: name } => {
                let length = name.and_then(|name| Length::of(&value(), name, self.words));
                ControlKind::Number { value: value(), min: *min, max: *max, unit: name.map(unit), length }
            }
            Kind::Bitrate => {
                let max = i64::from(self.judge.guild.bitrate_cap_kbps());
                ControlKind::Number { value: value(), min: 8, max, unit: Some(unit("kbps")), length: None }
            }
            Kind::Text { max, lines: true, .. } => {
                ControlKind::Area { value: value(), max: *max, rows: if *max > 1024 { 6 } else { 3 } }
            }
            Kind::Lines { max, each } => ControlKind::Lines { value: value(), max: *max, each: *each },
            Kind::Text { max, .. } => {
                ControlKind::Line { value: value(), max: *max, placeholder: None, suggestions: Vec::new() }
            }
            Kind::Moment => ControlKind::Moment { value: value(), zone: self.words.zone_name().to_owned() },
            Kind::Url => {
                let placeholder = Some("https://".to_owned());
                ControlKind::Line { value: value(), max: 2048, placeholder, suggestions: Vec::new() }
            }
            Kind::Emoji { .. } => {
                let shown = emoji::picture(value().trim());
                ControlKind::Emoji { value: value(), shown, suggestions: choices.emojis() }
            }
            Kind::Color { optional } => {
                ControlKind::Color { value: value(), optional: *optional, presets: colors::PRESETS.to_vec() }
            }
            Kind::Choice(all) => ControlKind::Select { groups: choices.words(key, all, &chosen) },
            Kind::Region => ControlKind::Select { groups: choices.regions(&chosen) },
            Kind::Channel { of, required } => {
                ControlKind::Select { groups: choices.channels(*of, &chosen, Some(*required)) }
            }
            Kind::Role { of, required } => ControlKind::Select { groups: choices.roles(*of, &chosen, Some(*required)) },
            Kind::Set(all) => self.checks(path, choices.words(key, all, &chosen), chosen.len()),
            Kind::ChannelList { of, .. } => self.checks(path, choices.channels(*of, &chosen, None), chosen.len()),
            Kind::RoleList { of, .. } => self.checks(path, choices.roles(*of, &chosen, None), chosen.len()),
            Kind::Rows { max, fields, .. } => ControlKind::Rows(self.rows(path, key, *max, fields)),
            Kind::Template(known) => ControlKind::Template(Box::new(self.template(path, known))),
            // A group stands only inside of a template, which draws it by itself.
            Kind::Group(_) => ControlKind::Switch { on: false },
        }
    }

    fn checks(&self, path: &str, groups: Vec<crate::settings::controls::ChoiceGroup>, chosen: usize) -> ControlKind {
        let summary = self.words.say(&Message::new("form-chosen").number("count", chosen as i64));
        let open = self.problems.errors().any(|problem| problem.path == path);
        ControlKind::Checks { summary, open, groups }
    }

    fn rows(&self, path: &str, key: &str, max: usize, fields: &'static [Field]) -> RowsControl {
        let rows = self.form.rows(path);
        let count = rows.len();
        let view = |row: usize| RowView {
            legend: self.words.say(&Message::new(format!("{key}-row")).number("number", row as i64 + 1)),
            controls: fields
                .iter()
                .map(|field| self.control(field, &format!("{path}.{row}.{}", field.name), key))
                .collect(),
            up: (row > 0).then(|| format!("up:{path}.{row}")),
            down: (row + 1 < count).then(|| format!("down:{path}.{row}")),
            remove: format!("remove:{path}.{row}"),
        };
        RowsControl {
            rows: rows.into_iter().take(max + 1).map(view).collect(),
            add: (count < max).then(|| format!("add:{path}")),
            add_label: self.words.t(&format!("{key}-add")),
            empty: self.words.t(&format!("{key}-empty")),
        }
    }

    fn template(&self, path: &str, known: &'static [Placeholder]) -> TemplateControl {
        let message: Vec<Control> =
            ["enabled", "content"].into_iter().filter_map(|name| self.part(path, &[name])).collect();
        let names = [
            "enabled",
            "title",
            "url",
            "description",
            "color",
            "author_name",
            "footer",
            "image_url",
            "thumbnail_url",
            "timestamp",
        ];
        let embed: Vec<Control> = names.into_iter().filter_map(|name| self.part(path, &["embed", name])).collect();
        let fields = self.part(path, &["embed", "fields"]);
        let inside =
            |other: &str| other.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        let touched = |problem: &Problem| inside(&problem.path);
        TemplateControl {
            path: path.to_owned(),
            open: self.problems.errors().any(touched)
                || self.previews.contains_key(path)
                || self.changed_list.is_some_and(inside),
            placeholders: self.placeholders(known),
            message,
            embed,
            fields: Box::new(
                fields.unwrap_or_else(|| self.control(&crate::settings::fields::TEMPLATE[0], path, "template")),
            ),
            preview: self.previews.get(path).cloned(),
            tests: Tests::Nobody,
        }
    }

    /// The control of a template's part.
    fn part(&self, path: &str, names: &[&str]) -> Option<Control> {
        let (mut fields, mut path, mut words) =
            (crate::settings::fields::TEMPLATE, path.to_owned(), "template".to_owned());
        let (last, groups) = names.split_last()?;
        for name in groups {
            let group = fields.iter().find(|field| field.name == *name)?;
            path = join(&path, name);
            words = group.words(&words);
            fields = group.parts()?;
        }
        let field = fields.iter().find(|field| field.name == *last)?;
        Some(self.control(field, &join(&path, last), &words))
    }
}

/// A field's label with those above it: "Creator 2: User limit".
pub fn label_of(table: Table, path: &str, words: &Words) -> String {
    let mut fields: Vec<&'static Field> = table.fields().collect();
    let mut prefix = table.words.to_owned();
    let mut labels: Vec<String> = Vec::new();
    let mut row_of: Option<String> = None;
    for part in path.split('.') {
        if let Some(list) = row_of.take()
            && let Ok(row) = part.parse::<i64>()
        {
            labels.pop();
            labels.push(words.say(&Message::new(format!("{list}-row")).number("number", row + 1)));
            continue;
        }
        let Some(field) = fields.iter().find(|field| field.name == part).copied() else { break };
        let key = field.words(&prefix);
        let inside_template = prefix.starts_with("template") && matches!(field.kind, Kind::Group(_));
        if !inside_template {
            labels.push(words.t(&key));
        }
        match &field.kind {
            Kind::Rows { fields: inner, .. } => {
                fields = inner.iter().collect();
                row_of = Some(key.clone());
                prefix = key;
            }
            _ => {
                fields = field.parts().unwrap_or_default().iter().collect();
                prefix = field.words_below(&key);
            }
        }
    }
    labels.join(": ")
}
