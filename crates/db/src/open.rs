//! The open database and its transactions.

use std::borrow::Cow;
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use sqlx::postgres::{PgConnectOptions, PgListener, PgPool, PgPoolOptions};
use sqlx::{Executor as _, Postgres, SqlSafeStr as _, Transaction};

use crate::lite::{Commit, Lite, LiteTx};
use crate::query::Query;
use crate::sql::Sql;
use crate::{Error, Result};

/// Which engine it is. Only this crate and `store::search` may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// The open database.
#[derive(Clone)]
pub enum Db {
    Sqlite(Lite),
    Postgres(PgPool),
}

impl Db {
    /// Opens `sqlite:PATH` (made when absent) or `postgres://…`.
    pub async fn open(url: &str) -> Result<Self> {
        if url.starts_with("postgres") {
            let options = PgConnectOptions::from_str(url)?.application_name("pronto");
            let pool = PgPoolOptions::new()
                .max_connections(16)
                .acquire_timeout(Duration::from_secs(10))
                .test_before_acquire(false)
                .connect_with(options)
                .await?;
            return Ok(Self::Postgres(pool));
        }
        let path = url.strip_prefix("sqlite:").unwrap_or(url);
        let path = path.strip_prefix("//").unwrap_or(path);
        Ok(Self::Sqlite(Lite::open(Path::new(path))?))
    }

    pub const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Begins a transaction that may write.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite(lite) => Tx::Sqlite(lite.begin(Commit::Waits).await?),
            Self::Postgres(pool) => Tx::Postgres(begun(pool, "BEGIN").await?),
        })
    }

    /// Begins a transaction whose commit need not wait for the disk: for what can be done again from rows that did.
    /// It outlives the process, but the machine may take it with it; whatever commits later and waits, keeps it too.
    pub async fn begin_lazily(&self) -> Result<Tx> {
        match self {
            Self::Sqlite(lite) => Ok(Tx::Sqlite(lite.begin(Commit::Lazily).await?)),
            Self::Postgres(_) => self.begin().await,
        }
    }

    /// Which run of the machine lazy commits would be lost with; `None` if every commit waits. Where the machine does
    /// not tell, each process takes itself for one.
    pub fn machine_run(&self) -> Option<String> {
        match self {
            Self::Sqlite(_) => Some(
                std::fs::read_to_string("/proc/sys/kernel/random/boot_id")
                    .map_or_else(|_| format!("{:?}", SystemTime::now()), |id| id.trim().to_owned()),
            ),
            Self::Postgres(_) => None,
        }
    }

    /// Begins a transaction that only reads, and sees one moment throughout.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite(lite) => Tx::Sqlite(lite.read().await?),
            Self::Postgres(pool) => Tx::Postgres(begun(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?),
        })
    }

    /// Rings from other nodes; `None` where there are none.
    pub(crate) async fn listen(&self, channel: &str) -> Result<Option<PgListener>> {
        match self {
            Self::Sqlite(_) => Ok(None),
            Self::Postgres(pool) => {
                let mut listener = PgListener::connect_with(pool).await?;
                listener.listen(channel).await?;
                Ok(Some(listener))
            }
        }
    }

    /// Rings the other nodes.
    pub(crate) async fn notify(&self, channel: &str) -> Result<()> {
        if let Self::Postgres(pool) = self {
            sqlx::query("SELECT pg_notify($1, '')").bind(channel).execute(pool).await?;
        }
        Ok(())
    }

    /// Asks the engine to prepare every statement; answers those it refused, with file and line.
    pub async fn refused(&self) -> Vec<String> {
        let mut refused = Vec::new();
        for sql in crate::written() {
            let text = sql.text(self.engine());
            let done = match self {
                Self::Sqlite(lite) => match lite.begin(Commit::Waits).await {
                    Ok(tx) => tx.connection().and_then(|it| Ok(it.prepare(text).map(drop)?)),
                    Err(error) => Err(error),
                },
                Self::Postgres(pool) => pool.prepare(text.into_sql_str()).await.map(drop).map_err(Error::from),
            };
            if let Err(error) = done {
                refused.push(format!("{}: {error}", sql.at()));
            }
        }
        refused
    }

    /// Closes every connection, so that SQLite folds its log into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(lite) => lite.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// Begins a transaction whatever becomes of the caller: what nobody waits for any more is begun and rolled back. Left
/// to itself, sqlx counts a transaction once `BEGIN` is answered, so one given up before that stays open on its
/// connection and the next to get that connection is inside it.
async fn begun(pool: &PgPool, how: &'static str) -> Result<Transaction<'static, Postgres>> {
    let pool = pool.clone();
    let beginning = tokio::spawn(async move { pool.begin_with(how).await });
    Ok(beginning.await.map_err(|error| Error::Unavailable(error.to_string()))??)
}

/// An open transaction; dropping it rolls back. Functions that take `&mut Tx` are inside one and never commit.
pub enum Tx {
    Sqlite(LiteTx),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    pub fn query(&mut self, sql: &'static Sql) -> Query<'_> {
        let text = Cow::Borrowed(sql.text(self.engine()));
        Query::new(self, text)
    }

    /// A statement put together from fixed pieces at run time. Only `store::search` and the list filters use it;
    /// values are always bound.
    pub fn query_assembled(&mut self, text: String) -> Query<'_> {
        Query::new(self, Cow::Owned(text))
    }

    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit()?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    pub async fn rollback(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => drop(tx),
            Self::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}

impl From<Error> for std::io::Error {
    fn from(error: Error) -> Self {
        Self::other(error)
    }
}
