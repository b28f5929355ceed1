//! The ledger: a writer that makes deliveries durable, many in one commit, and a worker that applies them.

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use pronto_db::Doorbell;
use pronto_domain::id::AccountId;
use pronto_store as store;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{Pass, Worker, follow};
use crate::act::receive::{Delivery, Receive, receive};
use crate::{Desk, Error, Result};

/// How many deliveries one commit takes, when writing and when applying.
const AT_ONCE: usize = 256;
/// How many may wait to be written before senders are told to come again.
const WAITING: usize = 4_096;
/// How long this node keeps the ledger's lease without renewing it.
const LEASE: SignedDuration = SignedDuration::from_secs(15);
/// When the lease is renewed.
const RENEW: SignedDuration = SignedDuration::from_secs(5);
/// The shortest and the longest that deliveries wait to be applied while others come.
const SHORTEST_REST: Duration = Duration::from_millis(4);
const LONGEST_REST: Duration = Duration::from_millis(40);
/// For how much work the applier may save its turns.
const SAVED_AT_MOST: Duration = Duration::from_millis(20);
/// The net under the doorbell.
const POLL: Duration = Duration::from_secs(1);

type Ask = (store::delivery::New, oneshot::Sender<Result<(), ()>>);

/// Hands deliveries to the writer.
#[derive(Clone)]
pub struct Ledger(mpsc::Sender<Ask>);

/// The delivery could not be made durable; the provider must send it again.
#[derive(Debug, thiserror::Error)]
#[error("the ledger cannot be written now")]
pub struct NotWritten;

impl Ledger {
    /// Starts the writer.
    pub fn start(desk: &Desk, stop: &CancellationToken) -> Self {
        let (ask, asked) = mpsc::channel(WAITING);
        tokio::spawn(write(desk.clone(), asked, stop.clone()));
        Self(ask)
    }

    /// Returns once the delivery is on disk.
    pub async fn write(&self, delivery: store::delivery::New) -> Result<(), NotWritten> {
        let (done, written) = oneshot::channel();
        self.0.send((delivery, done)).await.map_err(|_| NotWritten)?;
        match written.await {
            Ok(Ok(())) => Ok(()),
            _ => Err(NotWritten),
        }
    }
}

/// Whatever waits is one commit.
async fn write(desk: Desk, mut asked: mpsc::Receiver<Ask>, stop: CancellationToken) {
    let mut group: Vec<Ask> = Vec::with_capacity(AT_ONCE);
    loop {
        let count = tokio::select! {
            count = asked.recv_many(&mut group, AT_ONCE) => count,
            () = stop.cancelled(), if asked.is_empty() => return,
        };
        if count == 0 {
            return;
        }
        let (deliveries, answers): (Vec<_>, Vec<_>) = group.drain(..).unzip();
        let done = desk.run_quietly(&deliveries, |tx, _, deliveries| {
            Box::pin(async move { Ok(store::delivery::add(tx, deliveries).await?) })
        });
        let done = done.await;
        match &done {
            Ok(()) => desk.ledger_bell().ring(),
            Err(error) => {
                tracing::error!(%error, "deliveries could not be written; the provider is told to send them again");
            }
        }
        for answer in answers {
            // A sender who no longer waits will send again; the repeat changes nothing.
            let _ = answer.send(done.as_ref().map(drop).map_err(drop));
        }
    }
}

/// Applies deliveries in order. One node at a time does, by lease.
pub async fn run(desk: Desk, stop: CancellationToken) {
    let worker = Applier { held_until: desk.now(), turns: Turns::new() };
    follow(desk, worker, stop).await;
}

struct Applier {
    /// Until when this node holds the lease.
    held_until: jiff::Timestamp,
    turns: Turns,
}

impl Worker for Applier {
    const NAME: &'static str = "ledger";
    const PACE: Duration = SHORTEST_REST;

    fn bell(desk: &Desk) -> &Doorbell {
        desk.ledger_bell()
    }

    fn rest(&mut self, took: Duration) -> Duration {
        self.turns.rest(took, Instant::now())
    }

    async fn pass(&mut self, desk: &Desk) -> Result<Pass> {
        pass(desk, &mut self.held_until).await
    }
}

/// Applying holds the database's writer, and deliveries that come meanwhile wait for it to be made durable. So under
/// load the applier works a third of the time at most, and takes more at once. What it did not work it saves: on a
/// quiet desk nobody waits for its rest.
struct Turns {
    saved: Duration,
    until: Instant,
}

impl Turns {
    fn new() -> Self {
        Self { saved: SAVED_AT_MOST, until: Instant::now() }
    }

    /// How long to rest after work that took so long and ended now. For each moment of work it is two.
    fn rest(&mut self, took: Duration, now: Instant) -> Duration {
        let idle = now.saturating_duration_since(self.until).saturating_sub(took);
        let has = (self.saved + idle / 2).min(SAVED_AT_MOST);
        self.until = now;
        self.saved = has.saturating_sub(took);
        let owed = took.saturating_sub(has) * 2;
        if owed.is_zero() {
            return owed;
        }
        let rest = owed.clamp(SHORTEST_REST, LONGEST_REST);
        // The rest itself is no saving.
        self.until += owed.min(rest);
        rest
    }
}

