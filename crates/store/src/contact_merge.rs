//! Contacts that became one, and what is needed to part them again.

use pronto_db::{FromRow, Json, Result, Tx, ids, rows, sql};
use serde::Serialize;
use serde_json::Value;

use crate::Id;

#[derive(Clone, Debug, FromRow)]
pub struct Merge {
    pub id: i64,
    pub target_id: i64,
    pub source_id: i64,
    pub user_id: i64,
    pub at: i64,
    /// What was chosen, by field.
    pub choices: Json<Value>,
    /// Both as they were.
    pub target: Json<Value>,
    pub source: Json<Value>,
    /// The target's version after it.
    pub version: i64,
    pub undone_at: Option<i64>,
    pub undone_by: Option<i64>,
}

/// What went from the source to the target.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize)]
pub struct Moved {
    pub what: String,
    pub id: i64,
}

/// Rows that are a contact's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Interaction,
    Address,
    Note,
}

impl What {
    pub const ALL: &[Self] = &[Self::Interaction, Self::Address, Self::Note];

    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Interaction => "interaction",
            Self::Address => "address",
            Self::Note => "note",
        }
    }
}

/// Writes a merge down; its id is the database's.
pub async fn add(tx: &mut Tx, merge: &Merge, moved: &[Moved]) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            "INSERT INTO contact_merge (target_id, source_id, user_id, at, choices, target, source, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id"
        ))
        .bind(merge.target_id)
        .bind(merge.source_id)
        .bind(merge.user_id)
        .bind(merge.at)
        .bind_json(&merge.choices.0)
        .bind_json(&merge.target.0)
        .bind_json(&merge.source.0)
        .bind(merge.version)
        .one()
        .await?;
    if !moved.is_empty() {
        tx.query(sql!(
            "INSERT INTO contact_merge_moved (merge_id, what, id)
             SELECT $2, what, id FROM {rows $1 r: what text, id bigint} WHERE TRUE"
        ))
        .bind(rows(moved))
        .bind(made.id)
        .execute()
        .await?;
    }
    Ok(made.id)
}

/// Those into a contact, the latest first.
pub async fn of(tx: &mut Tx, target: i64) -> Result<Vec<Merge>> {
    tx.query(sql!("SELECT m.* FROM contact_merge m WHERE m.target_id = $1 ORDER BY m.id DESC")).bind(target).all().await
}

/// One, for a change.
pub async fn lock(tx: &mut Tx, merge: i64) -> Result<Merge> {
    tx.query(sql!("SELECT m.* FROM contact_merge m WHERE m.id = $1 {lock}")).bind(merge).one().await
}

pub async fn moved(tx: &mut Tx, merge: i64) -> Result<Vec<Moved>> {
    tx.query(sql!("SELECT what, id FROM contact_merge_moved WHERE merge_id = $1 ORDER BY what, id"))
        .bind(merge)
        .all()
        .await
}

pub async fn undo(tx: &mut Tx, merge: i64, user: i64, now: i64) -> Result<()> {
    tx.query(sql!("UPDATE contact_merge SET undone_at = $3, undone_by = $2 WHERE id = $1"))
        .bind(merge)
        .bind(user)
        .bind(now)
        .execute()
        .await?;
    Ok(())
}

/// All of one sort that is a contact's is another's from now on; answers which.
pub async fn move_all(tx: &mut Tx, what: What, from: i64, to: i64) -> Result<Vec<i64>> {
    let query = match what {
        What::Interaction => {
            sql!("UPDATE interaction SET contact_id = $2, version = version + 1 WHERE contact_id = $1 RETURNING id")
        }
        What::Address => {
            sql!("UPDATE address SET contact_id = $2, version = version + 1 WHERE contact_id = $1 RETURNING id")
        }
        What::Note => sql!("UPDATE contact_note SET contact_id = $2 WHERE contact_id = $1 RETURNING id"),
    };
    let touched: Vec<Id> = tx.query(query).bind(from).bind(to).all().await?;
    Ok(touched.into_iter().map(|row| row.id).collect())
}

/// The same of these alone, as far as they still are that contact's.
pub async fn move_these(tx: &mut Tx, what: What, these: &[i64], from: i64, to: i64) -> Result<Vec<i64>> {
    let query = match what {
        What::Interaction => sql!(
            "UPDATE interaction SET contact_id = $2, version = version + 1
             WHERE contact_id = $1 AND id IN {ids $3} RETURNING id"
        ),
        What::Address => sql!(
            "UPDATE address SET contact_id = $2, version = version + 1
             WHERE contact_id = $1 AND id IN {ids $3} RETURNING id"
        ),
        What::Note => {
            sql!("UPDATE contact_note SET contact_id = $2 WHERE contact_id = $1 AND id IN {ids $3} RETURNING id")
        }
    };
    let touched: Vec<Id> = tx.query(query).bind(from).bind(to).bind(ids(these.iter().copied())).all().await?;
    Ok(touched.into_iter().map(|row| row.id).collect())
}
