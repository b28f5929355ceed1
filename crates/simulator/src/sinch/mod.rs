//! Sinch's Conversation API with WhatsApp numbers: one number an app.

mod access;
mod error;
mod send;
pub(crate) mod told;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::network::signing::mac;
use crate::network::{Network, media};
use crate::store::apps::AppRow;
use crate::wire::Post;
use crate::{clock, ids};
use error::SinchError;

/// Largest body of a call.
const LIMIT: usize = 1 << 20;

pub(crate) fn router(network: Arc<Network>) -> Router {
    Router::new()
        .route("/oauth2/token", post(access::token))
        .route("/v1/projects/{project}/messages:send", post(send::messages))
        .route("/v1/projects/{project}/events:send", post(send::events))
        .route("/v1/projects/{project}/webhooks", post(access::subscribe))
        .route("/v1/projects/{project}/apps/{app}", get(access::app))
        .route("/v1/projects/{project}/contacts/{contact}", get(access::contact))
        .route("/media/{pass}/{id}/{name}", get(media::open))
        .fallback(|| async { SinchError::not_found("the address") })
        .layer(DefaultBodyLimit::max(LIMIT))
        .with_state(network)
}

/// A body as Sinch posts it: signed with a nonce and the time, both new each time it is tried.
pub(crate) fn signed(app: &AppRow, url: &str, body: String) -> Post {
    let (nonce, timestamp) = (ids::ulid(), (clock::now() / 1000).to_string());
    let signature = STANDARD.encode(mac(app.app_secret.as_bytes(), format!("{body}.{nonce}.{timestamp}").as_bytes()));
    let header = |name: &str, value: String| (format!("x-sinch-webhook-signature{name}"), value);
    let headers = vec![
        header("", signature),
        header("-nonce", nonce),
        header("-timestamp", timestamp),
        header("-algorithm", "HmacSHA256".to_owned()),
    ];
    Post { url: url.to_owned(), content_type: "application/json", headers, body }
}
