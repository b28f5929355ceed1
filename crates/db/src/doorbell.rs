//! Wakes whoever follows the event log, on this node and on the others.
//!
//! A doorbell carries no data: the log does. So a lost ring costs a little time and never an event.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::sleep;

use crate::{Db, Result};

/// Rings within this time of each other are one ring to the other nodes.
const MERGE: Duration = Duration::from_millis(10);

/// Many may listen; a ring reaches all of them, also those who were busy when it rang.
#[derive(Clone)]
pub struct Doorbell {
    /// What it is called between nodes.
    name: &'static str,
    here: Arc<watch::Sender<u64>>,
    away: Arc<tokio::sync::Notify>,
}

impl Doorbell {
    pub fn new(name: &'static str) -> Self {
        Self { name, here: Arc::new(watch::Sender::new(0)), away: Arc::default() }
    }

    /// Rings here at once, and on the other nodes soon.
    pub fn ring(&self) {
        self.here.send_modify(|rings| *rings = rings.wrapping_add(1));
        self.away.notify_one();
    }

    /// A listener that hears every ring from now on. A ring while it works is heard at its next wait.
    pub fn listen(&self) -> Listener {
        Listener(self.here.subscribe())
    }

    /// Carries rings between nodes for ever. With SQLite there are no other nodes.
    pub async fn carry(self, db: Db) -> Result<()> {
        let Some(mut listener) = db.listen(self.name).await? else { return Ok(()) };
        loop {
            tokio::select! {
                () = self.away.notified() => {
                    // Its own transaction: NOTIFY takes a lock that all commits share.
                    db.notify(self.name).await?;
                    sleep(MERGE).await;
                }
                heard = listener.recv() => {
                    heard?;
                    self.here.send_modify(|rings| *rings = rings.wrapping_add(1));
                }
            }
        }
    }
}

/// Somebody who waits for rings.
pub struct Listener(watch::Receiver<u64>);

impl Listener {
    /// Waits for a ring since the last wait, or for `at_most`.
    pub async fn heard(&mut self, at_most: Duration) {
        let _ = tokio::time::timeout(at_most, self.0.changed()).await;
    }
}
