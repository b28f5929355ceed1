//! How Meta writes and signs what it posts.

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;

use crate::ids::hex;

/// JSON as Meta sends it: ASCII only, and slashes escaped.
pub(crate) fn escaped(value: &Value) -> String {
    let plain = value.to_string();
    let mut text = String::with_capacity(plain.len() + 64);
    for c in plain.chars() {
        match c {
            // Outside strings JSON has neither slashes nor anything but ASCII.
            '/' => text.push_str("\\/"),
            c if c.is_ascii() => text.push(c),
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    text.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    text
}

/// The value of `X-Hub-Signature-256` for a body.
pub(crate) fn signature(secret: &str, body: &[u8]) -> String {
    format!("sha256={}", hex(&mac(secret.as_bytes(), body)))
}

pub(crate) fn mac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return Vec::new();
    };
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_ascii_is_written_in_utf16_units() {
        assert_eq!(escaped(&json!({"a": "è/😀"})), r#"{"a":"\u00e8\/\ud83d\ude00"}"#);
    }

    #[test]
    fn the_signature_is_the_hmac_of_the_bytes() {
        // The well-known example of RFC 4231, test case 2.
        assert_eq!(
            signature("Jefe", b"what do ya want for nothing?"),
            "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
