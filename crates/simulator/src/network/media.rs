//! Addresses under which a business fetches files.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::Network;
use super::signing::mac;
use crate::store::Result;
use crate::store::media::{self, MediaRow};
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

    /// What lets whoever has it at a file, for a week.
    pub(crate) fn pass(&self, id: &str) -> String {
        let expires = (clock::now() + KEPT_OPEN) / 1000;
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
