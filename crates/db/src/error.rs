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
    /// A column holds something else than the program expects.
    #[error("column {column} holds {found}")]
    Unreadable { column: String, found: String },
    /// The schema is not this program's: a step was changed after it was applied, or a newer program was here.
    #[error("{0}")]
    Schema(String),
    #[error("the database refused: {0}")]
    Other(#[source] Box<dyn std::error::Error + Send + Sync>),
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
            // serialization_failure, deadlock_detected.
            Some("40001" | "40P01") => Self::Retry,
            // Disk full, out of memory, server going down.
            Some(code) if code.starts_with("53") || code.starts_with("57P") => Self::Unavailable(error.to_string()),
            _ => Self::Other(error.into()),
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        use rusqlite::ffi::{SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE};

        match error.sqlite_error() {
            Some(found) if matches!(found.extended_code, SQLITE_CONSTRAINT_UNIQUE | SQLITE_CONSTRAINT_PRIMARYKEY) => {
                Self::Conflict
            }
            Some(found) => match found.code {
                Code::DatabaseBusy | Code::DatabaseLocked => Self::Retry,
                Code::ReadOnly | Code::SystemIoFailure | Code::DiskFull | Code::CannotOpen | Code::OutOfMemory => {
                    Self::Unavailable(error.to_string())
                }
                _ => Self::Other(error.into()),
            },
            None => Self::Other(error.into()),
        }
    }
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
