//! Dated notes about contacts.

use pronto_db::{FromRow, Result, Tx, ids, sql};

use crate::Id;

#[derive(Clone, Debug, FromRow)]
pub struct Note {
    pub id: i64,
    pub contact_id: i64,
    pub user_id: i64,
    pub text: String,
    pub version: i64,
    pub created_at: i64,
    pub edited_at: Option<i64>,
}

/// The latest first.
pub async fn of(tx: &mut Tx, contact: i64) -> Result<Vec<Note>> {
    tx.query(sql!(
        "SELECT id, contact_id, user_id, text, version, created_at, edited_at FROM contact_note
         WHERE contact_id = $1 ORDER BY created_at DESC, id DESC"
    ))
    .bind(contact)
    .all()
    .await
}

pub async fn by_ids(tx: &mut Tx, notes: &[i64]) -> Result<Vec<Note>> {
    tx.query(sql!(
        "SELECT id, contact_id, user_id, text, version, created_at, edited_at FROM contact_note WHERE id IN {ids $1}"
    ))
    .bind(ids(notes.iter().copied()))
    .all()
    .await
}

/// One, for a change.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<Note> {
    tx.query(sql!(
        "SELECT id, contact_id, user_id, text, version, created_at, edited_at FROM contact_note WHERE id = $1 {lock}"
    ))
    .bind(id)
    .one()
    .await
}

pub async fn add(tx: &mut Tx, contact: i64, user: i64, text: &str, now: i64) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            "INSERT INTO contact_note (contact_id, user_id, text, version, created_at) VALUES ($1, $2, $3, 1, $4)
             RETURNING id"
        ))
        .bind(contact)
        .bind(user)
        .bind(text)
        .bind(now)
        .one()
        .await?;
    Ok(made.id)
}

/// Saves what was changed since it was read; `false` if somebody else was first.
pub async fn save(tx: &mut Tx, note: &Note) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "UPDATE contact_note SET text = $3, edited_at = $4, version = version + 1 WHERE id = $1 AND version = $2"
        ))
        .bind(note.id)
        .bind(note.version)
        .bind(&note.text)
        .bind(note.edited_at)
        .execute()
        .await?;
    Ok(touched == 1)
}

pub async fn delete(tx: &mut Tx, id: i64) -> Result<()> {
    tx.query(sql!("DELETE FROM contact_note WHERE id = $1")).bind(id).execute().await?;
    Ok(())
}
