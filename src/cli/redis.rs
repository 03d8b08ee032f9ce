//! `guildhall redis adopt`.

use config_sync::{Answer, Publisher};
use secrecy::ExposeSecret as _;

use super::{Outcome, say};
use crate::config::Config;
use crate::db::Db;

pub(super) async fn adopt() -> Outcome {
    let config = Config::from_env()?;
    let db = Db::open(&config.database_url)?;
    let publisher = Publisher::new(config.redis_url.expose_secret(), &config.redis_prefix, db.deployment())?;
    let known = crate::relay::highest_n(&db).await?;
    match publisher.adopt(known).await? {
        Answer::Sent { .. } => say("This Redis is now this deployment's. Running dashboards fill it within seconds."),
        other => Err(format!("Redis refused: {other:?}").into()),
    }
}
