//! The API's own description: the OpenAPI document, and a page that people can read.

mod page;

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityScheme};

use crate::error::{Field, Problem};
use crate::{schema, sessions};

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
        (name = "interactions", description = "Care sessions with customers"),
        (name = "messages", description = "Threads, sending, attachments"),
        (name = "contacts", description = "Customer records"),
        (name = "administration", description = "Staff, queues, accounts, settings"),
        (name = "ledger", description = "What providers delivered"),
        (name = "stream", description = "What happens, as it happens"),
    ),
    components(schemas(Problem, Field, schema::Role, schema::Permission, schema::PresenceState, schema::Strategy)),
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

/// Says what every answer keeps to: it carries all its fields, null where there is nothing; and anything may fail.
pub(crate) fn finished(doc: OpenApi) -> OpenApi {
    let Ok(mut value) = serde_json::to_value(&doc) else { return doc };
    fail_everywhere(&mut value);
    for name in answered(&value) {
        if let Some(schema) = value.pointer_mut(&format!("/components/schemas/{name}")) {
            require_all(schema);
        }
    }
    serde_json::from_value(value).unwrap_or(doc)
}

/// Gives every operation the answer that says why not.
fn fail_everywhere(doc: &mut Value) {
    let paths = doc.pointer_mut("/paths").and_then(Value::as_object_mut).into_iter().flat_map(|paths| paths.values_mut());
    for operation in paths.filter_map(Value::as_object_mut).flat_map(|path| path.values_mut()) {
        if let Some(responses) = operation.pointer_mut("/responses").and_then(Value::as_object_mut) {
            responses.entry("default").or_insert_with(|| {
                serde_json::json!({
                    "description": "Why not",
                    "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
                })
            });
        }
    }
}

/// The names of all schemas that answers consist of.
fn answered(doc: &Value) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut next = Vec::new();
    let paths = doc.pointer("/paths").and_then(Value::as_object).into_iter().flat_map(|paths| paths.values());
    for operation in paths.filter_map(Value::as_object).flat_map(|path| path.values()) {
        if let Some(responses) = operation.get("responses") {
            references(responses, &mut next);
        }
    }
    while let Some(name) = next.pop() {
        if let Some(schema) = doc.pointer(&format!("/components/schemas/{name}")) {
            if names.insert(name) {
                references(schema, &mut next);
            }
        }
    }
    names
}

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            if let Some(name) = object.get("$ref").and_then(Value::as_str).and_then(|to| to.rsplit('/').next()) {
                found.push(name.to_owned());
            }
            object.values().for_each(|value| references(value, found));
        }
        Value::Array(array) => array.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

/// Makes every property of an answer's schema a required one.
fn require_all(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            let names = object.get("properties").and_then(Value::as_object).map(|properties| {
                properties.keys().map(|name| Value::String(name.clone())).collect::<Vec<_>>()
            });
            if let Some(names) = names {
                object.insert("required".to_owned(), Value::Array(names));
            }
            object.values_mut().for_each(require_all);
        }
        Value::Array(array) => array.iter_mut().for_each(require_all),
        _ => {}
    }
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
