//! What came last over each account's webhook, for whoever asks why nothing comes in.

use pronto_db::{FromRow, Result, Tx, sql};

#[derive(Clone, Debug, Default, FromRow)]
pub struct Seen {
    pub accepted_at: Option<i64>,
    pub refused_at: Option<i64>,
    /// Why it was not believed.
    pub refused_why: Option<String>,
}

pub async fn accepted(tx: &mut Tx, account: i64, at: i64) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO webhook_seen (account_id, accepted_at) VALUES ($1, $2)
         ON CONFLICT (account_id) DO UPDATE SET accepted_at = excluded.accepted_at"
    ))
    .bind(account)
    .bind(at)
    .execute()
    .await?;
    Ok(())
}

pub async fn refused(tx: &mut Tx, account: i64, at: i64, why: &str) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO webhook_seen (account_id, refused_at, refused_why) VALUES ($1, $2, $3)
         ON CONFLICT (account_id) DO UPDATE SET
             refused_at = excluded.refused_at, refused_why = excluded.refused_why"
    ))
    .bind(account)
    .bind(at)
    .bind(why)
    .execute()
    .await?;
    Ok(())
}

pub async fn seen(tx: &mut Tx, account: i64) -> Result<Seen> {
    let found = tx
        .query(sql!("SELECT accepted_at, refused_at, refused_why FROM webhook_seen WHERE account_id = $1"))
        .bind(account)
        .optional()
        .await?;
    Ok(found.unwrap_or_default())
}
