//! The guard as a handler's parameter: `GuildAccess<View>` in a GET, `Submitted<GuildAccess<Edit>>` in a POST.
//!
//! The signature says who may call a handler: what they want to do, and with what. A manager may everything, staff what
//! was given to them. A handler that says nothing of its module is the managers' alone.

use std::marker::PhantomData;

use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload};
use futures_util::future::LocalBoxFuture;

use crate::accounts::Person;
use crate::accounts::drafts::{self, DraftOf};
use crate::error::{AppError, Trouble};
use crate::guilds::access::{Access, Admitted, Freshness, Wish};
use crate::guilds::rights::{Level, Scope};
use crate::ids::{self, GuildId};
use crate::web::csrf::FormOwner;
use crate::web::form::FormData;
use crate::web::limits::{Limits, Rate};
use crate::web::submitted::Guard;

/// What a handler needs of its caller.
pub trait Right: 'static {
    const LEVEL: Level;
    const FRESH: Freshness;
    const RATE: Option<Rate>;
    /// Whether its form may bring a file.
    const FILES: bool = false;
    /// Whether somebody has sent its form: a script that asks about one keeps nothing.
    const KEEPS: bool = true;
}

/// Looking at a page.
pub struct View;
/// Keeping a page open, and being told of what changes on it.
pub struct Stay;
/// Looking at a page that asks before something is changed.
pub struct AskEdit;
/// Looking at a page that asks before the bot does something.
pub struct AskAct;
/// Changing settings.
pub struct Edit;
/// Changing settings, perhaps by a file.
pub struct Carry;
/// Making the bot do something, or changing what it works with.
pub struct Act;
/// Seeing what a change would look like; saves nothing.
pub struct Preview;

/// A script asking what a save would say.
pub struct Check;

impl Right for View {
    const LEVEL: Level = Level::View;
    const FRESH: Freshness = Freshness::Page;
    const RATE: Option<Rate> = None;
}
impl Right for Stay {
    const LEVEL: Level = Level::View;
    const FRESH: Freshness = Freshness::OpenPage;
    const RATE: Option<Rate> = None;
}
impl Right for AskEdit {
    const LEVEL: Level = Level::Edit;
    const FRESH: Freshness = Freshness::Page;
    const RATE: Option<Rate> = None;
}
impl Right for AskAct {
    const LEVEL: Level = Level::Act;
    const FRESH: Freshness = Freshness::Page;
    const RATE: Option<Rate> = None;
}
impl Right for Edit {
    const LEVEL: Level = Level::Edit;
    const FRESH: Freshness = Freshness::Write;
    const RATE: Option<Rate> = Some(Rate::Writes);
}
impl Right for Carry {
    const LEVEL: Level = Level::Edit;
    const FRESH: Freshness = Freshness::Write;
    const RATE: Option<Rate> = Some(Rate::Writes);
    const FILES: bool = true;
}
/// What the bot is told to do is counted besides, in the database.
impl Right for Act {
    const LEVEL: Level = Level::Act;
    const FRESH: Freshness = Freshness::Write;
    const RATE: Option<Rate> = Some(Rate::Writes);
}
impl Right for Preview {
    const LEVEL: Level = Level::View;
    const FRESH: Freshness = Freshness::Page;
    const RATE: Option<Rate> = Some(Rate::Previews);
}
impl Right for Check {
    const LEVEL: Level = Level::View;
    const FRESH: Freshness = Freshness::Page;
    const RATE: Option<Rate> = Some(Rate::Checks);
    const KEEPS: bool = false;
}

/// Which module a handler is about, and where its form stands.
pub trait About: 'static {
    const SCOPE: Scope<'static>;

    /// The page of a server on which the form stands that was posted to `address`, both without the server's own
    /// address: `giveaways/new`. What was typed in it is kept for that page until they have signed in again. None:
    /// nothing of worth is typed there.
    fn form_page(_address: &str) -> Option<String> {
        None
    }
}

/// The server as a whole: for managers alone.
pub struct Server;
impl About for Server {
    const SCOPE: Scope<'static> = Scope::Server;
}

/// All modules together: who the staff are.
pub struct All;
impl About for All {
    const SCOPE: Scope<'static> = Scope::All;
}

/// What shows to each what they may see. Its handler looks at [`Admitted::rights`].
pub struct Any;
impl About for Any {
    const SCOPE: Scope<'static> = Scope::Any;
}

