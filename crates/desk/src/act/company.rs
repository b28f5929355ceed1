//! Companies that contacts work for.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::{CompanyId, UserId};
use pronto_store as store;
use serde_json::{Value, json};
use store::company::Company;
use store::event;
use store::millis;

use crate::act::contact::website;
use crate::act::record::{self, Record};
use crate::check::Check;
use crate::{Error, Result};

/// What is `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    pub name: Option<String>,
    pub url: Option<Option<String>>,
    pub note: Option<Option<String>>,
}

#[derive(Clone, Debug)]
pub struct Add {
    pub by: UserId,
    pub fields: Fields,
}

#[derive(Clone, Debug)]
pub struct Change {
    pub by: UserId,
    pub id: CompanyId,
    /// The version it was made on.
    pub version: i64,
    pub fields: Fields,
}

pub async fn add(tx: &mut Tx, now: Timestamp, input: &Add) -> Result<Company> {
    let at = millis(now);
    let mut company =
        Company { id: 0, name: String::new(), url: None, note: None, version: 1, updated_at: at, deleted_at: None };
    fits(tx, &mut company, &input.fields).await?;
    company.id = store::company::add(tx, &company.name, company.url.as_deref(), company.note.as_deref(), at).await?;
    write(tx, at, input.by, "company.added", company.id, Value::Null, told(&company)).await?;
    Ok(company)
}

/// A new name is written on all who work there.
pub async fn change(tx: &mut Tx, now: Timestamp, input: &Change) -> Result<Company> {
    let at = millis(now);
    let before = store::company::lock(tx, input.id.0).await?;
    if before.deleted_at.is_some() {
        return Err(pronto_db::Error::NotFound.into());
    }
    if before.version != input.version {
        return Err(Error::Stale);
    }
    let mut company = before.clone();
    fits(tx, &mut company, &input.fields).await?;
    if !store::company::save(tx, &company, at).await? {
        return Err(Error::Stale);
    }
    if before.name != company.name {
        let renamed = store::company::rename(tx, company.id, &company.name).await?;
        store::contact::index(tx, &renamed).await?;
        let events: Vec<event::New> = renamed.iter().map(|id| event::New::of(event::Kind::Contact, *id)).collect();
        event::append(tx, &events, at).await?;
    }
    write(tx, at, input.by, "company.changed", company.id, told(&before), told(&company)).await?;
    company.version += 1;
    Ok(company)
}

async fn fits(tx: &mut Tx, company: &mut Company, fields: &Fields) -> Result<()> {
    let mut check = Check::default();
    if let Some(name) = &fields.name {
        name.trim().clone_into(&mut company.name);
    }
    check.name("name", &company.name, 200);
    if store::company::by_name(tx, &company.name).await?.is_some_and(|other| other.id != company.id) {
        check.wrong("name", "taken", "another company has this name, maybe spelled otherwise");
    }
    let clean =
        |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    if let Some(url) = &fields.url {
        company.url = url.as_deref().map(website).transpose()?.flatten();
    }
    if let Some(note) = &fields.note {
        company.note = clean(note);
        if company.note.as_deref().is_some_and(|note| note.chars().count() > 4_000) {
            check.wrong("note", "too_long", "at most 4000 characters");
        }
    }
    check.done()
}

fn told(company: &Company) -> Value {
    json!({ "name": company.name, "url": company.url, "note": company.note })
}

async fn write(tx: &mut Tx, at: i64, by: UserId, action: &str, id: i64, before: Value, after: Value) -> Result<()> {
    let subject = format!("company {id}");
    record::write(tx, at, Record { by: Some(by), action, subject, before, after, what: &["companies"] }).await
}
