//! TLS on our own listener: `LISTEN_CERTIFICATE` and `LISTEN_KEY`.

use std::error::Error;
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;

use discord_standin::seed;
use guildhall::web::certificate::{Certificate, CertificateFiles};
use metrics_exporter_prometheus::PrometheusBuilder;
use reqwest::{Client, ClientBuilder};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore};

use super::checking::finds;
use super::metrics::value;
use super::place::Place;
use crate::support::TestApp;
use crate::support::app::{Stage, eventually};
use crate::support::certificates::{Form, Issued, put};
use crate::support::logs;
use crate::support::visitor::Visitor;

/// A service that answers in TLS, and the files that it goes by.
async fn in_tls(issued: &Issued, folder: &Path) -> (TestApp, CertificateFiles) {
    let stage = Stage::default();
    let world = stage.world.clone().with_redirect("https://127.0.0.1:*/auth/callback");
    let mut app = TestApp::on(Stage { world, ..stage }).await;
    let files = issued.in_files(folder);
    app.config.certificate = Some(files.clone());
    app.config.public_url = app.url().replace("http://", "https://").parse().unwrap();
    app.restart().await;
    (app, files)
}

/// A browser that trusts this authority and no other.
fn trusting(authority: &str) -> ClientBuilder {
    let authority = reqwest::Certificate::from_pem(authority.as_bytes()).unwrap();
    Client::builder().tls_built_in_root_certs(false).add_root_certificate(authority)
}

/// Whether somebody who comes new, and trusts this authority alone, is answered.
async fn answers(app: &TestApp, authority: &str) -> bool {
    let answer = trusting(authority).build().unwrap().get(format!("{}/healthz", app.url())).send().await;
    answer.is_ok_and(|answer| answer.status() == 200)
}

/// Somebody who comes new, and trusts this authority alone, turns away because of the certificate and of nothing else.
async fn is_not_trusted(app: &TestApp, authority: &str, why: &str) {
    let answer = trusting(authority).build().unwrap().get(format!("{}/healthz", app.url())).send().await;
    let error = answer.expect_err(why);
    let mut told = Vec::new();
    let mut cause: Option<&dyn Error> = Some(&error);
    while let Some(one) = cause {
        told.push(one.to_string());
        cause = one.source();
    }
    // All authorities here have the same name: what differs is who has signed.
    let refused = ["invalid peer certificate: UnknownIssuer", "invalid peer certificate: BadSignature"];
    assert!(told.iter().any(|cause| refused.iter().any(|words| cause.contains(words))), "{why}: {told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_with_a_certificate_answers_in_tls_and_nobody_without() {
    let (folder, issued) = (tempfile::tempdir().unwrap(), Issued::with_a_key_in(Form::Pkcs8));
    let (app, files) = in_tls(&issued, folder.path()).await;
    let mut mira = Visitor::with(&app.url(), trusting(&issued.authority));
    assert_eq!(mira.get("/healthz").await.body, "alive\n");
    mira.signs_in(seed::MIRA).await;
    assert!(mira.cookies.contains_key("__Host-guildhall"), "{:?}", mira.cookies.keys());
    let saved = mira.saves("music", &[("default_volume", "70")]).await;
    let page = mira.follows(&saved).await;
    assert!(page.title().starts_with("Saved:"), "{}", page.title());
    let plain = reqwest::get(format!("{}/healthz", app.url().replace("https://", "http://"))).await;
    assert!(plain.is_err(), "{plain:?}");

    // What watches over a container asks it in the same way.
    let mut place = Place::make().await;
    place.set("LISTEN", app.config.listen.to_string());
    assert!(!place.runs(&["ready"]).await.well, "asked in plain http it does not answer");
    place.set("LISTEN_CERTIFICATE", files.chain.display().to_string());
    place.set("LISTEN_KEY", files.key.display().to_string());
    let ran = place.runs(&["ready"]).await;
    assert!(ran.well, "{}", ran.said);
}

/// What is agreed upon with somebody who offers to speak these, in the words of ALPN.
async fn agreed(app: &TestApp, issued: &Issued, offered: &'static [&'static str]) -> std::io::Result<Option<String>> {
    let (address, authority) = (app.config.listen, issued.authority.clone());
    tokio::task::spawn_blocking(move || agrees(address, &authority, offered)).await.unwrap()
}

