//! Two contacts that are one person become one, and are parted again.

use std::collections::BTreeMap;

use jiff::Timestamp;
use pronto_db::{Json, Tx};
use pronto_domain::access::Viewer;
use pronto_domain::contact::{ConsentState, Level};
use pronto_domain::id::{ContactId, ContactListId};
use pronto_domain::merge::{Side, merged, undone};
use pronto_store as store;
use serde_json::{Value, json};
use store::contact::Contact;
use store::contact_consent::Consent;
use store::contact_merge::{self, Moved, What};
use store::event;

use super::snapshot::{self, Snapshot};
use super::{allowed, record, sees, spread, tell};
use crate::{Error, Result};

#[derive(Clone, Debug)]
pub struct Merge {
    pub by: Viewer,
    /// The one that stays.
    pub target: ContactId,
    pub source: ContactId,
    /// The versions that were looked at side by side.
    pub versions: (i64, i64),
    /// Whose a field is, by its name; what is absent is the target's unless that is empty.
    pub choices: BTreeMap<String, Side>,
}

/// The source's interactions, addresses and notes are the target's from now on, and the source is deleted; answers the
/// merge's id.
pub async fn merge(tx: &mut Tx, now: Timestamp, input: &Merge) -> Result<i64> {
    let at = store::millis(now);
    if input.target == input.source {
        return Err(Error::invalid("source_id", "taken", "another contact than the one that stays"));
    }
    let (mut target, mut source) = both(tx, input.target.0, input.source.0).await?;
    for one in [&target, &source] {
        if one.deleted_at.is_some() || !sees(tx, &input.by, one).await? {
            return Err(pronto_db::Error::NotFound.into());
        }
        allowed(&input.by, one.list_id, Level::MergeDelete)?;
    }
    if (target.version, source.version) != input.versions {
        return Err(Error::Stale);
    }
    let list = ContactListId(target.list_id);
    let before = Snapshot::take(tx, &target, list).await?;
    let other = Snapshot::take(tx, &source, list).await?;
    let keys = snapshot::keys(tx, list).await?;
    if let Some(unknown) = input.choices.keys().find(|key| !keys.contains(*key)) {
        return Err(Error::invalid(format!("choices.{unknown}"), "unknown", "contacts have no such field"));
    }
    let one = merged(&before.record, &other.record, &input.choices);
    snapshot::write(tx, &mut target, &one, &before.record).await?;
    let agreed = consents(&before.consents, &other.consents, target.id);
    store::contact_consent::put(tx, &agreed).await?;
    let mut moved = Vec::new();
    let mut interactions = Vec::new();
    for what in What::ALL {
        let ids = contact_merge::move_all(tx, *what, source.id, target.id).await?;
        moved.extend(ids.iter().map(|id| Moved { what: what.as_str().to_owned(), id: *id }));
        if *what == What::Interaction {
            interactions = ids;
        }
    }
    target.pinned_note_id = target.pinned_note_id.or(source.pinned_note_id);
    source.merged_into = Some(target.id);
    source.deleted_at = Some(at);
    save(tx, &target, at).await?;
    save(tx, &source, at).await?;
    let written = contact_merge::Merge {
        id: 0,
        target_id: target.id,
        source_id: source.id,
        user_id: input.by.user.0,
        at,
        choices: Json(told(&input.choices)?),
        target: Json(told(&before)?),
        source: Json(told(&other)?),
        version: target.version + 1,
        undone_at: None,
        undone_by: None,
    };
    let id = contact_merge::add(tx, &written, &moved).await?;
    let after = json!({ "source": source.id, "merge": id, "interactions": interactions.len() });
    record(tx, at, input.by.user, "contact.merged", target.id, after).await?;
    show(tx, &[&target, &source], &interactions, at).await?;
    Ok(id)
}

#[derive(Clone, Debug)]
pub struct Part {
    pub by: Viewer,
    pub target: ContactId,
    pub merge: i64,
}

