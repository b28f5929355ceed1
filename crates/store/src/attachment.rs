//! Files that came or go with messages.

use pronto_db::{FromRow, Json, Result, Tx, ids, rows, sql};
use serde::Serialize;

use crate::Id;
use crate::message::Failure;
use crate::upload::Upload;

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
    /// The provider's id of the file: as it came, or as we uploaded it.
    pub media_id: Option<String>,
    /// Of one we uploaded: until when the provider keeps it.
    pub media_until: Option<i64>,
    pub media_url: Option<String>,
    pub state: String,
    pub error: Option<String>,
    /// Why the provider would not take it.
    pub failure: Option<Json<Failure>>,
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
        "SELECT id, message_id, account_id, kind, name, mime, size, sha256, media_id, media_until, media_url, state,
         error, failure, path, width, height, animated FROM attachment WHERE message_id IN {ids $1} ORDER BY id"
    ))
    .bind(ids(messages.iter().copied()))
    .all()
    .await
}

pub async fn by_id(tx: &mut Tx, attachment: i64) -> Result<Attachment> {
    tx.query(sql!(
        "SELECT id, message_id, account_id, kind, name, mime, size, sha256, media_id, media_until, media_url, state,
         error, failure, path, width, height, animated FROM attachment WHERE id = $1"
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

/// A file of a customer's that could not be had.
#[derive(Clone, Debug, FromRow)]
pub struct Missed {
    pub created_at: i64,
    pub error: Option<String>,
}

/// The newest file of an account that could not be had.
pub async fn last_missed(tx: &mut Tx, account: i64) -> Result<Option<Missed>> {
    tx.query(sql!(
        "SELECT created_at, error FROM attachment WHERE account_id = $1 AND state = 'failed' ORDER BY id DESC LIMIT 1"
    ))
    .bind(account)
    .optional()
    .await
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

/// Gives a message of ours the file that was handed in for it; answers its id.
pub async fn hold(tx: &mut Tx, message: i64, account: i64, upload: &Upload, now: i64) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            "INSERT INTO attachment (message_id, account_id, kind, name, mime, size, sha256, state, path, width, height,
                 animated, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 'stored', $8, $9, $10, $11, $12) RETURNING id"
        ))
        .bind(message)
        .bind(account)
        .bind(upload.kind.as_str())
        .bind(upload.name.as_deref())
        .bind(upload.mime.as_str())
        .bind(upload.size)
        .bind(upload.sha256.as_str())
        .bind(upload.path.as_str())
        .bind(upload.width)
        .bind(upload.height)
        .bind(upload.animated)
        .bind(now)
        .one()
        .await?;
    Ok(made.id)
}

/// A file as the provider holds it.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Held {
    pub media_id: String,
    pub media_until: i64,
}

/// The same bytes of the same type that the account's provider holds, and keeps until after `until`.
pub async fn held(tx: &mut Tx, attachment: &Attachment, until: i64) -> Result<Option<Held>> {
    tx.query(sql!(
        "SELECT media_id, media_until FROM attachment
         WHERE account_id = $1 AND sha256 = $2 AND mime = $3 AND media_until > $4 AND media_id IS NOT NULL
         ORDER BY media_until DESC LIMIT 1"
    ))
    .bind(attachment.account_id)
    .bind(attachment.sha256.as_deref())
    .bind(attachment.mime.as_str())
    .bind(until)
    .optional()
    .await
}

/// The provider holds it.
pub async fn uploaded(tx: &mut Tx, attachment: i64, held: &Held) -> Result<()> {
    tx.query(sql!("UPDATE attachment SET media_id = $2, media_until = $3, failure = NULL WHERE id = $1"))
        .bind(attachment)
        .bind(held.media_id.as_str())
        .bind(held.media_until)
        .execute()
        .await?;
    Ok(())
}

/// The provider would not take it.
pub async fn refused(tx: &mut Tx, attachment: i64, failure: &Failure) -> Result<()> {
    tx.query(sql!("UPDATE attachment SET media_id = NULL, media_until = NULL, failure = $2 WHERE id = $1"))
        .bind(attachment)
        .bind_json(failure)
        .execute()
        .await?;
    Ok(())
}
