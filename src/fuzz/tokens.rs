//! Tokens of forms, and what is sealed in the database: made up, or ours and changed.

use std::sync::LazyLock;

use super::edits::edited;
use crate::ids::UserId;
use crate::keys::{Keys, SecretKey};
use crate::web::csrf::{self, FormOwner};

const PLACE: &str = "445518183798022151/access";

struct Ours {
    keys: Keys,
    owner: FormOwner,
    token: String,
    sealed: String,
    draft: String,
}

static OURS: LazyLock<Ours> = LazyLock::new(|| {
    let keys = Keys::derive(&SecretKey::parse(&"5c".repeat(64)).expect("a key"), None);
    let owner = FormOwner { user: UserId::new(445_518_183_798_022_151), session: uuid::Uuid::from_u128(7) };
    let (token, sealed) = (csrf::token(&keys, owner), keys.seal(PLACE, "a token"));
    Ours { draft: keys.seal_draft(PLACE, "a draft"), keys, owner, token, sealed }
});

pub fn tokens(data: &[u8]) {
    let ours = &*OURS;
    let text = String::from_utf8_lossy(data);
    assert_eq!(csrf::owner_of(&ours.keys, &text), None);
    assert!(ours.keys.open(PLACE, &text).is_err() && ours.keys.open_draft(PLACE, &text).is_err());
    // The mask may be another one, and the token is the same then; it is nobody else's in any case.
    let token = changed(&ours.token, data);
    assert!(csrf::owner_of(&ours.keys, &token).is_none_or(|owner| owner == ours.owner));
    let sealed = changed(&ours.sealed, data);
    assert_eq!(ours.keys.open(PLACE, &sealed).is_ok(), sealed == ours.sealed);
    let draft = changed(&ours.draft, data);
    assert_eq!(ours.keys.open_draft(PLACE, &draft).is_ok(), draft == ours.draft);
    assert!(ours.keys.open_draft(PLACE, &sealed).is_err(), "each use has its key");
}

fn changed(ours: &str, data: &[u8]) -> String {
    String::from_utf8_lossy(&edited(ours.as_bytes(), data)).into_owned()
}
