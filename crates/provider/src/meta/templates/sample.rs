//! The sample of a header that holds a file, for whoever reviews the template. It is handed in in two steps, and known
//! by a handle. Source: Resumable Upload API, Graph API v23.0.

use bytes::Bytes;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use url::form_urlencoded;

use super::super::ask::{BadId, segment};
use super::super::endpoint::Endpoint;
use crate::request::{Body, Method, Request};

/// Opens a session for a file of `length` bytes.
pub fn begin_sample(endpoint: &Endpoint, name: &str, mime: &str, length: usize) -> Result<Request, BadId> {
    let app = segment(endpoint.app_id.as_deref().unwrap_or_default())?;
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("file_name", name)
        .append_pair("file_length", &length.to_string())
        .append_pair("file_type", mime)
        .finish();
    Ok(Request {
        method: Method::Post,
        url: endpoint.url(&format!("{app}/uploads?{query}")),
        authorization: Some(endpoint.authorization()),
        headers: Vec::new(),
        body: Body::Empty,
    })
}

/// The answer to it: the session.
pub fn read_session(body: &[u8]) -> Option<String> {
    let found: Value = serde_json::from_slice(body).ok()?;
    found.get("id")?.as_str().map(str::to_owned)
}

/// Hands the file in. The session's id stands in the address as it is, query and all, so it may hold nothing that
/// leads elsewhere.
pub fn hand_in_sample(endpoint: &Endpoint, session: &str, mime: &str, bytes: Bytes) -> Result<Request, BadId> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b":-_=?&%.+~".contains(&byte);
    if !session.starts_with("upload:") || !session.bytes().all(plain) || session.contains("..") {
        return Err(BadId(session.to_owned()));
    }
    Ok(Request {
        method: Method::Post,
        url: endpoint.url(session),
        // This one call wants another word before the token.
        authorization: Some(format!("OAuth {}", endpoint.access_token.expose_secret()).into()),
        headers: vec![("file_offset", SecretString::from("0"))],
        body: Body::File { mime: mime.to_owned(), bytes },
    })
}

/// The answer to it: the handle.
pub fn read_handle(body: &[u8]) -> Option<String> {
    let found: Value = serde_json::from_slice(body).ok()?;
    found.get("h")?.as_str().filter(|handle| !handle.is_empty()).map(str::to_owned)
}
