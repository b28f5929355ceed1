//! Up to when each account's messages have been asked for, where the provider tells of each only once.

use pronto_db::{FromRow, Result, Tx, sql};

#[derive(Clone, Copy, Debug, FromRow)]
pub struct CatchUp {
    pub account_id: i64,
    /// What was sent before is here.
    pub asked_until: i64,
    pub due_at: i64,
}

pub async fn all(tx: &mut Tx) -> Result<Vec<CatchUp>> {
    tx.query(sql!("SELECT account_id, asked_until, due_at FROM catch_up ORDER BY account_id")).all().await
}

/// Why an account could not be asked last time.
pub async fn trouble(tx: &mut Tx, account: i64) -> Result<Option<String>> {
    #[derive(FromRow)]
    struct Trouble {
        error: Option<String>,
    }
    let found: Option<Trouble> =
        tx.query(sql!("SELECT error FROM catch_up WHERE account_id = $1")).bind(account).optional().await?;
    Ok(found.and_then(|found| found.error))
}

/// Keeps how far it has come; what failed stays where it was.
pub async fn save(tx: &mut Tx, one: CatchUp, error: Option<&str>) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO catch_up (account_id, asked_until, due_at, error) VALUES ($1, $2, $3, $4)
         ON CONFLICT (account_id) DO UPDATE SET
             asked_until = excluded.asked_until, due_at = excluded.due_at, error = excluded.error"
    ))
    .bind(one.account_id)
    .bind(one.asked_until)
    .bind(one.due_at)
    .bind(error)
    .execute()
    .await?;
    Ok(())
}
