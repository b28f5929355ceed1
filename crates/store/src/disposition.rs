//! Dispositions: how interactions may end, and how often each was used.

use pronto_db::{FromRow, Result, Tx, ids, rows, sql};

use crate::{Id, Place};

#[derive(Clone, Debug, FromRow)]
pub struct Disposition {
    pub id: i64,
    pub parent_id: Option<i64>,
    pub scope: String,
    pub scope_id: i64,
    pub name: String,
    pub description: Option<String>,
    pub place: i64,
    pub version: i64,
    pub retired_at: Option<i64>,
}

/// All, retired ones too, in their order.
pub async fn all(tx: &mut Tx) -> Result<Vec<Disposition>> {
    tx.query(sql!(
        "SELECT id, parent_id, scope, scope_id, name, description, place, version, retired_at FROM disposition
         ORDER BY place, id"
    ))
    .all()
    .await
}

/// One, for a change.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<Disposition> {
    tx.query(sql!(
        "SELECT id, parent_id, scope, scope_id, name, description, place, version, retired_at FROM disposition
         WHERE id = $1 {lock}"
    ))
    .bind(id)
    .one()
    .await
}

/// Adds one; its id and version are the database's.
pub async fn add(tx: &mut Tx, one: &Disposition) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            "INSERT INTO disposition (parent_id, scope, scope_id, name, description, place, version)
             VALUES ($1, $2, $3, $4, $5, $6, 1) RETURNING id"
        ))
        .bind(one.parent_id)
        .bind(&one.scope)
        .bind(one.scope_id)
        .bind(&one.name)
        .bind(one.description.as_deref())
        .bind(one.place)
        .one()
        .await?;
    Ok(made.id)
}

/// Saves what was changed since it was read; `false` if somebody else was first.
pub async fn save(tx: &mut Tx, one: &Disposition) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "UPDATE disposition SET name = $3, description = $4, retired_at = $5, version = version + 1
             WHERE id = $1 AND version = $2"
        ))
        .bind(one.id)
        .bind(one.version)
        .bind(&one.name)
        .bind(one.description.as_deref())
        .bind(one.retired_at)
        .execute()
        .await?;
    Ok(touched == 1)
}

pub async fn arrange(tx: &mut Tx, places: &[Place]) -> Result<()> {
    tx.query(sql!(
        "UPDATE disposition SET place = r.place, version = version + 1
         FROM {rows $1 r: id bigint, place bigint} WHERE disposition.id = r.id"
    ))
    .bind(rows(places))
    .execute()
    .await?;
    Ok(())
}

/// Deletes ones that were never used, the deepest first.
pub async fn delete(tx: &mut Tx, id: i64) -> Result<()> {
    tx.query(sql!("DELETE FROM disposition WHERE id = $1")).bind(id).execute().await?;
    Ok(())
}

#[derive(Clone, Copy, Debug, FromRow)]
pub struct Used {
    pub id: i64,
    pub count: i64,
}

/// How many interactions ended with each of these.
pub async fn used(tx: &mut Tx, dispositions: &[i64]) -> Result<Vec<Used>> {
    tx.query(sql!(
        "SELECT disposition_id AS id, count(*) AS count FROM interaction
         WHERE disposition_id IS NOT NULL AND disposition_id IN {ids $1} GROUP BY disposition_id"
    ))
    .bind(ids(dispositions.iter().copied()))
    .all()
    .await
}
