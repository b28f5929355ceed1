//! The phones' page: plain files, compiled in.

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Name, type and text of everything the page consists of.
const FILES: [(&str, &str, &str); 19] = [
    ("style.css", CSS, include_str!("style.css")),
    ("handset.css", CSS, include_str!("handset.css")),
    ("chat.css", CSS, include_str!("chat.css")),
    ("scenarios.css", CSS, include_str!("scenarios.css")),
    ("main.js", SCRIPT, include_str!("main.js")),
    ("api.js", SCRIPT, include_str!("api.js")),
    ("store.js", SCRIPT, include_str!("store.js")),
    ("dom.js", SCRIPT, include_str!("dom.js")),
    ("icons.js", SCRIPT, include_str!("icons.js")),
    ("handset.js", SCRIPT, include_str!("handset.js")),
    ("chats.js", SCRIPT, include_str!("chats.js")),
    ("thread.js", SCRIPT, include_str!("thread.js")),
    ("bubble.js", SCRIPT, include_str!("bubble.js")),
    ("composer.js", SCRIPT, include_str!("composer.js")),
    ("sheets.js", SCRIPT, include_str!("sheets.js")),
    ("voice.js", SCRIPT, include_str!("voice.js")),
    ("emoji.js", SCRIPT, include_str!("emoji.js")),
    ("people.js", SCRIPT, include_str!("people.js")),
    ("scenarios.js", SCRIPT, include_str!("scenarios.js")),
];

/// Nothing is loaded from elsewhere, and no other page may frame this one.
const POLICY: &str = "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; frame-ancestors 'self'";

pub(crate) fn router() -> Router {
    Router::new()
        .route("/simulator/", get(|| async { file(HTML, include_str!("index.html")) }))
        .route("/simulator/assets/{name}", get(asset))
}

async fn asset(Path(name): Path<String>) -> Response {
    match FILES.iter().find(|(known, ..)| *known == name) {
        Some((_, mime_type, text)) => file(mime_type, text),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn file(mime_type: &'static str, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, mime_type),
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, text).into_response()
}
