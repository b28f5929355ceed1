//! Runs routing whenever something it may act on has changed, and now and then as the net.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::act::route;
use crate::{Desk, Result};

/// The net: who was asked recently may be asked again, a lease may have been renewed on another node.
const POLL: Duration = Duration::from_secs(1);
/// The least time between two runs: what changes in the meantime is one run.
const PACE: Duration = Duration::from_millis(10);

pub async fn run(desk: Desk, stop: CancellationToken) {
    let mut failing = false;
    while !stop.is_cancelled() {
        let last = tokio::time::Instant::now();
        match pass(&desk).await {
            Ok(()) => failing = false,
            Err(error) => {
                if !failing {
                    tracing::error!(%error, worker = "routing", "a worker failed and tries again");
                }
                failing = true;
            }
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = desk.routing_woken(), if !failing => {}
            () = tokio::time::sleep(POLL) => {}
        }
        tokio::time::sleep_until(last + PACE).await;
    }
}

async fn pass(desk: &Desk) -> Result<()> {
    let config = desk.config();
    let mut tx = desk.db().read().await?;
    let due = route::due(&mut tx, desk.now(), &config).await?;
    drop(tx);
    if due {
        desk.run_lazily(&config, |tx, now, config| Box::pin(route::route(tx, now, config))).await?;
    }
    Ok(())
}
