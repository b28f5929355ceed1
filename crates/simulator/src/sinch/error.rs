//! Sinch's refusals, and what Meta's errors are called there.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A refusal, as Sinch words it.
#[derive(Debug)]
pub(crate) struct SinchError {
    code: u16,
    status: &'static str,
    message: String,
}

pub(crate) type Result<T, E = SinchError> = std::result::Result<T, E>;

impl SinchError {
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self { code: 400, status: "INVALID_ARGUMENT", message: message.into() }
    }

    pub(crate) fn unauthenticated() -> Self {
        let message = "The credentials are missing, wrong or have expired".to_owned();
        Self { code: 401, status: "UNAUTHENTICATED", message }
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self { code: 404, status: "NOT_FOUND", message: format!("{what} was not found: is it the right region?") }
    }

    /// This HTTP status, on purpose.
    pub(crate) fn with_status(code: u16) -> Self {
        let status = match code {
            429 => "RESOURCE_EXHAUSTED",
            503 => "UNAVAILABLE",
            500..=599 => "INTERNAL",
            _ => "FAILED_PRECONDITION",
        };
        Self { code, status, message: "The request could not be served".to_owned() }
    }

    /// What Sinch answers where Meta would answer this.
    pub(crate) fn of_meta(code: u32) -> Self {
        match code {
            0 | 190 => Self::unauthenticated(),
            4 | 80_007 | 130_429 | 131_056 => Self::with_status(429),
            2 | 131_016 => Self::with_status(503),
            131_000 => Self::with_status(500),
            _ => Self::invalid(reason(code)),
        }
    }
}

/// The reason of a failure that Meta tells of.
pub(crate) fn reason(code: u32) -> &'static str {
    match code {
        131_047 => "OUTSIDE_ALLOWED_SENDING_WINDOW",
        131_026 => "RECIPIENT_NOT_REACHABLE",
        131_050 => "RECIPIENT_NOT_OPTED_IN",
        131_053 => "MEDIA_NOT_REACHABLE",
        131_008 | 131_009 | 100 => "BAD_REQUEST",
        131_051 => "UNSUPPORTED_OPERATION",
        4 | 80_007 | 130_429 | 131_048 | 131_056 => "RATE_LIMITED",
        368 | 131_049 | 130_497 => "DELIVERY_REJECTED_DUE_TO_POLICY",
        0 | 190 => "INACTIVE_CREDENTIAL",
        132_000 => "TEMPLATE_INSUFFICIENT_PARAMETERS",
        132_001 => "TEMPLATE_NON_EXISTING_LANGUAGE_OR_VERSION",
        2 | 131_000 | 131_016 => "INTERNAL_ERROR",
        _ => "CHANNEL_FAILURE",
    }
}

impl From<sqlx::Error> for SinchError {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "could not answer a call of Sinch's API");
        Self::with_status(500)
    }
}

impl IntoResponse for SinchError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.code).unwrap_or(StatusCode::BAD_REQUEST);
        let error = json!({"code": self.code, "message": self.message, "status": self.status, "details": []});
        (status, Json(json!({"error": error}))).into_response()
    }
}
