//! Work that wants one holder at a time.

use pronto_db::{Result, Tx, sql};

/// Takes or renews a lease until `until`; `false` if somebody else holds it.
pub async fn take(tx: &mut Tx, name: &str, holder: &str, now: i64, until: i64) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "INSERT INTO lease (name, holder, until) VALUES ($1, $2, $4)
             ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
             WHERE lease.holder = $2 OR lease.until <= $3"
        ))
        .bind(name)
        .bind(holder)
        .bind(now)
        .bind(until)
        .execute()
        .await?;
    Ok(touched == 1)
}
