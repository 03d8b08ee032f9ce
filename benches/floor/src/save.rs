//! A save without all that makes it one: the same rows, as durable, and the same script in Redis.
//!
//! Who it is, what they may, what they typed and whether it is right is not asked: all values are in hand.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data, Path};
use anyhow::Context as _;
use config_sync::{GuildId, ModuleName, Names};
use diesel::prelude::*;
use guildhall::db::{self, Conn, DatabaseUrl};
use guildhall::on_each;
use guildhall::schema::{changes, deployment, guilds, settings};
use redis::Script;
use redis::aio::MultiplexedConnection;
use uuid::Uuid;

use crate::writers::{Writers, connect};

const SCRIPT: &str = concat!(
    include_str!("../../../crates/config-sync/src/held.lua"),
    include_str!("../../../crates/config-sync/src/script.lua")
);
/// As Guildhall has it.
const LOG_LENGTH: usize = 10_000;
const HEAD_START: i64 = 2_000;

/// What a row of the change log repeats, as Guildhall wrote it last.
#[derive(Queryable, Selectable)]
#[diesel(table_name = changes)]
struct Written {
    guild_id: i64,
    subject: String,
    shape: i32,
    number: i32,
    revision: Option<i64>,
    before_body: Option<String>,
    after_body: Option<String>,
    changed: String,
    names: String,
    actor_id: Option<i64>,
    actor_name: String,
    actor_avatar: Option<String>,
}

/// One module of one server.
struct Pair {
    written: Written,
    /// What is saved in turn.
    bodies: [String; 2],
    guild_name: String,
    guild_icon: Option<String>,
    module_channel: String,
    current: String,
    state: Mutex<(i64, i32)>,
}

/// Everything in hand.
pub struct Saves {
    pairs: HashMap<(i64, String), Arc<Pair>>,
    pub writers: Writers,
    redis: MultiplexedConnection,
    script: Script,
    database: String,
    names: Names,
}

/// One save with its values.
struct Save {
    pair: Arc<Pair>,
    revision: i64,
    number: i32,
    now: i64,
}

impl Saves {
    pub async fn load(url: &DatabaseUrl, redis: &redis::Client, prefix: &str) -> anyhow::Result<Self> {
        let names = Names::new(prefix);
        let mut conn = connect(url)?;
        let database: String = deployment::table.select(deployment::database_id).first(&mut conn)?;
        let mut connection = redis.get_multiplexed_async_connection().await?;
        redis::cmd("HSET")
            .arg(names.epoch())
            .arg(&["database", &database, "n", "0", "complete", "1"])
            .exec_async(&mut connection)
            .await?;
        let mut pairs = HashMap::new();
        // The newest last: it stays.
        let rows: Vec<Written> = changes::table
            .filter(changes::kind.eq("settings").and(changes::before_body.is_not_null()))
            .order(changes::id)
            .select(Written::as_select())
            .load(&mut conn)?;
        for written in rows {
            let pair = Pair::of(&mut conn, written, &names)?;
            pairs.insert((pair.written.guild_id, pair.written.subject.clone()), Arc::new(pair));
        }
        let (writers, script) = (Writers::start(url)?, Script::new(SCRIPT));
        Ok(Self { pairs, writers, redis: connection, script, database, names })
    }

    fn next(&self, guild: i64, module: &str) -> anyhow::Result<Save> {
        let pair = self.pairs.get(&(guild, module.to_owned())).context("a server and module that was saved")?.clone();
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis() as i64;
        let (revision, number) = {
            let mut state = pair.state.lock().unwrap_or_else(PoisonError::into_inner);
            *state = ((state.0 + 1).max(now), state.1 + 1);
            *state
        };
        Ok(Save { pair, revision, number, now })
    }

    async fn publish(&self, save: &Save) -> anyhow::Result<()> {
        let Written { guild_id, shape, changed, .. } = &save.pair.written;
        let (module, after) = (save.pair.written.subject.to_uppercase(), save.after());
        let (revision, now) = (save.revision, save.now);
        let message = format!(
            "{{\"guildId\":\"{guild_id}\",\"module\":\"{module}\",\"action\":\"update\",\"timestamp\":{now},\"data\":\
             {{\"revision\":{revision},\"schema\":{shape},\"changed\":{changed},\"settings\":{after}}}}}"
        );
        let mut run = self.script.key(self.names.epoch());
        run.key(&save.pair.current).key(self.names.log()).arg(&self.database).arg(0).arg(module).arg(revision);
        run.arg(message).arg(*guild_id).arg(LOG_LENGTH).arg(&save.pair.module_channel).arg(self.names.all_channel());
        let answer: Vec<String> = run.invoke_async(&mut self.redis.clone()).await?;
        anyhow::ensure!(answer.first().is_some_and(|word| word == "OK"), "Redis answered {answer:?}");
        Ok(())
    }
}

