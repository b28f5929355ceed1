//! Seals credentials at rest: XChaCha20-Poly1305 under the instance's key, a fresh nonce before each.

use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

use crate::{Error, Result};

const NONCE: usize = 24;

/// Holds the instance's key; does not print it.
#[derive(Clone)]
pub struct Sealer(XChaCha20Poly1305);

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer")
    }
}

impl Sealer {
    pub fn new(key: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(key.into()))
    }

    pub fn seal(&self, secret: &str) -> Result<Vec<u8>> {
        let nonce: [u8; NONCE] = rand::random();
        let sealed = self.0.encrypt(&XNonce::from(nonce), secret.as_bytes()).map_err(|_| Error::Sealed)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    pub fn open(&self, sealed: &[u8]) -> Result<String> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or(Error::Sealed)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| Error::Sealed)?;
        let plain = self.0.decrypt(&XNonce::from(nonce), sealed).map_err(|_| Error::Sealed)?;
        String::from_utf8(plain).map_err(|_| Error::Sealed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens_only_with_its_key() {
        let sealer = Sealer::new(&[7; 32]);
        let sealed = sealer.seal("EAAG-token").expect("sealed");
        assert_eq!(sealer.open(&sealed).expect("opened"), "EAAG-token");
        assert!(Sealer::new(&[8; 32]).open(&sealed).is_err());
        assert!(sealer.open(&sealed[..10]).is_err());
        assert!(!sealed.windows(4).any(|part| part == b"EAAG"));
    }
}
