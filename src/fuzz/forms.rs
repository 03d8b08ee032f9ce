//! Forms of settings, from their bytes to the value that a save would write.

use serde_json::Value;

use super::server::SERVER;
use crate::modules;
use crate::settings::fields::{Field, Kind, RoleUse};
use crate::settings::fill::fill;
use crate::settings::judge::Judge;
use crate::settings::module::Module;
use crate::settings::{reading, rows};
use crate::web::form::{FormData, MAX_PAIRS};
use crate::web::words::Words;

/// A row's button adds no more than its fields.
const MOST_FIELDS_OF_A_ROW: usize = 8;

pub fn forms(data: &[u8]) {
    let Ok(form) = FormData::decode(data) else { return };
    assert!(form.pairs().len() <= MAX_PAIRS);
    assert_same_when_sent_again(&form);
    for module in &modules::ALL {
        press_the_button(module, &form);
        read(module, form.clone());
    }
}

fn assert_same_when_sent_again(form: &FormData) {
    assert!(form.pairs().iter().all(|(_, value)| !value.contains('\r')));
    // A preset takes the place of another field.
    if !form.pairs().iter().any(|(name, _)| name.ends_with("-preset")) {
        assert_eq!(FormData::decode(&encoded(form)).as_ref(), Ok(form));
    }
}

/// As a browser sends it.
pub fn encoded(form: &FormData) -> Vec<u8> {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(form.pairs()).finish().into_bytes()
}

fn press_the_button(module: &Module, form: &FormData) {
    let Some(request) = form.text("row") else { return };
    let fields: Vec<&'static Field> = module.fields().collect();
    let mut changed = form.clone();
    rows::renumber(&fields, &mut changed);
    rows::apply(&fields, &mut changed, request);
    assert!(changed.pairs().len() <= form.pairs().len() + MOST_FIELDS_OF_A_ROW, "{request}");
}

fn read(module: &Module, mut form: FormData) {
    let judge = SERVER.judge();
    reading::prepare_for(module, judge.guild, &mut form);
    // Of a field that arrived twice nothing is read.
    let Ok(reading) = reading::judged_for(module, &judge, &form) else { return };
    let words = Words::default();
    for problem in reading.problems.errors().chain(&reading.problems.warnings) {
        assert_ne!(words.say(&problem.message), problem.message.key, "a problem without words");
    }
    assert_known(module.fields(), &reading.value, module.key.as_str());
    if !reading.problems.stop_the_save() {
        assert_within_limits(&judge, module.fields(), &reading.value);
        assert_settled(module, &judge, &reading.value);
    }
}

/// It has each field that the module knows, and no other.
fn assert_known(fields: impl IntoIterator<Item = &'static Field>, value: &Value, place: &str) {
    let fields: Vec<&'static Field> = fields.into_iter().collect();
    assert_eq!(value.as_object().map(|values| values.len()), Some(fields.len()), "{place}");
    for field in fields {
        let inner = value.get(field.wire_name());
        assert!(inner.is_some(), "{place} has no {}", field.name);
        let inner = inner.unwrap_or(&Value::Null);
        if let Some(parts) = field.parts() {
            assert_known(parts, inner, field.name);
        } else if let Kind::Rows { fields, .. } = &field.kind {
            inner.as_array().into_iter().flatten().for_each(|row| assert_known(*fields, row, field.name));
        }
    }
}

/// What is said here is said once more by itself: it does not ask what read the form.
fn assert_within_limits(judge: &Judge<'_>, fields: impl IntoIterator<Item = &'static Field>, values: &Value) {
    for field in fields {
        let value = values.get(field.wire_name()).unwrap_or(&Value::Null);
        if let Some(parts) = field.parts() {
            assert_within_limits(judge, parts, value);
            continue;
        }
        match (&field.kind, value) {
            (Kind::Number { min, max, .. }, value) => {
                assert!(value.as_i64().is_some_and(|number| (*min..=*max).contains(&number)), "{}", field.name);
            }
            (Kind::Text { min, max, lines, .. }, value) => {
                let text = value.as_str().unwrap_or_default();
                assert!((*min..=*max).contains(&text.chars().count()), "{}", field.name);
                let wrong = |c: char| c.is_control() && c != '\t' && !(*lines && c == '\n');
                assert!(!text.contains(wrong), "{}: {text:?}", field.name);
            }
            (Kind::Url, Value::String(url)) => assert!(url.is_empty() || url.starts_with("https:"), "{url}"),
            (Kind::ChannelList { max, .. } | Kind::RoleList { max, .. }, Value::Array(ids)) => {
                assert!(ids.len() <= *max, "{}", field.name);
            }
            (Kind::Rows { max, fields, .. }, Value::Array(rows)) => {
                assert!(rows.len() <= *max, "{}", field.name);
                rows.iter().for_each(|row| assert_within_limits(judge, *fields, row));
            }
            (Kind::Channel { of, .. }, Value::String(id)) => {
                let found = judge.find_channel(id);
                assert!(found.is_some_and(|found| judge.person.sees(found) && of.takes(found.kind)), "{id}");
            }
            (Kind::Role { of: RoleUse::Give, .. }, Value::String(id)) => {
                let below = |role| judge.person.outranks(role) && judge.guild.bot().outranks(role);
                assert!(judge.find_role(id).is_some_and(|role| below(role) && !role.managed), "{id}");
            }
            _ => {}
        }
    }
}

/// Stored, shown and sent again it is the same, and nothing is wrong with it.
pub fn assert_settled(module: &Module, judge: &Judge<'_>, value: &Value) {
    assert_same_in_its_form(module, value);
    let mut form = shown_and_sent(module, value);
    reading::prepare_for(module, judge.guild, &mut form);
    let Ok(again) = reading::judged_for(module, judge, &form) else { panic!("a form of ours has no field twice") };
    assert_eq!(again.value, *value);
    assert!(!again.problems.stop_the_save(), "{:?}", again.problems);
}

/// What is stored is what its type holds, and what its form says.
pub fn assert_same_in_its_form(module: &Module, value: &Value) {
    let stored = serde_json::from_str(&value.to_string()).expect("JSON");
    assert_eq!((module.adapt)(stored).expect("settings of this module"), *value);
    let mut problems = crate::settings::problems::Problems::default();
    let form = shown_and_sent(module, value);
    let read = crate::settings::parse::read(module.fields(), "", &form, &mut problems);
    assert_eq!(read.map(Value::Object).as_ref(), Ok(value));
    assert_eq!(problems.unreadable, []);
}

fn shown_and_sent(module: &Module, value: &Value) -> FormData {
    FormData::decode(&encoded(&fill(module.fields(), value))).expect("a form of ours can be read")
}
