//! One change of many contacts: each stands for itself, and what could not be done is told with its reason.

use axum::extract::State;
use pronto_desk::act::contact::{self, Bulk, Task};
use pronto_domain::id::{ContactId, ContactListId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::closing::NotDone;
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, SignedIn};

pub(super) const AT_MOST: usize = 500;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactTags {
    /// At most 500.
    pub ids: Vec<i64>,
    #[serde(default)]
    pub add: Vec<String>,
    #[serde(default)]
    pub remove: Vec<String>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactMoves {
    /// At most 500.
    pub ids: Vec<i64>,
    pub list_id: i64,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactDeletions {
    /// At most 500.
    pub ids: Vec<i64>,
}

/// What became of several.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactsDone {
    pub done: Vec<i64>,
    pub failed: Vec<NotDone>,
}

async fn run(app: &App, me: &SignedIn, mut ids: Vec<i64>, task: Task) -> Result<Json<ContactsDone>> {
    if ids.is_empty() || ids.len() > AT_MOST {
        return Err(Error::invalid(vec![Field::new("ids", "out_of_range", format!("1 to {AT_MOST}"))]));
    }
    ids.sort_unstable();
    ids.dedup();
    let contacts = ids.iter().copied().map(ContactId).collect();
    let asked = Bulk { by: me.viewer.clone(), contacts, task };
    let failed = app.desk.run(&asked, |tx, now, asked| Box::pin(contact::bulk(tx, now, asked))).await?;
    let not_done = |one: contact::NotDone| NotDone { id: one.contact.0, code: Error::from(one.why).code().to_owned() };
    let failed: Vec<NotDone> = failed.into_iter().map(not_done).collect();
    ids.retain(|id| failed.iter().all(|one| one.id != *id));
    Ok(Json(ContactsDone { done: ids, failed }))
}

/// Tag several contacts
#[utoipa::path(post, path = "/api/v1/contacts/taggings", tag = "contacts", operation_id = "tag_contacts",
    request_body = ContactTags, responses((status = 200, body = ContactsDone)))]
pub async fn tag_contacts(
    State(app): State<App>,
    me: SignedIn,
    Json(body): Json<ContactTags>,
) -> Result<Json<ContactsDone>> {
    let config = app.desk.config();
    if let Some(unknown) = body.add.iter().find(|name| !config.tags.iter().any(|tag| tag.name == **name)) {
        return Err(Error::invalid(vec![Field::new("add", "unknown", format!("there is no tag {unknown:?}"))]));
    }
    run(&app, &me, body.ids, Task::Tag { add: body.add, remove: body.remove }).await
}

/// Move several contacts to another list
#[utoipa::path(post, path = "/api/v1/contacts/moves", tag = "contacts", operation_id = "move_contacts",
    request_body = ContactMoves, responses((status = 200, body = ContactsDone)))]
pub async fn move_contacts(
    State(app): State<App>,
    me: SignedIn,
    Json(body): Json<ContactMoves>,
) -> Result<Json<ContactsDone>> {
    run(&app, &me, body.ids, Task::Move { list: ContactListId(body.list_id) }).await
}

/// Delete several contacts
///
/// They can be brought back one by one.
#[utoipa::path(post, path = "/api/v1/contacts/deletions", tag = "contacts", operation_id = "delete_contacts",
    request_body = ContactDeletions, responses((status = 200, body = ContactsDone)))]
pub async fn delete_contacts(
    State(app): State<App>,
    me: SignedIn,
    Json(body): Json<ContactDeletions>,
) -> Result<Json<ContactsDone>> {
    run(&app, &me, body.ids, Task::Delete).await
}
