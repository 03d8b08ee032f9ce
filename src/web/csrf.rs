//! The token that shows a form came from our page, and the check that its request did.
//!
//! A token is bound to the session and the person by a MAC and masked anew in every page (BREACH). It also
//! tells, once its session has ended, whose form it was: that person's draft may be kept.

use actix_web::HttpRequest;
use actix_web::http::header;
use data_encoding::BASE64URL_NOPAD;
use url::Url;

use crate::ids::UserId;
use crate::keys::{Keys, random};

const BODY: usize = 8 + 16;
const RAW: usize = BODY + 32;

/// Whose session a request belongs to, as far as forms need to know. Put into the request by `accounts`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormOwner {
    pub user: UserId,
    /// The session's public id.
    pub session: uuid::Uuid,
}

/// A token for the forms of one session.
pub fn token(keys: &Keys, owner: FormOwner) -> String {
    let mut raw = [0; RAW];
    raw[..8].copy_from_slice(&owner.user.get().to_be_bytes());
    raw[8..BODY].copy_from_slice(owner.session.as_bytes());
    let tag = keys.csrf_mac(&[&raw[..BODY]]);
    raw[BODY..].copy_from_slice(&tag);
    let mut masked = [0; RAW * 2];
    let mask: [u8; RAW] = random();
    masked[..RAW].copy_from_slice(&mask);
    for (index, byte) in raw.iter().enumerate() {
        masked[RAW + index] = byte ^ mask[index];
    }
    BASE64URL_NOPAD.encode(&masked)
}

/// Who a token was made for, if we made it.
pub fn owner_of(keys: &Keys, token: &str) -> Option<FormOwner> {
    let masked: [u8; RAW * 2] = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?.try_into().ok()?;
    let mut raw = [0; RAW];
    for (index, byte) in raw.iter_mut().enumerate() {
        *byte = masked[index] ^ masked[RAW + index];
    }
    if !keys.is_csrf_mac(&[&raw[..BODY]], &raw[BODY..]) {
        return None;
    }
    let user = UserId::new_checked(u64::from_be_bytes(raw[..8].try_into().ok()?))?;
    Some(FormOwner { user, session: uuid::Uuid::from_bytes(raw[8..BODY].try_into().ok()?) })
}

/// Whether a browser says the request came from one of our own pages. Saying nothing is not enough.
pub fn is_same_origin(req: &HttpRequest, public_url: &Url) -> bool {
    let text = |name: &str| req.headers().get(name).map(|value| value.to_str().unwrap_or("?").to_owned());
    let site = text("sec-fetch-site");
    let origin = text(header::ORIGIN.as_str());
    let ours = public_url.origin().ascii_serialization();
    match (site.as_deref(), origin.as_deref()) {
        (Some("same-origin"), None) => true,
        (Some("same-origin") | None, Some(origin)) => origin == ours,
        _ => false,
    }
}

/// Whether a browser says that a page of another site asks. Of what is only read, saying nothing is enough.
pub fn is_from_elsewhere(req: &HttpRequest, public_url: &Url) -> bool {
    let headers = req.headers();
    let says_so = headers.contains_key("sec-fetch-site") || headers.contains_key(header::ORIGIN);
    says_so && !is_same_origin(req, public_url)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SecretKey;

    fn keys() -> Keys {
        Keys::derive(&SecretKey::parse(&SecretKey::generate()).expect("a key"), None)
    }

    #[test]
    fn a_token_names_its_owner_and_looks_different_each_time() {
        let keys = keys();
        let owner = FormOwner { user: UserId::new(445_518_183_798_022_151), session: uuid::Uuid::new_v4() };
        let (one, two) = (token(&keys, owner), token(&keys, owner));
        assert_ne!(one, two);
        assert_eq!(owner_of(&keys, &one), Some(owner));
        assert_eq!(owner_of(&keys, &two), Some(owner));
        assert_eq!(owner_of(&self::keys(), &one), None, "another deployment's token");
        assert_eq!(owner_of(&keys, &one[1..]), None);
        assert_eq!(owner_of(&keys, ""), None);
    }
}
