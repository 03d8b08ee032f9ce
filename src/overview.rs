//! A server's overview: a card a module, and how to get the bot onto a server that lacks it.

mod steps;

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use diesel::prelude::*;
use twilight_model::guild::Permissions;
use twilight_model::id::marker::GuildMarker;

use crate::accounts::{self, Accounts};
use crate::changes::line::Drawing;
use crate::changes::{self, Latest, Seen};
use crate::clock::Millis;
use crate::db::{Conn, DbError};
use crate::erasure::server;
use crate::error::AppError;
use crate::feed;
use crate::guilds;
use crate::guilds::access::{Admitted, Place};
use crate::guilds::grants::{self, SOON};
use crate::guilds::guard::{Any, GuildAccess, View};
use crate::guilds::pages::{InvitePage, ModuleCard, OverviewPage};
use crate::guilds::rights::{Level, Scope};
use crate::guilds::snapshot::GuildSnapshot;
use crate::ids::{GuildId, Snowflake, UserId};
use crate::schema;
use crate::settings::checklist::{self, Item, Subject, Verdict, permission_names};
use crate::settings::describe::Describe;
use crate::settings::judge::Judge;
use crate::settings::module::{Module, ModuleKey};
use crate::settings::names;
use crate::settings::nav::nav;
use crate::settings::scene::Settings;
use crate::settings::store::{self, Stored};
use crate::settings::view::label_of;
use crate::web::title::Title;
use crate::web::words::{Message, Words, visible};
use crate::web::{WebConfig, page};

/// Settings named on a card.
const FACTS: usize = 4;

pub async fn overview(
    req: HttpRequest,
    access: GuildAccess<View, Any>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let admitted = access.admitted;
    let known = Known::read(&app, &admitted).await?;
    let words = page::words(&req);
    if matches!(admitted.place, Place::Without(_)) && known.stored.is_empty() {
        return invitation(&req, &admitted, app.modules, &words);
    }
    let mut shell = page::shell(&req, "");
    let (way, now) = (app.way(admitted.guild), app.clock.now());
    let page = format!("/guilds/{}", admitted.guild);
    let (guild, member) = match &admitted.place {
        Place::Here { snapshot, member } => (snapshot.clone(), member.clone()),
        Place::Without(listed) => GuildSnapshot::without_bot(listed, admitted.person.id),
    };
    let judge = || Judge { guild: &guild, person: guild.person(&member, now) };
    let drawing = Drawing {
        guild: admitted.guild,
        way,
        now,
        page,
        words: &words,
        judge: Some(judge()),
        rights: &admitted.rights,
    };
    let nav = nav(&admitted, "", &drawing, app.modules, store::on_in(&known.stored));
    shell.stands_in(nav, &Title::of_the_place().after_a_save());
    let judge = judge();
    let here = matches!(admitted.place, Place::Here { .. });
    let seen = app.modules.iter().filter(|module| admitted.rights.sees(module.key.as_str()));
    let cards = seen.map(|module| card(module, &admitted, &known, here.then_some(&judge), &drawing));
    let page = OverviewPage {
        shell,
        name: visible(admitted.guild_name()).into_owned(),
        icon_url: guilds::icon_url(admitted.guild, admitted.icon()),
        initials: guilds::initials(admitted.guild_name()),
        changes: admitted.rights.may(Level::Edit, Scope::Any),
        absent: match here {
            true => admitted.held_back(&format!("/guilds/{}", admitted.guild)),
            false => Some(admitted.absent(known.left_at.map(|left| words.time(left + server::KEPT)))),
        },
        steps: if here && admitted.rights.manages() {
            steps::steps(&known, &guild, app.modules, &drawing)
        } else {
            Vec::new()
        },
        ending: ending(&admitted, &known, &drawing),
        modules: cards.collect(),
        feed: known.feed.items(&drawing),
        as_of: words.time(now),
        again: format!("/guilds/{}", admitted.guild),
        log_href: format!("/guilds/{}/changes", admitted.guild),
        carry_href: admitted.rights.is_manager().then(|| format!("/guilds/{}/settings/import", admitted.guild)),
    };
    page::render(&req, StatusCode::OK, &page)
}

