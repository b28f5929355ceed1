use sqlx::FromRow;

use super::{Connection, Result};
use crate::clock;

/// A sample on its way in, or one that has come.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct UploadRow {
    pub(crate) id: String,
    pub(crate) app_id: String,
    pub(crate) file_type: String,
    pub(crate) file_length: i64,
    pub(crate) received: i64,
    /// What a template names it by, once all of it has come.
    pub(crate) handle: Option<String>,
    pub(crate) created_at: i64,
}

pub(crate) async fn add(db: &mut Connection, upload: &UploadRow) -> Result<()> {
    sqlx::query(
        "INSERT INTO upload (id, app_id, file_type, file_length, received, handle, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&upload.id)
    .bind(&upload.app_id)
    .bind(&upload.file_type)
    .bind(upload.file_length)
    .bind(upload.received)
    .bind(&upload.handle)
    .bind(upload.created_at)
    .execute(db)
    .await?;
    Ok(())
}

/// A session of an app that is not over yet.
pub(crate) async fn session(db: &mut Connection, app: &str, id: &str) -> Result<Option<UploadRow>> {
    sqlx::query_as("SELECT * FROM upload WHERE id = ? AND app_id = ? AND created_at > ?")
        .bind(id)
        .bind(app)
        .bind(clock::now() - clock::DAY)
        .fetch_optional(db)
        .await
}

/// The sample an app was given a handle for.
pub(crate) async fn sample(db: &mut Connection, app: &str, handle: &str) -> Result<Option<UploadRow>> {
    sqlx::query_as("SELECT * FROM upload WHERE handle = ? AND app_id = ?")
        .bind(handle)
        .bind(app)
        .fetch_optional(db)
        .await
}

/// Keeps how much has come, and the handle when that is all.
pub(crate) async fn advance(db: &mut Connection, upload: &UploadRow) -> Result<()> {
    sqlx::query("UPDATE upload SET received = ?, handle = ? WHERE id = ?")
        .bind(upload.received)
        .bind(&upload.handle)
        .bind(&upload.id)
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets the sessions that ran out before all had come.
pub(crate) async fn sweep(db: &mut Connection) -> Result<()> {
    sqlx::query("DELETE FROM upload WHERE handle IS NULL AND created_at <= ?")
        .bind(clock::now() - clock::DAY)
        .execute(db)
        .await?;
    Ok(())
}

/// Moves all of them into the past.
pub(crate) async fn age(db: &mut Connection, by: i64) -> Result<()> {
    sqlx::query("UPDATE upload SET created_at = created_at - ?").bind(by).execute(db).await?;
    Ok(())
}
