//! Contacts. Whatever writes one also writes what it is found by: [`index`].

mod index;

use std::collections::BTreeMap;

use pronto_db::{FromRow, Json, Result, Tx, ids, rows, sql, texts};
use pronto_domain::contact::Origin;
use pronto_domain::search::words;
use serde::{Deserialize, Serialize};

pub use index::index;

use crate::Id;

#[derive(Clone, Debug, FromRow, Serialize, Deserialize)]
pub struct Contact {
    pub id: i64,
    pub list_id: i64,
    pub first_name: String,
    pub last_name: Option<String>,
    pub phone: Option<String>,
    pub mobile: Option<String>,
    pub email: Option<String>,
    /// The company's name, as lists show it.
    pub company: Option<String>,
    pub company_id: Option<i64>,
    pub postal_address: Option<String>,
    /// `1990-12-31`
    pub date_of_birth: Option<String>,
    pub url: Option<String>,
    /// By network.
    pub socials: Json<BTreeMap<String, String>>,
    pub language: Option<String>,
    pub description: Option<String>,
    pub tags: Json<Vec<String>>,
    /// Whose contact it is, of the staff.
    pub owner_id: Option<i64>,
    pub pinned_note_id: Option<i64>,
    /// What made it: `domain::contact::Origin`.
    pub origin: String,
    pub created_by: Option<i64>,
    pub import_id: Option<i64>,
    pub merged_into: Option<i64>,
    pub version: i64,
    pub created_at: i64,
    pub updated_at: i64,
    pub deleted_at: Option<i64>,
    pub erased_at: Option<i64>,
    /// The words of the name, as lists are ordered by them.
    pub name_words: String,
}

impl Contact {
    /// First and last name.
    pub fn name(&self) -> String {
        full_name(&self.first_name, self.last_name.as_deref())
    }
}

fn full_name(first: &str, last: Option<&str>) -> String {
    match last {
        Some(last) if !last.is_empty() => format!("{first} {last}").trim().to_owned(),
        _ => first.to_owned(),
    }
}

/// What a contact is ordered and compared by.
pub(crate) fn name_words(first: &str, last: Option<&str>) -> String {
    words(&full_name(first, last))
}

/// The list that contacts go to unless an account says otherwise.
pub async fn default_list(tx: &mut Tx) -> Result<i64> {
    let found: Id =
        tx.query(sql!("SELECT id FROM contact_list WHERE deleted_at IS NULL ORDER BY id LIMIT 1")).one().await?;
    Ok(found.id)
}

pub async fn by_ids(tx: &mut Tx, contacts: &[i64]) -> Result<Vec<Contact>> {
    tx.query(sql!("SELECT c.* FROM contact c WHERE c.id IN {ids $1} AND c.deleted_at IS NULL"))
        .bind(ids(contacts.iter().copied()))
        .all()
        .await
}

/// One, for a change; also if deleted.
pub async fn lock(tx: &mut Tx, contact: i64) -> Result<Contact> {
    tx.query(sql!("SELECT c.* FROM contact c WHERE c.id = $1 {lock}")).bind(contact).one().await
}

/// Several, for a change, in the order of ids; also deleted ones.
pub async fn lock_all(tx: &mut Tx, contacts: &[i64]) -> Result<Vec<Contact>> {
    tx.query(sql!("SELECT c.* FROM contact c WHERE c.id IN {ids $1} ORDER BY c.id {lock}"))
        .bind(ids(contacts.iter().copied()))
        .all()
        .await
}

/// Several, also deleted ones.
pub async fn any_by_ids(tx: &mut Tx, contacts: &[i64]) -> Result<Vec<Contact>> {
    tx.query(sql!("SELECT c.* FROM contact c WHERE c.id IN {ids $1} ORDER BY c.id"))
        .bind(ids(contacts.iter().copied()))
        .all()
        .await
}

pub async fn by_id(tx: &mut Tx, contact: i64) -> Result<Contact> {
    by_ids(tx, &[contact]).await?.pop().ok_or(pronto_db::Error::NotFound)
}

