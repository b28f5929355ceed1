//! Fires timers that are due: offers and transfers that lapse, steps whose time is up, messages that are sent later, what
//! was put off.

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::SignedDuration;
use pronto_domain::id::ScheduledId;
use pronto_store as store;
use store::timer::Timer;
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

const OFFER: &str = "offer";
const TRANSFER: &str = "transfer";
const STEP: &str = "step";
const SNOOZE: &str = "snooze";
/// In the order in which they are fired: who takes part first, then what is said.
const KINDS: [&str; 5] = [OFFER, TRANSFER, STEP, SNOOZE, schedule::TIMER];

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
    let mut broken = BTreeSet::new();
    for kind in KINDS {
        let due: Vec<&Timer> = claimed.iter().filter(|timer| timer.kind == kind).collect();
        if due.is_empty() || fire(desk, kind, &due).await.is_ok() {
            continue;
        }
        // Each by itself: one that breaks is tried again when its lease is over, and holds up nobody.
        for timer in due {
            if let Err(error) = fire(desk, kind, &[timer]).await {
                tracing::error!(%error, kind, subject = timer.subject, "what was due could not be done");
                broken.insert(timer.id);
            }
        }
    }
    let ids: Vec<i64> = claimed.iter().map(|timer| timer.id).filter(|id| !broken.contains(id)).collect();
    desk.run(&ids, |tx, _, ids| Box::pin(async move { Ok(store::timer::done(tx, ids.iter().copied()).await?) }))
        .await?;
    desk.wake_routing();
    Ok(Pass::Worked)
}

/// Fires timers of one kind. What was fired before does nothing again.
async fn fire(desk: &Desk, kind: &str, due: &[&Timer]) -> Result<()> {
    let subjects: Vec<i64> = due.iter().map(|timer| timer.subject).collect();
    let armed: Vec<(i64, i64)> = due.iter().map(|timer| (timer.subject, timer.armed)).collect();
    match kind {
        OFFER => desk.run(&subjects, |tx, now, offers| Box::pin(offer::lapse(tx, now, offers))).await,
        TRANSFER => desk.run(&subjects, |tx, now, offers| Box::pin(transfer::lapse(tx, now, offers))).await,
        STEP => {
            let steps = Steps { config: desk.config(), due: armed };
            desk.run(&steps, |tx, now, steps| Box::pin(step_lapsed(tx, now, steps))).await
        }
        SNOOZE => desk.run(&armed, |tx, now, due| Box::pin(snooze::due(tx, now, due))).await,
        schedule::TIMER => {
            for (id, armed) in armed {
                let due = Due { id: ScheduledId(id), armed, config: desk.config() };
                desk.run(&due, |tx, now, due| Box::pin(schedule::fire(tx, now, due))).await?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}
