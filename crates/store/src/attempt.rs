//! Tries at sending messages. The earliest one of a conversation that blocks holds up those after it.

use pronto_db::{FromRow, Json, Result, Tx, ids, rows, sql};
use pronto_domain::attempt::Attempt as Rules;
use pronto_domain::message::UnknownWord;
use pronto_domain::outbound::Outgoing;
use serde::Serialize;

use crate::message::Failure;
use crate::{Id, instant, millis};

/// The stored record, but for what is sent.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct Attempt {
    pub id: i64,
    pub message_id: i64,
    pub interaction_id: i64,
    pub account_id: i64,
    pub address_id: i64,
    pub step: String,
    pub state: String,
    pub provider_id: Option<String>,
    pub tries: i64,
    pub run_at: i64,
    pub give_up_at: i64,
    pub claimed_until: Option<i64>,
    pub blocks: bool,
    pub failure: Option<Json<Failure>>,
    pub created_at: i64,
    pub settled_at: Option<i64>,
}

impl Attempt {
    /// What the rules need of it.
    pub fn rules(&self) -> std::result::Result<Rules, UnknownWord> {
        Ok(Rules {
            step: self.step.parse()?,
            state: self.state.parse()?,
            blocks: self.blocks,
            run_at: instant(self.run_at),
            give_up_at: instant(self.give_up_at),
            leased_until: self.claimed_until.map(instant),
            settled_at: self.settled_at.map(instant),
        })
    }

    /// Takes over what the rules decided.
    pub fn adopt(&mut self, rules: &Rules) {
        self.step = rules.step.as_str().to_owned();
        self.state = rules.state.as_str().to_owned();
        self.blocks = rules.blocks;
        self.run_at = millis(rules.run_at);
        self.give_up_at = millis(rules.give_up_at);
        self.claimed_until = rules.leased_until.map(millis);
        self.settled_at = rules.settled_at.map(millis);
    }
}

/// An attempt to add.
#[derive(Clone, Debug)]
pub struct New<'a> {
    pub message_id: i64,
    pub interaction_id: i64,
    pub account_id: i64,
    pub address_id: i64,
    pub rules: Rules,
    /// Without what comes back with statuses: that is its id.
    pub request: &'a Outgoing,
}

pub async fn add(tx: &mut Tx, new: &New<'_>, now: i64) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            "INSERT INTO attempt (message_id, interaction_id, account_id, address_id, step, state, request, tries,
                 run_at, give_up_at, blocks, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11) RETURNING id"
        ))
        .bind(new.message_id)
        .bind(new.interaction_id)
        .bind(new.account_id)
        .bind(new.address_id)
        .bind(new.rules.step.as_str())
        .bind(new.rules.state.as_str())
        .bind_json(new.request)
        .bind(millis(new.rules.run_at))
        .bind(millis(new.rules.give_up_at))
        .bind(new.rules.blocks)
        .bind(now)
        .one()
        .await?;
    Ok(made.id)
}

/// All attempts of a message, in order.
pub async fn of_message(tx: &mut Tx, message: i64) -> Result<Vec<Attempt>> {
    tx.query(sql!(
        "SELECT id, message_id, interaction_id, account_id, address_id, step, state, provider_id, tries, run_at,
         give_up_at, claimed_until, blocks, failure, created_at, settled_at
         FROM attempt WHERE message_id = $1 ORDER BY id"
    ))
    .bind(message)
    .all()
    .await
}

#[derive(FromRow)]
struct Request {
    request: Json<serde_json::Value>,
}

/// What an attempt sends.
pub async fn request(tx: &mut Tx, attempt: i64) -> Result<serde_json::Value> {
    let found: Request = tx.query(sql!("SELECT request FROM attempt WHERE id = $1")).bind(attempt).one().await?;
    Ok(found.request.0)
}

/// Attempts, with all others of their messages; locked, in order.
pub async fn lock(tx: &mut Tx, attempts: &[i64]) -> Result<Vec<Attempt>> {
    if attempts.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(sql!(
        "SELECT a.id, a.message_id, a.interaction_id, a.account_id, a.address_id, a.step, a.state, a.provider_id,
         a.tries, a.run_at, a.give_up_at, a.claimed_until, a.blocks, a.failure, a.created_at, a.settled_at
         FROM attempt a WHERE a.message_id IN (SELECT b.message_id FROM attempt b WHERE b.id IN {ids $1})
         ORDER BY a.id {lock}"
    ))
    .bind(ids(attempts.iter().copied()))
    .all()
    .await
}

