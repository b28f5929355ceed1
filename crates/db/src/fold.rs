//! Folds SQLite's log into the file beside the writer, not in its way.
//!
//! Left to itself the engine folds within whichever commit finds the log long. That commit then takes as long as the
//! disk needs for thousands of pages, and so does everybody who waits behind it.

use std::cell::Cell;
use std::ffi::c_int;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::Connection;
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::{sleep, timeout};

use crate::Result;
use crate::lite::Pool;

/// From how many pages on the log is folded: 16 MiB.
const LONG: c_int = 4_000;
/// The least time between two folds. Somebody who reads long may keep the log from being begun anew.
const PAUSE: Duration = Duration::from_millis(100);
/// How often it is folded beside the writers before they are asked to wait.
const BESIDE: usize = 2;

thread_local! {
    /// How many pages the log had after this thread's latest commit. The engine tells within the commit.
    static PAGES: Cell<c_int> = const { Cell::new(0) };
}

/// Keeps the engine from folding within this connection's commits.
pub(crate) fn watch(connection: &Connection) {
    connection.wal_hook(Some(|_, pages| {
        PAGES.set(pages);
        Ok(())
    }));
}

/// The fold that is going on, if one is.
#[derive(Default)]
pub(crate) struct Folding(Mutex<Option<JoinHandle<()>>>);

impl Folding {
    /// After a commit: begins to fold if the log has become long.
    pub(crate) fn committed(&self, writer: &Arc<Pool>) {
        if PAGES.take() < LONG {
            return;
        }
        let mut going = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if going.as_ref().is_none_or(JoinHandle::is_finished) {
            *going = Some(tokio::spawn(run(Arc::clone(writer))));
        }
    }

    /// Waits for the fold that is going on, but not for ever.
    pub(crate) async fn end(&self, at_most: Duration) {
        let going = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(going) = going {
            drop(timeout(at_most, going).await);
        }
    }
}

async fn run(writer: Arc<Pool>) {
    if let Err(error) = to_the_end(&writer).await {
        tracing::warn!(%error, "the database's log could not be folded; it is tried again");
    }
    sleep(PAUSE).await;
}

/// While others write, where each fold leaves less than the one before, and then the little that is left while nobody
/// does: only a log that was folded to its end, and is not written just then, is begun anew, and so stops growing.
async fn to_the_end(writer: &Arc<Pool>) -> Result<()> {
    let mut connection = writer.connect()?;
    for _ in 0..BESIDE {
        let left;
        (connection, left) = fold(connection).await?;
        if left == 0 {
            break;
        }
    }
    let Ok(_nobody_writes) = writer.permits().acquire().await else { return Ok(()) };
    fold(connection).await?;
    Ok(())
}

/// Answers how many pages have come meanwhile.
async fn fold(connection: Connection) -> Result<(Connection, i64)> {
    let done = spawn_blocking(move || {
        let left = connection
            .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| Ok(row.get::<_, i64>(1)? - row.get::<_, i64>(2)?))?;
        Ok((connection, left))
    });
    done.await.map_err(|error| crate::Error::Other(error.into()))?
}
