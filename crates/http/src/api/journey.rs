//! The journey of a customer: every interaction with them, of an interaction's customer or of a contact.

use std::collections::BTreeSet;

use axum::extract::State;
use jiff::Timestamp;
use pronto_db::Tx;
use pronto_store as store;
use serde::{Deserialize, Serialize};
use store::journey::{Part, Whose};
use utoipa::{IntoParams, ToSchema};

use super::contacts;
use super::interaction_list::{cursor, limit_of};
use super::interactions::{Opened, open};
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Path, Query, SignedIn};
use crate::view::{JourneyEntry, Lens};

/// A page of a journey.
#[derive(Debug, Serialize, ToSchema)]
pub struct JourneyPage {
    pub items: Vec<JourneyEntry>,
    /// Where the next page begins.
    pub next: Option<String>,
    pub position: String,
}

/// Which part of a journey.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct JourneyQuery {
    /// Began at or after.
    pub from: Option<Timestamp>,
    /// Began before.
    pub to: Option<Timestamp>,
    /// Of this account, as far as the viewer may open them: of the others nobody is told which account they are of.
    pub account: Option<i64>,
    /// The `next` of the page before.
    pub after: Option<String>,
    /// 1–100.
    pub limit: Option<i64>,
}

/// All interactions with the same customer, newest first.
#[utoipa::path(get, path = "/api/v1/interactions/{id}/journey", tag = "interactions", operation_id = "list_journey",
    params(("id" = i64, Path), JourneyQuery),
    responses((status = 200, body = JourneyPage), (status = 404, body = crate::Problem)))]
pub async fn list_journey(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<JourneyQuery>,
) -> Result<Json<JourneyPage>> {
    let part = part(&query)?;
    let row = open(&app, &me, id, Opened::Seen).await?;
    page(&app, &me, Whose::of(&row), part, query.limit).await
}

/// All interactions with a contact, newest first.
#[utoipa::path(get, path = "/api/v1/contacts/{id}/journey", tag = "contacts", operation_id = "list_contact_journey",
    params(("id" = i64, Path), JourneyQuery),
    responses((status = 200, body = JourneyPage), (status = 404, body = crate::Problem)))]
pub async fn list_contact_journey(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<JourneyQuery>,
) -> Result<Json<JourneyPage>> {
    let part = part(&query)?;
    contacts::open(&app, &me, id).await?;
    page(&app, &me, Whose::Contact(id), part, query.limit).await
}

fn part(query: &JourneyQuery) -> Result<Part> {
    let all = Part::default();
    let part = Part {
        from: query.from.map_or(all.from, store::millis),
        to: query.to.map_or(all.to, store::millis),
        account: query.account,
        before: query.after.as_deref().map_or(Ok(all.before), cursor)?,
    };
    if part.from > part.to {
        return Err(Error::invalid(vec![Field::new("to", "out_of_range", "this is before from")]));
    }
    Ok(part)
}

async fn page(app: &App, me: &SignedIn, whose: Whose, part: Part, limit: Option<i64>) -> Result<Json<JourneyPage>> {
    let limit = limit_of(limit)?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let position = store::meta::position(&mut tx, app.desk.epoch()).await?.to_string();
    let mut rows = store::journey::page(&mut tx, whose, &part, limit + 1).await?;
    let more = i64::try_from(rows.len()).unwrap_or(i64::MAX) > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = rows.last().filter(|_| more).map(|row| format!("{}-{}", row.started_at, row.id));
    let asked = asked(&mut tx, me).await?;
    let entries = rows.iter().map(|row| lens.journey_entry(row, &asked));
    let items = entries.filter(|entry| entry.may_open || part.account.is_none()).collect();
    Ok(Json(JourneyPage { items, next, position }))
}

/// What is offered to the viewer right now: they may open it for as long as that.
pub(super) async fn asked(tx: &mut Tx, me: &SignedIn) -> Result<BTreeSet<i64>> {
    let cards = store::offer::pending_of(tx, &[me.viewer.user.0]).await?;
    Ok(cards.into_iter().map(|card| card.interaction_id).collect())
}
