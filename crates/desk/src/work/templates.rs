//! Fetches the accounts' templates from time to time: what nobody told us of comes with it.

use std::time::Duration;

use jiff::SignedDuration;
use pronto_domain::id::AccountId;
use pronto_store as store;
use tokio_util::sync::CancellationToken;

use super::{Pass, Worker, follow};
use crate::act::template::sync::{sync, unkept};
use crate::{Desk, Result};

/// How long this node has the work to itself: longer than a fetching takes.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// The longest wait without looking.
const POLL: Duration = Duration::from_secs(30);
/// The shortest: fetching is not urgent.
const AT_LEAST: Duration = Duration::from_secs(1);

pub async fn run(desk: Desk, stop: CancellationToken) {
    follow(desk, Templates, stop).await;
}

struct Templates;

impl Worker for Templates {
    const NAME: &'static str = "templates";
    const PACE: Duration = AT_LEAST;

    async fn pass(&mut self, desk: &Desk) -> Result<Pass> {
        let now = store::millis(desk.now());
        let mut tx = desk.db().read().await?;
        let due = store::template::due(&mut tx).await?;
        drop(tx);
        let config = desk.config();
        let here = |account: &i64| {
            // One without a token cannot be asked; saving it makes it due.
            config.accounts.get(&AccountId(*account)).is_some_and(|account| account.row.access_token.is_some())
        };
        let Some(next) = due.iter().filter(|due| due.at <= now).map(|due| due.account_id).find(here) else {
            let next = due.iter().filter(|due| here(&due.account_id)).map(|due| due.at - now).min();
            let wait = next.and_then(|wait| u64::try_from(wait).ok()).map_or(POLL, Duration::from_millis);
            return Ok(Pass::Idle(wait.clamp(AT_LEAST, POLL)));
        };
        let input = (desk.node().to_owned(), store::millis(desk.now() + LEASE));
        let mine = desk
            .run(&input, |tx, now, (node, until)| {
                Box::pin(
                    async move { Ok(store::lease::take(tx, "templates", node, store::millis(now), *until).await?) },
                )
            })
            .await?;
        if !mine {
            return Ok(Pass::Idle(POLL));
        }
        match sync(desk, AccountId(next)).await {
            Ok(Ok(())) => {}
            Ok(Err(why)) => tracing::info!(account = next, why, "templates could not be fetched"),
            Err(error) => {
                tracing::error!(account = next, %error, "templates could not be kept");
                // The others are not to wait for it.
                unkept(desk, AccountId(next)).await?;
            }
        }
        Ok(Pass::Worked)
    }
}
