//! Dispositions: the tree of how interactions may end.

use axum::extract::State;
use axum::http::StatusCode;
use pronto_desk::act::disposition::{self, Add, Arrange, Change, Remove};
use pronto_domain::disposition::Scope;
use pronto_domain::id::DispositionId;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::closing::scope_name;
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Path, Permitted, SignedIn, may, present};
use crate::schema;
use crate::snapshot::{At, Snapshot};

/// A way for interactions to end, or a heading of such ways.
#[derive(Serialize, ToSchema)]
pub struct Disposition {
    pub id: i64,
    pub version: i64,
    pub parent_id: Option<i64>,
    /// 1 to 3.
    pub level: usize,
    #[schema(value_type = schema::DispositionScope)]
    pub scope: String,
    /// The list, account or queue; 0 for the whole desk.
    pub scope_id: i64,
    pub scope_name: Option<String>,
    pub name: String,
    pub description: Option<String>,
    /// It can no longer be chosen.
    pub retired: bool,
    /// How many interactions ended with it.
    pub used: i64,
}

/// What dispositions may be for.
#[derive(Serialize, ToSchema)]
pub struct DispositionPlace {
    #[schema(value_type = schema::DispositionScope)]
    pub scope: String,
    pub scope_id: i64,
    pub name: String,
}

/// A new one, last beside its siblings.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDisposition {
    pub name: String,
    pub description: Option<String>,
    /// It is for what this is for.
    pub parent_id: Option<i64>,
    /// Of the first level: what it is for. Absent: the whole desk.
    #[schema(value_type = Option<schema::DispositionScope>)]
    pub scope: Option<String>,
    pub scope_id: Option<i64>,
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DispositionChange {
    /// The version the change was made on.
    pub version: i64,
    pub name: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub description: Option<Option<String>>,
    pub retired: Option<bool>,
}

/// Some that stand beside each other, in their new order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DispositionOrder {
    pub ids: Vec<i64>,
}

/// List dispositions
///
/// Retired ones too, in order; children come after their parent in no particular place.
#[utoipa::path(get, path = "/api/v1/dispositions", tag = "administration",
    responses((status = 200, body = Vec<Disposition>)))]
pub async fn list_dispositions(State(app): State<App>, _: SignedIn) -> Result<At<Vec<Disposition>>> {
    let mut snapshot = Snapshot::take(&app).await?;
    let found = shown(&mut snapshot).await?;
    Ok(snapshot.answer(found))
}

/// What dispositions may be for
#[utoipa::path(get, path = "/api/v1/disposition-places", tag = "administration",
    responses((status = 200, body = Vec<DispositionPlace>)))]
pub async fn list_disposition_places(
    State(app): State<App>,
    _: Permitted<may::EditDispositions>,
) -> Result<At<Vec<DispositionPlace>>> {
    let mut snapshot = Snapshot::take(&app).await?;
    let place = |scope: &str, scope_id: i64, name: &str| DispositionPlace {
        scope: scope.to_owned(),
        scope_id,
        name: name.to_owned(),
    };
    let lists = store::contact_list::live(&mut snapshot.tx).await?;
    let mut places: Vec<DispositionPlace> = lists.iter().map(|list| place("list", list.id, &list.name)).collect();
    let accounts = snapshot.config.accounts.values().filter(|account| account.row.deleted_at.is_none());
    places.extend(accounts.map(|account| place("account", account.row.id, &account.row.name)));
    let queues = snapshot.config.queues.values().filter(|queue| queue.row.deleted_at.is_none());
    places.extend(queues.map(|queue| place("queue", queue.row.id, &queue.row.name)));
    Ok(snapshot.answer(places))
}

/// Add a disposition
#[utoipa::path(post, path = "/api/v1/dispositions", tag = "administration", request_body = NewDisposition,
    responses((status = 201, body = Disposition)))]
