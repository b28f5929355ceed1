//! The one error of the edge, and the problem details (RFC 9457) it is told as.

use axum::extract::rejection::BytesRejection;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use pronto_desk::Error as DeskError;
use pronto_domain::file::Unfit;
use pronto_domain::id::UserId;
use pronto_domain::interaction::Refused;
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::App;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a failed request answers, as `application/problem+json`. `code` is stable: the desktop words it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    pub r#type: String,
    pub title: String,
    pub status: u16,
    /// English, for developers.
    pub detail: String,
    pub code: String,
    /// What the words for `code` are filled with.
    pub params: Map<String, Value>,
    pub fields: Vec<Field>,
}

/// A field of the request that must be other than it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Field {
    /// Its path: `name`, `flow[0].queue_id`.
    pub name: String,
    /// `required`, `format`, `out_of_range`, `too_short`, `too_long`, `taken`, `unknown` …
    pub code: String,
    pub detail: String,
}

impl Field {
    pub fn new(name: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { name: name.into(), code: code.into(), detail: detail.into() }
    }
}

/// Why a request was not answered. Everything that fails in a handler becomes one.
#[derive(Debug)]
pub struct Error(Box<Told>);

#[derive(Debug)]
struct Told {
    status: StatusCode,
    code: &'static str,
    detail: String,
    params: Map<String, Value>,
    fields: Vec<Field>,
    /// Whose name belongs in the parameters; filled in where the configuration is at hand.
    by: Option<UserId>,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// For our log, never for the answer.
    cause: Option<String>,
}

impl Error {
    /// The one way to make an error: a status, a stable code and English for developers.
    /// What is wrong, for people.
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self(Box::new(Told {
            status,
            code,
            detail,
            params: Map::new(),
            fields: vec![],
            by: None,
            headers: vec![],
            cause: None,
        }))
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "there is no such thing here, or you may not see it")
    }

    pub fn signed_out() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "signed_out", "sign in first")
    }

    /// The signed-in user may see this, but not do it.
    pub fn forbidden(permission: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", format!("this needs {permission}"))
            .param("permission", permission.to_string())
    }

    /// Fields that must be other than they are.
    pub fn invalid(fields: Vec<Field>) -> Self {
        let detail = fields.iter().map(|field| format!("{}: {}", field.name, field.detail)).collect::<Vec<_>>();
        let mut error = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail.join("; "));
        error.0.fields = fields;
        error
    }

    /// Something broke on our side. The cause goes to the log alone.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        let mut error = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "something broke on our side");
        error.0.cause = Some(cause.to_string());
        error
    }

    pub fn unavailable(cause: impl std::fmt::Display) -> Self {
        let detail = "the desk cannot reach its database now; try again";
        let mut error = Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", detail)
            .header(header::RETRY_AFTER, HeaderValue::from_static("1"));
        error.0.cause = Some(cause.to_string());
        error
    }

    /// Adds what the words for the code are filled with.
    #[must_use]
    pub fn param(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.params.insert(name.to_owned(), value.into());
        self
    }

    #[must_use]
    pub fn field(mut self, field: Field) -> Self {
        self.0.fields.push(field);
        self
    }

    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    pub fn code(&self) -> &'static str {
        self.0.code
    }

    /// Names the colleague as `by` and `by_id`.
    fn by(mut self, by: Option<UserId>) -> Self {
        self.0.by = by;
        self.param("by_id", by.map(|by| by.0)).param("by", Value::Null)
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        let detail = refused.to_string();
        let conflict = |code| Self::new(StatusCode::CONFLICT, code, detail);
        match refused {
            Refused::Taken { by } => conflict("taken").by(by),
            Refused::NotOwner { owner } => conflict("not_owner").by(owner),
            Refused::NotOffered => conflict("not_offered"),
            Refused::NotWaiting => conflict("not_waiting"),
            Refused::Closed => conflict("closed"),
            Refused::BotHolds => conflict("bot_holds"),
            Refused::OldEpoch => conflict("old_epoch"),
            Refused::NotClosed => conflict("not_closed"),
            Refused::NewerOpen { interaction, owner } => {
                conflict("newer_open").by(owner).param("interaction_id", interaction.0)
            }
            Refused::NotHeld => conflict("not_held"),
            Refused::TransfersOff => conflict("transfers_off"),
            Refused::TransferPending => conflict("transfer_pending"),
            Refused::NoTransfer => conflict("no_transfer"),
            Refused::TransferOver => conflict("transfer_over"),
            Refused::NotOnAccount { user } => conflict("not_on_account").by(Some(user)),
            Refused::NotAvailable { user } => conflict("not_available").by(Some(user)),
            Refused::TheirsAlready { user } => conflict("theirs_already").by(Some(user)),
        }
    }
}

impl From<Unfit> for Error {
    fn from(unfit: Unfit) -> Self {
        let refused = |code| Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, unfit.to_string());
        match unfit {
            Unfit::Empty => refused("file_empty"),
            Unfit::Dangerous => refused("file_dangerous"),
            Unfit::NotTaken(family) => refused("file_not_taken").param("family", family.as_str()),
            Unfit::NotOpus => refused("file_not_opus"),
        }
    }
}