/// Contacts with any of these numbers (digits only): as phone, as mobile, or beside them.
pub async fn by_numbers(tx: &mut Tx, numbers: &[String]) -> Result<Vec<Contact>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(sql!(
        "SELECT c.* FROM contact c WHERE c.deleted_at IS NULL AND c.id IN
             (SELECT id FROM contact WHERE deleted_at IS NULL AND phone IN {texts $1}
              UNION SELECT id FROM contact WHERE deleted_at IS NULL AND mobile IN {texts $1}
              UNION SELECT contact_id FROM contact_number WHERE digits IN {texts $1}) ORDER BY c.id"
    ))
    .bind(texts(numbers))
    .all()
    .await
}

/// Contacts whose name has these words, at most so many.
pub async fn by_name_words(tx: &mut Tx, words: &str, at_most: i64) -> Result<Vec<Contact>> {
    tx.query(sql!("SELECT c.* FROM contact c WHERE c.name_words = $1 AND c.deleted_at IS NULL ORDER BY c.id LIMIT $2"))
        .bind(words)
        .bind(at_most)
        .all()
        .await
}

/// Contacts with any of these e-mail addresses, whatever their case.
pub async fn by_emails(tx: &mut Tx, emails: &[String]) -> Result<Vec<Contact>> {
    if emails.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(sql!(
        "SELECT c.* FROM contact c
         WHERE c.email IS NOT NULL AND lower(c.email) IN {texts $1} AND c.deleted_at IS NULL ORDER BY c.id"
    ))
    .bind(texts(emails.iter().map(|email| email.to_lowercase())))
    .all()
    .await
}

/// Contacts of a list with any of these names, folded as `name_words` is.
pub async fn by_names(tx: &mut Tx, list: i64, names: &[String]) -> Result<Vec<Contact>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(sql!(
        "SELECT c.* FROM contact c WHERE c.list_id = $1 AND c.name_words IN {texts $2} AND c.deleted_at IS NULL
         ORDER BY c.id"
    ))
    .bind(list)
    .bind(texts(names))
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
    pub company_id: Option<i64>,
    pub postal_address: Option<String>,
    pub date_of_birth: Option<String>,
    pub url: Option<String>,
    pub socials: BTreeMap<String, String>,
    pub language: Option<String>,
    pub description: Option<String>,
    pub tags: Vec<String>,
    pub owner_id: Option<i64>,
    pub origin: Origin,
    /// `None`: nobody of the staff.
    pub created_by: Option<i64>,
    pub import_id: Option<i64>,
}

impl New {
    /// One with nothing but its name.
    pub fn named(list: i64, origin: Origin, first: String, last: Option<String>) -> Self {
        Self {
            list_id: list,
            first_name: first,
            last_name: last,
            phone: None,
            mobile: None,
            email: None,
            company: None,
            company_id: None,
            postal_address: None,
            date_of_birth: None,
            url: None,
            socials: BTreeMap::new(),
            language: None,
            description: None,
            tags: Vec::new(),
            owner_id: None,
            origin,
            created_by: None,
            import_id: None,
        }
    }
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    new: &'a New,
    name_words: String,
}

#[derive(Clone, Debug, FromRow)]
pub struct Made {
    pub id: i64,
    pub list_id: i64,
    pub phone: Option<String>,
    pub email: Option<String>,
}

