//! Interactions: one record each, for the rules and for the lists.

mod save;
mod work;

use pronto_db::{FromRow, Json, Result, Tx, ids, rows, sql};
use pronto_domain::access::Seen;
use pronto_domain::id::{AccountId, AddressId, DispositionId, InteractionId, QueueId, UserId};
use pronto_domain::interaction::{Interaction as Rules, Snooze, State};
use pronto_domain::message::UnknownWord;
use pronto_domain::search::words;
use pronto_domain::sentiment::{Sentiment, Tally};
pub use save::{save, save_one};
use serde::{Deserialize, Serialize};
pub use work::{Backlog, Left, Load, Served, backlog, heads, held_by, latest_waiting, left, open_of, ringing};

use crate::{instant, millis};

/// The stored record.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Interaction {
    pub id: i64,
    pub account_id: i64,
    pub address_id: i64,
    pub contact_id: Option<i64>,
    pub state: String,
    pub queue_id: Option<i64>,
    pub owner_id: Option<i64>,
    pub first_owner_id: Option<i64>,
    pub was_with_id: Option<i64>,
    pub flow_step: i64,
    pub flow_ended: bool,
    pub controller: String,
    pub epoch: i64,
    pub started_at: i64,
    pub waiting_since: Option<i64>,
    pub accepted_at: Option<i64>,
    pub closed_at: Option<i64>,
    pub reopened_at: Option<i64>,
    pub disposition_id: Option<i64>,
    pub snooze: Option<String>,
    pub snooze_until: Option<i64>,
    pub warned_at: Option<i64>,
    pub blocked: bool,
    pub customer: String,
    pub phone: Option<String>,
    pub window_expires_at: Option<i64>,
    pub window_cause: Option<String>,
    pub last_at: i64,
    pub last_message_id: Option<i64>,
    pub last_direction: Option<String>,
    pub last_kind: Option<String>,
    pub last_preview: Option<String>,
    pub last_status: Option<String>,
    pub unread: i64,
    pub marked_unread: bool,
    pub unmanaged: i64,
    pub unanswered_since: Option<i64>,
    pub read_through: i64,
    pub message_count: i64,
    pub tags: Json<Vec<String>>,
    pub transfer: Option<Json<Pending>>,
    /// What most of it sounds like; nothing while nothing was written.
    pub sentiment: Option<String>,
    pub sentiment_tally: Json<Tally>,
    pub version: i64,
}

/// A transfer that is pending, as lists show it; it stands as an offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    pub offer_id: i64,
    pub by_id: i64,
    pub to_id: Option<i64>,
    pub queue_id: Option<i64>,
    pub ends_at: i64,
}

impl Interaction {
    /// The record of one in which nothing has happened; the rules are still to be adopted into it.
    pub fn new(account_id: i64, address_id: i64, customer: String, at: i64) -> Self {
        Self {
            id: 0,
            account_id,
            address_id,
            contact_id: None,
            state: String::new(),
            queue_id: None,
            owner_id: None,
            first_owner_id: None,
            was_with_id: None,
            flow_step: 0,
            flow_ended: false,
            controller: String::new(),
            epoch: 0,
            started_at: at,
            waiting_since: None,
            accepted_at: None,
            closed_at: None,
            reopened_at: None,
            disposition_id: None,
            snooze: None,
            snooze_until: None,
            warned_at: None,
            blocked: false,
            customer,
            phone: None,
            window_expires_at: None,
            window_cause: None,
            last_at: at,
            last_message_id: None,
            last_direction: None,
            last_kind: None,
            last_preview: None,
            last_status: None,
            unread: 0,
            marked_unread: false,
            unmanaged: 0,
            unanswered_since: None,
            read_through: 0,
            message_count: 0,
            tags: Json(Vec::new()),
            transfer: None,
            sentiment: None,
            sentiment_tally: Json(Tally::default()),
            version: 1,
        }
    }

