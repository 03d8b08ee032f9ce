//! Where in a JSON text a reader stopped, as a path (`[3].permissions`): a place to look at that,
//! unlike the text itself, may stand in a log.

/// The path of the value that begins at or before the given place (both count from 1).
pub(super) fn path_at(text: &[u8], line: usize, column: usize) -> String {
    let end = offset_of(text, line, column);
    let mut open: Vec<Step> = Vec::new();
    let mut string: Option<usize> = None;
    let mut escaped = false;
    for (at, &byte) in text.iter().enumerate().take(end) {
        if let Some(start) = string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    string = None;
                    if let Some(Step::Key { name, wanted: true }) = open.last_mut() {
                        *name = String::from_utf8_lossy(&text[start..at]).into_owned();
                    }
                }
                _ => {}
            }
            continue;
        }
        match (byte, open.last_mut()) {
            (b'"', _) => string = Some(at + 1),
            (b'{', _) => open.push(Step::Key { name: String::new(), wanted: true }),
            (b'[', _) => open.push(Step::Index(0)),
            (b'}' | b']', _) if at + 1 < end => drop(open.pop()),
            (b':', Some(Step::Key { wanted, .. })) => *wanted = false,
            (b',', Some(Step::Key { wanted, .. })) => *wanted = true,
            (b',', Some(Step::Index(index))) => *index += 1,
            _ => {}
        }
    }
    let path: String = open.iter().map(Step::to_string).collect();
    if path.is_empty() { "the top".to_owned() } else { path }
}

enum Step {
    Key { name: String, wanted: bool },
    Index(usize),
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Key { name, .. } => write!(f, ".{name}"),
            Self::Index(index) => write!(f, "[{index}]"),
        }
    }
}

fn offset_of(text: &[u8], line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive(|&byte| byte == b'\n').take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    (before + column).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::super::model::{Channel, Guild};
    use super::*;

    fn path_of<T: serde::de::DeserializeOwned>(text: &str) -> String {
        let error = serde_json::from_str::<T>(text).err().unwrap();
        path_at(text.as_bytes(), error.line(), error.column())
    }

    #[test]
    fn it_names_the_value_that_is_wrong() {
        let text = r#"[{"id":"816370774200827934","type":0,"name":"a \" , ] }"},
            {"id":"816370774200827935","type":"text"}]"#;
        assert_eq!(path_of::<Vec<Channel>>(text), "[1].type");
        let text = r#"{"id":"816370501973721107","roles":[{"id":"816370501973721107","tags":{"bot_id":[]}}]}"#;
        assert!(path_of::<Guild>(text).starts_with(".roles[0].tags.bot_id"));
    }

    #[test]
    fn it_names_where_a_text_breaks_off_or_is_none() {
        assert_eq!(path_of::<Vec<Channel>>(r#"[{"id":"816370774200827934","name":"cut"#), "[0].name");
        assert_eq!(path_of::<Vec<Channel>>("<html>"), "the top");
        assert_eq!(path_of::<Vec<Channel>>(""), "the top");
    }
}
