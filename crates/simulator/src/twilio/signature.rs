//! How Twilio signs what it posts: the address, then every parameter in the order of the names.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

use crate::network::signing::mac;
use crate::store::apps::AppRow;
use crate::wire::{Post, fields};

/// A form as Twilio posts it. The fragment of an address is for Twilio, and never sent.
pub(crate) fn signed(app: &AppRow, url: &str, body: String) -> Post {
    let url = url.split('#').next().unwrap_or_default();
    let data = data(url, &body);
    let connection = &app.connection;
    let mut headers = Vec::new();
    let signature = match (&connection.shared_key_id, &connection.shared_key_secret) {
        (Some(id), Some(secret)) => {
            let settings = format!("key={id},algorithm=HMAC_SHA256");
            headers.push(("x-twilio-webhooks-signature-settings".to_owned(), settings));
            mac(secret.as_bytes(), data.as_bytes())
        }
        _ => sha1(app.app_secret.as_bytes(), data.as_bytes()),
    };
    headers.push(("x-twilio-signature".to_owned(), STANDARD.encode(signature)));
    headers.push(("user-agent".to_owned(), "TwilioProxy/1.1".to_owned()));
    Post { url: url.to_owned(), content_type: "application/x-www-form-urlencoded; charset=utf-8", headers, body }
}

fn data(url: &str, body: &str) -> String {
    let mut fields = fields(body.as_bytes());
    fields.sort_unstable();
    fields.dedup();
    let pairs = fields.into_iter().flat_map(|(name, value)| [name, value]);
    std::iter::once(url.to_owned()).chain(pairs).collect()
}

fn sha1(key: &[u8], message: &[u8]) -> Vec<u8> {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(key) else {
        return Vec::new();
    };
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_twilios_own_example() {
        let body = "CallSid=CA1234567890ABCDE&Caller=%2B12349013030&Digits=1234&From=%2B12349013030&To=%2B18005551212";
        let data = data("https://mycompany.com/myapp.php?foo=1&bar=2", body);
        assert_eq!(STANDARD.encode(sha1(b"12345", data.as_bytes())), "0/KCTR6DLpKmkAf8muzZqo1nDgQ=");
    }
}
