//! Ending, cancelling and drawing again: each after a page that says what happens, only in a state that allows it, and
//! only by who sees the channel in which the bot then writes.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, json};

use crate::commands::{Commands, Kind, NewCommand};
use crate::error::AppError;
use crate::guilds::guard::{Act, AskAct, GuildAccess};
use crate::ids::Snowflake;
use crate::keys::Keys;
use crate::modules::Giveaway;
use crate::settings::module::ModuleKey;
use crate::settings::parse;
use crate::settings::problems::Problems;
use crate::settings::scene::{In, Settings};
use crate::settings::view::FormView;
use crate::web::form::FormData;
use crate::web::submitted::Submitted;
use crate::web::title::Title;
use crate::web::words::Message;
use crate::web::{WebConfig, flash, page, refused};

use super::PLACE;
use super::form::Room;
use super::list::called;
use super::pages::{ConfirmationPage, RefusedPage};
use super::rows::{Row, State};
use super::table::REROLL;

/// What can be done to a giveaway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    End,
    Cancel,
    Reroll,
}

impl Verb {
    pub const ALL: [Self; 3] = [Self::End, Self::Cancel, Self::Reroll];

    /// The last part of its address, and in keys of words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::End => "ending",
            Self::Cancel => "cancellation",
            Self::Reroll => "reroll",
        }
    }

    pub fn is_possible(self, state: State) -> bool {
        match self {
            Self::End => state == State::Running,
            Self::Cancel => state.is_ahead(),
            Self::Reroll => state == State::Ended,
        }
    }

    pub fn is_danger(self) -> bool {
        self != Self::Reroll
    }

    fn kind(self) -> Kind {
        match self {
            Self::End => Kind::GiveawayEnd,
            Self::Cancel => Kind::GiveawayCancel,
            Self::Reroll => Kind::GiveawayReroll,
        }
    }
}

pub async fn ask_ending(
    req: HttpRequest,
    access: GuildAccess<AskAct, In<Giveaway>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    ask(&req, access, &app, Verb::End).await
}

pub async fn ask_cancellation(
    req: HttpRequest,
    access: GuildAccess<AskAct, In<Giveaway>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    ask(&req, access, &app, Verb::Cancel).await
}

pub async fn ask_reroll(
    req: HttpRequest,
    access: GuildAccess<AskAct, In<Giveaway>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    ask(&req, access, &app, Verb::Reroll).await
}

async fn ask(
    req: &HttpRequest,
    access: GuildAccess<AskAct, In<Giveaway>>,
    app: &Settings,
    verb: Verb,
) -> Result<HttpResponse, AppError> {
    let room = Room::enter(req, app, access.admitted).await?;
    let row = room.row()?;
    if room.is_out_of_sight() || !verb.is_possible(row.state()) {
        return refused(req, &room, verb.as_str());
    }
    let mut form = FormData::default();
    form.push("count", row.winners.to_string());
    confirmation(req, &room, verb, StatusCode::OK, &form, &Problems::default())
}

fn confirmation(
    req: &HttpRequest,
    room: &Room,
    verb: Verb,
    status: StatusCode,
    form: &FormData,
    problems: &Problems,
) -> Result<HttpResponse, AppError> {
    let (place, words, row) = (&room.place, &room.place.words, room.row()?);
    let judge = place.judge();
    let view = FormView {
        table: REROLL,
        form,
        problems,
        judge: &judge,
        words,
        previews: std::collections::HashMap::new(),
        changed_list: None,
    };
    refused::note(req, problems.fields());
    let key = |tail: &str| format!("giveaways-{}-{tail}", verb.as_str());
    let heading = words.t(&key("title"));
    let title = Title::from(Message::new("title-page").text("page", heading.as_str()));
    let title = title.below(called(row), room.href()).wrong_if(problems.stop_the_save());
    let lead = Message::new(key("lead"))
        .name("prize", &row.prize)
        .name("server", place.admitted.guild_name())
        .number("entries", row.entries)
        .number("count", row.all_winners().len());
    let page = ConfirmationPage {
        shell: place.shell(req, title, PLACE, &room.stored),
        heading,
        lead,
        hint: words.t(&key("hint")),
        action: format!("{}/{}", room.href(), verb.as_str()),
        back_href: room.href(),
        csrf_token: page::csrf_token(req),
        summary: view.summary(),
        sections: if verb == Verb::Reroll { view.sections() } else { Vec::new() },
        button: words.t(&key("do")),
        danger: verb.is_danger(),
    };
    page::render(req, status, &page)
}

