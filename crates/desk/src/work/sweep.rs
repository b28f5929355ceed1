//! Takes away what nobody needs: files that were handed in and never sent, what is kept of old imports, and files that nothing points to, as a
//! crash between storing and noting leaves them.

use std::time::Duration;

use futures_util::StreamExt as _;
use jiff::SignedDuration;
use pronto_store as store;
use tokio_util::sync::CancellationToken;

use crate::filing::{discard, is_ours};
use crate::{Desk, Error, Result};

/// How often, and after how long, a file that nothing points to is taken away.
const EVERY: Duration = Duration::from_secs(3600);
const AFTER: SignedDuration = SignedDuration::from_hours(24);
/// After how long the rows of an import and its file are taken away: the contacts it made stay.
const IMPORTS_AFTER: SignedDuration = SignedDuration::from_hours(30 * 24);
/// One node does it.
const NAME: &str = "sweep";
const LEASE: SignedDuration = SignedDuration::from_mins(50);
/// Files asked about in one statement.
const BATCH: usize = 500;

pub async fn run(desk: Desk, stop: CancellationToken) {
    loop {
        match pass(&desk).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "files that nothing points to were taken away"),
            Err(error) => tracing::error!(%error, worker = NAME, "a worker failed and tries again"),
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
    }
}

async fn pass(desk: &Desk) -> Result<usize> {
    let mine = desk
        .run(desk.node(), |tx, now, node| {
            Box::pin(async move {
                Ok(store::lease::take(tx, NAME, node, store::millis(now), store::millis(now + LEASE)).await?)
            })
        })
        .await?;
    if mine { sweep(desk).await } else { Ok(0) }
}

/// Takes away what is older than a day; answers how many files that were.
pub async fn sweep(desk: &Desk) -> Result<usize> {
    let before = desk.now() - AFTER;
    desk.run(&store::millis(before), |tx, _, before| {
        Box::pin(async move { Ok(store::upload::forget(tx, *before).await?) })
    })
    .await?;
    let old = desk
        .run(&store::millis(desk.now() - IMPORTS_AFTER), |tx, _, before| {
            Box::pin(async move { Ok(store::contact_import::purge(tx, *before).await?) })
        })
        .await?;
    let mut swept = old.len();
    for path in &old {
        discard(desk, path).await;
    }
    let mut batches = desk
        .media()
        .list(None)
        .filter_map(async |found| match found {
            Ok(file) if is_ours(file.location.as_ref()) => {
                (file.last_modified.timestamp_millis() < store::millis(before)).then(|| Ok(file.location.to_string()))
            }
            Ok(_) => None,
            Err(error) => Some(Err(Error::Media(error.to_string()))),
        })
        .boxed()
        .chunks(BATCH);
    while let Some(batch) = batches.next().await {
        let paths = batch.into_iter().collect::<Result<Vec<String>>>()?;
        let mut tx = desk.db().read().await?;
        let wanted = store::upload::pointed_to(&mut tx, &paths).await?;
        drop(tx);
        for path in paths.iter().filter(|path| !wanted.contains(path)) {
            discard(desk, path).await;
            swept += 1;
        }
    }
    Ok(swept)
}
