//! `GET /guilds/{guild_id}/tickets/ratings`: what people thought, the newest first, and all of it in numbers.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::changes::line::TimeText;
use crate::commands;
use crate::db::DbError;
use crate::error::AppError;
use crate::guilds::guard::{GuildAccess, View};
use crate::guilds::rights::Level;
use crate::ids::{Snowflake, UserId};
use crate::modules::Tickets;
use crate::server_page::ServerPage;
use crate::settings::module::ModuleKey;
use crate::settings::scene::{In, Settings};
use crate::settings::store::{self, Stored};
use crate::tickets::cursor::{Cursor, Mark, href};
use crate::tickets::id::segment;
use crate::tickets::rows::Row;
use crate::tickets::{PLACE, telling, told};
use crate::web::page;
use crate::web::words::{Message, Words};

use super::filter::Filter;
use super::pages::{Bar, RatingLine, RatingsPage, Select, StaffLine};
use super::posting::{self, Posting};
use super::rows::{self, Found, Given, Rating};
use super::summary::{Summary, staff_names};

/// What the database says.
struct Read {
    stored: HashMap<ModuleKey, Stored>,
    given: Vec<Given>,
    found: Found,
    tickets: HashMap<String, Row>,
    commands: HashMap<String, commands::Row>,
}

pub async fn ratings(
    req: HttpRequest,
    access: GuildAccess<View, In<Tickets>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(req.query_string().as_bytes()).into_owned().collect();
    let (filter, cursor) = (Filter::read(&pairs), Cursor::read(&pairs));
    let (guild, modules, asked) = (access.admitted.guild, app.modules, filter.clone());
    let start = cursor.clone().unwrap_or(Cursor::First);
    let read = app.db.run(move |conn| {
        let found = rows::page(conn, guild, &asked, &start)?;
        let ids: Vec<String> = found.rows.iter().map(|row| row.ticket_id.clone()).collect();
        Ok::<_, DbError>(Read {
            stored: store::load(conn, guild, modules)?,
            given: rows::given(conn, guild)?,
            tickets: rows::their_tickets(conn, guild, &found.rows)?,
            commands: told::newest(conn, guild, commands::Kind::ReviewPublish, &ids)?,
            found,
        })
    });
    let read = read.await?;
    let place = ServerPage::new(&req, &app, access.admitted);
    let address = place.href("/tickets/ratings");
    let to = |name: &str, mark: Option<&Mark>| mark.map(|mark| href(&address, &filter.pairs(), Some((name, mark))));
    let (summary, names) = (Summary::of(&read.given), staff_names(&read.given, &read.tickets));
    let tell =
        Telling { place: &place, names: &names, settings: posting::settings(&read.stored), view: req.query_string() };
    let page = RatingsPage {
        shell: place.shell(&req, Message::new("title-ratings"), PLACE, &read.stored),
        guild_name: place.admitted.guild_name().to_owned(),
        selects: selects(&tell, &filter, &summary),
        filtered: !filter.is_open(),
        strange: filter.strange || cursor.is_none(),
        average: summary.all.average(),
        count: summary.all.count(),
        bars: bars(&address, &filter, &summary),
        staff: staff(&tell, &address, &filter, &summary),
        in_front: to("before", read.found.in_front.as_ref()),
        behind: to("after", read.found.behind.as_ref()),
        lines: read
            .found
            .rows
            .iter()
            .map(|row| tell.line(row, read.tickets.get(&row.ticket_id), &read.commands))
            .collect(),
        view: req.query_string().to_owned(),
        csrf_token: page::csrf_token(&req),
        as_of: place.words.time(place.now),
        again_href: req.uri().to_string(),
        may_act: place.read_only(Level::Act, ModuleKey::Tickets).is_none(),
        looks: place.only_looks(Level::Act, ModuleKey::Tickets),
        action: address,
    };
    page::render(&req, StatusCode::OK, &page)
}

