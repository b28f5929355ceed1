use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::script::Wrong;

/// Why the control API did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ControlError {
    #[error("there is no {0} called {1}")]
    NotFound(&'static str, String),
    #[error("{0}")]
    Invalid(String),
    #[error("{0}")]
    Conflict(String),
    #[error("{0}")]
    Script(#[from] Wrong),
    #[error("{0}")]
    Unreadable(#[from] JsonRejection),
    #[error("the simulator could not read or write its state")]
    Store(#[from] sqlx::Error),
}

pub(crate) type Result<T, E = ControlError> = std::result::Result<T, E>;

impl ControlError {
    pub(crate) fn invalid(detail: impl Into<String>) -> Self {
        Self::Invalid(detail.into())
    }
}

impl IntoResponse for ControlError {
    fn into_response(self) -> Response {
        let status = match &self {
            Self::NotFound(..) => StatusCode::NOT_FOUND,
            Self::Invalid(_) | Self::Script(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Unreadable(rejection) => rejection.status(),
            Self::Store(error) => {
                tracing::error!(%error, "could not answer a call of the control API");
                StatusCode::INTERNAL_SERVER_ERROR
            }
        };
        let mut body = json!({"status": status.as_u16(), "detail": self.to_string()});
        if let Self::Script(wrong) = &self {
            body["line"] = json!(wrong.line);
        }
        (status, Json(body)).into_response()
    }
}
