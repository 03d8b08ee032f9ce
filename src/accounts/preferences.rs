//! `/account/preferences`: the time zone, the colours and the language that a person has chosen for all servers.
//!
//! They are read with the session (`session_store`), and used through `web::taste`.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use diesel::prelude::*;
use jiff::tz::TimeZone;

use super::Person;
use super::own::{self, OwnPage};
use crate::clock::{Clock, Millis};
use crate::db::{Conn, Db, DbError};
use crate::error::AppError;
use crate::ids::Snowflake;
use crate::keys::Keys;
use crate::on_each;
use crate::schema::preferences as table;
use crate::settings::controls::{Choice, ChoiceGroup, Control, ControlKind};
use crate::settings::pages::SummaryItem;
use crate::settings::view::element_id;
use crate::web::form::FormData;
use crate::web::language::Language;
use crate::web::limits::{Limits, Rate};
use crate::web::shell::{Flash, Shell, Tone};
use crate::web::submitted::Submitted;
use crate::web::taste::{Taste, Theme};
use crate::web::words::{Message, Words, filters};
use crate::web::{WebConfig, flash, language_choice, page, refused};

const ADDRESS: &str = "/account/preferences";
/// In the place of a language: none is chosen.
const OF_BROWSER: &str = "browser";
/// The parts of the world by which zones are grouped; names outside of them are aliases of old.
const REGIONS: [&str; 10] =
    ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];

#[derive(Template)]
#[template(path = "accounts/preferences.html")]
struct PreferencesPage {
    shell: Shell,
    pages: Vec<OwnPage>,
    csrf_token: String,
    summary: Vec<SummaryItem>,
    controls: Vec<Control>,
    /// No zone is chosen: a script may propose the browser's.
    unchosen: bool,
}

/// What a form says, as far as it can be understood.
struct Typed {
    zone: Option<String>,
    theme: Option<Theme>,
    /// The inner none: as the browser asks.
    language: Option<Option<Language>>,
}

impl Typed {
    fn read(form: &FormData, offered: &[Language]) -> Self {
        let text = |name: &str| form.text(name).unwrap_or_default().trim();
        let is_known = |name: &&str| *name == "UTC" || (name.contains('/') && TimeZone::get(name).is_ok());
        Self {
            // As the zone's own list writes it, whatever the letters.
            zone: Some(text("time_zone"))
                .filter(is_known)
                .and_then(|name| if name == "UTC" { Some(name.to_owned()) } else { listed(name) }),
            theme: Theme::parse(text("theme")),
            language: match text("language") {
                OF_BROWSER => Some(None),
                tag => Language::parse(tag).filter(|language| offered.contains(language)).map(Some),
            },
        }
    }

    fn problems(&self) -> Vec<(&'static str, &'static str)> {
        let all = [
            ("time_zone", "preferences-time-zone-unknown", self.zone.is_none()),
            ("theme", "preferences-theme-unknown", self.theme.is_none()),
            ("language", "preferences-language-unknown", self.language.is_none()),
        ];
        all.into_iter().filter(|(.., wrong)| *wrong).map(|(name, key, _)| (name, key)).collect()
    }
}

/// A zone by its name in the list.
fn listed(name: &str) -> Option<String> {
    zones().into_iter().find(|zone| zone == name)
}

/// Every zone with a place's name, by name.
fn zones() -> Vec<String> {
    let names = jiff::tz::db().available().map(|name| name.as_str().to_owned());
    let mut names: Vec<String> =
        names.filter(|name| name.split_once('/').is_some_and(|(region, _)| REGIONS.contains(&region))).collect();
    names.sort_unstable();
    names.dedup();
    names
}

pub async fn preferences(req: HttpRequest, _person: Person) -> Result<HttpResponse, AppError> {
    let taste = Taste::of(&req);
    let zone = taste.zone.as_ref().and_then(TimeZone::iana_name).unwrap_or("UTC").to_owned();
    let language = language_choice::chosen(&req).map_or(OF_BROWSER, Language::tag).to_owned();
    let chosen = [("time_zone", zone), ("theme", taste.theme.as_str().to_owned()), ("language", language)];
    let chosen = FormData::from_pairs(chosen.map(|(name, value)| (name.to_owned(), value)).to_vec());
    answer(&req, StatusCode::OK, &chosen, &[], taste.zone.is_none())
}

pub async fn choose_preferences(
    req: HttpRequest,
    post: Submitted<Person>,
    (db, clock): (Data<Db>, Data<Clock>),
    limits: Data<Limits>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard: person, form } = post;
    limits.check(Rate::Writes, person.id, None)?;
    let typed = Typed::read(&form, language_choice::offered(&req));
    let (Some(zone), Some(theme), Some(language)) = (typed.zone.clone(), typed.theme, typed.language) else {
        return answer(&req, StatusCode::UNPROCESSABLE_ENTITY, &form, &typed.problems(), false);
    };
    let (user, now) = (person.id, clock.now());
    let saved = db.write(move |conn: &mut Conn| keep(conn, user.into(), (&zone, theme, language), now)).await;
    if let Err(error) = saved {
        return Err(AppError::from(error).keeping_for_later(&req, form));
    }
    let flash = Flash { tone: Tone::Good, message: Message::new("flash-preferences-saved") };
    let mut response = flash::redirect(&config, &keys, ADDRESS, Some(&flash));
    // Pages that know nobody, as after signing out, are in the same language.
    language_choice::keep(&mut response, &config, language);
    Ok(response)
}