    /// What the rules need of it.
    pub fn rules(&self) -> std::result::Result<Rules, UnknownWord> {
        Ok(Rules {
            id: InteractionId(self.id),
            account: AccountId(self.account_id),
            address: AddressId(self.address_id),
            state: self.state.parse()?,
            queue: self.queue_id.map(QueueId),
            owner: self.owner_id.map(UserId),
            first_owner: self.first_owner_id.map(UserId),
            was_with: self.was_with_id.map(UserId),
            flow_step: self.flow_step,
            flow_ended: self.flow_ended,
            controller: self.controller.parse()?,
            epoch: self.epoch,
            waiting_since: self.waiting_since.map(instant),
            accepted_at: self.accepted_at.map(instant),
            closed_at: self.closed_at.map(instant),
            reopened_at: self.reopened_at.map(instant),
            disposition: self.disposition_id.map(DispositionId),
            snooze: Snooze::read(self.snooze.as_deref(), self.snooze_until.map(instant))?,
        })
    }

    /// Takes over what the rules decided.
    pub fn adopt(&mut self, rules: &Rules) {
        self.state = rules.state.as_str().to_owned();
        self.queue_id = rules.queue.map(i64::from);
        self.owner_id = rules.owner.map(i64::from);
        self.first_owner_id = rules.first_owner.map(i64::from);
        self.was_with_id = rules.was_with.map(i64::from);
        self.flow_step = rules.flow_step;
        self.flow_ended = rules.flow_ended;
        self.controller = rules.controller.as_str().to_owned();
        self.epoch = rules.epoch;
        self.waiting_since = rules.waiting_since.map(millis);
        self.accepted_at = rules.accepted_at.map(millis);
        self.closed_at = rules.closed_at.map(millis);
        self.reopened_at = rules.reopened_at.map(millis);
        self.disposition_id = rules.disposition.map(i64::from);
        self.snooze = rules.snooze.map(|snooze| snooze.word().to_owned());
        self.snooze_until = rules.snooze.and_then(Snooze::until).map(millis);
    }

    /// Some of the customer's words sound other than before: those that are gone, and those that came.
    pub fn heard(&mut self, gone: Option<Sentiment>, new: Option<Sentiment>) {
        let tally = &mut self.sentiment_tally.0;
        gone.into_iter().for_each(|gone| tally.remove(gone));
        new.into_iter().for_each(|new| tally.add(new));
        self.sentiment = tally.predominant().map(|most| most.as_str().to_owned());
    }

    /// What sight of it depends on, but for who has an offer.
    pub fn seen(&self) -> Seen {
        Seen {
            account: Some(AccountId(self.account_id)),
            queue: self.queue_id.map(QueueId),
            owner: self.owner_id.map(UserId),
            offered: Vec::new(),
        }
    }

    pub fn is(&self, state: State) -> bool {
        self.state == state.as_str()
    }

    pub(crate) fn added(&self) -> Added<'_> {
        Added { row: self, customer_words: words(&self.customer) }
    }
}

/// A record as it is added, with what its customer is found by.
#[derive(Serialize)]
pub(crate) struct Added<'a> {
    #[serde(flatten)]
    row: &'a Interaction,
    customer_words: String,
}

pub async fn by_ids(tx: &mut Tx, interactions: &[i64]) -> Result<Vec<Interaction>> {
    tx.query(sql!("SELECT i.* FROM interaction i WHERE i.id IN {ids $1}"))
        .bind(ids(interactions.iter().copied()))
        .all()
        .await
}

pub async fn by_id(tx: &mut Tx, interaction: i64) -> Result<Interaction> {
    tx.query(sql!("SELECT i.* FROM interaction i WHERE i.id = $1")).bind(interaction).one().await
}

/// The same, locked until the transaction ends; in id order, so that two nodes never wait for each other.
pub async fn lock_all(tx: &mut Tx, interactions: &[i64]) -> Result<Vec<Interaction>> {
    tx.query(sql!("SELECT i.* FROM interaction i WHERE i.id IN {ids $1} ORDER BY i.id {lock}"))
        .bind(ids(interactions.iter().copied()))
        .all()
        .await
}

