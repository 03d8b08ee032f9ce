//! What is wrong with a form, all of it at once: errors that stop a save, warnings that do not.

use serde_json::Value;

use crate::web::words::Message;

/// Something to say at a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The form field's name (`creators.0.category_id`); empty: about the whole form.
    pub path: String,
    pub message: Message,
    /// The top-level fields it is about, besides its own: a rule across fields.
    pub involved: Vec<&'static str>,
}

/// What another person would not have.
const ABOUT_THE_PERSON: [&str; 5] = [
    "problem-channel-unseen",
    "problem-channel-no-write",
    "problem-role-ping",
    "problem-role-you-cannot",
    "problem-role-above-you",
];

impl Problem {
    /// Whether it is about who looks, and nothing is wrong with the setting.
    pub fn is_about_the_person(&self) -> bool {
        ABOUT_THE_PERSON.contains(&self.message.key.as_ref())
    }

    /// Whether something is not there, which may have been made just now, or allowed to the bot.
    pub fn misses_something(&self) -> bool {
        let gone = ["problem-channel-gone", "problem-role-gone", "problem-emoji-gone", "problem-emoji"];
        let not_allowed = ["problem-bot-may-not-in", "problem-bot-may-not-in-category"];
        gone.iter().chain(&not_allowed).any(|key| *key == self.message.key)
    }
}

#[derive(Clone, Debug, Default)]
pub struct Problems {
    /// Stop the save, whatever is stored: the value cannot be read or breaks a fixed limit.
    pub unreadable: Vec<Problem>,
    /// Stop the save unless the field came back as it is stored.
    pub judged: Vec<Problem>,
    /// Only said.
    pub warnings: Vec<Problem>,
}

impl Problems {
    pub fn unreadable(&mut self, path: impl Into<String>, message: Message) {
        self.unreadable.push(Problem { path: path.into(), message, involved: Vec::new() });
    }

    pub fn judged(&mut self, path: impl Into<String>, message: Message) {
        self.judged.push(Problem { path: path.into(), message, involved: Vec::new() });
    }

    /// A rule across fields: `involved` are the other fields it is about.
    pub fn across(&mut self, path: impl Into<String>, involved: &[&'static str], message: Message) {
        self.judged.push(Problem { path: path.into(), message, involved: involved.to_vec() });
    }

    pub fn warning(&mut self, path: impl Into<String>, message: Message) {
        self.warnings.push(Problem { path: path.into(), message, involved: Vec::new() });
    }

    pub fn stop_the_save(&self) -> bool {
        !self.unreadable.is_empty() || !self.judged.is_empty()
    }

    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.unreadable.iter().chain(&self.judged)
    }

    /// The field of each of them.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.errors().map(|problem| problem.path.as_str())
    }

    /// Everything judged becomes a warning: for a page that shows what is stored.
    pub fn only_warn(&mut self) {
        self.warnings.append(&mut self.judged);
    }

    /// A stored value that came back unchanged is never an error: whatever became of it in Discord, the
    /// person did not touch it. Enabling the module is judged in full.
    pub fn forgive_unchanged(&mut self, stored: &Value, now: &Value) {
        if is_on(now) && !is_on(stored) {
            return;
        }
        let (forgiven, judged) = std::mem::take(&mut self.judged).into_iter().partition(|problem| {
            problem.involved.iter().all(|name| same(stored, now, name)) && same(stored, now, &problem.path)
        });
        self.judged = judged;
        self.warnings.extend::<Vec<Problem>>(forgiven);
    }
}

fn is_on(settings: &Value) -> bool {
    settings.get("enabled").and_then(Value::as_bool).unwrap_or(false)
}

/// Whether the value at `path` is as stored. Rows move, so a row's value counts as stored when as many stored rows had
/// it: a further row that copies what somebody else was allowed is the person's own wish.
fn same(stored: &Value, now: &Value, path: &str) -> bool {
    let parts: Vec<&str> = path.split('.').collect();
    let (before, after) = (values_at(stored, &parts, false), values_at(now, &parts, false));
    let here = values_at(now, &parts, true);
    let count = |all: &[&Value], wanted: &Value| all.iter().filter(|value| **value == wanted).count();
    !here.is_empty() && here.iter().all(|value| count(&before, value) >= count(&after, value))
}

/// The values at a path; `exact`: with its row numbers, else of all rows.
fn values_at<'v>(value: &'v Value, parts: &[&str], exact: bool) -> Vec<&'v Value> {
    let Some((first, rest)) = parts.split_first() else { return vec![value] };
    if let (Value::Array(rows), Ok(index)) = (value, first.parse::<usize>()) {
        return if exact {
            rows.get(index).map(|row| values_at(row, rest, exact)).unwrap_or_default()
        } else {
            rows.iter().flat_map(|row| values_at(row, rest, exact)).collect()
        };
    }
    let name = crate::settings::fields::wire_name(first);
    value.get(&name).map(|inner| values_at(inner, rest, exact)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn judged(path: &str) -> Problems {
        let mut problems = Problems::default();
        problems.judged(path, Message::new("x"));
        problems
    }

    #[test]
    fn what_came_back_as_stored_only_warns_also_from_a_row_that_moved() {
        let stored = json!({"enabled": true, "rows": [{"roleId": "1"}, {"roleId": "2"}], "limit": 5});
        let now = json!({"enabled": true, "rows": [{"roleId": "2"}, {"roleId": "3"}], "limit": 6});
        for (path, forgiven) in
            [("rows.0.role_id", true), ("rows.1.role_id", false), ("limit", false), ("enabled", true)]
        {
            let mut problems = judged(path);
            problems.forgive_unchanged(&stored, &now);
            assert_eq!(!problems.stop_the_save(), forgiven, "{path}");
        }
    }

    #[test]
    fn a_further_row_that_copies_a_stored_one_is_judged() {
        let stored = json!({"enabled": true, "rows": [{"pings": ["1"]}, {"pings": []}]});
        let copied = json!({"enabled": true, "rows": [{"pings": ["1"]}, {"pings": ["1"]}]});
        let moved = json!({"enabled": true, "rows": [{"pings": []}, {"pings": ["1"]}]});
        for (now, path, stops) in [(&copied, "rows.1.pings", true), (&moved, "rows.1.pings", false)] {
            let mut problems = judged(path);
            problems.forgive_unchanged(&stored, now);
            assert_eq!(problems.stop_the_save(), stops, "{now}");
        }
    }

    #[test]
    fn enabling_the_module_is_judged_in_full() {
        let (stored, now) = (json!({"enabled": false, "limit": 5}), json!({"enabled": true, "limit": 5}));
        let mut problems = judged("limit");
        problems.forgive_unchanged(&stored, &now);
        assert!(problems.stop_the_save());
    }
}
