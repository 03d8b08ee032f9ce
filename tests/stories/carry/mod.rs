//! Settings carried out into a file, in from one, and over to another server.

mod bad_files;
mod copying;
mod exporting;
mod hostile_files;
mod importing;
mod mapping;

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

/// A form with a file, as a browser sends it.
pub async fn uploads_with(visitor: &mut Visitor, path: &str, fields: &[(&str, &str)], file: &[u8]) -> Page {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--xYzZy\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
    }
    let head = "Content-Disposition: form-data; name=\"file\"; filename=\"s.json\"\r\nContent-Type: application/json";
    body.extend(format!("--xYzZy\r\n{head}\r\n\r\n").bytes());
    body.extend(file);
    body.extend(b"\r\n--xYzZy--\r\n");
    let request = visitor
        .request(reqwest::Method::POST, path)
        .header("content-type", "multipart/form-data; boundary=xYzZy")
        .header("origin", visitor.base.clone())
        .header("sec-fetch-site", "same-origin")
        .body(body);
    visitor.send(request).await
}

/// Brings a file to the Harbour Club by the page's own form.
pub async fn uploads(visitor: &mut Visitor, file: &str) -> Page {
    let page = visitor.get(&there("import")).await;
    let form = page.form(&there("import"));
    let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    uploads_with(visitor, &there("import"), &fields, file.as_bytes()).await
}

/// Says yes to a preview as it stands.
pub async fn confirms(visitor: &mut Visitor, preview: &Page) -> Page {
    assert_eq!(preview.status, 200, "{}", preview.main());
    visitor.post(&there("import"), &preview.form(&there("import"))).await
}

/// The file with something changed.
pub fn changed(file: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut value = json(file);
    change(&mut value);
    value.to_string()
}

/// The modules a preview would change, by their keys.
pub fn differing(preview: &Page) -> Vec<String> {
    let modules = preview.attributes("section[data-module]", "data-module");
    modules.into_iter().filter(|key| preview.has(&format!("section[data-module='{key}'] table.compare"))).collect()
}
