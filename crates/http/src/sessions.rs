//! Who a cookie signs in.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use jiff::SignedDuration;
use pronto_desk::act::sign_in::{self, Secret};
use pronto_domain::id::UserId;
use pronto_store as store;
use uuid::Uuid;

use crate::App;
use crate::error::Result;

/// The cookie's name.
pub const COOKIE: &str = "pronto_session";
/// How long a session is believed without asking the database. Sessions ended on this node end at once.
const BELIEVED: SignedDuration = SignedDuration::from_secs(10);
/// How often it is written down that a session is used.
const SEEN: SignedDuration = SignedDuration::from_mins(1);
/// More than these are not remembered.
const AT_MOST: usize = 20_000;

/// Sessions looked up lately.
#[derive(Clone, Default)]
pub struct Sessions(Arc<Mutex<Held>>);

#[derive(Default)]
struct Held {
    known: HashMap<Uuid, Known>,
    /// How often something was forgotten: what was read before that is not remembered after it.
    forgotten: u64,
}

#[derive(Clone)]
struct Known {
    user: UserId,
    digest: Vec<u8>,
    expires_at: i64,
    asked_at: i64,
}

impl Sessions {
    /// Forgets all sessions of a user: they were ended.
    pub fn forget_user(&self, user: UserId) {
        self.forget_those(|_, one| one.user == user);
    }

    /// Forgets one.
    pub fn forget(&self, session: Uuid) {
        self.forget_those(|one, _| *one == session);
    }

    fn forget_those(&self, those: impl Fn(&Uuid, &Known) -> bool) {
        let mut held = self.held();
        held.forgotten += 1;
        held.known.retain(|session, one| !those(session, one));
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A session that stands.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    pub session: Uuid,
    pub user: UserId,
}

/// The secret in the request's cookie, if it carries one of ours that could be.
pub fn cookie(headers: &HeaderMap) -> Option<Secret> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(name, value)| if name == COOKIE { value.parse().ok() } else { None })
}

/// The header that gives the browser its cookie; without a secret, one that takes it away.
pub fn set_cookie(app: &App, headers: &HeaderMap, secret: Option<&Secret>) -> (HeaderName, HeaderValue) {
    let forwarded = headers.get("x-forwarded-proto").and_then(|proto| proto.to_str().ok());
    let public = app.public_url().is_some_and(|url| url.starts_with("https://"));
    let secure =
        if public || forwarded.is_some_and(|proto| proto.eq_ignore_ascii_case("https")) { "; Secure" } else { "" };
    let (value, age) = match secret {
        Some(secret) => (secret.to_string(), sign_in::LASTS.as_secs()),
        None => (String::new(), 0),
    };
    let text = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    let value = HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""));
    (header::SET_COOKIE, value)
}

/// The session a secret opens, if it stands.
pub async fn find(app: &App, secret: Secret) -> Result<Option<Found>> {
    let now = store::millis(app.desk.now());
    let digest = secret.digest();
    let believed = i64::try_from(BELIEVED.as_millis()).unwrap_or(0);
    let (known, forgotten) = {
        let held = app.sessions.held();
        (held.known.get(&secret.session).cloned(), held.forgotten)
    };
    if let Some(known) = known.filter(|known| now < known.asked_at + believed) {
        let stands = sign_in::same(&known.digest, &digest) && now < known.expires_at;
        return Ok(stands.then_some(Found { session: secret.session, user: known.user }));
    }
    let mut tx = app.desk.db().read().await?;
    let found = store::session::get(&mut tx, secret.session).await?;
    drop(tx);
    let Some(row) = found.filter(|row| sign_in::same(&row.secret, &digest) && now < row.expires_at) else {
        return Ok(None);
    };
    let user = UserId(row.user_id);
    if now >= row.seen_at + i64::try_from(SEEN.as_millis()).unwrap_or(0) {
        // A desk that cannot write for a moment can still be read.
        if let Err(error) =
            app.desk.run(&secret.session, |tx, now, session| Box::pin(sign_in::seen(tx, now, session))).await
        {
            tracing::warn!("could not note that a session is used: {error}");
        }
    }
    let mut held = app.sessions.held();
    if held.forgotten == forgotten {
        if held.known.len() >= AT_MOST {
            held.known.clear();
        }
        held.known.insert(secret.session, Known { user, digest, expires_at: row.expires_at, asked_at: now });
    }
    drop(held);
    Ok(Some(Found { session: secret.session, user }))
}
