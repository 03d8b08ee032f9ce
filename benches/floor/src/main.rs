//! The floor: the least that the work of Guildhall costs on the same machine, with the same libraries, the same rows
//! and the same durability, written to be fast. `scripts/bench` loads it as it loads Guildhall, in turns.
//!
//! It takes the environment that Guildhall takes, and a database in which Guildhall has saved something: the values
//! that it writes and renders are those, kept in hand. On Redis it uses names of its own.
//!
//! - `save`: rows and script of a save; `page`: a row by its key, and the template of a settings page
//! - `happened`: the rows of the bot's events; `writers`: connections that only work

mod happened;
mod page;
mod save;
mod writers;

use std::fmt;

use actix_web::web::{Data, PayloadConfig, get, post};
use actix_web::{App, HttpResponse, HttpServer, ResponseError};
use guildhall::config::Config;
use secrecy::ExposeSecret as _;

/// Before all names in Redis.
const PREFIX: &str = "floor:";

/// Anything that goes wrong ends the run: whoever loads this expects success alone.
#[derive(Debug)]
pub struct Failed(anyhow::Error);

impl<E: Into<anyhow::Error>> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.0)
    }
}

impl ResponseError for Failed {}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let config = Config::from_env()?;
    let pages = Data::new(page::Pages::prepare(&config).await?);
    let redis = redis::Client::open(config.redis_url.expose_secret())?;
    let saves = Data::new(save::Saves::load(&config.database_url, &redis, PREFIX).await?);
    let workers = std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 8));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(PayloadConfig::new(1024 * 1024))
            .app_data(pages.clone())
            .app_data(saves.clone())
            .route("/healthz", get().to(HttpResponse::Ok))
            .route("/guilds/{guild}/settings/{module}", get().to(page::page))
            .route("/guilds/{guild}/settings/{module}", post().to(save::save))
            .route("/guilds/{guild}/settings/{module}/commit", post().to(save::commit))
            .route("/events/{from}/{until}", post().to(happened::take))
    });
    Ok(server.workers(workers).bind(config.listen)?.run().await?)
}
