use serde_json::{Map, Value, json};
use sqlx::FromRow;

use super::{Connection, Result};
use crate::clock;

/// A message of either side as stored.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct MessageRow {
    pub(crate) seq: i64,
    pub(crate) id: String,
    /// Absent when the business wrote to somebody the network does not know.
    pub(crate) phone_id: Option<String>,
    pub(crate) number_id: String,
    /// `phone` or `business`.
    pub(crate) sender: String,
    pub(crate) kind: String,
    /// The object Meta puts under the message's type, as JSON.
    pub(crate) content: String,
    /// What a person reads of it.
    pub(crate) body: String,
    /// Further members of an inbound message, as JSON: `referral`, `errors`, a context that says forwarded.
    pub(crate) extra: Option<String>,
    pub(crate) reply_to: Option<String>,
    pub(crate) at: i64,
    pub(crate) status: String,
    /// Status to instant, as JSON.
    pub(crate) history: String,
    pub(crate) error: Option<String>,
    /// Who the business addressed: digits or a user id.
    pub(crate) recipient: Option<String>,
    pub(crate) opaque: Option<String>,
    pub(crate) request: Option<String>,
    pub(crate) pricing: Option<String>,
    pub(crate) edited: bool,
    pub(crate) deleted: bool,
    pub(crate) load_id: Option<i64>,
}

impl MessageRow {
    pub(crate) fn content(&self) -> Value {
        serde_json::from_str(&self.content).unwrap_or(Value::Null)
    }
}

fn parsed(text: Option<&str>) -> Value {
    text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null)
}

/// Stores a new message and returns its position.
pub(crate) async fn add(db: &mut Connection, message: &MessageRow) -> Result<i64> {
    let done = sqlx::query(
        "INSERT INTO message (id, phone_id, number_id, sender, kind, content, body, extra, reply_to, at, status, history, error,
           recipient, opaque, request, pricing, load_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&message.id)
    .bind(&message.phone_id)
    .bind(&message.number_id)
    .bind(&message.sender)
    .bind(&message.kind)
    .bind(&message.content)
    .bind(&message.body)
    .bind(&message.extra)
    .bind(&message.reply_to)
    .bind(message.at)
    .bind(&message.status)
    .bind(&message.history)
    .bind(&message.error)
    .bind(&message.recipient)
    .bind(&message.opaque)
    .bind(&message.request)
    .bind(&message.pricing)
    .bind(message.load_id)
    .execute(db)
    .await?;
    Ok(done.last_insert_rowid())
}

pub(crate) async fn find(db: &mut Connection, id: &str) -> Result<Option<MessageRow>> {
    sqlx::query_as("SELECT * FROM message WHERE id = ?").bind(id).fetch_optional(db).await
}

/// What people wrote to a number since an instant, newest first.
pub(crate) async fn received(
    db: &mut Connection,
    number: &str,
    since: i64,
    limit: i64,
    offset: i64,
) -> Result<Vec<MessageRow>> {
    sqlx::query_as(
        "SELECT * FROM message WHERE number_id = ? AND sender = 'phone' AND at >= ?
         ORDER BY at DESC, seq DESC LIMIT ? OFFSET ?",
    )
    .bind(number)
    .bind(since)
    .bind(limit)
    .bind(offset)
    .fetch_all(db)
    .await
}

