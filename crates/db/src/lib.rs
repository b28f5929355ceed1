//! The one crate that knows there are two database engines.
//!
//! Everything above writes portable SQL once (`docs/database.md` has the dialect) and binds plain Rust values. Where
//! the engines differ, [`sql!`] has words for it, or takes two texts.
mod doorbell;
mod error;
mod fold;
mod lite;
mod migrate;
mod open;
mod query;
mod row;
mod sql;
mod value;

pub use doorbell::Doorbell;
pub use error::{Error, Result};
pub use migrate::{Migration, migrate, migrated};
pub use open::{Db, Engine, Tx};
pub use pronto_db_derive::FromRow;
pub use query::Query;
pub use row::{Cell, Cells, Columns, FromRow};
pub use sql::{Sql, Written, written};
pub use value::{Value, ids, rows, texts};

#[doc(hidden)]
pub use inventory;
pub use sqlx::types::Json;
