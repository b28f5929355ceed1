//! What the providers' doors have in common: credentials, forms, and answers that never come.

use axum::body::{Body, Bytes};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use futures_util::stream;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

/// A POST for a webhook.
#[derive(Debug, Clone)]
pub(crate) struct Post {
    pub(crate) url: String,
    pub(crate) content_type: &'static str,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// Name and password of Basic authentication.
pub(crate) fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, pair) = value.split_once(' ')?;
    let pair = STANDARD.decode(pair.trim()).ok().filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let (name, password) = std::str::from_utf8(&pair).ok()?.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}

/// The value of `Authorization` that says them.
pub(crate) fn says_basic(pair: &str) -> String {
    format!("Basic {}", STANDARD.encode(pair))
}

/// The fields of a form, in order.
pub(crate) fn fields(body: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(body).into_owned().collect()
}

pub(crate) fn form<'f>(fields: impl IntoIterator<Item = (&'f str, String)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// As an object; of a repeated field the first counts.
pub(crate) fn object(fields: &[(String, String)]) -> Value {
    let mut object = Map::new();
    for (name, value) in fields {
        object.entry(name.clone()).or_insert_with(|| json!(value));
    }
    Value::Object(object)
}

/// The ending of a file of this type, for addresses that have one.
pub(crate) fn ending(mime_type: &str) -> &'static str {
    match mime_type.split(';').next().unwrap_or_default().trim() {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/webp" => "webp",
        "video/mp4" => "mp4",
        "video/3gpp" => "3gp",
        "audio/ogg" | "audio/opus" => "ogg",
        "audio/mpeg" => "mp3",
        "audio/mp4" => "m4a",
        "audio/aac" => "aac",
        "audio/amr" => "amr",
        "application/pdf" => "pdf",
        "text/plain" => "txt",
        "text/csv" => "csv",
        _ => "bin",
    }
}

/// An answer that never comes: a body that fails before its first byte makes the server close the connection
/// with the head still unsent.
pub(crate) fn hang_up() -> Response {
    let broken = stream::once(async { Err::<Bytes, _>(std::io::Error::other("dropped on purpose")) });
    (StatusCode::OK, Body::from_stream(broken)).into_response()
}
