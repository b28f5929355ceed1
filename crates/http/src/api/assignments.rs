//! Giving work to somebody, one interaction or many.

use axum::extract::State;
use pronto_desk::act::assign::{Assign, To, assign};
use pronto_domain::id::InteractionId;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Supervisor};
use crate::view::{Interaction, Lens};

const AT_ONCE: usize = 200;

/// What is assigned to whom. Either `interactions` or `of_user`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignmentInput {
    /// 1–200.
    #[serde(default)]
    pub interactions: Option<Vec<i64>>,
    /// All that this user holds and the viewer sees.
    #[serde(default)]
    pub of_user: Option<i64>,
    #[schema(value_type = crate::schema::AssignmentTarget)]
    pub to: To,
}

/// What came of an assignment.
#[derive(Debug, Serialize, ToSchema)]
pub struct Assignment {
    pub done: Vec<Interaction>,
    pub refused: Vec<RefusedOne>,
}

/// One that could not be assigned.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedOne {
    pub id: i64,
    /// `not_found`, `closed`, `not_on_account`, `theirs_already`
    pub code: String,
}

/// Assigns interactions to an agent, to a queue or back to the routing. One that is refused does not keep the others.
///
/// An agent must be associated with the account; whether they are there, and have room, is for the supervisor to judge.
#[utoipa::path(post, path = "/api/v1/assignments", tag = "transfers", operation_id = "assign",
    request_body = AssignmentInput,
    responses((status = 200, body = Assignment), (status = 422, body = crate::Problem)))]
pub async fn assign_interactions(
    State(app): State<App>,
    Supervisor(me): Supervisor,
    Json(body): Json<AssignmentInput>,
) -> Result<Json<Assignment>> {
    let mut tx = app.desk.db().read().await?;
    let (asked, rows) = match (body.interactions, body.of_user) {
        (Some(ids), None) if (1..=AT_ONCE).contains(&ids.len()) => {
            let rows = store::interaction::by_ids(&mut tx, &ids).await?;
            (ids, rows)
        }
        (Some(_), None) => {
            let detail = format!("1 to {AT_ONCE}");
            return Err(Error::invalid(vec![Field::new("interactions", "out_of_range", detail)]));
        }
        (None, Some(user)) => (Vec::new(), store::interaction::held_by(&mut tx, user).await?),
        _ => {
            let detail = "either interactions or of_user";
            return Err(Error::invalid(vec![Field::new("interactions", "required", detail)]));
        }
    };
    drop(tx);
    let seen: Vec<i64> = rows.iter().filter(|row| me.viewer.sees(&row.seen())).map(|row| row.id).collect();
    let hidden = asked.iter().filter(|id| !seen.contains(id));
    let mut refused: Vec<RefusedOne> = hidden.map(|id| RefusedOne { id: *id, code: "not_found".to_owned() }).collect();
    let config = app.desk.config();
    let input = Assign {
        interactions: seen.into_iter().map(InteractionId).collect(),
        by: me.viewer.user,
        to: body.to,
        config: config.clone(),
    };
    let all = app.desk.run(&input, |tx, now, input| Box::pin(assign(tx, now, input))).await?;
    app.desk.wake_routing();
    refused.extend(
        all.refused.into_iter().map(|(id, why)| RefusedOne { id: id.0, code: Error::from(why).code().to_owned() }),
    );
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    Ok(Json(Assignment { done: all.done.iter().map(|row| lens.interaction(row)).collect(), refused }))
}
