//! Two contacts that are one person: who may be, making them one, and parting them again.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pronto_desk::act::contact::{self, Distinguish, Merge, Part};
use pronto_domain::contact::{Level, Likeness};
use pronto_domain::id::{ContactId, ContactListId};
use pronto_domain::merge::Side;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::contacts::{open, shown};
use super::interactions::DONE;
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Path, Query, SignedIn};
use crate::view::{Beside, Contact, Lens, UserRef};

/// What makes two contacts one: the contact of the path stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMerge {
    /// The contact that goes into it.
    pub source_id: i64,
    /// The version of the one that stays, as it was looked at.
    pub version: i64,
    pub source_version: i64,
    /// Whose a field is, by its name, custom ones as `fields.key`; what is absent is the one's that stays, or the
    /// other's where that is empty. Tags, numbers and socials are united.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, crate::schema::MergeSide>)]
    pub choices: BTreeMap<String, Side>,
}

/// A merge, as long as it may be taken back.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactMerge {
    pub id: i64,
    pub target_id: i64,
    pub source_id: i64,
    pub by: UserRef,
    pub at: Timestamp,
    pub undone_at: Option<Timestamp>,
    /// As far as whoever asks and what became of both allow.
    pub may_undo: bool,
}

/// A contact after a merge, and the merge.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergedContact {
    pub merge: ContactMerge,
    pub contact: Contact,
}

/// Both, once a merge is taken back.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartedContacts {
    pub target: Contact,
    pub source: Contact,
}

/// Makes two contacts one
///
/// Interactions, numbers and notes of the source go to the contact, and the source is deleted. Both lists must allow it.
/// Where either was changed since it was looked at the problem is `changed_meanwhile`.
#[utoipa::path(post, path = "/api/v1/contacts/{id}/merges", tag = "contacts", operation_id = "merge_contacts",
    params(("id" = i64, Path)), request_body = NewMerge,
    responses((status = 201, body = MergedContact), (status = 403, body = crate::Problem),
        (status = 409, body = crate::Problem), (status = 422, body = crate::Problem)))]
pub async fn merge_contacts(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<NewMerge>,
) -> Result<(StatusCode, Json<MergedContact>)> {
    let NewMerge { source_id, version, source_version, choices } = body;
    let versions = (version, source_version);
    let by = me.viewer.clone();
    let asked = Merge { by, target: ContactId(id), source: ContactId(source_id), versions, choices };
    let merge = app.desk.run(&asked, |tx, now, asked| Box::pin(contact::merge(tx, now, asked))).await?;
    let mut tx = app.desk.db().read().await?;
    let row = store::contact::by_id(&mut tx, id).await?;
    let contact = shown(&mut tx, &app, &me, &row).await?;
    let written = store::contact_merge::of(&mut tx, id).await?.into_iter().find(|one| one.id == merge);
    let merge = told(&app, &me, &written.ok_or_else(Error::not_found)?, &[row], true);
    Ok((StatusCode::CREATED, Json(MergedContact { merge, contact })))
}

/// The merges into a contact, the latest first.
#[utoipa::path(get, path = "/api/v1/contacts/{id}/merges", tag = "contacts", operation_id = "list_merges",
    params(("id" = i64, Path)), responses((status = 200, body = Vec<ContactMerge>), (status = 404, body = crate::Problem)))]
pub async fn list_merges(State(app): State<App>, me: SignedIn, Path(id): Path<i64>) -> Result<Json<Vec<ContactMerge>>> {
    let target = open(&app, &me, id).await?;
    let mut tx = app.desk.db().read().await?;
    let merges = store::contact_merge::of(&mut tx, id).await?;
    let sources: Vec<i64> = merges.iter().map(|merge| merge.source_id).collect();
    let sources = store::contact::any_by_ids(&mut tx, &sources).await?;
    let merges = merges.iter().map(|merge| {
        let source = sources.iter().find(|one| one.id == merge.source_id);
        let there = source.is_some_and(|one| one.merged_into == Some(id) && one.erased_at.is_none());
        let both: Vec<store::contact::Contact> = source.into_iter().chain([&target]).cloned().collect();
        told(&app, &me, merge, &both, there && target.deleted_at.is_none())
    });
    Ok(Json(merges.collect()))
}

/// Takes a merge back
///
/// What went over returns as far as it is still there; what came or was changed since stays. `merged_since` where the
/// contact itself went into another one.
#[utoipa::path(delete, path = "/api/v1/contacts/{id}/merges/{merge}", tag = "contacts", operation_id = "part_contacts",
    params(("id" = i64, Path), ("merge" = i64, Path)),
    responses((status = 200, body = PartedContacts), (status = 403, body = crate::Problem),
        (status = 409, body = crate::Problem)))]