impl From<pronto_db::Error> for Error {
    fn from(error: pronto_db::Error) -> Self {
        match error {
            pronto_db::Error::NotFound => Self::not_found(),
            pronto_db::Error::Unavailable(cause) => Self::unavailable(cause),
            // Lost its race more often than the desk tries: the client may.
            pronto_db::Error::Retry | pronto_db::Error::Conflict => Self::unavailable(error),
            pronto_db::Error::Unreadable { .. } | pronto_db::Error::Schema(_) | pronto_db::Error::Other(_) => {
                Self::internal(format!("{error:?}"))
            }
        }
    }
}

impl From<DeskError> for Error {
    fn from(error: DeskError) -> Self {
        let conflict = |code: &'static str| Self::new(StatusCode::CONFLICT, code, error.to_string());
        match error {
            DeskError::Db(error) => error.into(),
            DeskError::Refused(refused) => refused.into(),
            DeskError::Stale => conflict("changed_meanwhile"),
            DeskError::WindowClosed => conflict("window_closed"),
            DeskError::NotRetryable => conflict("not_retryable"),
            DeskError::Invalid { field, code, detail } => Self::invalid(vec![Field::new(field, code, detail)]),
            DeskError::StaleReply { ref newer } => conflict("stale_reply").param("newer", json!(newer)),
            DeskError::Unfilled { ref names } => {
                let (detail, names) = (error.to_string(), json!(names));
                let field = Field::new("text", "unfilled", detail.clone());
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "unfilled", detail).field(field).param("names", names)
            }
            DeskError::Misfits(misfits) => Self::invalid(
                misfits.into_iter().map(|misfit| Field::new(misfit.field, misfit.code, misfit.detail)).collect(),
            ),
            DeskError::Unfit(unfit) => unfit.into(),
            DeskError::FileTooLarge { kind, limit } => {
                let whose = if kind.is_some() { "whatsapp" } else { "desk" };
                Self::new(StatusCode::PAYLOAD_TOO_LARGE, "file_too_large", error.to_string())
                    .param("limit", limit)
                    .param("kind", kind.map(|kind| kind.as_str()))
                    .param("whose", whose)
            }
            DeskError::FileBroken(_) => Self::new(StatusCode::BAD_REQUEST, "malformed", error.to_string()),
            DeskError::Duplicate { ref contacts } => conflict("duplicate").param("ids", json!(contacts)),
            DeskError::InUse { open } => conflict("in_use").param("open", open),
            DeskError::Forbidden { needs } => Self::forbidden(needs),
            DeskError::Impossible { code, .. } => conflict(code),
            DeskError::NotTaken { title, detail } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "template_refused", title.clone())
                    .param("title", title)
                    .param("detail", detail)
            }
            DeskError::Unreachable(ref detail) => {
                let detail = detail.clone();
                Self::new(StatusCode::BAD_GATEWAY, "provider_unreachable", error.to_string()).param("detail", detail)
            }
            DeskError::Unknown(ref detail) => {
                let detail = detail.clone();
                Self::new(StatusCode::BAD_GATEWAY, "unknown_outcome", error.to_string()).param("detail", detail)
            }
            error => Self::internal(error),
        }
    }
}

impl From<BytesRejection> for Error {
    fn from(rejection: BytesRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            too_large()
        } else {
            Self::new(StatusCode::BAD_REQUEST, "malformed", "the body could not be read")
        }
    }
}

fn too_large() -> Error {
    Error::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "the body is larger than this resource takes")
}

/// A colleague to be named in the answer; [`finish`] knows the names.
#[derive(Clone, Copy)]
struct By(UserId);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let Told { status, code, detail, params, fields, by, headers, cause } = *self.0;
        if let Some(cause) = cause {
            tracing::error!(status = status.as_u16(), code, "the request failed: {cause}");
        }
        let problem = Problem {
            r#type: "about:blank".to_owned(),
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: status.as_u16(),
            detail,
            code: code.to_owned(),
            params,
            fields,
        };
        let mut response = write(&problem);
        if let Some(by) = by {
            response.extensions_mut().insert((By(by), problem));
        }
        response.headers_mut().extend(headers);
        response
    }
}

fn write(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = serde_json::to_vec(problem).unwrap_or_default();
    let headers = [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, body).into_response()
}

/// Completes what an error could not say by itself: the name of whoever was first.
pub async fn finish(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<(By, Problem)>() {
        Some((By(user), mut problem)) => {
            problem.params.insert("by".to_owned(), app.desk.config().user_name(user.0).into());
            write(&problem)
        }
        None => response,
    }
}

/// The answer to a path of the API that does not exist.
pub async fn unknown_path() -> Error {
    Error::not_found()
}

/// The answer to a method that a path does not have.
pub async fn unknown_method() -> Error {
    Error::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "this resource does not have that method")
}

/// The answer when a handler panicked.
pub fn panicked(cause: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let text = cause.downcast_ref::<String>().map(String::as_str).or(cause.downcast_ref::<&str>().copied());
    Error::internal(format!("panicked: {}", text.unwrap_or("without words"))).into_response()
}
