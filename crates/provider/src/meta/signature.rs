//! Whether a webhook is Meta's: `X-Hub-Signature-256` is the HMAC-SHA256 of the raw bytes under the app's secret.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The header a webhook brings.
pub const HEADER: &str = "x-hub-signature-256";

/// Why a webhook is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Forged {
    #[error("the signature is missing")]
    Missing,
    #[error("the signature is not sha256= and 64 hexadecimal digits")]
    Shape,
    #[error("the signature does not fit the body and the app secret")]
    Mismatch,
    /// An empty secret would let anyone sign.
    #[error("no app secret is set")]
    NoSecret,
}

/// Checks the header's value over the body exactly as it came, in constant time. One secret belongs to one app of
/// Meta's, which may serve many numbers.
pub fn verify(app_secret: &str, body: &[u8], header: Option<&str>) -> Result<(), Forged> {
    if app_secret.is_empty() {
        return Err(Forged::NoSecret);
    }
    let hex = header.ok_or(Forged::Missing)?.trim().strip_prefix("sha256=").ok_or(Forged::Shape)?;
    let claimed = decode(hex).ok_or(Forged::Shape)?;
    mac(app_secret, body).verify_slice(&claimed).map_err(|_| Forged::Mismatch)
}

/// The header's value for a body: what Meta would send.
pub fn sign(app_secret: &str, body: &[u8]) -> String {
    use std::fmt::Write;
    let mut header = String::from("sha256=");
    for byte in mac(app_secret, body).finalize().into_bytes() {
        // Writing to a String does not fail.
        let _ = write!(header, "{byte:02x}");
    }
    header
}

fn mac(app_secret: &str, body: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(app_secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(body);
    mac
}

fn decode(hex: &str) -> Option<[u8; 32]> {
    let digits: &[u8; 64] = hex.as_bytes().try_into().ok()?;
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let &[high, low] = pair else { return None };
        *byte = nibble(high)? << 4 | nibble(low)?;
    }
    Some(bytes)
}

fn nibble(digit: u8) -> Option<u8> {
    (digit as char).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// From another implementation: `printf %s '{"a":"\u00e9"}' | openssl dgst -sha256 -hmac secret`.
    #[test]
    fn it_agrees_with_openssl() {
        assert_eq!(sign("secret", br#"{"a":"\u00e9"}"#), OPENSSL);
    }
    const OPENSSL: &str = "sha256=c0b240d8a0eff6d060a852938278e6857d51c06d9a5be3160043a150e0f5e5b5";

    #[test]
    fn upper_case_is_read_and_odd_shapes_are_named() {
        let header = sign("secret", b"{}");
        let upper = format!("sha256={}", header.trim_start_matches("sha256=").to_uppercase());
        assert_eq!(verify("secret", b"{}", Some(&upper)), Ok(()));
        assert_eq!(verify("secret", b"{}", None), Err(Forged::Missing));
        assert_eq!(verify("", b"{}", Some(&sign("", b"{}"))), Err(Forged::NoSecret));
        assert_eq!(verify("secret", b"{ }", Some(&header)), Err(Forged::Mismatch));
        assert_eq!(verify("other", b"{}", Some(&header)), Err(Forged::Mismatch));
        for shape in ["", "sha256=", "sha1=00", "sha256=zz", &header[7..], &header[..70], &format!("{header}0")] {
            assert_eq!(verify("secret", b"{}", Some(shape)), Err(Forged::Shape), "{shape}");
        }
    }

    proptest! {
        #[test]
        fn what_is_signed_verifies_and_nothing_else(
            secret in "[a-z0-9]{1,40}", body: Vec<u8>, flip in 0usize..2048,
        ) {
            let header = sign(&secret, &body);
            prop_assert_eq!(verify(&secret, &body, Some(&header)), Ok(()));
            let mut other = body.clone();
            if body.is_empty() { other.push(0) } else { other[flip / 8 % body.len()] ^= 1 << (flip % 8) }
            prop_assert_eq!(verify(&secret, &other, Some(&header)), Err(Forged::Mismatch));
        }

        #[test]
        fn any_header_is_answered(header: String) {
            let refused = verify("secret", b"{}", Some(&header)).is_err();
            prop_assert!(refused);
        }
    }
}
