//! What holds for every module: its table, its type, and its forms agree. What it needs of the bot is in `needs_tests`.

use serde_json::{Map, Value, json};

use super::{ALL, module};
use crate::settings::fields::{Field, Kind};
use crate::settings::fill::fill;
use crate::settings::module::{Module, ModuleKey};
use crate::settings::parse::read;
use crate::settings::problems::{Problem, Problems};
use crate::settings::rows;
use crate::web::form::FormData;

fn default_form(module: &Module) -> FormData {
    fill(module.fields(), &(module.defaults)())
}

fn read_form(module: &Module, form: &FormData) -> (Value, Vec<Problem>) {
    let mut problems = Problems::default();
    let read = read(module.fields(), "", form, &mut problems).expect("no field twice");
    (Value::Object(read), problems.unreadable)
}

/// A form with one fresh row in every list.
fn form_with_rows(module: &Module) -> FormData {
    let mut form = default_form(module);
    let fields: Vec<&Field> = module.fields().collect();
    for list in lists(&fields, "") {
        rows::apply(&fields, &mut form, &format!("add:{list}")).expect("room for a row");
    }
    form
}

fn lists(fields: &[&'static Field], path: &str) -> Vec<String> {
    every_field(fields, path)
        .filter(|(_, field)| matches!(field.kind, Kind::Rows { .. }))
        .map(|(path, _)| path)
        .collect()
}

/// Every field with its path, also inside templates, and inside the first row of lists.
pub(super) fn every_field(fields: &[&'static Field], path: &str) -> impl Iterator<Item = (String, &'static Field)> {
    let mut found = Vec::new();
    for field in fields {
        let path = crate::settings::fields::join(path, field.name);
        found.push((path.clone(), *field));
        if let Some(parts) = field.parts() {
            found.extend(every_field(&parts.iter().collect::<Vec<_>>(), &path));
        }
        if let Kind::Rows { fields, .. } = &field.kind {
            found.extend(every_field(&fields.iter().collect::<Vec<_>>(), &format!("{path}.0")));
        }
    }
    found.into_iter()
}

fn problem_at(module: &Module, path: &str, text: &str) -> Option<String> {
    let mut form = form_with_rows(module);
    form.set(path, text);
    let (_, problems) = read_form(module, &form);
    problems.into_iter().find(|problem| problem.path == path).map(|problem| problem.message.key.into_owned())
}

#[test]
fn every_module_is_found_by_its_key_and_in_order() {
    for (key, listed) in ModuleKey::ALL.into_iter().zip(&ALL) {
        assert_eq!((module(key).key, listed.key), (key, key));
        assert_eq!(listed.schema, 1);
    }
}

#[test]
fn defaults_read_back_from_their_own_form() {
    for module in &ALL {
        let (value, problems) = read_form(module, &default_form(module));
        assert_eq!(problems, [], "{:?}", module.key);
        assert_eq!(value, (module.defaults)(), "{:?}", module.key);
    }
}

#[test]
fn a_template_with_everything_in_it_reads_back() {
    for module in &ALL {
        for field in module.fields().filter(|field| matches!(field.kind, Kind::Template(_))) {
            let mut settings = (module.defaults)();
            let template = &mut settings[field.wire_name()];
            template["embed"]["url"] = json!("https://example.com/");
            template["embed"]["color"] = json!("#012345");
            template["embed"]["imageUrl"] = json!("https://example.com/a.png");
            template["embed"]["timestamp"] = json!(true);
            template["embed"]["fields"] = json!([{"name": "a", "value": "b\nc", "inline": true}]);
            let (value, problems) = read_form(module, &fill(module.fields(), &settings));
            assert_eq!(problems, []);
            assert_eq!(value, settings);
            assert_eq!((module.adapt)(value).expect("of this shape"), settings);
        }
    }
}

#[test]
fn the_table_names_what_the_type_has_and_nothing_else() {
    for module in &ALL {
        let with_rows = module.fields().filter(|field| matches!(field.kind, Kind::Rows { .. }));
        let rows: Map<String, Value> = with_rows.map(|field| (field.wire_name(), json!([{}]))).collect();
        let settings = (module.adapt)(Value::Object(rows)).expect("rows of defaults");
        same_names(&module.fields().collect::<Vec<_>>(), &settings, module.key.as_str());
    }
}

fn same_names(fields: &[&'static Field], value: &Value, place: &str) {
    let mut of_type: Vec<&str> = value.as_object().expect(place).keys().map(String::as_str).collect();
    let mut of_table: Vec<String> = fields.iter().map(|field| field.wire_name()).collect();
    of_type.sort_unstable();
    of_table.sort_unstable();
    assert_eq!(of_type, of_table, "{place}");
    for field in fields {
        let inner = &value[field.wire_name()];
        match &field.kind {
            Kind::Rows { fields, .. } => {
                for row in inner.as_array().expect("rows") {
                    same_names(&fields.iter().collect::<Vec<_>>(), row, field.name);
                }
            }
            _ => {
                if let Some(parts) = field.parts() {
                    same_names(&parts.iter().collect::<Vec<_>>(), inner, field.name);
                }
            }
        }
    }
}

#[test]
fn a_fresh_row_is_the_type_s_own_default() {
    for module in &ALL {
        let (value, _) = read_form(module, &form_with_rows(module));
        for field in module.fields().filter(|field| matches!(field.kind, Kind::Rows { .. })) {
            let list = field.wire_name();
            let typed = (module.adapt)(json!({list.clone(): [{}]})).expect("a row of defaults");
            assert_eq!(value[&list], typed[&list], "{list}");
        }
    }
}

#[test]
fn absent_settings_have_their_default_and_unknown_ones_go() {
    for module in &ALL {
        let defaults = (module.defaults)();
        assert_eq!((module.adapt)(json!({})).expect("nothing stored"), defaults);
        let mut older = defaults.clone();
        older["enabled"] = json!(true);
        older["longGone"] = json!({"a": [1]});
        let mut now = defaults;
        now["enabled"] = json!(true);
        assert_eq!((module.adapt)(older).expect("stored by another version"), now);
    }
}

#[test]
fn numbers_and_lengths_are_refused_one_beyond_their_limits() {
    for module in &ALL {
        let fields: Vec<&Field> = module.fields().collect();
        for (path, field) in every_field(&fields, "") {
            let key = |text: String| problem_at(module, &path, &text);
            match &field.kind {
                Kind::Number { min, max, .. } => {
                    assert_eq!((key(min.to_string()), key(max.to_string())), (None, None), "{path}");
                    for beyond in [min - 1, max + 1] {
                        assert_eq!(key(beyond.to_string()).as_deref(), Some("problem-number-range"), "{path}");
                    }
                }
                Kind::Bitrate => {
                    assert_eq!((key("8".into()), key("384".into())), (None, None));
                    assert!(key("7".into()).is_some() && key("385".into()).is_some());
                }
                Kind::Text { max, min, .. } => {
                    assert_eq!(key("é".repeat(*max)), None, "{path}");
                    assert_eq!(key("é".repeat(max + 1)).as_deref(), Some("problem-too-long"), "{path}");
                    assert_eq!(key(String::new()).is_some(), *min > 0, "{path}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn every_word_of_a_choice_and_of_a_set_is_one_of_the_type() {
    for module in &ALL {
        for field in module.fields() {
            let as_read: Vec<Value> = match &field.kind {
                Kind::Choice(words) => words.iter().map(|word| json!(word)).collect(),
                Kind::Set(words) => words.iter().map(|word| json!([word])).chain([json!([])]).collect(),
                Kind::Rows { fields, .. } => {
                    let choices = fields.iter().filter_map(|inner| match &inner.kind {
                        Kind::Choice(words) => Some(words.iter().map(|word| json!([{inner.wire_name(): word}]))),
                        _ => None,
                    });
                    for rows in choices.flatten() {
                        (module.adapt)(json!({field.wire_name(): rows})).expect("a word of the type");
                    }
                    continue;
                }
                _ => continue,
            };
            for value in as_read {
                let settings = (module.adapt)(json!({field.wire_name(): value})).expect("a word of the type");
                assert_eq!(settings[field.wire_name()], value);
            }
        }
    }
}

#[test]
fn a_row_must_say_which_channel_or_role_it_is_about() {
    for (key, path) in [
        (ModuleKey::TempVoice, "creators.0.creator_channel_id"),
        (ModuleKey::TempVoice, "creators.0.category_id"),
        (ModuleKey::Giveaway, "bonus_entries.0.role_id"),
    ] {
        assert_eq!(problem_at(module(key), path, "").as_deref(), Some("problem-choose-one"), "{path}");
        assert_eq!(problem_at(module(key), path, "200000000000000001"), None, "{path}");
    }
}

#[test]
fn a_template_takes_its_own_placeholders_and_no_other() {
    for module in &ALL {
        for field in module.fields() {
            let Kind::Template(known) = &field.kind else { continue };
            let path = format!("{}.content", field.name);
            for placeholder in *known {
                assert_eq!(problem_at(module, &path, &format!("{{{}}}", placeholder.name)), None, "{path}");
                assert_eq!(problem_at(module, &path, "{unheard_of}").as_deref(), Some("problem-placeholder"));
            }
        }
    }
}
