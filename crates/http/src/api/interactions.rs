//! Interactions: one in full, and what may be done to it.

use axum::extract::State;
use axum::http::StatusCode;
use pronto_desk::act::hold::{By, take};
use pronto_desk::act::reopen::reopen;
use pronto_domain::access::Permission;
use pronto_domain::id::InteractionId;
use pronto_store as store;
use serde::Serialize;
use utoipa::ToSchema;

use crate::App;
use crate::error::{Error, Result};
use crate::extract::{Json, Path, SignedIn, may};
use crate::live;
use crate::view::{Beside, Decision, Interaction, InteractionDetail, Lens};

/// Why an interaction is loaded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Opened {
    /// To be read: it must be the viewer's to see.
    Seen,
    /// To be answered: somebody who was just too late is told who was faster, though it may be gone from their sight.
    Answered,
}

/// How long a card that has ended may still be answered, in vain; in milliseconds.
const JUST_TOO_LATE: i64 = 60_000;

/// Loads an interaction; what the viewer may not see is not found.
pub(super) async fn open(app: &App, me: &SignedIn, id: i64, opened: Opened) -> Result<store::interaction::Interaction> {
    let mut tx = app.desk.db().read().await?;
    let row = store::interaction::by_id(&mut tx, id).await?;
    let mut seen = row.seen();
    if !me.viewer.sees(&seen) {
        let too_late = store::millis(app.desk.now()) - JUST_TOO_LATE;
        let mine = |card: &store::offer::Card| {
            let late = opened == Opened::Answered && card.ended_at.is_some_and(|ended_at| ended_at >= too_late);
            card.user_id == me.viewer.user.0 && (card.state == "pending" || late)
        };
        let asked = store::offer::cards_on(&mut tx, &[id]).await?.iter().any(mine);
        seen.offered = asked.then_some(me.viewer.user).into_iter().collect();
    }
    if me.viewer.sees(&seen) { Ok(row) } else { Err(Error::not_found()) }
}

/// One interaction in full.
#[utoipa::path(get, path = "/api/v1/interactions/{id}", tag = "interactions", operation_id = "find_interaction",
    params(("id" = i64, Path)), responses((status = 200, body = InteractionDetail), (status = 404, body = crate::Problem)))]
pub async fn find_interaction(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
) -> Result<Json<InteractionDetail>> {
    open(&app, &me, id, Opened::Seen).await?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let position = store::meta::position(&mut tx, app.desk.epoch()).await?.to_string();
    let mut row = store::interaction::by_id(&mut tx, id).await?;
    let address = store::address::by_id(&mut tx, row.address_id).await?;
    // The window is the customer's: a later conversation may have opened it again.
    (row.window_expires_at, row.window_cause) = (address.window_expires_at, address.window_cause.clone());
    let contact = match row.contact_id {
        Some(contact) => store::contact::by_ids(&mut tx, &[contact]).await?.pop(),
        None => None,
    };
    let beside = Beside::load(&mut tx, contact.as_slice()).await?;
    let watching = live::watching(&app, &mut tx, &[id]).await?;
    Ok(Json(InteractionDetail {
        interaction: lens.interaction(&row),
        contact: contact.map(|contact| lens.contact(&contact, &beside)),
        address: lens.address(&address),
        watching: watching.get(&id).into_iter().flatten().map(|user| lens.user(*user)).collect(),
        accepted_at: row.accepted_at.map(store::instant),
        message_count: row.message_count,
        position,
    }))
}

fn by(app: &App, me: &SignedIn, id: i64) -> By {
    By {
        interaction: InteractionId(id),
        user: me.viewer.user,
        supervisor: me.viewer.supervises(),
        config: app.desk.config(),
    }
}

/// Takes an interaction nobody holds; supervisors also one that somebody does.
#[utoipa::path(put, path = "/api/v1/interactions/{id}/ownership", tag = "interactions",
    operation_id = "take_interaction", params(("id" = i64, Path)),
    responses((status = 200, body = Interaction), (status = 409, body = crate::Problem)))]
pub async fn take_interaction(
    State(app): State<App>,
    me: crate::extract::Permitted<may::Take>,
    Path(id): Path<i64>,
) -> Result<Json<Interaction>> {
    open(&app, &me, id, Opened::Seen).await?;
    let row = app.desk.run(&by(&app, &me, id), |tx, now, by| Box::pin(take(tx, now, by))).await?;
    app.desk.wake_routing();
    let config = app.desk.config();
    Ok(Json(Lens { config: &config, viewer: &me.viewer, now: app.desk.now() }.interaction(&row)))
}

/// Reopens a closed interaction: whoever does owns it, and nothing is routed.
///
/// Refused as `newer_open`, with the owner and the number, while another interaction of the customer's is open.
#[utoipa::path(delete, path = "/api/v1/interactions/{id}/closure", tag = "interactions",
    operation_id = "reopen_interaction", params(("id" = i64, Path)),
    responses((status = 200, body = Interaction), (status = 409, body = crate::Problem)))]
pub async fn reopen_interaction(
    State(app): State<App>,
    me: crate::extract::Permitted<may::Take>,
    Path(id): Path<i64>,
) -> Result<Json<Interaction>> {
    open(&app, &me, id, Opened::Seen).await?;
    let row = app.desk.run(&by(&app, &me, id), |tx, now, by| Box::pin(reopen(tx, now, by))).await?;
    app.desk.wake_routing();
    let config = app.desk.config();
    Ok(Json(Lens { config: &config, viewer: &me.viewer, now: app.desk.now() }.interaction(&row)))
}

/// Why routing offered it to whom it did, newest first.
#[utoipa::path(get, path = "/api/v1/interactions/{id}/decisions", tag = "interactions",
    operation_id = "list_decisions", params(("id" = i64, Path)), responses((status = 200, body = Vec<Decision>)))]
pub async fn list_decisions(State(app): State<App>, me: SignedIn, Path(id): Path<i64>) -> Result<Json<Vec<Decision>>> {
    me.require(Permission::Why)?;
    open(&app, &me, id, Opened::Seen).await?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let traces = store::offer::decisions(&mut tx, id).await?;
    Ok(Json(traces.iter().map(|trace| lens.decision(trace)).collect()))
}

/// A colleague who may see an interaction.
#[derive(Debug, Serialize, ToSchema)]
pub struct Colleague {
    pub id: i64,
    pub name: String,
    /// What they sign in with, to be told from another of the same name.
    pub login: String,
}

/// The colleagues who may see an interaction, by name: whom a note can mention.
#[utoipa::path(get, path = "/api/v1/interactions/{id}/colleagues", tag = "interactions",
    operation_id = "list_colleagues", params(("id" = i64, Path)), responses((status = 200, body = Vec<Colleague>)))]
pub async fn list_colleagues(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
) -> Result<Json<Vec<Colleague>>> {
    let seen = open(&app, &me, id, Opened::Seen).await?.seen();
    let config = app.desk.config();
    let others = config.users.iter().filter(|(user, _)| **user != me.viewer.user);
    let mut colleagues: Vec<Colleague> = others
        .filter(|(user, _)| config.viewer(**user).is_some_and(|viewer| viewer.sees(&seen)))
        .map(|(user, found)| Colleague { id: user.0, name: found.row.name.clone(), login: found.row.login.clone() })
        .collect();
    colleagues.sort_by_cached_key(|one| (one.name.to_lowercase(), one.id));
    Ok(Json(colleagues))
}

/// Done, and there is nothing to say.
pub(super) const DONE: StatusCode = StatusCode::NO_CONTENT;
