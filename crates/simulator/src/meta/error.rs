use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::codes;
use crate::ids;

/// A refusal, in Meta's envelope.
#[derive(Debug)]
pub(crate) struct MetaError(Box<Refusal>);

#[derive(Debug)]
struct Refusal {
    status: StatusCode,
    code: u32,
    subcode: Option<u32>,
    kind: &'static str,
    message: String,
    details: Option<String>,
    /// Title and text for people, which the management calls give.
    user: Option<(String, String)>,
}

pub(crate) type Result<T, E = MetaError> = std::result::Result<T, E>;

impl MetaError {
    /// A code with the words it is known by.
    pub(crate) fn code(code: u32) -> Self {
        let known = codes::known(code);
        Self(Box::new(Refusal {
            status: StatusCode::from_u16(known.status).unwrap_or(StatusCode::BAD_REQUEST),
            code,
            subcode: None,
            kind: "OAuthException",
            message: format!("(#{code}) {}", known.title),
            details: Some(known.details.to_owned()),
            user: None,
        }))
    }

    pub(crate) fn details(mut self, details: impl Into<String>) -> Self {
        self.0.details = Some(details.into());
        self
    }

    /// `(#100) …`, Meta's plain refusal of a parameter.
    pub(crate) fn parameter(message: impl AsRef<str>) -> Self {
        let mut error = Self::code(100);
        error.0.message = format!("(#100) {}", message.as_ref());
        error.0.details = None;
        error
    }

    pub(crate) fn missing(parameter: &str) -> Self {
        Self::code(131_008).details(format!("{parameter} is required."))
    }

    pub(crate) fn invalid(details: impl Into<String>) -> Self {
        Self::code(131_009).details(details)
    }

    pub(crate) fn token() -> Self {
        let mut error = Self::code(190);
        error.0.message = "Error validating access token: the session is invalid or has expired.".to_owned();
        error.0.details = None;
        error.0.subcode = Some(463);
        error
    }

    pub(crate) fn no_object(id: &str) -> Self {
        let mut error = Self::code(100);
        error.0.kind = "GraphMethodException";
        error.0.subcode = Some(33);
        error.0.message = format!(
            "Unsupported request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation."
        );
        error.0.details = None;
        error
    }

    pub(crate) fn unknown_path() -> Self {
        let mut error = Self::code(2500);
        error.0.message = "(#2500) Unknown path components".to_owned();
        error.0.details = None;
        error
    }

    /// A refusal of a template, with words for whoever wrote it.
    pub(crate) fn template(subcode: u32, title: &str, text: impl Into<String>) -> Self {
        let mut error = Self::code(100);
        error.0.message = "Invalid parameter".to_owned();
        error.0.details = None;
        error.0.subcode = Some(subcode);
        error.0.user = Some((title.to_owned(), text.into()));
        error
    }

    /// The webhook address given did not answer the handshake.
    pub(crate) fn callback(details: &str) -> Self {
        let mut error = Self::code(2200);
        error.0.message = format!("(#2200) Callback verification failed with the following errors: {details}");
        error.0.details = None;
        error
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.0.status = StatusCode::from_u16(status).unwrap_or(self.0.status);
        self
    }

    pub(crate) fn number(&self) -> u32 {
        self.0.code
    }

    /// What is wrong, as a text for who passes it on.
    pub(crate) fn words(&self) -> String {
        self.0.details.clone().unwrap_or_else(|| self.0.message.clone())
    }

    fn body(&self) -> Value {
        let refusal = &self.0;
        let mut error = json!({
            "message": refusal.message,
            "type": refusal.kind,
            "code": refusal.code,
            "fbtrace_id": ids::trace(),
        });
        if let Some(details) = &refusal.details {
            error["error_data"] = json!({"messaging_product": "whatsapp", "details": details});
        }
        if let Some(subcode) = refusal.subcode {
            error["error_subcode"] = json!(subcode);
        }
        if let Some((title, text)) = &refusal.user {
            error["is_transient"] = json!(false);
            error["error_user_title"] = json!(title);
            error["error_user_msg"] = json!(text);
        }
        json!({"error": error})
    }
}

impl From<sqlx::Error> for MetaError {
    fn from(error: sqlx::Error) -> Self {
        tracing::error!(%error, "could not answer a call of Meta's API");
        Self::code(131_000)
    }
}

impl IntoResponse for MetaError {
    fn into_response(self) -> Response {
        (self.0.status, Json(self.body())).into_response()
    }
}
