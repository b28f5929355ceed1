use serde_json::Value;
use sqlx::FromRow;

use super::{Connection, Result};
use crate::clock;

/// An update on its way to a webhook.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct EventRow {
    pub(crate) id: i64,
    pub(crate) number_id: Option<String>,
    /// `message`, `status` or `field`.
    pub(crate) kind: String,
    pub(crate) field: String,
    pub(crate) contact: Option<String>,
    pub(crate) item: String,
    pub(crate) message_id: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) attempts: i64,
}

/// An update that is not stored yet.
#[derive(Debug, Clone)]
pub(crate) struct NewEvent {
    pub(crate) app_id: String,
    pub(crate) number_id: Option<String>,
    pub(crate) kind: &'static str,
    pub(crate) field: String,
    pub(crate) contact: Option<Value>,
    pub(crate) item: Value,
    pub(crate) message_id: Option<String>,
}

/// Queues an update, unless its app has unsubscribed.
pub(crate) async fn add(db: &mut Connection, event: &NewEvent, due_at: i64) -> Result<()> {
    sqlx::query(
        "INSERT INTO event (app_id, number_id, kind, field, contact, item, message_id, created_at, due_at)
         SELECT app.id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 FROM app WHERE app.id = ?1 AND app.subscribed = 1",
    )
    .bind(&event.app_id)
    .bind(&event.number_id)
    .bind(event.kind)
    .bind(&event.field)
    .bind(event.contact.as_ref().map(Value::to_string))
    .bind(event.item.to_string())
    .bind(&event.message_id)
    .bind(clock::now())
    .bind(due_at)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn due(db: &mut Connection, app: &str, now: i64, limit: i64) -> Result<Vec<EventRow>> {
    sqlx::query_as(
        "SELECT id, number_id, kind, field, contact, item, message_id, created_at, attempts FROM event
         WHERE app_id = ? AND state = 'queued' AND due_at <= ? ORDER BY due_at, id LIMIT ?",
    )
    .bind(app)
    .bind(now)
    .bind(limit)
    .fetch_all(db)
    .await
}

/// When the next update of an app is due that is not due yet.
pub(crate) async fn next_at(db: &mut Connection, app: &str, after: i64) -> Result<Option<i64>> {
    sqlx::query_scalar("SELECT min(due_at) FROM event WHERE app_id = ? AND state = 'queued' AND due_at > ?")
        .bind(app)
        .bind(after)
        .fetch_one(db)
        .await
}

/// Marks updates as acknowledged, each with its place in the ledger.
pub(crate) async fn acknowledge(db: &mut Connection, ids: &[i64]) -> Result<()> {
    sqlx::query(
        "UPDATE event SET state = 'acknowledged', attempts = attempts + 1, acknowledged =
           (SELECT coalesce(max(acknowledged), 0) FROM event WHERE acknowledged IS NOT NULL) + place.key + 1
         FROM json_each(?) AS place WHERE event.id = place.value AND event.state = 'queued'",
    )
    .bind(Value::from(ids).to_string())
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn retry(db: &mut Connection, id: i64, due_at: i64) -> Result<()> {
    sqlx::query("UPDATE event SET attempts = attempts + 1, due_at = ? WHERE id = ? AND state = 'queued'")
        .bind(due_at)
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

pub(crate) async fn give_up(db: &mut Connection, id: i64) -> Result<()> {
    sqlx::query("UPDATE event SET state = 'gave_up' WHERE id = ?").bind(id).execute(db).await?;
    Ok(())
}

/// Whether everything queued for the message so far has been acknowledged.
pub(crate) async fn settled(db: &mut Connection, message: &str) -> Result<bool> {
    sqlx::query_scalar("SELECT NOT EXISTS (SELECT 1 FROM event WHERE message_id = ? AND state = 'queued')")
        .bind(message)
        .fetch_one(db)
        .await
}

/// Queued statuses of a message, which a reversed order lets later ones overtake.
pub(crate) async fn hold_statuses(db: &mut Connection, message: &str, due_at: i64) -> Result<()> {
    // The later a status, the higher its id and the earlier it now goes.
    sqlx::query(
        "UPDATE event SET due_at = ?1 + (SELECT count(*) FROM event AS later WHERE later.message_id = event.message_id
           AND later.kind = 'status' AND later.state = 'queued' AND later.id > event.id)
         WHERE message_id = ?2 AND kind = 'status' AND state = 'queued'",
    )
    .bind(due_at)
    .bind(message)
    .execute(db)
    .await?;
    Ok(())
}