fn keep(
    conn: &mut Conn,
    user: Snowflake<twilight_model::id::marker::UserMarker>,
    (zone, theme, language): (&str, Theme, Option<Language>),
    now: Millis,
) -> Result<(), DbError> {
    let chosen = (
        table::time_zone.eq(zone),
        table::theme.eq(theme.as_str()),
        table::language.eq(language.map_or(OF_BROWSER, Language::tag)),
        table::updated_at.eq(now),
    );
    on_each!(conn, c => diesel::insert_into(table::table)
        .values((table::user_id.eq(user), chosen))
        .on_conflict(table::user_id)
        .do_update()
        .set(chosen)
        .execute(c))?;
    Ok(())
}

fn answer(
    req: &HttpRequest,
    status: StatusCode,
    form: &FormData,
    problems: &[(&'static str, &'static str)],
    unchosen: bool,
) -> Result<HttpResponse, AppError> {
    refused::note(req, problems.iter().map(|(name, _)| *name));
    let words = page::words(req);
    let mut shell = page::shell(req, "");
    let key = match (problems.is_empty(), &shell.flash) {
        (false, _) => "title-preferences-errors",
        (true, Some(_)) => "title-preferences-saved",
        (true, None) => "title-preferences",
    };
    shell.title = words.t(key);
    let controls: Vec<Control> = ["time_zone", "theme", "language"]
        .into_iter()
        .map(|name| control(req, &words, name, form.text(name).unwrap_or_default(), problems))
        .collect();
    let summary = controls.iter().flat_map(|control| {
        control.errors.iter().map(|text| SummaryItem {
            id: Some(control.id.clone()),
            label: control.label.clone(),
            text: text.clone(),
        })
    });
    let page = PreferencesPage {
        pages: own::pages(ADDRESS),
        csrf_token: page::csrf_token(req),
        summary: summary.collect(),
        controls: controls.clone(),
        shell,
        unchosen,
    };
    page::render(req, status, &page)
}

fn control(
    req: &HttpRequest,
    words: &Words,
    name: &str,
    value: &str,
    problems: &[(&'static str, &'static str)],
) -> Control {
    let key = format!("preferences-{}", name.replace('_', "-"));
    let choice = |option: &str, label: String| Choice {
        value: option.to_owned(),
        label,
        selected: option == value,
        ..Choice::default()
    };
    let worded = |options: &[&str]| {
        let choices = options.iter().map(|option| choice(option, words.t(&format!("preferences-theme-{option}"))));
        vec![ChoiceGroup { label: None, choices: choices.collect() }]
    };
    let groups = match name {
        "theme" => worded(&Theme::ALL.map(Theme::as_str)),
        "language" => {
            let of_browser = language_choice::own_name(language_choice::asked(req));
            let of_browser = Message::new("preferences-language-browser").text("language", of_browser);
            let own = |language: &Language| Choice {
                lang: Some(language.tag()),
                ..choice(language.tag(), language_choice::own_name(*language))
            };
            let automatic = std::iter::once(choice(OF_BROWSER, words.say(&of_browser)));
            let choices = automatic.chain(language_choice::offered(req).iter().map(own));
            vec![ChoiceGroup { label: None, choices: choices.collect() }]
        }
        _ => zone_groups(words, &choice),
    };
    Control {
        id: element_id(name),
        name: name.to_owned(),
        label: words.t(&key),
        hint: words.find(&format!("{key}-hint")),
        errors: problems.iter().filter(|(at, _)| *at == name).map(|(_, key)| words.t(key)).collect(),
        warnings: Vec::new(),
        kind: ControlKind::Select { groups },
        placeholders: Vec::new(),
    }
}

fn zone_groups(words: &Words, choice: &impl Fn(&str, String) -> Choice) -> Vec<ChoiceGroup> {
    let zones = zones();
    let group = |region: &str| {
        let prefix = format!("{region}/");
        let places = zones.iter().filter_map(|zone| Some((zone, zone.strip_prefix(&prefix)?)));
        let choices = places.map(|(zone, place)| choice(zone, place.replace('_', " ").replace('/', ": ")));
        ChoiceGroup {
            label: Some(words.t(&format!("zone-{}", region.to_ascii_lowercase()))),
            choices: choices.collect(),
        }
    };
    let utc = ChoiceGroup { label: None, choices: vec![choice("UTC", "UTC".to_owned())] };
    std::iter::once(utc).chain(REGIONS.into_iter().map(group)).collect()
}