/// A form that posts to the page it stands on, and its preview to an address below that.
pub struct OwnPage<A = Server>(PhantomData<fn() -> A>);
impl<A: About> About for OwnPage<A> {
    const SCOPE: Scope<'static> = A::SCOPE;

    fn form_page(address: &str) -> Option<String> {
        Some(address.strip_suffix("/preview").unwrap_or(address).to_owned())
    }
}

/// A person admitted to the server of the URL, for `R`, about `A`.
pub struct GuildAccess<R, A = Server> {
    pub admitted: Admitted,
    right: PhantomData<fn() -> (R, A)>,
}

impl<R: Right, A: About> GuildAccess<R, A> {
    async fn of(req: HttpRequest) -> Result<Self, AppError> {
        let guild = guild_id(&req);
        let access = Self::to(&req, guild).await.map_err(|error| leading_back(&req, error))?;
        req.extensions_mut().insert(access.admitted.guild);
        Ok(access)
    }

    /// The same guard for a server that a form names, which becomes usable by this alone.
    ///
    /// # Errors
    /// As for the server of the address; a text that is no id is a server that nobody manages.
    pub async fn named(req: &HttpRequest, id: &str) -> Result<Self, AppError> {
        let guild = ids::parse(id).ok_or(Trouble::NoAccess)?;
        let access = Self::to(req, Some(guild)).await?;
        access.counted(req)?;
        Ok(access)
    }

    async fn to(req: &HttpRequest, guild: Option<GuildId>) -> Result<Self, AppError> {
        let Some(person) = Person::of(req)? else {
            return Err(crate::accounts::sign_in_first(req));
        };
        let guild = guild.ok_or(Trouble::NotFound)?;
        let access = req.app_data::<Data<Access>>().ok_or_else(missing)?.clone();
        let wanted = Wish { level: R::LEVEL, scope: A::SCOPE, fresh: R::FRESH };
        let admitted = access.admit(person, guild, wanted).await?;
        Ok(Self { admitted, right: PhantomData })
    }

    /// Counts what is done here, for the person and the server.
    fn counted(&self, req: &HttpRequest) -> Result<(), AppError> {
        let Some(rate) = R::RATE else { return Ok(()) };
        let limits = req.app_data::<Data<Limits>>().ok_or_else(missing)?;
        limits.check(rate, self.admitted.person.id, Some(self.admitted.guild))
    }
}

/// Whoever comes for a draft, and has to sign in once more, comes back to it.
fn leading_back(req: &HttpRequest, error: AppError) -> AppError {
    match error.trouble {
        Trouble::SecondFactor { asker, draft: None } => {
            AppError { trouble: Trouble::SecondFactor { asker, draft: drafts::asked_at(req) }, ..error }
        }
        _ => error,
    }
}

fn missing() -> AppError {
    AppError::new(Trouble::Internal, "Access is not configured")
}

/// The guild id in the URL. Only the guard calls this.
fn guild_id(req: &HttpRequest) -> Option<GuildId> {
    ids::parse(req.match_info().get("guild_id")?)
}

impl<R: Right, A: About> FromRequest for GuildAccess<R, A> {
    type Error = AppError;
    type Future = LocalBoxFuture<'static, Result<Self, AppError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let access = Self::of(req.clone()).await?;
            access.counted(&req)?;
            Ok(access)
        })
    }
}

impl<R: Right, A: About> Guard for GuildAccess<R, A> {
    const FILES: bool = R::FILES;
    const KEEPS: bool = R::KEEPS;

    fn admit(req: &HttpRequest) -> LocalBoxFuture<'static, Result<Self, AppError>> {
        Box::pin(Self::of(req.clone()))
    }

    fn count(&self, req: &HttpRequest) -> Result<(), AppError> {
        self.counted(req)
    }

    fn keep_draft(req: &HttpRequest, owner: FormOwner, form: FormData) -> LocalBoxFuture<'static, Option<String>> {
        let of = guild_id(req).zip(drafts::below_server(req.path()).and_then(A::form_page));
        let of = of.map(|(guild, form)| DraftOf { user: owner.user, guild, form });
        // It is a write like any other, though nobody is let in.
        let limits = req.app_data::<Data<Limits>>();
        if limits.is_none_or(|limits| limits.check(Rate::Writes, owner.user, None).is_err()) {
            return Box::pin(async { None });
        }
        let req = req.clone();
        Box::pin(async move { drafts::keep(&req, of?, form).await.unwrap_or_default() })
    }
}
