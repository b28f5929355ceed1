//! What the business has acknowledged, and what it has sent: the other half of every test that counts.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::Result;
use crate::network::Network;

const PAGE: i64 = 1000;
const PAGE_MOST: i64 = 10_000;

/// Where both lists go on.
#[derive(Debug, Deserialize)]
pub(crate) struct Pages {
    /// Place of the last acknowledged message seen.
    after: Option<i64>,
    /// Position of the last send seen.
    sends_after: Option<i64>,
    limit: Option<i64>,
}

pub(crate) async fn show(State(network): State<Arc<Network>>, Query(pages): Query<Pages>) -> Result<Json<Value>> {
    let limit = pages.limit.unwrap_or(PAGE).clamp(1, PAGE_MOST);
    let mut reader = network.store.reader.begin().await?;
    let db = &mut *reader;
    let (queued, acknowledged, gave_up): (i64, i64, i64) = sqlx::query_as(
        "SELECT count(*) FILTER (WHERE state = 'queued'), count(*) FILTER (WHERE state = 'acknowledged'),
           count(*) FILTER (WHERE state = 'gave_up') FROM event",
    )
    .fetch_one(&mut *db)
    .await?;
    let ids: Vec<(i64, String)> = sqlx::query_as(
        "SELECT acknowledged, message_id FROM event WHERE acknowledged > ? AND kind = 'message' AND message_id IS NOT NULL
         ORDER BY acknowledged LIMIT ?",
    )
    .bind(pages.after.unwrap_or_default())
    .bind(limit)
    .fetch_all(&mut *db)
    .await?;
    let sends: Vec<(i64, String, Option<String>, String, String, i64)> = sqlx::query_as(
        "SELECT seq, id, opaque, recipient, status,
           CASE WHEN opaque IS NULL THEN 1 ELSE
             (SELECT count(*) FROM message AS twin WHERE twin.opaque = message.opaque AND twin.number_id = message.number_id
               AND twin.recipient = message.recipient) END
         FROM message WHERE sender = 'business' AND seq > ? ORDER BY seq LIMIT ?",
    )
    .bind(pages.sends_after.unwrap_or_default())
    .bind(limit)
    .fetch_all(&mut *db)
    .await?;
    let next =
        ids.last().map(|(place, _)| *place).filter(|_| i64::try_from(ids.len()).is_ok_and(|count| count == limit));
    let sends_next =
        sends.last().map(|send| send.0).filter(|_| i64::try_from(sends.len()).is_ok_and(|count| count == limit));
    let sends: Vec<Value> = sends
        .into_iter()
        .map(|(_, wamid, opaque, to, status, times)| {
            json!({"wamid": wamid, "opaque": opaque, "to": to, "status": status, "times_accepted": times})
        })
        .collect();
    Ok(Json(json!({
        "webhooks": {
            "queued": queued,
            "acknowledged": acknowledged,
            "gave_up": gave_up,
            "acknowledged_ids": ids.into_iter().map(|(_, id)| id).collect::<Vec<_>>(),
            "next": next,
        },
        "sends": sends,
        "sends_next": sends_next,
    })))
}
