//! The API's own description: the OpenAPI document, and a page that people can read.

mod finish;
mod page;

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};

pub(crate) use finish::finished;

use crate::error::{Field, Problem};
use crate::live::{ClientFrame, Frame};
use crate::sessions;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Pronto",
        description = "The API of the customer-care desk; the desktop itself uses nothing else.\n\n\
            Instants are RFC 3339 in UTC. Ids are numbers people may quote. A `version` only ever grows: a change \
            carries the version it was made on, and is refused as `changed_meanwhile` if there is a newer one.\n\n\
            Every list and detail carries the header `Pronto-Position`: where in the event log it was read. The \
            stream from there on misses nothing.\n\n\
            Whatever fails is answered as `application/problem+json` with a stable `code`.",
    ),
    tags(
        (name = "session", description = "Signing in, and oneself"),
        (name = "dashboard", description = "Queues, presence and offers of the signed-in agent"),
        (name = "offers", description = "Accepting and rejecting what is offered"),
        (name = "transfers", description = "Handing interactions on, and giving them to somebody"),
        (name = "notices", description = "What one is told beside the work itself"),
        (name = "interactions", description = "Care sessions with customers"),
        (name = "messages", description = "Threads, sending, attachments"),
        (name = "canned answers", description = "Texts written beforehand, with placeholders"),
        (name = "templates", description = "What the provider has approved; reaching a customer first, or again"),
        (name = "contacts", description = "Customer records"),
        (name = "administration", description = "Staff, queues, accounts, settings"),
        (name = "ledger", description = "What providers delivered"),
        (name = "stream", description = "What happens, as it happens"),
    ),
    components(schemas(Problem, Field, Frame, ClientFrame)),
    security(("session" = [])),
)]
struct Doc;

/// What all resources share. `session` is the cookie.
pub(crate) fn document() -> OpenApi {
    let mut doc = Doc::openapi();
    let scheme = ApiKeyValue::with_description(sessions::COOKIE, "Given by POST /api/v1/session");
    let components = doc.components.get_or_insert_default();
    components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(scheme)));
    doc
}

/// The document as it is sent.
#[derive(Clone)]
pub(crate) struct Document {
    json: Arc<str>,
    page: Arc<str>,
}

impl Document {
    pub(crate) fn new(doc: &OpenApi) -> Self {
        let value = serde_json::to_value(doc).unwrap_or_default();
        Self { json: value.to_string().into(), page: page::render(&value).into() }
    }
}

pub(crate) async fn json(State(document): State<Document>) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], document.json.to_string()).into_response()
}

pub(crate) async fn page(State(document): State<Document>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"),
    ];
    (headers, document.page.to_string()).into_response()
}
