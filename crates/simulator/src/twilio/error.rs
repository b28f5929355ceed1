//! Twilio's refusals, and what Meta's errors are called there.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A refusal, as Twilio words it.
#[derive(Debug)]
pub(crate) struct TwilioError {
    status: u16,
    code: u32,
    message: String,
}

pub(crate) type Result<T, E = TwilioError> = std::result::Result<T, E>;

impl TwilioError {
    pub(crate) fn new(code: u32, message: impl Into<String>) -> Self {
        Self { status: 400, code, message: message.into() }
    }

    pub(crate) fn unauthorised() -> Self {
        Self { status: 401, ..Self::new(20_003, "Authenticate") }
    }

    pub(crate) fn not_found() -> Self {
        Self { status: 404, ..Self::new(20_404, "The requested resource was not found") }
    }

    /// This HTTP status, on purpose.
    pub(crate) fn with_status(status: u16) -> Self {
        Self { status, ..Self::new(20_500, "An internal server error has occurred") }
    }

    /// What Twilio answers where Meta would answer this.
    pub(crate) fn of_meta(code: u32) -> Self {
        let status = match code {
            0 | 190 => return Self::unauthorised(),
            4 | 80_007 | 130_429 => {
                return Self { status: 429, ..Self::new(20_429, "Too Many Requests") };
            }
            2 | 131_000 | 131_016 => 500,
            _ => 400,
        };
        let (code, message) = named(code);
        Self { status, ..Self::new(code, message) }
    }
}

/// Code and words of a failure that Meta tells of.
pub(crate) fn named(code: u32) -> (u32, &'static str) {
    match code {
        131_047 => (
            63_016,
            "Failed to send freeform message because you are outside the allowed window. If you are using WhatsApp, please use a Message Template.",
        ),
        131_026 => (63_003, "Channel could not find To address"),
        131_021 | 131_030 => (63_024, "Invalid message recipient"),
        131_052 | 131_053 => (63_019, "Media failed to download"),
        131_008 | 131_009 | 131_051 | 100 => (63_021, "Channel invalid content error"),
        4 | 80_007 | 130_429 | 131_048 | 131_056 => (63_018, "Rate limit exceeded for Channel"),
        131_049 => (63_049, "Meta chose not to deliver this WhatsApp marketing message"),
        131_050 => (21_610, "Attempt to send to unsubscribed recipient"),
        368 | 130_497 | 131_031 => (63_013, "Channel policy violation"),
        131_042 => (63_020, "Twilio encountered a Business Manager account error"),
        0 | 190 => (63_001, "Channel could not authenticate the request"),
        132_001 => (63_027, "Template does not exist for a language and locale"),
        132_000 => (63_028, "Number of parameters provided does not match the expected number of parameters"),
        132_015 => (63_041, "Template paused"),
        132_016 => (63_042, "Template disabled"),
        2 | 131_000 | 131_016 => (63_012, "Channel provider returned an internal service error"),
        _ => (30_008, "Unknown error"),
    }
}

impl From<sqlx::Error> for TwilioError {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "could not answer a call of Twilio's API");
        Self::with_status(500)
    }
}

impl IntoResponse for TwilioError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        let body = json!({
            "code": self.code,
            "message": self.message,
            "more_info": format!("https://www.twilio.com/docs/errors/{}", self.code),
            "status": self.status,
        });
        (status, Json(body)).into_response()
    }
}