impl Pair {
    fn of(conn: &mut Conn, written: Written, names: &Names) -> anyhow::Result<Self> {
        let (guild_name, guild_icon) =
            guilds::table.find(written.guild_id).select((guilds::name, guilds::icon)).first(conn)?;
        let body = |body: &Option<String>| body.clone().context("a change with both sides");
        Ok(Self {
            bodies: [body(&written.before_body)?, body(&written.after_body)?],
            guild_name,
            guild_icon,
            module_channel: names.module_channel(&ModuleName::new(written.subject.to_uppercase())?),
            current: names.current(GuildId(written.guild_id.unsigned_abs())),
            state: Mutex::new((written.revision.unwrap_or_default(), written.number)),
            written,
        })
    }
}

impl Save {
    fn before(&self) -> &str {
        &self.pair.bodies[usize::from(self.number % 2 != 0)]
    }

    fn after(&self) -> &str {
        &self.pair.bodies[usize::from(self.number % 2 == 0)]
    }

    /// The rows that Guildhall writes for a save, in one transaction.
    fn write(&self, conn: &mut Conn) -> anyhow::Result<()> {
        db::write(conn, |conn| {
            let Written { guild_id, subject, shape, changed, names, actor_id, actor_name, actor_avatar, .. } =
                &self.pair.written;
            let row = settings::table.find((*guild_id, subject)).filter(settings::revision.lt(self.revision));
            let values = (
                settings::body.eq(self.after()),
                settings::shape.eq(shape),
                settings::revision.eq(self.revision),
                settings::saves.eq(self.number),
                settings::enabled.eq(true),
                settings::is_default.eq(false),
                settings::updated_at.eq(self.now),
            );
            let updated = on_each!(conn, c => diesel::update(row).set(values).execute(c))?;
            anyhow::ensure!(updated == 1, "no row of {subject} of {guild_id}");
            let change = (
                changes::id.eq(Uuid::now_v7().to_string()),
                changes::guild_id.eq(guild_id),
                changes::kind.eq("settings"),
                changes::subject.eq(subject),
                changes::revision.eq(self.revision),
                changes::number.eq(self.number),
                changes::action.eq("update"),
                changes::shape.eq(shape),
                changes::before_body.eq(self.before()),
                changes::after_body.eq(self.after()),
                changes::changed.eq(changed),
                changes::names.eq(names),
                changes::actor_id.eq(actor_id),
                changes::actor_name.eq(actor_name),
                changes::actor_avatar.eq(actor_avatar),
                changes::created_at.eq(self.now),
                changes::touched_at.eq(self.now),
                changes::next_attempt_at.eq(self.now + HEAD_START),
            );
            on_each!(conn, c => diesel::insert_into(changes::table).values(change).execute(c))?;
            let seen = (
                guilds::name.eq(&self.pair.guild_name),
                guilds::icon.eq(&self.pair.guild_icon),
                guilds::seen_at.eq(self.now),
                guilds::left_at.eq(None::<i64>),
            );
            on_each!(conn, c => diesel::insert_into(guilds::table)
                .values((guilds::id.eq(guild_id), seen))
                .on_conflict(guilds::id)
                .do_update()
                .set(seen)
                .execute(c))?;
            Ok(())
        })
    }
}

/// Commits, publishes, and sends the browser back as Guildhall does.
pub async fn save(at: Path<(i64, String)>, _form: Bytes, saves: Data<Saves>) -> Result<HttpResponse, crate::Failed> {
    let (guild, module) = at.into_inner();
    let save = Arc::new(saves.next(guild, &module)?);
    let writing = save.clone();
    saves.writers.run(move |conn| writing.write(conn)).await?;
    saves.publish(&save).await?;
    let back = format!("/guilds/{guild}/settings/{module}");
    Ok(HttpResponse::SeeOther().insert_header(("location", back)).finish())
}

/// Only the commit; answers how many microseconds the transaction took.
pub async fn commit(at: Path<(i64, String)>, saves: Data<Saves>) -> Result<HttpResponse, crate::Failed> {
    let (guild, module) = at.into_inner();
    let save = saves.next(guild, &module)?;
    let took = saves.writers.run(move |conn| {
        let began = std::time::Instant::now();
        save.write(conn)?;
        Ok(began.elapsed())
    });
    Ok(HttpResponse::Ok().body(took.await?.as_micros().to_string()))
}
