use serde_json::{Value, json};
use sqlx::FromRow;

use super::{Connection, Result};
use crate::meta::template_authentication as authentication;
use crate::{clock, ids};

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
    /// `GREEN`, `YELLOW`, `RED` or `UNKNOWN`.
    pub(crate) quality: String,
    pub(crate) quality_at: i64,
    /// Its review may put it into another category.
    pub(crate) recategorise: bool,
    pub(crate) previous_category: Option<String>,
    /// The category it will soon be put into.
    pub(crate) correct_category: Option<String>,
}

impl TemplateRow {
    /// One that was just handed in for review, with positional variables.
    pub(crate) fn handed_in(account: &str, name: &str, language: &str, category: String, components: &[Value]) -> Self {
        let now = clock::now();
        Self {
            id: ids::object_id(),
            business_account_id: account.to_owned(),
            name: name.to_owned(),
            language: language.to_owned(),
            category,
            status: "PENDING".to_owned(),
            parameter_format: "POSITIONAL".to_owned(),
            components: json!(components).to_string(),
            reason: None,
            created_at: now,
            quality: "UNKNOWN".to_owned(),
            quality_at: now,
            recategorise: false,
            previous_category: None,
            correct_category: None,
        }
    }

    /// As sent and shown: with Meta's own words where it is Meta that writes them.
    pub(crate) fn components(&self) -> Vec<Value> {
        let mut components = self.submitted();
        if self.category == "AUTHENTICATION" {
            authentication::word(&self.language, &mut components);
        }
        components
    }

    /// As its business wrote them.
    pub(crate) fn submitted(&self) -> Vec<Value> {
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
            "quality_score": {"score": self.quality, "date": self.quality_at / 1000},
            "rejected_reason": "NONE",
        });
        if self.status == "REJECTED" {
            view["rejected_reason"] = json!(self.reason.as_deref().unwrap_or("INVALID_FORMAT"));
        }
        for (key, category) in
            [("previous_category", &self.previous_category), ("correct_category", &self.correct_category)]
        {
            if let Some(category) = category {
                view[key] = json!(category);
            }
        }
        view
    }
}

macro_rules! select_templates {
    ($rest:literal) => {
        concat!(
            "SELECT template.*, coalesce(standing.quality, 'GREEN') AS quality,
               coalesce(standing.quality_at, template.created_at) AS quality_at,
               coalesce(standing.recategorise, 0) AS recategorise, standing.previous_category, standing.correct_category
             FROM template LEFT JOIN template_standing AS standing ON standing.template_id = template.id ",
            $rest
        )
    };
}

pub(crate) async fn find(db: &mut Connection, id: &str) -> Result<Option<TemplateRow>> {
    sqlx::query_as(select_templates!("WHERE template.id = ?")).bind(id).fetch_optional(db).await
}

pub(crate) async fn named(db: &mut Connection, account: &str, name: &str) -> Result<Vec<TemplateRow>> {
    sqlx::query_as(select_templates!("WHERE business_account_id = ? AND name = ? ORDER BY language"))
        .bind(account)
        .bind(name)
        .fetch_all(db)
        .await
}

pub(crate) async fn of_account(db: &mut Connection, account: &str) -> Result<Vec<TemplateRow>> {
    sqlx::query_as(select_templates!("WHERE business_account_id = ? ORDER BY created_at DESC, id LIMIT 6000"))
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
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "INSERT INTO template_standing (template_id, quality, quality_at, recategorise, previous_category, correct_category)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (template_id) DO UPDATE SET quality = excluded.quality, quality_at = excluded.quality_at,
           recategorise = excluded.recategorise, previous_category = excluded.previous_category,
           correct_category = excluded.correct_category",
    )
    .bind(&template.id)
    .bind(&template.quality)
    .bind(template.quality_at)
    .bind(template.recategorise)
    .bind(&template.previous_category)
    .bind(&template.correct_category)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn remove(db: &mut Connection, id: &str) -> Result<()> {
    sqlx::query("DELETE FROM template WHERE id = ?").bind(id).execute(&mut *db).await?;
    sqlx::query("DELETE FROM template_standing WHERE template_id = ?").bind(id).execute(db).await?;
    Ok(())
}
