//! Answers that say where in the event log they were read.

use axum::http::HeaderValue;
use axum::response::{IntoResponse, Response};
use pronto_db::Tx;
use pronto_desk::Config;
use pronto_store as store;
use pronto_store::meta::Position;
use serde::Serialize;

use crate::App;
use crate::error::Result;

/// The header that says it.
pub const POSITION: &str = "pronto-position";

/// A body, and the position it was read at: a client that follows the stream from there misses nothing.
pub struct At<T>(pub Position, pub T);

impl<T: Serialize> IntoResponse for At<T> {
    fn into_response(self) -> Response {
        let mut response = axum::Json(self.1).into_response();
        if let Ok(position) = HeaderValue::from_str(&self.0.to_string()) {
            response.headers_mut().insert(POSITION, position);
        }
        response
    }
}

/// One moment of the database: its position, and the configuration as it stands there.
pub struct Snapshot {
    pub tx: Tx,
    pub position: Position,
    pub config: Config,
}

impl Snapshot {
    /// Reads the configuration as of now, not as this node last heard of it.
    pub async fn take(app: &App) -> Result<Self> {
        let mut tx = app.desk.db().read().await?;
        let position = store::meta::position(&mut tx, app.desk.epoch()).await?;
        let config = Config::load(&mut tx, app.desk.sealer()).await?;
        Ok(Self { tx, position, config })
    }

    pub fn answer<T>(self, body: T) -> At<T> {
        At(self.position, body)
    }
}
