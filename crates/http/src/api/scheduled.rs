//! Messages that are sent later.

use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pronto_desk::Error as DeskError;
use pronto_desk::act::schedule::{self, By, Change, Plan};
use pronto_domain::id::{InteractionId, MessageId, ScheduledId};
use pronto_store as store;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::interactions::{DONE, Opened, open};
use super::messages::{shown, stale};
use crate::App;
use crate::error::{Error, Result};
use crate::extract::{Json, Path, SignedIn};
use crate::view::{Lens, Message, Scheduled};

/// A message to send later.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewScheduled {
    /// Made by the client; a repeat answers with the first result.
    pub client_id: Uuid,
    pub text: String,
    /// The message quoted.
    #[serde(default)]
    pub reply_to: Option<i64>,
    /// The last message the writer's screen showed.
    #[serde(default)]
    pub seen_through: Option<i64>,
    /// Do not send it if the customer writes before.
    #[serde(default)]
    pub unless_written: bool,
    /// In the future, at most 90 days ahead.
    pub due_at: Timestamp,
}

/// What is absent stays as it is. One that failed waits again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduledChange {
    /// The version the change was made on.
    pub version: i64,
    pub text: Option<String>,
    pub due_at: Option<Timestamp>,
    pub unless_written: Option<bool>,
}

/// What is sent later in a conversation, and what could not be sent
#[utoipa::path(get, path = "/api/v1/interactions/{id}/scheduled", tag = "messages", operation_id = "list_scheduled",
    params(("id" = i64, Path)), responses((status = 200, body = Vec<Scheduled>)))]
pub async fn list_scheduled(State(app): State<App>, me: SignedIn, Path(id): Path<i64>) -> Result<Json<Vec<Scheduled>>> {
    let row = open(&app, &me, id, Opened::Seen).await?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let rows = store::scheduled::open_in(&mut tx, id).await?;
    Ok(Json(rows.iter().map(|one| lens.scheduled(one, row.owner_id)).collect()))
}

/// Send a message later
///
/// Whether it may be sent is asked when its time comes; if not, it is kept as failed, with the reason.
#[utoipa::path(post, path = "/api/v1/interactions/{id}/scheduled", tag = "messages", operation_id = "schedule_message",
    params(("id" = i64, Path)), request_body = NewScheduled,
    responses((status = 201, body = Scheduled), (status = 409, body = crate::Problem)))]
pub async fn schedule_message(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<NewScheduled>,
) -> Result<(StatusCode, Json<Scheduled>)> {
    open(&app, &me, id, Opened::Seen).await?;
    let plan = Plan {
        interaction: InteractionId(id),
        user: me.viewer.user,
        client_id: body.client_id,
        text: body.text,
        reply_to: body.reply_to.map(MessageId),
        seen_through: body.seen_through.map(MessageId),
        unless_written: body.unless_written,
        due_at: body.due_at,
    };
    let row = app.desk.run(&plan, |tx, now, plan| Box::pin(schedule::plan(tx, now, plan))).await?;
    Ok((StatusCode::CREATED, Json(view(&app, &me, &row).await?)))
}

/// Change a message that is sent later
#[utoipa::path(patch, path = "/api/v1/scheduled/{id}", tag = "messages", operation_id = "change_scheduled",
    params(("id" = i64, Path)), request_body = ScheduledChange,
    responses((status = 200, body = Scheduled), (status = 409, body = crate::Problem)))]
pub async fn change_scheduled(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<ScheduledId>,
    Json(body): Json<ScheduledChange>,
) -> Result<Json<Scheduled>> {
    find(&app, &me, id).await?;
    let ScheduledChange { version, text, due_at, unless_written } = body;
    let change = Change { user: me.viewer.user, id, version, text, due_at, unless_written };
    let row = app.desk.run(&change, |tx, now, change| Box::pin(schedule::change(tx, now, change))).await?;
    Ok(Json(view(&app, &me, &row).await?))
}

/// Cancel a message that is sent later
#[utoipa::path(delete, path = "/api/v1/scheduled/{id}", tag = "messages", operation_id = "cancel_scheduled",
    params(("id" = i64, Path)), responses((status = 204), (status = 409, body = crate::Problem)))]
pub async fn cancel_scheduled(State(app): State<App>, me: SignedIn, Path(id): Path<ScheduledId>) -> Result<StatusCode> {
    find(&app, &me, id).await?;
    let asked = by(&me, id);
    app.desk.run(&asked, |tx, now, asked| Box::pin(schedule::cancel(tx, now, asked))).await?;
    Ok(DONE)
}

/// Send a message now instead of later
#[utoipa::path(post, path = "/api/v1/scheduled/{id}/sending", tag = "messages", operation_id = "send_scheduled",
    params(("id" = i64, Path)), responses((status = 200, body = Message), (status = 409, body = crate::Problem)))]
pub async fn send_scheduled(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<ScheduledId>,
) -> Result<Json<Message>> {
    find(&app, &me, id).await?;
    let asked = by(&me, id);
    match app.desk.run(&asked, |tx, now, asked| Box::pin(schedule::send_now(tx, now, asked))).await {
        Ok(message) => Ok(Json(shown(&app, &me, message).await?)),
        Err(DeskError::StaleReply { newer }) => Err(stale(&app, &me, &newer).await?),
        Err(error) => Err(error.into()),
    }
}

fn by(me: &SignedIn, id: ScheduledId) -> By {
    By { user: me.viewer.user, supervisor: me.viewer.supervises(), id }
}

/// One that the viewer wrote, or of an interaction they may see.
async fn find(app: &App, me: &SignedIn, id: ScheduledId) -> Result<()> {
    let mut tx = app.desk.db().read().await?;
    let row = store::scheduled::by_id(&mut tx, id.0).await?;
    drop(tx);
    if row.user_id != me.viewer.user.0 {
        open(app, me, row.interaction_id, Opened::Seen).await?;
    }
    if row.is_open() { Ok(()) } else { Err(Error::not_found()) }
}

async fn view(app: &App, me: &SignedIn, row: &store::scheduled::Scheduled) -> Result<Scheduled> {
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let owner = store::interaction::by_id(&mut tx, row.interaction_id).await?.owner_id;
    Ok(lens.scheduled(row, owner))
}
