//! Tests of the HTTP API, by resource. Each runs on both engines.
mod accounts;
mod deliveries;
mod edge;
mod me;
mod profiles;
mod provider;
mod queues;
mod session;
mod settings;
mod teams;
mod users;

use pronto_testkit::TestApp;

/// What was written down of who changed what.
async fn audit(app: &TestApp) -> Vec<pronto_store::audit::Written> {
    pronto_store::audit::after(&mut app.bench.look().await, 0, 1000).await.expect("read")
}
