//! What a panel must hold to besides what each field may be.

use std::collections::HashSet;

use super::panel::{Category, Panel, Question, QuestionStyle, folded};
use crate::settings::fields::{EMBED_TOTAL, join};
use crate::settings::placeholders;
use crate::settings::problems::Problems;
use crate::web::words::Message;

/// Of the panel alone, without what is said on the pages of its categories.
pub(super) fn of_panel(panel: &Panel, problems: &mut Problems) {
    let texts = [&panel.title, &panel.description, &panel.footer];
    let total: usize = texts.iter().map(|text| text.chars().count()).sum();
    if total > EMBED_TOTAL {
        let message =
            Message::new("problem-embed-total").number("max", EMBED_TOTAL as i64).number("length", total as i64);
        problems.unreadable("description", message);
    }
    if total == 0 && panel.image_url.is_empty() && panel.thumbnail_url.is_empty() {
        problems.unreadable("title", Message::new("problem-panel-empty"));
    }
    if panel.categories.is_empty() {
        problems.unreadable("categories", Message::new("problem-panel-no-category"));
    } else if panel.enabled().next().is_none() {
        problems.warning("categories", Message::new("problem-panel-all-off"));
    }
}

/// Of a category alone; `path` is where it stands.
pub(super) fn of_category(category: &Category, path: &str, problems: &mut Problems) {
    let mut names = placeholders::names(&category.naming_template);
    if !names.any(|name| matches!(name, "number" | "user" | "username")) {
        problems.unreadable(join(path, "naming_template"), Message::new("problem-tickets-naming"));
    }
    for (index, question) in category.questions.iter().enumerate() {
        of_question(question, &join(path, &format!("questions.{index}")), problems);
    }
}

fn of_question(question: &Question, path: &str, problems: &mut Problems) {
    if question.min_length > question.max_length {
        let message = Message::new("problem-panel-lengths").number("max", question.max_length);
        problems.unreadable(join(path, "min_length"), message);
    }
    if question.style != QuestionStyle::Select {
        return;
    }
    let mut seen = HashSet::new();
    if question.options.len() < 2 {
        problems.unreadable(join(path, "options"), Message::new("problem-panel-options"));
    } else if let Some(twice) = question.options.iter().find(|option| !seen.insert(folded(option))) {
        let message = Message::new("problem-panel-option-twice").name("option", twice);
        problems.unreadable(join(path, "options"), message);
    }
}

/// Whether a name is that of another category; `own` is the category's id.
pub(super) fn is_taken(name: &str, own: &str, categories: &[Category]) -> bool {
    let wanted = folded(name);
    categories.iter().any(|other| other.id != own && folded(&other.name) == wanted)
}

/// Categories whose names are that of an earlier one.
pub(super) fn names_of_categories(panel: &Panel, problems: &mut Problems) {
    for (index, category) in panel.categories.iter().enumerate() {
        if is_taken(&category.name, &category.id, &panel.categories[..index]) {
            problems.unreadable(format!("categories.{index}.name"), Message::new("problem-panel-category-twice"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(check: impl FnOnce(&mut Problems)) -> Vec<(String, String)> {
        let mut problems = Problems::default();
        check(&mut problems);
        problems.errors().map(|one| (one.path.clone(), one.message.key.to_string())).collect()
    }

    fn asked(question: Question) -> Vec<(String, String)> {
        let category = Category { questions: vec![question], ..Category::default() };
        said(|problems| of_category(&category, "", problems))
    }

    fn at(path: &str, key: &str) -> Vec<(String, String)> {
        vec![(path.to_owned(), key.to_owned())]
    }

    #[test]
    fn a_panel_says_something_and_offers_something() {
        let panel = Panel { title: "Help".into(), categories: vec![Category::default()], ..Panel::default() };
        let errors = |panel: &Panel| said(|problems| of_panel(panel, problems));
        assert_eq!(errors(&panel), []);
        assert_eq!(errors(&Panel { title: String::new(), ..panel.clone() }), at("title", "problem-panel-empty"));
        assert_eq!(
            errors(&Panel { categories: Vec::new(), ..panel.clone() }),
            at("categories", "problem-panel-no-category")
        );
        let long = Panel { description: "x".repeat(4096), footer: "x".repeat(1901), ..panel };
        assert_eq!(errors(&long), at("description", "problem-embed-total"));
        assert_eq!(errors(&Panel { footer: "x".repeat(1900), ..long }), []);
    }

    #[test]
    fn tickets_of_a_category_are_told_apart_by_their_names() {
        for (name, fine) in [("a-{number}", true), ("{user}", true), ("{category}", false), ("help", false)] {
            let category = Category { naming_template: name.into(), ..Category::default() };
            assert_eq!(said(|problems| of_category(&category, "", problems)).is_empty(), fine, "{name}");
        }
    }

    #[test]
    fn a_select_offers_a_choice_and_an_answer_can_be_long_enough() {
        let select = |options: &[&str]| {
            let options = options.iter().map(|&option| option.to_owned()).collect();
            asked(Question { style: QuestionStyle::Select, options, ..Question::default() })
        };
        assert_eq!(select(&["one"]), at("questions.0.options", "problem-panel-options"));
        assert_eq!(select(&["one", "ONE"]), at("questions.0.options", "problem-panel-option-twice"));
        assert_eq!(select(&["one", "two"]), []);
        assert_eq!(asked(Question::default()), [], "others need no options");
        let lengths = |min_length, max_length| asked(Question { min_length, max_length, ..Question::default() });
        assert_eq!(lengths(5, 4), at("questions.0.min_length", "problem-panel-lengths"));
        assert_eq!(lengths(5, 5), []);
    }

    #[test]
    fn no_two_categories_have_one_name() {
        let named = |id: &str, name: &str| Category { id: id.into(), name: name.into(), ..Category::default() };
        let panel =
            Panel { categories: vec![named("1", "Help"), named("2", "Else"), named("3", " HELP")], ..Panel::default() };
        let found = said(|problems| names_of_categories(&panel, problems));
        assert_eq!(found, at("categories.2.name", "problem-panel-category-twice"));
    }
}
