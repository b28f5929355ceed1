//! Who changed what. Append-only, and kept apart from what an erasure removes.

use pronto_db::{Result, Tx, sql};
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
