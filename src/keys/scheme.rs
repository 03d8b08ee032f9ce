//! How something is sealed, said by a mark in front of it, so that another way can take its place.
//!
//! With which key is for `keys.rs` to say.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use data_encoding::BASE64URL_NOPAD;

use super::random;

/// The mark of [`Scheme::XChaCha20Poly1305`].
const XCHACHA: &str = "x1";

/// An algorithm, and what it binds.
///
/// One is exchanged for another by two releases, because of instances that are started anew one by one: the first reads
/// a new variant, with keys of its own, and the second writes it ([`Scheme::WRITTEN`]). What was sealed by the old one
/// is read until nothing of it is left: what was typed is kept for an hour, and Discord's tokens are sealed anew
/// whenever Discord renews them, and deleted with the last session of their person, which lasts 30 days at most. Then
/// the old variant can go.
#[derive(Clone, Copy)]
pub(super) enum Scheme {
    /// From before there were marks: the same algorithm, bound to its place alone. Read, and not written any more.
    Unmarked,
    /// XChaCha20-Poly1305 with a random nonce.
    XChaCha20Poly1305,
}

impl Scheme {
    /// What seals from now on.
    pub const WRITTEN: Self = Self::XChaCha20Poly1305;

    /// By what something was sealed, and what stands behind its mark. None: nobody here knows the mark.
    pub fn of(sealed: &str) -> Option<(Self, &str)> {
        match sealed.split_once(':') {
            None => Some((Self::Unmarked, sealed)),
            Some((XCHACHA, rest)) => Some((Self::XChaCha20Poly1305, rest)),
            Some(_) => None,
        }
    }

    /// With the mark in front, if there is one.
    pub fn marked(self, text: &str) -> String {
        match self {
            Self::Unmarked => text.to_owned(),
            Self::XChaCha20Poly1305 => format!("{XCHACHA}:{text}"),
        }
    }

    /// Nonce and box. The mark is bound in with the place, so that no other can be put in front of it.
    pub fn seal(self, key: &[u8; 32], place: &str, text: &str) -> String {
        let (nonce, bound) = (random::<24>(), self.marked(place));
        let cipher = XChaCha20Poly1305::new(&(*key).into());
        let payload = Payload { msg: text.as_bytes(), aad: bound.as_bytes() };
        // Encrypting fails only for messages of 256 GB; an empty box would not open again, which is the safe side.
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
        format!("{}.{}", BASE64URL_NOPAD.encode(&nonce), BASE64URL_NOPAD.encode(&sealed))
    }

    pub fn open(self, key: &[u8; 32], place: &str, sealed: &str) -> Option<String> {
        let (nonce, body) = sealed.split_once('.')?;
        let nonce: [u8; 24] = BASE64URL_NOPAD.decode(nonce.as_bytes()).ok()?.try_into().ok()?;
        let (body, bound) = (BASE64URL_NOPAD.decode(body.as_bytes()).ok()?, self.marked(place));
        let cipher = XChaCha20Poly1305::new(&(*key).into());
        let payload = Payload { msg: &body, aad: bound.as_bytes() };
        String::from_utf8(cipher.decrypt(&XNonce::from(nonce), payload).ok()?).ok()
    }
}
