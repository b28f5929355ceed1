//! Signing in and out.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use pronto_db::Tx;
use pronto_domain::id::UserId;
use pronto_domain::presence::Declared;
use pronto_store as store;
use sha2::{Digest as _, Sha256};
use store::{event, millis};
use uuid::Uuid;

use crate::act::presence;
use crate::password::Passwords;
use crate::{Desk, Result};

/// How long a session lasts that is not used.
pub const LASTS: SignedDuration = SignedDuration::from_hours(30 * 24);
/// So many wrong passwords in a row lock a login …
const FAILURES: i64 = 10;
/// … for so long.
const LOCKED: SignedDuration = SignedDuration::from_mins(5);

/// What a cookie holds: which session, and the proof. Printing it with `{:?}` shows no proof.
#[derive(Clone)]
pub struct Secret {
    pub session: Uuid,
    key: [u8; 32],
}

impl Secret {
    fn new() -> Self {
        Self { session: Uuid::now_v7(), key: rand::random() }
    }

    /// What the database keeps of it.
    pub fn digest(&self) -> Vec<u8> {
        Sha256::digest(self.key).to_vec()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({})", self.session)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64_URL_SAFE_NO_PAD.encode([self.session.as_bytes().as_slice(), &self.key].concat()))
    }
}

/// The text is no secret of ours.
#[derive(Debug, thiserror::Error)]
#[error("not a session")]
pub struct NotASecret;

impl FromStr for Secret {
    type Err = NotASecret;
    fn from_str(text: &str) -> Result<Self, NotASecret> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| NotASecret)?;
        let (session, key) = bytes.split_at_checked(16).ok_or(NotASecret)?;
        let session = Uuid::from_slice(session).map_err(|_| NotASecret)?;
        Ok(Self { session, key: key.try_into().map_err(|_| NotASecret)? })
    }
}

/// Compares digests without telling by the time how much of them agrees.
pub fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

/// Somebody at the sign-in page.
#[derive(Clone)]
pub struct Attempt {
    pub login: String,
    pub password: String,
    /// What the browser calls itself.
    pub agent: Option<String>,
}

/// How an attempt ended.
#[derive(Debug)]
pub enum Answer {
    Opened {
        user: UserId,
        secret: Secret,
    },
    /// No such login, or not its password: the two are never told apart.
    Wrong,
    LockedOut {
        until: Timestamp,
    },
}

/// Counts failures of logins that nobody has, so that these lock like others.
#[derive(Clone, Default)]
pub struct Strangers(Arc<Mutex<HashMap<String, Failures>>>);

#[derive(Clone, Copy, Default)]
struct Failures {
    count: i64,
    locked_until: Option<i64>,
}

/// More logins than these are not told apart from fresh ones.
const STRANGERS: usize = 10_000;

impl Strangers {
    fn locked_until(&self, login: &str) -> Option<i64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(login).and_then(|failures| failures.locked_until)
    }

    fn failed(&self, login: &str, now: i64) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= STRANGERS {
            held.clear();
        }
        let failures = held.entry(login.to_owned()).or_default();
        failures.count += 1;
        if failures.count >= FAILURES {
            *failures = Failures { count: 0, locked_until: Some(now + milliseconds(LOCKED)) };
        }
    }
}

