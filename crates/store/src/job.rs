//! Work that is retried until it is done or dead: fetching media, for one.

use pronto_db::{FromRow, Json, Result, Tx, ids, rows, sql, texts};
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub struct New {
    pub kind: &'static str,
    pub subject: i64,
    pub run_at: i64,
}

#[derive(Clone, Debug, FromRow)]
pub struct Job {
    pub id: i64,
    pub kind: String,
    pub subject: i64,
    pub payload: Option<Json<serde_json::Value>>,
    pub tries: i64,
}

pub async fn add(tx: &mut Tx, jobs: &[New]) -> Result<()> {
    if jobs.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "INSERT INTO job (kind, subject, run_at, tries, claimed_until, dead)
         SELECT kind, subject, run_at, 0, 0, FALSE FROM {rows $1 r: kind text, subject bigint, run_at bigint}"
    ))
    .bind(rows(jobs))
    .execute()
    .await?;
    Ok(())
}

/// One that needs to be told more than what it is about.
pub async fn add_telling(tx: &mut Tx, job: &New, payload: &serde_json::Value) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO job (kind, subject, payload, run_at, tries, claimed_until, dead)
         VALUES ($1, $2, $3, $4, 0, 0, FALSE)"
    ))
    .bind(job.kind)
    .bind(job.subject)
    .bind_json(payload)
    .bind(job.run_at)
    .execute()
    .await?;
    Ok(())
}

/// Takes up to `limit` of these kinds that are due until the lease ends.
pub async fn claim(tx: &mut Tx, kinds: &[&str], now: i64, until: i64, limit: i64) -> Result<Vec<Job>> {
    tx.query(sql!(
        "UPDATE job SET claimed_until = $2, tries = tries + 1 WHERE id IN
             (SELECT id FROM job WHERE NOT dead AND run_at <= $1 AND claimed_until <= $1 AND kind IN {texts $4}
              ORDER BY run_at LIMIT $3 {skip locked})
         RETURNING id, kind, subject, payload, tries"
    ))
    .bind(now)
    .bind(until)
    .bind(limit)
    .bind(texts(kinds))
    .all()
    .await
}

#[derive(FromRow)]
struct Next {
    at: i64,
}

/// When the next one of these kinds that nobody works on is due.
pub async fn next(tx: &mut Tx, kinds: &[&str], now: i64) -> Result<Option<i64>> {
    let found: Option<Next> = tx
        .query(sql!(
            "SELECT run_at AS at FROM job WHERE NOT dead AND claimed_until <= $1 AND kind IN {texts $2}
             ORDER BY run_at LIMIT 1"
        ))
        .bind(now)
        .bind(texts(kinds))
        .optional()
        .await?;
    Ok(found.map(|next| next.at))
}

/// Keeps jobs for longer.
pub async fn renew(tx: &mut Tx, jobs: &[i64], until: i64) -> Result<()> {
    tx.query(sql!("UPDATE job SET claimed_until = $2 WHERE id IN {ids $1}"))
        .bind(ids(jobs.iter().copied()))
        .bind(until)
        .execute()
        .await?;
    Ok(())
}

pub async fn done(tx: &mut Tx, job: i64) -> Result<()> {
    tx.query(sql!("DELETE FROM job WHERE id = $1")).bind(job).execute().await?;
    Ok(())
}

/// Runs it again at `run_at`, or never when `dead`.
pub async fn put_off(tx: &mut Tx, job: i64, run_at: i64, dead: bool, error: &str) -> Result<()> {
    tx.query(sql!("UPDATE job SET run_at = $2, claimed_until = 0, dead = $3, error = $4 WHERE id = $1"))
        .bind(job)
        .bind(run_at)
        .bind(dead)
        .bind(error)
        .execute()
        .await?;
    Ok(())
}

/// Gives a dead job another life.
pub async fn revive(tx: &mut Tx, kind: &str, subject: i64, now: i64) -> Result<u64> {
    tx.query(sql!(
        "UPDATE job SET dead = FALSE, tries = 0, run_at = $3, claimed_until = 0 WHERE kind = $1 AND subject = $2 AND dead"
    ))
    .bind(kind)
    .bind(subject)
    .bind(now)
    .execute()
    .await
}
