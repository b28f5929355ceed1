//! Where providers deliver. The order is: does the account exist, is the body small enough, is it signed; then it is made
//! durable, and only then acknowledged. What it means is found out afterwards.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{OriginalUri, Path, RawQuery, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use pronto_desk::config::{Account, Secret};
use pronto_desk::heard::Heard;
use pronto_desk::work::ledger::Ledger;
use pronto_domain::provider::Provider;
use pronto_provider::{kaleyra, meta, sinch, twilio};
use pronto_store as store;

use crate::error::Error;
use crate::{App, handed};

/// The largest delivery: what Meta sends at most.
const BODY_AT_MOST: usize = 3 * 1024 * 1024;
/// Headers worth keeping for whoever looks into a delivery; never secrets.
const KEPT: &[&str] = &[
    "content-type",
    "user-agent",
    "x-forwarded-for",
    meta::signature::HEADER,
    twilio::signature::HEADER,
    "i-twilio-idempotency-token",
    sinch::signature::HEADER,
    sinch::signature::NONCE,
    sinch::signature::TIMESTAMP,
];

/// The providers' routes. They know no session and no cookie.
pub fn routes(app: App, ledger: Ledger) -> Router {
    let webhooks = Webhooks { app, ledger, seen: Arc::default(), heard: Arc::default() };
    let handed = handed::routes(webhooks.app.clone());
    Router::new()
        .route("/webhooks/meta/{account}", get(handshake).post(deliver_meta))
        .route("/webhooks/{provider}/{account}", get(deliver).post(deliver))
        .route(
            "/webhooks/kaleyra/{account}/{secret}",
            get(deliver_secretly).post(deliver_secretly).put(deliver_secretly),
        )
        .with_state(webhooks)
        .merge(handed)
}

#[derive(Clone)]
struct Webhooks {
    app: App,
    ledger: Ledger,
    seen: Arc<Seen>,
    heard: Arc<Heard>,
}

/// Meta asks whether the address is ours, and wants its challenge back.
async fn handshake(
    State(webhooks): State<Webhooks>,
    Path(account): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let config = webhooks.app.desk.config();
    let account = config.account_by_key(&account).filter(|account| account.endpoint.meta().is_some());
    let account = account.ok_or_else(unknown_account)?;
    let token = account.verify_token.as_ref().ok_or_else(|| refused("this account has no verify token"))?;
    match meta::handshake(query.as_deref().unwrap_or_default(), token.expose()) {
        Ok(challenge) => Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], challenge).into_response()),
        Err(why) => Err(refused(why.to_string())),
    }
}

/// One delivery on its way in.
struct Arriving<'a> {
    account: &'a Account,
    provider: Provider,
    /// The last part of Kaleyra's address.
    secret: Option<&'a str>,
    method: &'a Method,
    uri: &'a Uri,
    headers: &'a HeaderMap,
    body: Bytes,
}