/// What of the grants ends soon: for managers that there are some, and where; for staff that it is theirs.
fn ending(admitted: &Admitted, known: &Known, drawing: &Drawing<'_>) -> Option<(Message, Option<String>)> {
    match admitted.rights.until() {
        _ if admitted.rights.is_manager() => (known.ending > 0).then(|| {
            let href = format!("/guilds/{}/staff", admitted.guild);
            (Message::new("overview-staff-ending").number("count", known.ending), Some(href))
        }),
        Some(end) if end - drawing.now <= SOON => {
            Some((Message::new("overview-own-ending").text("at", drawing.words.time(end)), None))
        }
        _ => None,
    }
}

/// `GET /guilds/{guild_id}/invite`: to Discord, and back to the overview.
pub async fn invite(
    req: HttpRequest,
    access: GuildAccess<View>,
    app: Data<Settings>,
    accounts: Data<Accounts>,
    config: Data<WebConfig>,
) -> Result<HttpResponse, AppError> {
    let permissions = bot_needs(app.modules);
    accounts::begin_invite(&req, &accounts, &config, Some(access.admitted.guild), permissions)
}

/// What the bot needs for all modules together.
pub fn bot_needs(modules: &[Module]) -> Permissions {
    modules.iter().fold(Permissions::empty(), |sum, module| sum | module.needs.permissions())
}

/// What the database knows of a guild.
struct Known {
    stored: HashMap<ModuleKey, Stored>,
    latest: HashMap<ModuleKey, Latest>,
    left_at: Option<Millis>,
    feed: feed::Read,
    /// How many of the grants end soon, for managers.
    ending: i64,
}

impl Known {
    async fn read(app: &Settings, admitted: &Admitted) -> Result<Self, AppError> {
        let (guild, person, now, modules) = (admitted.guild, admitted.person.id, app.clock.now(), app.modules);
        let here = matches!(admitted.place, Place::Here { .. });
        let (manages, seen) = (admitted.rights.is_manager(), Seen::by(&admitted.rights));
        let known = app.db.run(move |conn| {
            let stored = store::load(conn, guild, modules)?;
            let mut latest = HashMap::new();
            for module in modules.iter().filter(|module| stored.contains_key(&module.key)) {
                latest.extend(changes::latest(conn, guild, module.key.as_str())?.map(|change| (module.key, change)));
            }
            let (left_at, presence) = presence(conn, guild, here, now)?;
            let visit = opened_another_last(conn, person, guild)?;
            let ending = if manages { grants::ending_soon(conn, guild, now)? } else { 0 };
            let known = Self { stored, latest, left_at, feed: feed::read(conn, guild, &seen)?, ending };
            Ok::<_, DbError>((known, presence, visit))
        });
        let (known, presence, visit) = known.await?;
        if presence.is_some() || visit {
            let noting = app.db.write(move |conn| {
                if let Some(left_at) = presence {
                    note_presence(conn, guild, left_at)?;
                }
                if visit {
                    note_visit(conn, person, guild)?;
                }
                Ok::<_, DbError>(())
            });
            noting.await?;
        }
        Ok(known)
    }
}

/// Since when the bot is gone; and what of that is to be noted, if it is not what is stored.
fn presence(
    conn: &mut Conn,
    guild: GuildId,
    here: bool,
    now: Millis,
) -> QueryResult<(Option<Millis>, Option<Option<Millis>>)> {
    use schema::guilds::dsl;
    let row = dsl::guilds.filter(dsl::id.eq(Snowflake::<GuildMarker>::from(guild)));
    let Some(left_at) = row.select(dsl::left_at).first::<Option<Millis>>(conn).optional()? else {
        return Ok((None, None));
    };
    let now_left = if here { None } else { left_at.or(Some(now)) };
    Ok((now_left, (now_left != left_at).then_some(now_left)))
}

/// Remembers since when the bot is gone, or that it is back.
fn note_presence(conn: &mut Conn, guild: GuildId, left_at: Option<Millis>) -> QueryResult<()> {
    use schema::guilds::dsl;
    let row = dsl::guilds.filter(dsl::id.eq(Snowflake::<GuildMarker>::from(guild)));
    diesel::update(row).set(dsl::left_at.eq(left_at)).execute(conn)?;
    Ok(())
}

