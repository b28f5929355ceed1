//! Kaleyra's two APIs: its own words in the first, Meta's in a wrapper in the second.

mod error;
pub(crate) mod first;
pub(crate) mod second;
mod send;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::network::{Network, media};
use crate::store::apps::AppRow;
use crate::wire::{Post, says_basic};
use error::KaleyraError;

/// Largest body of a call.
const LIMIT: usize = 1 << 20;

pub(crate) fn router(network: Arc<Network>) -> Router {
    Router::new()
        .route("/v1/{sid}/messages", post(send::first))
        .route("/v2/{sid}/whatsapp/{number}/messages", post(send::second))
        .route("/v2/{sid}/whatsapp/{waba}/message_templates", get(send::templates))
        .route("/media/{pass}/{id}/{name}", get(media::open))
        .fallback(|| async { KaleyraError::not_found() })
        .layer(DefaultBodyLimit::max(LIMIT))
        .with_state(network)
}

/// A body as Kaleyra posts it. It signs nothing: a name and password or a header of one's own is all it brings.
pub(crate) fn proven(app: &AppRow, url: &str, body: String) -> Post {
    let mut headers = Vec::new();
    if !app.app_secret.is_empty() {
        headers.push(match &app.connection.header {
            Some(name) => (name.clone(), app.app_secret.clone()),
            None => ("authorization".to_owned(), says_basic(&app.app_secret)),
        });
    }
    Post { url: url.to_owned(), content_type: "application/json", headers, body }
}
