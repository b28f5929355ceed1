//! The network's state: one SQLite file with one writer.

pub(crate) mod apps;
pub(crate) mod contents;
pub(crate) mod events;
pub(crate) mod media;
pub(crate) mod messages;
pub(crate) mod phones;
pub(crate) mod tasks;
pub(crate) mod template_acts;
pub(crate) mod templates;
pub(crate) mod uploads;

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{SqliteConnection, SqlitePool};

pub(crate) type Result<T, E = sqlx::Error> = std::result::Result<T, E>;
pub(crate) type Connection = SqliteConnection;

/// The two pools: one connection that writes, a few that read.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    pub(crate) writer: SqlitePool,
    pub(crate) reader: SqlitePool,
}

impl Store {
    pub(crate) async fn open(file: &Path) -> anyhow::Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A killed process loses nothing; only a power cut could, and the network is a toy in that respect.
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(Duration::from_secs(10));
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(60))
            .connect_with(options.clone())
            .await?;
        sqlx::raw_sql(include_str!("schema.sql")).execute(&writer).await?;
        let reader = SqlitePoolOptions::new().max_connections(4).connect_with(options.read_only(true)).await?;
        Ok(Self { writer, reader })
    }

    pub(crate) async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

/// Forgets everything but the tables themselves.
pub(crate) async fn clear(db: &mut Connection) -> Result<()> {
    sqlx::raw_sql(
        "DELETE FROM app; DELETE FROM provider; DELETE FROM number; DELETE FROM phone; DELETE FROM chat; DELETE FROM message;
         DELETE FROM reaction; DELETE FROM media; DELETE FROM template; DELETE FROM block; DELETE FROM task;
         DELETE FROM event; DELETE FROM load; DELETE FROM template_standing; DELETE FROM template_act; DELETE FROM upload;
         DELETE FROM content;",
    )
    .execute(db)
    .await?;
    Ok(())
}