/// Whether the visit is to be noted: most are to the server that was opened last anyway.
fn opened_another_last(conn: &mut Conn, person: UserId, guild: GuildId) -> QueryResult<bool> {
    use schema::users::dsl;
    let row = dsl::users.filter(dsl::id.eq(Snowflake::from(person)));
    let last: Option<Option<Snowflake<GuildMarker>>> = row.select(dsl::last_guild_id).first(conn).optional()?;
    Ok(last.is_some_and(|last| last != Some(Snowflake::from(guild))))
}

/// The server opened last is the first in the picker.
fn note_visit(conn: &mut Conn, person: UserId, guild: GuildId) -> QueryResult<()> {
    use schema::users::dsl;
    let row = dsl::users.filter(dsl::id.eq(Snowflake::from(person)));
    diesel::update(row).set(dsl::last_guild_id.eq(Some(Snowflake::<GuildMarker>::from(guild)))).execute(conn)?;
    Ok(())
}

fn card(
    module: &'static Module,
    admitted: &Admitted,
    known: &Known,
    judge: Option<&Judge<'_>>,
    drawing: &Drawing<'_>,
) -> ModuleCard {
    let words = drawing.words;
    let stored = known.stored.get(&module.key).cloned().unwrap_or_else(|| Stored::never(module));
    let key = module.key.as_str();
    let on = Module::is_on(&stored.body);
    let names = judge.map(|judge| names::for_person(judge, words, &[&stored.body])).unwrap_or_default();
    let describe = Describe { table: module.table(), names: &names, words };
    let manages = admitted.rights.manages();
    let found = judge.filter(|_| on).map(|judge| problems(module, &stored, judge, words)).unwrap_or_default();
    ModuleCard {
        href: format!("/guilds/{}/settings/{key}", admitted.guild),
        name: words.t(&format!("{key}-name")),
        purpose: words.t(&format!("{key}-purpose")),
        icon: key,
        on,
        defaults: stored.is_default,
        facts: describe.facts(&stored.body, &(module.defaults)(), FACTS),
        invite_href: (manages && found.iter().any(|item| item.by_invitation))
            .then(|| format!("/guilds/{}/invite", admitted.guild)),
        problems: found
            .iter()
            .map(|item| (item.verdict == Verdict::Impossible, in_words(module, item, words)))
            .collect(),
        last_change: known.latest.get(&module.key).map(|latest| drawing.line(latest)),
    }
}

/// What the bot cannot do of a module that is on, or what is worth a look.
fn problems(module: &'static Module, stored: &Stored, judge: &Judge<'_>, words: &Words) -> Vec<Item> {
    let mut found = module.problems(&stored.body, judge);
    // What this person may not see or do is nothing wrong with the module.
    found.judged.retain(|problem| !problem.is_about_the_person());
    let subject = Subject { judge, words, table: module.table(), needs: module.needs, values: &stored.body };
    let mut items = checklist::of(&subject, &found);
    items.retain(|item| item.verdict != Verdict::Fine);
    items
}

/// A problem with the setting it is about: away from its field it would be a riddle.
fn in_words(module: &'static Module, item: &Item, words: &Words) -> String {
    let text = words.say(&item.message);
    if item.path.is_empty() {
        return text;
    }
    words.say(&Message::new("fact").text("label", label_of(module.table(), &item.path, words)).text("value", text))
}

/// The page of a server the bot was never on: what it asks for, and the two ways on.
fn invitation(
    req: &HttpRequest,
    admitted: &Admitted,
    modules: &[Module],
    words: &Words,
) -> Result<HttpResponse, AppError> {
    let title = Message::new("title-invite").name("server", admitted.guild_name());
    let page = InvitePage {
        shell: page::shell(req, words.say(&title)),
        name: visible(admitted.guild_name()).into_owned(),
        icon_url: guilds::icon_url(admitted.guild, admitted.icon()),
        initials: guilds::initials(admitted.guild_name()),
        discord_href: format!("/guilds/{}/invite", admitted.guild),
        check_href: format!("/guilds/{}", admitted.guild),
        permissions: permission_names(bot_needs(modules), words),
    };
    page::render(req, StatusCode::OK, &page)
}
