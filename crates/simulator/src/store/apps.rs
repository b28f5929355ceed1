use sqlx::FromRow;

use super::{Connection, Result};
use crate::provider::{self, Provider};
use crate::seed::App;
use crate::{clock, ids, number};

/// An app as stored.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct AppRow {
    pub(crate) id: String,
    pub(crate) app_secret: String,
    pub(crate) access_tokens: String,
    pub(crate) verify_token: String,
    pub(crate) webhook_url: String,
    pub(crate) business_account_id: String,
    pub(crate) subscribed: bool,
    #[sqlx(try_from = "String")]
    pub(crate) provider: Provider,
    #[sqlx(json)]
    pub(crate) connection: provider::Connection,
}

impl AppRow {
    pub(crate) fn accepts(&self, token: &str) -> bool {
        serde_json::from_str::<Vec<String>>(&self.access_tokens)
            .is_ok_and(|tokens| tokens.iter().any(|known| known == token))
    }

    /// The account that templates belong to.
    pub(crate) fn templates_of(&self) -> &str {
        self.connection.waba_id.as_deref().unwrap_or(&self.business_account_id)
    }
}

/// A number of a business as stored.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct NumberRow {
    pub(crate) id: String,
    pub(crate) app_id: String,
    pub(crate) display: String,
    pub(crate) digits: String,
    pub(crate) verified_name: String,
    pub(crate) registered: bool,
    #[sqlx(try_from = "String")]
    pub(crate) provider: Provider,
}

macro_rules! select_apps {
    ($rest:literal) => {
        concat!(
            "SELECT app.*, coalesce(provider.name, 'meta') AS provider, coalesce(provider.connection, '{}') AS connection
             FROM app LEFT JOIN provider ON provider.app_id = app.id ",
            $rest
        )
    };
}

macro_rules! select_numbers {
    ($rest:literal) => {
        concat!(
            "SELECT number.*, coalesce(provider.name, 'meta') AS provider
             FROM number LEFT JOIN provider ON provider.app_id = number.app_id ",
            $rest
        )
    };
}

pub(crate) async fn all(db: &mut Connection) -> Result<Vec<AppRow>> {
    sqlx::query_as(select_apps!("ORDER BY app.id")).fetch_all(db).await
}

pub(crate) async fn find(db: &mut Connection, id: &str) -> Result<Option<AppRow>> {
    sqlx::query_as(select_apps!("WHERE app.id = ?")).bind(id).fetch_optional(db).await
}

pub(crate) async fn numbers(db: &mut Connection) -> Result<Vec<NumberRow>> {
    sqlx::query_as(select_numbers!("ORDER BY number.app_id, number.id")).fetch_all(db).await
}

pub(crate) async fn numbers_of(db: &mut Connection, app: &str) -> Result<Vec<NumberRow>> {
    sqlx::query_as(select_numbers!("WHERE number.app_id = ? ORDER BY number.id")).bind(app).fetch_all(db).await
}

pub(crate) async fn number(db: &mut Connection, id: &str) -> Result<Option<NumberRow>> {
    sqlx::query_as(select_numbers!("WHERE number.id = ?")).bind(id).fetch_optional(db).await
}

/// The apps of a provider.
pub(crate) async fn of(db: &mut Connection, provider: Provider) -> Result<Vec<AppRow>> {
    Ok(all(db).await?.into_iter().filter(|app| app.provider == provider).collect())
}

/// A business by its id or by its number in any spelling.
pub(crate) async fn number_called(db: &mut Connection, text: &str) -> Result<Option<NumberRow>> {
    if let Some(found) = number(&mut *db, text).await? {
        return Ok(Some(found));
    }
    sqlx::query_as(select_numbers!("WHERE number.digits = ?")).bind(number::digits(text)).fetch_optional(db).await
}

/// Writes an app with its numbers; templates only where there is none of that name and language yet, and none was
/// deleted.
pub(crate) async fn save(db: &mut Connection, app: &App) -> Result<()> {
    let tokens = serde_json::to_string(&app.access_tokens).unwrap_or_default();
    sqlx::query(
        "INSERT INTO app (id, app_secret, access_tokens, verify_token, webhook_url, business_account_id) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET app_secret = excluded.app_secret, access_tokens = excluded.access_tokens,
           verify_token = excluded.verify_token, webhook_url = excluded.webhook_url,
           business_account_id = excluded.business_account_id",
    )
    .bind(&app.id)
    .bind(&app.app_secret)
    .bind(tokens)
    .bind(&app.verify_token)
    .bind(&app.webhook_url)
    .bind(&app.business_account_id)
    .execute(&mut *db)
    .await?;
    let connection = serde_json::to_string(&app.connection).unwrap_or_default();
    sqlx::query(
        "INSERT INTO provider (app_id, name, connection) VALUES (?, ?, ?)
         ON CONFLICT (app_id) DO UPDATE SET name = excluded.name, connection = excluded.connection",
    )
    .bind(&app.id)
    .bind(app.provider.as_str())
    .bind(connection)
    .execute(&mut *db)
    .await?;
    for number in &app.numbers {
        sqlx::query(
            "INSERT INTO number (id, app_id, display, digits, verified_name) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET app_id = excluded.app_id, display = excluded.display, digits = excluded.digits,
               verified_name = excluded.verified_name",
        )
        .bind(&number.phone_number_id)
        .bind(&app.id)
        .bind(&number.display_phone_number)
        .bind(number::digits(&number.display_phone_number))
        .bind(&number.verified_name)
        .execute(&mut *db)
        .await?;
    }
    for template in &app.templates {
        sqlx::query(
            "INSERT INTO template (id, business_account_id, name, language, category, status, parameter_format, components, created_at)
             SELECT ?1, ?2, ?3, ?4, ?5, 'APPROVED', 'POSITIONAL', ?6, ?7
             WHERE NOT EXISTS (SELECT 1 FROM template_act
               WHERE business_account_id = ?2 AND act = 'deleted' AND name = ?3 AND language = ?4)
             ON CONFLICT DO NOTHING",
        )
        .bind(ids::object_id())
        .bind(app.connection.waba_id.as_ref().unwrap_or(&app.business_account_id))
        .bind(&template.name)
        .bind(&template.language)
        .bind(&template.category)
        .bind(template.components.to_string())
        .bind(clock::now())
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(crate) async fn set_registered(db: &mut Connection, number: &str, registered: bool) -> Result<()> {
    sqlx::query("UPDATE number SET registered = ? WHERE id = ?").bind(registered).bind(number).execute(db).await?;
    Ok(())
}

pub(crate) async fn subscribe(
    db: &mut Connection,
    app: &str,
    subscribed: bool,
    webhook: Option<(&str, &str)>,
) -> Result<()> {
    sqlx::query("UPDATE app SET subscribed = ? WHERE id = ?").bind(subscribed).bind(app).execute(&mut *db).await?;
    if let Some((url, verify_token)) = webhook {
        sqlx::query("UPDATE app SET webhook_url = ?, verify_token = ? WHERE id = ?")
            .bind(url)
            .bind(verify_token)
            .bind(app)
            .execute(db)
            .await?;
    }
    Ok(())
}

/// Has deliveries go elsewhere, signed with another secret.
pub(crate) async fn redirect(db: &mut Connection, app: &str, webhook_url: &str, secret: &str) -> Result<()> {
    sqlx::query("UPDATE app SET webhook_url = ?, app_secret = ? WHERE id = ?")
        .bind(webhook_url)
        .bind(secret)
        .bind(app)
        .execute(db)
        .await?;
    Ok(())
}
