//! Lists of addresses in, files out.

use std::time::Duration;

use super::{at, deeds, kept, makes, opens, sends};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, Stage};
use crate::support::visitor::{edited, without};

const A: &str = "https://youtu.be/a";
const B: &str = "https://www.youtube.com/watch?v=b&list=c";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_of_addresses_is_added_at_the_end() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = makes(&mut mira, "Mix", &[A]).await;
    let list = format!("\n  {B}  \n\nhttps://x.bandcamp.com/y\n{A}");
    let page = sends(&mut mira, &format!("{path}/import"), &[("addresses", &list)]).await;
    assert_eq!(page.location(), path);
    let page = mira.follows(&page).await;
    assert!(page.text("#flash").contains("3 tracks were added to Mix"), "{}", page.text("#flash"));
    let row = kept(&app).await.remove(0);
    assert_eq!(row.urls(), [A, B, "https://x.bandcamp.com/y", A]);
    assert_eq!(row.tracks()[1]["title"], "");
    assert_eq!(deeds(&app).await.pop().unwrap().0, "playlist-update");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lines_that_are_wrong_are_named_by_their_number_and_nothing_is_added() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = makes(&mut mira, "Mix", &[A]).await;
    let before = kept(&app).await;
    let list = format!("{B}\nhttp://youtu.be/x\n\nhttps://radio.example/\nhello <b>world</b>\n{A}");
    let page = sends(&mut mira, &format!("{path}/import"), &[("addresses", &list)]).await;
    assert_eq!(page.status, 422);
    assert!(page.title().starts_with("Error: "), "{}", page.title());
    let said = page.texts("#errors li");
    assert_eq!(said.len(), 3, "{said:?}");
    for (line, start) in said.iter().zip(["Line 2: ", "Line 4: ", "Line 5: "]) {
        assert!(line.starts_with(start), "{line}");
    }
    assert!(said[1].contains("radio.example is not a site"), "{said:?}");
    assert_eq!(page.attributes("#errors a", "href")[0], "#f-addresses");
    let typed = page.form(&format!("{path}/import")).into_iter().find(|(name, _)| name == "addresses").unwrap().1;
    assert_eq!(typed.replace("\r\n", "\n"), list);
    assert_eq!(kept(&app).await, before);
    let many = "nothing\n".repeat(70);
    let page = sends(&mut mira, &format!("{path}/import"), &[("addresses", &many)]).await;
    let said = page.texts("#errors li");
    assert!(said.len() == 51 && said[50] == "20 more lines are wrong.", "{said:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_list_and_a_form_without_revision_are_refused() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = makes(&mut mira, "Mix", &[A]).await;
    let import = format!("{path}/import");
    let page = sends(&mut mira, &import, &[("addresses", " \n\n ")]).await;
    assert_eq!(page.status, 422);
    assert!(page.text("#errors").contains("at least one address"), "{}", page.text("#errors"));
    let form = without(edited(opens(&mut mira, &import).await, &[("addresses", B)]), "revision");
    assert_eq!(mira.post(&import, &form).await.status, 422);
    assert_eq!(kept(&app).await[0].urls(), [A]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_playlist_is_taken_along_as_text_that_can_be_brought_back_and_as_json() {
    let app = TestApp::start().await;
    let mut mira = app.mira().await;
    let path = makes(&mut mira, "=Evil\"; filename=x", &[A, B]).await;
    let id = path.rsplit('/').next().unwrap();
    let text = mira.get(&format!("{path}/export?format=text")).await;
    assert_eq!((text.status.as_u16(), text.body.as_str()), (200, format!("{A}\n{B}\n").as_str()));
    assert_eq!(text.header("content-type"), "text/plain; charset=utf-8");
    let name = format!("attachment; filename=\"guildhall-{HARBOUR}-playlist-{id}.txt\"");
    assert_eq!((text.header("content-disposition"), text.header("cache-control")), (name.as_str(), "no-store"));
    let json = mira.get(&format!("{path}/export")).await;
    assert!(json.header("content-disposition").ends_with(&format!("-{id}.json\"")));
    let file: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    let row = kept(&app).await.remove(0);
    assert_eq!(file, serde_json::json!({"name": row.name, "shared": true, "tracks": row.tracks()}));
    let other = makes(&mut mira, "Again", &[]).await;
    let page = sends(&mut mira, &format!("{other}/import"), &[("addresses", &text.body)]).await;
    assert_eq!(page.status, 303, "{}", page.main());
    assert_eq!(kept(&app).await[1].urls(), [A, B]);
    mira.get(&format!("{path}/export?format=mp3")).await.explains(400, "cannot be understood");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_counted_with_the_other_exports() {
    let app = TestApp::on(Stage { real_limits: true, ..Stage::default() }).await;
    let mut mira = app.mira().await;
    let path = makes(&mut mira, "Mix", &[A]).await;
    for _ in 0..4 {
        assert_eq!(mira.get(&format!("{path}/export")).await.status, 200);
    }
    assert_eq!(mira.get(&at("/settings/export")).await.status, 200);
    mira.get(&format!("{path}/export?format=text")).await.explains(429, "a lot");
    app.clock.advance(Duration::from_secs(600));
    assert_eq!(mira.get(&format!("{path}/export")).await.status, 200);
}
