//! Files of settings: what is read is written as it was, and what an import would save its form could say.

use std::collections::HashMap;

use serde_json::Value;

use super::document::Document;
use super::mapping::Mapping;
use super::uses::rewritten;
use crate::fuzz::forms::{assert_same_in_its_form, assert_settled};
use crate::fuzz::server::SERVER;
use crate::modules;
use crate::settings::fill::fill;
use crate::settings::module::{Module, ModuleKey};
use crate::settings::reading;

/// Of a place: more is cut off.
const LONGEST_PLACE: usize = 241;

pub fn files(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let document = match Document::read(text, &modules::ALL) {
        Ok(document) => document,
        Err(flaws) => {
            assert!(!flaws.is_empty());
            assert!(flaws.iter().all(|flaw| flaw.place.chars().count() <= LONGEST_PLACE));
            return;
        }
    };
    let written = document.write().expect("JSON");
    let again = Document::read(&written, &modules::ALL).expect("a file of ours can be read");
    assert_eq!(again.write().expect("JSON"), written);
    assert_eq!(again.names, document.names);
    assert_eq!(again.parts.len(), document.parts.len());
    for (part, same) in document.parts.iter().zip(&again.parts) {
        assert_eq!((part.module.key, &part.settings), (same.module.key, &same.settings));
        assert_same_in_its_form(part.module, &part.settings);
    }
    import(&document);
}

/// As the plan of an import does.
fn import(document: &Document) {
    let judge = SERVER.judge();
    let defaults: HashMap<ModuleKey, Value> =
        modules::ALL.iter().map(|module| (module.key, (module.defaults)())).collect();
    let mapping = Mapping::new(document, &judge, |module: &'static Module| &defaults[&module.key], None);
    for part in &document.parts {
        let settings = rewritten(part.module.fields(), &part.settings, &mut |what, id| mapping.put(what, id));
        let mut form = fill(part.module.fields(), &settings);
        reading::prepare_for(part.module, judge.guild, &mut form);
        let Ok(reading) = reading::judged_for(part.module, &judge, &form) else { continue };
        if !reading.problems.stop_the_save() {
            assert_settled(part.module, &judge, &reading.value);
        }
    }
}
