//! Companies that contacts work for.

use pronto_db::{FromRow, Result, Tx, ids, sql};
use pronto_domain::search::words;

use crate::Id;

#[derive(Clone, Debug, FromRow)]
pub struct Company {
    pub id: i64,
    pub name: String,
    pub url: Option<String>,
    pub note: Option<String>,
    pub version: i64,
    pub updated_at: i64,
    pub deleted_at: Option<i64>,
}

/// A name without case, accents and marks: of two spellings there is one company.
pub fn folded(name: &str) -> String {
    let words = words(name);
    if words.is_empty() { name.trim().to_lowercase() } else { words }
}

/// Those whose name begins with the words, by name.
pub async fn beginning(tx: &mut Tx, typed: &str, limit: i64) -> Result<Vec<Company>> {
    let words = words(typed);
    tx.query(sql!(
        sqlite: "SELECT id, name, url, note, version, updated_at, deleted_at FROM company
                 WHERE deleted_at IS NULL AND words >= $1 AND words < $2 ORDER BY words, id LIMIT $3",
        postgres: "SELECT id, name, url, note, version, updated_at, deleted_at FROM company
                   WHERE deleted_at IS NULL AND words COLLATE \"C\" >= $1 AND words COLLATE \"C\" < $2
                   ORDER BY words COLLATE \"C\", id LIMIT $3",
    ))
    .bind(words.clone())
    .bind(format!("{words}\u{10ffff}"))
    .bind(limit)
    .all()
    .await
}

pub async fn by_ids(tx: &mut Tx, companies: &[i64]) -> Result<Vec<Company>> {
    tx.query(sql!(
        "SELECT id, name, url, note, version, updated_at, deleted_at FROM company WHERE id IN {ids $1} ORDER BY id"
    ))
    .bind(ids(companies.iter().copied()))
    .all()
    .await
}

/// One, for a change; also if deleted.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<Company> {
    tx.query(sql!("SELECT id, name, url, note, version, updated_at, deleted_at FROM company WHERE id = $1 {lock}"))
        .bind(id)
        .one()
        .await
}

/// The one with a name, in any spelling.
pub async fn by_name(tx: &mut Tx, name: &str) -> Result<Option<Company>> {
    tx.query(sql!(
        "SELECT id, name, url, note, version, updated_at, deleted_at FROM company
         WHERE words = $1 AND deleted_at IS NULL"
    ))
    .bind(folded(name))
    .optional()
    .await
}

pub async fn add(tx: &mut Tx, name: &str, url: Option<&str>, note: Option<&str>, now: i64) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            "INSERT INTO company (name, words, url, note, version, created_at, updated_at)
             VALUES ($1, $2, $3, $4, 1, $5, $5) RETURNING id"
        ))
        .bind(name)
        .bind(folded(name))
        .bind(url)
        .bind(note)
        .bind(now)
        .one()
        .await?;
    Ok(made.id)
}

/// Saves what was changed since it was read; `false` if somebody else was first. Contacts show the name as it is now.
pub async fn save(tx: &mut Tx, company: &Company, now: i64) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "UPDATE company SET name = $3, words = $4, url = $5, note = $6, deleted_at = $7, updated_at = $8,
                 version = version + 1 WHERE id = $1 AND version = $2"
        ))
        .bind(company.id)
        .bind(company.version)
        .bind(&company.name)
        .bind(folded(&company.name))
        .bind(company.url.as_deref())
        .bind(company.note.as_deref())
        .bind(company.deleted_at)
        .bind(now)
        .execute()
        .await?;
    Ok(touched == 1)
}

/// Writes its name on the contacts that work for it; answers which.
pub async fn rename(tx: &mut Tx, company: i64, name: &str) -> Result<Vec<i64>> {
    let touched: Vec<Id> = tx
        .query(sql!(
            "UPDATE contact SET company = $2, version = version + 1 WHERE company_id = $1 AND company <> $2 RETURNING id"
        ))
        .bind(company)
        .bind(name)
        .all()
        .await?;
    Ok(touched.into_iter().map(|row| row.id).collect())
}

/// Whether any contact works for it.
pub async fn is_used(tx: &mut Tx, company: i64) -> Result<bool> {
    let found: Option<Id> = tx
        .query(sql!("SELECT id FROM contact WHERE company_id = $1 AND deleted_at IS NULL LIMIT 1"))
        .bind(company)
        .optional()
        .await?;
    Ok(found.is_some())
}
