//! Files of contacts that are, or were, brought in: how far each is, what became of its rows, and what undoes it.

use pronto_db::{FromRow, Json, Result, Tx, Value, ids, rows, sql};
use pronto_domain::import::{Format, Mapping, Misfit, Outcome, State};
use serde::{Deserialize, Serialize};

use crate::Id;
use crate::contact::Contact;
use crate::contact_field::Held;
use crate::contact_number::Number;

#[derive(Clone, Debug, FromRow)]
pub struct Import {
    pub id: i64,
    pub list_id: i64,
    pub user_id: i64,
    /// The file's.
    pub name: String,
    /// Where the bytes lie; `None` once they are removed.
    pub path: Option<String>,
    /// Bytes.
    pub size: i64,
    pub format: Json<Format>,
    pub mapping: Option<Json<Mapping>>,
    /// The names of its columns, once it was said how it is read; empty where a column has none.
    pub headings: Json<Vec<String>>,
    pub state: String,
    pub error: Option<String>,
    pub rows_read: i64,
    /// `None`: its end has not been seen yet.
    pub rows_total: Option<i64>,
    pub made: i64,
    pub updated: i64,
    pub duplicates: i64,
    pub invalid: i64,
    /// Contacts that an undo left, for somebody has worked on them since.
    pub kept: i64,
    /// Counts what people ask of it, not its progress.
    pub version: i64,
    pub created_at: i64,
    pub started_at: Option<i64>,
    pub finished_at: Option<i64>,
    pub undone_at: Option<i64>,
}

impl Import {
    pub fn state(&self) -> Result<State, pronto_domain::message::UnknownWord> {
        self.state.parse()
    }
}

pub async fn add(tx: &mut Tx, new: &Import) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            "INSERT INTO contact_import (list_id, user_id, name, path, size, format, state, version, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8) RETURNING id"
        ))
        .bind(new.list_id)
        .bind(new.user_id)
        .bind(&new.name)
        .bind(new.path.as_deref())
        .bind(new.size)
        .bind_json(&new.format.0)
        .bind(&new.state)
        .bind(new.created_at)
        .one()
        .await?;
    Ok(made.id)
}

/// The newest first; of everybody, or of one.
pub async fn page(tx: &mut Tx, user: Option<i64>, before: Option<i64>, limit: i64) -> Result<Vec<Import>> {
    tx.query(sql!(
        "SELECT i.* FROM contact_import i WHERE ($1 = 0 OR i.user_id = $1) AND i.id < $2 ORDER BY i.id DESC LIMIT $3"
    ))
    .bind(user.unwrap_or(0))
    .bind(before.unwrap_or(i64::MAX))
    .bind(limit)
    .all()
    .await
}

pub async fn find(tx: &mut Tx, id: i64) -> Result<Import> {
    tx.query(sql!("SELECT i.* FROM contact_import i WHERE i.id = $1")).bind(id).one().await
}

pub async fn lock(tx: &mut Tx, id: i64) -> Result<Import> {
    tx.query(sql!("SELECT i.* FROM contact_import i WHERE i.id = $1 {lock}")).bind(id).one().await
}

/// Saves what people ask and what comes of it. Whoever locked it saves it.
pub async fn save(tx: &mut Tx, import: &Import) -> Result<()> {
    tx.query(sql!(
        "UPDATE contact_import SET path = $2, format = $3, mapping = $4, state = $5, error = $6, rows_read = $7,
             rows_total = $8, made = $9, updated = $10, duplicates = $11, invalid = $12, kept = $13, version = $14,
             started_at = $15, finished_at = $16, undone_at = $17, headings = $18 WHERE id = $1"
    ))
    .bind(import.id)
    .bind(import.path.as_deref())
    .bind_json(&import.format.0)
    .bind(import.mapping.as_ref().map_or(Value::Json(None), |mapping| Value::json(&mapping.0)))
    .bind(&import.state)
    .bind(import.error.as_deref())
    .bind(import.rows_read)
    .bind(import.rows_total)
    .bind(import.made)
    .bind(import.updated)
    .bind(import.duplicates)
    .bind(import.invalid)
    .bind(import.kept)
    .bind(import.version)
    .bind(import.started_at)
    .bind(import.finished_at)
    .bind(import.undone_at)
    .bind_json(&import.headings.0)
    .execute()
    .await?;
    Ok(())
}

/// Forgets one that never began.
pub async fn remove(tx: &mut Tx, id: i64) -> Result<()> {
    forget_rows(tx, id).await?;
    tx.query(sql!("DELETE FROM contact_import WHERE id = $1")).bind(id).execute().await?;
    Ok(())
}

/// Takes away what is kept of files that were handed in before a time and are not being worked on: what became of their
/// rows, and those that were never brought in altogether. Answers where those lie.
pub async fn purge(tx: &mut Tx, before: i64) -> Result<Vec<String>> {
    let old = "SELECT i.id FROM contact_import i WHERE i.created_at < $1
               AND i.state NOT IN ('checking', 'running', 'undoing')";
    let rows = format!("DELETE FROM contact_import_row WHERE import_id IN ({old})");
    tx.query_assembled(rows).bind_all(vec![before.into()]).execute().await?;
    let files: Vec<File> = tx
        .query_assembled(format!("SELECT f.path FROM contact_import f WHERE f.path IS NOT NULL AND f.id IN ({old})"))
        .bind_all(vec![before.into()])
        .all()
        .await?;
    let unused = format!("DELETE FROM contact_import WHERE started_at IS NULL AND id IN ({old})");
    tx.query_assembled(unused).bind_all(vec![before.into()]).execute().await?;
    let rest = format!("UPDATE contact_import SET path = NULL WHERE path IS NOT NULL AND id IN ({old})");
    tx.query_assembled(rest).bind_all(vec![before.into()]).execute().await?;
    Ok(files.into_iter().map(|file| file.path).collect())
}

