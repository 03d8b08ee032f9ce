//! Reading a form: pairs of text become a value of the module's shape, with every error at once.
//!
//! Only what is wrong in itself is said here (not a number, too long); whether the server has that channel is
//! `judge`'s matter. Rows must have been numbered anew (`rows::renumber`) before.

use serde_json::{Map, Value, json};
use twilight_model::id::Id;
use twilight_model::id::marker::GenericMarker;

use crate::messages;
use crate::settings::fields::{Field, Kind, join};
use crate::settings::placeholders;
use crate::settings::problems::Problems;
use crate::web::form::FormData;
use crate::web::words::Message;

/// A field that may stand once stood twice: no page of ours sends that.
#[derive(Debug, PartialEq, Eq)]
pub struct SentTwice(pub String);

/// Reads `fields` below `path`. What cannot be read is null in the value and an error in `problems`.
///
/// # Errors
/// [`SentTwice`] names a single-valued field that arrived more than once.
pub fn read(
    fields: impl IntoIterator<Item = &'static Field>,
    path: &str,
    form: &FormData,
    problems: &mut Problems,
) -> Result<Map<String, Value>, SentTwice> {
    let mut values = Map::new();
    for field in fields {
        let path = join(path, field.name);
        values.insert(field.wire_name(), read_field(field, &path, form, problems)?);
    }
    Ok(values)
}

fn read_field(field: &'static Field, path: &str, form: &FormData, problems: &mut Problems) -> Result<Value, SentTwice> {
    if let Some(parts) = field.parts() {
        let value = Value::Object(read(parts, path, form, problems)?);
        if let Kind::Template(known) = &field.kind {
            placeholders::check_template(&value, path, known, problems);
        }
        return Ok(value);
    }
    match &field.kind {
        Kind::Rows { max, fields, .. } => {
            let rows = form.rows(path);
            if rows.len() > *max {
                problems.unreadable(path, Message::new("problem-too-many-rows").number("max", *max as i64));
            }
            // One too many says it; a forged form could have thousands.
            let rows = rows.iter().take(max + 1);
            let rows = rows.map(|row| Ok(Value::Object(read(*fields, &format!("{path}.{row}"), form, problems)?)));
            return Ok(Value::Array(rows.collect::<Result<_, _>>()?));
        }
        Kind::Set(words) => {
            let chosen: Vec<&str> = form.all(path).filter(|word| !word.is_empty()).collect();
            if chosen.iter().any(|word| !words.contains(word)) {
                problems.unreadable(path, Message::new("problem-choice"));
            }
            return Ok(words.iter().filter(|word| chosen.contains(word)).map(|word| json!(word)).collect());
        }
        Kind::ChannelList { max, .. } | Kind::RoleList { max, .. } => return Ok(read_ids(path, form, *max, problems)),
        _ => {}
    }
    let mut texts = form.all(path);
    let text = texts.next();
    if texts.next().is_some() {
        return Err(SentTwice(path.to_owned()));
    }
    if matches!(field.kind, Kind::Switch) {
        return Ok(Value::Bool(text == Some("on")));
    }
    let Some(text) = text else {
        problems.unreadable(path, Message::new("problem-missing"));
        return Ok(Value::Null);
    };
    Ok(read_text(&field.kind, text.trim()).unwrap_or_else(|message| {
        problems.unreadable(path, message);
        Value::Null
    }))
}

