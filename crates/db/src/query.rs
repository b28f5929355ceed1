//! Running a statement on whichever engine the transaction is of.

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, SqlStr};

use crate::open::Tx;
use crate::value::Value;
use crate::{Error, Result};

/// A row type both engines can read; `#[derive(FromRow)]` is enough.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// A statement being put together.
#[must_use]
pub struct Query<'t> {
    tx: &'t mut Tx,
    text: SqlStr,
    arguments: Vec<Value>,
}

macro_rules! bind_all {
    ($query:expr, $arguments:expr, $json:expr) => {{
        let mut query = $query;
        for argument in $arguments {
            query = match argument {
                Value::Bool(v) => query.bind(v),
                Value::Int(v) => query.bind(v),
                Value::Text(v) => query.bind(v),
                Value::Bytes(v) => query.bind(v),
                Value::Id(v) => query.bind(v),
                Value::Json(v) => query.bind(v.map($json)),
            };
        }
        query
    }};
}

/// SQLite keeps JSON as text; handing it over as it stands saves a second serialising.
fn text(json: Box<serde_json::value::RawValue>) -> String {
    String::from(Box::<str>::from(json))
}

macro_rules! run {
    ($self:ident, $make:path, $method:ident) => {
        match $self.tx {
            Tx::Sqlite(tx) => bind_all!($make($self.text), $self.arguments, text).$method(&mut **tx).await?,
            Tx::Postgres(tx) => {
                bind_all!($make($self.text), $self.arguments, sqlx::types::Json).$method(&mut **tx).await?
            }
        }
    };
}

impl<'t> Query<'t> {
    pub(crate) fn new(tx: &'t mut Tx, text: SqlStr) -> Self {
        Self { tx, text, arguments: Vec::new() }
    }

    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.arguments.push(value.into());
        self
    }

    /// Binds any value as JSON.
    pub fn bind_json<T: serde::Serialize + ?Sized>(self, value: &T) -> Self {
        self.bind(Value::json(value))
    }

    /// Runs it and tells how many rows it touched.
    pub async fn execute(self) -> Result<u64> {
        Ok(match self.tx {
            Tx::Sqlite(tx) => {
                bind_all!(sqlx::query(self.text), self.arguments, text).execute(&mut **tx).await?.rows_affected()
            }
            Tx::Postgres(tx) => bind_all!(sqlx::query(self.text), self.arguments, sqlx::types::Json)
                .execute(&mut **tx)
                .await?
                .rows_affected(),
        })
    }

    pub async fn all<T: Row>(self) -> Result<Vec<T>> {
        Ok(run!(self, sqlx::query_as, fetch_all))
    }

    pub async fn optional<T: Row>(self) -> Result<Option<T>> {
        Ok(run!(self, sqlx::query_as, fetch_optional))
    }

    pub async fn one<T: Row>(self) -> Result<T> {
        self.optional().await?.ok_or(Error::NotFound)
    }
}
