//! The difference of any two settings, applied to the one, gives the other; and tells nothing that is equal.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::*;
use crate::modules;
use crate::settings::module::ModuleKey;

/// Any value a field can have, as far as a difference cares: few, so that both sides are often equal.
fn value_of(field: &'static Field) -> BoxedStrategy<Value> {
    if let Some(parts) = field.parts() {
        return values_of(parts.iter().collect());
    }
    match &field.kind {
        Kind::Switch => any::<bool>().prop_map(Value::Bool).boxed(),
        Kind::Number { .. } | Kind::Bitrate => (0..4_i64).prop_map(Value::from).boxed(),
        Kind::Set(words) => proptest::sample::subsequence(words.to_vec(), 0..=words.len().min(4))
            .prop_map(|chosen| json!(chosen))
            .boxed(),
        Kind::Choice(words) => select(words.to_vec()).prop_map(|word| json!(word)).boxed(),
        Kind::ChannelList { .. } | Kind::RoleList { .. } => {
            proptest::collection::vec(id(), 0..4).prop_map(|ids| json!(ids)).boxed()
        }
        Kind::Rows { fields, .. } => {
            proptest::collection::vec(values_of(fields.iter().collect()), 0..5).prop_map(Value::Array).boxed()
        }
        Kind::Channel { .. } | Kind::Role { .. } | Kind::Region | Kind::Color { .. } => {
            proptest::option::of(id()).prop_map(|id| json!(id)).boxed()
        }
        _ => select(vec!["", "one", "one\ntwo", "two\none\n"]).prop_map(|text| json!(text)).boxed(),
    }
}

fn id() -> impl Strategy<Value = String> {
    select(vec!["816370501973721107", "816370501973721108", "816370501973721109"]).prop_map(str::to_owned)
}

fn values_of(fields: Vec<&'static Field>) -> BoxedStrategy<Value> {
    let each: Vec<_> = fields.iter().map(|field| value_of(field)).collect();
    let names: Vec<String> = fields.iter().map(|field| field.wire_name()).collect();
    each.prop_map(move |values| Value::Object(names.iter().cloned().zip(values).collect())).boxed()
}

fn two_of_a_module() -> impl Strategy<Value = (ModuleKey, Value, Value)> {
    select(ModuleKey::ALL.to_vec()).prop_flat_map(|key| {
        let fields: Vec<_> = modules::module(key).fields().collect();
        (Just(key), values_of(fields.clone()), values_of(fields))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn applied_to_the_one_side_it_gives_the_other((key, before, after) in two_of_a_module()) {
        let found = diff(modules::module(key).fields(), &before, &after);
        prop_assert_eq!(apply(&found, &before), after.clone());
        let back = diff(modules::module(key).fields(), &after, &before);
        prop_assert_eq!(apply(&back, &after), before.clone());
        prop_assert_eq!(found.is_empty(), before == after);
    }
}

static LIST: [Field; 1] = [Field {
    name: "creators",
    kind: Kind::Rows { max: 5, fields: &[Field { name: "user_limit", kind: Kind::Switch }], fresh: &[] },
}];

fn told(before: &[i64], after: &[i64]) -> Vec<String> {
    let side = |limits: &[i64]| json!({"creators": limits.iter().map(|limit| json!({"userLimit": limit})).collect::<Vec<_>>()});
    let (before, after) = (side(before), side(after));
    let found = diff(&LIST, &before, &after);
    let Some(Change::Rows(rows)) = found.first().map(|one| &one.change) else { return Vec::new() };
    rows.iter()
        .map(|row| match row {
            RowDiff::Kept { before } => format!("={before}"),
            RowDiff::Altered { before, after, .. } => format!("{before}>{after}"),
            RowDiff::Removed { before, .. } => format!("-{before}"),
            RowDiff::Added { after, .. } => format!("+{after}"),
        })
        .collect()
}

#[test]
fn a_row_put_in_between_is_one_new_row_and_not_a_change_of_all_below_it() {
    assert_eq!(told(&[1, 2, 3], &[1, 9, 2, 3]), ["=0", "+1", "=1", "=2"]);
    assert_eq!(told(&[1, 2, 3], &[2, 3]), ["-0", "=1", "=2"]);
    assert_eq!(told(&[1, 2, 3], &[1, 7, 3]), ["=0", "1>1", "=2"]);
    assert!(told(&[1], &[1]).is_empty());
}

#[test]
fn rows_that_only_changed_places_are_known_as_such() {
    let side = |limits: &[i64]| json!({"creators": limits.iter().map(|limit| json!({"userLimit": limit})).collect::<Vec<_>>()});
    for (before, after, moved) in [
        ([1, 2, 3].as_slice(), [2, 3, 1].as_slice(), true),
        (&[1, 1, 2], &[1, 2, 1], true),
        (&[1, 2, 3], &[2, 3], false),
        (&[1, 2], &[1, 3], false),
    ] {
        let (before, after) = (side(before), side(after));
        let found = diff(&LIST, &before, &after);
        let Change::Rows(rows) = &found[0].change else { panic!("rows differ as rows") };
        assert_eq!(only_moved(rows), moved, "{before} {after}");
    }
}
