//! Watches presence leases, and the transfers and the work of those who go, and forgets old ledger payloads and notices.

use std::time::Duration;

use pronto_store as store;
use tokio_util::sync::CancellationToken;

use crate::act::presence::sweep;
use crate::act::{gone, transfer};
use crate::{Desk, Result};

/// How often leases are looked at.
const EVERY: Duration = Duration::from_secs(2);
/// How long the payloads of applied deliveries are kept.
const LEDGER_DAYS: i64 = 30;
/// How long notices are kept.
const NOTICE_DAYS: i64 = 30;

pub async fn run(desk: Desk, stop: CancellationToken) {
    let mut passes = 0_u32;
    while !stop.is_cancelled() {
        if let Err(error) = pass(&desk, passes).await {
            tracing::warn!(%error, worker = "presence", "a worker failed and tries again");
        }
        passes = passes.wrapping_add(1);
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

async fn pass(desk: &Desk, passes: u32) -> Result<()> {
    let config = desk.config();
    let mut tx = desk.db().read().await?;
    let due = crate::act::presence::due(&mut tx, desk.now(), &config).await?;
    let transfers = transfer::due(&mut tx, desk.now(), &config).await?;
    let left = gone::due(&mut tx, desk.now(), &config).await?;
    drop(tx);
    if due {
        desk.run(&config, |tx, now, config| Box::pin(sweep(tx, now, config))).await?;
        desk.wake_routing();
    }
    if transfers {
        desk.run(&config, |tx, now, config| Box::pin(transfer::sweep(tx, now, config))).await?;
    }
    if left {
        desk.run(&config, |tx, now, config| Box::pin(gone::sweep(tx, now, config))).await?;
        desk.wake_routing();
    }
    if passes % 300 == 1 {
        let before = store::millis(desk.now()) - LEDGER_DAYS * 86_400_000;
        desk.run(&before, |tx, _, before| {
            Box::pin(async move { Ok(store::delivery::forget(tx, *before, 5_000).await?) })
        })
        .await?;
        let before = store::millis(desk.now()) - NOTICE_DAYS * 86_400_000;
        desk.run(&before, |tx, _, before| Box::pin(async move { Ok(store::notice::forget(tx, *before).await?) }))
            .await?;
    }
    Ok(())
}
