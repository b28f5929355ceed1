//! Contacts and the lists they belong to.

use pronto_db::{FromRow, Json, Result, Tx, ids, rows, sql, texts};
use serde::Serialize;

use crate::Id;

#[derive(Clone, Debug, FromRow)]
pub struct Contact {
    pub id: i64,
    pub list_id: i64,
    pub first_name: String,
    pub last_name: Option<String>,
    pub phone: Option<String>,
    pub mobile: Option<String>,
    pub email: Option<String>,
    pub company: Option<String>,
    pub language: Option<String>,
    pub description: Option<String>,
    pub tags: Json<Vec<String>>,
    pub version: i64,
    pub updated_at: i64,
}

impl Contact {
    /// First and last name.
    pub fn name(&self) -> String {
        match &self.last_name {
            Some(last) if !last.is_empty() => format!("{} {last}", self.first_name).trim().to_owned(),
            _ => self.first_name.clone(),
        }
    }
}

pub async fn make_list(tx: &mut Tx, name: &str) -> Result<i64> {
    let made: Id =
        tx.query(sql!("INSERT INTO contact_list (name, version) VALUES ($1, 1) RETURNING id")).bind(name).one().await?;
    Ok(made.id)
}

/// The list that contacts go to unless an account says otherwise.
pub async fn default_list(tx: &mut Tx) -> Result<i64> {
    let found: Id =
        tx.query(sql!("SELECT id FROM contact_list WHERE deleted_at IS NULL ORDER BY id LIMIT 1")).one().await?;
    Ok(found.id)
}

pub async fn by_ids(tx: &mut Tx, contacts: &[i64]) -> Result<Vec<Contact>> {
    tx.query(sql!(
        "SELECT id, list_id, first_name, last_name, phone, mobile, email, company, language, description, tags,
         version, updated_at FROM contact WHERE id IN {ids $1} AND deleted_at IS NULL"
    ))
    .bind(ids(contacts.iter().copied()))
    .all()
    .await
}

pub async fn by_id(tx: &mut Tx, contact: i64) -> Result<Contact> {
    by_ids(tx, &[contact]).await?.pop().ok_or(pronto_db::Error::NotFound)
}

/// Contacts with any of these numbers (digits only) as phone or mobile.
pub async fn by_numbers(tx: &mut Tx, numbers: &[String]) -> Result<Vec<Contact>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(sql!(
        "SELECT id, list_id, first_name, last_name, phone, mobile, email, company, language, description, tags,
         version, updated_at FROM contact WHERE id IN
             (SELECT id FROM contact WHERE deleted_at IS NULL AND phone IN {texts $1}
              UNION SELECT id FROM contact WHERE deleted_at IS NULL AND mobile IN {texts $1})"
    ))
    .bind(texts(numbers))
    .all()
    .await
}

/// A contact to add.
#[derive(Clone, Debug, Serialize)]
pub struct New {
    pub list_id: i64,
    pub first_name: String,
    pub last_name: Option<String>,
    pub phone: Option<String>,
    pub mobile: Option<String>,
    pub email: Option<String>,
    pub company: Option<String>,
    pub language: Option<String>,
    pub tags: Vec<String>,
}

#[derive(Clone, Debug, FromRow)]
pub struct Made {
    pub id: i64,
    pub list_id: i64,
    pub phone: Option<String>,
}

/// Adds contacts; the answer tells them apart by list and phone.
pub async fn add(tx: &mut Tx, contacts: &[New], now: i64) -> Result<Vec<Made>> {
    if contacts.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(sql!(
        "INSERT INTO contact (list_id, first_name, last_name, phone, mobile, email, company, language, tags, version,
             created_at, updated_at)
         SELECT list_id, first_name, last_name, phone, mobile, email, company, language, tags, 1, $2, $2
         FROM {rows $1 r: list_id bigint, first_name text, last_name text, phone text, mobile text, email text,
               company text, language text, tags jsonb}
         WHERE TRUE RETURNING id, list_id, phone"
    ))
    .bind(rows(contacts))
    .bind(now)
    .all()
    .await
}

/// Saves a contact unless somebody saved it since `version` was read.
pub async fn save(tx: &mut Tx, contact: &Contact, now: i64) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "UPDATE contact SET first_name = $2, last_name = $3, phone = $4, mobile = $5, email = $6, company = $7,
                 language = $8, description = $9, tags = $10, updated_at = $11, version = version + 1
             WHERE id = $1 AND version = $12 AND deleted_at IS NULL"
        ))
        .bind(contact.id)
        .bind(&contact.first_name)
        .bind(contact.last_name.clone())
        .bind(contact.phone.clone())
        .bind(contact.mobile.clone())
        .bind(contact.email.clone())
        .bind(contact.company.clone())
        .bind(contact.language.clone())
        .bind(contact.description.clone())
        .bind_json(&contact.tags.0)
        .bind(now)
        .bind(contact.version)
        .execute()
        .await?;
    Ok(touched == 1)
}

/// Renames the customer on the rows of lists.
pub async fn rename(tx: &mut Tx, contact: i64, name: &str) -> Result<Vec<i64>> {
    let touched: Vec<Id> = tx
        .query(sql!(
            "UPDATE interaction SET customer = $2, customer_words = $3, version = version + 1
             WHERE contact_id = $1 AND customer <> $2 RETURNING id"
        ))
        .bind(contact)
        .bind(name)
        .bind(pronto_domain::search::words(name))
        .all()
        .await?;
    Ok(touched.into_iter().map(|row| row.id).collect())
}