/// What a status goes by: the attempt it names, else the provider's id.
#[derive(Clone, Debug, Serialize)]
pub struct Wanted {
    pub account_id: i64,
    pub attempt_id: Option<i64>,
    pub provider_id: String,
}

/// Attempts that statuses speak of, with all others of their messages; locked, in order.
pub async fn find(tx: &mut Tx, wanted: &[Wanted]) -> Result<Vec<Attempt>> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(sql!(
        "SELECT a.id, a.message_id, a.interaction_id, a.account_id, a.address_id, a.step, a.state, a.provider_id,
         a.tries, a.run_at, a.give_up_at, a.claimed_until, a.blocks, a.failure, a.created_at, a.settled_at
         FROM attempt a WHERE a.message_id IN
             (SELECT x.message_id FROM {rows $1 r: account_id bigint, attempt_id bigint}
              JOIN attempt x ON x.id = r.attempt_id AND x.account_id = r.account_id
              UNION ALL
              SELECT y.message_id FROM {rows $1 s: account_id bigint, provider_id text}
              JOIN attempt y ON y.provider_id = s.provider_id AND y.account_id = s.account_id)
         ORDER BY a.id {lock}"
    ))
    .bind(rows(wanted))
    .all()
    .await
}

#[derive(Serialize)]
struct Change<'a> {
    id: i64,
    step: &'a str,
    state: &'a str,
    provider_id: Option<&'a str>,
    run_at: i64,
    give_up_at: i64,
    claimed_until: Option<i64>,
    blocks: bool,
    failure: Option<&'a Failure>,
    settled_at: Option<i64>,
}

/// Saves attempts that are locked. A provider's id that another attempt has already is left out.
pub async fn save(tx: &mut Tx, attempts: &[&Attempt]) -> Result<()> {
    if attempts.is_empty() {
        return Ok(());
    }
    let changes: Vec<Change<'_>> = attempts
        .iter()
        .map(|attempt| Change {
            id: attempt.id,
            step: &attempt.step,
            state: &attempt.state,
            provider_id: attempt.provider_id.as_deref(),
            run_at: attempt.run_at,
            give_up_at: attempt.give_up_at,
            claimed_until: attempt.claimed_until,
            blocks: attempt.blocks,
            failure: attempt.failure.as_ref().map(|json| &json.0),
            settled_at: attempt.settled_at,
        })
        .collect();
    tx.query(sql!(
        "UPDATE attempt SET step = r.step, state = r.state, run_at = r.run_at, give_up_at = r.give_up_at,
             claimed_until = r.claimed_until, blocks = r.blocks, failure = r.failure, settled_at = r.settled_at,
             provider_id = CASE WHEN EXISTS (SELECT 1 FROM attempt o WHERE o.provider_id = r.provider_id
                                             AND o.account_id = attempt.account_id AND o.id <> attempt.id)
                                THEN attempt.provider_id ELSE r.provider_id END
         FROM {rows $1 r: id bigint, step text, state text, provider_id text, run_at bigint, give_up_at bigint,
               claimed_until bigint, blocks boolean, failure jsonb, settled_at bigint}
         WHERE attempt.id = r.id"
    ))
    .bind(rows(&changes))
    .execute()
    .await?;
    Ok(())
}

/// An attempt to send now.
#[derive(Clone, Debug, FromRow)]
pub struct Claimed {
    pub id: i64,
    pub message_id: i64,
    pub interaction_id: i64,
    pub account_id: i64,
    pub address_id: i64,
    pub tries: i64,
    pub created_at: i64,
    /// An [`Outgoing`], unless a newer version wrote it.
    pub request: Json<serde_json::Value>,
}

