//! A file that is sent while it is made, so that its length costs no memory.

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpResponse, ResponseError};
use futures_util::{Stream, StreamExt as _};

use crate::error::AppError;

/// Answers with a file. `name` is made of our own words and ids alone.
///
/// When a piece fails, the connection is cut in the middle of the answer: the browser then says that the download
/// failed, where a proper end would make a short file look whole.
pub fn attachment(
    name: &str,
    content_type: &'static str,
    pieces: impl Stream<Item = Result<Bytes, AppError>> + 'static,
) -> HttpResponse {
    let logged = pieces.inspect(|piece| {
        if let Err(error) = piece {
            tracing::warn!(code = error.trouble.code(), cause = %error.cause, status = error.status_code().as_u16(), "a download was cut off");
        }
    });
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, content_type))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .streaming(logged)
}
