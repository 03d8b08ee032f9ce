//! The pages of a module's settings: looking, saving, what is refused, and what is never lost.

mod bad_input;
mod channels_and_roles;
mod checking;
mod checklist;
mod checklist_gone;
mod checks;
mod choosing;
mod conflicts;
mod drafts;
mod drawn_again;
mod every_field;
mod every_module;
pub mod full;
mod hostile;
mod lost_since;
mod preview;
mod races;
mod rows;
mod rules;
mod tests_sent;
mod unsaved;

use guildhall::modules;
use guildhall::settings::fields::{Field, Kind, join};
use guildhall::settings::module::{Module, ModuleKey};
use guildhall::settings::view::element_id;

use crate::support::page::Page;

pub type Pairs = Vec<(String, String)>;

pub fn module(key: &str) -> &'static Module {
    modules::module(ModuleKey::parse(key).unwrap())
}

/// What a page says is wrong at a field.
pub fn error_at(page: &Page, path: &str) -> String {
    page.text(&format!("#{}-error", element_id(path)))
}

/// What a page warns of at a field.
pub fn warning_at(page: &Page, path: &str) -> String {
    page.text(&format!("#{}-warning", element_id(path)))
}

/// A refused form: its status, its title, and an error at each of these fields that the summary links to.
pub fn assert_refused_at(page: &Page, paths: &[&str]) {
    assert_eq!(page.status, 422, "{paths:?}: {}", page.main());
    assert!(page.title().starts_with("Error:"), "{}", page.title());
    let links = page.attributes("#errors a", "href");
    let ids = page.attributes("[id]", "id");
    for path in paths {
        let id = element_id(path);
        assert!(
            ids.contains(&format!("{id}-error")),
            "{path} has no error; the summary: {:?}",
            page.texts("#errors li")
        );
        assert!(links.contains(&format!("#{id}")), "the summary has no link to {path}: {links:?}");
    }
    for link in &links {
        let target = link.trim_start_matches('#');
        assert!(ids.iter().any(|id| id == target), "{link} leads nowhere");
    }
}

/// What a person typed, without what belongs to the page.
pub fn typed(form: &[(String, String)]) -> Pairs {
    let own = ["csrf_token", "revision", "schema"];
    let mut pairs: Pairs = form.iter().filter(|(name, _)| !own.contains(&name.as_str())).cloned().collect();
    pairs.sort();
    pairs
}

/// Every field with a value of its own, with its path; of lists of rows, those of the first row.
pub fn leaves(fields: impl IntoIterator<Item = &'static Field>, path: &str) -> Vec<(String, &'static Field)> {
    let mut found = Vec::new();
    for field in fields {
        let path = join(path, field.name);
        match &field.kind {
            Kind::Rows { fields, .. } => found.extend(leaves(*fields, &format!("{path}.0"))),
            _ => match field.parts() {
                Some(parts) => found.extend(leaves(parts, &path)),
                None => found.push((path, field)),
            },
        }
    }
    found
}

/// The field with everything below it replaced.
pub fn replaced(form: &[(String, String)], field: &str, by: &[(String, String)]) -> Pairs {
    let below = format!("{field}.");
    let mut pairs: Pairs =
        form.iter().filter(|(name, _)| name != field && !name.starts_with(&below)).cloned().collect();
    pairs.extend(by.iter().cloned());
    pairs
}

/// Sets fields; one that stands several times (a list) is replaced by the values given.
pub fn with(form: &[(String, String)], edits: &[(&str, &str)]) -> Pairs {
    let mut pairs: Pairs =
        form.iter().filter(|(name, _)| !edits.iter().any(|(edited, _)| edited == name)).cloned().collect();
    pairs.extend(edits.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    pairs
}
