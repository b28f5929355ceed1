//! The stream without a WebSocket: a request that waits until there is something to say.

use std::time::Duration;

use axum::extract::State;
use pronto_store::meta::Position;
use serde::Serialize;
use utoipa::ToSchema;

use super::Frame;
use super::socket::{Since, catch_up};
use crate::App;
use crate::error::{Error, Result};
use crate::extract::{Json, Query, SignedIn};

/// How long a request waits.
const WAITS: Duration = Duration::from_secs(25);

/// What there is to say since a position.
#[derive(Debug, Serialize, ToSchema)]
pub struct Events {
    pub events: Vec<Frame>,
    /// Ask again from here.
    pub position: String,
}

/// Waits up to 25 seconds for events after `since`, where a WebSocket cannot be had.
#[utoipa::path(get, path = "/api/v1/events", tag = "stream", operation_id = "poll_events", params(Since),
    responses((status = 200, body = Events)))]
pub async fn poll_events(State(app): State<App>, me: SignedIn, Query(from): Query<Since>) -> Result<Json<Events>> {
    let mut bell = app.desk.bell().listen();
    let deadline = tokio::time::Instant::now() + WAITS;
    renew(&app, &me).await?;
    let mut since = from.since;
    loop {
        let until = app.live.position().ok_or_else(|| Error::internal("the stream has not started"))?;
        let position = until.to_string();
        let Some(asked) = &since else { return Ok(Json(Events { events: Vec::new(), position })) };
        match catch_up(&app, &me.viewer, asked, &until).await? {
            None => {
                let events = vec![Frame::Resync { position: position.clone() }];
                return Ok(Json(Events { events, position }));
            }
            Some(events) if !events.is_empty() || tokio::time::Instant::now() >= deadline => {
                // A snapshot may be ahead of the stream; nobody is sent back.
                let position = if ahead(asked, &until) { asked.clone() } else { position };
                return Ok(Json(Events { events, position }));
            }
            // Nothing for this viewer up to here: what comes next is looked for from here.
            Some(_) if ahead(asked, &until) => {}
            Some(_) => since = Some(position),
        }
        let left = deadline.saturating_duration_since(tokio::time::Instant::now());
        bell.heard(left.min(Duration::from_secs(1))).await;
    }
}

fn ahead(asked: &str, until: &Position) -> bool {
    asked.parse::<Position>().is_ok_and(|asked| asked > *until)
}

/// Whoever polls is present.
async fn renew(app: &App, me: &SignedIn) -> Result<()> {
    let users = vec![me.viewer.user.0];
    let renewed =
        app.desk.run(&users, |tx, now, users| Box::pin(pronto_desk::act::presence::renew(tx, now, users))).await;
    Ok(renewed?)
}