async fn deliver_meta(
    State(webhooks): State<Webhooks>,
    Path(account): Path<String>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Error> {
    take(&webhooks, Provider::Meta.as_str(), &account, None, method, &uri, &headers, body).await
}

async fn deliver(
    State(webhooks): State<Webhooks>,
    Path((provider, account)): Path<(String, String)>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Error> {
    take(&webhooks, &provider, &account, None, method, &uri, &headers, body).await
}

/// Kaleyra signs nothing: a secret in the address is the least it proves itself by.
async fn deliver_secretly(
    State(webhooks): State<Webhooks>,
    Path((account, secret)): Path<(String, String)>,
    method: Method,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Error> {
    take(&webhooks, Provider::Kaleyra.as_str(), &account, Some(&secret), method, &uri, &headers, body).await
}

#[expect(clippy::too_many_arguments, reason = "what a request is made of")]
async fn take(
    webhooks: &Webhooks,
    provider: &str,
    account: &str,
    secret: Option<&str>,
    method: Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: Body,
) -> Result<StatusCode, Error> {
    let config = webhooks.app.desk.config();
    let account = config.account_by_key(account).filter(|account| account.row.provider == provider);
    let account = account.ok_or_else(unknown_account)?;
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|length| length > BODY_AT_MOST) {
        return Err(too_large());
    }
    let body = to_bytes(body, BODY_AT_MOST).await.map_err(|_| too_large())?;
    let provider = account.endpoint.provider();
    let arriving = Arriving { account, provider, secret, method: &method, uri, headers, body };
    let once = match arriving.check(&webhooks.app) {
        Ok(once) => once,
        Err(error) => {
            webhooks.heard.refused(&webhooks.app.desk, account.row.id, error.detail());
            return Err(error);
        }
    };
    webhooks.heard.accepted(&webhooks.app.desk, account.row.id);
    if let Some(once) = &once
        && webhooks.seen.has(once)
    {
        // Its first coming is durable: a replay changes nothing, and a provider that repeats itself is content.
        return Ok(StatusCode::OK);
    }
    let delivery = store::delivery::New {
        account_id: account.row.id,
        received_at: store::millis(webhooks.app.desk.now()),
        headers: kept(headers),
        body: arriving.said(),
    };
    match webhooks.ledger.write(delivery).await {
        Ok(()) => {
            if let Some(once) = once {
                webhooks.seen.note(once, webhooks.app.desk.now().as_second());
            }
            // Empty: what stands in an answer to Twilio is sent to the customer.
            Ok(StatusCode::OK)
        }
        Err(error) => Err(Error::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", error.to_string())),
    }
}

impl Arriving<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Whether it is the provider's; answers what may come only once.
    fn check(&self, app: &App) -> Result<Option<Once>, Error> {
        let account = self.account;
        match self.provider {
            Provider::Meta => {
                let secret = account.app_secret.as_ref();
                let secret = secret.ok_or_else(|| forged("this account has no app secret".to_owned()))?;
                let signature = self.header(meta::signature::HEADER);
                meta::signature::verify(secret.expose(), &self.body, signature)
                    .map_err(|why| forged(why.to_string()))?;
                Ok(None)
            }
            Provider::Twilio => self.check_twilio(app).map(|()| None),
            Provider::Sinch => {
                let secret = account.app_secret.as_ref();
                let secret = secret.ok_or_else(|| forged("this account has no webhook secret".to_owned()))?;
                let signed = sinch::signature::Signed {
                    signature: self.header(sinch::signature::HEADER),
                    nonce: self.header(sinch::signature::NONCE),
                    timestamp: self.header(sinch::signature::TIMESTAMP),
                    algorithm: self.header(sinch::signature::ALGORITHM),
                };
                sinch::signature::verify(secret.expose(), &self.body, &signed, app.desk.now())
                    .map_err(|why| forged(why.to_string()))?;
                let nonce = signed.nonce.unwrap_or_default();
                Ok(Some(Once {
                    account: account.row.id,
                    nonce: format!("{nonce} {}", signed.timestamp.unwrap_or_default()),
                }))
            }
            Provider::Kaleyra => {
                let keys = kaleyra::secret::Keys {
                    path: account.verify_token.as_ref().map(Secret::expose),
                    proof: account.app_secret.as_ref().map(Secret::expose),
                    header: account.row.connection.0.header.as_deref(),
                };
                kaleyra::secret::verify(keys, self.secret.unwrap_or_default(), |name| self.header(name))
                    .map_err(|why| forged(why.to_string()))?;
                Ok(None)
            }
        }
    }

    fn check_twilio(&self, app: &App) -> Result<(), Error> {
        let account = self.account;
        // The address as Twilio was given it: what a proxy made of it says nothing.
        let base = account.row.connection.0.public_url.as_deref().or(app.public_url());
        let base = base.ok_or_else(|| forged("this account has no public address".to_owned()))?;
        let path = self.uri.path_and_query().map_or(self.uri.path(), |path| path.as_str());
        let url = format!("{}{path}", base.trim_end_matches('/'));
        let shared_key_id = account.row.connection.0.shared_key_id.as_deref();
        let keys = twilio::signature::Keys {
            tokens: [account.signing_secret(), account.second_token.as_ref()].map(|token| token.map(Secret::expose)),
            shared: shared_key_id.map(|id| (id, account.verify_token.as_ref().map_or("", Secret::expose))),
        };
        let signed = twilio::signature::Signed {
            url: &url,
            is_get: *self.method == Method::GET,
            content_type: self.header("content-type"),
            body: &self.body,
            signature: self.header(twilio::signature::HEADER),
            settings: self.header(twilio::signature::SETTINGS),
        };
        twilio::signature::verify(keys, &signed).map_err(|why| forged(why.to_string()))
    }

    /// What it says: its body, and where that is a form or nothing, the query beside it.
    fn said(self) -> Vec<u8> {
        let query = self.uri.query().unwrap_or_default();
        let with_query = matches!(self.provider, Provider::Twilio | Provider::Kaleyra) && !query.is_empty();
        if !with_query || self.body.trim_ascii_start().starts_with(b"{") {
            return self.body.into();
        }
        if self.body.is_empty() {
            return query.as_bytes().to_vec();
        }
        // Of a repeated name the first counts: what Twilio says comes before what our own address says.
        [&self.body[..], b"&", query.as_bytes()].concat()
    }
}

/// What a signature says only once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Once {
    account: i64,
    nonce: String,
}

/// What came already, for as long as it could be taken for fresh; the oldest first.
#[derive(Default)]
struct Seen(Mutex<Nonces>);

#[derive(Default)]
struct Nonces {
    seen: BTreeSet<Once>,
    order: VecDeque<(i64, Once)>,
}

impl Seen {
    fn has(&self, once: &Once) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).seen.contains(once)
    }

    fn note(&self, once: Once, now: i64) {
        let Nonces { seen, order } = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let oldest = now - 2 * sinch::signature::FRESH_FOR;
        while order.front().is_some_and(|(at, _)| *at < oldest) {
            if let Some((_, old)) = order.pop_front() {
                seen.remove(&old);
            }
        }
        if seen.insert(once.clone()) {
            order.push_back((now, once));
        }
    }
}

fn kept(headers: &HeaderMap) -> BTreeMap<String, String> {
    let one = |name: &&str| Some(((*name).to_owned(), headers.get(*name)?.to_str().ok()?.replace('\0', "")));
    KEPT.iter().filter_map(one).collect()
}

fn unknown_account() -> Error {
    Error::new(StatusCode::NOT_FOUND, "not_found", "there is no account with this key")
}

fn too_large() -> Error {
    Error::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "a delivery has at most 3 MiB")
}

fn forged(why: String) -> Error {
    Error::new(StatusCode::UNAUTHORIZED, "bad_signature", why)
}

fn refused(why: impl Into<String>) -> Error {
    Error::new(StatusCode::FORBIDDEN, "handshake_refused", why)
}
