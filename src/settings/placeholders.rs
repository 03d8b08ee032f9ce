//! `{name}` in texts: which are known, and what a template as a whole must hold to.

use serde_json::Value;

use crate::settings::fields::{EMBED_TOTAL, Placeholder};
use crate::settings::problems::Problems;
use crate::web::words::Message;

/// The names in braces in a text: letters and underscores between `{` and `}`.
pub fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| {
        let name = rest.split_once('}')?.0;
        let plain = !name.is_empty() && name.len() <= 40 && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        plain.then_some(name)
    })
}

/// A text without a list of placeholders takes braces as they are.
///
/// # Errors
/// Names the first unknown one and those allowed.
pub fn check(text: &str, known: &[Placeholder]) -> Result<(), Message> {
    if known.is_empty() {
        return Ok(());
    }
    match names(text).find(|name| !known.iter().any(|placeholder| placeholder.name == *name)) {
        None => Ok(()),
        Some(unknown) => {
            let allowed: Vec<String> = known.iter().map(|placeholder| format!("{{{}}}", placeholder.name)).collect();
            Err(Message::new("problem-placeholder")
                .text("name", format!("{{{unknown}}}"))
                .text("allowed", allowed.join(" ")))
        }
    }
}

/// The rules of a template as a whole: known placeholders in every text, 6000 in all, and something to say.
pub fn check_template(template: &Value, path: &str, known: &[Placeholder], problems: &mut Problems) {
    let on = |value: &Value| value.get("enabled").and_then(Value::as_bool).unwrap_or(false);
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let embed = template.get("embed").cloned().unwrap_or_default();
    let mut texts = vec![(format!("{path}.content"), text(template, "content"))];
    for (field, name) in
        [("title", "title"), ("description", "description"), ("author_name", "authorName"), ("footer", "footer")]
    {
        texts.push((format!("{path}.embed.{field}"), text(&embed, name)));
    }
    let rows = embed.get("fields").and_then(Value::as_array).cloned().unwrap_or_default();
    for (index, row) in rows.iter().enumerate() {
        for name in ["name", "value"] {
            texts.push((format!("{path}.embed.fields.{index}.{name}"), text(row, name)));
        }
    }
    for (path, text) in &texts {
        if let Err(message) = check(text, known) {
            problems.unreadable(path, message);
        }
    }
    let total: usize = texts.iter().skip(1).map(|(_, text)| text.chars().count()).sum();
    if total > EMBED_TOTAL {
        let message =
            Message::new("problem-embed-total").number("max", EMBED_TOTAL as i64).number("length", total as i64);
        problems.unreadable(format!("{path}.embed.description"), message);
    }
    let image = |name: &str| !text(&embed, name).is_empty();
    let embed_says_something = total > 0 || image("imageUrl") || image("thumbnailUrl");
    let unread = problems.unreadable.iter().any(|problem| problem.path.starts_with(path));
    if on(template) && texts[0].1.is_empty() && !(on(&embed) && embed_says_something) && !unread {
        problems.unreadable(format!("{path}.content"), Message::new("problem-template-empty"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[Placeholder] = &[Placeholder { name: "user", example: "Mira", mention: true }];

    #[test]
    fn an_unknown_placeholder_is_named_and_other_braces_are_text() {
        assert!(check("Hello {user}, {} {not one} {", KNOWN).is_ok());
        let message = check("Hello {usr}", KNOWN).expect_err("an unknown one");
        assert_eq!(message.args[0].1, crate::web::words::Arg::Text("{usr}".into()));
    }
}