#[derive(FromRow)]
struct File {
    path: String,
}

/// What became of a row, or would.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Row {
    pub import_id: i64,
    /// From 1, without the heading.
    pub row_number: i64,
    pub outcome: String,
    pub reasons: Json<Vec<Misfit>>,
    /// Whom it changes, or of whom it is a duplicate.
    pub contact_id: Option<i64>,
    pub cells: Json<Vec<String>>,
}

pub async fn note(tx: &mut Tx, given: &[Row]) -> Result<()> {
    if given.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "INSERT INTO contact_import_row (import_id, row_number, outcome, reasons, contact_id, cells)
         SELECT import_id, row_number, outcome, reasons, contact_id, cells
         FROM {rows $1 r: import_id bigint, row_number bigint, outcome text, reasons jsonb, contact_id bigint,
               cells jsonb} WHERE TRUE"
    ))
    .bind(rows(given))
    .execute()
    .await?;
    Ok(())
}

/// Rows behind `after`, with one outcome or any.
pub async fn noted(tx: &mut Tx, import: i64, outcome: Option<Outcome>, after: i64, limit: i64) -> Result<Vec<Row>> {
    tx.query(sql!(
        "SELECT import_id, row_number, outcome, reasons, contact_id, cells FROM contact_import_row
         WHERE import_id = $1 AND ($2 = '' OR outcome = $2) AND row_number > $3 ORDER BY row_number LIMIT $4"
    ))
    .bind(import)
    .bind(outcome.map_or_else(String::new, |outcome| outcome.as_str().to_owned()))
    .bind(after)
    .bind(limit)
    .all()
    .await
}

/// Rows that were not taken, behind `after`.
pub async fn rejected(tx: &mut Tx, import: i64, after: i64, limit: i64) -> Result<Vec<Row>> {
    tx.query(sql!(
        "SELECT import_id, row_number, outcome, reasons, contact_id, cells FROM contact_import_row
         WHERE import_id = $1 AND outcome IN ('duplicate', 'invalid') AND row_number > $2 ORDER BY row_number LIMIT $3"
    ))
    .bind(import)
    .bind(after)
    .bind(limit)
    .all()
    .await
}

pub async fn forget_rows(tx: &mut Tx, import: i64) -> Result<()> {
    tx.query(sql!("DELETE FROM contact_import_row WHERE import_id = $1")).bind(import).execute().await?;
    Ok(())
}

/// A contact with all that an import can change of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Whole {
    pub contact: Contact,
    pub numbers: Vec<Number>,
    pub values: Vec<Held>,
}

#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Before {
    pub import_id: i64,
    pub contact_id: i64,
    pub before: Json<Whole>,
    /// The contact's after the change: a later one is kept by an undo.
    pub version: i64,
}

/// Keeps contacts as they were; one that the import has changed before stays as it was before that.
pub async fn keep(tx: &mut Tx, given: &[Before]) -> Result<()> {
    if given.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "INSERT INTO contact_import_before (import_id, contact_id, before, version)
         SELECT import_id, contact_id, before, version
         FROM {rows $1 r: import_id bigint, contact_id bigint, before jsonb, version bigint}
         WHERE TRUE ON CONFLICT (import_id, contact_id) DO UPDATE SET version = excluded.version"
    ))
    .bind(rows(given))
    .execute()
    .await?;
    Ok(())
}

/// Contacts that the import has changed and that are not put back yet.
pub async fn kept(tx: &mut Tx, import: i64, limit: i64) -> Result<Vec<Before>> {
    tx.query(sql!(
        "SELECT import_id, contact_id, before, version FROM contact_import_before WHERE import_id = $1
         ORDER BY contact_id LIMIT $2"
    ))
    .bind(import)
    .bind(limit)
    .all()
    .await
}

pub async fn put_back(tx: &mut Tx, import: i64, contacts: &[i64]) -> Result<()> {
    tx.query(sql!("DELETE FROM contact_import_before WHERE import_id = $1 AND contact_id IN {ids $2}"))
        .bind(import)
        .bind(ids(contacts.iter().copied()))
        .execute()
        .await?;
    Ok(())
}

/// Contacts that the import has made and that are still there, behind `after`.
pub async fn made(tx: &mut Tx, import: i64, after: i64, limit: i64) -> Result<Vec<Contact>> {
    tx.query(sql!(
        "SELECT c.* FROM contact c WHERE c.import_id = $1 AND c.id > $2 AND c.deleted_at IS NULL ORDER BY c.id LIMIT $3
         {lock}"
    ))
    .bind(import)
    .bind(after)
    .bind(limit)
    .all()
    .await
}

/// Those of these contacts that somebody has written to, or noted something of.
pub async fn used(tx: &mut Tx, contacts: &[i64]) -> Result<Vec<i64>> {
    let found: Vec<Id> = tx
        .query(sql!(
            "SELECT contact_id AS id FROM interaction WHERE contact_id IN {ids $1}
             UNION SELECT contact_id FROM contact_note WHERE contact_id IN {ids $1}"
        ))
        .bind(ids(contacts.iter().copied()))
        .all()
        .await?;
    Ok(found.into_iter().map(|row| row.id).collect())
}
