//! The event log: what everything else follows. Appended in the transaction that makes the change.

use pronto_db::{FromRow, Json, Result, Tx, rows, sql};
use pronto_domain::words;
use serde::{Deserialize, Serialize};

use crate::meta::Position;

words! {
    /// Every kind of event, once.
    Kind {
        /// A message came, was written, or changed. Subject: the message.
        Message = "message",
        /// An interaction changed. Subject: the interaction.
        Interaction = "interaction",
        /// An offer began, or changed for one agent. Subject: the offer.
        Offer = "offer",
        /// A user's presence. Subject: the user.
        Presence = "presence",
        /// A queue's numbers may have changed. Subject: the queue.
        Queue = "queue",
        /// Subject: the contact.
        Contact = "contact",
        /// A message that is sent later was planned, changed, sent, or could not be sent. Subject: the scheduled message.
        Scheduled = "scheduled",
        /// Configuration. Payload: what.
        Changed = "changed",
        /// Sessions of a user ended. Subject: the user.
        SignedOut = "signed_out",
        /// A delivery could not be applied, or was replayed. Subject: the delivery.
        Delivery = "delivery",
        /// Somebody is told something, or has read it. Subject: the notice.
        Notice = "notice",
    }
}

/// Facts beside the ids; never bodies or names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// What happened, in one word: opened, accepted, closed …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// Who did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<i64>,
    /// Whom it concerns, beside those who see the interaction.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<i64>,
    /// Sight before the change: whoever saw it then and does not now is told that it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub was: Option<Was>,
    /// Of a contact: the list it was in before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<i64>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Was {
    pub owner: Option<i64>,
    pub queue: Option<i64>,
}

/// An event to append.
#[derive(Clone, Debug, Serialize)]
pub struct New {
    pub kind: Kind,
    pub topic: Option<i64>,
    pub subject: i64,
    pub payload: Option<Facts>,
}

impl New {
    pub fn of(kind: Kind, subject: i64) -> Self {
        Self { kind, topic: None, subject, payload: None }
    }

    pub fn on(kind: Kind, topic: i64, subject: i64) -> Self {
        Self { kind, topic: Some(topic), subject, payload: None }
    }

    #[must_use]
    pub fn facts(mut self, facts: Facts) -> Self {
        self.payload = Some(facts);
        self
    }

    /// Configuration of this sort has changed.
    pub fn changed(what: &str) -> Self {
        Self::of(Kind::Changed, 0).facts(Facts { what: Some(what.to_owned()), ..Facts::default() })
    }
}

pub async fn append(tx: &mut Tx, events: &[New], now: i64) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "INSERT INTO event (txid, kind, topic, subject, payload, at)
         SELECT {txid}, kind, topic, subject, payload{json}, $2
         FROM {rows $1 r: kind text, topic bigint, subject bigint, payload text}"
    ))
    .bind(rows(events))
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

#[derive(Clone, Debug, FromRow)]
pub struct Event {
    pub txid: i64,
    pub seq: i64,
    kind: String,
    pub topic: Option<i64>,
    pub subject: i64,
    pub payload: Option<Json<Facts>>,
    pub at: i64,
}

impl Event {
    /// `None` for a kind that a newer version wrote.
    pub fn kind(&self) -> Option<Kind> {
        self.kind.parse().ok()
    }

    pub fn position(&self, epoch: i64) -> Position {
        Position { epoch, txid: self.txid, seq: self.seq }
    }
}

/// The events after a position, in an order that no later commit can slip into.
///
/// Sequence numbers alone are not such an order in PostgreSQL: a transaction may take number 9 and commit after
/// number 10 was read. Ordered by transaction, and cut at the oldest one that is still running, nothing is skipped.
/// SQLite has one writer, so there they are.
pub async fn after(tx: &mut Tx, position: &Position, limit: i64) -> Result<Vec<Event>> {
    tx.query(sql!(
        sqlite: "SELECT txid, seq, kind, topic, subject, payload, at FROM event
                 WHERE seq > $2 ORDER BY seq LIMIT $3",
        postgres: "SELECT txid, seq, kind, topic, subject, payload, at FROM event
                   WHERE (txid, seq) > ($1, $2)
                   AND txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                   ORDER BY txid, seq LIMIT $3",
    ))
    .bind(position.txid)
    .bind(position.seq)
    .bind(limit)
    .all()
    .await
}

#[derive(FromRow)]
struct Count {
    count: i64,
}

/// How many events there are after a position, up to `limit`.
pub async fn count_after(tx: &mut Tx, position: &Position, limit: i64) -> Result<i64> {
    let found: Count = tx
        .query(sql!(
            sqlite: "SELECT count(*) AS count FROM (SELECT 1 FROM event WHERE seq > $2 LIMIT $3) AS counted",
            postgres: "SELECT count(*) AS count FROM
                       (SELECT 1 FROM event WHERE (txid, seq) > ($1, $2) LIMIT $3) AS counted",
        ))
        .bind(position.txid)
        .bind(position.seq)
        .bind(limit)
        .one()
        .await?;
    Ok(found.count)
}

/// The number of the latest event this transaction sees. It only grows, so what was counted at a later one is newer.
pub async fn latest(tx: &mut Tx) -> Result<i64> {
    let found: Count = tx.query(sql!("SELECT coalesce(max(seq), 0) AS count FROM event")).one().await?;
    Ok(found.count)
}
