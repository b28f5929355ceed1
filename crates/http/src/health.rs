//! For whoever watches the server: is it up, is it ready, how is it doing.

use std::sync::OnceLock;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use pronto_db::migrated;
use pronto_store as store;

use crate::App;
use crate::extract::Json;

/// The feed may lag this much, in events, before the server is not ready.
const LAG_AT_MOST: i64 = 5_000;

/// The process answers.
pub async fn healthz() -> &'static str {
    "ok"
}

/// The server can do its work: database, schema, media store, feed.
pub async fn readyz(State(app): State<App>) -> Response {
    let checks = [("database", database(&app).await), ("media", media(&app).await), ("feed", feed(&app).await)];
    let ready = checks.iter().all(|(_, check)| check.is_ok());
    let told: serde_json::Map<String, serde_json::Value> = checks
        .into_iter()
        .map(|(name, check)| (name.to_owned(), check.map_or_else(Into::into, |()| "ok".into())))
        .collect();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(told)).into_response()
}

async fn database(app: &App) -> Result<(), String> {
    match migrated(app.desk.db(), store::MIGRATIONS).await {
        Ok(true) => Ok(()),
        Ok(false) => Err("the schema is of another version".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

async fn media(app: &App) -> Result<(), String> {
    use futures_util::StreamExt as _;
    // One entry is enough to know that the store answers.
    match app.desk.media().list(None).next().await {
        None | Some(Ok(_)) => Ok(()),
        Some(Err(error)) => Err(error.to_string()),
    }
}

async fn feed(app: &App) -> Result<(), String> {
    match lag(app).await {
        Some(lag) if lag < LAG_AT_MOST => Ok(()),
        Some(_) => Err("the live stream is far behind".to_owned()),
        None => Err("the live stream has not started".to_owned()),
    }
}

/// Events that have not been handed out yet.
async fn lag(app: &App) -> Option<i64> {
    let position = app.live.position()?;
    let mut tx = app.desk.db().read().await.ok()?;
    store::event::count_after(&mut tx, &position, LAG_AT_MOST).await.ok()
}

/// Figures in Prometheus' text format: what the parts counted, and how things stand now.
pub async fn metrics(State(app): State<App>) -> Response {
    let recorder = recorder();
    let (sockets, users) = app.live.count();
    let backlog = match app.desk.db().read().await {
        Ok(mut tx) => store::delivery::backlog(&mut tx).await.ok(),
        Err(_) => None,
    };
    set("pronto_stream_sockets", i64::try_from(sockets).ok());
    set("pronto_stream_users", i64::try_from(users).ok());
    set("pronto_feed_lag_events", lag(&app).await);
    set("pronto_ledger_pending", backlog);
    let text = recorder.map(PrometheusHandle::render).unwrap_or_default();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response()
}

/// A figure that cannot be had now is not a number.
fn set(name: &'static str, value: Option<i64>) {
    #[expect(clippy::cast_precision_loss, reason = "a gauge")]
    metrics::gauge!(name).set(value.map_or(f64::NAN, |value| value as f64));
}

/// The process's recorder, installed when the router is made; `None` where another one is.
pub(crate) fn recorder() -> Option<&'static PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    RECORDER.get_or_init(|| PrometheusBuilder::new().install_recorder().ok()).as_ref()
}
