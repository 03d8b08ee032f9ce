//! What a new giveaway would look like in Discord: the form again, nothing saved; a script gets the figure alone.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::error::AppError;
use crate::guilds::guard::{GuildAccess, Preview};
use crate::settings::fields::Known;
use crate::settings::preview::{Ground, MessagePreview, is_fragment};
use crate::settings::problems::Problems;
use crate::settings::scene::Settings;
use crate::settings::try_out::figure;
use crate::web::submitted::Submitted;

use super::form::{Room, Shown};
use super::new::{NewForm, shown};
use super::plan::{self, Plan};
use super::table::NEW;

pub async fn preview(
    req: HttpRequest,
    post: Submitted<GuildAccess<Preview, NewForm>>,
    app: Data<Settings>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, mut form } = post;
    let room = match Room::enter(&req, &app, guard.admitted).await {
        Ok(room) => room,
        Err(error) => return Err(error.keeping_for_later(&req, form)),
    };
    plan::prepare(NEW, &mut form);
    let plan = room.read_once(NEW, &form, None)?;
    let preview = drawn(&room, &plan);
    if is_fragment(&req) {
        return figure(&req, Some(preview), "giveaway".to_owned());
    }
    let problems = Problems::default();
    let page = shown(StatusCode::OK, &form, &problems);
    room.answer(&req, Shown { preview: Some(preview), notice: Some("giveaways-previewed"), ..page })
}

/// The message of the start, with what is typed in the place of the examples.
fn drawn(room: &Room, plan: &Plan) -> MessagePreview {
    let settings = room.settings();
    let words = &room.place.words;
    let filled = [
        ("prize", plan.text("prize").to_owned(), false),
        ("winners", plan.value["winners"].to_string(), false),
        ("entries", "0".to_owned(), false),
        ("ends", plan.ends_at.map(|at| words.time(at)).unwrap_or_default(), false),
        ("host", format!("@{}", room.place.admitted.person.name), true),
        ("server", room.place.admitted.guild_name().to_owned(), false),
    ];
    let known: Vec<Known<'_>> =
        filled.iter().map(|(name, example, mention)| Known { name, example, mention: *mention }).collect();
    let text = |name: &str| settings[name].as_str();
    let judge = room.place.judge();
    let names = room.place.reader(&judge);
    let ground = Ground { known: &known, names: &names, color: text("color"), image: text("imageUrl") };
    let mut drawn = ground.render(&settings["startMessage"]);
    drawn.author = room.place.guild.bot_member.display_name().to_owned();
    drawn
}
