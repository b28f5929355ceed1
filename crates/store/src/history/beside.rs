//! What stands beside the threads: offers that have ended, and the ledger.

use pronto_db::{Result, Tx, rows, sql};
use pronto_domain::routing::Decision;
use serde::Serialize;

use crate::delivery::Outcome;

/// An offer that has ended.
#[derive(Clone, Debug, Serialize)]
pub struct Offer {
    pub id: i64,
    pub interaction_id: i64,
    pub queue_id: i64,
    pub single: bool,
    pub starts_at: i64,
    pub ends_at: i64,
    pub result: &'static str,
    pub ended_at: i64,
}

/// One agent's part in an offer.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    pub offer_id: i64,
    pub user_id: i64,
    pub interaction_id: i64,
    pub state: &'static str,
    pub asked_at: i64,
    pub ended_at: i64,
}

/// Why routing chose whom it chose.
#[derive(Clone, Debug, Serialize)]
pub struct Trace {
    pub interaction_id: i64,
    pub at: i64,
    pub trace: Decision,
}

pub async fn offers(tx: &mut Tx, offers: &[Offer], cards: &[Card], traces: &[Trace]) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO offer (id, interaction_id, queue_id, single, starts_at, ends_at, open, result, ended_at)
         SELECT id, interaction_id, queue_id, single, starts_at, ends_at, FALSE, result, ended_at
         FROM {rows $1 r: id bigint, interaction_id bigint, queue_id bigint, single boolean, starts_at bigint,
               ends_at bigint, result text, ended_at bigint}"
    ))
    .bind(rows(offers))
    .execute()
    .await?;
    tx.query(sql!(
        "INSERT INTO offer_agent (offer_id, user_id, interaction_id, state, asked_at, ended_at, version)
         SELECT offer_id, user_id, interaction_id, state, asked_at, ended_at, 2
         FROM {rows $1 r: offer_id bigint, user_id bigint, interaction_id bigint, state text, asked_at bigint,
               ended_at bigint}"
    ))
    .bind(rows(cards))
    .execute()
    .await?;
    tx.query(sql!(
        "INSERT INTO decision (interaction_id, at, trace)
         SELECT interaction_id, at, trace FROM {rows $1 r: interaction_id bigint, at bigint, trace jsonb}"
    ))
    .bind(rows(traces))
    .execute()
    .await?;
    Ok(())
}

/// A settled delivery of the ledger.
#[derive(Clone, Debug, Serialize)]
pub struct Delivery {
    pub account_id: i64,
    pub received_at: i64,
    pub headers: std::collections::BTreeMap<&'static str, String>,
    pub body: String,
    pub size: usize,
    pub state: &'static str,
    pub reason: Option<String>,
    pub updates: i64,
    pub outcomes: Option<Vec<Outcome>>,
    pub applied_at: i64,
}

pub async fn deliveries(tx: &mut Tx, deliveries: &[Delivery]) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO delivery (account_id, received_at, headers, body, size, state, reason, updates, outcomes, replays,
             applied_at)
         SELECT account_id, received_at, headers, body, size, state, reason, updates, outcomes, 0, applied_at
         FROM {rows $1 r: account_id bigint, received_at bigint, headers jsonb, body text, size bigint, state text,
               reason text, updates bigint, outcomes jsonb, applied_at bigint}"
    ))
    .bind(rows(deliveries))
    .execute()
    .await?;
    Ok(())
}
