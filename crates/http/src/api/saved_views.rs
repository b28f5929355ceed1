//! Saved views: named filters of the interactions list.

use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pronto_desk::act::saved_view::{self, Add, Change, Of, Remove};
use pronto_domain::expression::Subject;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::interaction_list::{ListQuery, filter_of};
use super::interactions::DONE;
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Path, SignedIn};
use crate::snapshot::{At, Snapshot};
use crate::view::Lens;

/// Characters of the names of columns.
const COLUMNS_AT_MOST: usize = 1_500;

/// A filter of the list, with a name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SavedView {
    pub id: i64,
    pub version: i64,
    pub name: String,
    /// Everybody's.
    pub shared: bool,
    pub filter: ViewFilter,
    pub may_edit: bool,
}

/// What a view shows, in the words of `GET /interactions`, and how. What is searched for is no part of it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ViewFilter {
    pub state: Option<String>,
    pub account: Option<i64>,
    pub agent: Option<String>,
    pub queue: Option<i64>,
    pub read: Option<String>,
    pub tags: Option<String>,
    pub sentiment: Option<String>,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
    pub sort: Option<String>,
    pub order: Option<String>,
    /// An advanced search.
    #[schema(value_type = Option<Object>)]
    pub expression: Option<Value>,
    /// `table`: the full width, with columns.
    pub view: Option<String>,
    /// Names of the table's columns with commas between, in their order.
    pub columns: Option<String>,
    /// `compact`, `normal` or `roomy`.
    pub density: Option<String>,
}

impl ViewFilter {
    /// What the list is asked for.
    fn query(&self) -> ListQuery {
        let filter = self.clone();
        ListQuery {
            state: filter.state,
            account: filter.account,
            agent: filter.agent,
            queue: filter.queue,
            read: filter.read,
            tags: filter.tags,
            sentiment: filter.sentiment,
            from: filter.from,
            to: filter.to,
            sort: filter.sort,
            order: filter.order,
            expression: filter.expression.map(|expression| expression.to_string()),
            ..ListQuery::default()
        }
    }
}

/// A new view.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSavedView {
    pub name: String,
    /// Everybody's: supervisors only.
    #[serde(default)]
    pub shared: bool,
    pub filter: ViewFilter,
}

/// What is absent stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SavedViewChange {
    /// The version the change was made on.
    pub version: i64,
    pub name: Option<String>,
    pub shared: Option<bool>,
    pub filter: Option<ViewFilter>,
}

/// List the views one may use
#[utoipa::path(get, path = "/api/v1/saved_views", tag = "interactions", operation_id = "list_saved_views",
    responses((status = 200, body = Vec<SavedView>)))]
pub async fn list_saved_views(State(app): State<App>, me: SignedIn) -> Result<At<Vec<SavedView>>> {
    let mut snapshot = Snapshot::take(&app).await?;
    let rows = store::saved_view::for_user(&mut snapshot.tx, Of::Interactions.word(), me.viewer.user.0).await?;
    let lens = Lens { config: &snapshot.config, viewer: &me.viewer, now: app.desk.now() };
    let rows = rows.iter().filter(|row| knows(&lens, row));
    let views = rows.map(|row| shown(row, &me)).collect::<Result<_>>()?;
    Ok(snapshot.answer(views))
}

/// Save a view
#[utoipa::path(post, path = "/api/v1/saved_views", tag = "interactions", operation_id = "add_saved_view",
    request_body = NewSavedView, responses((status = 201, body = SavedView)))]
pub async fn add_saved_view(
    State(app): State<App>,
    me: SignedIn,
    Json(body): Json<NewSavedView>,
) -> Result<(StatusCode, Json<SavedView>)> {
    let filter = kept(&app, &me, &body.filter)?;
    let add = Add { by: me.viewer.clone(), of: Of::Interactions, shared: body.shared, name: body.name, filter };
    let row = app.desk.run(&add, |tx, now, add| Box::pin(saved_view::add(tx, now, add))).await?;
    Ok((StatusCode::CREATED, Json(shown(&row, &me)?)))
}

