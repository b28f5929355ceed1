//! What runs in the background. Every worker goes on after an error: it says so once, waits, and tries again. What
//! they share is *state in rows, work by lease, wake by doorbell, poll as the net*, so one node and ten run the same.
mod block;
pub mod catch_up;
pub mod deliver;
mod dispatch;
mod give;
mod import;
pub mod jobs;
pub mod ledger;
mod media;
pub mod presence;
mod profile;
mod read_receipt;
pub mod routing;
pub mod silence;
pub mod sweep;
pub mod templates;
pub mod timers;

use std::time::Duration;

use pronto_db::Doorbell;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::Desk;

/// How long a worker rests after an error.
const REST: Duration = Duration::from_secs(1);

/// What one pass of a worker found.
pub(crate) enum Pass {
    /// There was work; there may be more.
    Worked,
    /// Nothing to do now; wake me at a ring, or after this long.
    Idle(Duration),
}

/// Work that is done in passes.
pub(crate) trait Worker: Send {
    const NAME: &'static str;
    /// The least time between two passes: what comes in the meantime is one pass, and costs one. A quiet desk does not
    /// feel it, for the first pass after a pause begins at once.
    const PACE: Duration;

    /// What wakes it.
    fn bell(desk: &Desk) -> &Doorbell {
        desk.bell()
    }

    /// How long after a pass that worked so long the next one begins at the earliest.
    fn rest(&mut self, took: Duration) -> Duration {
        Self::PACE.saturating_sub(took)
    }

    fn pass(&mut self, desk: &Desk) -> impl Future<Output = crate::Result<Pass>> + Send;
}

/// Runs a worker's passes until it is stopped: again at once while there is work, else at the next ring.
pub(crate) async fn follow<W: Worker>(desk: Desk, mut worker: W, stop: CancellationToken) {
    let mut bell = W::bell(&desk).listen();
    let mut failing = false;
    let mut next = Instant::now();
    while !stop.is_cancelled() {
        tokio::time::sleep_until(next).await;
        let began = Instant::now();
        let done = worker.pass(&desk).await;
        next = Instant::now() + worker.rest(began.elapsed());
        let rest = match done {
            Ok(Pass::Worked) => {
                failing = false;
                continue;
            }
            Ok(Pass::Idle(rest)) => {
                failing = false;
                rest
            }
            Err(error) => {
                if !failing {
                    tracing::error!(%error, worker = W::NAME, "a worker failed and tries again");
                }
                failing = true;
                REST
            }
        };
        tokio::select! {
            () = stop.cancelled() => break,
            () = bell.heard(rest) => {}
        }
        if failing {
            tokio::time::sleep(REST / 4).await;
        }
    }
}

/// Starts everything that runs in the background.
pub fn start(desk: &Desk, stop: &CancellationToken) -> TaskTracker {
    let tracker = TaskTracker::new();
    tracker.spawn(ledger::run(desk.clone(), stop.clone()));
    tracker.spawn(deliver::run(desk.clone(), stop.clone()));
    tracker.spawn(jobs::run(desk.clone(), stop.clone()));
    tracker.spawn(sweep::run(desk.clone(), stop.clone()));
    tracker.spawn(routing::run(desk.clone(), stop.clone()));
    tracker.spawn(timers::run(desk.clone(), stop.clone()));
    tracker.spawn(presence::run(desk.clone(), stop.clone()));
    tracker.spawn(templates::run(desk.clone(), stop.clone()));
    tracker.spawn(catch_up::run(desk.clone(), stop.clone()));
    for bell in [desk.bell(), desk.ledger_bell()] {
        tracker.spawn(carry(desk.clone(), bell.clone(), stop.clone()));
    }
    tracker.spawn(silence::run(desk.clone(), stop.clone()));
    tracker.close();
    tracker
}

/// Carries rings between nodes.
async fn carry(desk: Desk, bell: Doorbell, stop: CancellationToken) {
    while !stop.is_cancelled() {
        tokio::select! {
            () = stop.cancelled() => {}
            done = bell.clone().carry(desk.db().clone()) => match done {
                // One node only: nothing to carry.
                Ok(()) => return,
                Err(error) => {
                    tracing::warn!(%error, "the doorbell between nodes is silent");
                    tokio::time::sleep(REST).await;
                }
            }
        }
    }
}
