//! A new giveaway: the form, and the save, which is a row, an entry in the log and a command in one
//! transaction.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use diesel::prelude::*;
use serde_json::{Value, json};
use twilight_model::id::marker::{ChannelMarker, UserMarker};
use uuid::Uuid;

use crate::accounts::Person;
use crate::accounts::drafts::{self, DraftOf};
use crate::changes::news::Topic;
use crate::changes::{self, Actor, ContentChange};
use crate::clock::Millis;
use crate::commands::{Commands, Issued, Kind, NewCommand};
use crate::db::{Conn, DbError, storable};
use crate::error::{AppError, Trouble};
use crate::events::folded;
use crate::guilds::guard::{About, Act, AskAct, GuildAccess};
use crate::guilds::rights::Scope;
use crate::ids::{self, ChannelId, GuildId, Snowflake};
use crate::keys::Keys;
use crate::modules::Giveaway;
use crate::schema::giveaways;
use crate::settings::fill::fill;
use crate::settings::module::ModuleKey;
use crate::settings::problems::Problems;
use crate::settings::rows;
use crate::settings::scene::{In, Settings};
use crate::web::form::FormData;
use crate::web::submitted::Submitted;
use crate::web::{WebConfig, flash};

use super::form::{Room, Shown};
use super::plan::{self, Plan, on_the_wire};
use super::table::NEW;

/// The form's page, without its server's address.
const FORM: &str = "giveaways/new";

/// Says where the form of a new giveaway stands.
pub struct NewForm;
impl About for NewForm {
    const SCOPE: Scope<'static> = <In<Giveaway> as About>::SCOPE;

    fn form_page(_address: &str) -> Option<String> {
        Some(FORM.to_owned())
    }
}

pub async fn new(
    req: HttpRequest,
    access: GuildAccess<AskAct, In<Giveaway>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let room = Room::enter(&req, &app, access.admitted).await?;
    let admitted = &room.place.admitted;
    if let Some(mut draft) = drafts::asked_for(&req, &admitted.person, admitted.guild).await? {
        plan::prepare(NEW, &mut draft);
        let problems = Problems::default();
        let page = shown(StatusCode::OK, &draft, &problems);
        return room.answer(&req, Shown { notice: Some("notice-draft-unsent"), ..page });
    }
    let form = fill(NEW.fields(), &plan::fresh(&room.settings()));
    room.answer(&req, shown(StatusCode::OK, &form, &Problems::default()))
}

pub(super) fn shown<'a>(status: StatusCode, form: &'a FormData, problems: &'a Problems) -> Shown<'a> {
    let nonce = form.text("nonce").and_then(|text| Uuid::parse_str(text).ok()).unwrap_or_else(Uuid::now_v7);
    Shown {
        status,
        table: NEW,
        form,
        problems,
        hidden: vec![("nonce", nonce.to_string())],
        notice: None,
        preview: None,
        changed_list: None,
    }
}

pub async fn create(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act, NewForm>>,
    app: Data<Settings>,
    commands: Data<Commands>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, mut form } = post;
    let made = make(&req, guard, &app, &commands, &mut form).await;
    match made.map_err(|error| error.keeping_for_later(&req, form))? {
        Made::Page(page) => Ok(page),
        Made::Given { href, flash } => Ok(flash::redirect(&config, &keys, &href, Some(&flash))),
        Made::Before { href } => Ok(flash::redirect(&config, &keys, &href, None)),
    }
}

enum Made {
    /// It is not made: the form again.
    Page(HttpResponse),
    Given {
        href: String,
        flash: crate::web::shell::Flash,
    },
    /// The same form was sent before.
    Before {
        href: String,
    },
}

async fn make(
    req: &HttpRequest,
    guard: GuildAccess<Act, NewForm>,
    app: &Settings,
    commands: &Commands,
    form: &mut FormData,
) -> Result<Made, AppError> {
    let mut room = Room::enter(req, app, guard.admitted).await?;
    plan::prepare(NEW, form);
    if let Some(request) = form.text("row").map(str::to_owned) {
        form.remove("row");
        rows::apply(&NEW.fields().collect::<Vec<_>>(), form, &request);
        let changed_list = request.split_once(':').map(|(_, place)| place.to_owned());
        let problems = Problems::default();
        let page = Shown { notice: Some("notice-rows"), changed_list, ..shown(StatusCode::OK, form, &problems) };
        return Ok(Made::Page(room.answer(req, page)?));
    }
    let plan = room.read(app, NEW, form, None).await?;
    if !plan.is_fine() {
        return Ok(Made::Page(room.answer(req, shown(StatusCode::UNPROCESSABLE_ENTITY, form, &plan.problems))?));
    }
    let (guild, person, now) = (room.place.admitted.guild, room.place.admitted.person.clone(), room.place.now);
    let id = id_of(guild, &person, form.text("nonce"));
    let giveaway = New::of(&plan, id.clone(), now)?;
    let draft = DraftOf { user: person.id, guild, form: FORM.to_owned() };
    let write = move |conn: &mut Conn| {
        let issued = giveaway.write(conn, guild, &person)?;
        drafts::discard(conn, &draft)?;
        Ok(issued)
    };
    let written = app.db.write(write).await;
    let href = room.place.href(&format!("/giveaways/{id}"));
    match written {
        Err(Refusal::Before) => Ok(Made::Before { href }),
        Err(Refusal::Other(error)) => Err(*error),
        Ok(issued) => {
            app.news.tell(guild, Topic::Giveaways, "");
            let issued = commands.hand_over(issued).await;
            Ok(Made::Given { href, flash: issued.flash(&room.place.words) })
        }
    }
}

