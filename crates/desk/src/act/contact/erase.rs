//! Taking away all that is known of a person, as the law gives them the right to. The audit entry stays.

use jiff::Timestamp;
use pronto_db::{Json, Tx};
use pronto_domain::access::{Permission, Viewer};
use pronto_domain::contact::Level;
use pronto_domain::id::ContactId;
use pronto_store as store;
use serde_json::{Value, json};
use store::contact::Contact;
use store::contact_erasure::{self, Counts};
use store::{audit, event};

use super::{TEXT_AT_MOST, allowed, tell, text};
use crate::{Error, Result};

#[derive(Clone, Debug)]
pub struct Erase {
    pub by: Viewer,
    pub contact: ContactId,
    /// Why, for whoever asks later. Nothing of the person belongs there.
    pub reason: String,
}

/// What is left to do once it is committed.
#[derive(Clone, Debug)]
pub struct Erased {
    pub counts: Counts,
    /// Files that nothing points to any more.
    pub files: Vec<String>,
}

/// Of the contact, of those that went into it, and of all that they wrote and were written.
pub async fn erase(tx: &mut Tx, now: Timestamp, input: &Erase) -> Result<Erased> {
    let at = store::millis(now);
    if !input.by.may(Permission::EditLists) {
        return Err(Error::Forbidden { needs: Permission::EditLists.to_string() });
    }
    let reason = text("reason", &input.reason, TEXT_AT_MOST)?;
    let reason = reason.ok_or_else(|| Error::invalid("reason", "required", "this may not be empty"))?;
    let extent = contact_erasure::extent(tx, input.contact.0).await?;
    let contacts = store::contact::lock_all(tx, &extent.contacts).await?;
    let contact = contacts.iter().find(|one| one.id == input.contact.0);
    let contact = contact.filter(|one| one.erased_at.is_none() && one.merged_into.is_none());
    let contact = contact.ok_or(pronto_db::Error::NotFound)?;
    allowed(&input.by, contact.list_id, Level::MergeDelete)?;
    if contact_erasure::is_going_on(tx, &extent).await? {
        let detail = "an interaction is open, or a message on its way; close it first".to_owned();
        return Err(Error::Impossible { code: "open_interactions", detail });
    }
    let files = contact_erasure::files(tx, &extent.interactions).await?;
    let counts = Counts {
        contacts: extent.contacts.len(),
        addresses: extent.addresses.len(),
        interactions: extent.interactions.len(),
        messages: contact_erasure::messages(tx, &extent.interactions, at).await?,
        files: files.len(),
        deliveries: contact_erasure::addresses(tx, &extent).await?,
    };
    contact_erasure::beside(tx, &extent.contacts).await?;
    for contact in &contacts {
        if !store::contact::save(tx, &bare(contact, at), at).await? {
            return Err(Error::Stale);
        }
    }
    let written =
        contact_erasure::New { contact: input.contact.0, user: input.by.user.0, reason: &reason, counts: &counts };
    let erasure = contact_erasure::add(tx, &written, at).await?;
    let told = json!({ "erasure": erasure, "reason": reason, "counts": counts });
    let entry = audit::Entry {
        at,
        user: Some(input.by.user.0),
        action: "contact.erased",
        subject: format!("contact {}", input.contact.0),
        before: &Value::Null,
        after: &told,
    };
    audit::write(tx, entry).await?;
    let changed: Vec<event::New> =
        extent.interactions.iter().map(|id| event::New::on(event::Kind::Interaction, *id, *id)).collect();
    event::append(tx, &changed, at).await?;
    for contact in &extent.contacts {
        tell(tx, at, *contact, None).await?;
    }
    Ok(Erased { counts, files })
}

/// Nothing is left of the person.
fn bare(contact: &Contact, at: i64) -> Contact {
    Contact {
        first_name: String::new(),
        last_name: None,
        phone: None,
        mobile: None,
        email: None,
        company: None,
        company_id: None,
        postal_address: None,
        date_of_birth: None,
        url: None,
        socials: Json(std::collections::BTreeMap::new()),
        language: None,
        description: None,
        tags: Json(Vec::new()),
        owner_id: None,
        pinned_note_id: None,
        deleted_at: Some(contact.deleted_at.unwrap_or(at)),
        erased_at: Some(at),
        ..contact.clone()
    }
}
