use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use serde_json::Value;

use super::error::{ControlError, Result};
use crate::faults::Faults;
use crate::network::Network;

pub(crate) async fn show(State(network): State<Arc<Network>>) -> Json<Faults> {
    Json(network.faults())
}

pub(crate) async fn change(
    State(network): State<Arc<Network>>,
    patch: Result<Json<Value>, JsonRejection>,
) -> Result<Json<Faults>> {
    let Json(patch) = patch?;
    let changed = network.with_faults(|faults| {
        *faults = faults.patched(&patch)?;
        Ok(faults.clone())
    });
    changed.map(Json).map_err(ControlError::Invalid)
}

/// Everything healthy again.
pub(crate) async fn heal(State(network): State<Arc<Network>>) -> Json<Faults> {
    network.with_faults(|faults| *faults = Faults::default());
    Json(network.faults())
}
