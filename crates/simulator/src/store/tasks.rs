use sqlx::FromRow;

use super::{Connection, Result};

/// Something the network will do.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct TaskRow {
    pub(crate) id: i64,
    pub(crate) kind: String,
    pub(crate) subject: String,
    pub(crate) detail: Option<String>,
}

pub(crate) async fn add(
    db: &mut Connection,
    due_at: i64,
    kind: &str,
    subject: &str,
    detail: Option<&str>,
) -> Result<()> {
    sqlx::query("INSERT INTO task (due_at, kind, subject, detail) VALUES (?, ?, ?, ?)")
        .bind(due_at)
        .bind(kind)
        .bind(subject)
        .bind(detail)
        .execute(db)
        .await?;
    Ok(())
}

pub(crate) async fn due(db: &mut Connection, now: i64) -> Result<Vec<TaskRow>> {
    sqlx::query_as("SELECT id, kind, subject, detail FROM task WHERE due_at <= ? ORDER BY due_at, id LIMIT 200")
        .bind(now)
        .fetch_all(db)
        .await
}

pub(crate) async fn next_at(db: &mut Connection) -> Result<Option<i64>> {
    sqlx::query_scalar("SELECT min(due_at) FROM task").fetch_one(db).await
}

pub(crate) async fn remove(db: &mut Connection, id: i64) -> Result<bool> {
    Ok(sqlx::query("DELETE FROM task WHERE id = ?").bind(id).execute(db).await?.rows_affected() > 0)
}

pub(crate) async fn postpone(db: &mut Connection, id: i64, due_at: i64) -> Result<()> {
    sqlx::query("UPDATE task SET due_at = ? WHERE id = ?").bind(due_at).bind(id).execute(db).await?;
    Ok(())
}
