//! Whether a webhook is Sinch's: an HMAC over `body.nonce.timestamp`, and not an old one.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::{Sha256, Sha384, Sha512};

/// The headers a webhook brings.
pub const HEADER: &str = "x-sinch-webhook-signature";
pub const NONCE: &str = "x-sinch-webhook-signature-nonce";
pub const TIMESTAMP: &str = "x-sinch-webhook-signature-timestamp";
pub const ALGORITHM: &str = "x-sinch-webhook-signature-algorithm";

/// How far the clock of a webhook may be from ours, in seconds.
pub const FRESH_FOR: i64 = 300;

/// Why a webhook is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Forged {
    #[error("the signature, its nonce or its timestamp is missing")]
    Missing,
    #[error("the signature is not base64 of a hash, or its timestamp is no number")]
    Shape,
    #[error("the signature is of an algorithm that we do not know")]
    Algorithm,
    #[error("the signature does not fit the body and the webhook's secret")]
    Mismatch,
    #[error("the signature is of another time: more than five minutes away")]
    Stale,
    /// An empty secret would let anyone sign.
    #[error("no webhook secret is set")]
    NoSecret,
}

/// What came beside the body.
#[derive(Clone, Copy, Debug, Default)]
pub struct Signed<'a> {
    pub signature: Option<&'a str>,
    pub nonce: Option<&'a str>,
    pub timestamp: Option<&'a str>,
    pub algorithm: Option<&'a str>,
}

/// Checks the signature over the body exactly as it came, in constant time. Whether the nonce was seen before is the
/// caller's to know.
pub fn verify(secret: &str, body: &[u8], signed: &Signed<'_>, now: Timestamp) -> Result<(), Forged> {
    if secret.is_empty() {
        return Err(Forged::NoSecret);
    }
    let signature = signed.signature.map(str::trim).filter(|text| !text.is_empty()).ok_or(Forged::Missing)?;
    let (nonce, timestamp) = signed.nonce.zip(signed.timestamp).ok_or(Forged::Missing)?;
    let claimed = STANDARD.decode(signature).map_err(|_| Forged::Shape)?;
    let seconds: i64 = timestamp.trim().parse().map_err(|_| Forged::Shape)?;
    let fits = match signed.algorithm.map(|name| name.trim().to_ascii_lowercase()).as_deref() {
        None | Some("" | "hmacsha256") => mac::<Hmac<Sha256>>(secret, body, nonce, timestamp).verify_slice(&claimed),
        Some("hmacsha384") => mac::<Hmac<Sha384>>(secret, body, nonce, timestamp).verify_slice(&claimed),
        Some("hmacsha512") => mac::<Hmac<Sha512>>(secret, body, nonce, timestamp).verify_slice(&claimed),
        Some(_) => return Err(Forged::Algorithm),
    };
    fits.map_err(|_| Forged::Mismatch)?;
    // Only what was signed is worth a look at the clock.
    if now.as_second().abs_diff(seconds) > FRESH_FOR.unsigned_abs() { Err(Forged::Stale) } else { Ok(()) }
}

/// The header's value for a body: what Sinch would send.
pub fn sign(secret: &str, body: &[u8], nonce: &str, timestamp: &str) -> String {
    STANDARD.encode(mac::<Hmac<Sha256>>(secret, body, nonce, timestamp).finalize().into_bytes())
}

fn mac<M: Mac + KeyInit>(secret: &str, body: &[u8], nonce: &str, timestamp: &str) -> M {
    let mut mac = <M as KeyInit>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    for part in [body, b".", nonce.as_bytes(), b".", timestamp.as_bytes()] {
        mac.update(part);
    }
    mac
}
