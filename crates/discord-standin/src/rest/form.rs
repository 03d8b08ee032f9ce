//! The tree of `errors` in a 50035 answer, and the checks that fill it. Paths are dotted, array
//! items by index: `embeds.0.title`.

use serde_json::{Map, Value, json};

/// Errors by path.
#[derive(Debug, Default)]
pub struct FormErrors {
    found: Vec<(String, &'static str, String)>,
}

impl FormErrors {
    /// One more error at a path.
    pub fn add(&mut self, path: &str, code: &'static str, message: &str) {
        self.found.push((path.to_owned(), code, message.to_owned()));
    }

    /// Fails if anything was added.
    pub fn settle(self) -> Result<(), super::ApiError> {
        if self.found.is_empty() { Ok(()) } else { Err(super::ApiError::form(self)) }
    }

    /// Text of at most (and, if it is there, at least) so many characters. Returns its length.
    pub fn text(&mut self, path: &str, value: Option<&Value>, least: usize, most: usize) -> usize {
        let text = match value {
            None | Some(Value::Null) => return 0,
            Some(Value::String(text)) => text.trim(),
            Some(Value::Number(_) | Value::Bool(_)) => return 0,
            Some(_) => {
                self.add(path, "STRING_TYPE_CONVERT", "Could not interpret value as string.");
                return 0;
            }
        };
        let length = text.chars().count();
        if length > most {
            let message = format!("Must be {most} or fewer in length.");
            self.add(path, "BASE_TYPE_MAX_LENGTH", &message);
        } else if length < least && least == 1 {
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
        } else if length < least {
            self.add(path, "BASE_TYPE_BAD_LENGTH", &format!("Must be between {least} and {most} in length."));
        }
        length
    }

    /// A field that must be there, with text in it.
    pub fn required(&mut self, path: &str, value: Option<&Value>, most: usize) -> usize {
        if matches!(value, None | Some(Value::Null)) {
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
        }
        self.text(path, value, 1, most)
    }

    /// A whole number within bounds.
    pub fn number(&mut self, path: &str, value: Option<&Value>, least: i64, most: i64) {
        let Some(value) = value.filter(|value| !value.is_null()) else {
            return;
        };
        match value.as_i64() {
            None => self.add(path, "NUMBER_TYPE_COERCE", &format!("Value \"{value}\" is not int.")),
            Some(number) if number < least => {
                let message = format!("int value should be greater than or equal to {least}.");
                self.add(path, "NUMBER_TYPE_MIN", &message);
            }
            Some(number) if number > most => {
                let message = format!("int value should be less than or equal to {most}.");
                self.add(path, "NUMBER_TYPE_MAX", &message);
            }
            Some(_) => {}
        }
    }

    /// A list of at most so many items; an absent one is empty.
    pub fn list<'v>(&mut self, path: &str, value: Option<&'v Value>, most: usize) -> &'v [Value] {
        let items = match value {
            None | Some(Value::Null) => return &[],
            Some(Value::Array(items)) => items,
            Some(_) => {
                self.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
                return &[];
            }
        };
        if items.len() > most {
            let message = format!("Must be {most} or fewer in length.");
            self.add(path, "BASE_TYPE_MAX_LENGTH", &message);
        }
        items
    }

    /// An http(s) address, for images also an attachment.
    pub fn link(&mut self, path: &str, value: Option<&Value>, attachments: bool) {
        let Some(text) = value.and_then(Value::as_str).filter(|text| !text.is_empty()) else {
            return;
        };
        if text.chars().count() > 2048 {
            self.add(path, "BASE_TYPE_MAX_LENGTH", "Must be 2048 or fewer in length.");
        }
        let scheme = text.split(':').next().unwrap_or_default();
        let known = matches!(scheme, "http" | "https") || (attachments && scheme == "attachment");
        if !known {
            let message = format!("Scheme \"{scheme}\" is not supported. Scheme must be one of ('http', 'https').");
            self.add(path, "URL_TYPE_INVALID_SCHEME", &message);
        } else if scheme != "attachment" && url::Url::parse(text).is_err() {
            self.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
        }
    }

    /// The tree Discord answers.
    pub fn tree(&self) -> Value {
        let mut root = json!({});
        for (path, code, message) in &self.found {
            let mut at = &mut root;
            for part in path.split('.') {
                if !at.is_object() {
                    *at = Value::Object(Map::new());
                }
                at = &mut at[part];
            }
            if !at.is_object() {
                *at = Value::Object(Map::new());
            }
            let error = json!({"code": code, "message": message});
            match at["_errors"].as_array_mut() {
                Some(errors) => errors.push(error),
                None => at["_errors"] = json!([error]),
            }
        }
        root
    }
}
