//! Statuses that came before the message they speak of was known.

use pronto_db::{FromRow, Json, Result, Tx, rows, sql};
use serde::Serialize;

use crate::message::{Failure, ProviderId};

#[derive(Clone, Debug, Serialize)]
pub struct New {
    pub account_id: i64,
    pub provider_id: String,
    pub state: &'static str,
    pub at: Option<i64>,
    pub failure: Option<Failure>,
}

pub async fn add(tx: &mut Tx, statuses: &[New], now: i64) -> Result<()> {
    if statuses.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "INSERT INTO parked_status (account_id, provider_id, state, at, failure, parked_at)
         SELECT account_id, provider_id, state, at, failure, $2
         FROM {rows $1 r: account_id bigint, provider_id text, state text, at bigint, failure jsonb}
         WHERE TRUE ON CONFLICT (provider_id, account_id, state) DO NOTHING"
    ))
    .bind(rows(statuses))
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

#[derive(Clone, Debug, FromRow)]
pub struct Parked {
    pub account_id: i64,
    pub provider_id: String,
    pub state: String,
    pub at: Option<i64>,
    pub failure: Option<Json<Failure>>,
}

/// Takes the statuses that have waited for these messages.
pub async fn take(tx: &mut Tx, known: &[ProviderId]) -> Result<Vec<Parked>> {
    if known.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(sql!(
        "DELETE FROM parked_status WHERE (provider_id, account_id) IN
             (SELECT r.provider_id, r.account_id FROM {rows $1 r: account_id bigint, provider_id text})
         RETURNING account_id, provider_id, state, at, failure"
    ))
    .bind(rows(known))
    .all()
    .await
}

#[derive(FromRow)]
struct Attempt {
    id: i64,
}

/// Attempts whose statuses wait although they are known: both sides were written at the same moment on two nodes.
pub async fn missed(tx: &mut Tx, since: i64) -> Result<Vec<i64>> {
    let found: Vec<Attempt> = tx
        .query(sql!(
            "SELECT DISTINCT a.id FROM parked_status p
             JOIN attempt a ON a.provider_id = p.provider_id AND a.account_id = p.account_id
             WHERE p.parked_at >= $1 ORDER BY a.id LIMIT 100"
        ))
        .bind(since)
        .all()
        .await?;
    Ok(found.into_iter().map(|row| row.id).collect())
}

/// Forgets what nobody came for.
pub async fn forget(tx: &mut Tx, before: i64) -> Result<u64> {
    tx.query(sql!("DELETE FROM parked_status WHERE parked_at < $1")).bind(before).execute().await
}
