//! Samples for the headers of templates: Meta's resumable upload. A session is opened, bytes are posted to it, and
//! when all have come they have a handle.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use rand::RngExt as _;
use rand::distr::Alphanumeric;
use serde::Deserialize;
use serde_json::{Value, json};

use super::access::{Caller, known_version};
use super::error::{MetaError, Result};
use super::media::fails_on_purpose;
use crate::network::Network;
use crate::store::apps::AppRow;
use crate::store::uploads::{self, UploadRow};
use crate::{clock, ids};

const MB: i64 = 1 << 20;
const PREFIX: &str = "upload:";

/// MIME type, the header it is a sample of, and the most bytes.
const TYPES: [(&str, &str, i64); 5] = [
    ("application/pdf", "DOCUMENT", 100 * MB),
    ("image/jpeg", "IMAGE", 5 * MB),
    ("image/jpg", "IMAGE", 5 * MB),
    ("image/png", "IMAGE", 5 * MB),
    ("video/mp4", "VIDEO", 16 * MB),
];

/// What a session is opened with. All of it is optional here, so that the refusal can name what is missing.
#[derive(Debug, Deserialize)]
pub(crate) struct Announced {
    file_name: Option<String>,
    file_length: Option<i64>,
    file_type: Option<String>,
}

/// `POST /{app-id}/uploads`.
pub(crate) async fn begin(
    State(network): State<Arc<Network>>,
    Path((version, id)): Path<(String, String)>,
    Caller(app): Caller,
    Query(announced): Query<Announced>,
) -> Result<Json<Value>> {
    known_version(&version)?;
    fails_on_purpose(&network)?;
    if id != app.id && id != "app" {
        return Err(MetaError::no_object(&id));
    }
    let missing = |key: &str| MetaError::parameter(format!("The parameter {key} is required."));
    if announced.file_name.is_none_or(|name| name.is_empty()) {
        return Err(missing("file_name"));
    }
    let file_length = announced.file_length.ok_or_else(|| missing("file_length"))?;
    let file_type = announced.file_type.ok_or_else(|| missing("file_type"))?.to_ascii_lowercase();
    let Some((_, _, most)) = TYPES.iter().find(|(known, ..)| *known == file_type) else {
        let known: Vec<&str> = TYPES.iter().map(|(known, ..)| *known).collect();
        return Err(MetaError::parameter(format!("Param file_type must be one of {{{}}}.", known.join(", "))));
    };
    if !(1..=*most).contains(&file_length) {
        return Err(MetaError::parameter(format!("Param file_length must be between 1 and {most}.")));
    }
    let upload = UploadRow {
        id: format!("{PREFIX}{}?sig=ARZ{}", STANDARD.encode(random(18)), random(16)),
        app_id: app.id,
        file_type,
        file_length,
        received: 0,
        handle: None,
        created_at: clock::now(),
    };
    let mut act = network.begin().await?;
    uploads::sweep(act.db()).await?;
    uploads::add(act.db(), &upload).await?;
    act.commit().await?;
    Ok(Json(json!({"id": upload.id})))
}

/// The session a path and its query name together: a part of the id looks like a query, and is meant to stay as it is.
pub(crate) fn session_named(id: &str, query: &HashMap<String, String>) -> Option<String> {
    let signed = || query.get("sig").map_or_else(|| id.to_owned(), |sig| format!("{id}?sig={sig}"));
    id.starts_with(PREFIX).then(signed)
}

/// `GET /upload:…`: how much has come.
pub(crate) async fn progress(network: &Network, app: &AppRow, id: &str) -> Result<Json<Value>> {
    let mut db = network.store.reader.acquire().await?;
    let upload = uploads::session(&mut db, &app.id, id).await?.ok_or_else(|| MetaError::no_object(id))?;
    Ok(Json(json!({"id": upload.id, "file_offset": upload.received})))
}

/// `POST /upload:…`: the bytes from `file_offset` on. What falls short is refused and kept, so that the rest can
/// follow.
pub(crate) async fn receive(
    network: &Network,
    app: &AppRow,
    id: &str,
    headers: &HeaderMap,
    bytes: &Bytes,
) -> Result<Json<Value>> {
    fails_on_purpose(network)?;
    let mut act = network.begin().await?;
    let mut upload = uploads::session(act.db(), &app.id, id).await?.ok_or_else(|| MetaError::no_object(id))?;
    let offset = headers.get("file_offset").and_then(|value| value.to_str().ok()).and_then(|text| text.parse().ok());
    if offset != Some(upload.received) || upload.handle.is_some() {
        return Err(MetaError::parameter(format!("The header file_offset must be {}.", upload.received)));
    }
    let reached = upload.received + i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let mismatch = || {
        let whole = upload.file_length;
        MetaError::parameter(format!("The upload has {reached} bytes; it was announced with {whole}."))
    };
    if reached > upload.file_length {
        return Err(mismatch());
    }
    let short = (reached < upload.file_length).then(mismatch);
    upload.received = reached;
    if short.is_none() {
        upload.handle = Some(handle(&upload));
    }
    uploads::advance(act.db(), &upload).await?;
    act.commit().await?;
    match short {
        Some(short) => Err(short),
        None => Ok(Json(json!({"h": upload.handle}))),
    }
}

/// In the shape of Meta's: the type in base64, random words, and who uploaded it when.
fn handle(upload: &UploadRow) -> String {
    format!(
        "4::{}:ARZ{}:e:{}:{}:{}:ARa{}",
        STANDARD.encode(&upload.file_type),
        random(24),
        upload.created_at / 1000,
        upload.app_id,
        ids::object_id(),
        random(12),
    )
}

/// So many letters and digits by chance.
fn random(length: usize) -> String {
    rand::rng().sample_iter(Alphanumeric).take(length).map(char::from).collect()
}

/// The header a file of this type is a sample of.
pub(super) fn header_of(file_type: &str) -> Option<&'static str> {
    TYPES.iter().find(|(known, ..)| *known == file_type).map(|(_, header, _)| *header)
}
