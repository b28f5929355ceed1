//! Timers: rows that are never cancelled. One that fires on a state that has moved on does nothing, because the act
//! compares what armed it.

use pronto_db::{FromRow, Result, Tx, ids, rows, sql};
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct New {
    pub kind: &'static str,
    pub subject: i64,
    pub armed: i64,
    pub due_at: i64,
}

#[derive(Clone, Debug, FromRow)]
pub struct Timer {
    pub id: i64,
    pub kind: String,
    pub subject: i64,
    pub armed: i64,
    pub due_at: i64,
}

pub async fn arm(tx: &mut Tx, timers: &[New]) -> Result<()> {
    if timers.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "INSERT INTO timer (kind, subject, armed, due_at, claimed_until)
         SELECT kind, subject, armed, due_at, 0
         FROM {rows $1 r: kind text, subject bigint, armed bigint, due_at bigint}"
    ))
    .bind(rows(timers))
    .execute()
    .await?;
    Ok(())
}

/// Takes those that are due until the lease ends. Two nodes never get the same one.
pub async fn claim(tx: &mut Tx, now: i64, until: i64) -> Result<Vec<Timer>> {
    tx.query(sql!(
        "UPDATE timer SET claimed_until = $2 WHERE id IN
             (SELECT id FROM timer WHERE due_at <= $1 AND claimed_until <= $1 ORDER BY due_at LIMIT 200 {skip locked})
         RETURNING id, kind, subject, armed, due_at"
    ))
    .bind(now)
    .bind(until)
    .all()
    .await
}

pub async fn done(tx: &mut Tx, timers: impl IntoIterator<Item = i64>) -> Result<()> {
    tx.query(sql!("DELETE FROM timer WHERE id IN {ids $1}")).bind(ids(timers)).execute().await?;
    Ok(())
}

#[derive(FromRow)]
struct Due {
    due: Option<i64>,
}

/// When the next one is due.
pub async fn next(tx: &mut Tx) -> Result<Option<i64>> {
    let found: Due = tx.query(sql!("SELECT min(due_at) AS due FROM timer")).one().await?;
    Ok(found.due)
}
