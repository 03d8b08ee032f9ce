//! The files: what a list shows, harmless in a spreadsheet, without any secret, and counted.

use super::{insert, insert_many, list};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, Stage};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_becomes_a_file_with_its_filter() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    insert(&app, "a", "ended", &[("prize", "=1+1, \"x\""), ("winner_ids", "[\"445518183798022151\"]")]).await;
    insert(&app, "b", "ended", &[("prize", "Boat")]).await;
    insert(&app, "c", "running", &[("prize", "Still running")]).await;
    let page = mira.get(&format!("{}/export?format=csv&state=ended", list())).await;
    assert_eq!(page.header("content-type"), "text/csv; charset=utf-8");
    let name = format!("attachment; filename=\"guildhall-{HARBOUR}-giveaways-ended.csv\"");
    assert_eq!(page.header("content-disposition"), name);
    let lines: Vec<&str> = page.body.split_terminator("\r\n").collect();
    assert!(lines.len() == 3 && lines[0].starts_with("id,state,prize,"), "{lines:?}");
    assert!(page.body.contains("\"'=1+1, \"\"x\"\"\"") && page.body.contains("445518183798022151"), "{}", page.body);

    let page = mira.get(&format!("{}/export?format=json&state=ended&q=boat", list())).await;
    let json: serde_json::Value = serde_json::from_str(&page.body).unwrap();
    assert_eq!((json.as_array().unwrap().len(), json[0]["prize"].as_str()), (1, Some("Boat")));
    let page = mira.get(&format!("{}/export?format=json&state=cancelled", list())).await;
    assert_eq!(serde_json::from_str::<serde_json::Value>(&page.body).unwrap(), serde_json::json!([]));
    mira.get(&format!("{}/export?format=xml", list())).await.explains(400, "");
    mira.get(&format!("{}/export?state=open", list())).await.explains(400, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_list_is_a_whole_file() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let all: Vec<_> = (0..1_234).map(|n| (format!("g{n:04}"), "ended".to_owned())).collect();
    insert_many(&app, &all, &[]).await;
    let page = mira.get(&format!("{}/export?format=json&state=ended", list())).await;
    let json: serde_json::Value = serde_json::from_str(&page.body).unwrap();
    let ids: Vec<&str> = json.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, all.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sixth_file_in_ten_minutes_is_refused() {
    let app = TestApp::on(Stage { real_limits: true, ..Stage::default() }).await;
    let mut mira = app.mira().await;
    for _ in 0..5 {
        assert_eq!(mira.get(&format!("{}/export?format=csv", list())).await.status, 200);
    }
    mira.get(&format!("{}/export?format=csv", list())).await.explains(429, "");
}