/// Takes a merge back: what went over returns as far as it is still there, and the target has what it had, but for what
/// was changed since. Answers the target and the source.
pub async fn part(tx: &mut Tx, now: Timestamp, input: &Part) -> Result<(Contact, Contact)> {
    let at = store::millis(now);
    let was = contact_merge::lock(tx, input.merge).await?;
    if was.target_id != input.target.0 {
        return Err(pronto_db::Error::NotFound.into());
    }
    let (mut target, mut source) = both(tx, was.target_id, was.source_id).await?;
    if !sees(tx, &input.by, &target).await? {
        return Err(pronto_db::Error::NotFound.into());
    }
    let impossible = |code, detail: &str| Error::Impossible { code, detail: detail.to_owned() };
    if was.undone_at.is_some() {
        return Err(impossible("parted", "this merge was taken back before"));
    }
    if target.merged_into.is_some() {
        return Err(impossible("merged_since", "the contact went into another one since; take that merge back first"));
    }
    if target.deleted_at.is_some() || source.merged_into != Some(target.id) || source.erased_at.is_some() {
        return Err(pronto_db::Error::NotFound.into());
    }
    for one in [&target, &source] {
        allowed(&input.by, one.list_id, Level::MergeDelete)?;
    }
    let before: Snapshot = kept(was.target.0)?;
    let other: Snapshot = kept(was.source.0)?;
    let choices: BTreeMap<String, Side> = kept(was.choices.0)?;
    let moved = contact_merge::moved(tx, was.id).await?;
    let mut interactions = Vec::new();
    for what in What::ALL {
        let these: Vec<i64> = moved.iter().filter(|one| one.what == what.as_str()).map(|one| one.id).collect();
        let back = contact_merge::move_these(tx, *what, &these, target.id, source.id).await?;
        match what {
            What::Interaction => interactions = back,
            What::Note if target.pinned_note_id.is_some_and(|pinned| back.contains(&pinned)) => {
                target.pinned_note_id = before.contact.pinned_note_id;
            }
            What::Note | What::Address => {}
        }
    }
    let one = merged(&before.record, &other.record, &choices);
    let current = Snapshot::take(tx, &target, ContactListId(target.list_id)).await?;
    let after = undone(&current.record, &before.record, &one);
    snapshot::write(tx, &mut target, &after, &current.record).await?;
    restore_consents(tx, &before.consents, &other.consents, &current.consents, target.id).await?;
    source.merged_into = None;
    source.deleted_at = None;
    save(tx, &target, at).await?;
    save(tx, &source, at).await?;
    contact_merge::undo(tx, was.id, input.by.user.0, at).await?;
    let told = json!({ "source": source.id, "merge": was.id, "interactions": interactions.len() });
    record(tx, at, input.by.user, "contact.parted", target.id, told).await?;
    show(tx, &[&target, &source], &interactions, at).await?;
    Ok((store::contact::by_id(tx, target.id).await?, store::contact::by_id(tx, source.id).await?))
}

/// Locked, in the order of ids.
async fn both(tx: &mut Tx, target: i64, source: i64) -> Result<(Contact, Contact)> {
    let mut found = store::contact::lock_all(tx, &[target, source]).await?;
    let mut one = |id: i64| {
        let place = found.iter().position(|contact| contact.id == id).ok_or(pronto_db::Error::NotFound)?;
        Ok::<_, Error>(found.swap_remove(place))
    };
    Ok((one(target)?, one(source)?))
}

async fn save(tx: &mut Tx, contact: &Contact, at: i64) -> Result<()> {
    if store::contact::save(tx, contact, at).await? { Ok(()) } else { Err(Error::Stale) }
}

/// Names and numbers wherever they stand, and on the screens.
async fn show(tx: &mut Tx, contacts: &[&Contact], interactions: &[i64], at: i64) -> Result<()> {
    let events: Vec<event::New> =
        interactions.iter().map(|id| event::New::on(event::Kind::Interaction, *id, *id)).collect();
    event::append(tx, &events, at).await?;
    for contact in contacts {
        if contact.deleted_at.is_none() {
            spread(tx, contact, at).await?;
        }
        tell(tx, at, contact.id, None).await?;
    }
    Ok(())
}

/// What was said last of marketing; of two at once, the refusal.
fn consents(target: &[Consent], source: &[Consent], contact: i64) -> Vec<Consent> {
    let refused = |one: &Consent| one.state == ConsentState::Refused.as_str();
    let later = |one: &Consent| {
        let own = target.iter().find(|own| own.account_id == one.account_id);
        own.is_none_or(|own| (one.at, refused(one)) > (own.at, refused(own)))
    };
    source.iter().filter(|one| later(one)).map(|one| Consent { contact_id: contact, ..one.clone() }).collect()
}

/// What a merge brought goes, unless something else was said since.
async fn restore_consents(
    tx: &mut Tx,
    target: &[Consent],
    source: &[Consent],
    current: &[Consent],
    contact: i64,
) -> Result<()> {
    for brought in consents(target, source, contact) {
        if !current.contains(&brought) {
            continue;
        }
        match target.iter().find(|own| own.account_id == brought.account_id) {
            Some(own) => store::contact_consent::put(tx, std::slice::from_ref(own)).await?,
            None => store::contact_consent::clear(tx, contact, brought.account_id).await?,
        }
    }
    Ok(())
}

fn told(value: &impl serde::Serialize) -> Result<Value> {
    serde_json::to_value(value).map_err(|error| Error::Damaged(error.to_string()))
}

fn kept<T: serde::de::DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|error| Error::Damaged(error.to_string()))
}