pub async fn add_disposition(
    State(app): State<App>,
    me: Permitted<may::EditDispositions>,
    Json(body): Json<NewDisposition>,
) -> Result<(StatusCode, At<Disposition>)> {
    let word = body.scope.as_deref().unwrap_or("global");
    let scope = Scope::read(word, body.scope_id.unwrap_or(0))
        .ok_or_else(|| Error::invalid(vec![Field::new("scope", "unknown", "global, list, account or queue")]))?;
    let add = Add {
        by: me.viewer.user,
        parent: body.parent_id.map(DispositionId),
        scope,
        name: body.name,
        description: body.description,
        config: app.desk.config(),
    };
    let id = app.desk.run(&add, |tx, now, add| Box::pin(disposition::add(tx, now, add))).await?;
    app.desk.reload().await?;
    Ok((StatusCode::CREATED, one(&app, id).await?))
}

/// Change a disposition, retire it or bring it back
#[utoipa::path(patch, path = "/api/v1/dispositions/{id}", tag = "administration", params(("id" = i64, Path)),
    request_body = DispositionChange, responses((status = 200, body = Disposition)))]
pub async fn change_disposition(
    State(app): State<App>,
    me: Permitted<may::EditDispositions>,
    Path(id): Path<DispositionId>,
    Json(body): Json<DispositionChange>,
) -> Result<At<Disposition>> {
    let DispositionChange { version, name, description, retired } = body;
    let change = Change { by: me.viewer.user, id, version, name, description, retired };
    app.desk.run(&change, |tx, now, change| Box::pin(disposition::change(tx, now, change))).await?;
    app.desk.reload().await?;
    one(&app, id).await
}

/// Delete a disposition that was never used, with all below it
///
/// Refused as `disposition_used` where it was: then it can be retired.
#[utoipa::path(delete, path = "/api/v1/dispositions/{id}", tag = "administration", params(("id" = i64, Path)),
    responses((status = 204), (status = 409, body = crate::Problem)))]
pub async fn remove_disposition(
    State(app): State<App>,
    me: Permitted<may::EditDispositions>,
    Path(id): Path<DispositionId>,
) -> Result<StatusCode> {
    let remove = Remove { by: me.viewer.user, id };
    app.desk.run(&remove, |tx, now, remove| Box::pin(disposition::remove(tx, now, remove))).await?;
    app.desk.reload().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Put dispositions in order
#[utoipa::path(put, path = "/api/v1/dispositions/order", tag = "administration", request_body = DispositionOrder,
    responses((status = 200, body = Vec<Disposition>)))]
pub async fn arrange_dispositions(
    State(app): State<App>,
    me: Permitted<may::EditDispositions>,
    Json(body): Json<DispositionOrder>,
) -> Result<At<Vec<Disposition>>> {
    let arrange = Arrange { by: me.viewer.user, ids: body.ids.into_iter().map(DispositionId).collect() };
    app.desk.run(&arrange, |tx, now, arrange| Box::pin(disposition::arrange(tx, now, arrange))).await?;
    app.desk.reload().await?;
    let mut snapshot = Snapshot::take(&app).await?;
    let found = shown(&mut snapshot).await?;
    Ok(snapshot.answer(found))
}

async fn one(app: &App, id: DispositionId) -> Result<At<Disposition>> {
    let mut snapshot = Snapshot::take(app).await?;
    let found = shown(&mut snapshot).await?.into_iter().find(|one| one.id == id.0).ok_or_else(Error::not_found)?;
    Ok(snapshot.answer(found))
}

async fn shown(snapshot: &mut Snapshot) -> Result<Vec<Disposition>> {
    let rows = store::disposition::all(&mut snapshot.tx).await?;
    let lists = store::contact_list::live(&mut snapshot.tx).await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let used = store::disposition::used(&mut snapshot.tx, &ids).await?;
    let config = &snapshot.config;
    let shown = rows.into_iter().filter_map(|row| {
        let one = config.dispositions.get(DispositionId(row.id))?;
        Some(Disposition {
            id: row.id,
            version: row.version,
            parent_id: row.parent_id,
            level: config.dispositions.level(one.id),
            scope_name: scope_name(config, &lists, one.scope),
            scope: row.scope,
            scope_id: row.scope_id,
            name: row.name,
            description: row.description,
            retired: row.retired_at.is_some(),
            used: used.iter().find(|used| used.id == row.id).map_or(0, |used| used.count),
        })
    });
    Ok(shown.collect())
}
