//! Templates: what the provider has approved, and how it is used here.

use pronto_db::{FromRow, Json, Result, Tx, rows, sql};
use pronto_domain::message::UnknownWord;
use pronto_domain::template::news::News;
use pronto_domain::template::{Mapping, Status, Template as Content};
use serde::Serialize;

use crate::Id;

/// A template in one language.
#[derive(Clone, Debug, FromRow)]
pub struct Template {
    pub id: i64,
    pub account_id: i64,
    pub provider_id: String,
    pub name: String,
    pub language: String,
    pub category: String,
    pub status: String,
    pub reason: Option<String>,
    pub quality: Option<String>,
    pub content: Json<Content>,
    pub version: i64,
    pub updated_at: i64,
    pub advice: Option<String>,
    pub category_coming: Option<String>,
}

impl Template {
    pub fn status(&self) -> std::result::Result<Status, UnknownWord> {
        self.status.parse()
    }
}

/// All of an account's, by name and language; those no longer at the provider too.
pub async fn of_account(tx: &mut Tx, account: i64) -> Result<Vec<Template>> {
    tx.query(sql!("SELECT t.* FROM template t WHERE t.account_id = $1 ORDER BY t.name, t.language"))
        .bind(account)
        .all()
        .await
}

pub async fn by_id(tx: &mut Tx, template: i64) -> Result<Template> {
    tx.query(sql!("SELECT t.* FROM template t WHERE t.id = $1")).bind(template).one().await
}

/// The languages of one.
pub async fn named(tx: &mut Tx, account: i64, name: &str) -> Result<Vec<Template>> {
    tx.query(sql!("SELECT t.* FROM template t WHERE t.account_id = $1 AND t.name = $2 ORDER BY t.language"))
        .bind(account)
        .bind(name)
        .all()
        .await
}

/// A template as the provider has it now.
#[derive(Clone, Debug, Serialize)]
pub struct Fetched {
    pub account_id: i64,
    pub provider_id: String,
    pub name: String,
    pub language: String,
    pub category: String,
    pub status: &'static str,
    pub reason: Option<String>,
    pub quality: Option<String>,
    pub content: Content,
}

/// Writes what the provider has. What it said to a status stays as long as the status does, and a coming category until
/// it is there.
pub async fn put(tx: &mut Tx, fetched: &[Fetched], now: i64) -> Result<()> {
    if fetched.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "INSERT INTO template (account_id, provider_id, name, language, category, status, reason, quality, content,
             version, updated_at)
         SELECT account_id, provider_id, name, language, category, status, reason, quality, content, 1, $2
         FROM {rows $1 r: account_id bigint, provider_id text, name text, language text, category text, status text,
               reason text, quality text, content jsonb}
         WHERE TRUE ON CONFLICT (account_id, name, language) DO UPDATE SET provider_id = excluded.provider_id,
             category = excluded.category, status = excluded.status, reason = excluded.reason,
             quality = excluded.quality, content = excluded.content, version = template.version + 1,
             updated_at = excluded.updated_at"
    ))
    .bind(rows(fetched))
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

/// Whether what the provider tells is known already: it tells most things twice.
fn knows(row: &Template, news: &News) -> bool {
    let News { status, reason, advice, quality, category, category_coming } = news;
    status.is_none_or(|status| row.status == status.as_str() && row.reason == *reason && row.advice == *advice)
        && (quality.is_none() || row.quality == *quality)
        && category.as_ref().is_none_or(|category| row.category == *category)
        && category_coming.as_ref().is_none_or(|coming| row.category_coming == *coming)
}

