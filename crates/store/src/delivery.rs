//! The ledger: what providers delivered, as it came.

use std::collections::BTreeMap;

use pronto_db::{FromRow, Json, Result, Tx, ids, rows, sql};
use serde::{Deserialize, Serialize};

/// A delivery to write.
#[derive(Clone, Debug)]
pub struct New {
    pub account_id: i64,
    pub received_at: i64,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

#[derive(Serialize)]
struct Textual<'a> {
    account_id: i64,
    received_at: i64,
    headers: &'a BTreeMap<String, String>,
    body: &'a str,
    size: usize,
}

/// Writes deliveries: those whose body is text in one statement, others each by itself.
pub async fn add(tx: &mut Tx, deliveries: &[New]) -> Result<()> {
    let mut textual = Vec::with_capacity(deliveries.len());
    for delivery in deliveries {
        let New { account_id, received_at, headers, body } = delivery;
        match std::str::from_utf8(body) {
            // PostgreSQL's text cannot hold a NUL.
            Ok(text) if !body.contains(&0) => textual.push(Textual {
                account_id: *account_id,
                received_at: *received_at,
                headers,
                body: text,
                size: body.len(),
            }),
            _ => {
                tx.query(sql!(
                    "INSERT INTO delivery (account_id, received_at, headers, bytes, size, state, replays)
                     VALUES ($1, $2, $3, $4, $5, 'pending', 0)"
                ))
                .bind(*account_id)
                .bind(*received_at)
                .bind_json(headers)
                .bind(body.clone())
                .bind(i64::try_from(body.len()).unwrap_or(i64::MAX))
                .execute()
                .await?;
            }
        }
    }
    if !textual.is_empty() {
        tx.query(sql!(
            "INSERT INTO delivery (account_id, received_at, headers, body, size, state, replays)
             SELECT account_id, received_at, headers, body, size, 'pending', 0
             FROM {rows $1 r: account_id bigint, received_at bigint, headers jsonb, body text, size bigint}"
        ))
        .bind(rows(&textual))
        .execute()
        .await?;
    }
    Ok(())
}

/// A delivery that waits to be applied.
#[derive(Clone, Debug, FromRow)]
pub struct Pending {
    pub id: i64,
    pub account_id: i64,
    pub received_at: i64,
    pub body: Option<String>,
    pub bytes: Option<Vec<u8>>,
}

impl Pending {
    pub fn bytes(&self) -> &[u8] {
        self.body.as_ref().map(String::as_bytes).or(self.bytes.as_deref()).unwrap_or_default()
    }
}

/// The oldest that wait.
pub async fn pending(tx: &mut Tx, limit: i64) -> Result<Vec<Pending>> {
    tx.query(sql!(
        "SELECT id, account_id, received_at, body, bytes FROM delivery WHERE state = 'pending' ORDER BY id LIMIT $1"
    ))
    .bind(limit)
    .all()
    .await
}

/// How one item of a delivery ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What it was: `message wamid…`, `status read wamid…`, `event …`.
    pub item: String,
    /// applied, duplicate, ignored, failed.
    pub outcome: String,
    pub detail: Option<String>,
}

/// How a delivery ended.
#[derive(Clone, Debug, Serialize)]
pub struct Applied {
    pub id: i64,
    pub state: &'static str,
    pub reason: Option<String>,
    pub updates: Option<i64>,
    pub outcomes: Option<Vec<Outcome>>,
}

/// Settles deliveries that are still pending; answers how many were.
pub async fn settle(tx: &mut Tx, applied: &[Applied], now: i64) -> Result<u64> {
    // `coalesce` keeps SQLite from going through everything that is pending by the index of states, and through the
    // rows again for each.
    tx.query(sql!(
        "UPDATE delivery SET state = r.state, reason = r.reason, updates = r.updates, outcomes = r.outcomes,
             applied_at = $2
         FROM {rows $1 r: id bigint, state text, reason text, updates bigint, outcomes jsonb}
         WHERE delivery.id = r.id AND coalesce(delivery.state, '') = 'pending'"
    ))
    .bind(rows(applied))
    .bind(now)
    .execute()
    .await
}

