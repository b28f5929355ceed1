//! Who has what on screen, across the nodes. The hub knows it of its own sockets at once; what it knows is written down
//! a moment later, and again now and then, so that the other nodes and the filters of lists know it too. Nothing waits
//! for that: opening a conversation writes nothing by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use pronto_db::Tx;
use pronto_desk::Desk;
use pronto_desk::act::watching;
use pronto_store as store;
use store::watching::Watch;
use tokio_util::sync::CancellationToken;

use super::Hub;
use crate::App;
use crate::error::Result;

/// How often the rows are renewed.
const RENEW: Duration = Duration::from_secs(15);
/// What is opened and put away within this time is written at once.
const MERGE: Duration = Duration::from_millis(500);

/// Keeps the rows of this node until stopped.
pub(super) async fn keep(desk: Desk, hub: Hub, stop: CancellationToken) {
    let mut written: Vec<Watch> = Vec::new();
    let mut renewed = tokio::time::Instant::now();
    while !stop.is_cancelled() {
        let watched = hub.watched();
        let due = renewed.elapsed() >= RENEW && !watched.is_empty();
        if due || watched != written {
            let kept = watching::Keep { node: desk.node().to_owned(), watched };
            let done = desk.run_in_passing(&kept, |tx, now, kept| Box::pin(watching::keep(tx, now, kept))).await;
            match done {
                Ok(()) => {
                    written = kept.watched;
                    renewed = tokio::time::Instant::now();
                }
                Err(error) => tracing::warn!(%error, "who has what on screen could not be written down"),
            }
        }
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(RENEW) => {}
            () = hub.screens_changed() => tokio::time::sleep(MERGE).await,
        }
    }
}

/// Who has any of these on screen, here or on another node.
pub(crate) async fn watching(app: &App, tx: &mut Tx, interactions: &[i64]) -> Result<BTreeMap<i64, BTreeSet<i64>>> {
    let now = store::millis(app.desk.now());
    let mut found: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    for watch in store::watching::elsewhere(tx, app.desk.node(), interactions, now).await? {
        found.entry(watch.interaction_id).or_default().insert(watch.user_id);
    }
    for watch in app.live.watched().into_iter().filter(|watch| interactions.contains(&watch.interaction_id)) {
        found.entry(watch.interaction_id).or_default().insert(watch.user_id);
    }
    Ok(found)
}
