//! The ledger: what providers delivered, and what became of it.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pronto_desk::Config;
use pronto_desk::act::replay::{self, Replay};
use pronto_domain::access::Viewer;
use pronto_domain::id::{AccountId, DeliveryId};
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::accounts;
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Path, Permitted, Query, may};
use crate::snapshot::{At, Snapshot};
use crate::view::{AccountRef, Lens};

const PAGE: i64 = 50;

/// A provider's delivery, without its body.
#[derive(Serialize, ToSchema)]
pub struct Delivery {
    pub id: i64,
    pub account: AccountRef,
    pub received_at: Timestamp,
    /// `pending`, `applied`, `duplicate`, `ignored`, `failed`.
    #[schema(value_type = DeliveryState)]
    pub state: String,
    /// Why it was ignored or failed.
    pub reason: Option<String>,
    /// Of the body, in bytes.
    pub size: i64,
    /// Messages, statuses and events in it.
    pub updates: Option<i64>,
    pub replays: i64,
}

/// What became of a delivery.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum DeliveryState {
    Pending,
    Applied,
    Duplicate,
    Ignored,
    Failed,
}

impl DeliveryState {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Applied => "applied",
            Self::Duplicate => "duplicate",
            Self::Ignored => "ignored",
            Self::Failed => "failed",
        }
    }
}

/// A page of deliveries, newest first.
#[derive(Serialize, ToSchema)]
pub struct DeliveryPage {
    pub items: Vec<Delivery>,
    /// For `after`; null at the end.
    pub next: Option<String>,
    pub position: String,
}

/// A delivery as it came.
#[derive(Serialize, ToSchema)]
pub struct DeliveryDetail {
    pub delivery: Delivery,
    pub headers: BTreeMap<String, String>,
    /// As text; what is not text is shown as well as can be. Null for whom anything of customers is hidden from.
    pub body: Option<String>,
    pub outcomes: Vec<DeliveryOutcome>,
}

/// What became of one item of a delivery.
#[derive(Serialize, ToSchema)]
pub struct DeliveryOutcome {
    /// As the provider calls it, which may hold a number: null for whom anything of customers is hidden from.
    pub item: Option<String>,
    pub outcome: String,
    pub detail: Option<String>,
}

/// Which deliveries.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    pub state: Option<DeliveryState>,
    pub account: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
    /// At most 200.
    pub limit: Option<i64>,
}

/// List deliveries, newest first
#[utoipa::path(get, path = "/api/v1/deliveries", tag = "ledger", params(Which),
    responses((status = 200, body = DeliveryPage)))]
pub async fn list_deliveries(
    State(app): State<App>,
    me: Permitted<may::Ledger>,
    Query(which): Query<Which>,
) -> Result<At<DeliveryPage>> {
    let before = match which.after.as_deref().map(str::parse) {
        None => i64::MAX,
        Some(Ok(before)) => before,
        Some(Err(_)) => {
            let detail = "not a cursor of this list";
            let error = Error::new(StatusCode::BAD_REQUEST, "invalid", format!("after: {detail}"));
            return Err(error.field(Field::new("after", "format", detail)));
        }
    };
    let limit = which.limit.unwrap_or(PAGE).clamp(1, 200);
    let mut snapshot = Snapshot::take(&app).await?;
    let seen: Vec<i64> = visible(&snapshot.config, &me.viewer);
    let wanted: Vec<i64> = match which.account {
        Some(account) => seen.into_iter().filter(|id| *id == account).collect(),
        None => seen,
    };
    let state = which.state.map(DeliveryState::as_str);
    // One more than asked for tells whether there is another page.
    let mut rows = store::delivery::list(&mut snapshot.tx, state, Some(&wanted), before, limit + 1).await?;
    let more = rows.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| row.id.to_string());
    let lens = Lens { config: &snapshot.config, viewer: &me.viewer, now: app.desk.now() };
    let items = rows.into_iter().map(|row| shown(&lens, row)).collect();
    let position = snapshot.position.to_string();
    Ok(snapshot.answer(DeliveryPage { items, next, position }))
}

