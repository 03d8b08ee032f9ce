//! Every part that pages are made of, in every state it has, on one page: for looking at the design.
//!
//! The same macros and the same styles as in the dashboard, which holds nothing of this. The page is at an address of
//! its own, on this machine alone; `?theme=light`, `?theme=dark` show it so.

mod controls;
mod drawn;
mod page;
mod samples;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::mpsc;
use std::{io, thread};

use actix_web::dev::{Server, ServerHandle};
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use actix_web::web::{self, Path, Query};
use actix_web::{App, HttpResponse, HttpServer, rt};
use askama::Template as _;
use guildhall::web::assets;
use guildhall::web::taste::Theme;
use guildhall::web::words::Words;
use serde::Deserialize;

/// As the dashboard has it: what it would refuse is seen here too.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                   form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
const STYLES: &str = include_str!("gallery.css");

/// A gallery that is open until this is dropped.
pub struct Gallery {
    address: SocketAddr,
    handle: ServerHandle,
}

impl Gallery {
    /// Opens it on this port, or on a free one if it is 0. It has a thread of its own.
    ///
    /// # Errors
    /// When the port is taken.
    pub fn open(port: u16) -> io::Result<Self> {
        let (tell, told) = mpsc::channel();
        thread::Builder::new().name("gallery".into()).spawn(move || {
            rt::System::new().block_on(async move {
                match server(port) {
                    Err(error) => drop(tell.send(Err(error))),
                    Ok((address, server)) => {
                        drop(tell.send(Ok(Self { address, handle: server.handle() })));
                        drop(server.await);
                    }
                }
            });
        })?;
        told.recv().map_err(io::Error::other)?
    }

    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Gallery {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

fn server(port: u16) -> io::Result<(SocketAddr, Server)> {
    let app = || {
        App::new()
            .route("/", web::get().to(everything))
            .route("/gallery.css", web::get().to(styles))
            .route("/static/{name}", web::get().to(file))
    };
    let server = HttpServer::new(app).workers(1).disable_signals().bind((Ipv4Addr::LOCALHOST, port))?;
    let address = server.addrs().first().copied().ok_or_else(|| io::Error::other("no address"))?;
    Ok((address, server.run()))
}

#[derive(Deserialize)]
struct Look {
    theme: Option<String>,
}

async fn everything(look: Query<Look>) -> HttpResponse {
    let theme = look.theme.as_deref().and_then(Theme::parse).unwrap_or_default();
    match page::page(theme).render_with_values(&Words::default()) {
        Ok(html) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
            .insert_header((CONTENT_SECURITY_POLICY, CSP))
            .insert_header((CACHE_CONTROL, "no-store"))
            .body(html),
        Err(error) => HttpResponse::InternalServerError().body(error.to_string()),
    }
}

async fn styles() -> HttpResponse {
    HttpResponse::Ok().insert_header((CONTENT_TYPE, "text/css; charset=utf-8")).body(STYLES)
}

async fn file(name: Path<String>) -> HttpResponse {
    match assets::find(&name, None) {
        Some(sent) => HttpResponse::Ok().insert_header((CONTENT_TYPE, sent.content_type)).body(sent.bytes),
        None => HttpResponse::NotFound().finish(),
    }
}
