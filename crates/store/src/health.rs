//! Whether the accounts work, as last heard.

use pronto_db::{Result, Tx, sql};

/// Notes how an account is; `false` if that was known.
pub async fn note(tx: &mut Tx, account: i64, health: &str, detail: Option<&str>, now: i64) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "UPDATE account SET health = $2, health_detail = $3, health_at = $4
             WHERE id = $1 AND (health <> $2 OR health_detail IS DISTINCT FROM $3)"
        ))
        .bind(account)
        .bind(health)
        .bind(detail)
        .bind(now)
        .execute()
        .await?;
    Ok(touched > 0)
}
