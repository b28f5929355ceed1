//! Messages that are sent later.

use pronto_db::{FromRow, Result, Tx, ids, sql};
use uuid::Uuid;

use crate::Id;

#[derive(Clone, Debug, FromRow)]
pub struct Scheduled {
    pub id: i64,
    pub interaction_id: i64,
    pub user_id: i64,
    pub client_id: Uuid,
    pub text: String,
    pub reply_to_id: Option<i64>,
    pub seen_through: i64,
    pub unless_written: bool,
    pub due_at: i64,
    pub state: String,
    pub reason: Option<String>,
    pub message_id: Option<i64>,
    pub version: i64,
    pub settled_at: Option<i64>,
}

impl Scheduled {
    /// Neither sent nor given up.
    pub fn is_open(&self) -> bool {
        self.state == "waiting" || self.state == "failed"
    }
}

pub async fn add(tx: &mut Tx, new: &Scheduled, now: i64) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            "INSERT INTO scheduled_message (interaction_id, user_id, client_id, text, reply_to_id, seen_through,
                 unless_written, due_at, state, version, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', 1, $9) RETURNING id"
        ))
        .bind(new.interaction_id)
        .bind(new.user_id)
        .bind(new.client_id)
        .bind(&new.text)
        .bind(new.reply_to_id)
        .bind(new.seen_through)
        .bind(new.unless_written)
        .bind(new.due_at)
        .bind(now)
        .one()
        .await?;
    Ok(made.id)
}

pub async fn by_ids(tx: &mut Tx, scheduled: &[i64]) -> Result<Vec<Scheduled>> {
    tx.query(sql!("SELECT s.* FROM scheduled_message s WHERE s.id IN {ids $1}"))
        .bind(ids(scheduled.iter().copied()))
        .all()
        .await
}

pub async fn by_id(tx: &mut Tx, id: i64) -> Result<Scheduled> {
    by_ids(tx, &[id]).await?.pop().ok_or(pronto_db::Error::NotFound)
}

pub async fn by_client_id(tx: &mut Tx, client_id: Uuid) -> Result<Option<Scheduled>> {
    tx.query(sql!("SELECT s.* FROM scheduled_message s WHERE s.client_id = $1")).bind(client_id).optional().await
}

/// One, for a change. Its interaction is locked before.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<Scheduled> {
    tx.query(sql!("SELECT s.* FROM scheduled_message s WHERE s.id = $1 {lock}")).bind(id).one().await
}

/// What waits in a conversation, and what failed and is kept; the first due first.
pub async fn open_in(tx: &mut Tx, interaction: i64) -> Result<Vec<Scheduled>> {
    tx.query(sql!(
        "SELECT s.* FROM scheduled_message s WHERE s.interaction_id = $1 AND s.state IN ('waiting', 'failed')
         ORDER BY s.due_at, s.id"
    ))
    .bind(interaction)
    .all()
    .await
}

/// Saves what was changed since it was read; `false` if somebody else was first.
pub async fn save(tx: &mut Tx, row: &Scheduled) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "UPDATE scheduled_message SET text = $3, seen_through = $4, unless_written = $5, due_at = $6, state = $7,
                 reason = $8, message_id = $9, settled_at = $10, version = version + 1
             WHERE id = $1 AND version = $2"
        ))
        .bind(row.id)
        .bind(row.version)
        .bind(&row.text)
        .bind(row.seen_through)
        .bind(row.unless_written)
        .bind(row.due_at)
        .bind(&row.state)
        .bind(row.reason.as_deref())
        .bind(row.message_id)
        .bind(row.settled_at)
        .execute()
        .await?;
    Ok(touched == 1)
}
