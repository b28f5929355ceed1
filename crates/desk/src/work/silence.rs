//! Looks now and then for customers who have said nothing for too long. What is due stands in the rows, so that a
//! restart, another node or another setting changes nothing but the moment.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::{Pass, Worker, follow};
use crate::act::silence::{Silence, due, pass};
use crate::{Desk, Result};

/// The longest wait without looking.
const POLL: Duration = Duration::from_secs(10);

pub async fn run(desk: Desk, stop: CancellationToken) {
    follow(desk, Silences, stop).await;
}

struct Silences;

impl Worker for Silences {
    const NAME: &'static str = "silence";
    /// Nobody counts these seconds, and every ring would be a look.
    const PACE: Duration = Duration::from_secs(1);

    async fn pass(&mut self, desk: &Desk) -> Result<Pass> {
        let config = desk.config();
        let mut tx = desk.db().read().await?;
        let due = due(&mut tx, desk.now(), &config).await?;
        drop(tx);
        if due.is_empty() {
            return Ok(Pass::Idle(POLL));
        }
        let input = Silence { config, due };
        desk.run(&input, |tx, now, input| Box::pin(pass(tx, now, input))).await?;
        Ok(Pass::Worked)
    }
}
