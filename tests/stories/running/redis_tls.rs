//! TLS to Redis: to one that a private authority vouches for, and that lets in who shows a certificate.

use super::checking::finds;
use super::place::Place;
use crate::support::app::eventually;
use crate::support::redis::{CERTIFICATES, RedisServer};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redis_of_a_private_authority_may_know_the_dashboard_by_its_certificate() {
    let mut place = Place::with_this_redis(RedisServer::start_certified().await).await;
    let url = place.redis.tls_url();
    let authority = format!("{url}/?sslrootcert={CERTIFICATES}/authority.pem");
    let pair = format!("sslcert={CERTIFICATES}/client.pem&sslkey={CERTIFICATES}/client.key");
    place.set("REDIS_URL", format!("{authority}&{pair}"));
    let ran = place.runs(&["check"]).await;
    assert!(ran.well && ran.said.contains("all rights"), "{}", ran.said);
    let program = place.serves().await;
    // As Redis itself has it: who has come in by that address, and what for.
    let gate = format!("laddr={} ", url.trim_start_matches("rediss://"));
    eventually("it listens and reads in TLS", || async {
        let mut connection = place.redis.connection().await.unwrap();
        let all: String = redis::cmd("CLIENT").arg("LIST").query_async(&mut connection).await.unwrap();
        let inside: Vec<&str> = all.lines().filter(|line| line.contains(&gate)).collect();
        inside.iter().any(|line| !line.contains(" sub=0 ")) && inside.iter().any(|line| line.contains("cmd=xreadgroup"))
    })
    .await;
    eventually("it is ready", || async { program.readiness().await.0 == 200 }).await;
    drop(program);

    // Without a certificate to show, without a word on whom to trust, and with the word on somebody else.
    let stranger = format!("{url}/?sslrootcert={CERTIFICATES}/other-authority.pem&{pair}");
    for address in [authority, format!("{url}/?{pair}"), stranger] {
        place.set("REDIS_URL", address);
        finds(&place, &["Redis", "does not answer"]).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_cannot_be_read_is_told_at_the_start_by_the_name_of_its_file() {
    let mut place = Place::make().await;
    for (address, words) in [
        ("rediss://:geheim@redis.example/?sslrootcert=/no/such/file", ["sslrootcert", "/no/such/file"]),
        ("rediss://:geheim@redis.example/?sslcert=/no/such/file", ["sslcert", "sslkey"]),
        ("redis://:geheim@redis.example/?sslrootcert=/no/such/file", ["sslrootcert", "rediss://"]),
    ] {
        place.set("REDIS_URL", address);
        finds(&place, &["environment", "REDIS_URL", words[0], words[1]]).await;
        let ran = place.runs(&["serve"]).await;
        assert!(!ran.well && words.iter().all(|word| ran.said.contains(word)), "{address}: {}", ran.said);
        assert!(!ran.said.contains("geheim"), "{}", ran.said);
    }
}
