//! Queues.

use axum::extract::State;
use axum::http::StatusCode;
use pronto_desk::Config;
use pronto_desk::act::queue::{self, Add, Change, Fields, Remove};
use pronto_domain::id::QueueId;
use pronto_domain::routing::Strategy;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::members::{living_teams, living_users};
use crate::App;
use crate::error::{Error, Result};
use crate::extract::{Json, Path, Permitted, SignedIn, may};
use crate::schema;
use crate::snapshot::{At, Snapshot};

/// A set of agents with an offering strategy.
#[derive(Serialize, ToSchema)]
pub struct Queue {
    pub id: i64,
    pub version: i64,
    pub name: String,
    #[schema(value_type = schema::Strategy)]
    pub strategy: Strategy,
    /// How long an agent has to answer an offer.
    pub agent_timeout_s: i64,
    /// 0–10, higher first.
    pub weight: i64,
    /// Within what time an interaction should be accepted; 0 = off.
    pub service_level_s: i64,
    /// Whoever handled the customer last is asked first.
    pub last_agent_first: bool,
    /// How long an agent gets no offers after closing.
    pub wrap_up_s: i64,
    /// Whether nothing of it is closed without saying how it ended.
    pub disposition_required: bool,
    pub user_ids: Vec<i64>,
    pub team_ids: Vec<i64>,
}

/// A new queue. What is absent is as usual.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQueue {
    pub name: String,
    #[schema(value_type = Option<schema::Strategy>)]
    pub strategy: Option<Strategy>,
    pub agent_timeout_s: Option<i64>,
    pub weight: Option<i64>,
    pub service_level_s: Option<i64>,
    pub last_agent_first: Option<bool>,
    pub wrap_up_s: Option<i64>,
    pub disposition_required: Option<bool>,
    #[serde(default)]
    pub user_ids: Vec<i64>,
    #[serde(default)]
    pub team_ids: Vec<i64>,
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QueueChange {
    /// The version the change was made on.
    pub version: i64,
    pub name: Option<String>,
    #[schema(value_type = Option<schema::Strategy>)]
    pub strategy: Option<Strategy>,
    pub agent_timeout_s: Option<i64>,
    pub weight: Option<i64>,
    pub service_level_s: Option<i64>,
    pub last_agent_first: Option<bool>,
    pub wrap_up_s: Option<i64>,
    pub disposition_required: Option<bool>,
    pub user_ids: Option<Vec<i64>>,
    pub team_ids: Option<Vec<i64>>,
    /// `false` brings back a queue that was removed.
    pub deleted: Option<bool>,
}

/// List queues
#[utoipa::path(get, path = "/api/v1/queues", tag = "administration",
    responses((status = 200, body = Vec<Queue>)))]
pub async fn list_queues(State(app): State<App>, _: SignedIn) -> Result<At<Vec<Queue>>> {
    let snapshot = Snapshot::take(&app).await?;
    let queues = shown(&snapshot.config);
    Ok(snapshot.answer(queues))
}

/// Find a queue
#[utoipa::path(get, path = "/api/v1/queues/{id}", tag = "administration", params(("id" = i64, Path)),
    responses((status = 200, body = Queue)))]
pub async fn find_queue(State(app): State<App>, _: SignedIn, Path(id): Path<QueueId>) -> Result<At<Queue>> {
    one(&app, id).await
}

/// Add a queue
#[utoipa::path(post, path = "/api/v1/queues", tag = "administration",
    request_body = NewQueue, responses((status = 201, body = Queue)))]
pub async fn add_queue(
    State(app): State<App>,
    me: Permitted<may::EditQueues>,
    Json(body): Json<NewQueue>,
) -> Result<(StatusCode, At<Queue>)> {
    let fields = Fields {
        name: Some(body.name),
        strategy: body.strategy,
        agent_timeout_s: body.agent_timeout_s,
        weight: body.weight,
        service_level_s: body.service_level_s,
        last_agent_first: body.last_agent_first,
        wrap_up_s: body.wrap_up_s,
        disposition_required: body.disposition_required,
        user_ids: Some(body.user_ids),
        team_ids: Some(body.team_ids),
    };
    let add = Add { by: me.viewer.user, fields };
    let id = app.desk.run(&add, |tx, now, add| Box::pin(queue::add(tx, now, add))).await?;
    app.desk.reload().await?;
    Ok((StatusCode::CREATED, one(&app, id).await?))
}

/// Change a queue, or bring one back
#[utoipa::path(patch, path = "/api/v1/queues/{id}", tag = "administration", params(("id" = i64, Path)),
    request_body = QueueChange, responses((status = 200, body = Queue)))]
pub async fn change_queue(
    State(app): State<App>,
    me: Permitted<may::EditQueues>,
    Path(id): Path<QueueId>,
    Json(body): Json<QueueChange>,
) -> Result<At<Queue>> {
    let fields = Fields {
        name: body.name,
        strategy: body.strategy,
        agent_timeout_s: body.agent_timeout_s,
        weight: body.weight,
        service_level_s: body.service_level_s,
        last_agent_first: body.last_agent_first,
        wrap_up_s: body.wrap_up_s,
        disposition_required: body.disposition_required,
        user_ids: body.user_ids,
        team_ids: body.team_ids,
    };
    let change = Change { by: me.viewer.user, id, version: body.version, fields, deleted: body.deleted };
    app.desk.run(&change, |tx, now, change| Box::pin(queue::change(tx, now, change))).await?;
    app.desk.reload().await?;
    app.desk.wake_routing();
    one(&app, id).await
}

/// Remove a queue
///
/// Refused as `in_use` while it has open interactions or an account leads to it.
#[utoipa::path(delete, path = "/api/v1/queues/{id}", tag = "administration", params(("id" = i64, Path)),
    responses((status = 204)))]
pub async fn remove_queue(
    State(app): State<App>,
    me: Permitted<may::EditQueues>,
    Path(id): Path<QueueId>,
) -> Result<StatusCode> {
    let remove = Remove { by: me.viewer.user, id };
    app.desk.run(&remove, |tx, now, remove| Box::pin(queue::remove(tx, now, remove))).await?;
    app.desk.reload().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn one(app: &App, id: QueueId) -> Result<At<Queue>> {
    let snapshot = Snapshot::take(app).await?;
    let queue = shown(&snapshot.config).into_iter().find(|queue| queue.id == id.0).ok_or_else(Error::not_found)?;
    Ok(snapshot.answer(queue))
}

fn shown(config: &Config) -> Vec<Queue> {
    config
        .queues
        .values()
        .filter(|queue| queue.row.deleted_at.is_none())
        .map(|queue| Queue {
            id: queue.row.id,
            version: queue.row.version,
            name: queue.row.name.clone(),
            strategy: queue.strategy,
            agent_timeout_s: queue.row.agent_timeout_s,
            weight: queue.row.weight,
            service_level_s: queue.row.service_level_s,
            last_agent_first: queue.row.last_agent_first,
            wrap_up_s: queue.row.wrap_up_s,
            disposition_required: queue.row.disposition_required,
            user_ids: living_users(config, &queue.user_ids),
            team_ids: living_teams(config, &queue.team_ids),
        })
        .collect()
}
