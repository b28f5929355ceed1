//! One change of many contacts, checked one by one.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::access::{Permission, Viewer};
use pronto_domain::contact::Level;
use pronto_domain::id::{ContactId, ContactListId};
use pronto_store as store;
use serde_json::json;
use store::contact::Contact;

use super::{after, allowed, fields, may_edit, record, sees, tell};
use crate::{Error, Result};

#[derive(Clone, Debug)]
pub struct Bulk {
    pub by: Viewer,
    pub contacts: Vec<ContactId>,
    pub task: Task,
}

#[derive(Clone, Debug)]
pub enum Task {
    Tag { add: Vec<String>, remove: Vec<String> },
    Move { list: ContactListId },
    Delete,
}

/// One that was left as it is, and why.
#[derive(Debug)]
pub struct NotDone {
    pub contact: ContactId,
    pub why: Error,
}

/// Answers those that were not done; all others were.
pub async fn bulk(tx: &mut Tx, now: Timestamp, input: &Bulk) -> Result<Vec<NotDone>> {
    let ids: Vec<i64> = input.contacts.iter().map(|id| id.0).collect();
    let found = store::contact::lock_all(tx, &ids).await?;
    let mut failed = Vec::new();
    for contact in &input.contacts {
        let done = match found.iter().find(|found| found.id == contact.0 && found.deleted_at.is_none()) {
            Some(found) if sees(tx, &input.by, found).await? => one(tx, now, input, found.clone()).await,
            _ => Err(pronto_db::Error::NotFound.into()),
        };
        match done {
            Ok(()) => {}
            // What the database says concerns all of them.
            Err(Error::Db(error)) if !matches!(error, pronto_db::Error::NotFound) => return Err(error.into()),
            Err(why) => failed.push(NotDone { contact: *contact, why }),
        }
    }
    Ok(failed)
}

/// Every check stands before the first change, so what fails has changed nothing.
async fn one(tx: &mut Tx, now: Timestamp, input: &Bulk, mut contact: Contact) -> Result<()> {
    let at = store::millis(now);
    let was = contact.list_id;
    let (action, told) = match &input.task {
        Task::Tag { add, remove } => {
            if !may_edit(tx, &input.by, &contact).await? {
                return Err(Error::Forbidden { needs: Permission::EditContacts.to_string() });
            }
            let mut wanted = contact.tags.0.clone();
            wanted.retain(|tag| !remove.contains(tag));
            wanted.extend(add.iter().cloned());
            let wanted = fields::tags(&wanted)?;
            if wanted == contact.tags.0 {
                return Ok(());
            }
            contact.tags.0 = wanted;
            ("contact.changed", after(&["tags"]))
        }
        Task::Move { list } => {
            if list.0 == was {
                return Ok(());
            }
            allowed(&input.by, was, Level::MergeDelete)?;
            allowed(&input.by, list.0, Level::Add)?;
            contact.list_id = list.0;
            ("contact.moved", json!({ "from": was, "to": list }))
        }
        Task::Delete => {
            allowed(&input.by, was, Level::MergeDelete)?;
            contact.deleted_at = Some(at);
            ("contact.deleted", json!({ "list": was }))
        }
    };
    if !store::contact::save(tx, &contact, at).await? {
        return Err(Error::Stale);
    }
    record(tx, at, input.by.user, action, contact.id, told).await?;
    tell(tx, at, contact.id, (was != contact.list_id).then_some(was)).await
}
