//! A form that is refused for what stands in it leaves one line in the log: whose it is, where it was sent, how much is
//! wrong, and with which fields. Never what was typed.

use std::collections::BTreeSet;

use actix_web::{HttpMessage as _, HttpRequest};
use twilight_model::id::marker::GuildMarker;

use crate::ids;
use crate::web::csrf::FormOwner;

/// More fields than this are only counted.
const NAMED: usize = 20;

/// The field of each thing that is wrong; empty: the form as a whole. In the request until it is answered.
struct Wrong(Vec<String>);

/// Notes what is wrong with the form of this request. It is said if the answer refuses it.
pub fn note<N: Into<String>>(req: &HttpRequest, fields: impl IntoIterator<Item = N>) {
    let wrong = Wrong(fields.into_iter().map(Into::into).collect());
    req.extensions_mut().insert(wrong);
}

/// Says that the form of this request was refused.
pub fn log(req: &HttpRequest) {
    let wrong = req.extensions_mut().remove::<Wrong>().map(|Wrong(fields)| fields).unwrap_or_default();
    let names: BTreeSet<&str> = wrong.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let fields = names.into_iter().take(NAMED).collect::<Vec<_>>().join(" ");
    let owner = req.extensions().get::<FormOwner>().copied();
    let user = owner.map(|owner| owner.user.to_string());
    let guild = req.match_info().get("guild_id").and_then(ids::parse::<GuildMarker>).map(|id| id.to_string());
    let (route, problems) = (req.match_pattern().unwrap_or_default(), wrong.len());
    tracing::info!(
        event = "form_refused",
        user.id = user,
        guild.id = guild,
        route,
        problems,
        fields,
        "a form was refused for what stands in it"
    );
}
