//! Takes an import back: whom it made goes, whom it changed is as before, and whom somebody has worked on since stays.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::import::State;
use pronto_store as store;
use store::contact::Contact;
use store::contact_import::{Before, Import, Whole};

use super::{Told, move_on, tell};
use crate::Result;
use crate::act::contact::spread;

/// Contacts taken back together.
const BATCH: i64 = 200;

/// A step of it: first those that it changed, then those that it made, behind the one named last.
pub(crate) async fn undo(tx: &mut Tx, now: Timestamp, import: i64, after: i64) -> Result<(Told, i64)> {
    let at = store::millis(now);
    let mut import = store::contact_import::lock(tx, import).await?;
    if import.state()? != State::Undoing {
        return Ok((Told::Ended, after));
    }
    let changed = store::contact_import::kept(tx, import.id, BATCH).await?;
    if !changed.is_empty() {
        for before in &changed {
            if !put_back(tx, at, before).await? {
                import.kept += 1;
            }
        }
        let ids: Vec<i64> = changed.iter().map(|before| before.contact_id).collect();
        store::contact_import::put_back(tx, import.id, &ids).await?;
        store::contact_import::save(tx, &import).await?;
        return Ok((Told::GoOn, after));
    }
    let made = store::contact_import::made(tx, import.id, after, BATCH).await?;
    let last = made.last().map(|contact| contact.id);
    take_back(tx, at, &mut import, made).await?;
    if last.is_none() {
        move_on(&mut import, State::Undone);
        import.undone_at = Some(at);
    }
    store::contact_import::save(tx, &import).await?;
    tell(tx, &import, at).await?;
    Ok(last.map_or((Told::Ended, after), |last| (Told::GoOn, last)))
}

async fn take_back(tx: &mut Tx, at: i64, import: &mut Import, made: Vec<Contact>) -> Result<()> {
    let ids: Vec<i64> = made.iter().map(|contact| contact.id).collect();
    let used = store::contact_import::used(tx, &ids).await?;
    for mut contact in made {
        // One that was changed by hand, or that has interactions or notes, is somebody's work.
        if contact.version > 1 || used.contains(&contact.id) {
            import.kept += 1;
            continue;
        }
        contact.deleted_at = Some(at);
        if !store::contact::save(tx, &contact, at).await? {
            return Err(pronto_db::Error::Conflict.into());
        }
    }
    Ok(())
}

/// As it was, unless somebody has changed it since.
async fn put_back(tx: &mut Tx, at: i64, before: &Before) -> Result<bool> {
    let now = store::contact::lock(tx, before.contact_id).await?;
    if now.version != before.version || now.deleted_at.is_some() {
        return Ok(false);
    }
    let Whole { contact, numbers, values } = &before.before.0;
    let contact = Contact { version: now.version, ..contact.clone() };
    store::contact_number::set(tx, &[contact.id], numbers).await?;
    let held = store::contact_field::held(tx, &[contact.id]).await?;
    let fields: Vec<i64> = held.iter().map(|held| held.field_id).collect();
    store::contact_field::clear(tx, contact.id, &fields).await?;
    store::contact_field::put(tx, values).await?;
    if !store::contact::save(tx, &contact, at).await? {
        return Err(pronto_db::Error::Conflict.into());
    }
    spread(tx, &contact, at).await?;
    Ok(true)
}
