//! Dated notes about a contact, one of which may be pinned.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::access::{Role, Viewer};
use pronto_domain::id::{ContactId, ContactNoteId};
use pronto_store as store;
use serde_json::json;
use store::contact_note::Note;

use super::{lock_to_edit, record, tell, text};
use crate::{Error, Result};

const NOTE_AT_MOST: usize = 4_000;

#[derive(Clone, Debug)]
pub struct AddNote {
    pub by: Viewer,
    pub contact: ContactId,
    pub text: String,
    pub pinned: bool,
}

/// What is `None` stays as it is.
#[derive(Clone, Debug)]
pub struct ChangeNote {
    pub by: Viewer,
    pub contact: ContactId,
    pub note: ContactNoteId,
    /// The version it was made on.
    pub version: i64,
    /// One's own.
    pub text: Option<String>,
    /// At most one is: pinning it unpins another.
    pub pinned: Option<bool>,
}

#[derive(Clone, Debug)]
pub struct RemoveNote {
    pub by: Viewer,
    pub contact: ContactId,
    pub note: ContactNoteId,
}

fn words(given: &str) -> Result<String> {
    text("text", given, NOTE_AT_MOST)?.ok_or_else(|| Error::invalid("text", "required", "this may not be empty"))
}

pub async fn add_note(tx: &mut Tx, now: Timestamp, input: &AddNote) -> Result<Note> {
    let at = store::millis(now);
    let mut contact = lock_to_edit(tx, &input.by, input.contact.0).await?;
    let id = store::contact_note::add(tx, contact.id, input.by.user.0, &words(&input.text)?, at).await?;
    if input.pinned {
        contact.pinned_note_id = Some(id);
    }
    if !store::contact::save(tx, &contact, at).await? {
        return Err(Error::Stale);
    }
    record(tx, at, input.by.user, "contact.note_added", contact.id, json!({ "note": id })).await?;
    tell(tx, at, contact.id, None).await?;
    Ok(store::contact_note::lock(tx, id).await?)
}

pub async fn change_note(tx: &mut Tx, now: Timestamp, input: &ChangeNote) -> Result<Note> {
    let at = store::millis(now);
    let mut contact = lock_to_edit(tx, &input.by, input.contact.0).await?;
    let mut note = of(tx, contact.id, input.note).await?;
    if note.version != input.version {
        return Err(Error::Stale);
    }
    if let Some(text) = &input.text {
        own(&input.by, &note)?;
        note.text = words(text)?;
        note.edited_at = Some(at);
        if !store::contact_note::save(tx, &note).await? {
            return Err(Error::Stale);
        }
    }
    match input.pinned {
        Some(true) => contact.pinned_note_id = Some(note.id),
        Some(false) if contact.pinned_note_id == Some(note.id) => contact.pinned_note_id = None,
        _ => {}
    }
    if !store::contact::save(tx, &contact, at).await? {
        return Err(Error::Stale);
    }
    record(tx, at, input.by.user, "contact.note_changed", contact.id, json!({ "note": note.id })).await?;
    tell(tx, at, contact.id, None).await?;
    Ok(store::contact_note::lock(tx, note.id).await?)
}

pub async fn remove_note(tx: &mut Tx, now: Timestamp, input: &RemoveNote) -> Result<()> {
    let at = store::millis(now);
    let mut contact = lock_to_edit(tx, &input.by, input.contact.0).await?;
    let note = of(tx, contact.id, input.note).await?;
    own(&input.by, &note)?;
    store::contact_note::delete(tx, note.id).await?;
    contact.pinned_note_id = contact.pinned_note_id.filter(|pinned| *pinned != note.id);
    if !store::contact::save(tx, &contact, at).await? {
        return Err(Error::Stale);
    }
    record(tx, at, input.by.user, "contact.note_removed", contact.id, json!({ "note": note.id })).await?;
    tell(tx, at, contact.id, None).await
}

async fn of(tx: &mut Tx, contact: i64, note: ContactNoteId) -> Result<Note> {
    let note = store::contact_note::lock(tx, note.0).await?;
    if note.contact_id == contact { Ok(note) } else { Err(pronto_db::Error::NotFound.into()) }
}

/// What others wrote is theirs; supervisors keep order.
fn own(by: &Viewer, note: &Note) -> Result<()> {
    let may = note.user_id == by.user.0 || by.supervises();
    if may { Ok(()) } else { Err(Error::Forbidden { needs: Role::Supervisor.to_string() }) }
}
