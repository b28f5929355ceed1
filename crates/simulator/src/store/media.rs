use sha2::{Digest as _, Sha256};
use sqlx::FromRow;

use super::{Connection, Result};
use crate::{clock, ids};

/// A stored file without its bytes.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct MediaRow {
    pub(crate) id: String,
    /// The app that uploaded it; absent for what people send, which any receiving app may fetch.
    pub(crate) app_id: Option<String>,
    pub(crate) mime_type: String,
    pub(crate) sha256: Vec<u8>,
    pub(crate) name: Option<String>,
    pub(crate) size: i64,
}

pub(crate) async fn add(
    db: &mut Connection,
    app: Option<&str>,
    mime_type: &str,
    name: Option<&str>,
    bytes: &[u8],
) -> Result<MediaRow> {
    let row = MediaRow {
        id: ids::object_id(),
        app_id: app.map(str::to_owned),
        mime_type: mime_type.to_owned(),
        sha256: Sha256::digest(bytes).to_vec(),
        name: name.map(str::to_owned),
        size: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
    };
    sqlx::query("INSERT INTO media (id, app_id, mime_type, sha256, name, size, bytes, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(&row.id)
        .bind(&row.app_id)
        .bind(&row.mime_type)
        .bind(&row.sha256)
        .bind(&row.name)
        .bind(row.size)
        .bind(bytes)
        .bind(clock::now())
        .execute(db)
        .await?;
    Ok(row)
}

pub(crate) async fn find(db: &mut Connection, id: &str) -> Result<Option<MediaRow>> {
    sqlx::query_as("SELECT id, app_id, mime_type, sha256, name, size FROM media WHERE id = ?")
        .bind(id)
        .fetch_optional(db)
        .await
}

pub(crate) async fn bytes(db: &mut Connection, id: &str) -> Result<Option<Vec<u8>>> {
    sqlx::query_scalar("SELECT bytes FROM media WHERE id = ?").bind(id).fetch_optional(db).await
}

/// Takes a file away from the businesses; a phone that got it keeps it.
pub(crate) async fn remove(db: &mut Connection, id: &str) -> Result<()> {
    sqlx::query("UPDATE media SET app_id = '' WHERE id = ?").bind(id).execute(db).await?;
    Ok(())
}
