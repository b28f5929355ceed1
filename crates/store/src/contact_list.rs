//! Lists of contacts, and who may do what in them.

use pronto_db::{FromRow, Result, Tx, rows, sql};
use serde::Serialize;

use crate::Id;

#[derive(Clone, Debug, FromRow)]
pub struct ContactList {
    pub id: i64,
    pub name: String,
    pub description: Option<String>,
    pub version: i64,
    pub created_at: i64,
    pub deleted_at: Option<i64>,
}

/// What a user or a team may do in a list; the other id is 0.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize)]
pub struct Member {
    pub list_id: i64,
    pub user_id: i64,
    pub team_id: i64,
    pub level: String,
    pub export: bool,
}

/// All, deleted ones too, by name.
pub async fn all(tx: &mut Tx) -> Result<Vec<ContactList>> {
    tx.query(sql!(
        "SELECT id, name, description, version, created_at, deleted_at FROM contact_list ORDER BY lower(name), id"
    ))
    .all()
    .await
}

/// Those that are not deleted.
pub async fn live(tx: &mut Tx) -> Result<Vec<ContactList>> {
    Ok(all(tx).await?.into_iter().filter(|list| list.deleted_at.is_none()).collect())
}

pub async fn members(tx: &mut Tx) -> Result<Vec<Member>> {
    tx.query(sql!(
        "SELECT list_id, user_id, team_id, level, export FROM contact_list_member ORDER BY list_id, user_id, team_id"
    ))
    .all()
    .await
}

/// One, for a change; also if deleted.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<ContactList> {
    tx.query(sql!(
        "SELECT id, name, description, version, created_at, deleted_at FROM contact_list WHERE id = $1 {lock}"
    ))
    .bind(id)
    .one()
    .await
}

pub async fn add(tx: &mut Tx, name: &str, description: Option<&str>, now: i64) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            "INSERT INTO contact_list (name, description, version, created_at) VALUES ($1, $2, 1, $3) RETURNING id"
        ))
        .bind(name)
        .bind(description)
        .bind(now)
        .one()
        .await?;
    Ok(made.id)
}

/// Saves what was changed since it was read; `false` if somebody else was first.
pub async fn save(tx: &mut Tx, list: &ContactList) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "UPDATE contact_list SET name = $3, description = $4, deleted_at = $5, version = version + 1
             WHERE id = $1 AND version = $2"
        ))
        .bind(list.id)
        .bind(list.version)
        .bind(&list.name)
        .bind(list.description.as_deref())
        .bind(list.deleted_at)
        .execute()
        .await?;
    Ok(touched == 1)
}

/// Puts these in the place of all that a list names.
pub async fn set_members(tx: &mut Tx, list: i64, members: &[Member]) -> Result<()> {
    tx.query(sql!("DELETE FROM contact_list_member WHERE list_id = $1")).bind(list).execute().await?;
    if members.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "INSERT INTO contact_list_member (list_id, user_id, team_id, level, export)
         SELECT $2, user_id, team_id, level, export
         FROM {rows $1 r: user_id bigint, team_id bigint, level text, export boolean} WHERE TRUE"
    ))
    .bind(rows(members))
    .bind(list)
    .execute()
    .await?;
    Ok(())
}

/// The accounts whose unknown senders go to a list.
pub async fn accounts(tx: &mut Tx, list: i64) -> Result<Vec<i64>> {
    let found: Vec<Id> = tx
        .query(sql!("SELECT id FROM account WHERE list_id = $1 AND deleted_at IS NULL ORDER BY id"))
        .bind(list)
        .all()
        .await?;
    Ok(found.into_iter().map(|row| row.id).collect())
}

/// Whether any contact is in a list.
pub async fn holds_any(tx: &mut Tx, list: i64) -> Result<bool> {
    let found: Option<Id> = tx
        .query(sql!("SELECT id FROM contact WHERE list_id = $1 AND deleted_at IS NULL LIMIT 1"))
        .bind(list)
        .optional()
        .await?;
    Ok(found.is_some())
}
