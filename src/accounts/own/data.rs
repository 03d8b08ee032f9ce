//! `GET /account/data`: all that is kept of a person, as a file, read and sent a piece at a time.

use actix_web::HttpResponse;
use actix_web::web::{Bytes, Data};
use futures_util::Stream;
use futures_util::stream::try_unfold;

use super::kept::{PARTS, Piece};
use crate::accounts::{Person, allowance};
use crate::clock::Clock;
use crate::db::{Db, DbError};
use crate::error::{AppError, Trouble};
use crate::ids::UserId;
use crate::web::download;
use crate::web::limits::Limits;

pub async fn take_along(
    person: Person,
    (db, clock, limits): (Data<Db>, Data<Clock>, Data<Limits>),
) -> Result<HttpResponse, AppError> {
    allowance::take(&db, &clock, &limits, person.id).await?;
    tracing::info!(event = "export", user.id = %person.id, what = "person", "somebody takes along what is kept of them");
    let name = format!("guildhall-{}.json", person.id);
    let source = Source { db: db.get_ref().clone(), user: person.id };
    let first = source.read(0, "").await?;
    Ok(download::attachment(&name, "application/json", pieces(source, first)))
}

/// Whose file it is, and what it is made from.
struct Source {
    db: Db,
    user: UserId,
}

/// How far a file has come: a part, whether it has begun, and what of it was read already.
struct Place {
    part: usize,
    has_begun: bool,
    read: Option<Piece>,
    behind: String,
}

impl Source {
    async fn read(&self, part: usize, behind: &str) -> Result<Piece, AppError> {
        let (user, behind, (_, _, read)) = (self.user, behind.to_owned(), PARTS[part]);
        Ok(self.db.run(move |conn| Ok::<_, DbError>(read(conn, user, &behind)?)).await?)
    }
}

fn pieces(source: Source, first: Piece) -> impl Stream<Item = Result<Bytes, AppError>> {
    let begin = Place { part: 0, has_begun: false, read: Some(first), behind: String::new() };
    try_unfold((source, begin), |(source, mut place)| async move {
        if place.part == PARTS.len() {
            return Ok(None);
        }
        let (rows, next) = match place.read.take() {
            Some(piece) => piece,
            None => source.read(place.part, &place.behind).await?,
        };
        let mut text = Vec::new();
        if !place.has_begun {
            text.extend(if place.part == 0 { "{\n" } else { ",\n" }.bytes());
            text.extend(format!("\"{}\": [", PARTS[place.part].0).bytes());
        }
        let mut separator = if place.has_begun { ",\n  " } else { "\n  " };
        for row in &rows {
            text.extend(separator.bytes());
            let written = serde_json::to_writer(&mut text, row);
            written.map_err(|error| AppError::new(Trouble::Internal, error.to_string()))?;
            separator = ",\n  ";
        }
        match next {
            Some(behind) => (place.has_begun, place.behind) = (true, behind),
            None => {
                text.extend("]".bytes());
                place = Place { part: place.part + 1, has_begun: false, read: None, behind: String::new() };
                if place.part == PARTS.len() {
                    text.extend("\n}\n".bytes());
                }
            }
        }
        Ok(Some((Bytes::from(text), (source, place))))
    })
}