/// Find a delivery, with its body and what became of each item
#[utoipa::path(get, path = "/api/v1/deliveries/{id}", tag = "ledger", params(("id" = i64, Path)),
    responses((status = 200, body = DeliveryDetail)))]
pub async fn find_delivery(
    State(app): State<App>,
    me: Permitted<may::Ledger>,
    Path(id): Path<DeliveryId>,
) -> Result<At<DeliveryDetail>> {
    let mut snapshot = Snapshot::take(&app).await?;
    let row = visible_one(&mut snapshot, &me.viewer, id).await?;
    let lens = Lens { config: &snapshot.config, viewer: &me.viewer, now: app.desk.now() };
    let outcomes = row.outcomes.clone().map(|outcomes| outcomes.0).unwrap_or_default();
    let body = row
        .body
        .clone()
        .unwrap_or_else(|| String::from_utf8_lossy(row.bytes.as_deref().unwrap_or_default()).into_owned());
    let detail = DeliveryDetail {
        headers: row.headers.0.clone(),
        delivery: shown(&lens, short(&row)),
        body: lens.raw(&body),
        outcomes: outcomes
            .into_iter()
            .map(|outcome| DeliveryOutcome {
                item: lens.raw(&outcome.item),
                outcome: outcome.outcome,
                detail: outcome.detail.as_deref().and_then(|detail| lens.raw(detail)),
            })
            .collect(),
    };
    Ok(snapshot.answer(detail))
}

/// Apply a delivery again
///
/// What it did before is not done twice.
#[utoipa::path(post, path = "/api/v1/deliveries/{id}/replays", tag = "ledger", params(("id" = i64, Path)),
    responses((status = 202, body = Delivery)))]
pub async fn replay_delivery(
    State(app): State<App>,
    me: Permitted<may::Ledger>,
    Path(id): Path<DeliveryId>,
) -> Result<(StatusCode, At<Delivery>)> {
    let mut snapshot = Snapshot::take(&app).await?;
    visible_one(&mut snapshot, &me.viewer, id).await?;
    drop(snapshot);
    let input = Replay { by: me.viewer.user, id };
    app.desk.run(&input, |tx, now, input| Box::pin(replay::replay(tx, now, input))).await?;
    app.desk.ledger_bell().ring();
    let mut snapshot = Snapshot::take(&app).await?;
    let row = visible_one(&mut snapshot, &me.viewer, id).await?;
    let lens = Lens { config: &snapshot.config, viewer: &me.viewer, now: app.desk.now() };
    let delivery = shown(&lens, short(&row));
    Ok((StatusCode::ACCEPTED, snapshot.answer(delivery)))
}

/// The accounts whose deliveries somebody may see; removed ones too.
fn visible(config: &Config, viewer: &Viewer) -> Vec<i64> {
    config.accounts.values().filter(|account| accounts::sees(viewer, account)).map(|account| account.row.id).collect()
}

async fn visible_one(snapshot: &mut Snapshot, viewer: &Viewer, id: DeliveryId) -> Result<store::delivery::Detail> {
    let row = store::delivery::by_id(&mut snapshot.tx, id.0).await?;
    let account = snapshot.config.accounts.get(&AccountId(row.account_id));
    if account.is_some_and(|account| accounts::sees(viewer, account)) { Ok(row) } else { Err(Error::not_found()) }
}

fn short(row: &store::delivery::Detail) -> store::delivery::Delivery {
    store::delivery::Delivery {
        id: row.id,
        account_id: row.account_id,
        received_at: row.received_at,
        state: row.state.clone(),
        reason: row.reason.clone(),
        size: row.size,
        updates: row.updates,
        replays: row.replays,
    }
}

fn shown(lens: &Lens<'_>, row: store::delivery::Delivery) -> Delivery {
    Delivery {
        id: row.id,
        account: lens.account(row.account_id),
        received_at: store::instant(row.received_at),
        state: row.state,
        reason: row.reason.as_deref().and_then(|reason| lens.raw(reason)),
        size: row.size,
        updates: row.updates,
        replays: row.replays,
    }
}