/// One text as one value.
fn read_text(kind: &Kind, text: &str) -> Result<Value, Message> {
    match kind {
        Kind::Number { min, max, .. } => read_number(text, *min, *max),
        // What this server's boosts allow is judged later; the words must not promise more.
        Kind::Bitrate => read_number(text, 8, 384).map_err(|_| Message::new("problem-bitrate-range").number("min", 8)),
        Kind::Text { min, max, lines, placeholders: known } => {
            check_text(text, *min, *max, *lines)?;
            placeholders::check(text, known)?;
            Ok(json!(text))
        }
        Kind::Color { optional } => match text {
            "" if *optional => Ok(Value::Null),
            text if is_color(text) => Ok(json!(text)),
            _ => Err(Message::new("problem-color")),
        },
        Kind::Url => match text {
            "" => Ok(json!("")),
            text => read_url(text).map(|url| json!(url)),
        },
        Kind::Moment => {
            check_text(text, 0, 40, false)?;
            Ok(json!(text))
        }
        Kind::Choice(words) => match words.contains(&text) {
            true => Ok(json!(text)),
            false => Err(Message::new("problem-choice")),
        },
        Kind::Region => match text {
            "" => Ok(Value::Null),
            text if text.len() <= 40 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') => Ok(json!(text)),
            _ => Err(Message::new("problem-choice")),
        },
        Kind::Channel { required, .. } | Kind::Role { required, .. } => match text {
            "" if *required => Err(Message::new("problem-choose-one")),
            "" => Ok(Value::Null),
            text => read_id(text).map(|id| json!(id.to_string())),
        },
        Kind::Emoji { optional } => {
            check_text(text, usize::from(!optional), 100, false)?;
            Ok(json!(text))
        }
        Kind::Lines { max, each } => read_lines(text, *max, *each),
        // Read by their callers: they are not one text.
        Kind::Switch | Kind::Set(_) | Kind::ChannelList { .. } | Kind::RoleList { .. } => Ok(Value::Null),
        Kind::Rows { .. } | Kind::Template(_) | Kind::Group(_) => Ok(Value::Null),
    }
}

fn read_ids(path: &str, form: &FormData, max: usize, problems: &mut Problems) -> Value {
    let mut ids: Vec<String> = Vec::new();
    for text in form.all(path).map(str::trim).filter(|text| !text.is_empty()) {
        match read_id(text) {
            Ok(id) if !ids.contains(&id.to_string()) => ids.push(id.to_string()),
            Ok(_) => {}
            Err(message) => problems.unreadable(path, message),
        }
    }
    if ids.len() > max {
        problems.unreadable(
            path,
            Message::new("problem-too-many").number("max", max as i64).number("chosen", ids.len() as i64),
        );
    }
    json!(ids)
}

fn read_id(text: &str) -> Result<Id<GenericMarker>, Message> {
    crate::ids::parse(text).ok_or_else(|| Message::new("problem-choice"))
}

/// What is wrong with one of them is said with its number, counted from 1.
fn read_lines(text: &str, max: usize, each: usize) -> Result<Value, Message> {
    let texts: Vec<&str> = text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect();
    if texts.len() > max {
        let count = texts.len() as i64;
        return Err(Message::new("problem-too-many-lines").number("max", max as i64).number("count", count));
    }
    for (line, text) in texts.iter().enumerate() {
        check_text(text, 1, each, false).map_err(|message| match message.key.as_ref() {
            "problem-too-long" => {
                Message::new("problem-line-too-long").number("line", line as i64 + 1).number("max", each as i64)
            }
            _ => message,
        })?;
    }
    Ok(json!(texts))
}

fn read_number(text: &str, min: i64, max: i64) -> Result<Value, Message> {
    let range = |key: &'static str| Message::new(key).number("min", min).number("max", max);
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(range("problem-not-a-number"));
    }
    // A number too large even for 64 bits is out of range as well.
    match text.parse::<i64>() {
        Ok(number) if (min..=max).contains(&number) => Ok(json!(number)),
        _ => Err(range("problem-number-range")),
    }
}

/// Length in Unicode scalar values; control characters are refused but line ends (where allowed) and tabs.
fn check_text(text: &str, min: usize, max: usize, lines: bool) -> Result<(), Message> {
    let length = text.chars().count();
    if text.chars().any(|c| c.is_control() && !(c == '\t' || (lines && c == '\n'))) {
        return Err(Message::new("problem-control-character"));
    }
    if length > max {
        return Err(Message::new("problem-too-long").number("max", max as i64).number("length", length as i64));
    }
    if length == 0 && min > 0 {
        return Err(Message::new("problem-empty"));
    }
    if length < min {
        return Err(Message::new("problem-too-short").number("min", min as i64));
    }
    Ok(())
}

