//! Which of several instances does a piece of work: whoever holds its lease, a row of the database.
//!
//! A lease saves work and is no lock: what two do at the same time must do no harm.

use diesel::prelude::*;

use crate::clock::Millis;
use crate::db::Conn;
use crate::schema::leases;

/// Takes the lease of this name for so long if it is free, or renews it. False: another instance holds it.
///
/// # Errors
/// As the database answers.
pub fn hold(conn: &mut Conn, name: &str, holder: &str, now: Millis, length: Millis) -> QueryResult<bool> {
    be_there(conn, name, holder)?;
    let free = leases::table.filter(leases::name.eq(name)).filter(leases::holder.eq(holder).or(leases::until.lt(now)));
    let taken = diesel::update(free).set((leases::holder.eq(holder), leases::until.eq(now + length))).execute(conn)?;
    Ok(taken == 1)
}

/// Takes the lease from whoever holds it, for what must not wait.
///
/// # Errors
/// As the database answers.
pub fn seize(conn: &mut Conn, name: &str, holder: &str, until: Millis) -> QueryResult<()> {
    be_there(conn, name, holder)?;
    let lease = leases::table.filter(leases::name.eq(name));
    diesel::update(lease).set((leases::holder.eq(holder), leases::until.eq(until))).execute(conn)?;
    Ok(())
}

fn be_there(conn: &mut Conn, name: &str, holder: &str) -> QueryResult<()> {
    let row = (leases::name.eq(name), leases::holder.eq(holder), leases::until.eq(0));
    crate::on_each!(conn, c => diesel::insert_into(leases::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}
