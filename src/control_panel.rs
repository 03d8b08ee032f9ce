//! Sending a control panel to a text channel: TempVoice's, by which members steer their rooms, and the player's.
//!
//! The channel is judged as one for announcements: the bot writes there for the person, who must be able to as well.
//! What the bot may not do there stops it: nothing would come of it.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde_json::{Map, Value};

use crate::accounts::drafts::{self, DraftOf};
use crate::commands::{Commands, Kind as CommandKind, NewCommand};
use crate::db::Conn;
use crate::error::{AppError, Trouble};
use crate::guilds::access::{Admitted, Place};
use crate::guilds::guard::{Act, AskAct, Check, GuildAccess, OwnPage};
use crate::ids;
use crate::keys::Keys;
use crate::modules::Music;
use crate::modules::TempVoice;
use crate::server_page::ServerPage;
use crate::settings::check as settings_check;
use crate::settings::checklist::{self, Subject};
use crate::settings::controls::SectionView;
use crate::settings::fields::{ChannelUse, Field, Kind, Section, Table};
use crate::settings::module::SettingsModule;
use crate::settings::needs::{NOTHING, POSTS};
use crate::settings::pages::SummaryItem;
use crate::settings::parse;
use crate::settings::problems::{Problem, Problems};
use crate::settings::scene::{In, Settings};
use crate::settings::store;
use crate::settings::unsaved::Unsaved;
use crate::settings::view::FormView;
use crate::web::form::FormData;
use crate::web::shell::Shell;
use crate::web::submitted::Submitted;
use crate::web::title::Title;
use crate::web::words::{Message, filters};
use crate::web::{WebConfig, flash, page, refused};

/// Which panel.
pub trait ControlPanel: 'static {
    /// `panelType` on the wire, and the end of its keys of words.
    const TYPE: &'static str;
    type Module: SettingsModule;
    /// What its command is about.
    const ABOUT: &'static str;
    /// The end of the form's address, and the list it leads back to.
    const ADDRESS: &'static str;
    const LIST: &'static str;
}

/// TempVoice's.
pub struct Voice;
impl ControlPanel for Voice {
    const TYPE: &'static str = "voice";
    type Module = TempVoice;
    const ABOUT: &'static str = "panel-voice";
    const ADDRESS: &'static str = "/rooms/panel";
    const LIST: &'static str = "rooms";
}

/// The player's.
pub struct Player;
impl ControlPanel for Player {
    const TYPE: &'static str = "music";
    type Module = Music;
    const ABOUT: &'static str = "panel-music";
    const ADDRESS: &'static str = "/player/panel";
    const LIST: &'static str = "playlists";
}

static TABLE: Table = Table { words: "control-panel", sections: SECTIONS };

static SECTIONS: &[Section] = &[Section { name: "panel", fields: FIELDS }];

static FIELDS: &[Field] = &[
    Field { name: "channel_id", kind: Kind::Channel { of: ChannelUse::Announce, required: true } },
    Field { name: "title", kind: Kind::Text { min: 0, max: 256, lines: false, placeholders: &[] } },
    Field { name: "description", kind: Kind::Text { min: 0, max: 4096, lines: true, placeholders: &[] } },
    Field { name: "color", kind: Kind::Color { optional: true } },
];

#[derive(Template)]
#[template(path = "parts/control_panel.html")]
pub struct PanelPage {
    pub shell: Shell,
    pub heading: String,
    pub lead: Message,
    pub action: String,
    pub back_href: String,
    pub sections: Vec<SectionView>,
    pub unsaved: Unsaved,
    pub summary: Vec<SummaryItem>,
    pub csrf_token: String,
    pub notice: Option<String>,
}

/// What the page shows besides the form.
#[derive(Default)]
struct Shown {
    status: StatusCode,
    problems: Problems,
    /// It was typed before they signed in again.
    drafted: bool,
}

/// The form, empty.
pub async fn ask<P: ControlPanel>(
    req: HttpRequest,
    access: GuildAccess<AskAct, In<P::Module>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let place = here(&req, &app, access.admitted)?;
    let draft = drafts::asked_for(&req, &place.admitted.person, place.admitted.guild).await?;
    let shown = Shown { drafted: draft.is_some(), ..Shown::default() };
    answer::<P>(&req, &app, &place, &draft.unwrap_or_else(empty), shown).await
}

fn empty() -> FormData {
    FormData::from_pairs(FIELDS.iter().map(|field| (field.name.to_owned(), String::new())).collect())
}

/// What sending it would say at the fields, for a script.
pub async fn check<P: ControlPanel>(
    req: HttpRequest,
    post: Submitted<GuildAccess<Check, In<P::Module>>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let place = here(&req, &app, post.guard.admitted)?;
    let (_, problems) = read(&place, &post.form)?;
    settings_check::answer(&req, TABLE, problems, &place.words)
}

