//! How fast Discord may be asked.

use super::*;

fn seconds(n: u64) -> Wait {
    Wait { for_: Duration::from_secs(n), named: true }
}

#[test]
fn a_route_waits_alone_and_a_global_limit_for_all_of_a_quota() {
    let clock = Clock::default();
    let waits = NotBefore::new(clock.clone());
    waits.remember(Quotee::Bot, "/guilds/1", false, seconds(5));
    assert!(waits.wait(Quotee::Bot, "/guilds/1").is_some());
    assert_eq!(waits.wait(Quotee::Bot, "/guilds/2"), None);
    assert_eq!(waits.wait(Quotee::Person(1), "/guilds/1"), None);

    waits.remember(Quotee::Bot, "/guilds/1", true, seconds(10));
    clock.advance(Duration::from_secs(6));
    assert!(waits.wait(Quotee::Bot, "/guilds/2").is_some());
    clock.advance(Duration::from_secs(6));
    assert_eq!(waits.wait(Quotee::Bot, "/guilds/1"), None);
}

#[test]
fn a_shorter_wait_does_not_end_a_longer_one() {
    let clock = Clock::default();
    let waits = NotBefore::new(clock.clone());
    waits.remember(Quotee::Bot, "/x", false, seconds(60));
    waits.remember(Quotee::Bot, "/x", false, seconds(1));
    clock.advance(Duration::from_secs(30));
    assert!(waits.wait(Quotee::Bot, "/x").is_some());
}

#[test]
fn a_refused_bot_token_rests_a_minute() {
    let clock = Clock::default();
    let token = BotToken::new(clock.clone());
    assert!(token.may_be_sent().is_ok());
    token.was_refused();
    assert!(token.may_be_sent().is_err());
    clock.advance(SILENCE_AFTER_REFUSED_TOKEN);
    assert!(token.may_be_sent().is_ok());
}

#[test]
fn two_instances_ask_as_if_alone_and_more_share_what_all_may_ask() {
    let gate = BotGate::new(true);
    let at_once = |instances| {
        gate.share_with(instances);
        std::iter::from_fn(|| gate.limiter.load().check().ok()).take(100).count()
    };
    assert_eq!((at_once(4), gate.a_second()), (5, 5));
    assert_eq!((at_once(2), gate.a_second()), (10, 10));
    assert_eq!((at_once(3), gate.a_second()), (6, 6));
    assert_eq!((at_once(40), gate.a_second()), (1, 1));
    assert_eq!((at_once(0), gate.a_second()), (10, 10), "nobody counted is this one alone");
}

#[tokio::test]
async fn permission_checks_go_before_those_who_waited_longer() {
    let gate = BotGate::new(true);
    while gate.limiter.load().check().is_ok() {}
    let order = Mutex::new(Vec::new());
    let pass = |urgency| {
        let (gate, order) = (&gate, &order);
        async move {
            gate.pass(urgency).await;
            order.lock().unwrap().push(urgency);
        }
    };
    use Urgency::{Other, Permission};
    tokio::join!(pass(Other), pass(Other), pass(Permission), pass(Permission));
    assert_eq!(*order.lock().unwrap(), [Permission, Permission, Other, Other]);
}

#[tokio::test]
async fn a_check_that_is_given_up_holds_nobody_back() {
    let gate = BotGate::new(true);
    while gate.limiter.load().check().is_ok() {}
    let mut given_up = Box::pin(gate.pass(Urgency::Permission));
    assert!(futures_util::poll!(given_up.as_mut()).is_pending());
    drop(given_up);
    gate.pass(Urgency::Other).await;
}
