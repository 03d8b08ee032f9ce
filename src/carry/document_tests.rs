use proptest::prelude::*;
use serde_json::{Map, json};

use super::*;
use crate::modules;
use crate::settings::fields::{Field, Kind, TEMPLATE};

/// Any value a form could say for a field.
fn any_of(field: &'static Field) -> BoxedStrategy<Value> {
    let id = || (100_000_000_000_000_000_u64..999_999_999_999_999_999).prop_map(|id| id.to_string());
    let text = |min: usize, max: usize| {
        proptest::collection::vec(
            prop_oneof![Just('a'), Just('é'), Just('"'), Just('<'), Just('\\'), Just('🎉')],
            min..=max.min(12),
        )
        .prop_map(|letters| letters.into_iter().collect::<String>())
    };
    if let Some(parts) = field.parts() {
        // A message that is on must say something, which is not this test's matter.
        let quiet = parts.as_ptr() == TEMPLATE.as_ptr();
        return all_of(parts)
            .prop_map(move |mut value| {
                if quiet {
                    value["enabled"] = json!(false);
                }
                value
            })
            .boxed();
    }
    match &field.kind {
        Kind::Switch => any::<bool>().prop_map(|on| json!(on)).boxed(),
        Kind::Number { min, max, .. } => (*min..=*max).prop_map(|number| json!(number)).boxed(),
        Kind::Bitrate => (8..=384_i64).prop_map(|number| json!(number)).boxed(),
        Kind::Text { min, max, .. } => text(*min, *max).prop_map(|text| json!(text)).boxed(),
        Kind::Color { optional } => {
            let color = "#[0-9a-f]{6}".prop_map(|color| json!(color));
            if *optional { prop_oneof![Just(Value::Null), color].boxed() } else { color.boxed() }
        }
        Kind::Moment => Just(json!("2026-12-31T18:00")).boxed(),
        Kind::Url => prop_oneof![Just(json!("")), Just(json!("https://example.com/a?b=\u{e9}"))].boxed(),
        Kind::Choice(words) => proptest::sample::select(*words).prop_map(|word| json!(word)).boxed(),
        Kind::Set(words) => {
            proptest::sample::subsequence(words.to_vec(), 0..=words.len()).prop_map(|words| json!(words)).boxed()
        }
        Kind::Region => prop_oneof![Just(Value::Null), Just(json!("rotterdam"))].boxed(),
        Kind::Channel { required: true, .. } | Kind::Role { required: true, .. } => {
            id().prop_map(|id| json!(id)).boxed()
        }
        Kind::Channel { .. } | Kind::Role { .. } => {
            prop_oneof![Just(Value::Null), id().prop_map(|id| json!(id))].boxed()
        }
        Kind::ChannelList { max, .. } | Kind::RoleList { max, .. } => {
            proptest::collection::hash_set(id(), 0..=*max).prop_map(|ids| json!(ids)).boxed()
        }
        Kind::Lines { max, each } => {
            proptest::collection::vec(text(1, *each), 0..=(*max).min(3)).prop_map(|texts| json!(texts)).boxed()
        }
        Kind::Emoji { .. } => {
            prop_oneof![Just(json!("🎉")), id().prop_map(|id| json!(format!("<a:party:{id}>")))].boxed()
        }
        Kind::Rows { max, fields, .. } => {
            proptest::collection::vec(all_of(*fields), 0..=(*max).min(3)).prop_map(|rows| json!(rows)).boxed()
        }
        // Their parts are above.
        Kind::Template(_) | Kind::Group(_) => Just(Value::Null).boxed(),
    }
}

fn all_of(fields: impl IntoIterator<Item = &'static Field>) -> BoxedStrategy<Value> {
    let each: Vec<_> =
        fields.into_iter().map(|field| any_of(field).prop_map(move |value| (field.wire_name(), value))).collect();
    each.prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())).boxed()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_settings_are_written_are_read_again_and_written_alike(
        all in modules::ALL.iter().map(|module| all_of(module.fields())).collect::<Vec<_>>()
    ) {
        let parts = modules::ALL.iter().zip(all).map(|(module, settings)| Part { module, settings }).collect();
        let document = Document { parts, names: Names::default() };
        let text = document.write().expect("JSON");
        let again = match Document::read(&text, &modules::ALL) {
            Ok(again) => again,
            Err(flaws) => return Err(TestCaseError::fail(format!("{flaws:?}"))),
        };
        for (one, other) in document.parts.iter().zip(&again.parts) {
            prop_assert_eq!(&one.settings, &other.settings);
        }
        prop_assert_eq!(again.write().expect("JSON"), text);
    }

    #[test]
    fn no_text_makes_the_reader_fall(text in "[\\[\\]{}\",:0-9a-z \\\\]{0,200}") {
        let _ = Document::read(&text, &modules::ALL);
    }
}

#[test]
fn a_file_of_the_defaults_is_read() {
    let parts = modules::ALL.iter().map(|module| Part { module, settings: (module.defaults)() }).collect();
    let text = Document { parts, names: Names::default() }.write().expect("JSON");
    assert!(text.starts_with("{\n  \"guildhall\": \"settings\",\n  \"version\": 1,\n"), "{text}");
    assert!(Document::read(&text, &modules::ALL).is_ok());
}
