/// A failure of the database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no such row")]
    NotFound,
    /// A unique index refused the row: somebody else was first.
    #[error("the row already exists")]
    Conflict,
    /// The transaction lost a race and may simply be run again.
    #[error("the transaction must be run again")]
    Retry,
    /// The database cannot be reached or written to now: disk full, read-only, connection lost.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    #[error("the database refused: {0}")]
    Other(#[source] sqlx::Error),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let code = match &error {
            sqlx::Error::RowNotFound => return Self::NotFound,
            sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed => {
                return Self::Unavailable(error.to_string());
            }
            sqlx::Error::Database(db) if db.is_unique_violation() => return Self::Conflict,
            sqlx::Error::Database(db) => db.code().map(std::borrow::Cow::into_owned),
            _ => None,
        };
        match code.as_deref() {
            // serialization_failure, deadlock_detected; SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT.
            Some("40001" | "40P01" | "5" | "517") => Self::Retry,
            // Disk full, out of memory, server going down; SQLITE_READONLY, IOERR, FULL, CANTOPEN and their kin.
            Some(code) if code.starts_with("53") || code.starts_with("57P") || sqlite_trouble(code) => {
                Self::Unavailable(error.to_string())
            }
            _ => Self::Other(error),
        }
    }
}

/// SQLite's extended result codes keep the primary code in the low byte.
fn sqlite_trouble(code: &str) -> bool {
    code.len() != 5 && code.parse::<u32>().is_ok_and(|code| matches!(code & 0xff, 8 | 10 | 13 | 14))
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
