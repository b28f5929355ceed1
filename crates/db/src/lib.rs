//! The one crate that knows there are two database engines.
//!
//! Everything above writes portable SQL once (`docs/database.md` has the dialect) and binds plain Rust values. Where
//! the engines differ, [`sql!`] has words for it, or takes two texts.
mod doorbell;
mod error;
mod migrate;
mod open;
mod query;
mod sql;
mod value;

pub use doorbell::Doorbell;
pub use error::{Error, Result};
pub use migrate::{Migration, migrate, migrated};
pub use open::{Db, Engine, Tx};
pub use query::{Query, Row};
pub use sql::{Sql, Written, written};
pub use value::{Value, ids, rows, texts};

#[doc(hidden)]
pub use inventory;
pub use sqlx::FromRow;
pub use sqlx::types::Json;
