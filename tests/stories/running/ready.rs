//! `guildhall ready`, as a container asks for its health.

use super::place::Place;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ready_says_the_word_of_the_running_instance_and_fails_where_none_runs() {
    let place = Place::make().await;
    assert!(!place.runs(&["ready"]).await.well, "nobody listens yet");
    let _program = place.serves().await;
    let asked = place.runs(&["ready"]).await;
    assert!(asked.well, "{}", asked.said);
    assert!(["ok", "degraded"].contains(&asked.said.trim()), "{}", asked.said);
}
