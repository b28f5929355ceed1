//! One's own state: available, paused or offline.

use axum::extract::State;
use pronto_desk::act::presence::{Declare, declare};
use pronto_domain::presence::Declared;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, SignedIn};
use crate::view::{self, Lens, Presence};

const REASON_AT_MOST: usize = 60;

/// A state to declare.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PresenceInput {
    #[schema(value_type = crate::schema::PresenceState)]
    pub state: Declared,
    /// Why one pauses.
    #[serde(default)]
    pub reason: Option<String>,
}

/// Declares the viewer's state. Whoever pauses keeps what is open and gets no offers.
#[utoipa::path(put, path = "/api/v1/presence", tag = "dashboard", operation_id = "declare_presence",
    request_body = PresenceInput, responses((status = 200, body = Presence)))]
pub async fn declare_presence(
    State(app): State<App>,
    me: SignedIn,
    Json(input): Json<PresenceInput>,
) -> Result<Json<Presence>> {
    let reason = input.reason.map(|reason| reason.trim().replace('\0', "")).filter(|reason| !reason.is_empty());
    if reason.as_ref().is_some_and(|reason| reason.chars().count() > REASON_AT_MOST) {
        let detail = format!("at most {REASON_AT_MOST} characters");
        return Err(Error::invalid(vec![Field::new("reason", "too_long", detail)]));
    }
    let reason = reason.filter(|_| input.state == Declared::Paused);
    let declared = Declare { user: me.viewer.user, state: input.state, reason };
    app.desk.run(&declared, |tx, now, declared| Box::pin(declare(tx, now, declared))).await?;
    app.desk.wake_routing();
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let mut states = view::presences(&mut tx, &lens, &[me.viewer.user.0]).await?;
    states.pop().map(Json).ok_or_else(Error::not_found)
}