pub fn is_color(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// An https address of a host, of at most 2048 characters.
///
/// # Errors
/// What is wrong with it.
pub fn read_url(text: &str) -> Result<&str, Message> {
    check_text(text, 1, 2048, false)?;
    let url = url::Url::parse(text).map_err(|_| Message::new("problem-url"))?;
    let plain = messages::host(text).is_some_and(|host| host.contains('.'));
    let bare = url.username().is_empty() && url.password().is_none() && !text.contains(char::is_whitespace);
    if plain && bare && !text.contains('\\') { Ok(text) } else { Err(Message::new("problem-url")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(kind: Kind, text: &str) -> Result<Value, String> {
        read_text(&kind, text).map_err(|message| message.key.into_owned())
    }

    const LINE: Kind = Kind::Text { min: 1, max: 3, lines: false, placeholders: &[] };

    #[test]
    fn numbers_outside_their_range_or_beyond_64_bits_are_out_of_range() {
        let kind = || Kind::Number { min: 0, max: 99, unit: None };
        assert_eq!(text(kind(), "99"), Ok(json!(99)));
        for (given, key) in [
            ("100", "problem-number-range"),
            ("-1", "problem-number-range"),
            ("99999999999999999999999", "problem-number-range"),
            ("1.5", "problem-not-a-number"),
            ("", "problem-not-a-number"),
            ("٣", "problem-not-a-number"),
            ("1e1", "problem-not-a-number"),
        ] {
            assert_eq!(text(kind(), given), Err(key.into()), "{given}");
        }
    }

    #[test]
    fn text_is_counted_in_scalar_values() {
        assert_eq!(text(LINE, "🎉🎉🎉"), Ok(json!("🎉🎉🎉")));
        assert_eq!(text(LINE, "🎉🎉🎉!"), Err("problem-too-long".into()));
        assert_eq!(text(LINE, ""), Err("problem-empty".into()));
        assert_eq!(text(LINE, "a\0"), Err("problem-control-character".into()));
        assert_eq!(text(LINE, "a\nb"), Err("problem-control-character".into()));
    }

    #[test]
    fn lines_are_counted_without_those_that_are_empty() {
        let kind = || Kind::Lines { max: 2, each: 3 };
        assert_eq!(text(kind(), " one \n\n two"), Ok(json!(["one", "two"])));
        assert_eq!(text(kind(), ""), Ok(json!([])));
        assert_eq!(text(kind(), "a\nb\nc"), Err("problem-too-many-lines".into()));
        assert_eq!(text(kind(), "a\nfour"), Err("problem-line-too-long".into()));
        assert_eq!(text(kind(), "a\tb\n\0"), Err("problem-control-character".into()));
    }

    #[test]
    fn only_https_addresses_of_a_host_are_taken() {
        for wrong in [
            "http://example.com/a.png",
            "https://localhost/",
            "javascript:alert(1)",
            "https://a b.com",
            "https://evil.exampl\"",
            "https://{a}.example.com/",
            "https://user@example.com/",
            "//example.com",
        ] {
            assert_eq!(text(Kind::Url, wrong), Err("problem-url".into()), "{wrong}");
        }
        assert_eq!(text(Kind::Url, "https://example.com/a.png"), Ok(json!("https://example.com/a.png")));
    }

    #[test]
    fn a_single_value_that_arrives_twice_is_refused() {
        static FIELD: [Field; 1] = [Field { name: "limit", kind: Kind::Number { min: 0, max: 9, unit: None } }];
        let form = FormData::decode(b"limit=1&limit=2").expect("a form");
        assert_eq!(read(&FIELD, "", &form, &mut Problems::default()), Err(SentTwice("limit".into())));
    }
}
