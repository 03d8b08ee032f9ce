//! Which of several instances works off what was left over and compares: whoever holds this lease.
//!
//! It saves work and is no lock: that nothing goes wrong when two do the same is the revisions' doing.

use diesel::QueryResult;

use super::Parts;
use crate::clock::Millis;
use crate::db::{Conn, DbError};
use crate::leases;

const NAME: &str = "relay";
/// How long it holds without being renewed: so long nobody follows an instance that died.
pub(super) const LENGTH: Millis = 20_000;

/// Takes the lease if it is free, or renews it. False: another instance holds it.
pub(super) fn hold(conn: &mut Conn, holder: &str, now: Millis) -> QueryResult<bool> {
    leases::hold(conn, NAME, holder, now, LENGTH)
}

/// Takes the lease from whoever holds it, for what must not wait: the first comparison, and filling Redis.
pub(super) async fn seize(parts: &Parts) -> Result<(), DbError> {
    let (holder, until) = (parts.holder.clone(), parts.clock.now() + LENGTH);
    parts.db.write(move |conn| Ok(leases::seize(conn, NAME, &holder, until)?)).await
}