/// One form makes one giveaway, however often it is sent. Nobody can choose the id of another server's.
fn id_of(guild: GuildId, person: &Person, nonce: Option<&str>) -> String {
    let Some(nonce) = nonce.and_then(|text| Uuid::parse_str(text).ok()) else { return Uuid::now_v7().to_string() };
    ids::made_of(&format!("giveaway {guild} {} {nonce}", person.id)).to_string()
}

struct New {
    id: String,
    channel: ChannelId,
    prize: String,
    winners: i32,
    starts_at: Millis,
    ends_at: Millis,
    body: Value,
    secret: String,
    now: Millis,
}

enum Refusal {
    /// It is there already.
    Before,
    Other(Box<AppError>),
}

impl From<DbError> for Refusal {
    fn from(error: DbError) -> Self {
        Self::Other(Box::new(error.into()))
    }
}

impl From<diesel::result::Error> for Refusal {
    fn from(error: diesel::result::Error) -> Self {
        DbError::from(error).into()
    }
}

impl New {
    fn of(plan: &Plan, id: String, now: Millis) -> Result<Self, AppError> {
        let lacking = || AppError::new(Trouble::Internal, "a plan that is fine lacks something");
        Ok(Self {
            id,
            channel: plan.channel().ok_or_else(lacking)?,
            prize: plan.text("prize").to_owned(),
            winners: plan.value["winners"].as_i64().and_then(|count| count.try_into().ok()).ok_or_else(lacking)?,
            starts_at: plan.starts_at.ok_or_else(lacking)?,
            ends_at: plan.ends_at.ok_or_else(lacking)?,
            body: plan.body(None),
            secret: plan.text("secretPrize").to_owned(),
            now,
        })
    }

    /// Scheduled until the bot says that it has begun, also if it is to begin now.
    fn write(&self, conn: &mut Conn, guild: GuildId, by: &Person) -> Result<Issued, Refusal> {
        let (channel, host): (Snowflake<ChannelMarker>, Snowflake<UserMarker>) = (self.channel.into(), by.id.into());
        let row = (
            (
                giveaways::guild_id.eq(Snowflake::from(guild)),
                giveaways::id.eq(&self.id),
                giveaways::state.eq("scheduled"),
                giveaways::prize.eq(&self.prize),
                giveaways::prize_folded.eq(folded(&self.prize)),
                giveaways::channel_id.eq(Some(channel)),
                giveaways::host_id.eq(Some(host)),
                giveaways::host_name.eq(Some(storable(&by.name))),
                giveaways::winners.eq(self.winners),
                giveaways::entries.eq(0_i64),
            ),
            (
                giveaways::starts_at.eq(self.starts_at),
                giveaways::ends_at.eq(self.ends_at),
                giveaways::winner_ids.eq("[]"),
                giveaways::earlier_winner_ids.eq("[]"),
                giveaways::body.eq(Some(self.body.to_string())),
                giveaways::revision.eq(self.now),
                giveaways::entry_ms.eq(0_i64),
                giveaways::seen_at.eq(0_i64),
                giveaways::touched_at.eq(self.now),
            ),
        );
        let inserted = diesel::insert_into(giveaways::table).values(row).execute(conn);
        match inserted.map_err(DbError::from) {
            Err(DbError::Conflict(_)) => return Err(Refusal::Before),
            other => other?,
        };
        let change = ContentChange {
            id: Uuid::now_v7(),
            guild,
            subject: ModuleKey::Giveaway.as_str(),
            action: "giveaway-create",
            label: self.prize.clone(),
            about: self.id.clone(),
            before: None,
            after: Some(self.body.clone()),
            at: self.now,
        };
        changes::record_content(conn, &change, &Actor::from(by))?;
        self.command(by).write(conn, guild, by, self.now).map_err(|error| Refusal::Other(Box::new(error)))
    }

    fn command(&self, by: &Person) -> NewCommand {
        let mut fields = on_the_wire(&self.body, None);
        fields.insert("giveawayId".into(), json!(self.id));
        fields.insert("hostId".into(), json!(by.id.to_string()));
        if !self.secret.is_empty() {
            fields.insert("secretPrize".into(), json!(self.secret));
        }
        NewCommand {
            kind: Kind::GiveawayCreate,
            module: ModuleKey::Giveaway,
            about: self.id.clone(),
            label: self.prize.clone(),
            channel: Some(self.channel),
            fields,
            repeats: None,
        }
    }
}
