//! Whether a callback is Kaleyra's. It signs nothing: what it knows is a secret in the address and, where the callback
//! profile has one, a name and password or a header.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// Why a callback is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Forged {
    #[error("the secret in the address is not this account's")]
    Path,
    #[error("the callback does not prove itself: its name and password, or its header, are missing or wrong")]
    Proof,
    /// An empty secret would let anyone in.
    #[error("no secret for the callback's address is set")]
    NoSecret,
}

/// What an account's callbacks prove themselves by.
#[derive(Clone, Copy, Default)]
pub struct Keys<'a> {
    /// The last part of the address.
    pub path: Option<&'a str>,
    /// `name:password` for Basic authentication, or the header's value; `None` = the address alone.
    pub proof: Option<&'a str>,
    /// The header; `None` = Basic authentication.
    pub header: Option<&'a str>,
}

/// Checks a callback, in constant time. `header` looks one up by its name.
pub fn verify<'h>(keys: Keys<'_>, path: &str, header: impl Fn(&str) -> Option<&'h str>) -> Result<(), Forged> {
    let secret = keys.path.filter(|secret| !secret.is_empty()).ok_or(Forged::NoSecret)?;
    let known = same(path, secret);
    let proven = match (keys.proof, keys.header) {
        (None, _) => true,
        (Some(proof), Some(name)) => header(name).is_some_and(|value| same(value.trim(), proof)),
        (Some(proof), None) => {
            let value = header("authorization").map(str::trim).unwrap_or_default();
            let basic = value.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"));
            let given = basic.and_then(|(_, pair)| STANDARD.decode(pair.trim()).ok());
            given.is_some_and(|given| same_bytes(&given, proof.as_bytes()))
        }
    };
    if !known {
        return Err(Forged::Path);
    }
    if proven { Ok(()) } else { Err(Forged::Proof) }
}

fn same(one: &str, other: &str) -> bool {
    same_bytes(one.as_bytes(), other.as_bytes())
}

/// By their hashes, so that not even the length shows.
fn same_bytes(one: &[u8], other: &[u8]) -> bool {
    Sha256::digest(one).ct_eq(&Sha256::digest(other)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEYS: Keys<'_> = Keys { path: Some("s3cret-path"), proof: None, header: None };

    fn with<'a>(name: &'static str, value: &'a str) -> impl Fn(&str) -> Option<&'a str> {
        move |asked| (asked == name).then_some(value)
    }

    #[test]
    fn the_address_alone_is_enough_where_nothing_else_is_set() {
        assert_eq!(verify(KEYS, "s3cret-path", |_| None), Ok(()));
        for wrong in ["", "s3cret", "s3cret-path ", "S3CRET-PATH", "s3cret-path/"] {
            assert_eq!(verify(KEYS, wrong, |_| None), Err(Forged::Path), "{wrong}");
        }
        for none in [None, Some("")] {
            assert_eq!(verify(Keys { path: none, ..KEYS }, "", |_| None), Err(Forged::NoSecret));
        }
    }

    #[test]
    fn a_name_and_password_are_asked_for_beside_it() {
        let keys = Keys { proof: Some("desk:pass"), ..KEYS };
        // printf desk:pass | base64
        assert_eq!(verify(keys, "s3cret-path", with("authorization", "Basic ZGVzazpwYXNz")), Ok(()));
        assert_eq!(verify(keys, "s3cret-path", with("authorization", "basic ZGVzazpwYXNz")), Ok(()));
        for wrong in ["", "Basic", "Basic ZGVzazpwYXNzMQ==", "Bearer ZGVzazpwYXNz", "ZGVzazpwYXNz", "Basic desk:pass"] {
            assert_eq!(verify(keys, "s3cret-path", with("authorization", wrong)), Err(Forged::Proof), "{wrong}");
        }
        assert_eq!(verify(keys, "s3cret-path", |_| None), Err(Forged::Proof));
        assert_eq!(verify(keys, "other", with("authorization", "Basic ZGVzazpwYXNz")), Err(Forged::Path));
    }

    #[test]
    fn a_header_of_ones_own_is_asked_for_beside_it() {
        let keys = Keys { proof: Some("token"), header: Some("x-desk"), ..KEYS };
        assert_eq!(verify(keys, "s3cret-path", with("x-desk", "token")), Ok(()));
        assert_eq!(verify(keys, "s3cret-path", with("x-desk", "tokens")), Err(Forged::Proof));
        assert_eq!(verify(keys, "s3cret-path", with("authorization", "token")), Err(Forged::Proof));
    }
}
