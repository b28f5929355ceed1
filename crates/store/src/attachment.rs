//! Files that came or go with messages.

use pronto_db::{FromRow, Result, Tx, ids, rows, sql};
use serde::Serialize;

#[derive(Clone, Debug, FromRow)]
pub struct Attachment {
    pub id: i64,
    pub message_id: i64,
    pub account_id: i64,
    pub kind: String,
    pub name: Option<String>,
    pub mime: String,
    pub size: Option<i64>,
    pub sha256: Option<String>,
    pub media_id: Option<String>,
    pub media_url: Option<String>,
    pub state: String,
    pub error: Option<String>,
    pub path: Option<String>,
    pub width: Option<i64>,
    pub height: Option<i64>,
    pub animated: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct New {
    pub message_id: i64,
    pub account_id: i64,
    pub kind: &'static str,
    pub name: Option<String>,
    pub mime: String,
    pub sha256: Option<String>,
    pub media_id: Option<String>,
    pub media_url: Option<String>,
    pub animated: bool,
}

#[derive(FromRow)]
struct Id {
    id: i64,
}

/// Adds attachments that are still to be fetched; answers their ids.
pub async fn add(tx: &mut Tx, attachments: &[New], now: i64) -> Result<Vec<i64>> {
    if attachments.is_empty() {
        return Ok(Vec::new());
    }
    let made: Vec<Id> = tx
        .query(sql!(
            "INSERT INTO attachment (message_id, account_id, kind, name, mime, sha256, media_id, media_url, state,
                 animated, created_at)
             SELECT message_id, account_id, kind, name, mime, sha256, media_id, media_url, 'pending', animated, $2
             FROM {rows $1 r: message_id bigint, account_id bigint, kind text, name text, mime text, sha256 text,
                   media_id text, media_url text, animated boolean}
             WHERE TRUE RETURNING id"
        ))
        .bind(rows(attachments))
        .bind(now)
        .all()
        .await?;
    Ok(made.into_iter().map(|made| made.id).collect())
}

pub async fn of_messages(tx: &mut Tx, messages: &[i64]) -> Result<Vec<Attachment>> {
    tx.query(sql!(
        "SELECT id, message_id, account_id, kind, name, mime, size, sha256, media_id, media_url, state, error, path,
         width, height, animated FROM attachment WHERE message_id IN {ids $1} ORDER BY id"
    ))
    .bind(ids(messages.iter().copied()))
    .all()
    .await
}

pub async fn by_id(tx: &mut Tx, attachment: i64) -> Result<Attachment> {
    tx.query(sql!(
        "SELECT id, message_id, account_id, kind, name, mime, size, sha256, media_id, media_url, state, error, path,
         width, height, animated FROM attachment WHERE id = $1"
    ))
    .bind(attachment)
    .one()
    .await
}

/// What is known once the bytes are here.
pub struct Stored<'a> {
    pub path: &'a str,
    pub mime: &'a str,
    pub size: i64,
    pub sha256: &'a str,
    pub width: Option<i64>,
    pub height: Option<i64>,
}

pub async fn stored(tx: &mut Tx, attachment: i64, stored: &Stored<'_>) -> Result<()> {
    tx.query(sql!(
        "UPDATE attachment SET state = 'stored', error = NULL, path = $2, mime = $3, size = $4, sha256 = $5,
             width = $6, height = $7 WHERE id = $1"
    ))
    .bind(attachment)
    .bind(stored.path)
    .bind(stored.mime)
    .bind(stored.size)
    .bind(stored.sha256)
    .bind(stored.width)
    .bind(stored.height)
    .execute()
    .await?;
    Ok(())
}

/// Notes why the bytes are not here; `state` is `pending` while it is tried again, else `failed`.
pub async fn failed(tx: &mut Tx, attachment: i64, state: &str, error: &str) -> Result<()> {
    tx.query(sql!("UPDATE attachment SET state = $2, error = $3 WHERE id = $1"))
        .bind(attachment)
        .bind(state)
        .bind(error)
        .execute()
        .await?;
    Ok(())
}

/// Begins anew: the bytes are to be fetched again.
pub async fn again(tx: &mut Tx, attachment: i64) -> Result<()> {
    tx.query(sql!("UPDATE attachment SET state = 'pending', error = NULL WHERE id = $1"))
        .bind(attachment)
        .execute()
        .await?;
    Ok(())
}
