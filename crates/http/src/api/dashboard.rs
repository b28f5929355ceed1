//! The dashboard: the queues one is in, one's own state and load.

use axum::extract::State;
use pronto_store as store;
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::error::{Error, Result};
use crate::extract::{Json, SignedIn};
use crate::view::{self, Lens, Presence, QueueCard};

#[derive(Debug, Serialize, ToSchema)]
pub struct Dashboard {
    pub queues: Vec<QueueCard>,
    pub presence: Presence,
    pub position: String,
}

/// The viewer's queues, state and load.
#[utoipa::path(get, path = "/api/v1/dashboard", tag = "dashboard", operation_id = "find_dashboard",
    responses((status = 200, body = Dashboard)))]
pub async fn find_dashboard(State(app): State<App>, me: SignedIn) -> Result<Json<Dashboard>> {
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let position = store::meta::position(&mut tx, app.desk.epoch()).await?.to_string();
    let ids: Vec<i64> = me.viewer.queues.iter().map(|queue| queue.0).collect();
    let queues = match ids.is_empty() {
        true => Vec::new(),
        false => view::queue_cards(&mut tx, &lens, &ids).await?,
    };
    let mut states = view::presences(&mut tx, &lens, &[me.viewer.user.0]).await?;
    let presence = states.pop().ok_or_else(Error::not_found)?;
    Ok(Json(Dashboard { queues, presence, position }))
}