fn milliseconds(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// How logins are compared and kept.
pub fn normal(login: &str) -> String {
    login.trim().to_lowercase()
}

/// Signs in. The password is compared outside every transaction.
pub async fn sign_in(desk: &Desk, passwords: &Passwords, strangers: &Strangers, attempt: &Attempt) -> Result<Answer> {
    let login = normal(&attempt.login);
    let now = millis(desk.now());
    let mut tx = desk.db().read().await?;
    let known = store::user::credentials(&mut tx, &login).await?;
    drop(tx);
    let locked_until = match &known {
        Some(known) => known.locked_until,
        None => strangers.locked_until(&login),
    };
    if let Some(until) = locked_until.filter(|until| now < *until) {
        return Ok(Answer::LockedOut { until: store::instant(until) });
    }
    let right = passwords.verify(&attempt.password, known.as_ref().map(|known| known.password_hash.as_str())).await?;
    match known {
        Some(known) if right => {
            let opening = Opening { user: known.id, agent: attempt.agent.clone(), secret: Secret::new() };
            desk.run(&opening, |tx, now, opening| Box::pin(open(tx, now, opening))).await
        }
        Some(known) => {
            desk.run(&known.id, |tx, now, user| Box::pin(failed(tx, now, user))).await?;
            Ok(Answer::Wrong)
        }
        None => {
            // What a failure of a known login costs, so that the time tells nothing.
            desk.run(&0, |tx, now, user| Box::pin(failed(tx, now, user))).await?;
            strangers.failed(&login, now);
            Ok(Answer::Wrong)
        }
    }
}

/// Whether somebody who is signed in knows their password. Wrong ones count like those of the sign-in page.
pub async fn confirm(desk: &Desk, passwords: &Passwords, login: &str, password: &str) -> Result<Confirmed> {
    let now = millis(desk.now());
    let mut tx = desk.db().read().await?;
    let known = store::user::credentials(&mut tx, login).await?.ok_or(pronto_db::Error::NotFound)?;
    drop(tx);
    if let Some(until) = known.locked_until.filter(|until| now < *until) {
        return Ok(Confirmed::LockedOut { until: store::instant(until) });
    }
    if passwords.verify(password, Some(&known.password_hash)).await? {
        return Ok(Confirmed::Right);
    }
    desk.run(&known.id, |tx, now, user| Box::pin(failed(tx, now, user))).await?;
    Ok(Confirmed::Wrong)
}

/// How a password was confirmed.
#[derive(Debug)]
pub enum Confirmed {
    Right,
    Wrong,
    LockedOut { until: Timestamp },
}

struct Opening {
    user: i64,
    agent: Option<String>,
    secret: Secret,
}

async fn open(tx: &mut Tx, now: Timestamp, opening: &Opening) -> Result<Answer> {
    let at = millis(now);
    let Opening { user, agent, secret } = opening;
    // Guesses made side by side may have locked it meanwhile.
    if let Some(until) = store::user::locked_until(tx, *user).await?.filter(|until| at < *until) {
        return Ok(Answer::LockedOut { until: store::instant(until) });
    }
    store::user::sign_in_succeeded(tx, *user).await?;
    store::session::end_expired(tx, at).await?;
    let session = store::session::Session {
        id: secret.session,
        secret: secret.digest(),
        user_id: *user,
        created_at: at,
        seen_at: at,
        expires_at: at + milliseconds(LASTS),
        agent: agent.as_deref().map(|agent| agent.chars().take(200).collect()),
    };
    store::session::add(tx, &session).await?;
    presence::sign_in(tx, now, &UserId(*user)).await?;
    Ok(Answer::Opened { user: UserId(*user), secret: secret.clone() })
}

async fn failed(tx: &mut Tx, now: Timestamp, user: &i64) -> Result<()> {
    let locked_until = millis(now) + milliseconds(LOCKED);
    store::user::sign_in_failed(tx, *user, FAILURES, locked_until).await?;
    Ok(())
}

/// Notes that a session is used; it lasts from now on.
pub async fn seen(tx: &mut Tx, now: Timestamp, session: &Uuid) -> Result<()> {
    let at = millis(now);
    Ok(store::session::seen(tx, *session, at, at + milliseconds(LASTS)).await?)
}

/// A user leaves.
#[derive(Clone, Debug)]
pub struct Leave {
    pub user: UserId,
    pub session: Uuid,
}

/// Signs out: the session ends, and the agent is offline, so that offers go on to others.
pub async fn sign_out(tx: &mut Tx, now: Timestamp, input: &Leave) -> Result<()> {
    if !store::session::end(tx, input.session).await? {
        return Ok(());
    }
    presence::declare(tx, now, &presence::Declare { user: input.user, state: Declared::Offline, reason: None }).await
}

/// Ends all sessions of a user, and tells their screens.
pub(crate) async fn end_sessions(tx: &mut Tx, at: i64, user: UserId) -> Result<()> {
    if !store::session::end_of(tx, user.0, None).await?.is_empty() {
        event::append(tx, &[event::New::of(event::Kind::SignedOut, user.0)], at).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_reads_back_and_does_not_print() {
        let secret = Secret::new();
        let text = secret.to_string();
        let again: Secret = text.parse().expect("reads back");
        assert_eq!((again.session, again.digest()), (secret.session, secret.digest()));
        assert_eq!(format!("{secret:?}"), format!("Secret({})", secret.session));
        for broken in ["", "x", &text[1..], &format!("{text}AA")] {
            assert!(broken.parse::<Secret>().is_err(), "{broken}");
        }
    }
}
