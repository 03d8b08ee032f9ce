//! Row 20's refused port, and what a stand-in will not do.

use std::io::{ErrorKind, Read, Write};

use discord_standin::{Standin, seed};

use super::support::*;

#[tokio::test]
async fn a_stopped_stand_in_refuses_and_comes_back_on_its_port_with_its_world() {
    let setup = setup().await;
    assert_eq!(setup.bot_gets("/users/@me").await.0, 200);
    let url = setup.standin.url();
    setup.standin.stop();
    // A client of its own: one with a pooled connection may see that one end first.
    let error = reqwest::get(url.as_str()).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    setup.standin.edit(|world| world.application.name = "Renamed".to_owned());
    setup.standin.restart().await.unwrap();
    assert_eq!(setup.standin.url(), url);
    assert_eq!(setup.bot_gets("/applications/@me").await.1["name"], "Renamed");
}

#[tokio::test]
async fn a_connection_that_was_kept_open_has_ended_when_stop_returns() {
    let setup = setup().await;
    let mut kept = std::net::TcpStream::connect(setup.standin.address()).unwrap();
    kept.write_all(b"GET /api/v10/gateway HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").unwrap();
    let mut answer = [0; 4096];
    let mut heard = Vec::new();
    while !heard.ends_with(b"}") {
        let count = kept.read(&mut answer).unwrap();
        assert_ne!(count, 0, "{}", String::from_utf8_lossy(&heard));
        heard.extend_from_slice(&answer[..count]);
    }
    kept.set_nonblocking(true).unwrap();
    assert_eq!(kept.read(&mut answer).unwrap_err().kind(), ErrorKind::WouldBlock, "after its answer it stays open");
    setup.standin.stop();
    assert_eq!(kept.read(&mut answer).unwrap(), 0, "its end is there at once, not a moment later");
}

#[tokio::test]
async fn dropping_a_stand_in_frees_its_port() {
    let setup = setup().await;
    let address = setup.standin.address();
    drop(setup.standin);
    let again = Standin::start_at(address, seed::world()).await.unwrap();
    assert_eq!(again.address(), address);
}

#[tokio::test]
async fn anything_but_loopback_is_refused() {
    for address in ["0.0.0.0:0", "[::]:0", "192.168.0.1:0"] {
        let error = Standin::start_at(address.parse().unwrap(), seed::world()).await.err().unwrap();
        assert!(error.to_string().contains("not a loopback address"));
    }
}
