//! Passwords: what a good one is, and how one is kept.

use std::sync::{Arc, OnceLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::check::Check;
use crate::{Error, Result};

/// As many are hashed at a time: each takes memory and a processor.
const AT_ONCE: usize = 2;
const SHORTEST: usize = 8;
const LONGEST: usize = 256;

/// Hashes passwords and compares them, off the threads that answer requests.
#[derive(Clone)]
pub struct Passwords {
    argon: Argon2<'static>,
    gate: Arc<Semaphore>,
    /// The hash nobody has the password of: compared with where there is no user, so that the time tells nothing.
    nobody: Arc<OnceLock<String>>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self::strong()
    }
}

impl Passwords {
    /// Argon2id with 46 MiB and one pass, as OWASP recommends. Two passes over 19 MiB are as good, but what is smaller
    /// than 32 MiB the C library keeps for each thread that ever had it.
    pub fn strong() -> Self {
        Self::with(Params::new(46 * 1024, 1, 1, None).unwrap_or(Params::DEFAULT))
    }

    /// For tests, which sign in thousands of times: as little work as Argon2 allows. Protects nothing.
    pub fn quick() -> Self {
        Self::with(Params::new(8, 1, 1, None).unwrap_or(Params::DEFAULT))
    }

    fn with(params: Params) -> Self {
        Self {
            argon: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            gate: Arc::new(Semaphore::new(AT_ONCE)),
            nobody: Arc::default(),
        }
    }

    /// The hash to keep.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let password = password.to_owned();
        self.apart(move |passwords| passwords.hashed(&password)).await?
    }

    /// Whether the password belongs to the hash. Takes the same time where there is no hash.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        let (password, hash) = (password.to_owned(), hash.map(str::to_owned));
        self.apart(move |passwords| {
            let nobody = passwords.nobody.get_or_init(|| passwords.hashed("nobody's").unwrap_or_default());
            let known = hash.as_deref().and_then(|hash| PasswordHash::new(hash).ok());
            let there_is_one = known.is_some();
            let Some(hash) = known.or_else(|| PasswordHash::new(nobody).ok()) else { return false };
            passwords.argon.verify_password(password.as_bytes(), &hash).is_ok() && there_is_one
        })
        .await
    }

    fn hashed(&self, password: &str) -> Result<String> {
        let hash: PasswordHash =
            self.argon.hash_password(password.as_bytes()).map_err(|error| Error::Damaged(error.to_string()))?;
        Ok(hash.to_string())
    }

    async fn apart<T: Send + 'static>(&self, work: impl FnOnce(&Self) -> T + Send + 'static) -> Result<T> {
        let passwords = self.clone();
        let broken = |error: &dyn std::fmt::Display| Error::Damaged(format!("hashing a password: {error}"));
        let permit = self.gate.clone().acquire_owned().await.map_err(|error| broken(&error))?;
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work(&passwords)
        })
        .await
        .map_err(|error| broken(&error))
    }
}

/// A password somebody chose, with its hash: made outside the transaction that keeps it.
#[derive(Clone)]
pub struct Fresh {
    pub(crate) text: String,
    pub(crate) hash: String,
}

impl Fresh {
    pub async fn new(passwords: &Passwords, text: String) -> Result<Self> {
        let hash = passwords.hash(&text).await?;
        Ok(Self { text, hash })
    }
}

impl std::fmt::Debug for Fresh {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fresh")
    }
}

/// Whether it is good enough: at least 8 characters of four classes.
pub fn check(check: &mut Check, field: &str, password: &str) {
    let length = password.chars().count();
    if length < SHORTEST {
        check.wrong(field, "too_short", format!("at least {SHORTEST} characters"));
    } else if length > LONGEST {
        check.wrong(field, "too_long", format!("at most {LONGEST} characters"));
    }
    let has = |class: fn(char) -> bool| password.chars().any(class);
    let sign = |c: char| !c.is_alphanumeric();
    if !(has(char::is_lowercase) && has(char::is_uppercase) && has(char::is_numeric) && has(sign)) {
        check.wrong(field, "weak", "it needs capitals, small letters, digits and signs");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(password: &str) -> bool {
        let mut checks = Check::default();
        check(&mut checks, "password", password);
        checks.done().is_err()
    }

    #[test]
    fn a_good_password_has_length_and_four_classes() {
        assert!(!wrong("Abcdef1!"));
        assert!(!wrong("Ünïcode 1 gut"));
        for bad in ["", "Abc1!", "abcdefg1!", "ABCDEFG1!", "Abcdefgh!", "Abcdefgh1", &"Aa1!".repeat(65)] {
            assert!(wrong(bad), "{bad}");
        }
    }

    #[tokio::test]
    async fn only_the_password_itself_fits_its_hash() {
        let passwords = Passwords::quick();
        let hash = passwords.hash("Secret 1").await.expect("hashed");
        assert!(hash.starts_with("$argon2id$"));
        assert!(passwords.verify("Secret 1", Some(&hash)).await.expect("verified"));
        assert!(!passwords.verify("secret 1", Some(&hash)).await.expect("verified"));
        assert!(!passwords.verify("nobody's", None).await.expect("verified"));
        assert!(!passwords.verify("nobody's", Some("!")).await.expect("verified"));
        let strong = Passwords::strong().hash("Secret 1").await.expect("hashed");
        assert!(strong.contains("m=47104,t=1,p=1"), "{strong}");
        assert!(passwords.verify("Secret 1", Some(&strong)).await.expect("the hash says how it was made"));
    }
}
