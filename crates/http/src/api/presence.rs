//! One's own state: available, paused or offline.

use axum::extract::State;
use jiff::SignedDuration;
use pronto_desk::act::presence::{Declare, declare};
use pronto_desk::act::wrap_up::{WrapUp, wrap_up};
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
    own(&app, &me).await
}

/// How much longer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WrapUpInput {
    /// 1 to 3600.
    pub seconds: i64,
}

/// Make one's wrap-up longer
///
/// At most to an hour from now. Refused as `no_wrap_up` when none is running.
#[utoipa::path(put, path = "/api/v1/presence/wrap-up", tag = "dashboard", operation_id = "extend_wrap_up",
    request_body = WrapUpInput, responses((status = 200, body = Presence), (status = 409, body = crate::Problem)))]
pub async fn extend_wrap_up(
    State(app): State<App>,
    me: SignedIn,
    Json(input): Json<WrapUpInput>,
) -> Result<Json<Presence>> {
    if !(1..=3600).contains(&input.seconds) {
        return Err(Error::invalid(vec![Field::new("seconds", "out_of_range", "1 to 3600")]));
    }
    let input = WrapUp { user: me.viewer.user, longer: Some(SignedDuration::from_secs(input.seconds)) };
    app.desk.run(&input, |tx, now, input| Box::pin(wrap_up(tx, now, input))).await?;
    own(&app, &me).await
}

/// End one's wrap-up
#[utoipa::path(delete, path = "/api/v1/presence/wrap-up", tag = "dashboard", operation_id = "end_wrap_up",
    responses((status = 200, body = Presence)))]
pub async fn end_wrap_up(State(app): State<App>, me: SignedIn) -> Result<Json<Presence>> {
    let input = WrapUp { user: me.viewer.user, longer: None };
    app.desk.run(&input, |tx, now, input| Box::pin(wrap_up(tx, now, input))).await?;
    app.desk.wake_routing();
    own(&app, &me).await
}

/// The viewer's state.
async fn own(app: &App, me: &SignedIn) -> Result<Json<Presence>> {
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let mut states = view::presences(&mut tx, &lens, &[me.viewer.user.0]).await?;
    states.pop().map(Json).ok_or_else(Error::not_found)
}
