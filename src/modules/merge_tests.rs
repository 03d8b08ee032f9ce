//! Two edits of one form: what only one side changed is in the merged form, whoever comes first.

use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::{Value, json};

use super::module;
use crate::settings::fields::{Field, Kind};
use crate::settings::fill::fill;
use crate::settings::merge::{Clash, Side, Sides, clashes, merged};
use crate::settings::module::{Module, ModuleKey};
use crate::settings::parse;
use crate::settings::problems::Problems;

/// Another value than `now` that a form of this field could say.
fn another(field: &Field, now: &Value, pick: usize) -> Value {
    let words = |words: &[&str]| json!([words[pick % words.len()]]);
    let candidates = match &field.kind {
        Kind::Switch => vec![json!(true), json!(false)],
        Kind::Number { min, max, .. } => vec![json!(min), json!(max)],
        Kind::Bitrate => vec![json!(8), json!(9)],
        Kind::Text { min, .. } => vec![json!("x".repeat((*min).max(1))), json!("y".repeat((*min).max(1)))],
        Kind::Color { .. } => vec![json!("#000000"), json!("#ffffff")],
        Kind::Moment => vec![json!("2026-12-31T18:00"), json!("")],
        Kind::Url => vec![json!("https://example.org/a"), json!("")],
        Kind::Choice(all) => all.iter().map(|word| json!(word)).collect(),
        Kind::Set(all) => vec![words(all), json!([])],
        Kind::Region => vec![json!("rotterdam"), Value::Null],
        Kind::Channel { .. } | Kind::Role { .. } => vec![json!("816370501973721107"), json!("816370501973721108")],
        Kind::ChannelList { .. } | Kind::RoleList { .. } => vec![json!(["816370501973721107"]), json!([])],
        Kind::Emoji { .. } => vec![json!("🎉"), json!("🎲")],
        Kind::Rows { fields, .. } => {
            let row = fields.iter().map(|field| (field.wire_name(), another(field, &Value::Null, pick)));
            vec![Value::Array(vec![Value::Object(row.collect())]), json!([])]
        }
        Kind::Lines { .. } => vec![json!(["a"]), json!([])],
        Kind::Template(_) | Kind::Group(_) => vec![],
    };
    candidates.iter().cycle().skip(pick % candidates.len().max(1)).find(|one| *one != now).cloned().unwrap_or_default()
}

/// The pointers of every setting, down to the parts of messages.
fn places(fields: &[&'static Field], above: &str) -> Vec<(String, &'static Field)> {
    let mut found = Vec::new();
    for field in fields {
        let place = format!("{above}/{}", field.wire_name());
        match field.parts() {
            Some(parts) => found.extend(places(&parts.iter().collect::<Vec<_>>(), &place)),
            None => found.push((place, *field)),
        }
    }
    found
}

fn edited(base: &Value, edits: &[(String, &'static Field)], pick: usize) -> Value {
    let mut value = base.clone();
    for (place, field) in edits {
        let now = value.pointer_mut(place).expect("the place of a field");
        *now = another(field, now, pick);
    }
    value
}

/// Merges by what the sides say by themselves; what both have changed goes to `both`.
fn merge(module: &'static Module, was: &Value, mine: &Value, theirs: &Value, both: Side) -> Value {
    let found = clashes(module.fields(), module.key.as_str(), Sides { was: Some(was), mine, theirs });
    let is_mine = |clash: &&Clash<'_>| clash.by_itself().unwrap_or(both) == Side::Mine;
    let chosen: Vec<String> = found.iter().filter(is_mine).map(|clash| clash.path.clone()).collect();
    let fields: Vec<&'static Field> = module.fields().collect();
    let form = merged(fields.iter().copied(), theirs, &fill(module.fields(), mine), chosen);
    let mut problems = Problems::default();
    Value::Object(parse::read(module.fields(), "", &form, &mut problems).expect("no field twice"))
}

fn scene() -> impl Strategy<Value = (ModuleKey, Vec<usize>, Index, usize)> {
    select(ModuleKey::ALL.to_vec()).prop_flat_map(|key| {
        let count = places(&module(key).fields().collect::<Vec<_>>(), "").len();
        let chosen = subsequence((0..count).collect::<Vec<_>>(), 0..=count.min(12)).prop_shuffle();
        (Just(key), chosen, any::<Index>(), 0..4_usize)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_merge_of_edits_of_different_settings_is_both_in_either_order((key, chosen, cut, pick) in scene()) {
        let module = module(key);
        let all = places(&module.fields().collect::<Vec<_>>(), "");
        let edits: Vec<_> = chosen.iter().map(|at| all[*at].clone()).collect();
        let (one, other) = edits.split_at(if edits.is_empty() { 0 } else { cut.index(edits.len()) });
        let was = (module.defaults)();
        let (mine, theirs) = (edited(&was, one, pick), edited(&was, other, pick));
        let both = edited(&mine, other, pick);
        prop_assert_eq!(&merge(module, &was, &mine, &theirs, Side::Mine), &both);
        prop_assert_eq!(&merge(module, &was, &theirs, &mine, Side::Theirs), &both);
    }

    #[test]
    fn of_what_both_have_changed_the_chosen_side_wins_and_the_rest_stays((key, chosen, _, pick) in scene()) {
        let module = module(key);
        let all = places(&module.fields().collect::<Vec<_>>(), "");
        let edits: Vec<_> = chosen.iter().map(|at| all[*at].clone()).collect();
        let was = (module.defaults)();
        let mine = edited(&was, &edits, pick);
        let theirs = edited(&mine, &edits, pick + 1);
        prop_assert_eq!(&merge(module, &was, &mine, &theirs, Side::Mine), &mine);
        // Where theirs is what it was, only mine has changed anything.
        let mut expected = theirs.clone();
        for (place, _) in edits.iter().filter(|(place, _)| theirs.pointer(place) == was.pointer(place)) {
            *expected.pointer_mut(place).expect("the place of a field") = mine.pointer(place).cloned().unwrap_or_default();
        }
        prop_assert_eq!(&merge(module, &was, &mine, &theirs, Side::Theirs), &expected);
    }
}
