//! Files: up, described, down, gone.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Multipart, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::access::{Caller, OwnNumber};
use super::error::{MetaError, Result};
use crate::ids;
use crate::network::Network;
use crate::store::apps::AppRow;
use crate::store::media::{self, MediaRow};

const MB: usize = 1 << 20;

/// MIME type and the most bytes a file of it may have.
const TYPES: [(&str, usize); 22] = [
    ("audio/aac", 16 * MB),
    ("audio/amr", 16 * MB),
    ("audio/mpeg", 16 * MB),
    ("audio/mp4", 16 * MB),
    ("audio/ogg", 16 * MB),
    ("audio/opus", 16 * MB),
    ("image/jpeg", 5 * MB),
    ("image/png", 5 * MB),
    ("image/webp", MB / 2),
    ("video/mp4", 16 * MB),
    ("video/3gpp", 16 * MB),
    ("text/plain", 100 * MB),
    ("text/csv", 100 * MB),
    ("application/pdf", 100 * MB),
    ("application/msword", 100 * MB),
    ("application/vnd.ms-excel", 100 * MB),
    ("application/vnd.ms-powerpoint", 100 * MB),
    ("application/zip", 100 * MB),
    ("application/octet-stream", 100 * MB),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", 100 * MB),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 100 * MB),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", 100 * MB),
];

pub(crate) async fn upload(
    State(network): State<Arc<Network>>,
    own: OwnNumber,
    mut form: Multipart,
) -> Result<Json<Value>> {
    fails_on_purpose(&network)?;
    let (mut product, mut declared, mut file) = (false, None, None);
    let unreadable = |error: axum::extract::multipart::MultipartError| {
        MetaError::parameter(format!("The form could not be read: {error}"))
    };
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        match field.name() {
            Some("messaging_product") => product = field.text().await.map_err(unreadable)? == "whatsapp",
            Some("type") => declared = Some(field.text().await.map_err(unreadable)?),
            Some("file") => {
                let (name, kind) = (field.file_name().map(str::to_owned), field.content_type().map(str::to_owned));
                file = Some((name, kind, field.bytes().await.map_err(unreadable)?));
            }
            _ => {}
        }
    }
    if !product {
        return Err(MetaError::parameter("The parameter messaging_product is required."));
    }
    let (name, kind, bytes) = file.ok_or_else(|| MetaError::parameter("The parameter file is required."))?;
    let mime_type = kind.or(declared).unwrap_or_else(|| "application/octet-stream".to_owned());
    fits(&mime_type, &bytes)?;
    let mut act = network.begin().await?;
    let stored = media::add(act.db(), Some(&own.app.id), &mime_type, name.as_deref(), &bytes).await?;
    act.commit().await?;
    Ok(Json(json!({"id": stored.id})))
}

/// Refuses types Meta does not take, files that are too large, and bytes that are not what they say.
fn fits(mime_type: &str, bytes: &[u8]) -> Result<()> {
    let essence = mime_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let Some((_, most)) = TYPES.iter().find(|(known, _)| *known == essence) else {
        let known: Vec<&str> = TYPES.iter().map(|(known, _)| *known).collect();
        return Err(MetaError::parameter(format!(
            "Param file must be a file with one of the following types: {}. Received file of type '{essence}'.",
            known.join(", ")
        )));
    };
    if bytes.is_empty() || bytes.len() > *most {
        return Err(MetaError::code(131_053)
            .details(format!("The file has {} bytes; {essence} may have between 1 and {most}.", bytes.len())));
    }
    let begins: &[&[u8]] = match essence.as_str() {
        "image/jpeg" => &[b"\xff\xd8\xff"],
        "image/png" => &[b"\x89PNG"],
        "image/webp" => &[b"RIFF"],
        "audio/ogg" => &[b"OggS"],
        "application/pdf" => &[b"%PDF"],
        _ => return Ok(()),
    };
    if begins.iter().any(|magic| bytes.starts_with(magic)) {
        Ok(())
    } else {
        Err(MetaError::code(131_053).details(format!("The bytes of the file are not {essence}.")))
    }
}

/// Refuses a message with a file of another kind, or with more bytes than that kind may have.
pub(crate) fn goes_as(kind: &str, voice: bool, media: &MediaRow) -> Result<()> {
    let essence = media.mime_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let right = match kind {
        "image" => matches!(essence.as_str(), "image/jpeg" | "image/png"),
        "sticker" => essence == "image/webp",
        "audio" if voice => matches!(essence.as_str(), "audio/ogg" | "audio/opus"),
        "audio" => essence.starts_with("audio/"),
        "video" => essence.starts_with("video/"),
        _ => true,
    };
    if right {
        return Ok(());
    }
    Err(MetaError::code(131_053).details(format!("A file of type {essence} cannot be sent as {kind}.")))
}

pub(super) fn fails_on_purpose(network: &Network) -> Result<()> {
    if network.with_faults(|faults| faults.media_fail.strikes()) {
        return Err(MetaError::code(131_000));
    }
    Ok(())
}

/// Whether an app may see a file: its own, or one that a person sent.
pub(crate) fn visible(media: &MediaRow, app: &AppRow) -> bool {
    media.app_id.as_deref().is_none_or(|owner| owner == app.id)
}

/// `GET /{media-id}`.
pub(crate) fn describe(network: &Network, media: &MediaRow) -> Result<Json<Value>> {
    fails_on_purpose(network)?;
    Ok(Json(json!({
        "messaging_product": "whatsapp",
        "url": network.media_url(&media.id),
        "mime_type": media.mime_type,
        "sha256": ids::hex(&media.sha256),
        "file_size": media.size,
        "id": media.id,
    })))
}

/// The parts of a file's address.
#[derive(Debug, Deserialize)]
pub(crate) struct Address {
    mid: String,
    ext: i64,
    hash: String,
}

/// The file itself, for the app's token, while the address is good.
pub(crate) async fn download(
    State(network): State<Arc<Network>>,
    Caller(app): Caller,
    Query(address): Query<Address>,
) -> Result<Response> {
    fails_on_purpose(&network)?;
    let mut db = network.store.reader.acquire().await?;
    let found = media::find(&mut db, &address.mid).await?.filter(|media| visible(media, &app));
    let (Some(found), true) = (found, network.media_url_holds(&address.mid, address.ext, &address.hash)) else {
        return Ok((StatusCode::NOT_FOUND, "URL signature expired").into_response());
    };
    let bytes = media::bytes(&mut db, &found.id).await?.unwrap_or_default();
    Ok(([(header::CONTENT_TYPE, found.mime_type)], bytes).into_response())
}
