//! Notices: what a person is told, newest first.

use std::collections::BTreeMap;

use pronto_db::{FromRow, Json, Result, Tx, ids, rows, sql};
use serde::Serialize;

use crate::Id;

#[derive(Clone, Debug, FromRow)]
pub struct Notice {
    pub id: i64,
    pub user_id: i64,
    pub kind: String,
    pub interaction_id: Option<i64>,
    pub by_id: Option<i64>,
    pub params: Json<BTreeMap<String, String>>,
    pub at: i64,
    pub read_at: Option<i64>,
    pub version: i64,
}

#[derive(Clone, Debug, Serialize)]
pub struct New {
    pub user_id: i64,
    pub kind: &'static str,
    pub interaction_id: Option<i64>,
    pub by_id: Option<i64>,
    pub params: BTreeMap<String, String>,
}

#[derive(Clone, Debug, FromRow)]
pub struct Made {
    pub id: i64,
    pub user_id: i64,
    pub interaction_id: Option<i64>,
}

pub async fn add(tx: &mut Tx, notices: &[New], now: i64) -> Result<Vec<Made>> {
    tx.query(sql!(
        "INSERT INTO notice (user_id, kind, interaction_id, by_id, params, at, version)
         SELECT user_id, kind, interaction_id, by_id, params, $2, 1
         FROM {rows $1 r: user_id bigint, kind text, interaction_id bigint, by_id bigint, params jsonb}
         WHERE TRUE RETURNING id, user_id, interaction_id"
    ))
    .bind(rows(notices))
    .bind(now)
    .all()
    .await
}

pub async fn by_ids(tx: &mut Tx, notices: &[i64]) -> Result<Vec<Notice>> {
    tx.query(sql!(
        "SELECT id, user_id, kind, interaction_id, by_id, params, at, read_at, version FROM notice
         WHERE id IN {ids $1}"
    ))
    .bind(ids(notices.iter().copied()))
    .all()
    .await
}

/// Whether a user has yet to read one of this kind, on this interaction and by that other.
pub async fn is_unread(tx: &mut Tx, user: i64, kind: &str, interaction: i64, by: i64) -> Result<bool> {
    let found: Option<Id> = tx
        .query(sql!(
            "SELECT id FROM notice WHERE user_id = $1 AND kind = $2 AND interaction_id = $3 AND by_id = $4
             AND read_at IS NULL LIMIT 1"
        ))
        .bind(user)
        .bind(kind)
        .bind(interaction)
        .bind(by)
        .optional()
        .await?;
    Ok(found.is_some_and(|found| found.id > 0))
}

/// A user's, newest first.
pub async fn of(tx: &mut Tx, user: i64, before: i64, limit: i64) -> Result<Vec<Notice>> {
    tx.query(sql!(
        "SELECT id, user_id, kind, interaction_id, by_id, params, at, read_at, version FROM notice
         WHERE user_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
    ))
    .bind(user)
    .bind(before)
    .bind(limit)
    .all()
    .await
}

/// Marks a user's notices as read; answers those that were not.
pub async fn read(tx: &mut Tx, user: i64, notices: &[i64], now: i64) -> Result<Vec<Made>> {
    tx.query(sql!(
        "UPDATE notice SET read_at = $3, version = version + 1
         WHERE user_id = $1 AND id IN {ids $2} AND read_at IS NULL RETURNING id, user_id, interaction_id"
    ))
    .bind(user)
    .bind(ids(notices.iter().copied()))
    .bind(now)
    .all()
    .await
}

/// Forgets those from before an instant.
pub async fn forget(tx: &mut Tx, before: i64) -> Result<u64> {
    tx.query(sql!("DELETE FROM notice WHERE at < $1")).bind(before).execute().await
}
