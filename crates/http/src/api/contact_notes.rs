//! Notes about a contact, and its consent to marketing.

use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pronto_desk::act::contact::{self, AddNote, ChangeNote, RemoveNote, Say};
use pronto_domain::contact::ConsentState;
use pronto_domain::id::{AccountId, ContactId, ContactNoteId};
use pronto_store as store;
use serde::Deserialize;
use utoipa::ToSchema;

use super::contacts::open;
use super::interactions::DONE;
use crate::App;
use crate::error::Result;
use crate::extract::{Json, Path, SignedIn};
use crate::view::{ContactNote, Lens};

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContactNote {
    pub text: String,
    #[serde(default)]
    pub pinned: bool,
}

/// What is absent stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactNoteChange {
    /// The version the change was made on.
    pub version: i64,
    /// One's own; supervisors change any.
    pub text: Option<String>,
    /// At most one is: pinning it unpins another.
    pub pinned: Option<bool>,
}

fn shown(app: &App, me: &SignedIn, note: &store::contact_note::Note, pinned: Option<i64>) -> ContactNote {
    let config = app.desk.config();
    Lens { config: &config, viewer: &me.viewer, now: app.desk.now() }.contact_note(note, pinned)
}

/// Adds a note
#[utoipa::path(post, path = "/api/v1/contacts/{id}/notes", tag = "contacts", operation_id = "add_contact_note",
    params(("id" = i64, Path)), request_body = NewContactNote, responses((status = 201, body = ContactNote)))]
pub async fn add_contact_note(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<NewContactNote>,
) -> Result<(StatusCode, Json<ContactNote>)> {
    let asked = AddNote { by: me.viewer.clone(), contact: ContactId(id), text: body.text, pinned: body.pinned };
    let note = app.desk.run(&asked, |tx, now, asked| Box::pin(contact::add_note(tx, now, asked))).await?;
    let pinned = body.pinned.then_some(note.id);
    Ok((StatusCode::CREATED, Json(shown(&app, &me, &note, pinned))))
}

/// Changes a note, pins it or unpins it
#[utoipa::path(patch, path = "/api/v1/contacts/{id}/notes/{note}", tag = "contacts", operation_id = "change_contact_note",
    params(("id" = i64, Path), ("note" = i64, Path)), request_body = ContactNoteChange,
    responses((status = 200, body = ContactNote), (status = 409, body = crate::Problem)))]
pub async fn change_contact_note(
    State(app): State<App>,
    me: SignedIn,
    Path((id, note)): Path<(i64, i64)>,
    Json(body): Json<ContactNoteChange>,
) -> Result<Json<ContactNote>> {
    let ContactNoteChange { version, text, pinned } = body;
    let (contact, note) = (ContactId(id), ContactNoteId(note));
    let asked = ChangeNote { by: me.viewer.clone(), contact, note, version, text, pinned };
    let note = app.desk.run(&asked, |tx, now, asked| Box::pin(contact::change_note(tx, now, asked))).await?;
    let pinned = open(&app, &me, id).await?.pinned_note_id;
    Ok(Json(shown(&app, &me, &note, pinned)))
}

/// Removes a note
#[utoipa::path(delete, path = "/api/v1/contacts/{id}/notes/{note}", tag = "contacts",
    operation_id = "remove_contact_note", params(("id" = i64, Path), ("note" = i64, Path)),
    responses((status = 204)))]
pub async fn remove_contact_note(
    State(app): State<App>,
    me: SignedIn,
    Path((id, note)): Path<(i64, i64)>,
) -> Result<StatusCode> {
    let asked = RemoveNote { by: me.viewer.clone(), contact: ContactId(id), note: ContactNoteId(note) };
    app.desk.run(&asked, |tx, now, asked| Box::pin(contact::remove_note(tx, now, asked))).await?;
    Ok(DONE)
}

/// What a contact said about marketing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GivenConsent {
    #[schema(value_type = crate::schema::ConsentState)]
    pub state: ConsentState,
    /// Where they said so: *form at the counter*.
    pub source: String,
    /// When; absent: now.
    #[serde(default)]
    pub at: Option<Timestamp>,
}

/// Writes down whether an account may write for marketing
#[utoipa::path(put, path = "/api/v1/contacts/{id}/consents/{account}", tag = "contacts", operation_id = "say_consent",
    params(("id" = i64, Path), ("account" = i64, Path)), request_body = GivenConsent, responses((status = 204)))]
pub async fn say_consent(
    State(app): State<App>,
    me: SignedIn,
    Path((id, account)): Path<(i64, i64)>,
    Json(body): Json<GivenConsent>,
) -> Result<StatusCode> {
    let GivenConsent { state, source, at } = body;
    let (contact, account) = (ContactId(id), AccountId(account));
    let asked = Say { by: me.viewer.clone(), contact, account, state: Some(state), source, at };
    app.desk.run(&asked, |tx, now, asked| Box::pin(contact::say(tx, now, asked))).await?;
    Ok(DONE)
}

/// Takes back what was written down: nobody has asked them
#[utoipa::path(delete, path = "/api/v1/contacts/{id}/consents/{account}", tag = "contacts",
    operation_id = "forget_consent", params(("id" = i64, Path), ("account" = i64, Path)), responses((status = 204)))]
pub async fn forget_consent(
    State(app): State<App>,
    me: SignedIn,
    Path((id, account)): Path<(i64, i64)>,
) -> Result<StatusCode> {
    let (contact, account) = (ContactId(id), AccountId(account));
    let asked = Say { by: me.viewer.clone(), contact, account, state: None, source: String::new(), at: None };
    app.desk.run(&asked, |tx, now, asked| Box::pin(contact::say(tx, now, asked))).await?;
    Ok(DONE)
}
