//! Bound arguments.

use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, ValueRef};
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

/// A bound argument.
#[derive(Clone, Debug)]
pub enum Value {
    Bool(bool),
    Int(Option<i64>),
    Real(f64),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
    Id(Option<Uuid>),
    Json(Option<Box<RawValue>>),
}

macro_rules! value_from {
    ($($from:ty => |$v:ident| $make:expr),* $(,)?) => {
        $(impl From<$from> for Value { fn from($v: $from) -> Self { $make } })*
    };
}
value_from! {
    bool => |v| Self::Bool(v),
    i64 => |v| Self::Int(Some(v)),
    Option<i64> => |v| Self::Int(v),
    f64 => |v| Self::Real(v),
    String => |v| Self::Text(Some(v)),
    &str => |v| Self::Text(Some(v.to_owned())),
    &String => |v| Self::Text(Some(v.clone())),
    Option<String> => |v| Self::Text(v),
    Option<&str> => |v| Self::Text(v.map(str::to_owned)),
    Vec<u8> => |v| Self::Bytes(Some(v)),
    Option<Vec<u8>> => |v| Self::Bytes(v),
    Uuid => |v| Self::Id(Some(v)),
    Option<Uuid> => |v| Self::Id(v),
}

impl Value {
    /// Any value, as JSON.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Self {
        Self::Json(serde_json::value::to_raw_value(value).ok())
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Bool(value) => ValueRef::Integer((*value).into()),
            Self::Int(Some(value)) => ValueRef::Integer(*value),
            Self::Real(value) => ValueRef::Real(*value),
            Self::Text(Some(text)) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(Some(bytes)) => ValueRef::Blob(bytes),
            Self::Id(Some(id)) => ValueRef::Blob(id.as_bytes()),
            // SQLite keeps JSON as text; handing it over as it stands saves a second serialising.
            Self::Json(Some(json)) => ValueRef::Text(json.get().as_bytes()),
            Self::Int(None) | Self::Text(None) | Self::Bytes(None) | Self::Id(None) | Self::Json(None) => {
                ValueRef::Null
            }
        }))
    }
}

/// The rows of a set-based statement, for `{rows $n …}`.
pub fn rows<T: Serialize>(rows: &[T]) -> Value {
    Value::json(rows)
}

/// A list of ids, for `{ids $n}`.
pub fn ids<I: Into<i64>>(ids: impl IntoIterator<Item = I>) -> Value {
    Value::json(&ids.into_iter().map(Into::into).collect::<Vec<i64>>())
}

/// A list of texts, for `{texts $n}`.
pub fn texts<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> Value {
    let texts: Vec<String> = texts.into_iter().map(|text| text.as_ref().to_owned()).collect();
    Value::json(&texts)
}
