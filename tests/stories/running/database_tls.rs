//! TLS to PostgreSQL: with the server of `TEST_DATABASE_URL`, if `TEST_POSTGRES_TLS` names the folder with its
//! authority's certificate, and with a server that has no TLS.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

use diesel::prelude::*;
use guildhall::db::{Conn, DatabaseUrl};

use super::checking::finds;
use super::place::{Place, address};
use crate::support::database::certificates;

/// What PostgreSQL knows of a connection.
#[derive(QueryableByName, Debug)]
struct Line {
    #[diesel(sql_type = diesel::sql_types::Bool)]
    ssl: bool,
    #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Text>)]
    client_dn: Option<String>,
}

fn lines(url: &DatabaseUrl, which: &str) -> Vec<Line> {
    let Conn::Postgres(mut conn) = url.connect().unwrap() else { panic!("{url} is no PostgreSQL") };
    let all = "SELECT ssl, client_dn FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
               WHERE backend_type = 'client backend' AND datname = current_database() AND";
    diesel::sql_query(format!("{all} {which}")).load(&mut conn).unwrap()
}

/// The connection that asks.
fn own_line(url: &str) -> Line {
    let url: DatabaseUrl = url.parse().unwrap();
    lines(&url, "pid = pg_backend_pid()").pop().unwrap()
}

/// The place's database at this host, with nothing else said of the way there than `words`.
fn at(place: &Place, host: &str, words: &str) -> String {
    let mut url: url::Url = address(&place.database.url).parse().unwrap();
    url.set_host(Some(host)).unwrap();
    url.set_query(Some(words));
    url.into()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_database_is_spoken_to_in_tls_and_says_so_itself() {
    let Some(folder) = certificates() else { return };
    let mut place = Place::make().await;
    let authority = format!("sslrootcert={folder}/authority.pem");
    // It is this machine, and not written as an address of it.
    let url = at(&place, "localhost", &format!("hostaddr=127.1&{authority}"));
    assert!(own_line(&url).ssl, "an address that says nothing of it");
    place.set("DATABASE_URL", &url);
    let program = place.serves().await;
    let _mira = place.mira().await;
    let others = lines(&place.database.url, "pid <> pg_backend_pid()");
    assert!(!others.is_empty() && others.iter().all(|line| line.ssl), "{others:?}");
    assert!(!own_line(&address(&place.database.url)).ssl, "on this machine it is not paid for");
    assert!(!program.log().contains("DATABASE_URL"), "{}", program.log());
    for (words, told) in [
        (authority.as_str(), None),
        ("sslmode=require", Some("certificate is not looked at")),
        ("sslmode=disable", Some("without TLS")),
    ] {
        let url = at(&place, "localhost", &format!("hostaddr=127.1&{words}"));
        assert_eq!(own_line(&url).ssl, words != "sslmode=disable", "{words}");
        place.set("DATABASE_URL", url);
        let ran = place.runs(&["check"]).await;
        assert!(ran.well, "{words}: {}", ran.said);
        let line = ran.said.lines().find(|line| line.contains("DATABASE_URL"));
        assert_eq!(line.is_some(), told.is_some(), "{words}: {}", ran.said);
        assert!(told.is_none_or(|told| line.is_some_and(|line| line.contains(told))), "{words}: {}", ran.said);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_may_know_the_dashboard_by_its_certificate() {
    let Some(folder) = certificates() else { return };
    let place = Place::make().await;
    let verified = format!("sslmode=verify-full&sslrootcert={folder}/authority.pem");
    let ours = format!("{verified}&sslcert={folder}/client.pem&sslkey={folder}/client.key");
    assert_eq!(own_line(&at(&place, "localhost", &ours)).client_dn.as_deref(), Some("/CN=guildhall"));
    assert_eq!(own_line(&at(&place, "localhost", &verified)).client_dn, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_cannot_prove_itself_is_refused_with_what_to_do() {
    let Some(folder) = certificates() else { return };
    let mut place = Place::make().await;
    let authority = format!("sslrootcert={folder}/authority.pem");
    for (host, words, said) in [
        ("localhost", "hostaddr=127.1".to_owned(), ["certificate verify failed", "sslrootcert=FILE"]),
        ("localhost", "sslmode=verify-full".to_owned(), ["certificate verify failed", "sslrootcert=FILE"]),
        (
            "db.example",
            format!("hostaddr=127.0.0.1&sslmode=verify-full&{authority}"),
            ["does not match host name", "hostaddr=ADDRESS"],
        ),
        (
            "localhost",
            "sslmode=verify-full&sslrootcert=/no/such/file".to_owned(),
            ["root certificate file", "sslrootcert=FILE"],
        ),
    ] {
        place.set("DATABASE_URL", at(&place, host, &words));
        finds(&place, &["database", said[0], said[1]]).await;
        let ran = place.runs(&["serve"]).await;
        assert!(!ran.well && said.iter().all(|words| ran.said.contains(words)), "{words}: {}", ran.said);
    }
}

/// A server that has no TLS, as an address of another machine, and what it hears after it has said so.
fn without_tls() -> (String, Receiver<Vec<u8>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tell, heard) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, mut rest) = (stream.unwrap(), Vec::new());
            stream.read_exact(&mut [0; 8]).unwrap();
            stream.write_all(b"N").unwrap();
            // However they end it.
            let _ = stream.read_to_end(&mut rest);
            if tell.send(rest).is_err() {
                return;
            }
        }
    });
    (format!("postgres://guildhall:hunter2@127.1:{port}/guildhall"), heard)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_without_tls_on_another_machine_is_told_nothing() {
    let mut place = Place::make().await;
    let (url, heard) = without_tls();
    for mode in ["", "?sslmode=require", "?sslmode=verify-full"] {
        place.set("DATABASE_URL", format!("{url}{mode}"));
        finds(&place, &["database", "does not support SSL", "sslmode=disable"]).await;
        assert_eq!(heard.recv().unwrap(), b"", "{mode}: neither a name nor a password");
        let ran = place.runs(&["serve"]).await;
        assert!(!ran.well && ran.said.contains("sslmode=disable"), "{mode}: {}", ran.said);
        assert!(!ran.said.contains("hunter2"), "{mode}: {}", ran.said);
        assert_eq!(heard.recv().unwrap(), b"", "{mode}: neither a name nor a password");
    }
}
