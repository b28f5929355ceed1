//! SQLite's connections.
//!
//! A statement is a function call into this process, of microseconds, so it is made on the task that wants it: a thread
//! to hand it to would cost more than the statement. What may wait for the disk or go through much is told to the
//! runtime first.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use crate::fold::{self, Folding};
use crate::{Error, Result};

/// How many may read at once.
const READERS: u32 = 4;
/// How long somebody waits for a connection.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long closing waits for transactions to end.
const FAREWELL: Duration = Duration::from_secs(10);
/// How many statements a connection keeps prepared.
const STATEMENTS: usize = 512;

/// What a commit waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Commit {
    /// The disk.
    Waits,
    /// Nothing: the next commit that waits makes it durable.
    Lazily,
}

/// An open SQLite file. It has one writer at a time, so the queue for it stands in Rust rather than in the engine: one
/// connection writes, the others read.
#[derive(Clone)]
pub struct Lite {
    writer: Arc<Pool>,
    readers: Arc<Pool>,
}

impl Lite {
    /// Opens a file, and makes it when absent.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let pool = |size, reads_only| Pool {
            path: path.to_owned(),
            reads_only,
            size,
            permits: Arc::new(Semaphore::new(size as usize)),
            idle: Mutex::default(),
            folding: Folding::default(),
        };
        let writer = pool(1, false);
        let first = writer.connect()?;
        writer.idle().push((first, Commit::Waits));
        Ok(Self { writer: Arc::new(writer), readers: Arc::new(pool(READERS, true)) })
    }

    pub(crate) async fn begin(&self, commit: Commit) -> Result<LiteTx> {
        let mut tx = Pool::take(&self.writer).await?;
        tx.will(commit)?;
        tx.say("BEGIN IMMEDIATE")?;
        Ok(tx)
    }

    pub(crate) async fn read(&self) -> Result<LiteTx> {
        let tx = Pool::take(&self.readers).await?;
        tx.say("BEGIN")?;
        Ok(tx)
    }

    /// Closes every connection; the last one folds the log into the file.
    pub(crate) async fn close(&self) {
        self.writer.folding.end(FAREWELL).await;
        for pool in [&self.readers, &self.writer] {
            let everyone = timeout(FAREWELL, pool.permits.acquire_many(pool.size)).await;
            pool.permits.close();
            waiting(|| pool.idle().clear());
            drop(everyone);
        }
    }
}

pub(crate) struct Pool {
    path: PathBuf,
    reads_only: bool,
    size: u32,
    permits: Arc<Semaphore>,
    /// Each with what its commits wait for.
    idle: Mutex<Vec<(Connection, Commit)>>,
    folding: Folding,
}

impl Pool {
    pub(crate) fn permits(&self) -> &Semaphore {
        &self.permits
    }

    async fn take(pool: &Arc<Self>) -> Result<LiteTx> {
        let permit = timeout(PATIENCE, pool.permits.clone().acquire_owned())
            .await
            .map_err(|_| Error::Unavailable("every connection is in use".to_owned()))?
            .map_err(|_| Error::Unavailable("the database is closed".to_owned()))?;
        let idle = pool.idle().pop();
        let (connection, commit) = match idle {
            Some(idle) => idle,
            None => (pool.connect()?, Commit::Waits),
        };
        Ok(LiteTx { connection: Some(connection), commit, pool: pool.clone(), _permit: permit })
    }

    pub(crate) fn connect(&self) -> Result<Connection> {
        let access = if self.reads_only {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        } else {
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
        };
        // One task at a time has a connection, so the engine need not lock it.
        let connection = Connection::open_with_flags(&self.path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        if !self.reads_only {
            connection.pragma_update(None, "journal_mode", "wal")?;
            connection.pragma_update(None, "synchronous", "full")?;
            fold::watch(&connection);
        }
        // Otherwise the engine looks at the value of every `LIMIT $1` and prepares the statement anew for it.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "temp_store", "memory")?;
        // Kibibytes, if negative.
        connection.pragma_update(None, "cache_size", -8_000)?;
        connection.pragma_update(None, "query_only", self.reads_only)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(connection)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<(Connection, Commit)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A transaction on one connection, which goes back to the others at its end.
pub struct LiteTx {
    /// There until the transaction has ended.
    connection: Option<Connection>,
    commit: Commit,
    pool: Arc<Pool>,
    _permit: OwnedSemaphorePermit,
}

impl LiteTx {
    pub(crate) fn connection(&self) -> Result<&Connection> {
        self.connection.as_ref().ok_or_else(|| Error::Unavailable("the transaction has ended".to_owned()))
    }

    pub(crate) fn commit(self) -> Result<()> {
        if self.pool.reads_only {
            return self.say("COMMIT");
        }
        match self.commit {
            Commit::Waits => waiting(|| self.say("COMMIT"))?,
            Commit::Lazily => self.say("COMMIT")?,
        }
        self.pool.folding.committed(&self.pool);
        Ok(())
    }

    /// Before it begins: what its commit waits for.
    fn will(&mut self, commit: Commit) -> Result<()> {
        if self.commit != commit {
            let level = match commit {
                Commit::Waits => "full",
                Commit::Lazily => "normal",
            };
            self.connection()?.pragma_update(None, "synchronous", level)?;
            self.commit = commit;
        }
        Ok(())
    }

    fn say(&self, word: &str) -> Result<()> {
        self.connection()?.prepare_cached(word)?.execute([])?;
        Ok(())
    }
}

impl Drop for LiteTx {
    /// What was not committed is rolled back.
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else { return };
        let is_clean = connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok();
        if is_clean && !self.pool.permits.is_closed() {
            self.pool.idle().push((connection, self.commit));
        }
    }
}

/// Tells the runtime that this may take a while.
pub(crate) fn waiting<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}
