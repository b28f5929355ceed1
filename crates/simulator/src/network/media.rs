//! Addresses under which a business fetches files.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use super::Network;
use super::signing::mac;
use crate::store::media::MediaRow;
use crate::{clock, ids};

/// How long an address is good for.
const VALID: i64 = 5 * clock::MINUTE;

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

    fn media_hash(&self, id: &str, expires: i64) -> String {
        let mut hash = ids::hex(&mac(&self.media_key, format!("{id}.{expires}").as_bytes()));
        hash.truncate(32);
        hash
    }
}

/// What a webhook says of a file, apart from its address.
pub(crate) fn described(media: &MediaRow) -> Value {
    json!({"id": media.id, "mime_type": media.mime_type, "sha256": STANDARD.encode(&media.sha256)})
}
