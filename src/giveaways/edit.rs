//! Changing a giveaway that has not begun, or runs: what may change, and that nobody overwrites another's change.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use diesel::prelude::*;
use serde_json::{Value, json};
use twilight_model::id::marker::ChannelMarker;
use uuid::Uuid;

use crate::accounts::Person;
use crate::accounts::drafts::{self, DraftOf};
use crate::changes::news::Topic;
use crate::changes::{self, Actor, ContentChange};
use crate::clock::Millis;
use crate::commands::{Commands, Issued, Kind, NewCommand};
use crate::db::Conn;
use crate::error::AppError;
use crate::events::folded;
use crate::guilds::guard::{Act, AskAct, GuildAccess, OwnPage};
use crate::ids::{ChannelId, GuildId, Snowflake};
use crate::keys::Keys;
use crate::modules::Giveaway;
use crate::schema::giveaways;
use crate::settings::describe::Describe;
use crate::settings::fields::Table;
use crate::settings::fill::fill;
use crate::settings::module::ModuleKey;
use crate::settings::pages::OvertakenPage;
use crate::settings::problems::Problems;
use crate::settings::scene::{In, Settings};
use crate::settings::{names, rows};
use crate::web::form::FormData;
use crate::web::shell::{Flash, Tone};
use crate::web::submitted::Submitted;
use crate::web::title::Title;
use crate::web::words::Message;
use crate::web::{WebConfig, flash, page};

use super::PLACE;
use super::acts::refused;
use super::form::{Room, Shown};
use super::list::called;
use super::plan::{self, Plan, on_the_wire};
use super::rows::{Row, State};
use super::table::{RUNNING, SCHEDULED};

/// What may be changed of a giveaway as it is; none: nothing.
pub(super) fn table_of(row: &Row) -> Option<Table> {
    match row.state() {
        State::Scheduled => Some(SCHEDULED),
        State::Running => Some(RUNNING),
        State::Ended | State::Cancelled => None,
    }
}

pub async fn edit(
    req: HttpRequest,
    access: GuildAccess<AskAct, In<Giveaway>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let room = Room::enter(&req, &app, access.admitted).await?;
    let row = room.row()?;
    let Some(table) = room.table() else { return refused(&req, &room, "edit") };
    let (problems, admitted) = (Problems::default(), &room.place.admitted);
    if let Some(mut draft) = drafts::asked_for(&req, &admitted.person, admitted.guild).await? {
        plan::prepare(table, &mut draft);
        let page = shown(StatusCode::OK, table, &draft, &problems, revision_in(&draft).unwrap_or(row.revision));
        return room.answer(&req, Shown { notice: Some("notice-draft"), ..page });
    }
    let form = fill(table.fields(), &room.as_typed(&row.stored()));
    room.answer(&req, shown(StatusCode::OK, table, &form, &problems, row.revision))
}

impl Room {
    /// What this person may change of it as it is.
    fn table(&self) -> Option<Table> {
        self.row.as_ref().filter(|_| !self.is_out_of_sight()).and_then(table_of)
    }
}

fn revision_in(form: &FormData) -> Option<i64> {
    form.text("revision").and_then(|text| text.parse().ok())
}

fn shown<'a>(status: StatusCode, table: Table, form: &'a FormData, problems: &'a Problems, revision: i64) -> Shown<'a> {
    let hidden = vec![("revision", revision.to_string())];
    Shown { status, table, form, problems, hidden, notice: None, preview: None, changed_list: None }
}

pub async fn change(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act, OwnPage<In<Giveaway>>>>,
    app: Data<Settings>,
    commands: Data<Commands>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, mut form } = post;
    let redirect = |to: &str, flash: &Flash| flash::redirect(&config, &keys, to, Some(flash));
    let answer = change_it(&req, guard, &app, &commands, &mut form, redirect).await;
    answer.map_err(|error| error.keeping_for_later(&req, form))
}

async fn change_it(
    req: &HttpRequest,
    guard: GuildAccess<Act, OwnPage<In<Giveaway>>>,
    app: &Settings,
    commands: &Commands,
    form: &mut FormData,
    redirect: impl Fn(&str, &Flash) -> HttpResponse,
) -> Result<HttpResponse, AppError> {
    let mut room = Room::enter(req, app, guard.admitted.clone()).await?;
    let row = room.row()?.clone();
    let Some(table) = room.table() else { return refused(req, &room, "edit") };
    plan::prepare(table, form);
    let revision = revision_in(form);
    if let Some(request) = form.text("row").map(str::to_owned) {
        form.remove("row");
        rows::apply(&table.fields().collect::<Vec<_>>(), form, &request);
        let changed_list = request.split_once(':').map(|(_, place)| place.to_owned());
        let problems = Problems::default();
        let page = shown(StatusCode::OK, table, form, &problems, revision.unwrap_or(row.revision));
        return room.answer(req, Shown { notice: Some("notice-rows"), changed_list, ..page });
    }
    let before = row.stored();
    let mut plan = room.read(app, table, form, Some(&before)).await?;
    if revision.is_none() {
        plan.problems.unreadable("", Message::new("problem-revision-missing"));
    }
    if !plan.is_fine() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return room.answer(req, shown(status, table, form, &plan.problems, revision.unwrap_or(row.revision)));
    }
    let after = plan.body(Some(&before));
    if after == before {
        let flash = Flash { tone: Tone::Note, message: Message::new("flash-giveaway-unchanged") };
        return Ok(redirect(&room.href(), &flash));
    }
    if revision != Some(row.revision) {
        return overtaken(req, &room, table, &plan, form);
    }
    let change = Change::of(&row, &plan, before, after, room.place.now);
    let (guild, person) = (room.place.admitted.guild, room.place.admitted.person.clone());
    let draft = DraftOf::here(req, &person, guild)?;
    let write = move |conn: &mut Conn| {
        let issued = change.write(conn, guild, &person)?;
        if issued.is_some() {
            drafts::discard(conn, &draft)?;
        }
        Ok::<_, AppError>(issued)
    };
    let Some(issued) = app.db.write(write).await? else {
        // Somebody was first between our reading and our writing: show what they saved.
        let room = Room::enter(req, app, guard.admitted).await?;
        return overtaken(req, &room, table, &plan, form);
    };
    app.news.tell(guild, Topic::Giveaways, "");
    let issued = commands.hand_over(issued).await;
    Ok(redirect(&room.href(), &issued.flash(&room.place.words)))
}

