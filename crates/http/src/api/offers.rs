//! Offers before the viewer, and the answers to them.

use axum::extract::State;
use axum::http::StatusCode;
use pronto_desk::act::offer::{Answer, accept, reject};
use pronto_domain::id::InteractionId;
use pronto_store as store;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::interactions::{Opened, open};
use crate::App;
use crate::error::Result;
use crate::extract::{Json, Path, Query, SignedIn};
use crate::view::{Interaction, Lens, Offer};

/// The viewer's cards.
#[utoipa::path(get, path = "/api/v1/offers", tag = "offers", operation_id = "list_offers",
    responses((status = 200, body = Vec<Offer>)))]
pub async fn list_offers(State(app): State<App>, me: SignedIn) -> Result<Json<Vec<Offer>>> {
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let cards = store::offer::pending_of(&mut tx, &[me.viewer.user.0]).await?;
    let ids: Vec<i64> = cards.iter().map(|card| card.offer_id).collect();
    let subjects: Vec<i64> = cards.iter().map(|card| card.interaction_id).collect();
    let offers = store::offer::by_ids(&mut tx, &ids).await?;
    let interactions = store::interaction::by_ids(&mut tx, &subjects).await?;
    let seen = cards.iter().filter_map(|card| {
        let offer = offers.iter().find(|offer| offer.id == card.offer_id)?;
        let interaction = interactions.iter().find(|row| row.id == card.interaction_id)?;
        Some(lens.offer(offer, card, interaction))
    });
    Ok(Json(seen.collect()))
}

/// Which offer is accepted; without one, whichever is open.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptanceInput {
    #[serde(default)]
    pub offer_id: Option<i64>,
}

/// Accepts the offered interaction: exactly one of those asked wins, the others are told who.
#[utoipa::path(put, path = "/api/v1/interactions/{id}/acceptance", tag = "offers", operation_id = "accept_interaction",
    params(("id" = i64, Path)), request_body = AcceptanceInput,
    responses((status = 200, body = Interaction), (status = 409, body = crate::Problem)))]
pub async fn accept_interaction(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(_): Json<AcceptanceInput>,
) -> Result<Json<Interaction>> {
    open(&app, &me, id, Opened::Answered).await?;
    let answer = Answer { interaction: InteractionId(id), user: me.viewer.user, config: app.desk.config() };
    let row = app.desk.run(&answer, |tx, now, answer| Box::pin(accept(tx, now, answer))).await?;
    app.desk.wake_routing();
    let config = app.desk.config();
    Ok(Json(Lens { config: &config, viewer: &me.viewer, now: app.desk.now() }.interaction(&row)))
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Rejection {
    /// Which offer is rejected.
    pub offer_id: Option<i64>,
}

/// Rejects the offer: it goes to somebody else.
#[utoipa::path(delete, path = "/api/v1/interactions/{id}/acceptance", tag = "offers",
    operation_id = "reject_interaction", params(("id" = i64, Path), Rejection),
    responses((status = 204), (status = 409, body = crate::Problem)))]
pub async fn reject_interaction(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Query(_): Query<Rejection>,
) -> Result<StatusCode> {
    open(&app, &me, id, Opened::Answered).await?;
    let answer = Answer { interaction: InteractionId(id), user: me.viewer.user, config: app.desk.config() };
    app.desk.run(&answer, |tx, now, answer| Box::pin(reject(tx, now, answer))).await?;
    app.desk.wake_routing();
    Ok(StatusCode::NO_CONTENT)
}
