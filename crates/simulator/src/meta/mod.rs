//! Meta's Cloud API, as far as a customer-care desk uses it.

pub(crate) mod access;
mod account;
mod blocks;
pub(crate) mod codes;
pub(crate) mod content;
mod error;
mod interactive;
pub(crate) mod media;
mod number;
mod object;
pub(crate) mod recipient;
pub(crate) mod send;
pub(crate) mod template_authentication;
mod template_header;
mod template_limits;
pub(crate) mod template_rules;
pub(crate) mod template_send;
pub(crate) mod templates;
mod uploads;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

pub(crate) use error::MetaError;

use crate::network::Network;

/// Largest body of a call that carries JSON.
const JSON_LIMIT: usize = 1 << 20;
/// Largest upload, with room for the form around a file of Meta's 100 MB.
const UPLOAD_LIMIT: usize = 101 << 20;

pub(crate) fn router(network: Arc<Network>) -> Router {
    Router::new()
        .route("/attachments/", get(media::download))
        .route("/{version}/{id}/messages", post(send::messages))
        .route("/{version}/{id}/media", post(media::upload).layer(DefaultBodyLimit::max(UPLOAD_LIMIT)))
        .route("/{version}/{id}/register", post(number::register))
        .route("/{version}/{id}/deregister", post(number::deregister))
        .route("/{version}/{id}/block_users", get(blocks::list).post(blocks::add).delete(blocks::remove))
        .route("/{version}/{id}/phone_numbers", get(account::phone_numbers))
        .route(
            "/{version}/{id}/subscribed_apps",
            get(account::subscribed_apps).post(account::subscribe).delete(account::unsubscribe),
        )
        .route(
            "/{version}/{id}/message_templates",
            get(templates::list).post(templates::create).delete(templates::remove),
        )
        .route("/{version}/{id}/uploads", post(uploads::begin))
        .route(
            "/{version}/{id}",
            get(object::read)
                .post(object::edit)
                .delete(object::remove)
                // The bytes of a sample are posted to its session.
                .layer(DefaultBodyLimit::max(UPLOAD_LIMIT)),
        )
        .fallback(|| async { MetaError::unknown_path() })
        .layer(DefaultBodyLimit::max(JSON_LIMIT))
        .with_state(network)
}