/// One, locked until the transaction ends.
pub async fn lock(tx: &mut Tx, interaction: i64) -> Result<Interaction> {
    lock_all(tx, &[interaction]).await?.pop().ok_or(pronto_db::Error::NotFound)
}

/// The open interaction of an address, if there is one.
pub async fn open_at(tx: &mut Tx, address: i64) -> Result<Option<Interaction>> {
    tx.query(sql!("SELECT i.* FROM interaction i WHERE i.address_id = $1 AND i.state <> 'closed'"))
        .bind(address)
        .optional()
        .await
}

#[derive(FromRow)]
pub struct Made {
    pub id: i64,
    pub address_id: i64,
}

/// Opens interactions; their ids and those of the messages in them are given by the database. A second open one for
/// an address is refused by the index.
pub async fn add(tx: &mut Tx, interactions: &[Interaction]) -> Result<Vec<Made>> {
    tx.query(sql!(
        "INSERT INTO interaction (account_id, address_id, contact_id, state, queue_id, owner_id, first_owner_id,
             was_with_id, flow_step, flow_ended, controller, epoch, started_at, waiting_since, accepted_at, closed_at,
             reopened_at, disposition_id, snooze, snooze_until, warned_at, blocked, customer, customer_words, phone,
             window_expires_at, window_cause, last_at, last_message_id, last_direction, last_kind, last_preview, last_status, unread, marked_unread, unmanaged, unanswered_since, read_through,
             message_count, tags, transfer, sentiment, sentiment_tally, version)
         SELECT account_id, address_id, contact_id, state, queue_id, owner_id, first_owner_id, was_with_id, flow_step,
             flow_ended, controller, epoch, started_at, waiting_since, accepted_at, closed_at, reopened_at,
             disposition_id, snooze, snooze_until, warned_at, blocked, customer, customer_words, phone, window_expires_at, window_cause, last_at, last_message_id, last_direction, last_kind,
             last_preview, last_status, unread, marked_unread, unmanaged, unanswered_since, read_through,
             message_count, tags, transfer, sentiment, sentiment_tally, version
         FROM {rows $1 r: account_id bigint, address_id bigint, contact_id bigint, state text, queue_id bigint,
             owner_id bigint, first_owner_id bigint, was_with_id bigint, flow_step bigint, flow_ended boolean,
             controller text, epoch bigint, started_at bigint, waiting_since bigint, accepted_at bigint,
             closed_at bigint, reopened_at bigint, disposition_id bigint, snooze text, snooze_until bigint,
             warned_at bigint, blocked boolean, customer text, customer_words text, phone text, window_expires_at bigint,
             window_cause text, last_at bigint, last_message_id bigint, last_direction text, last_kind text,
             last_preview text, last_status text, unread bigint, marked_unread boolean, unmanaged bigint,
             unanswered_since bigint, read_through bigint, message_count bigint, tags jsonb, transfer jsonb,
             sentiment text, sentiment_tally jsonb, version bigint}
         WHERE TRUE RETURNING id, address_id"
    ))
    .bind(rows(&interactions.iter().map(Interaction::added).collect::<Vec<_>>()))
    .all()
    .await
}

#[derive(Clone, Debug, FromRow)]
pub struct Last {
    pub address_id: i64,
    pub owner_id: i64,
}

/// Who handled each of these addresses last, the running interaction aside.
pub async fn last_owners(tx: &mut Tx, addresses: &[i64]) -> Result<Vec<Last>> {
    tx.query(sql!(
        "SELECT address_id, owner_id FROM interaction
         WHERE id IN (SELECT max(id) FROM interaction WHERE address_id IN {ids $1} AND state = 'closed'
                      AND owner_id IS NOT NULL GROUP BY address_id)"
    ))
    .bind(ids(addresses.iter().copied()))
    .all()
    .await
}

