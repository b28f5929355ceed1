//! Fires timers that are due: offers and transfers that lapse, steps whose time is up, messages that are sent later, what
//! was put off.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::SignedDuration;
use pronto_domain::id::ScheduledId;
use pronto_store as store;
use tokio_util::sync::CancellationToken;

use super::{Pass, Worker, follow};
use crate::act::hold::{Steps, step_lapsed};
use crate::act::schedule::{self, Due};
use crate::act::{offer, snooze, transfer};
use crate::{Desk, Result};

/// How long a claimed timer is this node's.
const LEASE: SignedDuration = SignedDuration::from_secs(30);
/// The longest wait without looking.
const POLL: Duration = Duration::from_secs(1);
/// The shortest, so that a timer claimed elsewhere does not make us spin.
const AT_LEAST: Duration = Duration::from_millis(20);

pub async fn run(desk: Desk, stop: CancellationToken) {
    follow(desk, Timers, stop).await;
}

struct Timers;

impl Worker for Timers {
    const NAME: &'static str = "timers";
    const PACE: Duration = Duration::from_millis(50);

    async fn pass(&mut self, desk: &Desk) -> Result<Pass> {
        pass(desk).await
    }
}

/// Fires what is due now.
async fn pass(desk: &Desk) -> Result<Pass> {
    let mut tx = desk.db().read().await?;
    let next = store::timer::next(&mut tx).await?;
    drop(tx);
    let now = store::millis(desk.now());
    match next {
        None => return Ok(Pass::Idle(POLL)),
        Some(due) if due > now => {
            let wait = Duration::from_millis(u64::try_from(due - now).unwrap_or(0));
            return Ok(Pass::Idle(wait.clamp(AT_LEAST, POLL)));
        }
        Some(_) => {}
    }
    let until = store::millis(desk.now() + LEASE);
    let claimed = desk
        .run(&until, |tx, now, until| {
            Box::pin(async move { Ok(store::timer::claim(tx, store::millis(now), *until).await?) })
        })
        .await?;
    if claimed.is_empty() {
        return Ok(Pass::Idle(Duration::from_millis(200)));
    }
    let of = |kind: &'static str| claimed.iter().filter(move |timer| timer.kind == kind);
    let offers: Vec<i64> = of("offer").map(|timer| timer.subject).collect();
    if !offers.is_empty() {
        desk.run(&offers, |tx, now, offers| Box::pin(offer::lapse(tx, now, offers))).await?;
    }
    let transfers: Vec<i64> = of("transfer").map(|timer| timer.subject).collect();
    if !transfers.is_empty() {
        desk.run(&transfers, |tx, now, transfers| Box::pin(transfer::lapse(tx, now, transfers))).await?;
    }
    let due: Vec<(i64, i64)> = of("step").map(|timer| (timer.subject, timer.armed)).collect();
    if !due.is_empty() {
        let steps = Steps { config: desk.config(), due };
        desk.run(&steps, |tx, now, steps| Box::pin(step_lapsed(tx, now, steps))).await?;
    }
    let due: Vec<(i64, i64)> = of("snooze").map(|timer| (timer.subject, timer.armed)).collect();
    if !due.is_empty() {
        desk.run(&due, |tx, now, due| Box::pin(snooze::due(tx, now, due))).await?;
    }
    let mut broken = BTreeSet::new();
    for timer in of(schedule::TIMER) {
        let due = Due { id: ScheduledId(timer.subject), armed: timer.armed, config: desk.config() };
        // Each by itself: one that breaks is tried again when its lease is over, and holds up nobody.
        if let Err(error) = desk.run(&due, |tx, now, due| Box::pin(schedule::fire(tx, now, due))).await {
            tracing::error!(%error, scheduled = timer.subject, "a scheduled message could not be sent");
            broken.insert(timer.id);
        }
    }
    let ids: Vec<i64> = claimed.iter().map(|timer| timer.id).filter(|id| !broken.contains(id)).collect();
    desk.run(&ids, |tx, _, ids| Box::pin(async move { Ok(store::timer::done(tx, ids.iter().copied()).await?) }))
        .await?;
    desk.wake_routing();
    Ok(Pass::Worked)
}
