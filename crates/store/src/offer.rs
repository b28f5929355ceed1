//! Offers: proposals of interactions to agents, by routing (with the decisions that led to them) or by an owner, who
//! transfers.

use pronto_db::{FromRow, Json, Result, Tx, ids, rows, sql};
use pronto_domain::routing::Decision;
use serde::Serialize;

use crate::Id;

#[derive(Clone, Debug, FromRow)]
pub struct Offer {
    pub id: i64,
    pub interaction_id: i64,
    pub queue_id: Option<i64>,
    pub single: bool,
    pub starts_at: i64,
    pub ends_at: i64,
    pub open: bool,
    pub result: Option<String>,
    pub ended_at: Option<i64>,
    /// Of a transfer: the owner who hands it on.
    pub from_id: Option<i64>,
    pub by_id: Option<i64>,
    pub to_id: Option<i64>,
    pub from_name: Option<String>,
    pub to_name: Option<String>,
    pub note: Option<String>,
}

impl Offer {
    pub fn is_transfer(&self) -> bool {
        self.from_id.is_some()
    }
}

/// One agent's part in an offer: their card.
#[derive(Clone, Debug, FromRow)]
pub struct Card {
    pub offer_id: i64,
    pub user_id: i64,
    pub interaction_id: i64,
    pub state: String,
    pub asked_at: i64,
    pub ended_at: Option<i64>,
    pub version: i64,
}

#[derive(Clone, Debug, Serialize)]
pub struct New {
    pub interaction_id: i64,
    pub queue_id: i64,
    pub single: bool,
    pub starts_at: i64,
    pub ends_at: i64,
}

#[derive(FromRow)]
pub struct Made {
    pub id: i64,
    pub interaction_id: i64,
}

pub async fn add(tx: &mut Tx, offers: &[New]) -> Result<Vec<Made>> {
    tx.query(sql!(
        "INSERT INTO offer (interaction_id, queue_id, single, starts_at, ends_at, open)
         SELECT interaction_id, queue_id, single, starts_at, ends_at, TRUE
         FROM {rows $1 r: interaction_id bigint, queue_id bigint, single boolean, starts_at bigint, ends_at bigint}
         WHERE TRUE RETURNING id, interaction_id"
    ))
    .bind(rows(offers))
    .all()
    .await
}

/// A transfer to be proposed.
#[derive(Clone, Debug)]
pub struct NewTransfer<'a> {
    pub interaction_id: i64,
    pub from_id: i64,
    pub from_name: &'a str,
    pub by_id: i64,
    pub to_id: Option<i64>,
    pub queue_id: Option<i64>,
    pub to_name: &'a str,
    pub note: Option<&'a str>,
    pub starts_at: i64,
    pub ends_at: i64,
    /// How it ended at once, where nobody could be asked.
    pub result: Option<&'a str>,
}

/// Answers its id. A second open one of an interaction is refused by the index.
pub async fn add_transfer(tx: &mut Tx, new: &NewTransfer<'_>) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            "INSERT INTO offer (interaction_id, queue_id, single, starts_at, ends_at, open, result, ended_at, from_id,
                 by_id, to_id, from_name, to_name, note)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id"
        ))
        .bind(new.interaction_id)
        .bind(new.queue_id)
        // Of an agent it takes up a place, as an offer to them alone does.
        .bind(new.to_id.is_some())
        .bind(new.starts_at)
        .bind(new.ends_at)
        .bind(new.result.is_none())
        .bind(new.result)
        .bind(new.result.map(|_| new.starts_at))
        .bind(new.from_id)
        .bind(new.by_id)
        .bind(new.to_id)
        .bind(new.from_name)
        .bind(new.to_name)
        .bind(new.note)
        .one()
        .await?;
    Ok(made.id)
}

/// The open transfers, of which somebody who was asked may have gone.
pub async fn open_transfers(tx: &mut Tx) -> Result<Vec<Offer>> {
    tx.query(sql!(
        "SELECT id, interaction_id, queue_id, single, starts_at, ends_at, open, result, ended_at, from_id, by_id, to_id,
             from_name, to_name, note FROM offer
         WHERE open AND from_id IS NOT NULL"
    ))
    .all()
    .await
}

#[derive(Clone, Debug, Serialize)]
pub struct NewCard {
    pub offer_id: i64,
    pub user_id: i64,
    pub interaction_id: i64,
}

pub async fn add_cards(tx: &mut Tx, cards: &[NewCard], now: i64) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO offer_agent (offer_id, user_id, interaction_id, state, asked_at, version)
         SELECT offer_id, user_id, interaction_id, 'pending', $2, 1
         FROM {rows $1 r: offer_id bigint, user_id bigint, interaction_id bigint}
         WHERE TRUE ON CONFLICT (offer_id, user_id) DO UPDATE SET state = 'pending', asked_at = excluded.asked_at,
             ended_at = NULL, version = offer_agent.version + 1"
    ))
    .bind(rows(cards))
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

pub async fn by_ids(tx: &mut Tx, offers: &[i64]) -> Result<Vec<Offer>> {
    tx.query(sql!(
        "SELECT id, interaction_id, queue_id, single, starts_at, ends_at, open, result, ended_at, from_id, by_id, to_id,
             from_name, to_name, note FROM offer
         WHERE id IN {ids $1}"
    ))
    .bind(ids(offers.iter().copied()))
    .all()
    .await
}

/// The open offer of each interaction.
pub async fn open_of(tx: &mut Tx, interactions: &[i64]) -> Result<Vec<Offer>> {
    tx.query(sql!(
        "SELECT id, interaction_id, queue_id, single, starts_at, ends_at, open, result, ended_at, from_id, by_id, to_id,
             from_name, to_name, note FROM offer
         WHERE open AND interaction_id IN {ids $1}"
    ))
    .bind(ids(interactions.iter().copied()))
    .all()
    .await
}

