//! Who changed what. Append-only, and kept apart from what an erasure removes.

use pronto_db::{FromRow, Json, Result, Tx, sql};
use serde::Serialize;

/// One entry. `before` and `after` hold no secrets and no message bodies.
pub struct Entry<'a, B: Serialize, A: Serialize> {
    pub at: i64,
    pub user: Option<i64>,
    pub action: &'a str,
    pub subject: String,
    pub before: &'a B,
    pub after: &'a A,
}

pub async fn write<B: Serialize, A: Serialize>(tx: &mut Tx, entry: Entry<'_, B, A>) -> Result<()> {
    tx.query(sql!("INSERT INTO audit (at, user_id, action, subject, before, after) VALUES ($1, $2, $3, $4, $5, $6)"))
        .bind(entry.at)
        .bind(entry.user)
        .bind(entry.action)
        .bind(entry.subject)
        .bind_json(entry.before)
        .bind_json(entry.after)
        .execute()
        .await?;
    Ok(())
}

/// An entry as it was written.
#[derive(Clone, Debug, FromRow)]
pub struct Written {
    pub id: i64,
    pub at: i64,
    pub user_id: Option<i64>,
    pub action: String,
    pub subject: String,
    pub before: Option<Json<serde_json::Value>>,
    pub after: Option<Json<serde_json::Value>>,
}

/// The entries after one, in order.
pub async fn after(tx: &mut Tx, id: i64, limit: i64) -> Result<Vec<Written>> {
    tx.query(sql!(
        "SELECT id, at, user_id, action, subject, before, after FROM audit WHERE id > $1 ORDER BY id LIMIT $2"
    ))
    .bind(id)
    .bind(limit)
    .all()
    .await
}
