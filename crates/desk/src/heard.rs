//! What came last over each account's webhook, kept for the self-check: once a minute for an account at most, so that
//! neither rush hour nor whoever knocks at the door costs anything.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use pronto_store as store;

use crate::{Desk, Result};

const EVERY: Duration = Duration::from_secs(60);

/// When each account's was last written down, and whether it was believed.
#[derive(Debug, Default)]
pub struct Heard(Mutex<BTreeMap<(i64, bool), Instant>>);

impl Heard {
    /// A delivery was believed.
    pub fn accepted(&self, desk: &Desk, account: i64) {
        if self.is_due(account, true) {
            let desk = desk.clone();
            tokio::spawn(async move {
                let done = desk.run_quietly(&account, |tx, now, account| {
                    Box::pin(async move { Ok(store::webhook::accepted(tx, *account, store::millis(now)).await?) })
                });
                log(done.await);
            });
        }
    }

    /// One was not.
    pub fn refused(&self, desk: &Desk, account: i64, why: &str) {
        if self.is_due(account, false) {
            let (desk, input) = (desk.clone(), (account, why.to_owned()));
            tokio::spawn(async move {
                let done = desk.run_quietly(&input, |tx, now, (account, why)| {
                    Box::pin(async move { Ok(store::webhook::refused(tx, *account, store::millis(now), why).await?) })
                });
                log(done.await);
            });
        }
    }

    fn is_due(&self, account: i64, accepted: bool) -> bool {
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let due = heard.get(&(account, accepted)).is_none_or(|last| last.elapsed() >= EVERY);
        if due {
            heard.insert((account, accepted), Instant::now());
        }
        due
    }
}

fn log(done: Result<()>) {
    if let Err(error) = done {
        tracing::debug!(%error, "what a webhook brought last was not noted");
    }
}
