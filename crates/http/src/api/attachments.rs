//! The bytes of attachments, for those who may see the thread.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt as _;
use object_store::path::Path as StorePath;
use object_store::{GetOptions, GetRange};
use pronto_desk::act::media::revive;
use pronto_domain::access::Permission;
use pronto_domain::id::AttachmentId;
use pronto_store as store;
use serde::Deserialize;
use utoipa::IntoParams;

use super::interactions::{Opened, open};
use super::messages::shown;
use crate::App;
use crate::error::{Error, Result};
use crate::extract::{Json, Path, Query, SignedIn};
use crate::origin::RESOURCE_POLICY;
use crate::view::Message;

/// Types a browser may show in place. Anything else is a download: a customer's HTML must never run on our origin.
const INLINE: &[&str] = &[
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "video/mp4",
    "video/3gpp",
    "audio/ogg",
    "audio/mpeg",
    "audio/mp4",
    "audio/aac",
    "audio/amr",
    "application/pdf",
    "text/plain",
];

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct ContentQuery {
    /// 1 = as a file.
    pub download: Option<u8>,
}

/// The bytes of an attachment.
#[utoipa::path(get, path = "/api/v1/attachments/{id}/content", tag = "messages", operation_id = "find_attachment",
    params(("id" = i64, Path), ContentQuery),
    responses((status = 200, description = "the bytes"), (status = 206, description = "a range of them"),
        (status = 404, body = crate::Problem)))]
pub async fn find_attachment(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Query(query): Query<ContentQuery>,
    headers: HeaderMap,
) -> Result<Response> {
    let mut tx = app.desk.db().read().await?;
    let attachment = store::attachment::by_id(&mut tx, id).await?;
    let message = store::message::by_id(&mut tx, attachment.message_id).await?;
    drop(tx);
    open(&app, &me, message.interaction_id, Opened::Seen).await?;
    if message.deleted_at.is_some() && me.require(Permission::Raw).is_err() {
        return Err(Error::not_found());
    }
    let path = attachment.path.as_deref().ok_or_else(|| {
        Error::new(StatusCode::CONFLICT, "not_stored", "the file has not been fetched from the provider yet")
    })?;
    let size = attachment.size.and_then(|size| u64::try_from(size).ok()).unwrap_or(0);
    let range = headers.get(header::RANGE).and_then(|value| value.to_str().ok()).and_then(|text| range(text, size));
    let options = GetOptions { range: range.clone().map(GetRange::Bounded), ..GetOptions::default() };
    let found = app.desk.media().get_opts(&StorePath::from(path), options).await.map_err(Error::internal)?;
    let length = found.range.end - found.range.start;
    let body = Body::from_stream(found.into_stream().map(|part| part.map_err(std::io::Error::other)));
    let inline = query.download != Some(1) && INLINE.contains(&attachment.mime.split(';').next().unwrap_or("").trim());
    let mime = if inline { attachment.mime.as_str() } else { "application/octet-stream" };
    let mut response = (StatusCode::OK, body).into_response();
    let set = response.headers_mut();
    set.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_str(mime).unwrap_or(HeaderValue::from_static("application/octet-stream")),
    );
    set.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    set.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    // An attachment never changes, and is only this viewer's.
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400, immutable"));
    set.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    set.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    if let Ok(value) = HeaderValue::from_str(&disposition(inline, attachment.name.as_deref(), id, &attachment.mime)) {
        set.insert(header::CONTENT_DISPOSITION, value);
    }
    if let Some(range) = range {
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        let value = format!("bytes {}-{}/{size}", range.start, range.end - 1);
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(header::CONTENT_RANGE, value);
        }
    }
    Ok(response)
}

/// Tries again to fetch a file from the provider that was given up.
#[utoipa::path(post, path = "/api/v1/attachments/{id}/attempts", tag = "messages", operation_id = "fetch_attachment",
    params(("id" = i64, Path)),
    responses((status = 200, body = Message), (status = 404, body = crate::Problem),
        (status = 409, body = crate::Problem)))]
pub async fn fetch_attachment(State(app): State<App>, me: SignedIn, Path(id): Path<i64>) -> Result<Json<Message>> {
    let mut tx = app.desk.db().read().await?;
    let attachment = store::attachment::by_id(&mut tx, id).await?;
    let message = store::message::by_id(&mut tx, attachment.message_id).await?;
    drop(tx);
    open(&app, &me, message.interaction_id, Opened::Seen).await?;
    app.desk.run(&AttachmentId(id), |tx, now, id| Box::pin(revive(tx, now, id))).await?;
    let mut tx = app.desk.db().read().await?;
    let message = store::message::by_id(&mut tx, message.id).await?;
    drop(tx);
    Ok(Json(shown(&app, &me, message).await?))
}

/// One range of bytes, as players ask for; anything else gets the whole.
fn range(text: &str, size: u64) -> Option<std::ops::Range<u64>> {
    let (from, to) = text.strip_prefix("bytes=")?.split_once('-')?;
    let range = match (from.parse::<u64>(), to.parse::<u64>()) {
        (Ok(from), Ok(to)) => from..to.saturating_add(1).min(size),
        (Ok(from), Err(_)) if to.is_empty() => from..size,
        (Err(_), Ok(last)) if from.is_empty() => size.saturating_sub(last)..size,
        _ => return None,
    };
    (range.start < range.end).then_some(range)
}

/// RFC 6266, with the name percent-encoded (RFC 8187).
fn disposition(inline: bool, name: Option<&str>, id: i64, mime: &str) -> String {
    let kind = if inline { "inline" } else { "attachment" };
    let fallback = || {
        let extension = mime.split(';').next().and_then(|mime| mime.rsplit('/').next()).unwrap_or("bin");
        format!("attachment-{id}.{extension}")
    };
    let name = name.map_or_else(fallback, str::to_owned);
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("{kind}; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_players() {
        assert_eq!(range("bytes=0-99", 1_000), Some(0..100));
        assert_eq!(range("bytes=900-", 1_000), Some(900..1_000));
        assert_eq!(range("bytes=-10", 1_000), Some(990..1_000));
        assert_eq!(range("bytes=2000-3000", 1_000), None);
        assert_eq!(range("items=0-1", 1_000), None);
    }

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        let value = disposition(false, Some("a\"; x=\r\nb è.html"), 1, "text/html");
        assert_eq!(value, "attachment; filename*=UTF-8''a%22%3B%20x%3D%0D%0Ab%20%C3%A8.html");
    }
}