/// Adds contacts; the answer tells them apart by list, phone and e-mail.
pub async fn add(tx: &mut Tx, contacts: &[New], now: i64) -> Result<Vec<Made>> {
    if contacts.is_empty() {
        return Ok(Vec::new());
    }
    let given: Vec<Row<'_>> = contacts
        .iter()
        .map(|new| Row { new, name_words: name_words(&new.first_name, new.last_name.as_deref()) })
        .collect();
    let made: Vec<Made> = tx
        .query(sql!(
            "INSERT INTO contact (list_id, first_name, last_name, name_words, phone, mobile, email, company, company_id,
                 postal_address, date_of_birth, url, socials, language, description, tags, owner_id, origin, created_by,
                 import_id, version, created_at, updated_at)
             SELECT list_id, first_name, last_name, name_words, phone, mobile, email, company, company_id,
                 postal_address, date_of_birth, url, socials, language, description, tags, owner_id, origin, created_by,
                 import_id, 1, $2, $2
             FROM {rows $1 r: list_id bigint, first_name text, last_name text, name_words text, phone text, mobile text,
                   email text, company text, company_id bigint, postal_address text, date_of_birth text, url text,
                   socials jsonb, language text, description text, tags jsonb, owner_id bigint, origin text,
                   created_by bigint, import_id bigint}
             WHERE TRUE RETURNING id, list_id, phone, email"
        ))
        .bind(rows(&given))
        .bind(now)
        .all()
        .await?;
    let added: Vec<i64> = made.iter().map(|made| made.id).collect();
    index(tx, &added).await?;
    Ok(made)
}

/// Saves a contact unless somebody saved it since `version` was read. Its numbers are saved before.
pub async fn save(tx: &mut Tx, contact: &Contact, now: i64) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "UPDATE contact SET first_name = $3, last_name = $4, phone = $5, mobile = $6, email = $7, company = $8,
                 language = $9, description = $10, tags = $11, list_id = $12, company_id = $13, postal_address = $14,
                 date_of_birth = $15, url = $16, socials = $17, owner_id = $18, pinned_note_id = $19, merged_into = $20,
                 deleted_at = $21, erased_at = $22, name_words = $23, updated_at = $24, version = version + 1
             WHERE id = $1 AND version = $2"
        ))
        .bind(contact.id)
        .bind(contact.version)
        .bind(&contact.first_name)
        .bind(contact.last_name.clone())
        .bind(contact.phone.clone())
        .bind(contact.mobile.clone())
        .bind(contact.email.clone())
        .bind(contact.company.clone())
        .bind(contact.language.clone())
        .bind(contact.description.clone())
        .bind_json(&contact.tags.0)
        .bind(contact.list_id)
        .bind(contact.company_id)
        .bind(contact.postal_address.clone())
        .bind(contact.date_of_birth.clone())
        .bind(contact.url.clone())
        .bind_json(&contact.socials.0)
        .bind(contact.owner_id)
        .bind(contact.pinned_note_id)
        .bind(contact.merged_into)
        .bind(contact.deleted_at)
        .bind(contact.erased_at)
        .bind(words(&contact.name()))
        .bind(now)
        .execute()
        .await?;
    if touched == 1 {
        index(tx, &[contact.id]).await?;
    }
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
        .bind(words(name))
        .all()
        .await?;
    Ok(touched.into_iter().map(|row| row.id).collect())
}

/// The same of one address of a contact that has no name, or of none.
pub async fn rename_on(tx: &mut Tx, contact: Option<i64>, address: i64, name: &str) -> Result<Vec<i64>> {
    let touched: Vec<Id> = tx
        .query(sql!(
            "UPDATE interaction SET customer = $3, customer_words = $4, version = version + 1
             WHERE address_id = $2 AND contact_id IS NOT DISTINCT FROM $1 AND customer <> $3 RETURNING id"
        ))
        .bind(contact)
        .bind(address)
        .bind(name)
        .bind(words(name))
        .all()
        .await?;
    Ok(touched.into_iter().map(|row| row.id).collect())
}

/// An address, and all that it ever wrote, is a contact's from now on; answers the interactions.
pub async fn link_address(tx: &mut Tx, address: i64, contact: i64) -> Result<Vec<i64>> {
    tx.query(sql!("UPDATE address SET contact_id = $2, version = version + 1 WHERE id = $1"))
        .bind(address)
        .bind(contact)
        .execute()
        .await?;
    let touched: Vec<Id> = tx
        .query(sql!(
            "UPDATE interaction SET contact_id = $2, version = version + 1
             WHERE address_id = $1 AND (contact_id IS NULL OR contact_id <> $2) RETURNING id"
        ))
        .bind(address)
        .bind(contact)
        .all()
        .await?;
    Ok(touched.into_iter().map(|row| row.id).collect())
}
