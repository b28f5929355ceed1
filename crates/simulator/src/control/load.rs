//! Many people writing at once.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::MissedTickBehavior;

use super::error::{ControlError, Result};
use crate::network::Network;
use crate::network::inbound::Written;
use crate::store::apps::{self, NumberRow};
use crate::store::phones::{self, PhoneRow};
use crate::{clock, ids};

const TICK: Duration = Duration::from_millis(20);
const MOST_PHONES: u32 = 5_000;
const MOST_MESSAGES: u64 = 2_000_000;
const PAGE_MOST: i64 = 10_000;

/// How much is written, how fast and by how many.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Plan {
    rate_per_s: u32,
    seconds: u32,
    #[serde(default = "one")]
    phones: u32,
    #[serde(default)]
    text: Option<String>,
    /// A business number or its id; the first one when absent.
    #[serde(default)]
    to: Option<String>,
}

const fn one() -> u32 {
    1
}

pub(crate) async fn start(
    State(network): State<Arc<Network>>,
    body: Result<Json<Plan>, JsonRejection>,
) -> Result<(StatusCode, Json<Value>)> {
    let Json(plan) = body?;
    let planned = u64::from(plan.rate_per_s) * u64::from(plan.seconds);
    if planned == 0 || planned > MOST_MESSAGES || !(1..=MOST_PHONES).contains(&plan.phones) {
        return Err(ControlError::invalid(format!(
            "a load has at most {MOST_MESSAGES} messages from at most {MOST_PHONES} phones"
        )));
    }
    let mut act = network.begin().await?;
    let number = match &plan.to {
        Some(text) => apps::number_called(act.db(), text).await?,
        None => apps::numbers(act.db()).await?.into_iter().next(),
    };
    let number =
        number.ok_or_else(|| ControlError::NotFound("business number", plan.to.clone().unwrap_or_default()))?;
    let mut people = Vec::new();
    for place in 0..plan.phones {
        people.push(person(&mut act, place).await?);
    }
    let id = sqlx::query("INSERT INTO load (planned) VALUES (?)")
        .bind(i64::try_from(planned).unwrap_or(i64::MAX))
        .execute(act.db())
        .await?
        .last_insert_rowid();
    act.commit().await?;
    tokio::spawn(run(Arc::clone(&network), id, plan, planned, people, number));
    Ok((StatusCode::ACCEPTED, Json(json!({"id": id, "planned": planned}))))
}

/// The load generator's person at a place, the same one in every run.
async fn person(act: &mut crate::network::Act<'_>, place: u32) -> Result<PhoneRow> {
    let id = format!("load-{place}");
    if let Some(known) = phones::find(act.db(), &id).await? {
        return Ok(known);
    }
    let phone = PhoneRow {
        id,
        name: format!("Load {place}"),
        number: format!("39399{place:07}"),
        user_id: ids::user_id("IT"),
        username: None,
        hidden_number: false,
        online: true,
        blocked: false,
        synthetic: true,
    };
    phones::add(act.db(), &phone).await?;
    Ok(phone)
}

async fn run(network: Arc<Network>, id: i64, plan: Plan, planned: u64, people: Vec<PhoneRow>, number: NumberRow) {
    let begun = tokio::time::Instant::now();
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let prefix = plan.text.as_deref().unwrap_or("Load");
    let mut written = 0_u64;
    while written < planned {
        tokio::select! {
            () = network.stop.cancelled() => return,
            _ = ticks.tick() => {}
        }
        let due = begun.elapsed().as_millis() * u128::from(plan.rate_per_s) / 1000 + 1;
        let due = u64::try_from(due).unwrap_or(u64::MAX).min(planned);
        // Bounded, so that other writers get their turn.
        let due = due.min(written + 500);
        match write(&network, id, prefix, written..due, &people, &number).await {
            Ok(()) => written = due,
            Err(error) => {
                tracing::error!(%error, "could not write load");
                return;
            }
        }
    }
    let finished = sqlx::query("UPDATE load SET done = 1 WHERE id = ?").bind(id).execute(&network.store.writer).await;
    if let Err(error) = finished {
        tracing::error!(%error, "could not end load");
    }
}

async fn write(
    network: &Network,
    load: i64,
    prefix: &str,
    range: std::ops::Range<u64>,
    people: &[PhoneRow],
    number: &NumberRow,
) -> Result<(), sqlx::Error> {
    let mut act = network.begin().await?;
    for (count, phone) in range.clone().zip(people.iter().cycle().skip(skipped(range.start, people.len()))) {
        let written = Written {
            id: None,
            kind: "text".to_owned(),
            content: json!({"body": format!("{prefix} {count}")}),
            extra: None,
            reply_to: None,
            at: clock::now(),
            load_id: Some(load),
        };
        act.write(phone, number, written).await?;
    }
    act.commit().await
}

fn skipped(start: u64, people: usize) -> usize {
    let people = u64::try_from(people.max(1)).unwrap_or(1);
    usize::try_from(start % people).unwrap_or_default()
}

/// Where the list of ids goes on.
#[derive(Debug, Deserialize)]
pub(crate) struct Page {
    after: Option<i64>,
    limit: Option<i64>,
}

pub(crate) async fn show(
    State(network): State<Arc<Network>>,
    Path(id): Path<i64>,
    Query(page): Query<Page>,
) -> Result<Json<Value>> {
    let limit = page.limit.unwrap_or(1000).clamp(0, PAGE_MOST);
    let mut reader = network.store.reader.begin().await?;
    let db = &mut *reader;
    let found: Option<(i64, bool)> =
        sqlx::query_as("SELECT planned, done FROM load WHERE id = ?").bind(id).fetch_optional(&mut *db).await?;
    let (planned, done) = found.ok_or_else(|| ControlError::NotFound("load", id.to_string()))?;
    let (sent, acknowledged): (i64, i64) =
        sqlx::query_as("SELECT count(*), count(*) FILTER (WHERE status <> 'sent') FROM message WHERE load_id = ?")
            .bind(id)
            .fetch_one(&mut *db)
            .await?;
    let ids: Vec<(i64, String)> =
        sqlx::query_as("SELECT seq, id FROM message WHERE load_id = ? AND seq > ? ORDER BY seq LIMIT ?")
            .bind(id)
            .bind(page.after.unwrap_or_default())
            .bind(limit)
            .fetch_all(&mut *db)
            .await?;
    let next = ids.last().map(|(seq, _)| *seq).filter(|_| i64::try_from(ids.len()).is_ok_and(|count| count == limit));
    Ok(Json(json!({
        "id": id,
        "planned": planned,
        "done": done,
        "sent": sent,
        "acknowledged": acknowledged,
        "ids": ids.into_iter().map(|(_, id)| id).collect::<Vec<_>>(),
        "next": next,
    })))
}
