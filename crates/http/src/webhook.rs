//! Where providers deliver. The order is: does the account exist, is the body small enough, is it signed; then it is made
//! durable, and only then acknowledged. What it means is found out afterwards.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use pronto_desk::work::ledger::Ledger;
use pronto_provider::meta;
use pronto_store as store;

use crate::App;
use crate::error::Error;

/// The largest delivery: what Meta sends at most.
const BODY_AT_MOST: usize = 3 * 1024 * 1024;
/// Headers worth keeping for whoever looks into a delivery; never secrets.
const KEPT: &[&str] = &["content-type", "user-agent", "x-hub-signature-256", "x-forwarded-for"];

/// The providers' routes. They know no session and no cookie.
pub fn routes(app: App, ledger: Ledger) -> Router {
    Router::new().route("/webhooks/meta/{account}", get(handshake).post(deliver)).with_state(Webhooks { app, ledger })
}

#[derive(Clone)]
struct Webhooks {
    app: App,
    ledger: Ledger,
}

/// Meta asks whether the address is ours, and wants its challenge back.
async fn handshake(
    State(webhooks): State<Webhooks>,
    Path(account): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Error> {
    let config = webhooks.app.desk.config();
    let account = config.account_by_key(&account).ok_or_else(unknown_account)?;
    let token = account.verify_token.as_ref().ok_or_else(|| refused("this account has no verify token"))?;
    match meta::handshake(query.as_deref().unwrap_or_default(), token.expose()) {
        Ok(challenge) => Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], challenge).into_response()),
        Err(why) => Err(refused(why.to_string())),
    }
}

async fn deliver(
    State(webhooks): State<Webhooks>,
    Path(account): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Error> {
    let config = webhooks.app.desk.config();
    let account = config.account_by_key(&account).ok_or_else(unknown_account)?;
    let declared = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if declared.is_some_and(|length| length > BODY_AT_MOST) {
        return Err(too_large());
    }
    let body = to_bytes(body, BODY_AT_MOST).await.map_err(|_| too_large())?;
    let secret = account.app_secret.as_ref().ok_or_else(|| forged("this account has no app secret".to_owned()))?;
    let signature = headers.get("x-hub-signature-256").and_then(|value| value.to_str().ok());
    meta::signature::verify(secret.expose(), &body, signature).map_err(|why| forged(why.to_string()))?;
    let delivery = store::delivery::New {
        account_id: account.row.id,
        received_at: store::millis(webhooks.app.desk.now()),
        headers: kept(&headers),
        body: body.into(),
    };
    match webhooks.ledger.write(delivery).await {
        Ok(()) => Ok(StatusCode::OK),
        Err(error) => Err(Error::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", error.to_string())),
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
