//! `GET /guilds/{guild_id}/live`: the stream of an open page, behind the same guard as the page.

use std::collections::VecDeque;
use std::convert::Infallible;

use actix_web::http::header::{self, HeaderName};
use actix_web::web::{Bytes, Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::Stream;
use futures_util::stream::unfold;
use serde::Deserialize;

use super::fragments::{self, Came, Wanted};
use super::hub::Hub;
use super::viewers::{Closed, Seat};
use crate::changes::Seen;
use crate::clock::Millis;
use crate::error::{AppError, Trouble};
use crate::guilds::guard::{Any, GuildAccess, Stay};
use crate::web::{WebConfig, csrf, page};

/// Commits of other writers may be this much older than they look.
const OVERLAP: Millis = 3_000;
/// A page that was away for longer is told what holds now, and no more.
const LONGEST_AWAY: Millis = 60 * 60 * 1000;

#[derive(Deserialize)]
pub struct Since {
    #[serde(default)]
    since: Option<String>,
}

pub async fn live(
    req: HttpRequest,
    access: GuildAccess<Stay, Any>,
    query: Query<Since>,
    hub: Data<Hub>,
    config: Data<WebConfig>,
) -> Result<HttpResponse, AppError> {
    let admitted = access.admitted;
    // It could read nothing of it, but each of its streams would end one of the person's own.
    if csrf::is_from_elsewhere(&req, &config.public_url) {
        let (user, guild) = (admitted.person.id, admitted.guild);
        tracing::warn!(event = "csrf_refused", user.id = %user, guild.id = %guild, same_origin = false, "a stream was refused");
        return Err(AppError::new(Trouble::NoAccess, "a stream, from elsewhere"));
    }
    let last = req.headers().get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let since = last.or(query.into_inner().since).and_then(|id| id.parse::<Millis>().ok());
    let (guild, words) = (admitted.guild, page::words(&req));
    // The seat first: what comes while the past is read is not missed then.
    let seat = hub.seat(&admitted, words.clone());
    let seat = seat.map_err(|Closed| {
        AppError::new(Trouble::TooMany { wait: 2 }, "this instance stops, or has as many streams as it may")
    })?;
    let parts = hub.parts();
    let now = parts.clock.now();
    let since = since.unwrap_or(now).clamp(now - LONGEST_AWAY, now) - OVERLAP;
    let way = hub.way(guild);
    let mut first = VecDeque::from([fragments::greeting(), fragments::banner(&way, &words)]);
    let moved = hub.moved_since(guild, since);
    first.extend(fragments::topics(&moved, now, &admitted.rights));
    // Of their own alone, or what others do would leave no room for it.
    let wanted = Wanted::Since(since, Seen::by(&admitted.rights));
    let came = Came::read(parts, guild, wanted, way).await?;
    first.extend(came.and_then(|came| came.frame(&words, &admitted.rights)));
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/event-stream"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        // Compressing would hold frames back; so do some proxies unless they are told.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header((HeaderName::from_static("x-accel-buffering"), "no"))
        .streaming(frames(first, seat)))
}

enum Next {
    First(VecDeque<Bytes>, Seat),
    Ended,
}

/// What was missed, then what comes, then why it ends. Who is shut out is not sent what still waits for them.
fn frames(first: VecDeque<Bytes>, seat: Seat) -> impl Stream<Item = Result<Bytes, Infallible>> {
    unfold(Next::First(first, seat), |next| async move {
        let Next::First(mut first, mut seat) = next else { return None };
        if let Some(ending) = seat.ending.get().copied().filter(|ending| ending.shuts_out()) {
            return Some((Ok(fragments::ending(ending, &seat.words)), Next::Ended));
        }
        if let Some(frame) = first.pop_front() {
            return Some((Ok(frame), Next::First(first, seat)));
        }
        match seat.frames.recv().await {
            Some(frame) => Some((Ok(frame), Next::First(first, seat))),
            None => {
                let ending = seat.ending.get().copied()?;
                Some((Ok(fragments::ending(ending, &seat.words)), Next::Ended))
            }
        }
    })
}