/// What somebody else has saved meanwhile, beside what was typed.
fn overtaken(
    req: &HttpRequest,
    room: &Room,
    table: Table,
    plan: &Plan,
    form: &FormData,
) -> Result<HttpResponse, AppError> {
    let (place, row) = (&room.place, room.row()?);
    let (theirs, mine) = (room.as_typed(&row.stored()), room.as_typed(&plan.body(Some(&row.stored()))));
    let names = names::for_person(&place.judge(), &place.words, &[&theirs, &mine]);
    let describe = Describe { table, names: &names, words: &place.words };
    let mut rows = describe.differences(&theirs, &mine);
    rows.retain(|row| row.stored != row.typed);
    let what = place.words.t("giveaways-this");
    let title = Title::from(Message::new("title-page").text("page", place.words.t("giveaways-edit-title")));
    let title = title.below(called(row), room.href()).conflict_if(true);
    let page = OvertakenPage {
        shell: place.shell(req, title, PLACE, &room.stored),
        guild_name: place.admitted.guild_name().to_owned(),
        module_name: what,
        theirs: None,
        rows,
        action: format!("{}/edit", room.href()),
        back_href: format!("{}/edit", room.href()),
        pairs: form.pairs().to_vec(),
        revision: row.revision,
        csrf_token: page::csrf_token(req),
    };
    page::render(req, StatusCode::CONFLICT, &page)
}

struct Change {
    id: String,
    state: String,
    revision: i64,
    channel: Option<ChannelId>,
    before: Value,
    after: Value,
    /// The dashboard knows all of it: what it makes known is whole.
    is_whole: bool,
    now: Millis,
}

impl Change {
    fn of(row: &Row, plan: &Plan, before: Value, after: Value, now: Millis) -> Self {
        let stored = row.channel_id.and_then(Snowflake::id);
        Self {
            id: row.id.clone(),
            state: row.state.clone(),
            revision: row.revision,
            channel: plan.channel().or(stored),
            is_whole: row.body.is_some(),
            before,
            after,
            now,
        }
    }

    fn prize(&self) -> String {
        self.after["prize"].as_str().unwrap_or_default().to_owned()
    }

    /// None: somebody else was first, or it is no longer in this state; nothing is written.
    fn write(&self, conn: &mut Conn, guild: GuildId, by: &Person) -> Result<Option<Issued>, AppError> {
        let number = |name: &str| self.after[name].as_i64().unwrap_or_default();
        let channel: Option<Snowflake<ChannelMarker>> = self.channel.map(Snowflake::from);
        let row = giveaways::table
            .filter(giveaways::guild_id.eq(Snowflake::from(guild)).and(giveaways::id.eq(&self.id)))
            .filter(giveaways::revision.eq(self.revision).and(giveaways::state.eq(&self.state)));
        let set = (
            giveaways::prize.eq(self.prize()),
            giveaways::prize_folded.eq(folded(&self.prize())),
            giveaways::channel_id.eq(channel),
            giveaways::winners.eq(i32::try_from(number("winners")).unwrap_or(1)),
            giveaways::starts_at.eq(number("startsAt")),
            giveaways::ends_at.eq(number("endsAt")),
            giveaways::body.eq(self.is_whole.then(|| self.after.to_string())),
            giveaways::revision.eq(self.now.max(self.revision + 1)),
            giveaways::touched_at.eq(self.now),
        );
        if diesel::update(row).set(set).execute(conn)? != 1 {
            return Ok(None);
        }
        let change = ContentChange {
            id: Uuid::now_v7(),
            guild,
            subject: ModuleKey::Giveaway.as_str(),
            action: "giveaway-update",
            label: self.prize(),
            about: self.id.clone(),
            before: Some(self.before.clone()),
            after: Some(self.after.clone()),
            at: self.now,
        };
        changes::record_content(conn, &change, &Actor::from(by))?;
        self.command().write(conn, guild, by, self.now).map(Some)
    }

    /// Of one that the bot has made, only what has changed: the rest is not known here.
    fn command(&self) -> NewCommand {
        let changed = crate::settings::store::changed(&self.before, &self.after);
        let mut fields = on_the_wire(&self.after, (!self.is_whole).then_some(changed.as_slice()));
        fields.insert("giveawayId".into(), json!(self.id));
        NewCommand {
            kind: Kind::GiveawayUpdate,
            module: ModuleKey::Giveaway,
            about: self.id.clone(),
            label: self.prize(),
            channel: self.channel.filter(|_| self.is_whole),
            fields,
            repeats: None,
        }
    }
}
