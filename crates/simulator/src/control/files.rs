//! Files on the phones' side: no token, because a phone shows what it got.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::error::{ControlError, Result};
use super::phones::find;
use crate::network::Network;
use crate::store::media;

const LARGEST: usize = 25 << 20;

/// Stores the body as a file, its type from the header, its name from `?filename=`.
pub(crate) async fn upload(
    State(network): State<Arc<Network>>,
    Path(id): Path<String>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>)> {
    let mime_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let mime_type = mime_type.ok_or_else(|| ControlError::invalid("a file has a content type"))?;
    if body.is_empty() || body.len() > LARGEST {
        return Err(ControlError::invalid("a file has between 1 byte and 25 MB"));
    }
    let mut act = network.begin().await?;
    find(act.db(), &id).await?;
    let described = act.attach(mime_type, query.get("filename").map(String::as_str), &body).await?;
    act.commit().await?;
    Ok((StatusCode::CREATED, Json(described)))
}

/// What may be shown in the page; anything else is only ever saved.
fn shown(mime_type: &str) -> bool {
    ["image/jpeg", "image/png", "image/gif", "image/webp", "audio/", "video/"]
        .iter()
        .any(|known| mime_type.starts_with(known))
}

pub(crate) async fn download(State(network): State<Arc<Network>>, Path(id): Path<String>) -> Result<Response> {
    let mut db = network.store.reader.acquire().await?;
    let found = media::find(&mut db, &id).await?.ok_or_else(|| ControlError::NotFound("file", id.clone()))?;
    let bytes = media::bytes(&mut db, &id).await?.unwrap_or_default();
    let (mime_type, disposition) = if shown(&found.mime_type) {
        (found.mime_type, "inline")
    } else {
        ("application/octet-stream".to_owned(), "attachment")
    };
    let headers = [
        (header::CONTENT_TYPE, mime_type),
        (header::CONTENT_DISPOSITION, disposition.to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, "private, max-age=31536000, immutable".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}
