//! Reading rows: the same struct from either engine.

use rusqlite::types::ValueRef;
use sqlx::postgres::PgRow;
use sqlx::types::Json;
use sqlx::{Row as _, ValueRef as _};
use uuid::Uuid;

use crate::{Error, Result};

/// A struct that is read from a row. `#[derive(FromRow)]` writes it: each field is the column of its name.
pub trait FromRow: Sized + Send {
    /// The columns it reads, in the order of reading.
    const COLUMNS: Columns;

    fn from_row(cells: &mut Cells<'_>) -> Result<Self>;
}

/// What a row is read from.
#[derive(Clone, Copy, Debug)]
pub enum Columns {
    /// The columns of these names.
    Named(&'static [&'static str]),
    /// As many, from the first.
    First(usize),
}

impl Columns {
    /// Where they stand in a result.
    fn places<E>(self, place: impl Fn(&str) -> Result<usize, E>) -> Result<Vec<usize>, E> {
        match self {
            Self::Named(names) => names.iter().map(|name| place(name)).collect(),
            Self::First(count) => Ok((0..count).collect()),
        }
    }

    fn name(self, index: usize) -> String {
        match self {
            Self::Named(names) => names.get(index).copied().unwrap_or_default().to_owned(),
            Self::First(_) => (index + 1).to_string(),
        }
    }
}

/// One row, cell by cell in the order of [`FromRow::COLUMNS`].
pub struct Cells<'r> {
    row: Source<'r>,
    columns: Columns,
    places: &'r [usize],
    at: usize,
}

enum Source<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r PgRow),
}

impl Cells<'_> {
    /// The next cell.
    #[expect(clippy::should_implement_trait, reason = "each cell has a type of its own")]
    pub fn next<T: Cell>(&mut self) -> Result<T> {
        let index = self.at;
        self.at += 1;
        let place = self.places.get(index).copied().unwrap_or(usize::MAX);
        let unreadable = |found| Error::Unreadable { column: self.columns.name(index), found };
        match self.row {
            Source::Sqlite(row) => T::from_sqlite(row.get_ref(place)?).map_err(unreadable),
            Source::Postgres(row) => T::from_postgres(row, place).map_err(|found| unreadable(found.to_string())),
        }
    }
}

/// Reads every row of a SQLite statement that is bound and ready.
pub(crate) fn all_sqlite<T: FromRow>(statement: &mut rusqlite::Statement<'_>, at_most: usize) -> Result<Vec<T>> {
    let places = T::COLUMNS.places(|name| statement.column_index(name))?;
    let mut rows = statement.raw_query();
    let mut read = Vec::new();
    while read.len() < at_most
        && let Some(row) = rows.next()?
    {
        read.push(T::from_row(&mut Cells { row: Source::Sqlite(row), columns: T::COLUMNS, places: &places, at: 0 })?);
    }
    Ok(read)
}

/// Reads rows that came from PostgreSQL.
pub(crate) fn all_postgres<T: FromRow>(rows: &[PgRow]) -> Result<Vec<T>> {
    let Some(first) = rows.first() else { return Ok(Vec::new()) };
    let places = T::COLUMNS.places(|name| first.try_column(name).map(sqlx::Column::ordinal))?;
    rows.iter()
        .map(|row| T::from_row(&mut Cells { row: Source::Postgres(row), columns: T::COLUMNS, places: &places, at: 0 }))
        .collect()
}

/// A type that stands in a column.
pub trait Cell: Sized {
    /// Answers what was found instead, if it does not fit.
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self, String>;
    fn from_postgres(row: &PgRow, place: usize) -> Result<Self, sqlx::Error>;
}

macro_rules! cell {
    ($($type:ty: $($kind:ident($value:ident) => $make:expr),+;)*) => {
        $(impl Cell for $type {
            fn from_sqlite(value: ValueRef<'_>) -> Result<Self, String> {
                match value {
                    $(ValueRef::$kind($value) => $make,)+
                    other => Err(other.data_type().to_string()),
                }
            }

            fn from_postgres(row: &PgRow, place: usize) -> Result<Self, sqlx::Error> {
                row.try_get(place)
            }
        })*
    };
}
cell! {
    i64: Integer(value) => Ok(value);
    bool: Integer(value) => Ok(value != 0);
    f64: Real(value) => Ok(value);
    String: Text(value) => String::from_utf8(value.to_vec()).map_err(|error| error.to_string());
    Vec<u8>: Blob(value) => Ok(value.to_vec()), Text(value) => Ok(value.to_vec());
    Uuid: Blob(value) => Self::from_slice(value).map_err(|error| error.to_string());
}

impl<T: serde::de::DeserializeOwned + 'static> Cell for Json<T> {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self, String> {
        match value {
            ValueRef::Text(text) => serde_json::from_slice(text).map(Json).map_err(|error| error.to_string()),
            other => Err(other.data_type().to_string()),
        }
    }

    fn from_postgres(row: &PgRow, place: usize) -> Result<Self, sqlx::Error> {
        row.try_get(place)
    }
}

impl<T: Cell> Cell for Option<T> {
    fn from_sqlite(value: ValueRef<'_>) -> Result<Self, String> {
        if value == ValueRef::Null { Ok(None) } else { T::from_sqlite(value).map(Some) }
    }

    fn from_postgres(row: &PgRow, place: usize) -> Result<Self, sqlx::Error> {
        if row.try_get_raw(place)?.is_null() { Ok(None) } else { T::from_postgres(row, place).map(Some) }
    }
}

macro_rules! in_order {
    ($($count:literal: $($cell:ident)+;)*) => {
        $(impl<$($cell: Cell + Send),+> FromRow for ($($cell,)+) {
            const COLUMNS: Columns = Columns::First($count);

            fn from_row(cells: &mut Cells<'_>) -> Result<Self> {
                Ok(($(cells.next::<$cell>()?,)+))
            }
        })*
    };
}
in_order! {
    1: A;
    2: A B;
    3: A B C;
    4: A B C D;
    5: A B C D E;
}
