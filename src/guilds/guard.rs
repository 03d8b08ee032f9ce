//! The guard as a handler's parameter: `GuildAccess<View>` in a GET, `Submitted<GuildAccess<Edit>>` in a POST.
//!
//! The signature says who may call a handler. In the beginning a manager may all and nobody else anything; the
//! module is named all the same, so that grants to staff change no handler.

use std::marker::PhantomData;

use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload};
use futures_util::future::LocalBoxFuture;

use crate::accounts::{Person, drafts};
use crate::clock::Clock;
use crate::db::Db;
use crate::error::{AppError, Trouble};
use crate::guilds::access::{Access, Admitted, Level};
use crate::ids::{self, GuildId};
use crate::web::csrf::FormOwner;
use crate::web::form::FormData;
use crate::web::limits::{Limits, Rate};
use crate::web::submitted::Guard;

/// What a handler needs of its caller.
pub trait Right: 'static {
    const LEVEL: Level;
    const RATE: Option<Rate>;
    /// Whether its form may bring a file.
    const FILES: bool = false;
}

/// Looking at a page.
pub struct View;
/// Changing settings.
pub struct Edit;
/// Changing settings, perhaps by a file.
pub struct Carry;
/// Making the bot do something, or changing what it works with.
pub struct Act;
/// Seeing what a change would look like; saves nothing.
pub struct Preview;

impl Right for View {
    const LEVEL: Level = Level::View;
    const RATE: Option<Rate> = None;
}
impl Right for Edit {
    const LEVEL: Level = Level::Edit;
    const RATE: Option<Rate> = Some(Rate::Writes);
}
impl Right for Carry {
    const LEVEL: Level = Level::Edit;
    const RATE: Option<Rate> = Some(Rate::Writes);
    const FILES: bool = true;
}
/// What the bot is told to do is counted besides, in the database.
impl Right for Act {
    const LEVEL: Level = Level::Edit;
    const RATE: Option<Rate> = Some(Rate::Writes);
}
impl Right for Preview {
    const LEVEL: Level = Level::View;
    const RATE: Option<Rate> = Some(Rate::Previews);
}

/// Which module a handler is about.
pub trait About: 'static {
    /// In URLs; None: the server as a whole.
    const MODULE: Option<&'static str>;
}

/// The server as a whole.
pub struct Server;
impl About for Server {
    const MODULE: Option<&'static str> = None;
}

/// A person admitted to the server of the URL, for `R`, about `A`.
pub struct GuildAccess<R, A = Server> {
    pub admitted: Admitted,
    right: PhantomData<fn() -> (R, A)>,
}

impl<R: Right, A: About> GuildAccess<R, A> {
    async fn of(req: HttpRequest) -> Result<Self, AppError> {
        let guild = guild_id(&req);
        let access = Self::to(&req, guild).await?;
        req.extensions_mut().insert(access.admitted.guild);
        Ok(access)
    }

    /// The same guard for a server that a form names, which becomes usable by this alone.
    ///
    /// # Errors
    /// As for the server of the address; a text that is no id is a server that nobody manages.
    pub async fn named(req: &HttpRequest, id: &str) -> Result<Self, AppError> {
        let guild = ids::parse(id).ok_or(Trouble::NoAccess)?;
        Self::to(req, Some(guild)).await
    }

    async fn to(req: &HttpRequest, guild: Option<GuildId>) -> Result<Self, AppError> {
        let Some(person) = Person::of(req)? else {
            return Err(crate::accounts::sign_in_first(req));
        };
        let guild = guild.ok_or(Trouble::NotFound)?;
        let missing = || AppError::new(Trouble::Internal, "Access is not configured");
        let access = req.app_data::<Data<Access>>().ok_or_else(missing)?.clone();
        let limits = req.app_data::<Data<Limits>>().ok_or_else(missing)?.clone();
        let admitted = access.admit(person, guild, R::LEVEL).await?;
        if let Some(rate) = R::RATE {
            limits.check(rate, admitted.person.id, Some(guild))?;
        }
        Ok(Self { admitted, right: PhantomData })
    }
}

/// The guild id in the URL. Only the guard calls this.
fn guild_id(req: &HttpRequest) -> Option<GuildId> {
    ids::parse(req.match_info().get("guild_id")?)
}

impl<R: Right, A: About> FromRequest for GuildAccess<R, A> {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        Box::pin(Self::of(req.clone()))
    }
}

impl<R: Right, A: About> Guard for GuildAccess<R, A> {
    const FILES: bool = R::FILES;

    fn admit(req: &HttpRequest) -> LocalBoxFuture<'static, Result<Self, AppError>> {
        Box::pin(Self::of(req.clone()))
    }

    /// A form of settings whose session has ended is kept for its owner. A reset has nothing typed in it, and
    /// would come back as a form of nothing.
    fn keep_draft(req: &HttpRequest, owner: FormOwner, form: FormData) -> LocalBoxFuture<'static, bool> {
        if req.path().ends_with("/reset") {
            return Box::pin(async { false });
        }
        let (guild, db, clock) =
            (guild_id(req), req.app_data::<Data<Db>>().cloned(), req.app_data::<Data<Clock>>().cloned());
        Box::pin(async move {
            let (Some(guild), Some(module), Some(db), Some(clock)) = (guild, A::MODULE, db, clock) else {
                return false;
            };
            let of = drafts::DraftOf { user: owner.user, guild, module: module.to_owned() };
            drafts::keep(&db, &clock, of, form).await.unwrap_or(false)
        })
    }
}
