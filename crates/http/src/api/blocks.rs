//! Blocked senders, and a supervisor's word on them.

use axum::extract::State;
use pronto_desk::act::block::{self, Block as Blocking, Review};
use pronto_domain::access::{Permission, Seen};
use pronto_domain::id::{AccountId, InteractionId};
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::closing::shown;
use super::interaction_list::limit_of;
use super::interactions::{Opened, open};
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Path, Permitted, Query, SignedIn, may};
use crate::view::{Block, Interaction, Lens};

/// Why the sender is blocked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockInput {
    pub reason: String,
}

/// Block the sender of an interaction
///
/// At once: what is open is closed, and what they write is kept without asking for anybody. A supervisor confirms or
/// lifts it.
#[utoipa::path(put, path = "/api/v1/interactions/{id}/block", tag = "interactions", operation_id = "block_sender",
    params(("id" = i64, Path)), request_body = BlockInput,
    responses((status = 200, body = Interaction), (status = 409, body = crate::Problem)))]
pub async fn block_sender(
    State(app): State<App>,
    me: Permitted<may::Block>,
    Path(id): Path<i64>,
    Json(body): Json<BlockInput>,
) -> Result<Json<Interaction>> {
    open(&app, &me, id, Opened::Seen).await?;
    let input = Blocking {
        interaction: InteractionId(id),
        user: me.viewer.user,
        supervisor: me.viewer.supervises(),
        reviewer: me.viewer.may(Permission::ReviewBlocks),
        reason: body.reason,
        config: app.desk.config(),
    };
    let row = app.desk.run(&input, |tx, now, input| Box::pin(block::block(tx, now, input))).await?;
    app.desk.wake_routing();
    Ok(shown(&app, &me, &row))
}

/// A page of blocks.
#[derive(Debug, Serialize, ToSchema)]
pub struct BlockPage {
    pub items: Vec<Block>,
    pub next: Option<String>,
    pub position: String,
}

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct BlocksQuery {
    /// asked, confirmed or lifted.
    pub state: Option<String>,
    pub after: Option<String>,
    /// 1–100.
    pub limit: Option<i64>,
}

/// List blocked senders
///
/// Of the accounts the viewer sees, newest first.
#[utoipa::path(get, path = "/api/v1/blocks", tag = "administration", operation_id = "list_blocks",
    params(BlocksQuery), responses((status = 200, body = BlockPage)))]
pub async fn list_blocks(
    State(app): State<App>,
    me: Permitted<may::ReviewBlocks>,
    Query(query): Query<BlocksQuery>,
) -> Result<Json<BlockPage>> {
    let limit = limit_of(query.limit)?;
    let before = match query.after.as_deref() {
        None => i64::MAX,
        Some(text) => text
            .parse()
            .map_err(|_| Error::invalid(vec![Field::new("after", "format", "not a cursor of this list")]))?,
    };
    let state = match query.state.as_deref() {
        None | Some("" | "all") => None,
        Some(state @ ("asked" | "confirmed" | "lifted")) => Some(state),
        Some(_) => return Err(Error::invalid(vec![Field::new("state", "unknown", "asked, confirmed or lifted")])),
    };
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let position = store::meta::position(&mut tx, app.desk.epoch()).await?.to_string();
    let everywhere = me.viewer.sees(&Seen::default());
    let accounts: Vec<i64> = me.viewer.accounts.iter().map(|id| id.0).collect();
    let accounts = (!everywhere).then_some(accounts.as_slice());
    let mut rows = store::block::page(&mut tx, state, accounts, before, limit + 1).await?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    let about: Vec<i64> = rows.iter().map(|row| row.interaction_id).collect();
    let about = store::interaction::by_ids(&mut tx, &about).await?;
    let found = |row: &store::block::Block| about.iter().find(|one| one.id == row.interaction_id);
    let items = rows.iter().filter_map(|row| Some(lens.block(row, found(row)?))).collect();
    Ok(Json(BlockPage { items, next, position }))
}

/// What is said of a block.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockReview {
    /// `true` keeps the sender away, `false` lets them write again.
    pub confirm: bool,
}

/// Confirm or lift a block
#[utoipa::path(put, path = "/api/v1/blocks/{id}/review", tag = "administration", operation_id = "review_block",
    params(("id" = i64, Path)), request_body = BlockReview,
    responses((status = 200, body = Block), (status = 409, body = crate::Problem)))]
pub async fn review_block(
    State(app): State<App>,
    me: Permitted<may::ReviewBlocks>,
    Path(id): Path<i64>,
    Json(body): Json<BlockReview>,
) -> Result<Json<Block>> {
    let mut tx = app.desk.db().read().await?;
    let row = store::block::by_id(&mut tx, id).await?;
    drop(tx);
    if !sees(&me, &row) {
        return Err(Error::not_found());
    }
    let input = Review { block: id, user: me.viewer.user, confirm: body.confirm };
    let row = app.desk.run(&input, |tx, now, input| Box::pin(block::review(tx, now, input))).await?;
    let mut tx = app.desk.db().read().await?;
    let about = store::interaction::by_id(&mut tx, row.interaction_id).await?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    Ok(Json(lens.block(&row, &about)))
}

/// Whoever sees the account may know whom it keeps away.
fn sees(me: &SignedIn, row: &store::block::Block) -> bool {
    let account = Some(AccountId(row.account_id));
    me.viewer.accounts.contains(&AccountId(row.account_id)) || me.viewer.sees(&Seen { account, ..Seen::default() })
}
