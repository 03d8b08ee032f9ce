//! The words of every language, from the files of `locales/`, which are compiled in.
//!
//! A message that a language does not have, or has wrong, is said in English; a test sees to it that none is.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::web::language::Language;
use crate::web::pseudo;

type Bundle = FluentBundle<&'static FluentResource>;

/// The files of each folder of `locales/`, as `build.rs` lists them.
static FILES: &[(&str, &[&str])] = include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// Read when its words are first asked for: most installations speak one language.
static RESOURCES: [LazyLock<Vec<FluentResource>>; Language::REAL.len()] =
    [LazyLock::new(|| resources(Language::English)), LazyLock::new(|| resources(Language::Vietnamese))];

static BUNDLES: [LazyLock<Bundle>; Language::ALL.len()] = [
    LazyLock::new(|| bundle(Language::English)),
    LazyLock::new(|| bundle(Language::Vietnamese)),
    LazyLock::new(|| bundle(Language::Marked)),
    LazyLock::new(|| bundle(Language::Mirrored)),
];

fn resources(language: Language) -> Vec<FluentResource> {
    let texts = FILES.iter().filter(|(folder, _)| *folder == language.folder()).flat_map(|(_, texts)| *texts);
    // What cannot be understood is left out; a test finds it.
    let read = |text: &&str| FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, _)| resource);
    texts.map(read).collect()
}

fn bundle(language: Language) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![language.plurals()]);
    // Names are isolated where they are put in (`Message::name`), not every number as well.
    bundle.set_use_isolating(false);
    // An empty catalogue has no NUMBER yet.
    let _ = bundle.add_builtins();
    let words_of = Language::REAL.into_iter().position(|real| real.folder() == language.folder());
    for resource in words_of.into_iter().flat_map(|place| RESOURCES[place].iter()) {
        // Of two messages with one key the first stays; a test finds it.
        let _ = bundle.add_resource(resource);
    }
    match language {
        Language::English => bundle.set_formatter(Some(written::<{ Language::English as usize }, _>)),
        Language::Vietnamese => bundle.set_formatter(Some(written::<{ Language::Vietnamese as usize }, _>)),
        Language::Marked => {
            bundle.set_formatter(Some(written::<{ Language::Marked as usize }, _>));
            bundle.set_transform(Some(pseudo::marked));
        }
        Language::Mirrored => {
            bundle.set_formatter(Some(written::<{ Language::Mirrored as usize }, _>));
            bundle.set_transform(Some(pseudo::mirrored));
        }
    }
    bundle
}

/// How a message writes its numbers. A bundle takes a plain function, which has to know its language by itself.
fn written<const LANGUAGE: usize, M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    match value {
        FluentValue::Number(value) => Some(number(Language::ALL[LANGUAGE], value)),
        _ => None,
    }
}

/// A number with its thousands apart, as the language has it: "1,234.5".
pub fn number(language: Language, number: &FluentNumber) -> String {
    let plain = number.as_string();
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_ref()), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let (between, before) = language.separators();
    let mut text = sign.to_owned();
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) && number.options.use_grouping {
            text.push(between);
        }
        text.push(digit);
    }
    if !decimals.is_empty() {
        text.push(before);
        text.push_str(decimals);
    }
    text
}

/// The words of a key in a language; None: there is no such key, or an argument is missing.
pub fn find(language: Language, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
    said(language, key, args).or_else(|| said(Language::English, key, args))
}

fn said(language: Language, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
    let bundle = &BUNDLES[language as usize];
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, args, &mut errors);
    let whole = |text: Cow<'_, str>| match language {
        Language::Marked => pseudo::bracketed(&text),
        _ => text.into_owned(),
    };
    errors.is_empty().then(|| whole(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_stands_in_its_own_place() {
        for (place, language) in Language::ALL.into_iter().enumerate() {
            assert_eq!(language as usize, place);
            let count = FluentValue::from(1234);
            let scope = fluent_bundle::resolver::Scope::new(&BUNDLES[place], None, None);
            assert_eq!(count.as_string(&scope), number(language, &1234.into()), "{language:?}");
        }
    }

    #[test]
    fn thousands_stand_apart_and_tenths_behind_the_languages_own_sign() {
        let decimal = |text: &str| text.parse::<FluentNumber>().expect("a number");
        for (plain, english, vietnamese) in [
            ("0", "0", "0"),
            ("999", "999", "999"),
            ("1000", "1,000", "1.000"),
            ("-1234567", "-1,234,567", "-1.234.567"),
            ("1234.5", "1,234.5", "1.234,5"),
            ("4.0", "4.0", "4,0"),
            ("-0.25", "-0.25", "-0,25"),
        ] {
            let both = Language::REAL.map(|language| number(language, &decimal(plain)));
            assert_eq!(both, [english, vietnamese]);
        }
    }
}