pub async fn cards_of(tx: &mut Tx, offers: &[i64]) -> Result<Vec<Card>> {
    tx.query(sql!(
        "SELECT offer_id, user_id, interaction_id, state, asked_at, ended_at, version FROM offer_agent
         WHERE offer_id IN {ids $1}"
    ))
    .bind(ids(offers.iter().copied()))
    .all()
    .await
}

/// Every card that interactions ever had, for who was asked before.
pub async fn cards_on(tx: &mut Tx, interactions: &[i64]) -> Result<Vec<Card>> {
    tx.query(sql!(
        "SELECT offer_id, user_id, interaction_id, state, asked_at, ended_at, version FROM offer_agent
         WHERE interaction_id IN {ids $1} ORDER BY offer_id"
    ))
    .bind(ids(interactions.iter().copied()))
    .all()
    .await
}

/// The cards before users now.
pub async fn pending_of(tx: &mut Tx, users: &[i64]) -> Result<Vec<Card>> {
    tx.query(sql!(
        "SELECT offer_id, user_id, interaction_id, state, asked_at, ended_at, version FROM offer_agent
         WHERE state = 'pending' AND user_id IN {ids $1}"
    ))
    .bind(ids(users.iter().copied()))
    .all()
    .await
}

#[derive(Clone, Debug, FromRow)]
pub struct Load {
    pub user_id: i64,
    pub cards: i64,
    pub single: i64,
}

/// How many cards are before each of these users, and how many of them are theirs alone.
pub async fn load_of(tx: &mut Tx, users: &[i64]) -> Result<Vec<Load>> {
    tx.query(sql!(
        "SELECT c.user_id, count(*) AS cards, CAST(sum(CASE WHEN o.single THEN 1 ELSE 0 END) AS bigint) AS single
         FROM offer_agent c JOIN offer o ON o.id = c.offer_id
         WHERE c.state = 'pending' AND c.user_id IN {ids $1} GROUP BY c.user_id"
    ))
    .bind(ids(users.iter().copied()))
    .all()
    .await
}

/// Ends one card.
pub async fn end_card(tx: &mut Tx, offer: i64, user: i64, state: &str, now: i64) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "UPDATE offer_agent SET state = $3, ended_at = $4, version = version + 1
             WHERE offer_id = $1 AND user_id = $2 AND state = 'pending'"
        ))
        .bind(offer)
        .bind(user)
        .bind(state)
        .bind(now)
        .execute()
        .await?;
    Ok(touched == 1)
}

/// Ends every card of offers that is still pending.
pub async fn end_cards(tx: &mut Tx, offers: &[i64], state: &str, now: i64) -> Result<()> {
    tx.query(sql!(
        "UPDATE offer_agent SET state = $2, ended_at = $3, version = version + 1
         WHERE offer_id IN {ids $1} AND state = 'pending'"
    ))
    .bind(ids(offers.iter().copied()))
    .bind(state)
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

/// Ends offers.
pub async fn end(tx: &mut Tx, offers: &[i64], result: &str, now: i64) -> Result<()> {
    tx.query(sql!("UPDATE offer SET open = FALSE, result = $2, ended_at = $3 WHERE id IN {ids $1} AND open"))
        .bind(ids(offers.iter().copied()))
        .bind(result)
        .bind(now)
        .execute()
        .await?;
    Ok(())
}

/// Notes whom round-robin asked last.
pub async fn remember_asked(tx: &mut Tx, queue: i64, user: i64) -> Result<()> {
    tx.query(sql!("UPDATE queue SET last_asked = $2 WHERE id = $1")).bind(queue).bind(user).execute().await?;
    Ok(())
}

#[derive(Clone, Debug, FromRow)]
pub struct Traced {
    pub at: i64,
    pub trace: Json<Decision>,
}

#[derive(Serialize)]
struct Trace<'a> {
    interaction_id: i64,
    trace: &'a Decision,
}

pub async fn add_decisions(tx: &mut Tx, decisions: &[Decision], now: i64) -> Result<()> {
    let traces: Vec<Trace<'_>> =
        decisions.iter().map(|trace| Trace { interaction_id: trace.interaction.0, trace }).collect();
    tx.query(sql!(
        "INSERT INTO decision (interaction_id, at, trace)
         SELECT interaction_id, $2, trace FROM {rows $1 r: interaction_id bigint, trace jsonb}"
    ))
    .bind(rows(&traces))
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

#[derive(FromRow)]
struct Latest {
    interaction_id: i64,
    trace: Json<Decision>,
}

/// The latest decision on each of these interactions.
pub async fn latest_decisions(tx: &mut Tx, interactions: &[i64]) -> Result<Vec<(i64, Decision)>> {
    let latest: Vec<Latest> = tx
        .query(sql!(
            "SELECT interaction_id, trace FROM decision WHERE id IN
                 (SELECT max(id) FROM decision WHERE interaction_id IN {ids $1} GROUP BY interaction_id)"
        ))
        .bind(ids(interactions.iter().copied()))
        .all()
        .await?;
    Ok(latest.into_iter().map(|row| (row.interaction_id, row.trace.0)).collect())
}

pub async fn decisions(tx: &mut Tx, interaction: i64) -> Result<Vec<Traced>> {
    tx.query(sql!("SELECT at, trace FROM decision WHERE interaction_id = $1 ORDER BY id DESC LIMIT 50"))
        .bind(interaction)
        .all()
        .await
}
