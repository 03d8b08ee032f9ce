//! A ticket's id: the bot's own text, in addresses as one part of a path.

use actix_web::HttpRequest;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::error::{AppError, Trouble};

/// Written as they are.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_');

/// The ticket that an address names.
///
/// # Errors
/// What no bot would call a ticket is nobody's page.
pub(super) fn id_of(req: &HttpRequest) -> Result<String, AppError> {
    let part = req.match_info().get("tid").unwrap_or_default();
    // actix has decoded all but what would change the path's parts.
    let id = percent_decode_str(part).decode_utf8().map_err(|_| Trouble::NotFound)?;
    if id.is_empty() || id.contains(char::is_control) {
        return Err(Trouble::NotFound.into());
    }
    Ok(id.into_owned())
}

/// An id as one part of an address.
pub(super) fn segment(id: &str) -> String {
    utf8_percent_encode(id, KEPT).to_string()
}
