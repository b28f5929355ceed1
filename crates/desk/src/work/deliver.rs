//! Sends what is prepared: claims a batch in one commit before any of it leaves, and writes what came back in batches.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use pronto_domain::attempt::{UNKNOWN_BLOCKS, Verdict};
use pronto_domain::id::AccountId;
use pronto_store as store;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::dispatch;
use crate::act::deliver::{Outcome, Turn, Turned, turn};
use crate::{Desk, Result};

/// The most that are claimed in one commit.
const BATCH: i64 = 64;
/// The most of an account that are claimed and not yet settled, and the most requests of it at a time: a provider
/// that does not answer holds up nobody else's messages.
const CLAIMED_AT_MOST: usize = 32;
const SENDING_AT_MOST: usize = 16;
/// The longest wait without looking.
const POLL: Duration = Duration::from_secs(1);
/// The rest after an error, and after finding nothing where something was due: another node has it.
const REST: Duration = Duration::from_secs(1);
const NOTHING: Duration = Duration::from_millis(20);
/// How often statuses are looked for that were kept although their message is known, and how old they may be.
const MISSED_EVERY: Duration = Duration::from_secs(30);
const MISSED_WITHIN: SignedDuration = SignedDuration::from_mins(10);
/// How often, and after how long, kept statuses are forgotten that nobody came for.
const FORGET_EVERY: Duration = Duration::from_secs(3600);
const FORGET_AFTER: SignedDuration = SignedDuration::from_hours(7 * 24);
/// How long a stop waits for answers.
const FAREWELL: Duration = Duration::from_secs(25);

/// The least time between a ring and the pass it starts.
const PACE: Duration = Duration::from_millis(3);

/// Sends until it is stopped; then waits for the answers that are due.
pub async fn run(desk: Desk, stop: CancellationToken) {
    let mut bell = desk.bell().listen();
    let mut worker = Delivery::new(desk);
    let mut failing = false;
    while !stop.is_cancelled() {
        let wait = match worker.pass().await {
            Ok(wait) => {
                failing = false;
                wait
            }
            Err(error) => {
                if !failing {
                    tracing::error!(%error, worker = "delivery", "a worker failed and tries again");
                }
                failing = true;
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = tokio::time::sleep(REST) => {}
                }
                continue;
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            Some(done) = worker.sending.join_next(), if !worker.sending.is_empty() => worker.note(done),
            // Rings that come together are one pass.
            () = bell.heard(wait) => tokio::time::sleep(PACE).await,
        }
    }
    worker.farewell().await;
}

struct Delivery {
    desk: Desk,
    sending: JoinSet<Outcome>,
    /// The slots for each account's requests; whatever is claimed of it holds on to them.
    slots: BTreeMap<i64, Arc<Semaphore>>,
    /// Came back and not written yet.
    results: Vec<Outcome>,
    /// Accounts that have spent their rate, until when.
    starved: BTreeMap<i64, Timestamp>,
    missed_at: Option<Instant>,
    forgot_at: Option<Instant>,
}

/// What there is to do.
struct Plan {
    accounts: Vec<i64>,
    overdue: bool,
    missed: Vec<i64>,
    /// When there will be more, if nothing rings before.
    next: Option<Timestamp>,
}

impl Delivery {
    fn new(desk: Desk) -> Self {
        Self {
            desk,
            sending: JoinSet::new(),
            slots: BTreeMap::new(),
            results: Vec::new(),
            starved: BTreeMap::new(),
            missed_at: None,
            forgot_at: None,
        }
    }

    /// Does what there is to do; answers how long to wait if nothing rings.
    async fn pass(&mut self) -> Result<Duration> {
        while let Some(done) = self.sending.try_join_next() {
            self.note(done);
        }
        self.forget().await?;
        let plan = self.look().await?;
        let rooms: BTreeMap<i64, i64> =
            plan.accounts.iter().map(|id| (*id, self.room(*id))).filter(|(_, room)| *room > 0).collect();
        if rooms.is_empty() && !plan.overdue && plan.missed.is_empty() && self.results.is_empty() {
            return Ok(self.wait(plan.next));
        }
        let input = Turn {
            config: self.desk.config(),
            results: std::mem::take(&mut self.results),
            overdue: plan.overdue,
            missed: plan.missed,
            rooms,
            room: BATCH,
        };
        let turned = match self.desk.run(&input, |tx, now, input| Box::pin(turn(tx, now, input))).await {
            Ok(turned) => turned,
            Err(error) => {
                // What came back is not lost: it is written with the next turn.
                self.results = input.results;
                return Err(error);
            }
        };
        let idle = turned.claimed.is_empty() && input.results.is_empty();
        self.send(turned);
        Ok(if idle { NOTHING } else { Duration::ZERO })
    }

