//! Running a statement on whichever engine the transaction is of.

use std::borrow::Cow;

use rusqlite::CachedStatement;
use sqlx::{AssertSqlSafe, SqlSafeStr as _, SqlStr};

use crate::lite::{LiteTx, waiting};
use crate::open::Tx;
use crate::row::{FromRow, all_postgres, all_sqlite};
use crate::value::Value;
use crate::{Error, Result};

/// A statement being put together.
#[must_use]
pub struct Query<'t> {
    tx: &'t mut Tx,
    text: Cow<'static, str>,
    /// It may go through much: a search, a list.
    is_long: bool,
    arguments: Vec<Value>,
}

macro_rules! bound {
    ($make:path, $text:expr, $arguments:expr) => {{
        let mut query = $make(safe($text));
        for argument in $arguments {
            query = match argument {
                Value::Bool(v) => query.bind(v),
                Value::Int(v) => query.bind(v),
                Value::Real(v) => query.bind(v),
                Value::Text(v) => query.bind(v),
                Value::Bytes(v) => query.bind(v),
                Value::Id(v) => query.bind(v),
                Value::Json(v) => query.bind(v.map(sqlx::types::Json)),
            };
        }
        query
    }};
}

/// Statements are literals of the program, or put together from such; values are always bound.
fn safe(text: Cow<'static, str>) -> SqlStr {
    match text {
        Cow::Borrowed(text) => text.into_sql_str(),
        Cow::Owned(text) => AssertSqlSafe(text).into_sql_str(),
    }
}

impl<'t> Query<'t> {
    pub(crate) fn new(tx: &'t mut Tx, text: Cow<'static, str>) -> Self {
        let is_long = matches!(text, Cow::Owned(_));
        Self { tx, text, is_long, arguments: Vec::new() }
    }

    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.arguments.push(value.into());
        self
    }

    pub fn bind_all(mut self, values: impl IntoIterator<Item = Value>) -> Self {
        self.arguments.extend(values);
        self
    }

    /// Binds any value as JSON.
    pub fn bind_json<T: serde::Serialize + ?Sized>(self, value: &T) -> Self {
        self.bind(Value::json(value))
    }

    /// Runs it and tells how many rows it touched.
    pub async fn execute(self) -> Result<u64> {
        match self.tx {
            Tx::Sqlite(tx) => ready(tx, &self.text, &self.arguments, |statement| {
                let mut rows = statement.raw_query();
                while rows.next()?.is_some() {}
                drop(rows);
                Ok(if statement.readonly() { 0 } else { tx.connection()?.changes() })
            }),
            Tx::Postgres(tx) => {
                Ok(bound!(sqlx::query, self.text, self.arguments).execute(&mut **tx).await?.rows_affected())
            }
        }
    }

    pub async fn all<T: FromRow>(self) -> Result<Vec<T>> {
        self.at_most(usize::MAX).await
    }

    pub async fn optional<T: FromRow>(self) -> Result<Option<T>> {
        Ok(self.at_most(1).await?.pop())
    }

    pub async fn one<T: FromRow>(self) -> Result<T> {
        self.optional().await?.ok_or(Error::NotFound)
    }

    async fn at_most<T: FromRow>(self, count: usize) -> Result<Vec<T>> {
        match self.tx {
            Tx::Sqlite(tx) => {
                let read = || ready(tx, &self.text, &self.arguments, |statement| all_sqlite(statement, count));
                if self.is_long { waiting(read) } else { read() }
            }
            Tx::Postgres(tx) if count == 1 => {
                let row = bound!(sqlx::query, self.text, self.arguments).fetch_optional(&mut **tx).await?;
                all_postgres(row.as_slice())
            }
            Tx::Postgres(tx) => {
                all_postgres(&bound!(sqlx::query, self.text, self.arguments).fetch_all(&mut **tx).await?)
            }
        }
    }
}

/// Prepares a statement, or finds it prepared, and binds its arguments.
fn ready<T>(
    tx: &LiteTx,
    text: &str,
    arguments: &[Value],
    run: impl FnOnce(&mut CachedStatement<'_>) -> Result<T>,
) -> Result<T> {
    let mut statement = tx.connection()?.prepare_cached(text)?;
    for place in 1..=statement.parameter_count() {
        // `$2` is the second argument wherever it stands; `?` is the next one.
        let number = statement.parameter_name(place).and_then(|name| name.get(1..)?.parse().ok()).unwrap_or(place);
        let argument = number.checked_sub(1).and_then(|index| arguments.get(index));
        let argument = argument.ok_or_else(|| Error::Other(format!("nothing is bound to ${number}").into()))?;
        statement.raw_bind_parameter(place, argument)?;
    }
    run(&mut statement)
}