/// A page of a phone's messages in the order in which the network took them, the latest page without `after`.
pub(crate) async fn of_phone(
    db: &mut Connection,
    phone: &str,
    number: Option<&str>,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<MessageRow>> {
    if let Some(after) = after {
        return sqlx::query_as(
            "SELECT * FROM message WHERE phone_id = ?1 AND (?2 IS NULL OR number_id = ?2) AND seq > ?3 ORDER BY seq LIMIT ?4",
        )
        .bind(phone)
        .bind(number)
        .bind(after)
        .bind(limit)
        .fetch_all(db)
        .await;
    }
    let mut latest: Vec<MessageRow> = sqlx::query_as(
        "SELECT * FROM message WHERE phone_id = ?1 AND (?2 IS NULL OR number_id = ?2) ORDER BY seq DESC LIMIT ?3",
    )
    .bind(phone)
    .bind(number)
    .bind(limit)
    .fetch_all(db)
    .await?;
    latest.reverse();
    Ok(latest)
}

/// The phone's messages with one of the statuses, oldest first.
pub(crate) async fn waiting(db: &mut Connection, phone: &str, sender: &str, status: &str) -> Result<Vec<MessageRow>> {
    sqlx::query_as("SELECT * FROM message WHERE phone_id = ? AND sender = ? AND status = ? ORDER BY seq")
        .bind(phone)
        .bind(sender)
        .bind(status)
        .fetch_all(db)
        .await
}

/// Moves a message to a status and notes when.
pub(crate) async fn set_status(
    db: &mut Connection,
    message: &mut MessageRow,
    status: &str,
    error: Option<&Value>,
) -> Result<()> {
    let mut history: Map<String, Value> = serde_json::from_str(&message.history).unwrap_or_default();
    history.insert(status.to_owned(), json!(clock::now()));
    message.history = Value::Object(history).to_string();
    status.clone_into(&mut message.status);
    message.error = error.map(Value::to_string);
    sqlx::query("UPDATE message SET status = ?, history = ?, error = ? WHERE id = ?")
        .bind(&message.status)
        .bind(&message.history)
        .bind(&message.error)
        .bind(&message.id)
        .execute(db)
        .await?;
    Ok(())
}

/// The phone's own messages to a business, up to one of them, that the business has not read yet.
pub(crate) async fn unread_by_business(
    db: &mut Connection,
    phone: &str,
    number: &str,
    upto: i64,
) -> Result<Vec<MessageRow>> {
    sqlx::query_as(
        "SELECT * FROM message WHERE phone_id = ? AND number_id = ? AND sender = 'phone' AND seq <= ?
           AND status IN ('sent', 'delivered') ORDER BY seq LIMIT 1000",
    )
    .bind(phone)
    .bind(number)
    .bind(upto)
    .fetch_all(db)
    .await
}

pub(crate) async fn set_content(
    db: &mut Connection,
    id: &str,
    content: &Value,
    body: &str,
    edited: bool,
) -> Result<()> {
    sqlx::query("UPDATE message SET content = ?, body = ?, edited = ? WHERE id = ?")
        .bind(content.to_string())
        .bind(body)
        .bind(edited)
        .bind(id)
        .execute(db)
        .await?;
    Ok(())
}

/// A file has turned out to be of a kind.
pub(crate) async fn set_kind(db: &mut Connection, id: &str, kind: &str) -> Result<()> {
    sqlx::query("UPDATE message SET kind = ? WHERE id = ?").bind(kind).bind(id).execute(db).await?;
    Ok(())
}

pub(crate) async fn set_deleted(db: &mut Connection, id: &str) -> Result<()> {
    sqlx::query("UPDATE message SET deleted = 1 WHERE id = ?").bind(id).execute(db).await?;
    Ok(())
}

pub(crate) async fn set_reaction(db: &mut Connection, message: &str, sender: &str, emoji: &str) -> Result<()> {
    if emoji.is_empty() {
        sqlx::query("DELETE FROM reaction WHERE message_id = ? AND sender = ?")
            .bind(message)
            .bind(sender)
            .execute(db)
            .await?;
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO reaction (message_id, sender, emoji) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET emoji = excluded.emoji",
    )
    .bind(message)
    .bind(sender)
    .bind(emoji)
    .execute(db)
    .await?;
    Ok(())
}

/// How the control API and the page show messages.
pub(crate) async fn views(db: &mut Connection, messages: &[MessageRow]) -> Result<Vec<Value>> {
    let ids: Vec<&str> = messages.iter().map(|message| message.id.as_str()).collect();
    let reactions: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT message_id, sender, emoji FROM reaction WHERE message_id IN (SELECT value FROM json_each(?))",
    )
    .bind(json!(ids).to_string())
    .fetch_all(db)
    .await?;
    Ok(messages.iter().map(|message| view(message, &reactions)).collect())
}

fn view(message: &MessageRow, reactions: &[(String, String, String)]) -> Value {
    let reactions: Map<String, Value> = reactions
        .iter()
        .filter(|(id, ..)| *id == message.id)
        .map(|(_, sender, emoji)| (sender.clone(), json!(emoji)))
        .collect();
    let history: Map<String, Value> = serde_json::from_str::<Map<String, Value>>(&message.history)
        .unwrap_or_default()
        .into_iter()
        .map(|(status, at)| (status, json!(clock::rfc3339(at.as_i64().unwrap_or_default()))))
        .collect();
    json!({
        "id": message.id,
        "seq": message.seq,
        "phone": message.phone_id,
        "number": message.number_id,
        "from": message.sender,
        "type": message.kind,
        "body": message.body,
        "content": message.content(),
        "extra": parsed(message.extra.as_deref()),
        "reply_to": message.reply_to,
        "at": clock::rfc3339(message.at),
        "status": message.status,
        "history": history,
        "error": parsed(message.error.as_deref()),
        "recipient": message.recipient,
        "opaque": message.opaque,
        "request": parsed(message.request.as_deref()),
        "reactions": reactions,
        "edited": message.edited,
        "deleted": message.deleted,
    })
}

/// Gives people's messages their second tick, and returns those a page may show.
pub(crate) async fn reached_business(db: &mut Connection, ids: &[&str]) -> Result<Vec<String>> {
    let reached: Vec<(String, Option<i64>)> = sqlx::query_as(
        "UPDATE message SET status = 'delivered', history = json_set(history, '$.delivered', ?)
         WHERE id IN (SELECT value FROM json_each(?)) AND sender = 'phone' AND status = 'sent' RETURNING id, load_id",
    )
    .bind(clock::now())
    .bind(json!(ids).to_string())
    .fetch_all(db)
    .await?;
    Ok(reached.into_iter().filter(|(_, load)| load.is_none()).map(|(id, _)| id).collect())
}
