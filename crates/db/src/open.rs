//! The open database and its transactions.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgListener, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Executor as _, Postgres, SqlSafeStr as _, Sqlite, Transaction};

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
    /// SQLite has one writer at a time, so the queue for it stands in Rust rather than in the engine: one connection
    /// writes, the others read.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
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
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .statement_cache_capacity(256)
            .pragma("temp_store", "memory")
            .pragma("cache_size", "-8000")
            .pragma("wal_autocheckpoint", "4000");
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(30))
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(Duration::from_secs(30))
            .test_before_acquire(false)
            .connect_with(options.read_only(true).pragma("query_only", "1"))
            .await?;
        Ok(Self::Sqlite { writer, readers })
    }

    pub const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Begins a transaction that may write.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { writer, .. } => Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Begins a transaction that only reads, and sees one moment throughout.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?),
            Self::Postgres(pool) => {
                Tx::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
            }
        })
    }

    /// Rings from other nodes; `None` where there are none.
    pub(crate) async fn listen(&self, channel: &str) -> Result<Option<PgListener>> {
        match self {
            Self::Sqlite { .. } => Ok(None),
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
            let text = sql.text(self.engine()).into_sql_str();
            let done = match self {
                Self::Sqlite { writer, .. } => writer.prepare(text).await.map(drop),
                Self::Postgres(pool) => pool.prepare(text).await.map(drop),
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
            Self::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// An open transaction; dropping it rolls back. Functions that take `&mut Tx` are inside one and never commit.
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
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
        let text = sql.text(self.engine()).into_sql_str();
        Query::new(self, text)
    }

    /// A statement put together from fixed pieces at run time. Only `store::search` and the list filters use it;
    /// values are always bound.
    pub fn query_assembled(&mut self, text: String) -> Query<'_> {
        Query::new(self, sqlx::AssertSqlSafe(text).into_sql_str())
    }

    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    pub async fn rollback(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await?,
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
