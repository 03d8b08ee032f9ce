//! `guildhall forget --user ID` and `guildhall forget --guild ID`: what is kept of a person or a server, counted, and
//! removed where `--yes` is said.

use config_sync::Publisher;
use diesel::prelude::*;
use secrecy::ExposeSecret as _;

use super::{Outcome, say};
use crate::accounts::{Accounts, TakenBack};
use crate::clock::{Clock, Millis};
use crate::config::Config;
use crate::db::{self, Conn, Db};
use crate::discord::Discord;
use crate::erasure::{Tally, counted, person, server};
use crate::ids::{GuildId, UserId};

const HOW: &str = "Nothing was removed. Say it again with --yes to remove it; there is no way back.";

pub(super) async fn person(user: UserId, yes: bool) -> Outcome {
    let config = Config::from_env()?;
    let mut conn = db::open_for_long(&config.database_url)?;
    let clock = Clock::default();
    let now = clock.now();
    let number = person::neutral_id();
    // Transcripts are counted outside: under SQLite's write lock nobody saves meanwhile.
    let found = counted(&mut conn, |conn| {
        let own = of_the_house(conn, user, number, now)?;
        Ok(own.and(person::forget_beside_transcripts(conn, user, number, now)?))
    })?;
    let found = found.and(person::in_transcripts(&mut conn, user)?);
    list(&format!("the person {user}"), &found)?;
    if !yes {
        return say(HOW);
    }
    // First, while the tokens are there: Discord is told.
    let discord = Discord::new(config.for_discord()?, clock.clone())?;
    let db = Db::open(&config.database_url)?;
    let accounts = Accounts::new(db, config.keys.clone(), clock, discord, &config.discord.url);
    if accounts.disconnect(user).await? == TakenBack::Unconfirmed {
        say("Discord did not confirm that the access is gone. The tokens are deleted all the same.")?;
    }
    db::write(&mut conn, |conn| all_of(conn, user, number, now))?;
    say(&format!(
        "It is removed. Where something of theirs is of use to others, {number} stands for them: in change logs, over \
         playlists, and in transcripts, which keep what they wrote for up to 90 days. What texts of others say of them \
         stays. The feed may name them for up to 30 days where it has no id, rooms of theirs are called as before until a \
         day after they are closed, and the change log calls tickets without a number after who opened them. Backups and logs are yours to look after.",
    ))
}

pub(super) async fn server(guild: GuildId, yes: bool) -> Outcome {
    let config = Config::from_env()?;
    let mut conn = db::open_for_long(&config.database_url)?;
    list(&format!("the server {guild}"), &server::count(&mut conn, guild)?)?;
    if server::left_at(&mut conn, guild)?.is_none() {
        say(
            "It is not known that the bot has left it. If the bot is there, it goes on without settings, and tells of \
             what happens there anew.",
        )?;
    }
    if !yes {
        return say(HOW);
    }
    let db = Db::open(&config.database_url)?;
    let publisher = Publisher::new(config.redis_url.expose_secret(), &config.redis_prefix, db.deployment())?;
    publisher.ping().await.map_err(|error| format!("Redis has to be there, and is not ({error})."))?;
    let rows = server::forget(&db, &publisher, guild).await?;
    say(&format!("{rows} rows are removed, and what Redis held of it. Backups and logs are yours to look after."))
}

fn all_of(conn: &mut Conn, user: UserId, number: UserId, now: Millis) -> QueryResult<Tally> {
    let own = of_the_house(conn, user, number, now)?;
    Ok(own.and(person::forget_on_servers(conn, user, number, now)?))
}

/// The account, and what they did with it.
fn of_the_house(conn: &mut Conn, user: UserId, number: UserId, now: Millis) -> QueryResult<Tally> {
    let account = person::forget_account(conn, user)?;
    Ok(account.and(person::unname(conn, user, number, now)?))
}

fn list(whom: &str, found: &Tally) -> Outcome {
    if found.total() == 0 {
        return say(&format!("Nothing is kept of {whom}."));
    }
    say(&format!("Of {whom} there are:"))?;
    found.some().try_for_each(|(table, rows)| say(&format!("  {rows:>7}  {table}")))
}
