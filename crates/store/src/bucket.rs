//! The accounts' rate buckets.

use jiff::Timestamp;
use pronto_db::{FromRow, Result, Tx, ids, rows, sql};
use pronto_domain::bucket::Bucket;
use serde::Serialize;

use crate::{instant, millis};

/// An account's bucket as last counted.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct Stored {
    pub id: i64,
    pub rate_per_s: i64,
    bucket: i64,
    bucket_at: i64,
}

impl Stored {
    pub fn at(&self, now: Timestamp) -> Bucket {
        Bucket { level: self.bucket, at: instant(self.bucket_at) }.refilled(self.rate_per_s, now)
    }
}

/// Buckets, locked in order: whoever sends for an account waits for others who do.
pub async fn lock(tx: &mut Tx, accounts: &[i64]) -> Result<Vec<Stored>> {
    tx.query(sql!("SELECT id, rate_per_s, bucket, bucket_at FROM account WHERE id IN {ids $1} ORDER BY id {lock}"))
        .bind(ids(accounts.iter().copied()))
        .all()
        .await
}

#[derive(Serialize)]
struct Change {
    id: i64,
    bucket: i64,
    bucket_at: i64,
}

pub async fn save(tx: &mut Tx, buckets: &[(i64, Bucket)]) -> Result<()> {
    if buckets.is_empty() {
        return Ok(());
    }
    let changes: Vec<Change> = buckets
        .iter()
        .map(|(id, bucket)| Change { id: *id, bucket: bucket.level, bucket_at: millis(bucket.at) })
        .collect();
    tx.query(sql!(
        "UPDATE account SET bucket = r.bucket, bucket_at = r.bucket_at
         FROM {rows $1 r: id bigint, bucket bigint, bucket_at bigint} WHERE account.id = r.id"
    ))
    .bind(rows(&changes))
    .execute()
    .await?;
    Ok(())
}
