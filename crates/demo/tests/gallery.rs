//! The gallery: that it is open, and that nothing is missing in it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::path::{Path, PathBuf};

use demo::gallery::Gallery;

#[tokio::test]
async fn it_is_open_on_this_machine_and_shows_itself_light_and_dark() {
    let gallery = Gallery::open(0).unwrap();
    assert!(gallery.url().starts_with("http://127.0.0.1:"), "{}", gallery.url());
    for theme in ["system", "light", "dark"] {
        let page = reqwest::get(format!("{}/?theme={theme}", gallery.url())).await.unwrap();
        assert_eq!(page.status(), 200);
        let html = page.text().await.unwrap();
        assert!(html.contains(&format!("data-theme=\"{theme}\"")), "{theme}");
        let sheet = html.split("href=\"").skip(1).find(|rest| rest.starts_with("/static/app.")).unwrap();
        let sheet = reqwest::get(format!("{}{}", gallery.url(), sheet.split('"').next().unwrap())).await.unwrap();
        assert!(sheet.text().await.unwrap().contains("--brass"), "the dashboard's own styles");
    }
}

#[test]
fn it_shows_each_part_that_pages_are_made_of() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // What is around a page is around the gallery too.
    let around = texts(&root.join("../../templates/layout")).concat();
    let shown = texts(&root.join("templates/gallery")).concat() + &around;
    let parts = texts(&root.join("../../templates/parts"));
    let all = parts.concat();
    let macros: Vec<&str> = all.split("{%- macro ").skip(1).filter_map(|rest| rest.split('(').next()).collect();
    assert!(macros.len() > 30, "{macros:?}");
    let missing: Vec<_> = macros
        .iter()
        // They draw nothing: they name scripts.
        .filter(|name| !["script", "dialogs"].contains(name))
        // Shown by itself, or as a part of another one.
        .filter(|name| !shown.contains(&format!("::{name}(")))
        .filter(|name| !calls(&all, name))
        .collect();
    assert!(missing.is_empty(), "not in the gallery: {missing:?}");
}

#[test]
fn each_part_says_what_it_is_given() {
    let mut unsaid = Vec::new();
    for part in texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/parts")) {
        for (before, rest) in
            part.match_indices("{%- macro ").map(|(at, found)| (&part[..at], &part[at + found.len()..]))
        {
            let signature = rest.split(')').next().unwrap().replace(": bool", "") + ")";
            if !before.contains(&format!("{signature}:")) {
                unsaid.push(signature);
            }
        }
    }
    assert!(unsaid.is_empty(), "without a comment that begins with its signature: {unsaid:?}");
}

/// Whether one of the macros calls this one.
fn calls(all: &str, name: &str) -> bool {
    let is_call = |(at, _): (usize, &str)| {
        let before = &all[..at];
        before.ends_with("::") || before.ends_with("{{ ") || before.ends_with("{{- ") || before.ends_with("-%}{{ ")
    };
    all.match_indices(&format!("{name}(")).any(is_call)
}

fn texts(folder: &Path) -> Vec<String> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}
