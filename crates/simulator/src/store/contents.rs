//! What Twilio's accounts write templates as.

use serde_json::Value;
use sqlx::FromRow;

use super::{Connection, Result};

/// A content as stored.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct ContentRow {
    /// `HX…`
    pub(crate) sid: String,
    pub(crate) business_account_id: String,
    pub(crate) friendly_name: String,
    pub(crate) language: String,
    types: String,
    variables: String,
    /// The template it was handed in as.
    pub(crate) template_id: Option<String>,
    pub(crate) created_at: i64,
}

impl ContentRow {
    pub(crate) fn new(account: &str, sid: String, request: &Value, at: i64) -> Self {
        let text = |key: &str| request[key].as_str().unwrap_or_default().to_owned();
        // Twilio's own client names every form there is, and gives one.
        let mut types = request["types"].clone();
        if let Some(types) = types.as_object_mut() {
            types.retain(|_, form| !form.is_null());
        }
        Self {
            sid,
            business_account_id: account.to_owned(),
            friendly_name: text("friendly_name"),
            language: text("language"),
            types: types.to_string(),
            variables: request["variables"].to_string(),
            template_id: None,
            created_at: at,
        }
    }

    /// Its forms, by their names.
    pub(crate) fn types(&self) -> Value {
        serde_json::from_str(&self.types).unwrap_or_default()
    }

    /// What stands for its variables until they are filled in.
    pub(crate) fn variables(&self) -> Value {
        serde_json::from_str(&self.variables).unwrap_or_default()
    }
}

pub(crate) async fn add(db: &mut Connection, content: &ContentRow) -> Result<()> {
    sqlx::query(
        "INSERT INTO content (sid, business_account_id, friendly_name, language, types, variables, template_id, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&content.sid)
    .bind(&content.business_account_id)
    .bind(&content.friendly_name)
    .bind(&content.language)
    .bind(&content.types)
    .bind(&content.variables)
    .bind(&content.template_id)
    .bind(content.created_at)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn find(db: &mut Connection, account: &str, sid: &str) -> Result<Option<ContentRow>> {
    sqlx::query_as("SELECT * FROM content WHERE business_account_id = ? AND sid = ?")
        .bind(account)
        .bind(sid)
        .fetch_optional(db)
        .await
}

/// An account's, the latest first.
pub(crate) async fn of_account(db: &mut Connection, account: &str, limit: i64, from: i64) -> Result<Vec<ContentRow>> {
    sqlx::query_as("SELECT * FROM content WHERE business_account_id = ? ORDER BY created_at DESC, sid LIMIT ? OFFSET ?")
        .bind(account)
        .bind(limit)
        .bind(from)
        .fetch_all(db)
        .await
}

/// Notes which template it was handed in as.
pub(crate) async fn hand_in(db: &mut Connection, sid: &str, template: &str) -> Result<()> {
    sqlx::query("UPDATE content SET template_id = ? WHERE sid = ?").bind(template).bind(sid).execute(db).await?;
    Ok(())
}

pub(crate) async fn remove(db: &mut Connection, sid: &str) -> Result<()> {
    sqlx::query("DELETE FROM content WHERE sid = ?").bind(sid).execute(db).await?;
    Ok(())
}
