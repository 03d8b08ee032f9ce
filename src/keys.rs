//! The secret key and what is derived from it: one key per use, so that none serves two ends.

mod scheme;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use scheme::Scheme;

/// 64 random bytes, from `SECRET_KEY`.
pub struct SecretKey([u8; 64]);

impl SecretKey {
    /// Reads 128 hex digits.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// A new one, as text.
    pub fn generate() -> String {
        data_encoding::HEXLOWER.encode(&random::<64>())
    }

    fn derive<const N: usize>(&self, purpose: &str) -> [u8; N] {
        let mut key = [0; N];
        // Expanding 32 or 64 bytes is within HKDF-SHA256's limit of 8,160.
        let expanded = hkdf::Hkdf::<Sha256>::new(None, &self.0).expand(purpose.as_bytes(), &mut key);
        debug_assert!(expanded.is_ok());
        key
    }
}

/// Random bytes from the operating system.
///
/// # Panics
/// When the system has no randomness: nothing here could be trusted then.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(clippy::expect_used, reason = "without randomness there is no safe way on")]
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// SHA-256 as base64url text: how a secret is stored that only has to be recognised.
pub fn fingerprint(secret: &[u8]) -> String {
    use sha2::Digest as _;
    BASE64URL_NOPAD.encode(&Sha256::digest(secret))
}

/// The keys in use: the current ones and, while a rotation lasts, the previous ones that still read.
#[derive(Clone)]
pub struct Keys {
    current: KeySet,
    previous: Option<KeySet>,
}

#[derive(Clone)]
struct KeySet {
    /// Names the key in front of what it sealed.
    id: String,
    cookies: actix_web::cookie::Key,
    csrf: [u8; 64],
    tokens: [u8; 32],
    drafts: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys([redacted])")
    }
}

/// A sealed token that does not open: another key's, another row's, of an unknown scheme, or damaged.
#[derive(Debug, thiserror::Error)]
#[error("a stored token cannot be opened with SECRET_KEY or SECRET_KEY_PREVIOUS")]
pub struct NotOurs;

impl KeySet {
    fn derive(key: &SecretKey) -> Self {
        let id: [u8; 4] = key.derive("guildhall key id");
        Self {
            id: data_encoding::HEXLOWER.encode(&id),
            cookies: actix_web::cookie::Key::from(&key.derive::<64>("guildhall cookies")),
            csrf: key.derive("guildhall csrf"),
            tokens: key.derive("guildhall discord tokens"),
            drafts: key.derive("guildhall drafts"),
        }
    }
}

impl Keys {
    pub fn derive(current: &SecretKey, previous: Option<&SecretKey>) -> Self {
        Self { current: KeySet::derive(current), previous: previous.map(KeySet::derive) }
    }

    /// Seals and signs cookies.
    pub fn cookies(&self) -> &actix_web::cookie::Key {
        &self.current.cookies
    }

    /// The keys that may have sealed a cookie that arrives, the current one first.
    pub fn cookie_readers(&self) -> impl Iterator<Item = &actix_web::cookie::Key> {
        std::iter::once(&self.current.cookies).chain(self.previous.iter().map(|set| &set.cookies))
    }

    /// A MAC over `parts`, each with its length in front.
    pub fn csrf_mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        mac(&self.current.csrf, parts)
    }

    /// Whether a MAC is ours, in constant time.
    pub fn is_csrf_mac(&self, parts: &[&[u8]], tag: &[u8]) -> bool {
        use subtle::ConstantTimeEq as _;
        let sets = std::iter::once(&self.current).chain(&self.previous);
        sets.map(|set| mac(&set.csrf, parts).ct_eq(tag)).fold(false, |any, same| any | bool::from(same))
    }

    /// Encrypts a token: "{scheme}:{key}.{nonce}.{box}". `place` says where it will stand (user id and column) and must
    /// be given again to open it.
    pub fn seal(&self, place: &str, token: &str) -> String {
        self.seal_by(&self.current.tokens, place, token)
    }

    /// # Errors
    /// [`NotOurs`] when it was sealed by another key or for another place.
    pub fn open(&self, place: &str, sealed: &str) -> Result<secrecy::SecretString, NotOurs> {
        self.open_by(|set| &set.tokens, place, sealed).map(Into::into)
    }

    /// Encrypts what somebody has typed, as [`Keys::seal`] does a token.
    pub fn seal_draft(&self, place: &str, typed: &str) -> String {
        self.seal_by(&self.current.drafts, place, typed)
    }

    /// # Errors
    /// As [`Keys::open`].
    pub fn open_draft(&self, place: &str, sealed: &str) -> Result<String, NotOurs> {
        self.open_by(|set| &set.drafts, place, sealed)
    }

    fn seal_by(&self, key: &[u8; 32], place: &str, text: &str) -> String {
        let scheme = Scheme::WRITTEN;
        format!("{}.{}", scheme.marked(&self.current.id), scheme.seal(key, place, text))
    }

    fn open_by(&self, key: impl Fn(&KeySet) -> &[u8; 32], place: &str, sealed: &str) -> Result<String, NotOurs> {
        let (scheme, rest) = Scheme::of(sealed).ok_or(NotOurs)?;
        let (id, rest) = rest.split_once('.').ok_or(NotOurs)?;
        let mut sets = std::iter::once(&self.current).chain(&self.previous);
        let set = sets.find(|set| set.id == id).ok_or(NotOurs)?;
        scheme.open(key(set), place, rest).ok_or(NotOurs)
    }
}