/// Writes what the provider has told of one. What is known already makes no new version: somebody may be at work on it.
pub async fn tell(tx: &mut Tx, row: &Template, news: &News, now: i64) -> Result<()> {
    if knows(row, news) {
        return Ok(());
    }
    let coming = news.category_coming.as_ref();
    tx.query(sql!(
        "UPDATE template SET status = coalesce($2, status), reason = CASE WHEN $2 IS NULL THEN reason ELSE $3 END,
             advice = CASE WHEN $2 IS NULL THEN advice ELSE $4 END, quality = coalesce($5, quality),
             category = coalesce($6, category), category_coming = CASE WHEN $7 THEN $8 ELSE category_coming END,
             version = version + 1, updated_at = $9 WHERE id = $1"
    ))
    .bind(row.id)
    .bind(news.status.map(Status::as_str))
    .bind(news.reason.as_deref())
    .bind(news.advice.as_deref())
    .bind(news.quality.as_deref())
    .bind(news.category.as_deref())
    .bind(coming.is_some())
    .bind(coming.and_then(Option::as_deref))
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

/// How a template is used.
#[derive(Clone, Debug, FromRow)]
pub struct Use {
    pub account_id: i64,
    pub name: String,
    pub available: bool,
    pub mapping: Json<Mapping>,
    pub version: i64,
}

pub async fn uses(tx: &mut Tx, account: i64) -> Result<Vec<Use>> {
    tx.query(sql!("SELECT u.* FROM template_use u WHERE u.account_id = $1")).bind(account).all().await
}

/// As nobody has set it: not for agents, nothing filled in.
pub async fn use_of(tx: &mut Tx, account: i64, name: &str) -> Result<Use> {
    let found: Option<Use> = tx
        .query(sql!("SELECT u.* FROM template_use u WHERE u.account_id = $1 AND u.name = $2"))
        .bind(account)
        .bind(name)
        .optional()
        .await?;
    Ok(found.unwrap_or_else(|| Use {
        account_id: account,
        name: name.to_owned(),
        available: false,
        mapping: Json(Mapping::new()),
        version: 0,
    }))
}

/// Writes how one is used; `false` if somebody wrote it since `version` was read (0 = never written).
pub async fn put_use(tx: &mut Tx, of: &Use) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "INSERT INTO template_use (account_id, name, available, mapping, version) VALUES ($1, $2, $3, $4, $5 + 1)
             ON CONFLICT (account_id, name) DO UPDATE SET available = excluded.available, mapping = excluded.mapping,
                 version = excluded.version WHERE template_use.version = $5"
        ))
        .bind(of.account_id)
        .bind(&of.name)
        .bind(of.available)
        .bind_json(&of.mapping.0)
        .bind(of.version)
        .execute()
        .await?;
    Ok(touched == 1)
}

/// How an account reaches a customer again.
#[derive(Clone, Debug, FromRow)]
pub struct Account {
    pub account_id: i64,
    pub recontact: Option<String>,
    pub language: String,
    pub answer_days: i64,
    pub synced_at: Option<i64>,
    pub due_at: i64,
    pub error: Option<String>,
    pub version: i64,
}

/// As nobody has set it.
pub async fn account(tx: &mut Tx, account: i64) -> Result<Account> {
    let found: Option<Account> =
        tx.query(sql!("SELECT a.* FROM template_account a WHERE a.account_id = $1")).bind(account).optional().await?;
    Ok(found.unwrap_or(Account {
        account_id: account,
        recontact: None,
        language: "en".to_owned(),
        answer_days: 7,
        synced_at: None,
        due_at: 0,
        error: None,
        version: 0,
    }))
}

/// Writes what an administrator sets; `false` if somebody wrote it since `version` was read.
pub async fn put_account(tx: &mut Tx, of: &Account) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "INSERT INTO template_account (account_id, recontact, language, answer_days, synced_at, due_at, error,
                 version) VALUES ($1, $2, $3, $4, NULL, 0, NULL, $5 + 1)
             ON CONFLICT (account_id) DO UPDATE SET recontact = excluded.recontact, language = excluded.language,
                 answer_days = excluded.answer_days, version = excluded.version WHERE template_account.version = $5"
        ))
        .bind(of.account_id)
        .bind(of.recontact.as_deref())
        .bind(&of.language)
        .bind(of.answer_days)
        .bind(of.version)
        .execute()
        .await?;
    Ok(touched == 1)
}

/// Notes how fetching went, and when to do it again. Nothing a person saves.
pub async fn synced(tx: &mut Tx, account: i64, at: Option<i64>, due_at: i64, error: Option<&str>) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO template_account (account_id, recontact, language, answer_days, synced_at, due_at, error, version)
         VALUES ($1, NULL, 'en', 7, $2, $3, $4, 0)
         ON CONFLICT (account_id) DO UPDATE SET synced_at = coalesce(excluded.synced_at, template_account.synced_at),
             due_at = excluded.due_at, error = excluded.error"
    ))
    .bind(account)
    .bind(at)
    .bind(due_at)
    .bind(error)
    .execute()
    .await?;
    Ok(())
}

#[derive(Clone, Debug, FromRow)]
pub struct Due {
    pub account_id: i64,
    pub at: i64,
}

/// When each account's templates are to be fetched next; at once where they never were.
pub async fn due(tx: &mut Tx) -> Result<Vec<Due>> {
    tx.query(sql!(
        "SELECT a.id AS account_id, coalesce(t.due_at, 0) AS at FROM account a
         LEFT JOIN template_account t ON t.account_id = a.id WHERE a.deleted_at IS NULL ORDER BY a.id"
    ))
    .all()
    .await
}

/// The living accounts of a provider's business: its templates are all of theirs.
pub async fn siblings(tx: &mut Tx, business_account: &str) -> Result<Vec<i64>> {
    let found: Vec<Id> = tx
        .query(sql!("SELECT id FROM account WHERE deleted_at IS NULL AND business_account_id = $1 ORDER BY id"))
        .bind(business_account)
        .all()
        .await?;
    Ok(found.into_iter().map(|row| row.id).collect())
}
