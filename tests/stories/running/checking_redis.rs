//! `guildhall check`: Redis. And what the log says of an account that lacks rights.

use redis::AsyncCommands as _;

use super::checking::finds;
use super::place::Place;
use crate::support::app::eventually;

const USERS: &str = include_str!("../../../docs/redis-users.acl");

/// The dashboard's account, as the file has it.
fn rules() -> &'static str {
    USERS.lines().find_map(|line| line.strip_prefix("user guildhall ")).unwrap()
}

/// Gives the dashboard an account with these rules, and says by which address it comes with it.
async fn account(place: &Place, rules: &[String]) -> String {
    let mut connection = place.redis.connection().await.unwrap();
    let mut command = redis::cmd("ACL");
    command.arg("SETUSER").arg("guildhall").arg("reset").arg(">secret-password").arg(rules);
    command.exec_async(&mut connection).await.unwrap();
    place.redis.url().replace("redis://", "redis://guildhall:secret-password@")
}

async fn told(place: &Place, command: &[&str]) {
    let mut connection = place.redis.connection().await.unwrap();
    redis::cmd(command[0]).arg(&command[1..]).exec_async(&mut connection).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_that_may_forget_or_is_anothers_or_is_not_there_is_told() {
    let place = Place::with_own_redis().await;
    told(&place, &["CONFIG", "SET", "maxmemory-policy", "allkeys-lru"]).await;
    finds(&place, &["Redis", "allkeys-lru", "maxmemory-policy noeviction"]).await;
    told(&place, &["CONFIG", "SET", "maxmemory-policy", "noeviction"]).await;
    assert!(place.runs(&["check"]).await.well);

    let mut connection = place.redis.connection().await.unwrap();
    let _: () = connection.hset("bot:config:epoch", "database", "somebody-elses").await.unwrap();
    finds(&place, &["Redis", "another database", "REDIS_PREFIX", "redis adopt"]).await;

    place.redis.kill();
    finds(&place, &["Redis", "does not answer", "REDIS_URL"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_without_a_right_is_told_which_and_its_password_is_not() {
    let mut place = Place::with_own_redis().await;
    let rights: Vec<String> = split(rules());
    let wrong = place.redis.url().replace("redis://", "redis://guildhall:wrong-password@");
    for (without, named) in [("+publish", "publish"), ("+evalsha", "evalsha"), ("&guildhall:live", "channel")] {
        let rest: Vec<String> = rights.iter().filter(|right| *right != without).cloned().collect();
        assert_ne!(rest.len(), rights.len(), "{without}");
        place.more = vec![("REDIS_URL".into(), account(&place, &rest).await)];
        finds_without(&place, &["Redis", "lacks rights", named, "redis-users.acl"], "secret-password").await;
    }
    account(&place, &rights).await;
    let ran = place.runs(&["check"]).await;
    assert!(ran.well && ran.said.contains("all rights"), "{}", ran.said);
    place.more = vec![("REDIS_URL".into(), wrong)];
    finds_without(&place, &["Redis", "does not answer"], "wrong-password").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_that_may_not_cut_the_streams_is_told_in_the_log_what_to_give_it() {
    for lacking in ["xtrim", "xinfo|stream"] {
        let mut place = Place::with_own_redis().await;
        let rest = rules().replace(&format!(" +{lacking}"), "");
        assert!(!rest.contains(lacking), "{rest}");
        let url = account(&place, &split(&rest)).await;
        place.set("REDIS_URL", url);
        finds(&place, &["Redis", "lacks rights", lacking, "redis-users.acl"]).await;
        let program = place.serves().await;
        let refused = format!("the '{lacking}' command");
        let words = ["WARN", "entries", "lacks rights", &refused, "docs/redis-users.acl", "+xtrim and +xinfo|stream"];
        let told = || program.log().lines().any(|line| words.iter().all(|word| line.contains(word)));
        eventually("the log says so", || async { told() }).await;
    }
}

async fn finds_without(place: &Place, words: &[&str], secret: &str) {
    finds(place, words).await;
    assert!(!place.runs(&["check"]).await.said.contains(secret));
}

/// Rules as Redis reads them: by spaces, but for those in brackets.
fn split(rules: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in rules.split(' ') {
        match all.last_mut().filter(|last| last.starts_with('(') && !last.ends_with(')')) {
            Some(last) => *last = format!("{last} {word}"),
            None => all.push(word.to_owned()),
        }
    }
    all
}
