//! A provider that does as it is told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

/// What it does with the next message.
#[derive(Clone, Debug)]
pub(crate) enum Then {
    Accept,
    /// Accepts it and breaks the connection before a word of the answer.
    Drop,
    /// Accepts it and breaks off within the answer.
    Garble,
    /// Refuses with this HTTP status and error code.
    Refuse(u16, i64),
    /// Accepts after a while.
    AcceptAfter(Duration),
}

/// What it does with the next request for a file.
#[derive(Clone, Debug)]
pub(crate) enum File {
    Bytes(Vec<u8>),
    Refuse(u16),
    /// Sends half of it.
    Break(Vec<u8>),
    /// Sends us elsewhere.
    Redirect(String),
}

#[derive(Default)]
pub(crate) struct Script {
    pub(crate) messages: VecDeque<Then>,
    pub(crate) files: VecDeque<File>,
    /// What the address of files is, if not here.
    pub(crate) elsewhere: Option<String>,
    /// Messages that came, in order, with the ids they got.
    pub(crate) came: Vec<(String, Value)>,
    /// Requests for files that came.
    pub(crate) asked: usize,
    /// How it refuses the next files; the rest is taken.
    pub(crate) refused: VecDeque<(u16, i64)>,
    /// Files that were given to it: type and length.
    pub(crate) given: Vec<(String, usize)>,
    /// Read receipts and typing.
    pub(crate) receipts: Vec<Value>,
}

#[derive(Clone)]
pub(crate) struct Provider {
    pub(crate) base_url: String,
    script: Arc<Mutex<Script>>,
}

impl Provider {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base_url = format!("http://{}/v23.0", listener.local_addr().expect("an address"));
        let provider = Self { base_url, script: Arc::default() };
        let router = Router::new()
            .route("/v23.0/{number}/messages", post(message))
            .route("/v23.0/{number}/media", post(upload))
            .route("/v23.0/{media}", get(info))
            .route("/files/{media}", get(file))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        provider
    }

    pub(crate) fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().expect("the script")
    }

    /// What it does with the next messages; the rest is accepted.
    pub(crate) fn will(&self, then: impl IntoIterator<Item = Then>) {
        self.script().messages.extend(then);
    }

    /// The texts that came, in order.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.script().came.iter().map(|(_, body)| body["text"]["body"].as_str().unwrap_or("").to_owned()).collect()
    }

    pub(crate) fn came(&self) -> Vec<(String, Value)> {
        self.script().came.clone()
    }
}

async fn message(State(provider): State<Provider>, headers: HeaderMap, Json(body): Json<Value>) -> Response {
    let bearer = headers.get("authorization").and_then(|value| value.to_str().ok());
    assert_eq!(bearer, Some(format!("Bearer {}", pronto_testkit::desk::TOKEN).as_str()));
    if body["status"] == "read" {
        provider.script().receipts.push(body);
        return Json(json!({ "success": true })).into_response();
    }
    let id = format!("wamid.{}", uuid::Uuid::new_v4());
    let then = {
        let mut script = provider.script();
        let then = script.messages.pop_front().unwrap_or(Then::Accept);
        script.came.push((id.clone(), body.clone()));
        then
    };
    let accepted = json!({
        "messaging_product": "whatsapp",
        "contacts": [{ "input": body["to"], "wa_id": body["to"].as_str().unwrap_or("").trim_start_matches('+') }],
        "messages": [{ "id": id }],
    });
    match then {
        Then::Accept => Json(accepted).into_response(),
        Then::AcceptAfter(wait) => {
            tokio::time::sleep(wait).await;
            Json(accepted).into_response()
        }
        // Ends the connection's task without a word.
        Then::Drop => std::panic::resume_unwind(Box::new(())),
        Then::Garble => broken(accepted.to_string().into_bytes()),
        Then::Refuse(status, code) => {
            let error = json!({ "error": { "message": format!("(#{code}) Refused"), "code": code } });
            (StatusCode::from_u16(status).expect("a status"), Json(error)).into_response()
        }
    }
}

async fn upload(State(provider): State<Provider>, mut form: Multipart) -> Response {
    let mut given = None;
    while let Some(field) = form.next_field().await.expect("a form") {
        if field.name() == Some("file") {
            let mime = field.content_type().unwrap_or_default().to_owned();
            given = Some((mime, field.bytes().await.expect("bytes").len()));
        }
    }
    let mut script = provider.script();
    if let Some((status, code)) = script.refused.pop_front() {
        let error = json!({ "error": { "message": format!("(#{code}) Refused"), "code": code } });
        return (StatusCode::from_u16(status).expect("a status"), Json(error)).into_response();
    }
    script.given.extend(given);
    Json(json!({ "id": format!("media-{}", script.given.len()) })).into_response()
}

/// Half of the bytes, and then nothing.
fn broken(mut bytes: Vec<u8>) -> Response {
    let length = bytes.len();
    bytes.truncate(length / 2);
    let parts = [Ok(Bytes::from(bytes)), Err(std::io::Error::other("broken"))];
    let body = Body::from_stream(futures_util::stream::iter(parts));
    ([("content-length", length.to_string())], body).into_response()
}

async fn info(State(provider): State<Provider>, Path(media): Path<String>) -> Json<Value> {
    let elsewhere = provider.script().elsewhere.clone();
    let here = format!("{}/files/{media}", provider.base_url.trim_end_matches("/v23.0"));
    Json(json!({ "url": elsewhere.unwrap_or(here), "mime_type": "image/jpeg", "id": media }))
}

async fn file(State(provider): State<Provider>) -> Response {
    let next = {
        let mut script = provider.script();
        script.asked += 1;
        script.files.pop_front()
    };
    match next {
        Some(File::Bytes(bytes)) => bytes.into_response(),
        Some(File::Refuse(status)) => StatusCode::from_u16(status).expect("a status").into_response(),
        Some(File::Break(bytes)) => broken(bytes),
        Some(File::Redirect(to)) => (StatusCode::FOUND, [("location", to)]).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
