//! Addresses under which a business fetches files.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use url::form_urlencoded::byte_serialize;

use super::Network;
use super::signing::mac;
use crate::store::Result;
use crate::store::media::{self, MediaRow};
use crate::wire::ending;
use crate::{clock, ids};

/// How long an address is good for.
const VALID: i64 = 5 * clock::MINUTE;
/// How long one that needs no token is.
const KEPT_OPEN: i64 = 7 * clock::DAY;

impl Network {
    /// A fresh address of a file; the app's token is needed in addition.
    pub(crate) fn media_url(&self, id: &str) -> String {
        let expires = (clock::now() + VALID) / 1000;
        format!(
            "{}/simulator/meta/attachments/?mid={id}&ext={expires}&hash={}",
            self.public_base,
            self.media_hash(id, expires)
        )
    }

    /// Whether an address is ours and still good.
    pub(crate) fn media_url_holds(&self, id: &str, expires: i64, hash: &str) -> bool {
        expires * 1000 > clock::now() && hash == self.media_hash(id, expires)
    }

    /// An address that needs nothing beside it, as Sinch's and Kaleyra's copies have. It ends in the file's name, or in
    /// its type's ending.
    pub(crate) fn open_url(&self, provider: &str, id: &str, mime_type: &str, name: Option<&str>) -> String {
        let name = name.filter(|name| !name.is_empty()).map_or_else(
            || format!("{id}.{}", ending(mime_type)),
            |name| byte_serialize(name.as_bytes()).collect::<String>().replace('+', "%20"),
        );
        format!("{}/simulator/{provider}/media/{}/{id}/{name}", self.public_base, self.pass(id))
    }

    /// What lets whoever has it at a file, for a week and the rest of the day: a delivery that is repeated says the same.
    pub(crate) fn pass(&self, id: &str) -> String {
        let expires = ((clock::now() + KEPT_OPEN) / clock::DAY + 1) * clock::DAY / 1000;
        format!("{expires}-{}", self.media_hash(id, expires))
    }

    /// Whether a pass is ours, for this file, and still good.
    pub(crate) fn lets_in(&self, id: &str, pass: &str) -> bool {
        let parts = pass.split_once('-').and_then(|(expires, hash)| Some((expires.parse().ok()?, hash)));
        parts.is_some_and(|(expires, hash)| self.media_url_holds(id, expires, hash))
    }

    fn media_hash(&self, id: &str, expires: i64) -> String {
        let mut hash = ids::hex(&mac(&self.media_key, format!("{id}.{expires}").as_bytes()));
        hash.truncate(32);
        hash
    }
}

/// A file for whoever has its pass.
pub(crate) async fn open(
    State(network): State<Arc<Network>>,
    Path((pass, id, _)): Path<(String, String, String)>,
) -> Response {
    if network.with_faults(|faults| faults.media_fail.strikes()) {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    if !network.lets_in(&id, &pass) {
        return StatusCode::FORBIDDEN.into_response();
    }
    match network.file(&id).await {
        Ok(Some((mime_type, bytes))) => ([(header::CONTENT_TYPE, mime_type)], bytes).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "could not read a file");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

impl Network {
    /// Type and bytes of a file.
    pub(crate) async fn file(&self, id: &str) -> Result<Option<(String, Vec<u8>)>> {
        let mut db = self.store.reader.acquire().await?;
        let Some(found) = media::find(&mut db, id).await? else { return Ok(None) };
        Ok(media::bytes(&mut db, id).await?.map(|bytes| (found.mime_type, bytes)))
    }
}

/// What a webhook says of a file, apart from its address.
pub(crate) fn described(media: &MediaRow) -> Value {
    json!({"id": media.id, "mime_type": media.mime_type, "sha256": STANDARD.encode(&media.sha256)})
}
