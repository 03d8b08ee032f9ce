//! `GET /guilds/{guild_id}/giveaways`: one state's list, the soonest first of what is ahead, the newest of what is over.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::bots::Reach;
use crate::changes::line::TimeText;
use crate::clock::Millis;
use crate::commands;
use crate::db::DbError;
use crate::error::AppError;
use crate::guilds::guard::{GuildAccess, View};
use crate::guilds::rights::Level;
use crate::ids::{Snowflake, UserId};
use crate::live::Asking;
use crate::modules::Giveaway;
use crate::server_page::ServerPage;
use crate::settings::module::ModuleKey;
use crate::settings::scene::{In, Settings};
use crate::settings::store::{self, Stored};
use crate::web::page;
use crate::web::tab::{self, Tab};
use crate::web::title::Title;
use crate::web::words::{Message, visible};

use super::PLACE;
use super::cursor::{Cursor, href};
use super::filter::Filter;
use super::pages::{ListEntry, ListPage};
use super::rows::{self, Found, Row, State};

/// Winners named in a list.
const NAMED: usize = 5;

/// What the database says for a list.
struct Read {
    stored: HashMap<ModuleKey, Stored>,
    found: Found,
    counts: HashMap<State, i64>,
    names: HashMap<UserId, String>,
    commands: HashMap<String, commands::Row>,
}

pub async fn list(
    req: HttpRequest,
    access: GuildAccess<View, In<Giveaway>>,
    app: Data<Settings>,
    asking: Data<Asking>,
) -> Result<HttpResponse, AppError> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(req.query_string().as_bytes()).into_owned().collect();
    let filter = Filter::read(&pairs, page::words(&req).zone());
    let cursor = Cursor::read(&pairs);
    let (guild, modules, asked) = (access.admitted.guild, app.modules, filter.clone());
    asking.is_looked_at(guild);
    let from = cursor.clone().unwrap_or(Cursor::First);
    let read = app.db.run(move |conn| {
        let found = rows::page(conn, guild, &asked, &from)?;
        let ids: Vec<String> = found.rows.iter().map(|row| row.id.clone()).collect();
        let winners: Vec<UserId> =
            found.rows.iter().flat_map(|row| row.winner_list().into_iter().take(NAMED)).collect();
        Ok::<_, DbError>(Read {
            stored: store::load(conn, guild, modules)?,
            counts: rows::counts(conn, guild)?,
            names: rows::names(conn, &winners)?,
            commands: commands::line::of(conn, guild, ModuleKey::Giveaway, &ids)?,
            found,
        })
    });
    let read = read.await?;
    let place = ServerPage::new(&req, &app, access.admitted);
    let list = place.href("/giveaways");
    let (words, found) = (&place.words, &read.found);
    let date = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let absent = place.read_only(Level::Act, ModuleKey::Giveaway);
    let edge = |row: Option<&Row>, name: &str, there: bool| {
        row.filter(|_| there).map(|row| href(&list, &filter, Some((name, row))))
    };
    let page = ListPage {
        shell: place.shell(&req, Title::of_the_place(), PLACE, &read.stored),
        guild_name: place.admitted.guild_name().to_owned(),
        new_href: absent.is_none().then(|| format!("{list}/new")),
        absent,
        tabs: State::ALL.into_iter().map(|state| tab_of(&place, &read, &filter, state)).collect(),
        state: filter.state.as_str(),
        text: filter.text.clone(),
        from: date(filter.from),
        to: date(filter.to),
        zone: words.zone_name().to_owned(),
        filtered: !filter.is_open(),
        strange: filter.strange || cursor.is_none(),
        all_href: href(&list, &Filter::of(filter.state), None),
        late: filter.state == State::Scheduled && is_away(&place),
        entries: found.rows.iter().map(|row| entry(&place, &read, row)).collect(),
        before: edge(found.rows.first(), "before", found.before),
        after: edge(found.rows.last(), "after", found.after),
        empty: words.t(&format!("giveaways-empty-{}", filter.state.as_str())),
        empty_why: words.t(&format!("giveaways-empty-{}-why", filter.state.as_str())),
        exports: ["csv", "json"]
            .map(|format| (words.t(&format!("giveaways-export-{format}")), export_href(&list, &filter, format))),
        as_of: words.time(place.now),
        here: req.uri().to_string(),
        action: list,
    };
    page::render(&req, StatusCode::OK, &page)
}

fn export_href(list: &str, filter: &Filter, format: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("format", format).extend_pairs(filter.pairs());
    format!("{list}/export?{}", query.finish())
}