pub async fn send<P: ControlPanel>(
    req: HttpRequest,
    post: Submitted<GuildAccess<Act, OwnPage<In<P::Module>>>>,
    app: Data<Settings>,
    commands: Data<Commands>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, form } = post;
    let place = match here(&req, &app, guard.admitted) {
        Ok(place) => place,
        Err(error) => return Err(error.keeping_for_later(&req, form)),
    };
    match give::<P>(&app, place, &form, &commands).await {
        Err(error) => Err(error.keeping_for_later(&req, form)),
        Ok(Given::Issued(to, flash)) => Ok(flash::redirect(&config, &keys, &to, Some(&flash))),
        Ok(Given::Refused(place, problems)) => {
            let shown = Shown { status: StatusCode::UNPROCESSABLE_ENTITY, problems, drafted: false };
            answer::<P>(&req, &app, &place, &form, shown).await
        }
    }
}

enum Given {
    Issued(String, crate::web::shell::Flash),
    Refused(Box<ServerPage>, Problems),
}

async fn give<P: ControlPanel>(
    app: &Settings,
    mut place: ServerPage,
    form: &FormData,
    commands: &Commands,
) -> Result<Given, AppError> {
    let (mut values, mut problems) = read(&place, form)?;
    if problems.judged.iter().any(Problem::misses_something) {
        // It may have been made just now, or allowed to the bot.
        place.guild = app.access.fresh_snapshot(place.admitted.guild).await?;
        (values, problems) = read(&place, form)?;
    }
    let text = |name: &str| values.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let channel = place.judge().find_channel(&text("channelId")).map(|channel| (channel.id, channel.name.clone()));
    let (Some((channel, label)), false) = (channel, problems.stop_the_save()) else {
        return Ok(Given::Refused(Box::new(place), problems));
    };
    let parts = ["title", "description", "color"].map(|name| (name.to_owned(), text(name)));
    let embed: Map<String, Value> =
        parts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name, text.into())).collect();
    let fields =
        Map::from_iter([("panelType".to_owned(), P::TYPE.into()), ("customEmbed".to_owned(), Value::Object(embed))]);
    let command = NewCommand {
        kind: CommandKind::SendPanel,
        module: <P::Module as SettingsModule>::KEY,
        about: P::ABOUT.to_owned(),
        label: format!("#{label}"),
        channel: Some(ids::parse(&channel.to_string()).ok_or(Trouble::NotFound)?),
        fields,
        repeats: None,
    };
    let (guild, by, now) = (place.admitted.guild, place.admitted.person.clone(), place.now);
    let draft = DraftOf { user: by.id, guild, form: P::ADDRESS.trim_start_matches('/').to_owned() };
    let write = move |conn: &mut Conn| {
        drafts::discard(conn, &draft)?;
        command.write(conn, guild, &by, now)
    };
    let issued = commands.hand_over(app.db.write(write).await?).await;
    Ok(Given::Issued(place.href(&format!("/{}", P::LIST)), issued.flash(&place.words)))
}

fn read(place: &ServerPage, form: &FormData) -> Result<(Map<String, Value>, Problems), AppError> {
    let mut problems = Problems::default();
    let twice = |parse::SentTwice(name)| {
        AppError::from(Trouble::Unreadable(Message::new("form-sent-twice").text("name", name)))
    };
    let values = parse::read(FIELDS, "", form, &mut problems).map_err(twice)?;
    let (judge, all) = (place.judge(), Value::Object(values.clone()));
    judge.fields(FIELDS, "", &all, &mut problems);
    let subject = Subject { judge: &judge, words: &place.words, table: TABLE, needs: &NOTHING, values: &all };
    checklist::before_posting(&subject, &POSTS, &mut problems);
    Ok((values, problems))
}

/// A server with the bot.
fn here(req: &HttpRequest, app: &Settings, admitted: Admitted) -> Result<ServerPage, AppError> {
    match admitted.place {
        Place::Without(_) => Err(Trouble::BotAbsent.into()),
        Place::Here { .. } => Ok(ServerPage::new(req, app, admitted)),
    }
}

async fn answer<P: ControlPanel>(
    req: &HttpRequest,
    app: &Settings,
    place: &ServerPage,
    form: &FormData,
    Shown { status, problems, drafted }: Shown,
) -> Result<HttpResponse, AppError> {
    let (guild, modules) = (place.admitted.guild, app.modules);
    let stored = app.db.run(move |conn| store::load(conn, guild, modules)).await?;
    let judge = place.judge();
    let (previews, changed_list) = (HashMap::new(), None);
    let view = FormView {
        table: TABLE,
        form,
        problems: &problems,
        judge: &judge,
        words: &place.words,
        previews,
        changed_list,
    };
    let summary = view.summary();
    refused::note(req, problems.fields());
    let what = place.words.t(&format!("control-panel-{}", P::TYPE));
    let title = Title::from(Message::new("title-control-panel").text("what", what)).wrong_if(!summary.is_empty());
    let page = PanelPage {
        shell: place.shell(req, title, P::LIST, &stored),
        heading: place.words.t(&format!("control-panel-{}-title", P::TYPE)),
        lead: Message::new(format!("control-panel-{}-lead", P::TYPE)).name("server", place.admitted.guild_name()),
        action: place.href(P::ADDRESS),
        back_href: place.href(&format!("/{}", P::LIST)),
        sections: view.sections(),
        unsaved: Unsaved::of(FIELDS, &empty(), form, &place.words).at(place.href(P::ADDRESS), 0),
        csrf_token: page::csrf_token(req),
        notice: drafted.then(|| place.words.t("notice-draft-unsent")),
        summary,
    };
    page::render(req, status, &page)
}
