//! What the sockets of a node have on screen, for the other nodes and the filters of lists.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_store as store;
use store::watching::Watch;

use crate::Result;

/// Three renewals.
const LASTS_MS: i64 = 45_000;

/// What is on screen on a node; what else was there no longer is.
#[derive(Clone, Debug)]
pub struct Keep {
    pub node: String,
    pub watched: Vec<Watch>,
}

pub async fn keep(tx: &mut Tx, now: Timestamp, input: &Keep) -> Result<()> {
    let at = store::millis(now);
    Ok(store::watching::keep(tx, &input.node, &input.watched, at + LASTS_MS, at).await?)
}
