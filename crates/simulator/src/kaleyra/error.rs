//! Kaleyra's refusals.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::meta::MetaError;

/// A refusal, as Kaleyra words it.
#[derive(Debug)]
pub(crate) struct KaleyraError {
    status: u16,
    code: String,
    message: String,
}

pub(crate) type Result<T, E = KaleyraError> = std::result::Result<T, E>;

impl KaleyraError {
    /// The older API's refusal of a message.
    pub(crate) fn first(message: impl Into<String>) -> Self {
        Self { status: 400, code: "E13001".to_owned(), message: message.into() }
    }

    /// The newer API's.
    pub(crate) fn second(message: impl Into<String>) -> Self {
        Self { status: 400, code: "WA400".to_owned(), message: message.into() }
    }

    pub(crate) fn unauthorised() -> Self {
        Self { status: 401, code: "RBC001".to_owned(), message: "Invalid API key or SID".to_owned() }
    }

    pub(crate) fn not_found() -> Self {
        Self { status: 404, code: "WA404".to_owned(), message: "There is nothing at this address".to_owned() }
    }

    /// This HTTP status, on purpose.
    pub(crate) fn with_status(status: u16) -> Self {
        let code = if status >= 500 { "WA500".to_owned() } else { format!("WA{status}") };
        Self { status, code, message: "The request could not be served".to_owned() }
    }

    /// What Kaleyra answers where Meta would answer this: the number is passed on.
    pub(crate) fn of_meta(code: u32) -> Self {
        match code {
            0 | 190 => Self::unauthorised(),
            130_429 | 131_056 => Self { status: 429, code: code.to_string(), ..Self::with_status(429) },
            code => Self { status: 400, code: code.to_string(), ..Self::with_status(400) },
        }
    }
}

impl From<MetaError> for KaleyraError {
    fn from(error: MetaError) -> Self {
        Self::second(error.words())
    }
}

impl From<sqlx::Error> for KaleyraError {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "could not answer a call of Kaleyra's API");
        Self::with_status(500)
    }
}

impl IntoResponse for KaleyraError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        (status, Json(json!({"code": self.code, "message": self.message, "data": {}}))).into_response()
    }
}
