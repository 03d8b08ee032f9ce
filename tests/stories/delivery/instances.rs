//! Several instances on one database and one Redis.

use super::{is_heard, saves};
use crate::support::TestApp;
use crate::support::app::{HARBOUR, eventually};
use crate::support::stream::OpenPage;
use crate::support::visitor::Visitor;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_of_one_instance_hears_what_another_one_has_taken_in() {
    let app = TestApp::start().await;
    let _bot = app.example_bot();
    is_heard(&app).await;
    let mut here = app.mira().await;
    let mut pages = vec![OpenPage::opens(&here, HARBOUR, None).await];
    for _ in 0..2 {
        // The same browser behind a balancer: the cookies of one are good at all.
        let mut there = Visitor::new(&app.neighbour().await);
        there.cookies = here.cookies.clone();
        pages.push(OpenPage::opens(&there, HARBOUR, None).await);
    }
    for volume in [10, 20, 30] {
        saves(&mut here, "music", &[("default_volume", &volume.to_string())]).await;
        let number = format!("data-number=\"{}\" data-state=\"live\"", volume / 10);
        for page in &pages {
            eventually("every page shows this change", || async {
                page.heard().iter().any(|one| one.data.contains(&number))
            })
            .await;
        }
    }
}