#[derive(Clone, Debug, FromRow)]
pub struct Closed {
    pub address_id: i64,
    pub closed_at: i64,
}

/// When each of these addresses' latest closed interaction was closed.
pub async fn closures(tx: &mut Tx, addresses: &[i64]) -> Result<Vec<Closed>> {
    tx.query(sql!(
        "SELECT address_id, max(closed_at) AS closed_at FROM interaction
         WHERE address_id IN {ids $1} AND state = 'closed' AND closed_at IS NOT NULL GROUP BY address_id"
    ))
    .bind(ids(addresses.iter().copied()))
    .all()
    .await
}

/// The words of an interaction's latest message have changed.
#[derive(Clone, Debug, Serialize)]
pub struct Reworded {
    pub id: i64,
    /// Where the message stands: only the latest is shown in lists.
    pub thread_at: i64,
    pub message_id: i64,
    pub preview: String,
}

/// Answers which of them show it.
pub async fn reword(tx: &mut Tx, reworded: &[Reworded]) -> Result<Vec<i64>> {
    if reworded.is_empty() {
        return Ok(Vec::new());
    }
    let touched: Vec<Touched> = tx
        .query(sql!(
            "UPDATE interaction SET last_preview = r.preview, version = interaction.version + 1
             FROM {rows $1 r: id bigint, thread_at bigint, message_id bigint, preview text}
             WHERE interaction.id = r.id AND interaction.last_at = r.thread_at AND interaction.last_direction = 'in'
             AND NOT EXISTS (SELECT 1 FROM message m WHERE m.interaction_id = r.id AND m.shown AND m.direction = 'in'
                             AND m.thread_at = r.thread_at AND m.id > r.message_id)
             RETURNING interaction.id"
        ))
        .bind(rows(reworded))
        .all()
        .await?;
    Ok(touched.into_iter().map(|row| row.id).collect())
}

#[derive(FromRow)]
struct Touched {
    id: i64,
}

/// Which interactions of an account the customer has been silent in for long enough, all answered.
#[derive(Clone, Copy, Debug)]
pub struct Silent {
    pub account: i64,
    pub now: i64,
    /// Silent since before this, and the window is open: they are told. `None` tells nobody.
    pub warn_before: Option<i64>,
    /// Silent since before this: they are closed.
    pub close_before: i64,
    /// Told before this: they are closed.
    pub warned_before: i64,
}

pub async fn silent(tx: &mut Tx, silent: &Silent, limit: i64) -> Result<Vec<i64>> {
    let found: Vec<Touched> = tx
        .query(sql!(
            "SELECT i.id FROM interaction i WHERE i.state = 'active' AND i.account_id = $1
             AND i.unanswered_since IS NULL AND (i.snooze_until IS NULL OR i.snooze_until <= $2)
             AND ((i.warned_at >= i.last_at AND i.warned_at <= $5)
                  OR ((i.warned_at IS NULL OR i.warned_at < i.last_at)
                      AND (i.last_at <= $4 OR (i.last_at <= $3 AND i.window_expires_at > $2))))
             ORDER BY i.id LIMIT $6"
        ))
        .bind(silent.account)
        .bind(silent.now)
        .bind(silent.warn_before.unwrap_or(i64::MIN))
        .bind(silent.close_before)
        .bind(silent.warned_before)
        .bind(limit)
        .all()
        .await?;
    Ok(found.into_iter().map(|row| row.id).collect())
}

/// Notes on every interaction of an address whether it is blocked; answers which.
pub async fn set_blocked(tx: &mut Tx, address: i64, blocked: bool) -> Result<Vec<i64>> {
    let touched: Vec<Touched> = tx
        .query(sql!(
            "UPDATE interaction SET blocked = $2, version = version + 1 WHERE address_id = $1 AND blocked <> $2
             RETURNING id"
        ))
        .bind(address)
        .bind(blocked)
        .all()
        .await?;
    Ok(touched.into_iter().map(|row| row.id).collect())
}
