//! The files of words of every language, read as Fluent reads them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use fluent_syntax::parser;
use guildhall::web::language::Language;

use super::{files, root};

/// What a message is made of, apart from its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    pub variables: BTreeSet<String>,
    /// Texts in quotes: placeholders such as `{user}` that the bot fills in.
    pub quoted: BTreeSet<String>,
    /// The forms of each choice by a number.
    pub forms: Vec<BTreeSet<String>>,
    /// The words, without anything else.
    pub words: String,
}

/// The messages of a language by key. Whatever cannot be read, or stands there twice, ends the story.
pub fn messages(folder: &str) -> BTreeMap<String, Parts> {
    let mut all = BTreeMap::new();
    for file in files(&format!("locales/{folder}"), "ftl") {
        let text = std::fs::read_to_string(&file).unwrap();
        let resource = match parser::parse(text.as_str()) {
            Ok(resource) => resource,
            Err((_, errors)) => panic!("{}: {errors:?}", file.display()),
        };
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    assert!(message.attributes.is_empty(), "{}: nobody reads attributes", message.id.name);
                    let mut parts = Parts::default();
                    take_in(message.value.as_ref().unwrap(), &mut parts);
                    let twice = all.insert(message.id.name.to_owned(), parts);
                    assert!(twice.is_none(), "{} stands twice in {folder}", message.id.name);
                }
                Entry::Term(term) => panic!("{}: nobody reads terms", term.id.name),
                Entry::Junk { content } => panic!("{}: {content}", file.display()),
                _ => {}
            }
        }
    }
    all
}

fn take_in(pattern: &Pattern<&str>, parts: &mut Parts) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => parts.words.push_str(value),
            PatternElement::Placeable { expression } => take_in_placeable(expression, parts),
        }
    }
}

fn take_in_placeable(expression: &Expression<&str>, parts: &mut Parts) {
    match expression {
        Expression::Inline(inline) => take_in_inline(inline, parts),
        Expression::Select { selector, variants } => {
            take_in_inline(selector, parts);
            let form = |key: &VariantKey<&str>| match key {
                VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name } => (*name).to_owned(),
            };
            parts.forms.push(variants.iter().map(|variant| form(&variant.key)).collect());
            variants.iter().for_each(|variant| take_in(&variant.value, parts));
        }
    }
}

fn take_in_inline(inline: &InlineExpression<&str>, parts: &mut Parts) {
    match inline {
        InlineExpression::VariableReference { id } => drop(parts.variables.insert(id.name.to_owned())),
        InlineExpression::StringLiteral { value } => drop(parts.quoted.insert((*value).to_owned())),
        InlineExpression::Placeable { expression } => take_in_placeable(expression, parts),
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|one| take_in_inline(one, parts));
        }
        other => panic!("{other:?} is used in no message so far"),
    }
}

#[test]
fn every_language_says_all_that_english_says_with_the_same_things_filled_in() {
    let english = messages("en");
    assert!(english.len() > 1_000, "only {} messages were found", english.len());
    for language in Language::REAL.into_iter().filter(|language| *language != Language::English) {
        let own = messages(language.folder());
        let missing: Vec<&String> = english.keys().filter(|key| !own.contains_key(*key)).collect();
        let unknown: Vec<&String> = own.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(missing.is_empty(), "not said in {language:?}: {missing:?}");
        assert!(unknown.is_empty(), "said in {language:?} alone: {unknown:?}");
        let mut wrong = Vec::new();
        for (key, parts) in &english {
            let said = &own[key];
            if (&said.variables, &said.quoted) != (&parts.variables, &parts.quoted) {
                wrong.push(format!("{key}: {:?} {:?}", said.variables, said.quoted));
            }
            // A name may be the same everywhere; a sentence is not.
            if said.words == parts.words
                && parts.words.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).count() > 3
            {
                wrong.push(format!("{key}: not translated"));
            }
        }
        assert!(wrong.is_empty(), "{language:?}:\n{}", wrong.join("\n"));
    }
}

#[test]
fn a_choice_by_number_has_the_forms_of_its_language_and_no_other() {
    for (folder, forms) in [("en", ["one", "other"].as_slice()), ("vi", &["other"])] {
        let wanted: BTreeSet<&str> = forms.iter().copied().collect();
        for (key, parts) in messages(folder) {
            for all in parts.forms {
                // An exact number is right in every language.
                let named: BTreeSet<&str> =
                    all.iter().map(String::as_str).filter(|form| form.parse::<i64>().is_err()).collect();
                assert!(named.is_subset(&wanted) && named.contains("other"), "{key} in {folder}: {named:?}");
            }
        }
    }
}

#[test]
fn every_folder_of_words_is_a_language_and_every_language_has_one() {
    let there = std::fs::read_dir(root().join("locales")).unwrap().map(|entry| entry.unwrap().path());
    let there: BTreeSet<PathBuf> = there.collect();
    let known = Language::ALL.map(|language| root().join("locales").join(language.folder()));
    assert_eq!(there, known.into_iter().collect());
}