/// What ratings are told with.
pub struct Telling<'a> {
    pub place: &'a ServerPage,
    pub names: &'a HashMap<UserId, String>,
    pub settings: crate::modules::Tickets,
    /// The filter and place of the list, to come back to.
    pub view: &'a str,
}

impl Telling<'_> {
    fn name(&self, id: UserId) -> String {
        self.names.get(&id).cloned().unwrap_or_else(|| telling::member(&self.place.words, id))
    }

    pub fn line(&self, rating: &Rating, ticket: Option<&Row>, told: &HashMap<String, commands::Row>) -> RatingLine {
        let words = &self.place.words;
        let person = |id: UserId| match ticket {
            Some(row) => telling::person(words, row, id),
            None => self.name(id),
        };
        let ticket_href = self.place.href(&format!("/tickets/{}", segment(&rating.ticket_id)));
        let view: String = form_urlencoded::byte_serialize(self.view.as_bytes()).collect();
        let rater = rating.rater_id.and_then(Snowflake::id).map(person);
        RatingLine {
            id: rating.ticket_id.clone(),
            ticket: ticket.map_or_else(|| Message::new("rating-ticket-unknown"), telling::name),
            deletion_href: format!("{ticket_href}/rating/deletion?view={view}"),
            ticket_href,
            stars: rating.stars,
            sign: sign(rating.stars),
            text: rating.text().map(str::to_owned),
            by: rater.or_else(|| ticket.map(|row| telling::opener(words, row))),
            staff: rating.staff_id.and_then(Snowflake::id).map(|id| match self.names.get(&id) {
                Some(name) => name.clone(),
                None => person(id),
            }),
            at: TimeText::new(rating.rated_at, words),
            approved: rating.approved,
            featured: rating.featured,
            unposted: Posting::of(rating, &self.settings).reason(),
            command: told.get(&rating.ticket_id).map(|row| self.place.drawing().command(row)),
        }
    }
}

fn sign(stars: i32) -> String {
    let full = usize::try_from(stars.clamp(0, 5)).unwrap_or(0);
    format!("{}{}", "★".repeat(full), "☆".repeat(5 - full))
}

fn bars(address: &str, filter: &Filter, summary: &Summary) -> Vec<Bar> {
    let bar = |stars: usize| Bar {
        stars,
        count: summary.all.of(stars),
        percent: summary.all.percent(stars),
        href: href(address, &Filter { stars: i32::try_from(stars).ok(), ..filter.clone() }.pairs(), None),
    };
    (1..=5).rev().map(bar).collect()
}

fn staff(tell: &Telling<'_>, address: &str, filter: &Filter, summary: &Summary) -> Vec<StaffLine> {
    let line = |(id, stars): &(UserId, super::summary::Stars)| StaffLine {
        name: tell.name(*id),
        average: stars.average().unwrap_or_default(),
        count: stars.count(),
        href: href(address, &Filter { staff: Some(*id), ..filter.clone() }.pairs(), None),
    };
    summary.staff.iter().map(line).collect()
}

fn selects(tell: &Telling<'_>, filter: &Filter, summary: &Summary) -> Vec<Select> {
    let words: &Words = &tell.place.words;
    let select = |name: &'static str, options| Select {
        name,
        label: words.t(&format!("rating-filter-{name}")),
        any: words.t(&format!("rating-any-{name}")),
        options,
    };
    let stars = (1..=5).rev().map(|stars: i32| {
        let label = words.say(&Message::new("rating-stars").number("count", stars));
        (stars.to_string(), label, filter.stars == Some(stars))
    });
    let mut people: Vec<UserId> = summary.staff.iter().map(|(id, _)| *id).collect();
    people.extend(filter.staff.filter(|id| !summary.staff.iter().any(|(known, _)| known == id)));
    let people = people.into_iter().map(|id| (id.to_string(), tell.name(id), filter.staff == Some(id)));
    let approved = [("yes", true), ("no", false)]
        .map(|(name, is)| (name.to_owned(), words.t(&format!("rating-approved-{name}")), filter.approved == Some(is)));
    vec![select("stars", stars.collect()), select("staff", people.collect()), select("approved", approved.into())]
}