fn mac(key: &[u8; 64], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new(&(*key).into());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret as _;

    use super::*;

    fn key() -> SecretKey {
        SecretKey::parse(&SecretKey::generate()).expect("what we generate can be read")
    }

    #[test]
    fn a_token_opens_only_with_its_key_and_in_its_place() {
        let (old, new) = (key(), key());
        let sealed = Keys::derive(&old, None).seal("7/access", "secret token");
        assert!(!sealed.contains("secret"));
        let rotated = Keys::derive(&new, Some(&old));
        assert_eq!(
            rotated.open("7/access", &sealed).expect("the previous key still reads").expose_secret(),
            "secret token"
        );
        assert!(rotated.open("8/access", &sealed).is_err());
        assert!(Keys::derive(&new, None).open("7/access", &sealed).is_err());
        assert!(rotated.open_draft("7/access", &sealed).is_err(), "each use has its key");
    }

    /// What a fixed key has sealed, before there were marks and since, reckoned out by another program.
    const BEFORE: &str = "c37c0551.AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcY.7C0L3MH7Ok9Hh6QYUTKCU8gWwKmPCS1MRr8gJg";
    const SINCE: &str = "x1:c37c0551.AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcY.7C0L3MH7Ok9Hh6QYlx5XK7cywBF6As5H4wzMVg";

    fn fixed() -> Keys {
        Keys::derive(&SecretKey::parse(&"5c".repeat(64)).expect("a key"), None)
    }

    #[test]
    fn what_was_sealed_before_there_were_marks_still_opens() {
        for sealed in [BEFORE, SINCE] {
            assert_eq!(fixed().open("7/access", sealed).expect("it opens").expose_secret(), "secret token");
            assert!(fixed().open("8/access", sealed).is_err());
        }
        let now = fixed().seal("7/access", "secret token");
        assert!(now.starts_with("x1:c37c0551."), "what is sealed now says by what: {now}");
    }

    #[test]
    fn a_mark_that_nobody_knows_or_that_is_another_boxs_opens_nothing() {
        let since = SINCE.strip_prefix("x1:").expect("a mark");
        for body in [BEFORE, since] {
            for mark in ["x2:", "X1:", "x1 :", "x1:x1:", ":", "é:", "x1.", "."] {
                assert!(fixed().open("7/access", &format!("{mark}{body}")).is_err(), "{mark}");
            }
        }
        assert!(fixed().open("7/access", since).is_err(), "its mark is taken away");
        assert!(fixed().open("7/access", &format!("x1:{BEFORE}")).is_err(), "it had none");
        for cut in ["", "x1:", "x1:c37c0551", "x1:c37c0551.", "c37c0551.AQID"] {
            assert!(fixed().open("7/access", cut).is_err(), "{cut}");
        }
    }

    #[test]
    fn a_mac_is_bound_to_how_its_parts_are_cut() {
        let keys = Keys::derive(&key(), None);
        let tag = keys.csrf_mac(&[b"ab", b"c"]);
        assert!(keys.is_csrf_mac(&[b"ab", b"c"], &tag));
        assert!(!keys.is_csrf_mac(&[b"a", b"bc"], &tag));
    }

    #[test]
    fn only_128_hex_digits_are_a_key() {
        assert!(SecretKey::parse(&"a".repeat(127)).is_none());
        assert!(SecretKey::parse(&"g".repeat(128)).is_none());
        assert!(SecretKey::parse(&"A".repeat(128)).is_some());
    }
}
