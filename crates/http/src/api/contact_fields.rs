//! Custom fields of contacts: which there are.

use axum::extract::State;
use axum::http::StatusCode;
use pronto_desk::act::contact_field::{self, Add, Arrange, Change, Fields};
use pronto_domain::field::Kind;
use pronto_domain::id::{ContactFieldId, ContactListId};
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::error::{Error, Result};
use crate::extract::{Json, Path, Permitted, SignedIn, may};
use crate::schema;
use crate::snapshot::{At, Snapshot};

/// A field that the company has added to its contacts.
#[derive(Serialize, ToSchema)]
pub struct ContactField {
    pub id: i64,
    pub version: i64,
    /// The only list whose contacts have it; null for every list.
    pub list_id: Option<i64>,
    pub list_name: Option<String>,
    /// What it is called in `fields` of a contact, and in placeholders: `{{contact.fields.KEY}}`.
    pub key: String,
    pub name: String,
    #[schema(value_type = schema::FieldKind)]
    pub kind: String,
    /// Of a select: what can be chosen, in order.
    pub options: Vec<String>,
    /// It may not be emptied.
    pub required: bool,
    /// Hidden from whom numbers are hidden from.
    pub sensitive: bool,
    /// Hidden from whoever asks: not shown, not changed, not searched.
    pub hidden: bool,
    /// Put away, with all that contacts have in it.
    pub archived: bool,
    /// How many contacts have something in it.
    pub used: i64,
}

/// A new field, last among them. Key, kind and list never change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContactField {
    /// A small letter, then small letters, digits and `_`.
    pub key: String,
    pub name: String,
    #[schema(value_type = schema::FieldKind)]
    pub kind: Kind,
    /// Absent: every list.
    pub list_id: Option<i64>,
    #[serde(default)]
    pub options: Vec<String>,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub sensitive: bool,
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactFieldChange {
    /// The version the change was made on.
    pub version: i64,
    pub name: Option<String>,
    /// What contacts have stays, though it can no longer be chosen.
    pub options: Option<Vec<String>>,
    pub required: Option<bool>,
    pub sensitive: Option<bool>,
    /// `true` puts it away, `false` brings it back with all that was in it.
    pub archived: Option<bool>,
}

/// Fields in their new order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactFieldOrder {
    pub ids: Vec<i64>,
}

/// List the custom fields of contacts
///
/// Archived ones too, in order.
#[utoipa::path(get, path = "/api/v1/contact_fields", tag = "contacts", responses((status = 200, body = Vec<ContactField>)))]
pub async fn list_contact_fields(State(app): State<App>, me: SignedIn) -> Result<At<Vec<ContactField>>> {
    let mut snapshot = Snapshot::take(&app).await?;
    let found = shown(&mut snapshot, &me).await?;
    Ok(snapshot.answer(found))
}

/// Add a custom field
#[utoipa::path(post, path = "/api/v1/contact_fields", tag = "contacts", request_body = NewContactField,
    responses((status = 201, body = ContactField), (status = 422, body = crate::Problem)))]
pub async fn add_contact_field(
    State(app): State<App>,
    me: Permitted<may::EditFields>,
    Json(body): Json<NewContactField>,
) -> Result<(StatusCode, At<ContactField>)> {
    let NewContactField { key, name, kind, list_id, options, required, sensitive } = body;
    let fields =
        Fields { name: Some(name), options: Some(options), required: Some(required), sensitive: Some(sensitive) };
    let add = Add { by: me.viewer.user, list: list_id.map(ContactListId), key, kind, fields };
    let id = app.desk.run(&add, |tx, now, add| Box::pin(contact_field::add(tx, now, add))).await?;
    app.desk.reload().await?;
    Ok((StatusCode::CREATED, one(&app, &me, id).await?))
}

/// Change a custom field, archive it or bring it back
#[utoipa::path(patch, path = "/api/v1/contact_fields/{id}", tag = "contacts", params(("id" = i64, Path)),
    request_body = ContactFieldChange, responses((status = 200, body = ContactField), (status = 409, body = crate::Problem),
        (status = 422, body = crate::Problem)))]
pub async fn change_contact_field(
    State(app): State<App>,
    me: Permitted<may::EditFields>,
    Path(id): Path<ContactFieldId>,
    Json(body): Json<ContactFieldChange>,
) -> Result<At<ContactField>> {
    let ContactFieldChange { version, name, options, required, sensitive, archived } = body;
    let fields = Fields { name, options, required, sensitive };
    let change = Change { by: me.viewer.user, id, version, fields, archived };
    app.desk.run(&change, |tx, now, change| Box::pin(contact_field::change(tx, now, change))).await?;
    app.desk.reload().await?;
    one(&app, &me, id).await
}

/// Put custom fields in order
#[utoipa::path(put, path = "/api/v1/contact_fields/order", tag = "contacts", request_body = ContactFieldOrder,
    responses((status = 200, body = Vec<ContactField>), (status = 422, body = crate::Problem)))]
pub async fn arrange_contact_fields(
    State(app): State<App>,
    me: Permitted<may::EditFields>,
    Json(body): Json<ContactFieldOrder>,
) -> Result<At<Vec<ContactField>>> {
    let arrange = Arrange { by: me.viewer.user, ids: body.ids.into_iter().map(ContactFieldId).collect() };
    app.desk.run(&arrange, |tx, now, arrange| Box::pin(contact_field::arrange(tx, now, arrange))).await?;
    app.desk.reload().await?;
    let mut snapshot = Snapshot::take(&app).await?;
    let found = shown(&mut snapshot, &me).await?;
    Ok(snapshot.answer(found))
}

async fn one(app: &App, me: &SignedIn, id: ContactFieldId) -> Result<At<ContactField>> {
    let mut snapshot = Snapshot::take(app).await?;
    let found = shown(&mut snapshot, me).await?.into_iter().find(|one| one.id == id.0).ok_or_else(Error::not_found)?;
    Ok(snapshot.answer(found))
}

async fn shown(snapshot: &mut Snapshot, me: &SignedIn) -> Result<Vec<ContactField>> {
    let rows = store::contact_field::all(&mut snapshot.tx).await?;
    let lists = store::contact_list::live(&mut snapshot.tx).await?;
    let used = store::contact_field::used(&mut snapshot.tx).await?;
    let shown = rows.into_iter().map(|row| {
        let hidden = row.rules().map_err(Error::internal)?.is_hidden_by(&me.viewer.masking);
        Ok(ContactField {
            id: row.id,
            version: row.version,
            list_id: row.list_id,
            list_name: lists.iter().find(|list| Some(list.id) == row.list_id).map(|list| list.name.clone()),
            key: row.key,
            name: row.name,
            kind: row.kind,
            options: row.options.0,
            required: row.required,
            sensitive: row.sensitive,
            hidden,
            archived: row.archived_at.is_some(),
            used: used.iter().find(|used| used.field_id == row.id).map_or(0, |used| used.count),
        })
    });
    shown.collect()
}