/// Change a view
///
/// One's own; everybody's are the supervisors' to change.
#[utoipa::path(patch, path = "/api/v1/saved_views/{id}", tag = "interactions", operation_id = "change_saved_view",
    params(("id" = i64, Path)), request_body = SavedViewChange, responses((status = 200, body = SavedView)))]
pub async fn change_saved_view(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<SavedViewChange>,
) -> Result<Json<SavedView>> {
    known(&app, &me, Of::Interactions, id).await?;
    let filter = body.filter.map(|filter| kept(&app, &me, &filter)).transpose()?;
    let SavedViewChange { version, name, shared, .. } = body;
    let change = Change { by: me.viewer.clone(), of: Of::Interactions, id, version, shared, name, filter };
    let row = app.desk.run(&change, |tx, now, change| Box::pin(saved_view::change(tx, now, change))).await?;
    Ok(Json(shown(&row, &me)?))
}

/// Remove a view
#[utoipa::path(delete, path = "/api/v1/saved_views/{id}", tag = "interactions", operation_id = "remove_saved_view",
    params(("id" = i64, Path)), responses((status = 204)))]
pub async fn remove_saved_view(State(app): State<App>, me: SignedIn, Path(id): Path<i64>) -> Result<StatusCode> {
    known(&app, &me, Of::Interactions, id).await?;
    let remove = Remove { by: me.viewer.clone(), of: Of::Interactions, id };
    app.desk.run(&remove, |tx, now, remove| Box::pin(saved_view::remove(tx, now, remove))).await?;
    Ok(DONE)
}

/// Whether somebody may know of a view: not of a colleague's that asks for what is hidden from them.
pub(super) fn knows(lens: &Lens<'_>, row: &store::saved_view::SavedView) -> bool {
    let contacts = row.what == Of::Contacts.word();
    let subject = if contacts { Subject::Contacts } else { Subject::Interactions };
    row.user_id == lens.viewer.user.0 || lens.shows(subject, &row.filter.0)
}

/// The same of one that is to be changed.
pub(super) async fn known(app: &App, me: &SignedIn, of: Of, id: i64) -> Result<()> {
    let mut tx = app.desk.db().read().await?;
    let rows = store::saved_view::for_user(&mut tx, of.word(), me.viewer.user.0).await?;
    let lens = Lens { config: &app.desk.config(), viewer: &me.viewer, now: app.desk.now() };
    match rows.iter().find(|row| row.id == id) {
        Some(row) if knows(&lens, row) => Ok(()),
        _ => Err(Error::not_found()),
    }
}

/// As it is kept, if the list takes it.
fn kept(app: &App, me: &SignedIn, filter: &ViewFilter) -> Result<Value> {
    filter_of(&filter.query(), &Lens { config: &app.desk.config(), viewer: &me.viewer, now: app.desk.now() })?;
    look(filter.view.as_deref(), filter.columns.as_deref(), filter.density.as_deref())?;
    serde_json::to_value(filter).map_err(Error::internal)
}

/// How a list looks, as a view keeps it.
pub(super) fn look(view: Option<&str>, columns: Option<&str>, density: Option<&str>) -> Result<()> {
    let known = |name: &str, value: Option<&str>, known: &[&str]| match value {
        Some(value) if !known.contains(&value) => {
            Err(Error::invalid(vec![Field::new(name, "unknown", format!("one of {}", known.join(", ")))]))
        }
        _ => Ok(()),
    };
    known("view", view, &["table"])?;
    known("density", density, &["compact", "normal", "roomy"])?;
    if columns.is_some_and(|columns| columns.len() > COLUMNS_AT_MOST) {
        let detail = format!("at most {COLUMNS_AT_MOST} characters");
        return Err(Error::invalid(vec![Field::new("columns", "too_long", detail)]));
    }
    Ok(())
}

fn shown(row: &store::saved_view::SavedView, me: &SignedIn) -> Result<SavedView> {
    Ok(SavedView {
        id: row.id,
        version: row.version,
        name: row.name.clone(),
        shared: row.shared,
        filter: serde_json::from_value(row.filter.0.clone()).map_err(Error::internal)?,
        may_edit: saved_view::edited_by(row, &me.viewer),
    })
}