pub async fn part_contacts(
    State(app): State<App>,
    me: SignedIn,
    Path((id, merge)): Path<(i64, i64)>,
) -> Result<Json<PartedContacts>> {
    let asked = Part { by: me.viewer.clone(), target: ContactId(id), merge };
    let (target, source) = app.desk.run(&asked, |tx, now, asked| Box::pin(contact::part(tx, now, asked))).await?;
    let mut tx = app.desk.db().read().await?;
    Ok(Json(PartedContacts {
        target: shown(&mut tx, &app, &me, &target).await?,
        source: shown(&mut tx, &app, &me, &source).await?,
    }))
}

fn told(
    app: &App,
    me: &SignedIn,
    row: &store::contact_merge::Merge,
    contacts: &[store::contact::Contact],
    there: bool,
) -> ContactMerge {
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let may = |one: &store::contact::Contact| me.viewer.rights(ContactListId(one.list_id)).allows(Level::MergeDelete);
    ContactMerge {
        id: row.id,
        target_id: row.target_id,
        source_id: row.source_id,
        by: lens.user(row.user_id),
        at: store::instant(row.at),
        undone_at: row.undone_at.map(store::instant),
        may_undo: there && row.undone_at.is_none() && contacts.iter().all(may),
    }
}

/// A contact that may be the same person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Duplicate {
    pub contact: Contact,
    #[schema(value_type = Vec<crate::schema::Likeness>)]
    pub reasons: Vec<Likeness>,
}

/// Who may be the same person as a contact, and by what.
#[utoipa::path(get, path = "/api/v1/contacts/{id}/duplicates", tag = "contacts", operation_id = "list_duplicates_of",
    params(("id" = i64, Path)), responses((status = 200, body = Vec<Duplicate>), (status = 404, body = crate::Problem)))]
pub async fn list_duplicates_of(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
) -> Result<Json<Vec<Duplicate>>> {
    let row = open(&app, &me, id).await?;
    let mut tx = app.desk.db().read().await?;
    let found = contact::duplicates_of(&mut tx, &me.viewer, &row).await?;
    let contacts: Vec<store::contact::Contact> = found.iter().map(|one| one.contact.clone()).collect();
    let beside = Beside::load(&mut tx, &contacts).await?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let shown =
        |one: &contact::Duplicate| Duplicate { contact: lens.contact(&one.contact, &beside), reasons: one.by.clone() };
    Ok(Json(found.iter().map(shown).collect()))
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DuplicateQuery {
    /// A list that one may look into.
    pub list: i64,
}

/// Two contacts of a list that may be one person.
#[derive(Debug, Serialize, ToSchema)]
pub struct DuplicatePair {
    #[schema(value_type = crate::schema::Likeness)]
    pub reason: Likeness,
    pub contacts: Vec<Contact>,
}

/// Which contacts of a list may be one person, at most 50 pairs for each reason.
#[utoipa::path(get, path = "/api/v1/contact_duplicates", tag = "contacts", operation_id = "list_duplicates",
    params(DuplicateQuery), responses((status = 200, body = Vec<DuplicatePair>), (status = 422, body = crate::Problem)))]
pub async fn list_duplicates(
    State(app): State<App>,
    me: SignedIn,
    Query(query): Query<DuplicateQuery>,
) -> Result<Json<Vec<DuplicatePair>>> {
    let list = ContactListId(query.list);
    if !me.viewer.rights(list).allows(Level::View) {
        return Err(Error::invalid(vec![Field::new("list", "unknown", "a list that you may look into")]));
    }
    let mut tx = app.desk.db().read().await?;
    let pairs = contact::duplicates_in(&mut tx, &me.viewer, list).await?;
    let ids: BTreeSet<i64> = pairs.iter().flat_map(|pair| [pair.contacts.0, pair.contacts.1]).collect();
    let ids: Vec<i64> = ids.into_iter().collect();
    let rows = store::contact::by_ids(&mut tx, &ids).await?;
    let beside = Beside::load(&mut tx, &rows).await?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let shown = |pair: &contact::Pair| {
        let one = |id: i64| rows.iter().find(|row| row.id == id).map(|row| lens.contact(row, &beside));
        DuplicatePair {
            reason: pair.by,
            contacts: [pair.contacts.0, pair.contacts.1].into_iter().filter_map(one).collect(),
        }
    };
    Ok(Json(pairs.iter().map(shown).collect()))
}

/// Says that two contacts are not one person, so they are not suggested again.
#[utoipa::path(put, path = "/api/v1/contacts/{id}/distinctions/{other}", tag = "contacts",
    operation_id = "distinguish_contacts", params(("id" = i64, Path), ("other" = i64, Path)),
    responses((status = 204), (status = 403, body = crate::Problem), (status = 404, body = crate::Problem)))]
pub async fn distinguish_contacts(
    State(app): State<App>,
    me: SignedIn,
    Path((id, other)): Path<(i64, i64)>,
) -> Result<StatusCode> {
    let asked = Distinguish { by: me.viewer.clone(), contact: ContactId(id), other: ContactId(other) };
    app.desk.run(&asked, |tx, now, asked| Box::pin(contact::distinguish(tx, now, asked))).await?;
    Ok(DONE)
}
