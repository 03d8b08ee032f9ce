//! Settings carried out into a file, in from one, and over to another server.

mod exporting;

use serde_json::Value;

use crate::settings::full::entries;
use crate::settings::replaced;
use crate::support::app::HARBOUR;
use crate::support::page::Page;
use crate::support::visitor::{Visitor, settings};
use guildhall::settings::module::ModuleKey;

pub fn there(what: &str) -> String {
    format!("/guilds/{HARBOUR}/settings/{what}")
}

/// The file, checked to be one.
pub async fn exported(visitor: &mut Visitor, query: &str) -> String {
    let page = visitor.get(&there(&format!("export{query}"))).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.body
}

pub fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Saves every module with a value of its own for each setting.
pub async fn fills_everything(visitor: &mut Visitor) {
    for key in ModuleKey::ALL {
        let name = key.as_str();
        let form = entries(name)
            .iter()
            .fold(visitor.opens(name).await, |form, entry| replaced(&form, entry.field, &entry.pairs));
        let answer: Page = visitor.post(&settings(name), &form).await;
        assert_eq!(answer.status, 303, "{name}: {:?}", answer.texts("#errors li"));
    }
}
