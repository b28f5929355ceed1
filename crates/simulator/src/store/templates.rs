use serde_json::{Value, json};
use sqlx::FromRow;

use super::{Connection, Result};

/// A template as stored.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct TemplateRow {
    pub(crate) id: String,
    pub(crate) business_account_id: String,
    pub(crate) name: String,
    pub(crate) language: String,
    pub(crate) category: String,
    pub(crate) status: String,
    /// `POSITIONAL` or `NAMED`.
    pub(crate) parameter_format: String,
    pub(crate) components: String,
    pub(crate) reason: Option<String>,
    pub(crate) created_at: i64,
}

impl TemplateRow {
    pub(crate) fn components(&self) -> Vec<Value> {
        serde_json::from_str(&self.components).unwrap_or_default()
    }

    /// As Meta shows it.
    pub(crate) fn view(&self) -> Value {
        let mut view = json!({
            "id": self.id,
            "name": self.name,
            "language": self.language,
            "category": self.category,
            "status": self.status,
            "parameter_format": self.parameter_format,
            "components": self.components(),
        });
        if self.status == "REJECTED" {
            view["rejected_reason"] = json!(self.reason.as_deref().unwrap_or("INVALID_FORMAT"));
        } else {
            view["quality_score"] = json!({"score": "GREEN", "date": self.created_at / 1000});
        }
        view
    }
}

pub(crate) async fn find(db: &mut Connection, id: &str) -> Result<Option<TemplateRow>> {
    sqlx::query_as("SELECT * FROM template WHERE id = ?").bind(id).fetch_optional(db).await
}

pub(crate) async fn named(db: &mut Connection, account: &str, name: &str) -> Result<Vec<TemplateRow>> {
    sqlx::query_as("SELECT * FROM template WHERE business_account_id = ? AND name = ? ORDER BY language")
        .bind(account)
        .bind(name)
        .fetch_all(db)
        .await
}

pub(crate) async fn of_account(db: &mut Connection, account: &str) -> Result<Vec<TemplateRow>> {
    sqlx::query_as("SELECT * FROM template WHERE business_account_id = ? ORDER BY created_at DESC, id LIMIT 6000")
        .bind(account)
        .fetch_all(db)
        .await
}

/// Adds a template, or replaces the one of the same id.
pub(crate) async fn save(db: &mut Connection, template: &TemplateRow) -> Result<()> {
    sqlx::query(
        "INSERT INTO template (id, business_account_id, name, language, category, status, parameter_format, components, reason, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET category = excluded.category, status = excluded.status,
           parameter_format = excluded.parameter_format, components = excluded.components, reason = excluded.reason",
    )
    .bind(&template.id)
    .bind(&template.business_account_id)
    .bind(&template.name)
    .bind(&template.language)
    .bind(&template.category)
    .bind(&template.status)
    .bind(&template.parameter_format)
    .bind(&template.components)
    .bind(&template.reason)
    .bind(template.created_at)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn remove(db: &mut Connection, id: &str) -> Result<()> {
    sqlx::query("DELETE FROM template WHERE id = ?").bind(id).execute(db).await?;
    Ok(())
}
