//! JSON read strictly: at most sixteen levels deep, and no name twice in an object, which readers would take
//! differently.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::web::words::Message;

const DEEPEST: usize = 16;

/// # Errors
/// Why the text cannot be taken, with the place.
pub(super) fn parse(text: &str) -> Result<Value, Message> {
    let why = RefCell::new(None);
    let mut reader = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}'));
    let read = Level { depth: 0, why: &why }.deserialize(&mut reader);
    read.and_then(|value| reader.end().map(|()| value)).map_err(|error| {
        let message = why.take().unwrap_or_else(|| Message::new("carry-not-json"));
        message.number("line", error.line()).number("column", error.column())
    })
}

/// A value at a depth; its own reason for refusing is left in `why`.
#[derive(Clone, Copy)]
struct Level<'a> {
    depth: usize,
    why: &'a RefCell<Option<Message>>,
}

impl Level<'_> {
    fn below<E: Error>(self) -> Result<Self, E> {
        if self.depth == DEEPEST {
            return self.refuse(Message::new("carry-too-deep").number("max", DEEPEST));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }

    fn refuse<T, E: Error>(self, message: Message) -> Result<T, E> {
        *self.why.borrow_mut() = Some(message);
        Err(E::custom("refused"))
    }
}

impl<'de> DeserializeSeed<'de> for Level<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let below = self.below()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(below)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let below = self.below()?;
        let mut object = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            if object.contains_key(&name) {
                return self.refuse(Message::new("carry-name-twice").name("name", super::shape::shortened(&name)));
            }
            object.insert(name, fields.next_value_seed(below)?);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        parse(text).expect_err("refused").key.into_owned()
    }

    #[test]
    fn a_name_twice_or_too_deep_a_level_is_refused_and_all_else_is_as_json_has_it() {
        assert_eq!(refused(r#"{"a": 1, "a": 2}"#), "carry-name-twice");
        assert_eq!(refused(&format!("{}{}", "[".repeat(17), "]".repeat(17))), "carry-too-deep");
        assert_eq!(refused(&"[".repeat(1_000_000)), "carry-too-deep");
        for wrong in ["", "{", "nothing", "{} {}", "[1,]", r#""\ud800""#] {
            assert_eq!(refused(wrong), "carry-not-json", "{wrong}");
        }
        let text = r#"{"a": [1, -2, 1.5, true, null, "x\ny", {"b": {}}]}"#;
        assert_eq!(parse(text), Ok(serde_json::from_str(text).expect("JSON")));
        assert_eq!(parse(&format!("\u{feff}{text}")), parse(text), "a mark that some editors put first");
        assert!(parse(&format!("{}{}", "[".repeat(16), "]".repeat(16))).is_ok());
    }
}