/// The giveaway is in a channel that this person cannot see, or not in a state for that; `act` is in the key of the
/// words.
pub(super) fn refused(req: &HttpRequest, room: &Room, act: &str) -> Result<HttpResponse, AppError> {
    let (place, row) = (&room.place, room.row()?);
    let heading = place.words.t(&format!("giveaways-{act}-refused"));
    let (status, text) = if room.is_out_of_sight() {
        (StatusCode::FORBIDDEN, Message::new("giveaways-refused-unseen").name("prize", &row.prize))
    } else {
        let state = place.words.t(&format!("giveaways-now-{}", row.state().as_str()));
        (StatusCode::CONFLICT, Message::new("giveaways-refused").name("prize", &row.prize).text("state", state))
    };
    let title = Title::from(Message::new("title-page").text("page", heading.as_str()));
    let title = title.below(called(row), room.href()).wrong_if(true);
    let page =
        RefusedPage { shell: place.shell(req, title, PLACE, &room.stored), heading, text, back_href: room.href() };
    page::render(req, status, &page)
}

type Post = Submitted<GuildAccess<Act, In<Giveaway>>>;

pub async fn end(
    req: HttpRequest,
    post: Post,
    app: Data<Settings>,
    commands: Data<Commands>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    order(&req, post, (&app, &commands, &config, &keys), Verb::End).await
}

pub async fn cancel(
    req: HttpRequest,
    post: Post,
    app: Data<Settings>,
    commands: Data<Commands>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    order(&req, post, (&app, &commands, &config, &keys), Verb::Cancel).await
}

pub async fn reroll(
    req: HttpRequest,
    post: Post,
    app: Data<Settings>,
    commands: Data<Commands>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    order(&req, post, (&app, &commands, &config, &keys), Verb::Reroll).await
}

async fn order(
    req: &HttpRequest,
    post: Post,
    with: (&Settings, &Commands, &WebConfig, &Keys),
    verb: Verb,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, form } = post;
    give(req, guard, &form, with, verb).await.map_err(|error| error.keeping_for_later(req, form))
}

async fn give(
    req: &HttpRequest,
    guard: GuildAccess<Act, In<Giveaway>>,
    form: &FormData,
    (app, commands, config, keys): (&Settings, &Commands, &WebConfig, &Keys),
    verb: Verb,
) -> Result<HttpResponse, AppError> {
    let room = Room::enter(req, app, guard.admitted).await?;
    let row = room.row()?;
    if room.is_out_of_sight() || !verb.is_possible(row.state()) {
        return refused(req, &room, verb.as_str());
    }
    let mut problems = Problems::default();
    let mut fields = Map::new();
    if verb == Verb::Reroll {
        // A field that arrived twice says nothing.
        fields = parse::read(REROLL.fields(), "", form, &mut problems).unwrap_or_default();
        if problems.stop_the_save() || fields.is_empty() {
            return confirmation(req, &room, verb, StatusCode::UNPROCESSABLE_ENTITY, form, &problems);
        }
        let excluded: Vec<String> = row.all_winners().iter().map(ToString::to_string).collect();
        fields.insert("excludeUserIds".into(), json!(excluded));
    }
    fields.insert("giveawayId".into(), json!(row.id));
    let issued = commands.issue(&room.place.admitted, command(verb, row, fields)).await?;
    Ok(flash::redirect(config, keys, &room.href(), Some(&issued.flash(&room.place.words))))
}

fn command(verb: Verb, row: &Row, fields: Map<String, serde_json::Value>) -> NewCommand {
    NewCommand {
        kind: verb.kind(),
        module: ModuleKey::Giveaway,
        about: row.id.clone(),
        label: row.prize.clone(),
        channel: row.channel_id.and_then(Snowflake::id),
        fields,
        repeats: None,
    }
}
