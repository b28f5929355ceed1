//! Saved views of a list: of interactions, or of contacts.

use pronto_db::{FromRow, Json, Result, Tx, Value, sql};

use crate::Id;

#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct SavedView {
    pub id: i64,
    /// Of which list.
    pub what: String,
    /// Who made it.
    pub user_id: i64,
    /// Everybody's.
    pub shared: bool,
    pub name: String,
    /// As the list of the API takes it.
    pub filter: Json<serde_json::Value>,
    pub version: i64,
}

/// Somebody's own and everybody's of a list, by name.
pub async fn for_user(tx: &mut Tx, what: &str, user: i64) -> Result<Vec<SavedView>> {
    tx.query(sql!(
        "SELECT id, what, user_id, shared, name, filter, version FROM saved_view
         WHERE what = $1 AND (shared OR user_id = $2) ORDER BY shared, name, id"
    ))
    .bind(what)
    .bind(user)
    .all()
    .await
}

/// One, for a change.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<SavedView> {
    tx.query(sql!("SELECT id, what, user_id, shared, name, filter, version FROM saved_view WHERE id = $1 {lock}"))
        .bind(id)
        .one()
        .await
}

pub async fn add(tx: &mut Tx, view: &SavedView, now: i64) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            "INSERT INTO saved_view (user_id, shared, name, filter, version, created_at, what)
             VALUES ($1, $2, $3, $4, 1, $5, $6) RETURNING id"
        ))
        .bind(view.user_id)
        .bind(view.shared)
        .bind(&view.name)
        .bind(Value::json(&view.filter.0))
        .bind(now)
        .bind(&view.what)
        .one()
        .await?;
    Ok(made.id)
}

/// Saves what was changed since it was read; `false` if somebody else was first.
pub async fn save(tx: &mut Tx, view: &SavedView) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "UPDATE saved_view SET shared = $3, name = $4, filter = $5, version = version + 1
             WHERE id = $1 AND version = $2"
        ))
        .bind(view.id)
        .bind(view.version)
        .bind(view.shared)
        .bind(&view.name)
        .bind(Value::json(&view.filter.0))
        .execute()
        .await?;
    Ok(touched == 1)
}

pub async fn remove(tx: &mut Tx, id: i64) -> Result<()> {
    tx.query(sql!("DELETE FROM saved_view WHERE id = $1")).bind(id).execute().await?;
    Ok(())
}