    /// How many more of an account may be claimed.
    fn room(&self, account: i64) -> i64 {
        let claimed = self.slots.get(&account).map_or(0, |slots| Arc::strong_count(slots) - 1);
        i64::try_from(CLAIMED_AT_MOST.saturating_sub(claimed)).unwrap_or(0)
    }

    fn send(&mut self, turned: Turned) {
        self.starved.extend(turned.starved);
        let claimed_at = Instant::now();
        for claimed in turned.claimed {
            let desk = self.desk.clone();
            let slots = self.slots.entry(claimed.account_id);
            let slots = slots.or_insert_with(|| Arc::new(Semaphore::new(SENDING_AT_MOST))).clone();
            self.sending.spawn(async move {
                // Closed when we stop: what has not begun is given back.
                let slot = slots.acquire_owned().await;
                dispatch::send(&desk, claimed, claimed_at, slot.is_ok()).await
            });
        }
    }

    fn note(&mut self, done: Result<Outcome, tokio::task::JoinError>) {
        match done {
            Ok(outcome) => {
                let verdict = match outcome.verdict {
                    Verdict::Accepted => "accepted",
                    Verdict::Retry { .. } | Verdict::NotTried => "retry",
                    Verdict::Failed => "failed",
                    Verdict::Unknown => "unknown",
                };
                metrics::counter!("pronto_sent_total", "outcome" => verdict).increment(1);
                self.results.push(outcome);
            }
            // Its lease will end, and then it counts as unknown.
            Err(error) => tracing::error!(%error, "sending a message broke off"),
        }
    }

    async fn look(&mut self) -> Result<Plan> {
        let now = self.desk.now();
        let mut tx = self.desk.db().read().await?;
        let due = store::attempt::due(&mut tx).await?;
        let clocks = store::attempt::clocks(&mut tx).await?;
        let mut missed = Vec::new();
        if self.missed_at.is_none_or(|at| at.elapsed() >= MISSED_EVERY) {
            missed = store::parked::missed(&mut tx, store::millis(now - MISSED_WITHIN)).await?;
            self.missed_at = Some(Instant::now());
        }
        drop(tx);
        self.starved.retain(|_, until| *until > now);
        let mut plan = Plan { accounts: Vec::new(), overdue: false, missed, next: None };
        let mut next = Vec::new();
        for one in due {
            let at = store::instant(one.at).max(self.starved.get(&one.account_id).copied().unwrap_or(Timestamp::MIN));
            if at <= now { plan.accounts.push(one.account_id) } else { next.push(at) }
        }
        let doubts = clocks.doubts.map(|since| store::instant(since) + UNKNOWN_BLOCKS);
        for at in [clocks.lapses, clocks.gives_up].into_iter().flatten().map(store::instant).chain(doubts) {
            if at <= now { plan.overdue = true } else { next.push(at) }
        }
        plan.next = next.into_iter().min();
        Ok(plan)
    }

    fn wait(&self, next: Option<Timestamp>) -> Duration {
        let until = next.map(|at| at.duration_since(self.desk.now()));
        let until = until.and_then(|wait| Duration::try_from(wait).ok());
        until.map_or(POLL, |wait| wait.clamp(Duration::from_millis(1), POLL))
    }

    async fn forget(&mut self) -> Result<()> {
        if self.forgot_at.is_some_and(|at| at.elapsed() < FORGET_EVERY) {
            return Ok(());
        }
        let before = store::millis(self.desk.now() - FORGET_AFTER);
        self.desk
            .run(&before, |tx, _, before| Box::pin(async move { Ok(store::parked::forget(tx, *before).await?) }))
            .await?;
        self.forgot_at = Some(Instant::now());
        Ok(())
    }

    /// Writes the answers that are due, so that a stop leaves no doubt behind.
    async fn farewell(mut self) {
        let deadline = tokio::time::Instant::now() + FAREWELL;
        self.slots.values().for_each(|slots| slots.close());
        while let Ok(Some(done)) = tokio::time::timeout_at(deadline, self.sending.join_next()).await {
            self.note(done);
        }
        let input = Turn {
            config: self.desk.config(),
            results: std::mem::take(&mut self.results),
            overdue: false,
            missed: Vec::new(),
            rooms: BTreeMap::new(),
            room: 0,
        };
        if input.results.is_empty() {
            return;
        }
        if let Err(error) = self.desk.run(&input, |tx, now, input| Box::pin(turn(tx, now, input))).await {
            tracing::error!(%error, "the last results of sending could not be written");
        }
    }
}

/// Whether an account is still there to send from.
pub(super) fn account(desk: &Desk, id: i64) -> Option<Arc<crate::config::Account>> {
    desk.config().accounts.get(&AccountId(id)).filter(|account| account.row.deleted_at.is_none()).cloned()
}
