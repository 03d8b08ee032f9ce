//! Servers that somebody has pinned: they stand first wherever that person's servers are listed.

use std::collections::HashSet;

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use diesel::prelude::*;
use twilight_model::id::marker::GuildMarker;

use crate::accounts::{Person, safe_return_to};
use crate::clock::{Clock, Millis};
use crate::db::{Conn, Db, DbError};
use crate::discord::Discord;
use crate::error::{AppError, Trouble};
use crate::guilds::access::Access;
use crate::guilds::picker::{BotServers, MAX_AGE};
use crate::guilds::switcher;
use crate::ids::{self, GuildId, Snowflake, UserId};
use crate::keys::Keys;
use crate::on_each;
use crate::schema::{pinned_guilds, users};
use crate::web::form::FormData;
use crate::web::limits::{Limits, Rate};
use crate::web::shell::{Flash, Tone};
use crate::web::submitted::Submitted;
use crate::web::words::Message;
use crate::web::{WebConfig, flash, page};

/// So many servers can be pinned.
pub const MOST: i64 = 20;

/// What is known of a person's own use of their servers.
#[derive(Debug, Default)]
pub struct Marks {
    /// The one opened last.
    pub last: Option<GuildId>,
    pub pinned: HashSet<GuildId>,
}

impl Marks {
    /// One query.
    ///
    /// # Errors
    /// As the database answers.
    pub fn read(conn: &mut Conn, person: UserId) -> Result<Self, DbError> {
        type Id = Option<Snowflake<GuildMarker>>;
        let pins = users::table.left_join(pinned_guilds::table.on(pinned_guilds::user_id.eq(users::id)));
        let rows: Vec<(Id, Id)> = pins
            .filter(users::id.eq(Snowflake::from(person)))
            .select((users::last_guild_id, pinned_guilds::guild_id.nullable()))
            .load(conn)?;
        let last = rows.first().and_then(|(last, _)| last.and_then(Snowflake::id));
        Ok(Self { last, pinned: rows.into_iter().filter_map(|(_, pinned)| pinned?.id()).collect() })
    }
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pinned {
    Yes,
    No,
    /// There are as many as there may be.
    Full,
}

/// `POST /guilds/pins`: the button pressed says which server, and whether it is to be pinned or not any more.
pub async fn pin(
    req: HttpRequest,
    post: Submitted<Person>,
    (access, discord, known): (Data<Access>, Data<Discord>, Data<BotServers>),
    (db, clock, limits): (Data<Db>, Data<Clock>, Data<Limits>),
    (config, keys): (Data<WebConfig>, Data<Keys>),
) -> Result<HttpResponse, AppError> {
    let Submitted { guard: person, form } = post;
    limits.check(Rate::Writes, person.id, None)?;
    let unreadable = || AppError::from(Trouble::Unreadable(Message::new("request-unreadable")));
    let wished = ["pin", "unpin"].into_iter().find_map(|name| Some((name == "pin", form.text(name)?)));
    let (on, guild) = wished.and_then(|(on, id)| Some((on, ids::parse(id)?))).ok_or_else(unreadable)?;
    let list = access.own_list(&person, MAX_AGE).await?;
    let reachable = access.reachable(&person, MAX_AGE).await?;
    let reachable: Vec<GuildId> = reachable.into_iter().map(|one| one.id).collect();
    if on && !reachable.contains(&guild) {
        tracing::warn!(event = "access_refused", user.id = %person.id, guild.id = %guild, "a pin was refused");
        return Err(AppError::new(Trouble::NoAccess, "pins what is not theirs"));
    }
    let (user, now) = (person.id, clock.now());
    let kept = db.write(
        move |conn: &mut Conn| if on { add(conn, user, guild, &reachable, now) } else { remove(conn, user, guild) },
    );
    let came = match kept.await {
        Ok(came) => came,
        Err(error) => return Err(AppError::from(error).keeping_for_later(&req, form)),
    };
    let name = list.iter().find(|one| one.id == guild).map(|one| one.name.clone()).unwrap_or_default();
    let said = said(came, &name);
    if page::part(&req) == Some(switcher::PART) {
        let notice = (came == Pinned::Full).then_some(said);
        return switcher::answer(&req, &person, (&access, &discord, &known), &db, &Wish::of(&form), notice).await;
    }
    let tone = if came == Pinned::Full { Tone::Warning } else { Tone::Good };
    let back = safe_return_to(&config.public_url, form.text("return_to"));
    Ok(flash::redirect(&config, &keys, &back, Some(&Flash { tone, message: said })))
}

/// What a list of servers is for: where it leads, and from where it is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// The part of a name to look for; empty: all of them.
    pub query: String,
    /// The module that the other server's page is of.
    pub module: Option<String>,
    pub here: Option<GuildId>,
}

impl Wish {
    pub fn of(form: &FormData) -> Self {
        let text = |name: &str| {
            form.text(name).unwrap_or_default().trim().chars().filter(|c| !c.is_control()).take(100).collect::<String>()
        };
        let is_word = |name: &String| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase());
        Self { query: text("q"), module: Some(text("module")).filter(is_word), here: ids::parse(&text("here")) }
    }

    /// From an address.
    pub fn asked(req: &HttpRequest) -> Self {
        Self::of(&FormData::decode(req.query_string().as_bytes()).unwrap_or_default())
    }

    /// What follows a server's address: switching servers keeps the module.
    pub fn tail(&self) -> String {
        self.module.as_ref().map(|name| format!("/settings/{name}")).unwrap_or_default()
    }
}

fn add(conn: &mut Conn, user: UserId, guild: GuildId, reachable: &[GuildId], now: Millis) -> Result<Pinned, DbError> {
    let of_user = pinned_guilds::table.filter(pinned_guilds::user_id.eq(Snowflake::from(user)));
    let pinned: Vec<Snowflake<GuildMarker>> = of_user.select(pinned_guilds::guild_id).load(conn)?;
    let mut pinned: Vec<GuildId> = pinned.into_iter().filter_map(Snowflake::id).collect();
    if pinned.contains(&guild) {
        return Ok(Pinned::Yes);
    }
    let count = |pinned: &[GuildId]| i64::try_from(pinned.len()).unwrap_or(i64::MAX);
    if count(&pinned) >= MOST {
        // What they cannot reach any more is on no list, and must not take the place of what is.
        for gone in pinned.iter().filter(|id| !reachable.contains(id)) {
            remove(conn, user, *gone)?;
        }
        pinned.retain(|id| reachable.contains(id));
    }
    if count(&pinned) >= MOST {
        return Ok(Pinned::Full);
    }
    let row = (
        pinned_guilds::user_id.eq(Snowflake::from(user)),
        pinned_guilds::guild_id.eq(Snowflake::from(guild)),
        pinned_guilds::pinned_at.eq(now),
    );
    on_each!(conn, c => diesel::insert_into(pinned_guilds::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(Pinned::Yes)
}

fn remove(conn: &mut Conn, user: UserId, guild: GuildId) -> Result<Pinned, DbError> {
    let row = pinned_guilds::table
        .filter(pinned_guilds::user_id.eq(Snowflake::from(user)))
        .filter(pinned_guilds::guild_id.eq(Snowflake::from(guild)));
    diesel::delete(row).execute(conn)?;
    Ok(Pinned::No)
}

fn said(came: Pinned, name: &str) -> Message {
    match came {
        Pinned::Yes => Message::new("flash-pinned").name("server", name),
        Pinned::No => Message::new("flash-unpinned").name("server", name),
        Pinned::Full => Message::new("flash-pins-full").number("most", MOST),
    }
}
