//! Changing a contact: its fields, its list, and whether it is there at all.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::access::{Permission, Viewer};
use pronto_domain::contact::Level;
use pronto_domain::id::{ContactId, ContactListId};
use pronto_store as store;
use serde_json::json;
use store::contact::Contact;

use super::{Fields, after, allowed, may_edit, record, sees, spread, tell};
use crate::act::contact_field;
use crate::{Error, Result};

#[derive(Clone, Debug)]
pub struct Edit {
    pub by: Viewer,
    pub contact: ContactId,
    /// The version it was made on.
    pub version: i64,
    pub fields: Fields,
    /// Moves it.
    pub list: Option<ContactListId>,
    /// `true` deletes it, `false` brings it back.
    pub deleted: Option<bool>,
    /// The number beside which one without its country is read.
    pub beside: Option<String>,
}

pub async fn edit(tx: &mut Tx, now: Timestamp, input: &Edit) -> Result<Contact> {
    let at = store::millis(now);
    let by = &input.by;
    let mut contact = store::contact::lock(tx, input.contact.0).await?;
    let gone = contact.deleted_at.is_some();
    // One that is deleted is there for those who may bring it back, unless another stands for it.
    let there = if gone {
        input.deleted == Some(false) && contact.merged_into.is_none() && contact.erased_at.is_none()
    } else {
        true
    };
    if !there || !sees(tx, by, &contact).await? {
        return Err(pronto_db::Error::NotFound.into());
    }
    if contact.version != input.version {
        return Err(Error::Stale);
    }
    let only_moved = input.list.is_some() || input.deleted.is_some();
    let may = may_edit(tx, by, &contact).await?;
    let forbidden = || Error::Forbidden { needs: Permission::EditContacts.to_string() };
    if !may && !only_moved {
        return Err(forbidden());
    }
    let (numbers, changed) = input.fields.apply(tx, &mut contact, input.beside.as_deref(), now).await?;
    if !may && !changed.is_empty() {
        return Err(forbidden());
    }
    let was = contact.list_id;
    if let Some(list) = input.list.filter(|list| list.0 != was) {
        allowed(by, was, Level::MergeDelete)?;
        allowed(by, list.0, Level::Add)?;
        contact.list_id = list.0;
    }
    if let Some(deleted) = input.deleted.filter(|deleted| *deleted != gone) {
        allowed(by, was, Level::MergeDelete)?;
        contact.deleted_at = deleted.then_some(at);
    }
    if let Some(numbers) = &numbers {
        store::contact_number::set(tx, &[contact.id], numbers).await?;
    }
    if !store::contact::save(tx, &contact, at).await? {
        return Err(Error::Stale);
    }
    contact_field::set(tx, contact.id, ContactListId(contact.list_id), &input.fields.fields).await?;
    if !changed.is_empty() {
        record(tx, at, by.user, "contact.changed", contact.id, after(&changed)).await?;
    }
    if was != contact.list_id {
        let moved = json!({ "from": was, "to": contact.list_id });
        record(tx, at, by.user, "contact.moved", contact.id, moved).await?;
    }
    if gone != contact.deleted_at.is_some() {
        let action = if gone { "contact.restored" } else { "contact.deleted" };
        record(tx, at, by.user, action, contact.id, json!({ "list": was })).await?;
    }
    spread(tx, &contact, at).await?;
    tell(tx, at, contact.id, (was != contact.list_id).then_some(was)).await?;
    contact.version += 1;
    contact.updated_at = at;
    Ok(contact)
}