/// A delivery for the ledger page, without its body.
#[derive(Clone, Debug, FromRow)]
pub struct Delivery {
    pub id: i64,
    pub account_id: i64,
    pub received_at: i64,
    pub state: String,
    pub reason: Option<String>,
    pub size: i64,
    pub updates: Option<i64>,
    pub replays: i64,
}

/// Newest first, before an id; of one state and of these accounts if given.
pub async fn list(
    tx: &mut Tx,
    state: Option<&str>,
    accounts: Option<&[i64]>,
    before: i64,
    limit: i64,
) -> Result<Vec<Delivery>> {
    let every = accounts.is_none();
    let accounts = ids(accounts.unwrap_or_default().iter().copied());
    match state {
        Some(state) => {
            tx.query(sql!(
                "SELECT id, account_id, received_at, state, reason, size, updates, replays FROM delivery
                 WHERE state = $1 AND id < $2 AND ($3 OR account_id IN {ids $4}) ORDER BY id DESC LIMIT $5"
            ))
            .bind(state)
            .bind(before)
            .bind(every)
            .bind(accounts)
            .bind(limit)
            .all()
            .await
        }
        None => {
            tx.query(sql!(
                "SELECT id, account_id, received_at, state, reason, size, updates, replays FROM delivery
                 WHERE id < $1 AND ($2 OR account_id IN {ids $3}) ORDER BY id DESC LIMIT $4"
            ))
            .bind(before)
            .bind(every)
            .bind(accounts)
            .bind(limit)
            .all()
            .await
        }
    }
}

/// A delivery in full.
#[derive(Clone, Debug, FromRow)]
pub struct Detail {
    pub id: i64,
    pub account_id: i64,
    pub received_at: i64,
    pub headers: Json<BTreeMap<String, String>>,
    pub body: Option<String>,
    pub bytes: Option<Vec<u8>>,
    pub state: String,
    pub reason: Option<String>,
    pub size: i64,
    pub updates: Option<i64>,
    pub outcomes: Option<Json<Vec<Outcome>>>,
    pub replays: i64,
}

pub async fn by_id(tx: &mut Tx, delivery: i64) -> Result<Detail> {
    tx.query(sql!(
        "SELECT id, account_id, received_at, headers, body, bytes, state, reason, size, updates, outcomes, replays
         FROM delivery WHERE id = $1"
    ))
    .bind(delivery)
    .one()
    .await
}

/// Lets the ledger worker take a delivery again. What it applied before is not applied twice.
pub async fn replay(tx: &mut Tx, delivery: i64) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "UPDATE delivery SET state = 'pending', reason = NULL, replays = replays + 1
             WHERE id = $1 AND state <> 'pending'"
        ))
        .bind(delivery)
        .execute()
        .await?;
    Ok(touched == 1)
}

/// Forgets the payloads of deliveries that were applied before `before`; answers how many.
pub async fn forget(tx: &mut Tx, before: i64, limit: i64) -> Result<u64> {
    tx.query(sql!(
        "DELETE FROM delivery WHERE id IN
         (SELECT id FROM delivery WHERE received_at < $1 AND state IN ('applied', 'duplicate', 'ignored') LIMIT $2)"
    ))
    .bind(before)
    .bind(limit)
    .execute()
    .await
}

/// What the ledger still has to do: how many wait.
pub async fn backlog(tx: &mut Tx) -> Result<i64> {
    #[derive(FromRow)]
    struct Count {
        count: i64,
    }
    let found: Count = tx.query(sql!("SELECT count(*) AS count FROM delivery WHERE state = 'pending'")).one().await?;
    Ok(found.count)
}
