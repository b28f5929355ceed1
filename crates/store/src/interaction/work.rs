//! Work: what waits in the queues, and who holds how much.

use pronto_db::{FromRow, Result, Tx, ids, rows, sql};
use serde::Serialize;

use super::Interaction;

/// Somebody is there for this account in this queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Served {
    pub queue: i64,
    pub account: i64,
}

/// The heads of the queues: what waits, oldest unanswered first, at most `limit` for each queue and account. One
/// account whose agents are all away does not hide another's.
pub async fn heads(tx: &mut Tx, served: &[Served], limit: i64) -> Result<Vec<Interaction>> {
    if served.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(sql!(
        sqlite: "SELECT i.* FROM json_each($1) s JOIN interaction i ON i.id IN
                 (SELECT h.id FROM interaction h
                  WHERE h.queue_id = s.value->>'queue' AND h.account_id = s.value->>'account'
                  AND h.state IN ('waiting', 'unassigned') ORDER BY h.unanswered_since, h.id LIMIT $2)",
        postgres: "SELECT i.* FROM jsonb_to_recordset($1) AS s(queue bigint, account bigint) CROSS JOIN LATERAL
                   (SELECT * FROM interaction h WHERE h.queue_id = s.queue AND h.account_id = s.account
                    AND h.state IN ('waiting', 'unassigned') ORDER BY h.unanswered_since, h.id LIMIT $2) i",
    ))
    .bind(rows(served))
    .bind(limit)
    .all()
    .await
}

/// What is being offered in these queues, oldest first: others may join.
pub async fn ringing(tx: &mut Tx, queues: &[i64], limit: i64) -> Result<Vec<Interaction>> {
    if queues.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(sql!(
        "SELECT i.* FROM interaction i WHERE i.queue_id IN {ids $1} AND i.state = 'offered'
         ORDER BY i.unanswered_since, i.id LIMIT $2"
    ))
    .bind(ids(queues.iter().copied()))
    .bind(limit)
    .all()
    .await
}

/// The latest that wait.
pub async fn latest_waiting(tx: &mut Tx, limit: i64) -> Result<Vec<Interaction>> {
    tx.query(sql!(
        "SELECT i.* FROM interaction i WHERE i.id IN
             (SELECT id FROM (SELECT id FROM interaction WHERE state = 'waiting' ORDER BY last_at DESC, id DESC LIMIT $1)
              AS waiting)
         OR i.id IN
             (SELECT id FROM (SELECT id FROM interaction WHERE state = 'unassigned' ORDER BY last_at DESC, id DESC
              LIMIT $1) AS unassigned)"
    ))
    .bind(limit)
    .all()
    .await
}

#[derive(Clone, Debug, FromRow)]
pub struct Load {
    pub owner_id: i64,
    pub count: i64,
    pub put_off: i64,
}

/// How many interactions each of these users holds: those that count, and those that are put off.
pub async fn open_of(tx: &mut Tx, users: &[i64]) -> Result<Vec<Load>> {
    tx.query(sql!(
        "SELECT owner_id, count(*) - count(snooze) AS count, count(snooze) AS put_off FROM interaction
         WHERE state = 'active' AND owner_id IN {ids $1} GROUP BY owner_id"
    ))
    .bind(ids(users.iter().copied()))
    .all()
    .await
}

/// What a user holds now.
pub async fn held_by(tx: &mut Tx, user: i64) -> Result<Vec<Interaction>> {
    tx.query(sql!("SELECT i.* FROM interaction i WHERE i.state = 'active' AND i.owner_id = $1 ORDER BY i.id"))
        .bind(user)
        .all()
        .await
}

/// What an owner who has gone offline has left behind.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct Left {
    pub id: i64,
    pub owner_id: i64,
}

/// What is held by those who are offline since then or longer, and was given to nobody since; what is put off needs
/// nobody now.
pub async fn left(tx: &mut Tx, since: i64, limit: i64) -> Result<Vec<Left>> {
    tx.query(sql!(
        "SELECT i.id, i.owner_id FROM presence p JOIN interaction i ON i.owner_id = p.user_id
         WHERE p.told = 'offline' AND p.since <= $1 AND i.state = 'active' AND i.snooze IS NULL AND i.accepted_at <= $1
         ORDER BY i.id LIMIT $2"
    ))
    .bind(since)
    .bind(limit)
    .all()
    .await
}

#[derive(Clone, Debug, FromRow)]
pub struct Backlog {
    pub queue_id: i64,
    pub count: i64,
    pub oldest: Option<i64>,
}

/// How many wait in each of these queues, and since when the oldest does.
pub async fn backlog(tx: &mut Tx, queues: &[i64]) -> Result<Vec<Backlog>> {
    tx.query(sql!(
        "SELECT queue_id, count(*) AS count, min(unanswered_since) AS oldest FROM interaction
         WHERE state IN ('waiting', 'unassigned', 'offered') AND queue_id IN {ids $1} GROUP BY queue_id"
    ))
    .bind(ids(queues.iter().copied()))
    .all()
    .await
}
