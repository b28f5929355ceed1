//! Making contacts: by hand, and from one in another list.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::access::Viewer;
use pronto_domain::contact::{Level, Origin};
use pronto_domain::id::{ContactId, ContactListId};
use pronto_store as store;
use serde_json::json;
use store::contact::{Contact, New};

use super::{Fields, allowed, duplicates, made, record, sees, tell};
use crate::act::contact_field;
use crate::{Error, Result};

#[derive(Clone, Debug)]
pub struct Make {
    pub by: Viewer,
    pub list: ContactListId,
    pub fields: Fields,
    /// The number beside which one without its country is read.
    pub beside: Option<String>,
    /// Even where the list has somebody with the number or the e-mail address.
    pub force: bool,
}

pub async fn make(tx: &mut Tx, now: Timestamp, input: &Make) -> Result<Contact> {
    allowed(&input.by, input.list.0, Level::Add)?;
    let at = store::millis(now);
    let bare =
        New { created_by: Some(input.by.user.0), ..New::named(input.list.0, Origin::Agent, String::new(), None) };
    let id = store::contact::add(tx, &[bare], at).await?.pop().ok_or(pronto_db::Error::Conflict)?.id;
    let mut contact = store::contact::lock(tx, id).await?;
    let (numbers, _) = input.fields.apply(tx, &mut contact, input.beside.as_deref(), now).await?;
    pronto_domain::contact::fill(&mut contact.phone, &mut contact.mobile);
    let numbers = numbers.unwrap_or_default();
    let named = !contact.name().is_empty() || contact.company.is_some();
    if !named && contact.phone.is_none() && contact.email.is_none() && numbers.is_empty() {
        return Err(Error::invalid("first_name", "required", "a name, a company, a number or an e-mail address"));
    }
    if !input.force {
        let digits: Vec<String> = numbers.iter().map(|number| number.digits.clone()).collect();
        let contacts = duplicates(tx, &contact, &digits).await?;
        if !contacts.is_empty() {
            return Err(Error::Duplicate { contacts });
        }
    }
    if !numbers.is_empty() {
        store::contact_number::set(tx, &[id], &numbers).await?;
    }
    if !store::contact::save(tx, &contact, at).await? {
        return Err(pronto_db::Error::Conflict.into());
    }
    contact_field::fill(tx, id, input.list, &input.fields.fields).await?;
    made(tx, at, input.by.user, id, input.list.0).await?;
    Ok(store::contact::by_id(tx, id).await?)
}

/// A contact once more, in another list. Its interactions stay with the first.
#[derive(Clone, Debug)]
pub struct Copy {
    pub by: Viewer,
    pub contact: ContactId,
    pub list: ContactListId,
    pub force: bool,
}

pub async fn copy(tx: &mut Tx, now: Timestamp, input: &Copy) -> Result<Contact> {
    let at = store::millis(now);
    let from = store::contact::by_id(tx, input.contact.0).await?;
    if !sees(tx, &input.by, &from).await? {
        return Err(pronto_db::Error::NotFound.into());
    }
    allowed(&input.by, input.list.0, Level::Add)?;
    let numbers = store::contact_number::of(tx, &[from.id]).await?;
    if !input.force {
        let digits: Vec<String> = numbers.iter().map(|number| number.digits.clone()).collect();
        let there = Contact { id: 0, list_id: input.list.0, ..from.clone() };
        let contacts = duplicates(tx, &there, &digits).await?;
        if !contacts.is_empty() {
            return Err(Error::Duplicate { contacts });
        }
    }
    let new = New {
        phone: from.phone,
        mobile: from.mobile,
        email: from.email,
        company: from.company,
        company_id: from.company_id,
        postal_address: from.postal_address,
        date_of_birth: from.date_of_birth,
        url: from.url,
        socials: from.socials.0,
        language: from.language,
        description: from.description,
        tags: from.tags.0,
        owner_id: from.owner_id,
        created_by: Some(input.by.user.0),
        ..New::named(input.list.0, Origin::Copy, from.first_name, from.last_name)
    };
    let id = store::contact::add(tx, &[new], at).await?.pop().ok_or(pronto_db::Error::Conflict)?.id;
    if !numbers.is_empty() {
        let numbers: Vec<_> =
            numbers.into_iter().map(|number| store::contact_number::Number { contact_id: id, ..number }).collect();
        store::contact_number::set(tx, &[id], &numbers).await?;
        store::contact::index(tx, &[id]).await?;
    }
    contact_field::copy(tx, from.id, id, input.list).await?;
    record(tx, at, input.by.user, "contact.made", id, json!({ "origin": Origin::Copy, "from": from.id })).await?;
    tell(tx, at, id, None).await?;
    Ok(store::contact::by_id(tx, id).await?)
}