fn agrees(address: SocketAddr, authority: &str, offered: &[&str]) -> std::io::Result<Option<String>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(authority.as_bytes()).unwrap()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = offered.iter().map(|name| name.as_bytes().to_vec()).collect();
    let mut connection = ClientConnection::new(Arc::new(config), ServerName::from(address.ip())).unwrap();
    let mut stream = TcpStream::connect(address)?;
    while connection.is_handshaking() {
        connection.complete_io(&mut stream)?;
    }
    Ok(connection.alpn_protocol().map(|name| String::from_utf8_lossy(name).into_owned()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_tls_http_2_is_not_spoken() {
    let (folder, issued) = (tempfile::tempdir().unwrap(), Issued::with_a_key_in(Form::Pkcs8));
    let (app, _) = in_tls(&issued, folder.path()).await;
    assert_eq!(agreed(&app, &issued, &["h2", "http/1.1"]).await.unwrap().as_deref(), Some("http/1.1"));
    assert_eq!(agreed(&app, &issued, &[]).await.unwrap(), None);
    assert!(agreed(&app, &issued, &["h2"]).await.is_err(), "who speaks nothing else is not let in");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_renewed_certificate_is_shown_without_a_new_start_and_a_bad_one_never() {
    let (folder, mut shown) = (tempfile::tempdir().unwrap(), Issued::with_a_key_in(Form::Pkcs8));
    let (app, files) = in_tls(&shown, folder.path()).await;
    for form in [Form::Pkcs1, Form::Sec1, Form::Pkcs8] {
        eventually("the first certificate is shown", || async { answers(&app, &shown.authority).await }).await;
        let new = Issued::with_a_key_in(form);
        new.in_files(folder.path());
        eventually("the new certificate is shown", || async { answers(&app, &new.authority).await }).await;
        is_not_trusted(&app, &shown.authority, &format!("{form:?}: the old one is shown no longer")).await;
        shown = new;
    }
    let log = logs::record();
    let path = files.key.display().to_string();
    let told = |words: &str| {
        log.text().lines().any(|line| line.contains(&path) && line.contains("is kept") && line.contains(words))
    };
    put(&files.key, "-----BEGIN PRIVATE KEY-----\nbm8gc3VjaCBrZXk=\n-----END PRIVATE KEY-----\n");
    eventually("the log says so", || async { told("no private key") }).await;
    eventually("the one before is shown", || async { answers(&app, &shown.authority).await }).await;
    assert!(!log.text().contains("bm8gc3VjaCBrZXk"), "nothing of the file is told");
    let new = Issued::with_a_key_in(Form::Pkcs8);
    put(&files.key, &new.key);
    eventually("the log says so", || async { told("does not belong") }).await;
    eventually("the one before is shown", || async { answers(&app, &shown.authority).await }).await;
    put(&files.chain, &new.chain);
    eventually("the new certificate is shown", || async { answers(&app, &new.authority).await }).await;
}

#[test]
fn what_is_wrong_with_a_certificate_that_is_to_be_the_next_is_told_once() {
    let (folder, issued) = (tempfile::tempdir().unwrap(), Issued::with_a_key_in(Form::Pkcs8));
    let files = issued.in_files(folder.path());
    let certificate = Certificate::open(files.clone()).unwrap();
    let log = logs::record();
    let path = files.key.display().to_string();
    let told = || log.text().lines().filter(|line| line.contains(&path) && line.contains("is kept")).count();
    // What is counted on this thread is counted here alone.
    let recorder = PrometheusBuilder::new().build_recorder();
    let page = recorder.handle();
    let looks = || metrics::with_local_recorder(&recorder, || certificate.look_again());
    let unusable = || value(&page.render(), "guildhall_certificate_unusable");
    for times in [1, 2] {
        std::fs::remove_file(&files.key).unwrap();
        for _ in 0..3 {
            looks();
        }
        assert_eq!((told(), unusable()), (times, 1.0));
        put(&files.key, &issued.key);
        looks();
        assert_eq!(unusable(), 0.0);
    }
    assert_eq!(told(), 2, "of what is well nothing is told");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_cannot_be_used_ends_the_start_and_is_told_by_the_check() {
    let mut place = Place::make().await;
    let files = Issued::with_a_key_in(Form::Pkcs8).in_files(place.folder.path());
    let (missing, letter, foreign) = (place.path("missing.pem"), place.path("letter.pem"), place.path("foreign.pem"));
    put(&letter, "Dear diary, my password is hunter2.");
    put(&foreign, &Issued::with_a_key_in(Form::Pkcs8).key);
    for (chain, key, words) in [
        (&missing, &files.key, ["LISTEN_CERTIFICATE", "missing.pem", "cannot be read"]),
        (&files.chain, &missing, ["LISTEN_KEY", "missing.pem", "cannot be read"]),
        (&letter, &files.key, ["LISTEN_CERTIFICATE", "letter.pem", "no certificate"]),
        (&files.chain, &letter, ["LISTEN_KEY", "letter.pem", "no private key"]),
        (&files.chain, &foreign, ["LISTEN_KEY", "foreign.pem", "does not belong"]),
    ] {
        place.set("LISTEN_CERTIFICATE", chain.display().to_string());
        place.set("LISTEN_KEY", key.display().to_string());
        finds(&place, &words).await;
        let ran = place.runs(&["serve"]).await;
        assert!(!ran.well && words.iter().all(|word| ran.said.contains(word)), "{words:?}: {}", ran.said);
        assert!(!ran.said.contains("hunter2"), "{words:?}: {}", ran.said);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_listener_that_others_reach_without_tls_is_said_and_with_tls_it_is_well() {
    let mut place = Place::make().await;
    let told = |said: &str| said.lines().filter(|line| line.contains("LISTEN") && line.contains("without TLS")).count();
    assert_eq!(told(&place.runs(&["check"]).await.said), 0, "this machine alone reaches it");
    place.set("LISTEN", place.url().replace("http://127.0.0.1", "0.0.0.0"));
    let ran = place.runs(&["check"]).await;
    assert!(ran.well && told(&ran.said) == 1, "{}", ran.said);
    let log = place.serves().await.log();
    assert_eq!(told(&log), 1, "{log}");
    let files = Issued::with_a_key_in(Form::Pkcs8).in_files(place.folder.path());
    place.set("LISTEN_CERTIFICATE", files.chain.display().to_string());
    place.set("LISTEN_KEY", files.key.display().to_string());
    let ran = place.runs(&["check"]).await;
    assert!(ran.well && told(&ran.said) == 0, "{}", ran.said);
    assert!(ran.said.lines().any(|line| line.starts_with("ok") && line.contains("in TLS")), "{}", ran.said);
}
