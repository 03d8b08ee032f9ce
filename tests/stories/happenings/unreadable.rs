//! What the log has of an event that cannot be used: its shape, and nothing that stands in it.

use redis::AsyncCommands as _;
use serde_json::json;
use uuid::Uuid;

use super::{event, tells};
use crate::support::app::{TestApp, eventually};
use crate::support::logs;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_has_the_shape_of_an_event_that_cannot_be_used_and_nothing_that_members_wrote() {
    let log = logs::record();
    let app = TestApp::start().await;
    let private = format!("my landlord {}", Uuid::new_v4());
    let field = || format!("f{}", &Uuid::new_v4().simple().to_string()[..20]);
    let (of_no_event, of_malformed) = (field(), field());
    let no_event =
        json!({"type": "TICKET_CREATE", "guildId": 7, "data": {"subject": private, &of_no_event: [private]}});
    let mut connection = app.redis.connection().await.unwrap();
    let stream = format!("{}bot:events", app.prefix);
    let _: String = connection.xadd(stream, "*", &[("event", no_event.to_string())]).await.unwrap();
    let malformed = json!({"subject": private, &of_malformed: {"words": private}});
    tells(&app, &[event("GIVEAWAY_START", malformed)]).await;
    eventually("both are in the log", || async {
        let text = log.text();
        text.contains(&of_no_event) && text.contains(&of_malformed)
    })
    .await;
    let text = log.text();
    assert!(!text.contains(&private) && !text.contains("my landlord"));
    let line = |field: &str| text.lines().find(|line| line.contains(field)).unwrap().to_owned();
    let said = line(&of_no_event);
    for part in
        ["it is no event", "TICKET_CREATE", "guildId: number", "list of 1", &no_event.to_string().len().to_string()]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    let said = line(&of_malformed);
    assert!(said.contains("GIVEAWAY_START lacks what it must say") && said.contains("object of 1"), "{said}");
}
