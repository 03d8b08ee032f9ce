//! `POST /guilds/{guild_id}/staff`: a manager lets somebody in.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::accounts::drafts::{self, DraftOf};
use crate::changes::news::Topic;
use crate::db::{Conn, DbError};
use crate::discord::Discord;
use crate::error::AppError;
use crate::guilds::grants::MOST;
use crate::guilds::guard::{Edit, GuildAccess, OwnPage};
use crate::guilds::snapshot::GuildSnapshot;
use crate::ids::GuildId;
use crate::keys::Keys;
use crate::server_page::ServerPage;
use crate::settings::problems::{Problem, Problems};
use crate::settings::scene::Settings;
use crate::web::form::FormData;
use crate::web::shell::{Flash, Tone};
use crate::web::submitted::Submitted;
use crate::web::words::Message;
use crate::web::{WebConfig, flash};

use super::SUBJECT;
use super::list::{self, Beginning, Scene};
use super::store::{self, Giving};
use super::wish;

enum Answer {
    Done(String, Flash),
    Refused(Box<ServerPage>, Problems),
}

pub async fn give(
    req: HttpRequest,
    post: Submitted<GuildAccess<Edit, OwnPage>>,
    app: Data<Settings>,
    discord: Data<Discord>,
    config: Data<WebConfig>,
    keys: Data<Keys>,
) -> Result<HttpResponse, AppError> {
    let Submitted { guard, form } = post;
    match let_in(&app, &discord, ServerPage::new(&req, &app, guard.admitted), &form).await {
        Err(error) => Err(error.keeping_for_later(&req, form)),
        Ok(Answer::Done(to, flash)) => Ok(flash::redirect(&config, &keys, &to, Some(&flash))),
        Ok(Answer::Refused(place, problems)) => {
            let scene = Scene::read(&app, *place).await?;
            let (status, typed) = (StatusCode::UNPROCESSABLE_ENTITY, (&form, Beginning::Here));
            list::answer(&req, &app, &scene, status, typed, &problems)
        }
    }
}

async fn let_in(app: &Settings, discord: &Discord, mut place: ServerPage, form: &FormData) -> Result<Answer, AppError> {
    let (mut gifts, mut problems) = wish::read(&place, app.modules, discord, form).await?;
    if problems.judged.iter().any(Problem::misses_something) {
        // The role may have been made just now.
        place.guild = app.access.fresh_snapshot(place.admitted.guild).await?;
        (gifts, problems) = wish::read(&place, app.modules, discord, form).await?;
    }
    if problems.stop_the_save() {
        return Ok(Answer::Refused(Box::new(place), problems));
    }
    let names: Vec<String> = gifts.iter().map(|gift| gift.name.clone()).collect();
    let (guild, by, now) = (place.admitted.guild, place.admitted.person.clone(), place.now);
    let draft = DraftOf { user: by.id, guild, form: SUBJECT.to_owned() };
    let write = |there: Option<Arc<GuildSnapshot>>| {
        let (gifts, by, draft) = (gifts.clone(), by.clone(), draft.clone());
        app.db.write(move |conn: &mut Conn| {
            let came = store::give(conn, guild, &gifts, &by, now, there.as_deref())?;
            if came != Giving::Full {
                drafts::discard(conn, &draft)?;
            }
            Ok::<_, DbError>(came)
        })
    };
    let mut came = write(None).await?;
    if came == Giving::Full {
        // What was given to deleted roles makes room. Which are deleted is asked anew: one may have been made just now.
        came = write(Some(app.access.fresh_snapshot(guild).await?)).await?;
    }
    let to = place.href("/staff");
    let said = |key: &'static str| Message::new(key).name("who", place.words.list(&names));
    match came {
        Giving::Full => {
            problems.unreadable("", Message::new("staff-full").number("most", MOST));
            Ok(Answer::Refused(Box::new(place), problems))
        }
        Giving::Same => Ok(Answer::Done(to, Flash { tone: Tone::Note, message: said("flash-staff-same") })),
        Giving::Done => {
            tracing::info!(event = "staff_changed", user.id = %place.admitted.person.id, guild.id = %guild, "staff were let in");
            tell(app, guild);
            Ok(Answer::Done(to, Flash { tone: Tone::Good, message: said("flash-staff-given") }))
        }
    }
}

/// What was given is worked out anew: here at once, by the other instances when they hear of it.
pub(super) fn tell(app: &Settings, guild: GuildId) {
    app.access.reconsider(guild);
    app.news.tell_list(guild, Topic::Staff);
    app.news.tell_list(guild, Topic::Activity);
}
