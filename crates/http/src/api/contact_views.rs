//! Saved views of contacts: named filters of their list.

use axum::extract::State;
use axum::http::StatusCode;
use pronto_desk::act::saved_view::{self, Add, Change, Of, Remove};
use pronto_store as store;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::contact_page::{ContactQuery, filter_of};
use super::interactions::DONE;
use super::saved_views::{known, knows, look};
use crate::App;
use crate::error::{Error, Result};
use crate::extract::{Json, Path, SignedIn};
use crate::snapshot::{At, Snapshot};
use crate::view::Lens;

/// A filter of contacts, with a name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContactView {
    pub id: i64,
    pub version: i64,
    pub name: String,
    /// Everybody's.
    pub shared: bool,
    pub filter: ContactViewFilter,
    pub may_edit: bool,
}

/// What a view shows, in the words of `GET /contacts`, and how. What is searched for is no part of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ContactViewFilter {
    pub list: Option<i64>,
    pub tags: Option<String>,
    pub owner: Option<String>,
    pub company: Option<i64>,
    pub mine: bool,
    pub deleted: bool,
    pub sort: Option<String>,
    pub order: Option<String>,
    /// An advanced search.
    #[schema(value_type = Option<Object>)]
    pub expression: Option<Value>,
    /// Names of columns with commas between, in their order.
    pub columns: Option<String>,
    /// `compact`, `normal` or `roomy`.
    pub density: Option<String>,
}

impl ContactViewFilter {
    /// What the list is asked for.
    fn query(&self) -> ContactQuery {
        let filter = self.clone();
        ContactQuery {
            list: filter.list,
            tags: filter.tags,
            owner: filter.owner,
            company: filter.company,
            mine: filter.mine,
            deleted: filter.deleted,
            sort: filter.sort,
            order: filter.order,
            expression: filter.expression.map(|expression| expression.to_string()),
            ..ContactQuery::default()
        }
    }
}

/// A new view of contacts.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContactView {
    pub name: String,
    /// Everybody's: supervisors only.
    #[serde(default)]
    pub shared: bool,
    pub filter: ContactViewFilter,
}

/// What is absent stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactViewChange {
    /// The version the change was made on.
    pub version: i64,
    pub name: Option<String>,
    pub shared: Option<bool>,
    pub filter: Option<ContactViewFilter>,
}

/// List the views of contacts one may use
#[utoipa::path(get, path = "/api/v1/contact_views", tag = "contacts", operation_id = "list_contact_views",
    responses((status = 200, body = Vec<ContactView>)))]
pub async fn list_contact_views(State(app): State<App>, me: SignedIn) -> Result<At<Vec<ContactView>>> {
    let mut snapshot = Snapshot::take(&app).await?;
    let rows = store::saved_view::for_user(&mut snapshot.tx, Of::Contacts.word(), me.viewer.user.0).await?;
    let lens = Lens { config: &snapshot.config, viewer: &me.viewer, now: app.desk.now() };
    let rows = rows.iter().filter(|row| knows(&lens, row));
    let views = rows.map(|row| shown(row, &me)).collect::<Result<_>>()?;
    Ok(snapshot.answer(views))
}

/// Save a view of contacts
#[utoipa::path(post, path = "/api/v1/contact_views", tag = "contacts", operation_id = "add_contact_view",
    request_body = NewContactView, responses((status = 201, body = ContactView)))]
pub async fn add_contact_view(
    State(app): State<App>,
    me: SignedIn,
    Json(body): Json<NewContactView>,
) -> Result<(StatusCode, Json<ContactView>)> {
    let filter = kept(&app, &me, &body.filter)?;
    let add = Add { by: me.viewer.clone(), of: Of::Contacts, shared: body.shared, name: body.name, filter };
    let row = app.desk.run(&add, |tx, now, add| Box::pin(saved_view::add(tx, now, add))).await?;
    Ok((StatusCode::CREATED, Json(shown(&row, &me)?)))
}

/// Change a view of contacts
///
/// One's own; everybody's are the supervisors' to change.
#[utoipa::path(patch, path = "/api/v1/contact_views/{id}", tag = "contacts", operation_id = "change_contact_view",
    params(("id" = i64, Path)), request_body = ContactViewChange, responses((status = 200, body = ContactView)))]
pub async fn change_contact_view(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<ContactViewChange>,
) -> Result<Json<ContactView>> {
    known(&app, &me, Of::Contacts, id).await?;
    let filter = body.filter.map(|filter| kept(&app, &me, &filter)).transpose()?;
    let ContactViewChange { version, name, shared, .. } = body;
    let change = Change { by: me.viewer.clone(), of: Of::Contacts, id, version, shared, name, filter };
    let row = app.desk.run(&change, |tx, now, change| Box::pin(saved_view::change(tx, now, change))).await?;
    Ok(Json(shown(&row, &me)?))
}

/// Remove a view of contacts
#[utoipa::path(delete, path = "/api/v1/contact_views/{id}", tag = "contacts", operation_id = "remove_contact_view",
    params(("id" = i64, Path)), responses((status = 204)))]
pub async fn remove_contact_view(State(app): State<App>, me: SignedIn, Path(id): Path<i64>) -> Result<StatusCode> {
    known(&app, &me, Of::Contacts, id).await?;
    let remove = Remove { by: me.viewer.clone(), of: Of::Contacts, id };
    app.desk.run(&remove, |tx, now, remove| Box::pin(saved_view::remove(tx, now, remove))).await?;
    Ok(DONE)
}

/// As it is kept, if the list takes it.
fn kept(app: &App, me: &SignedIn, filter: &ContactViewFilter) -> Result<Value> {
    filter_of(&filter.query(), &Lens { config: &app.desk.config(), viewer: &me.viewer, now: app.desk.now() })?;
    look(None, filter.columns.as_deref(), filter.density.as_deref())?;
    serde_json::to_value(filter).map_err(Error::internal)
}

fn shown(row: &store::saved_view::SavedView, me: &SignedIn) -> Result<ContactView> {
    Ok(ContactView {
        id: row.id,
        version: row.version,
        name: row.name.clone(),
        shared: row.shared,
        filter: serde_json::from_value(row.filter.0.clone()).map_err(Error::internal)?,
        may_edit: saved_view::edited_by(row, &me.viewer),
    })
}
