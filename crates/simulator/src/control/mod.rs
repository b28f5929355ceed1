//! The hand on the network: for tests, trainers and the phones' page.

mod apps;
mod error;
mod faults;
mod files;
mod ledger;
mod load;
mod messages;
mod phones;
mod raw;
mod runs;
mod templates;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, patch, post, put};

use crate::live;
use crate::network::Network;

/// Largest body: a file from a phone, in base64.
const LIMIT: usize = 36 << 20;

pub(crate) fn router(network: Arc<Network>) -> Router {
    Router::new()
        .route("/faults", get(faults::show).patch(faults::change).delete(faults::heal))
        .route("/apps", get(apps::list))
        .route("/apps/{app}", put(apps::save))
        .route("/apps/{app}/handshake", post(apps::handshake))
        .route("/templates", get(templates::list))
        .route("/templates/later", post(templates::later))
        .route("/templates/{id}", patch(templates::change))
        .route("/numbers", get(apps::numbers))
        .route("/phones", get(phones::list).post(phones::add))
        .route("/phones/{phone}", patch(phones::change).get(phones::show).delete(phones::remove))
        .route("/phones/{phone}/messages", get(messages::list).post(messages::write))
        .route("/phones/{phone}/reactions", post(messages::react))
        .route("/phones/{phone}/reads", post(messages::read))
        .route("/phones/{phone}/plays", post(messages::play))
        .route("/phones/{phone}/typing", post(messages::typing))
        .route("/phones/{phone}/edits", post(messages::edit))
        .route("/phones/{phone}/deletions", post(messages::delete))
        .route("/phones/{phone}/media", post(files::upload))
        .route("/media/{id}", get(files::download))
        .route("/load", post(load::start))
        .route("/load/{id}", get(load::show))
        .route("/scenarios", get(runs::scenarios))
        .route("/runs", get(runs::list).post(runs::start))
        .route("/runs/{run}", get(runs::show).delete(runs::stop))
        .route("/ledger", get(ledger::show))
        .route("/raw", post(raw::send))
        .route("/reset", post(phones::reset))
        .route("/live", get(live::stream))
        .layer(DefaultBodyLimit::max(LIMIT))
        .with_state(network)
}