/// Whether the bot cannot start anything now.
pub(super) fn is_away(place: &ServerPage) -> bool {
    place.way.lost_since.is_some() || matches!(place.way.bot, Reach::Away { .. })
}

fn tab_of(place: &ServerPage, read: &Read, filter: &Filter, state: State) -> Tab {
    Tab {
        name: state.as_str(),
        label: place.words.t(&format!("giveaways-state-{}", state.as_str())),
        count: tab::count(&place.words, read.counts.get(&state).copied().unwrap_or_default()),
        href: href(&place.href("/giveaways"), &filter.in_state(state), None),
        current: state == filter.state,
    }
}

fn entry(place: &ServerPage, read: &Read, row: &Row) -> ListEntry {
    let state = row.state();
    let mut facts: Vec<Message> =
        channel(place, row).map(|name| Message::new("giveaways-in").name("channel", name)).into_iter().collect();
    facts.push(Message::new("giveaways-winners").number("count", row.winners));
    if state != State::Scheduled {
        facts.push(Message::new("giveaways-entries").number("count", row.entries));
    }
    ListEntry {
        href: place.href(&format!("/giveaways/{}", row.id)),
        prize: prize(row),
        facts,
        when: Message::new(format!("giveaways-when-{}", row.word())),
        at: TimeText::new(row.moment(), &place.words),
        left: state.is_ahead().then(|| left(row.moment() - place.now)),
        winners: (state == State::Ended).then(|| winners(place, read, row)),
        reason: row.reason.as_deref().filter(|_| state == State::Cancelled).map(|text| visible(text).into_owned()),
        command: read.commands.get(&row.id).map(|command| place.drawing().command(command)),
    }
}

/// None: nobody has said it yet.
pub(super) fn prize(row: &Row) -> Option<String> {
    Some(row.prize.clone()).filter(|prize| !prize.is_empty())
}

/// What its own page is called.
pub(super) fn called(row: &Row) -> Message {
    match prize(row) {
        Some(prize) => Message::new("title-page").name("page", prize),
        None => Message::new("giveaways-unnamed"),
    }
}

/// The channel's name, as far as this person may see it.
pub(super) fn channel(place: &ServerPage, row: &Row) -> Option<String> {
    let id = row.channel_id.and_then(Snowflake::id)?;
    let words = &place.words;
    Some(match place.guild.channel(id) {
        None if place.guild.is_without_bot() => return None,
        None => words.t("choice-channel-gone"),
        Some(channel) if !place.judge().person.sees(channel) => words.t("choice-channel-unseen"),
        Some(channel) => format!("#{}", visible(&channel.name)),
    })
}

/// Whether it is in a channel that this person cannot see. Without the bot nobody can say, so it is then.
pub(super) fn is_out_of_sight(place: &ServerPage, row: &Row) -> bool {
    let Some(id) = row.channel_id.and_then(Snowflake::id) else { return false };
    match place.guild.channel(id) {
        Some(channel) => !place.judge().person.sees(channel),
        None => place.guild.is_without_bot(),
    }
}

fn winners(place: &ServerPage, read: &Read, row: &Row) -> String {
    let all = row.winner_list();
    if all.is_empty() {
        return place.words.t("giveaways-nobody");
    }
    let mut named: Vec<String> = all.iter().take(NAMED).map(|id| person(place, &read.names, *id)).collect();
    if all.len() > NAMED {
        named.push(place.words.say(&Message::new("facts-more").number("count", all.len() - NAMED)));
    }
    place.words.list(&named)
}

/// A person by name, or by their number where nobody here knows them.
pub(super) fn person(place: &ServerPage, names: &HashMap<UserId, String>, id: UserId) -> String {
    match names.get(&id) {
        Some(name) => visible(name).into_owned(),
        None => place.words.say(&Message::new("giveaways-member").text("id", id.to_string())),
    }
}

/// How long until something that is ahead: in its two largest units.
pub(super) fn left(span: Millis) -> Message {
    let minutes = span / 60_000;
    let message =
        |key: &'static str, large: i64, small: i64| Message::new(key).number("large", large).number("small", small);
    match minutes {
        ..0 => Message::new("giveaways-left-over"),
        0 => Message::new("giveaways-left-moment"),
        1..60 => message("giveaways-left-minutes", minutes, 0),
        60..1440 => message("giveaways-left-hours", minutes / 60, minutes % 60),
        _ => message("giveaways-left-days", minutes / 1440, minutes % 1440 / 60),
    }
}
