//! Sessions: who is signed in where. The table holds digests, so that reading it signs nobody in.

use pronto_db::{FromRow, Result, Tx, sql};
use uuid::Uuid;

#[derive(Clone, Debug, FromRow)]
pub struct Session {
    pub id: Uuid,
    /// SHA-256 of the cookie's secret.
    pub secret: Vec<u8>,
    pub user_id: i64,
    pub created_at: i64,
    pub seen_at: i64,
    pub expires_at: i64,
    /// What the browser calls itself.
    pub agent: Option<String>,
}

pub async fn add(tx: &mut Tx, session: &Session) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO session (id, secret, user_id, created_at, seen_at, expires_at, agent)
         VALUES ($1, $2, $3, $4, $5, $6, $7)"
    ))
    .bind(session.id)
    .bind(session.secret.clone())
    .bind(session.user_id)
    .bind(session.created_at)
    .bind(session.seen_at)
    .bind(session.expires_at)
    .bind(session.agent.as_deref())
    .execute()
    .await?;
    Ok(())
}

pub async fn get(tx: &mut Tx, id: Uuid) -> Result<Option<Session>> {
    tx.query(sql!("SELECT id, secret, user_id, created_at, seen_at, expires_at, agent FROM session WHERE id = $1"))
        .bind(id)
        .optional()
        .await
}

/// Notes that it is used, and lets it last until then.
pub async fn seen(tx: &mut Tx, id: Uuid, now: i64, expires_at: i64) -> Result<()> {
    tx.query(sql!("UPDATE session SET seen_at = $2, expires_at = $3 WHERE id = $1"))
        .bind(id)
        .bind(now)
        .bind(expires_at)
        .execute()
        .await?;
    Ok(())
}

/// Ends one; answers whether there was one.
pub async fn end(tx: &mut Tx, id: Uuid) -> Result<bool> {
    Ok(tx.query(sql!("DELETE FROM session WHERE id = $1")).bind(id).execute().await? > 0)
}

/// Ends all of a user but one, if one is to be kept; answers which.
pub async fn end_of(tx: &mut Tx, user: i64, kept: Option<Uuid>) -> Result<Vec<Uuid>> {
    // No session has the nil id.
    let kept = kept.unwrap_or(Uuid::nil());
    let ended: Vec<(Uuid,)> = tx
        .query(sql!("DELETE FROM session WHERE user_id = $1 AND id <> $2 RETURNING id"))
        .bind(user)
        .bind(kept)
        .all()
        .await?;
    Ok(ended.into_iter().map(|(id,)| id).collect())
}

/// Removes those that have expired.
pub async fn end_expired(tx: &mut Tx, now: i64) -> Result<u64> {
    tx.query(sql!("DELETE FROM session WHERE expires_at <= $1")).bind(now).execute().await
}
