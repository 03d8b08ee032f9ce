//! Which of several instances works off what was left over and compares: whoever holds this lease.
//!
//! It saves work and is no lock: that nothing goes wrong when two do the same is the revisions' doing.

use diesel::prelude::*;

use super::Parts;
use crate::clock::Millis;
use crate::db::{Conn, DbError};
use crate::schema::leases;

const NAME: &str = "relay";
/// How long it holds without being renewed: so long nobody follows an instance that died.
pub(super) const LENGTH: Millis = 20_000;

/// Takes the lease if it is free, or renews it. False: another instance holds it.
pub(super) fn hold(conn: &mut Conn, holder: &str, now: Millis) -> QueryResult<bool> {
    be_there(conn, holder)?;
    let free = leases::table.filter(leases::name.eq(NAME)).filter(leases::holder.eq(holder).or(leases::until.lt(now)));
    let taken = diesel::update(free).set((leases::holder.eq(holder), leases::until.eq(now + LENGTH))).execute(conn)?;
    Ok(taken == 1)
}

/// Takes the lease from whoever holds it, for what must not wait: the first comparison, and filling Redis.
pub(super) async fn seize(parts: &Parts) -> Result<(), DbError> {
    let (holder, until) = (parts.holder.clone(), parts.clock.now() + LENGTH);
    let seize = move |conn: &mut Conn| {
        be_there(conn, &holder)?;
        let lease = leases::table.filter(leases::name.eq(NAME));
        diesel::update(lease).set((leases::holder.eq(&holder), leases::until.eq(until))).execute(conn)?;
        Ok(())
    };
    parts.db.write(seize).await
}

fn be_there(conn: &mut Conn, holder: &str) -> QueryResult<()> {
    let row = (leases::name.eq(NAME), leases::holder.eq(holder), leases::until.eq(0));
    crate::on_each!(conn, c => diesel::insert_into(leases::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}
