//! The phones' page: plain files, compiled in.

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::network::Network;

pub(crate) fn router(_network: Arc<Network>) -> Router {
    Router::new().route("/simulator/", get(|| async { file("text/html; charset=utf-8", include_str!("index.html")) }))
}

fn file(mime_type: &'static str, content: &'static str) -> Response {
    ([(header::CONTENT_TYPE, mime_type), (header::CACHE_CONTROL, "no-cache")], content).into_response()
}