async fn pass(desk: &Desk, held_until: &mut jiff::Timestamp) -> Result<Pass> {
    let now = desk.now();
    if now + (LEASE - RENEW) >= *held_until {
        let until = now + LEASE;
        let asked = (desk.node().to_owned(), store::millis(until));
        let held = desk.run_quietly(&asked, |tx, now, (node, until)| {
            Box::pin(async move { Ok(store::lease::take(tx, "ledger", node, store::millis(now), *until).await?) })
        });
        if !held.await? {
            return Ok(Pass::Idle(POLL));
        }
        *held_until = until;
    }
    let mut tx = desk.db().read().await?;
    let pending = store::delivery::pending(&mut tx, i64::try_from(AT_ONCE).unwrap_or(i64::MAX)).await?;
    drop(tx);
    if pending.is_empty() {
        return Ok(Pass::Idle(POLL));
    }
    let input = read(desk, &pending);
    if input.deliveries.is_empty() {
        // Another node made their account a moment ago.
        desk.reload().await?;
        return Ok(Pass::Idle(POLL));
    }
    if input.deliveries.len() == 1 || apply(desk, &input).await.is_err() {
        // One of them may spoil the batch: each for itself, so that it holds up no other.
        for delivery in input.deliveries {
            let alone = Receive { config: input.config.clone(), deliveries: vec![delivery] };
            one(desk, &alone).await?;
        }
    }
    Ok(Pass::Worked)
}

/// Applies one delivery, or notes why it cannot be.
async fn one(desk: &Desk, input: &Receive) -> Result<()> {
    let error = match apply(desk, input).await {
        Ok(()) => return Ok(()),
        // Not the delivery's fault: it stays, and is tried again.
        Err(Error::Db(error @ (pronto_db::Error::Unavailable(_) | pronto_db::Error::Retry))) => {
            return Err(error.into());
        }
        Err(error) => error,
    };
    tracing::error!(%error, "a delivery could not be applied; it is kept and can be replayed");
    let failed: Vec<store::delivery::Applied> = input
        .deliveries
        .iter()
        .map(|delivery| store::delivery::Applied {
            id: delivery.id,
            state: "failed",
            reason: Some(error.to_string()),
            updates: None,
            outcomes: None,
        })
        .collect();
    let settle = desk.run(&failed, |tx, now, failed| {
        Box::pin(async move {
            store::delivery::settle(tx, failed, store::millis(now)).await?;
            store::event::append(tx, &[store::event::New::changed("deliveries")], store::millis(now)).await?;
            Ok(())
        })
    });
    settle.await
}

async fn apply(desk: &Desk, input: &Receive) -> Result<()> {
    let received = desk.run_lazily(input, |tx, now, input| Box::pin(receive(tx, now, input))).await?;
    if received.waiting {
        desk.wake_routing();
    }
    Ok(())
}

/// Reads the bodies, outside of any transaction.
fn read(desk: &Desk, pending: &[store::delivery::Pending]) -> Receive {
    let config = desk.config();
    let deliveries = pending
        .iter()
        .filter_map(|row| {
            let account = Arc::clone(config.accounts.get(&AccountId(row.account_id))?);
            Some(Delivery {
                id: row.id,
                read: pronto_provider::read(account.endpoint.provider(), row.bytes())
                    .map(|batch| batch.with_missed_calls().within_bounds())
                    .map_err(|malformed| malformed.to_string()),
                account,
                received_at: row.received_at,
            })
        })
        .collect();
    Receive { config, deliveries }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORK: Duration = Duration::from_millis(3);

    /// Passes that begin so long after the end of the one before, or of its rest.
    fn rests(every: Duration, passes: u32) -> Vec<Duration> {
        let mut turns = Turns::new();
        let mut now = turns.until;
        let pass = |_| {
            now += every + WORK;
            let rest = turns.rest(WORK, now);
            now += rest;
            rest
        };
        (0..passes).map(pass).collect()
    }

    #[test]
    fn on_a_quiet_desk_nobody_rests() {
        assert!(rests(Duration::from_millis(10), 1_000).iter().all(Duration::is_zero));
    }

    #[test]
    fn a_burst_is_taken_at_once_and_paid_for_later() {
        let rests = rests(Duration::ZERO, 100);
        assert!(rests[..6].iter().all(Duration::is_zero), "{rests:?}");
        let (rested, owed) = (rests.iter().sum::<Duration>(), (WORK * 100).saturating_sub(SAVED_AT_MOST) * 2);
        assert!(rested.abs_diff(owed) <= WORK, "two moments of rest for each of work: {rested:?} of {owed:?}");
    }

    #[test]
    fn a_rest_has_its_bounds() {
        let mut turns = Turns::new();
        let now = turns.until + Duration::from_secs(1);
        assert_eq!(turns.rest(Duration::from_secs(1), now), LONGEST_REST);
        let now = turns.until + Duration::from_micros(10);
        assert_eq!(turns.rest(Duration::from_micros(10), now), SHORTEST_REST);
    }
}
