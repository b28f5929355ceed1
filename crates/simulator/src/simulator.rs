use std::sync::Arc;

use axum::Router;
use axum::response::Redirect;
use axum::routing::get;

use crate::network::{Network, delivery, tasks};
use crate::store::Store;
use crate::{Config, control, kaleyra, meta, page, sinch, twilio};

/// A running network. Clones are the same network.
#[derive(Clone)]
pub struct Simulator {
    network: Arc<Network>,
}

impl Simulator {
    pub(crate) async fn open(config: Config) -> anyhow::Result<Self> {
        let store = Store::open(&config.database).await?;
        let network = Arc::new(Network::new(store, config)?);
        network.plant().await?;
        tokio::spawn(tasks::run(Arc::clone(&network)));
        tokio::spawn(delivery::run(Arc::clone(&network)));
        Ok(Self { network })
    }

    /// Everything below `/simulator`, paths included: merge it, do not nest it.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/simulator", get(|| async { Redirect::permanent("/simulator/") }))
            .route("/simulator/healthz", get(|| async { "ok" }))
            .nest("/simulator/meta", meta::router(Arc::clone(&self.network)))
            .nest("/simulator/twilio", twilio::router(Arc::clone(&self.network)))
            .nest("/simulator/sinch", sinch::router(Arc::clone(&self.network)))
            .nest("/simulator/kaleyra", kaleyra::router(Arc::clone(&self.network)))
            .nest("/simulator/control", control::router(Arc::clone(&self.network)))
            .merge(page::router())
    }

    /// Stops the background work and closes the file. What was not delivered is delivered after the next start.
    pub async fn close(&self) {
        self.network.stop.cancel();
        self.network.store.close().await;
    }
}

impl std::fmt::Debug for Simulator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Simulator").finish_non_exhaustive()
    }
}
