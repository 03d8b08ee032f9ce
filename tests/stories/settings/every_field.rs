//! Every setting of every module, all the way: typed, stored, shown again, heard by the bot.

use guildhall::modules;
use guildhall::settings::module::ModuleKey;
use serde_json::Value;

use super::full::{Entry, entries};
use super::{Pairs, leaves, module, replaced, typed};
use crate::support::TestApp;
use crate::support::visitor::settings;

fn filled(form: &[(String, String)], entries: &[Entry]) -> Pairs {
    entries.iter().fold(form.to_vec(), |form, entry| replaced(&form, entry.field, &entry.pairs))
}

#[test]
fn the_table_of_values_names_every_setting_and_none_is_the_default() {
    for key in ModuleKey::ALL {
        let defaults = (modules::module(key).defaults)();
        let table = entries(key.as_str());
        let mut named: Vec<&str> = table.iter().map(|entry| entry.field).collect();
        let mut there: Vec<&str> = modules::module(key).fields().map(|field| field.name).collect();
        named.sort_unstable();
        there.sort_unstable();
        assert_eq!(named, there, "{}", key.as_str());
        for entry in table {
            let wire = guildhall::settings::fields::wire_name(entry.field);
            assert_ne!(defaults[&wire], entry.value, "{} {}", key.as_str(), entry.field);
            assert_eq!(defaults[&wire].is_array(), entry.value.is_array(), "{} {}", key.as_str(), entry.field);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_setting_of_every_module_is_stored_shown_and_told_to_the_bot() {
    let app = TestApp::start().await;
    let bot = app.bot().await;
    let mut mira = app.mira().await;
    for (turn, key) in ModuleKey::ALL.into_iter().enumerate() {
        let (name, table) = (key.as_str(), entries(key.as_str()));
        let form = filled(&mira.opens(name).await, &table);
        let answer = mira.post(&settings(name), &form).await;
        assert_eq!(answer.status, 303, "{name}: {:?}", answer.texts("#errors li"));

        let shown = typed(&mira.opens(name).await);
        assert_eq!(shown, typed(&form), "{name}: the page shows what was typed");

        let (stored, revision) = app.stored(name).await.unwrap();
        let message = bot.messages(turn + 1).await.remove(turn);
        assert_eq!(message["data"]["revision"], revision);
        let fields: Vec<String> =
            table.iter().map(|entry| guildhall::settings::fields::wire_name(entry.field)).collect();
        for (entry, wire) in table.iter().zip(&fields) {
            assert_eq!(stored[wire], entry.value, "{name} {} as stored", entry.field);
            assert_eq!(message["data"]["settings"][wire], entry.value, "{name} {} on the wire", entry.field);
        }
        let said: Vec<&str> = message["data"]["changed"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let (mut said, mut all) = (said, fields.iter().map(String::as_str).collect::<Vec<_>>());
        said.sort_unstable();
        all.sort_unstable();
        assert_eq!(said, all, "{name}: everything has changed");
        assert_eq!(stored.as_object().unwrap().len(), table.len(), "{name}: nothing else is stored");
    }
    assert_eq!(app.changes().await.0, 4);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_single_setting_has_a_control_on_its_page() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    for key in ModuleKey::ALL {
        let page = mira.get(&settings(key.as_str())).await;
        for (path, _) in leaves(module(key.as_str()).fields(), "") {
            // A row that is not there has no control; its list has.
            let path = path.split_once(".0.").map_or(path.as_str(), |(list, _)| list);
            let id = guildhall::settings::view::element_id(path);
            assert!(page.has(&format!("#{id}")), "{} {path}", key.as_str());
        }
    }
}
