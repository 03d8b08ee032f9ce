//! `GET /guilds/{guild_id}/giveaways/{gid}`: one giveaway as a whole.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Value, json};

use crate::changes::line::TimeText;
use crate::commands;
use crate::db::DbError;
use crate::error::{AppError, Trouble};
use crate::guilds::guard::{GuildAccess, View};
use crate::guilds::rights::Level;
use crate::ids::{Snowflake, UserId};
use crate::modules::Giveaway;
use crate::server_page::ServerPage;
use crate::settings::describe::Describe;
use crate::settings::module::ModuleKey;
use crate::settings::names;
use crate::settings::scene::{In, Settings};
use crate::settings::store;
use crate::web::page;
use crate::web::words::visible;

use super::acts::Verb;
use super::pages::{EntryPage, Fact};
use super::rows::{self, Row, State};
use super::table::SCHEDULED;
use super::{PLACE, cursor, list};

pub async fn entry(
    req: HttpRequest,
    access: GuildAccess<View, In<Giveaway>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let id = req.match_info().get("gid").filter(|id| cursor::is_key(id)).ok_or(Trouble::NotFound)?.to_owned();
    let (guild, modules) = (access.admitted.guild, app.modules);
    let read = app.db.run(move |conn| {
        let Some(row) = rows::find(conn, guild, &id)? else { return Ok(None) };
        let people: Vec<UserId> = row.all_winners().into_iter().chain(row.host_id.and_then(Snowflake::id)).collect();
        let names = rows::names(conn, &people)?;
        let command = commands::line::of(conn, guild, ModuleKey::Giveaway, &[id])?;
        Ok::<_, DbError>(Some((row, names, command, store::load(conn, guild, modules)?)))
    });
    let (row, names, commands, stored) = read.await?.ok_or(Trouble::NotFound)?;
    let place = ServerPage::new(&req, &app, access.admitted);
    let (words, state, current) = (&place.words, row.state(), row.winner_list());
    let name = |id: &UserId| list::person(&place, &names, *id);
    let earlier = row.all_winners().into_iter().filter(|id| !current.contains(id));
    let host = row.host_name.clone().or_else(|| row.host_id.and_then(Snowflake::id).map(|id| name(&id)));
    let prize = list::prize(&row);
    let page = EntryPage {
        shell: place.shell(&req, list::called(&row), PLACE, &stored),
        prize,
        state: state.as_str(),
        state_label: words.t(&format!("giveaways-state-{}", row.word())),
        tone: state.tone(),
        late: state == State::Scheduled && list::is_away(&place),
        facts: facts(&place, &row, host),
        posted: posted(&place, &row),
        winners: current.iter().map(name).collect(),
        earlier: earlier.map(|id| name(&id)).collect(),
        looks: place.only_looks(Level::Act, ModuleKey::Giveaway),
        ways: ways(&place, &row),
        commands: commands.values().map(|command| place.drawing().command(command)).collect(),
        as_of: words.time(place.now),
        here: req.uri().to_string(),
    };
    page::render(&req, StatusCode::OK, &page)
}

fn facts(place: &ServerPage, row: &Row, host: Option<String>) -> Vec<Fact> {
    let words = &place.words;
    let text = |key: &str, text: String| Fact { label: words.t(key), text, at: None };
    let time =
        |key: &str, at: i64| Fact { label: words.t(key), text: String::new(), at: Some(TimeText::new(at, words)) };
    let state = row.state();
    let mut facts = vec![time("giveaways-fact-starts", row.starts_at), time("giveaways-fact-ends", row.ends_at)];
    if let Some(at) = row.closed_at {
        let key = match state {
            _ if row.never_began() => "giveaways-fact-failed",
            State::Cancelled => "giveaways-fact-cancelled",
            _ => "giveaways-fact-closed",
        };
        facts.push(time(key, at));
    }
    if state.is_ahead() {
        facts.push(text("giveaways-fact-left", words.say(&list::left(row.moment() - place.now))));
    }
    if let Some(reason) = &row.reason {
        facts.push(text("giveaways-fact-reason", visible(reason).into_owned()));
    }
    if let Some(channel) = list::channel(place, row) {
        facts.push(text("giveaways-fact-channel", channel));
    }
    if let Some(host) = host {
        facts.push(text("giveaways-fact-host", visible(&host).into_owned()));
    }
    facts.push(text("giveaways-fact-winners", row.winners.to_string()));
    if state != State::Scheduled {
        facts.push(text("giveaways-fact-entries", row.entries.to_string()));
    }
    facts.extend(rules(place, row));
    facts
}

/// What the dashboard knows because it was made here: description, who may enter, notes.
fn rules(place: &ServerPage, row: &Row) -> Vec<Fact> {
    let Some(body) = row.body.as_deref().and_then(|text| serde_json::from_str::<Value>(text).ok()) else {
        return Vec::new();
    };
    let value = row.stored();
    let names = names::for_person(&place.judge(), &place.words, &[&value]);
    let describe = Describe { table: SCHEDULED, names: &names, words: &place.words };
    let said = |name: &str| !matches!(name, "channelId" | "prize" | "winners" | "startsAt" | "endsAt");
    let is_nothing = |value: &Value| matches!(value, Value::Null) || [json!(""), json!([]), json!(0)].contains(value);
    let needless = |name: &str| name == "requiredRoleMode" && is_nothing(&value["requiredRoleIds"]);
    let fields = SCHEDULED.fields().filter(|field| {
        let name = field.wire_name();
        said(&name) && !is_nothing(&value[&name]) && !needless(&name)
    });
    let mut facts: Vec<Fact> = fields
        .map(|field| Fact { label: describe.label(field), text: describe.value(field, &value), at: None })
        .collect();
    if body["hasSecretPrize"] == json!(true) {
        let (label, text) = (place.words.t("giveaway-secret-prize"), place.words.t("giveaways-secret-kept"));
        facts.push(Fact { label, text, at: None });
    }
    facts
}

/// The message in Discord, for who may see its channel.
fn posted(place: &ServerPage, row: &Row) -> Option<String> {
    let (channel, message) = (row.channel_id.and_then(Snowflake::id)?, row.message_id.and_then(Snowflake::id)?);
    let found = place.guild.channel(channel)?;
    let guild = place.admitted.guild;
    place.judge().person.sees(found).then(|| format!("https://discord.com/channels/{guild}/{channel}/{message}"))
}

/// What can be done now: address, word, whether it is destructive.
fn ways(place: &ServerPage, row: &Row) -> Vec<(String, String, bool)> {
    if place.read_only(Level::Act, ModuleKey::Giveaway).is_some() || list::is_out_of_sight(place, row) {
        return Vec::new();
    }
    let href = |tail: &str| place.href(&format!("/giveaways/{}/{tail}", row.id));
    let edit = row.state().is_ahead().then(|| (href("edit"), place.words.t("giveaways-edit"), false));
    let acts = Verb::ALL.into_iter().filter(|verb| verb.is_possible(row.state())).map(|verb| {
        (href(verb.as_str()), place.words.t(&format!("giveaways-{}-way", verb.as_str())), verb.is_danger())
    });
    edit.into_iter().chain(acts).collect()
}
