//! Transfers: proposing to hand an interaction on, and taking that back. Answers are those to offers.

use axum::extract::State;
use axum::http::StatusCode;
use pronto_desk::act::transfer::{Cancel, Proposal, cancel, propose};
use pronto_domain::id::InteractionId;
use pronto_domain::transfer::{Ending, Target};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::interactions::{Opened, open};
use crate::App;
use crate::error::Result;
use crate::extract::{Json, Path, SignedIn};
use crate::view::{Interaction, Lens};

/// A transfer to be proposed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferInput {
    #[schema(value_type = crate::schema::TransferTarget)]
    pub to: Target,
    /// What those who are asked should know.
    #[serde(default)]
    pub note: Option<String>,
}

/// What came of a proposal.
#[derive(Debug, Serialize, ToSchema)]
pub struct Transfer {
    pub interaction: Interaction,
    /// Whether nobody of the queue is there: then it is over already, and nothing has changed hands.
    pub nobody: bool,
}

/// Proposes to hand an interaction on: its owner's and supervisors' to do.
///
/// Until somebody accepts the owner stays the owner. An agent must be available and of the account; of a queue
/// everybody is asked who is and has room, and one wins.
#[utoipa::path(post, path = "/api/v1/interactions/{id}/transfers", tag = "transfers",
    operation_id = "propose_transfer", params(("id" = i64, Path)), request_body = TransferInput,
    responses((status = 201, body = Transfer), (status = 409, body = crate::Problem),
        (status = 422, body = crate::Problem)))]
pub async fn propose_transfer(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<TransferInput>,
) -> Result<(StatusCode, Json<Transfer>)> {
    open(&app, &me, id, Opened::Seen).await?;
    let proposal = Proposal {
        interaction: InteractionId(id),
        by: me.viewer.user,
        supervisor: me.viewer.supervises(),
        to: body.to,
        note: body.note,
        config: app.desk.config(),
    };
    let done = app.desk.run(&proposal, |tx, now, proposal| Box::pin(propose(tx, now, proposal))).await?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let nobody = done.ending == Some(Ending::Nobody);
    Ok((StatusCode::CREATED, Json(Transfer { interaction: lens.interaction(&done.interaction), nobody })))
}

/// Takes back a transfer that nobody has accepted yet.
#[utoipa::path(delete, path = "/api/v1/interactions/{id}/transfers/{transfer}", tag = "transfers",
    operation_id = "cancel_transfer", params(("id" = i64, Path), ("transfer" = i64, Path)),
    responses((status = 200, body = Interaction), (status = 409, body = crate::Problem)))]
pub async fn cancel_transfer(
    State(app): State<App>,
    me: SignedIn,
    Path((id, transfer)): Path<(i64, i64)>,
) -> Result<Json<Interaction>> {
    open(&app, &me, id, Opened::Seen).await?;
    let input = Cancel {
        interaction: InteractionId(id),
        offer: transfer,
        by: me.viewer.user,
        supervisor: me.viewer.supervises(),
    };
    let row = app.desk.run(&input, |tx, now, input| Box::pin(cancel(tx, now, input))).await?;
    app.desk.wake_routing();
    let config = app.desk.config();
    Ok(Json(Lens { config: &config, viewer: &me.viewer, now: app.desk.now() }.interaction(&row)))
}