/// Takes up to `limit` of an account that are due and that nothing before them in their conversation blocks: so at
/// most one for each conversation.
pub async fn claim(tx: &mut Tx, account: i64, now: i64, until: i64, limit: i64) -> Result<Vec<Claimed>> {
    let mut claimed: Vec<Claimed> = tx
        .query(sql!(
            "UPDATE attempt SET step = 'in_flight', claimed_until = $3, tries = tries + 1 WHERE id IN
                 (SELECT a.id FROM attempt a
                  WHERE a.account_id = $1 AND a.step IN ('prepared', 'retry') AND a.run_at <= $2
                  AND NOT EXISTS
                      (SELECT 1 FROM attempt b WHERE b.address_id = a.address_id AND b.id < a.id AND b.blocks)
                  ORDER BY a.run_at, a.id LIMIT $4 {skip locked})
             RETURNING id, message_id, interaction_id, account_id, address_id, tries, created_at, request"
        ))
        .bind(account)
        .bind(now)
        .bind(until)
        .bind(limit)
        .all()
        .await?;
    claimed.sort_by_key(|one| one.id);
    Ok(claimed)
}

/// When an account's next attempt can be claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub account_id: i64,
    pub at: i64,
}

#[derive(FromRow)]
struct Next {
    account_id: i64,
    at: Option<i64>,
}

/// The accounts that have something to send, now or later.
pub async fn due(tx: &mut Tx) -> Result<Vec<Due>> {
    let next: Vec<Next> = tx
        .query(sql!(
            "SELECT c.id AS account_id,
                 (SELECT a.run_at FROM attempt a WHERE a.account_id = c.id AND a.step IN ('prepared', 'retry')
                  AND NOT EXISTS
                      (SELECT 1 FROM attempt b WHERE b.address_id = a.address_id AND b.id < a.id AND b.blocks)
                  ORDER BY a.run_at, a.id LIMIT 1) AS at
             FROM account c ORDER BY c.id"
        ))
        .all()
        .await?;
    let due = |next: Next| Some(Due { account_id: next.account_id, at: next.at? });
    Ok(next.into_iter().filter_map(due).collect())
}

/// The next moments at which time alone changes an attempt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromRow)]
pub struct Clocks {
    /// A lease ends.
    pub lapses: Option<i64>,
    /// Something has waited too long.
    pub gives_up: Option<i64>,
    /// When the oldest doubt began that still blocks.
    pub doubts: Option<i64>,
}

pub async fn clocks(tx: &mut Tx) -> Result<Clocks> {
    tx.query(sql!(
        "SELECT (SELECT min(claimed_until) FROM attempt WHERE step = 'in_flight') AS lapses,
                (SELECT min(give_up_at) FROM attempt WHERE step IN ('prepared', 'retry')) AS gives_up,
                (SELECT min(settled_at) FROM attempt WHERE step = 'unknown' AND blocks) AS doubts"
    ))
    .one()
    .await
}

/// Attempts that time has changed: leases that ended, waits that were too long, doubts older than `doubted`.
pub async fn overdue(tx: &mut Tx, now: i64, doubted: i64, limit: i64) -> Result<Vec<i64>> {
    // Unsorted, so that each part keeps to its index.
    let found: Vec<Id> = tx
        .query(sql!(
            "SELECT o.id FROM
                 (SELECT id FROM attempt WHERE step = 'in_flight' AND claimed_until <= $1
                  UNION ALL
                  SELECT id FROM attempt WHERE step IN ('prepared', 'retry') AND give_up_at <= $1
                  UNION ALL
                  SELECT id FROM attempt WHERE step = 'unknown' AND blocks AND settled_at <= $2) o
             LIMIT $3"
        ))
        .bind(now)
        .bind(doubted)
        .bind(limit)
        .all()
        .await?;
    Ok(found.into_iter().map(|row| row.id).collect())
}

/// The provider's id of a message of ours: that of the latest attempt that has one.
pub async fn provider_id(tx: &mut Tx, message: i64) -> Result<Option<String>> {
    Ok(of_message(tx, message).await?.into_iter().rev().find_map(|attempt| attempt.provider_id))
}

/// Lets what waited for its file go; answers how many that were.
pub async fn release(tx: &mut Tx, message: i64, now: i64) -> Result<u64> {
    tx.query(sql!("UPDATE attempt SET run_at = $2 WHERE message_id = $1 AND step = 'prepared' AND run_at > $2"))
        .bind(message)
        .bind(now)
        .execute()
        .await
}

/// Whether something of a message waits for its file.
pub async fn waits(tx: &mut Tx, message: i64, now: i64) -> Result<bool> {
    let found: Option<Id> = tx
        .query(sql!("SELECT id FROM attempt WHERE message_id = $1 AND step = 'prepared' AND run_at > $2 LIMIT 1"))
        .bind(message)
        .bind(now)
        .optional()
        .await?;
    Ok(found.is_some())
}
