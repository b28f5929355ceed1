use super::templates::TemplateRow;
use super::{Connection, Result};
use crate::clock;

/// Keeps what was done with a template: `created`, `edited` or `deleted`.
pub(crate) async fn add(db: &mut Connection, template: &TemplateRow, act: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO template_act (business_account_id, template_id, name, language, act, at) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(&template.business_account_id)
    .bind(&template.id)
    .bind(&template.name)
    .bind(&template.language)
    .bind(act)
    .bind(clock::now())
    .execute(db)
    .await?;
    Ok(())
}

/// How many templates an account has created since an instant.
pub(crate) async fn created(db: &mut Connection, account: &str, since: i64) -> Result<i64> {
    sqlx::query_scalar("SELECT count(*) FROM template_act WHERE business_account_id = ? AND act = 'created' AND at > ?")
        .bind(account)
        .bind(since)
        .fetch_one(db)
        .await
}

/// How often a template has been edited since an instant.
pub(crate) async fn edited(db: &mut Connection, template: &TemplateRow, since: i64) -> Result<i64> {
    sqlx::query_scalar(
        "SELECT count(*) FROM template_act
         WHERE business_account_id = ? AND act = 'edited' AND at > ? AND template_id = ?",
    )
    .bind(&template.business_account_id)
    .bind(since)
    .bind(&template.id)
    .fetch_one(db)
    .await
}

/// When the latest template of a name in a language was deleted.
pub(crate) async fn deleted(db: &mut Connection, account: &str, name: &str, language: &str) -> Result<Option<i64>> {
    sqlx::query_scalar(
        "SELECT max(at) FROM template_act
         WHERE business_account_id = ? AND act = 'deleted' AND name = ? AND language = ?",
    )
    .bind(account)
    .bind(name)
    .bind(language)
    .fetch_one(db)
    .await
}

/// Moves all of it into the past.
pub(crate) async fn age(db: &mut Connection, by: i64) -> Result<()> {
    sqlx::query("UPDATE template_act SET at = at - ?").bind(by).execute(db).await?;
    Ok(())
}
