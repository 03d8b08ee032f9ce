//! What was typed when a session had ended, or was one without the second factor that is asked for, kept for its owner
//! until they have signed in again.
//!
//! Kept only on the word of a form token of ours (`web::submitted`), so nobody can place a draft for
//! somebody else; and sealed, for there may be a secret in it.

use std::time::Duration;

use actix_session::SessionExt as _;
use actix_web::HttpRequest;
use actix_web::web::Data;
use diesel::prelude::*;

use crate::accounts::Person;
use crate::accounts::session_store::DRAFTED;
use crate::clock::{Clock, Millis};
use crate::db::{Conn, Db, DbError};
use crate::error::{AppError, Trouble};
use crate::ids::{GuildId, Snowflake, UserId};
use crate::keys::Keys;
use crate::on_each;
use crate::schema::drafts;
use crate::web::form::FormData;

const LIFETIME: Duration = Duration::from_secs(60 * 60);
const MAX_BYTES: usize = 256 * 1024;
/// Drafts of one person at most. Whoever has one kept was not let in, so its server is only what an address says.
const MOST: i64 = 20;
/// Asks a form's page for the draft.
const ASKED: &str = "draft=1";

/// Whose draft, and of which form: there is one for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftOf {
    pub user: UserId,
    pub guild: GuildId,
    /// The page it stands on, without its server's address: `giveaways/new`.
    pub form: String,
}

impl DraftOf {
    /// Of the form on the page that a request is about.
    ///
    /// # Errors
    /// An address that is no server's is a bug.
    pub fn here(req: &HttpRequest, person: &Person, guild: GuildId) -> Result<Self, AppError> {
        let form = below_server(req.path()).ok_or_else(|| AppError::new(Trouble::Internal, "a form of no server"))?;
        Ok(Self { user: person.id, guild, form: form.to_owned() })
    }

    /// Where it is shown.
    fn address(&self) -> String {
        format!("/guilds/{}/{}?{ASKED}", self.guild, self.form)
    }

    /// What it is sealed for.
    fn place(&self) -> String {
        format!("{}/{}/{}", self.user, self.guild, self.form)
    }
}

/// An address without its server's own.
pub fn below_server(path: &str) -> Option<&str> {
    Some(path.strip_prefix("/guilds/")?.split_once('/')?.1)
}

/// What drafts are kept with.
struct Store {
    db: Data<Db>,
    clock: Data<Clock>,
    keys: Data<Keys>,
}

impl Store {
    fn of(req: &HttpRequest) -> Result<Self, AppError> {
        let missing = || AppError::new(Trouble::Internal, "Drafts are not configured");
        Ok(Self {
            db: req.app_data().cloned().ok_or_else(missing)?,
            clock: req.app_data().cloned().ok_or_else(missing)?,
            keys: req.app_data().cloned().ok_or_else(missing)?,
        })
    }

    /// Whether it was short enough to be kept.
    async fn keep(&self, of: DraftOf, mut form: FormData) -> Result<bool, DbError> {
        form.remove("csrf_token");
        let body = serde_json::to_string(form.pairs()).map_err(|error| DbError::Broken(error.to_string()))?;
        if body.len() > MAX_BYTES {
            return Ok(false);
        }
        let (sealed, now) = (self.keys.seal_draft(&of.place(), &body), self.clock.now());
        let write = move |conn: &mut Conn| {
            diesel::delete(drafts::table.filter(drafts::created_at.le(oldest(now)))).execute(conn)?;
            upsert(conn, &of, &sealed, now)?;
            drop_surplus(conn, of.user)
        };
        self.db.write(write).await?;
        Ok(true)
    }

    async fn find(&self, of: DraftOf) -> Result<Option<FormData>, DbError> {
        let (now, place) = (self.clock.now(), of.place());
        let sealed = self.db.run(move |conn| read(conn, &of, now)).await?;
        let body = sealed.and_then(|sealed| self.keys.open_draft(&place, &sealed).ok());
        Ok(body.and_then(|body| serde_json::from_str(&body).ok()).map(FormData::from_pairs))
    }
}

/// Keeps a draft in the place of an older one; answers where it will be shown. None: it is too long to be kept.
///
/// # Errors
/// As [`Db::write`].
pub async fn keep(req: &HttpRequest, of: DraftOf, form: FormData) -> Result<Option<String>, AppError> {
    let address = of.address();
    Ok(Store::of(req)?.keep(of, form).await?.then_some(address))
}

/// Where this page is asked for with its draft, if it is.
pub fn asked_at(req: &HttpRequest) -> Option<String> {
    (req.query_string() == ASKED).then(|| format!("{}?{ASKED}", req.path()))
}

/// The draft of the form on this page, if it was asked for and there is one. It stays: the page may be loaded again.
///
/// # Errors
/// As [`Db::run`].
pub async fn asked_for(req: &HttpRequest, person: &Person, guild: GuildId) -> Result<Option<FormData>, AppError> {
    if req.query_string() != ASKED {
        return Ok(None);
    }
    Ok(Store::of(req)?.find(DraftOf::here(req, person, guild)?).await?)
}

/// Whether whoever asks had any draft when the request began. Most never have one, and a save need not look for it.
pub fn has_any(req: &HttpRequest) -> bool {
    req.get_session().contains_key(DRAFTED)
}

/// Its form was saved: in the transaction of the save.
///
/// # Errors
/// As the database answers.
pub fn discard(conn: &mut Conn, of: &DraftOf) -> Result<(), DbError> {
    let row = drafts::table.find((Snowflake::from(of.user), Snowflake::from(of.guild), &of.form));
    crate::on_each!(conn, c => diesel::delete(row).execute(c))?;
    Ok(())
}

fn oldest(now: Millis) -> Millis {
    now - i64::try_from(LIFETIME.as_millis()).unwrap_or(i64::MAX)
}

fn upsert(conn: &mut Conn, of: &DraftOf, sealed: &str, now: Millis) -> Result<(), DbError> {
    let content = (drafts::body.eq(sealed), drafts::created_at.eq(now));
    let row = (
        drafts::user_id.eq(Snowflake::from(of.user)),
        drafts::guild_id.eq(Snowflake::from(of.guild)),
        drafts::form.eq(&of.form),
        content,
    );
    on_each!(conn, c => diesel::insert_into(drafts::table)
        .values(row)
        .on_conflict((drafts::user_id, drafts::guild_id, drafts::form))
        .do_update()
        .set(content)
        .execute(c))?;
    Ok(())
}

/// The oldest go.
fn drop_surplus(conn: &mut Conn, user: UserId) -> Result<(), DbError> {
    let oldest: Option<Millis> = drafts::table
        .filter(drafts::user_id.eq(Snowflake::from(user)))
        .order(drafts::created_at.desc())
        .offset(MOST)
        .select(drafts::created_at)
        .first(conn)
        .optional()?;
    if let Some(oldest) = oldest {
        let surplus = drafts::user_id.eq(Snowflake::from(user)).and(drafts::created_at.le(oldest));
        diesel::delete(drafts::table.filter(surplus)).execute(conn)?;
    }
    Ok(())
}

fn read(conn: &mut Conn, of: &DraftOf, now: Millis) -> Result<Option<String>, DbError> {
    let row = drafts::table.find((Snowflake::from(of.user), Snowflake::from(of.guild), &of.form));
    Ok(row.filter(drafts::created_at.gt(oldest(now))).select(drafts::body).first(conn).optional()?)
}

#[cfg(test)]
mod tests;
