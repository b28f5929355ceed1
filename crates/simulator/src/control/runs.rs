//! Scenarios, and their being played.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::{ControlError, Result};
use crate::network::Network;
use crate::script::player::{Refused, Wanted, begin};
use crate::script::run::Run;
use crate::script::scenarios;

/// The scenarios that come with the simulator.
pub(crate) async fn scenarios() -> Json<Value> {
    let all: Vec<Value> = scenarios::ALL
        .iter()
        .map(|(name, text)| {
            let read = scenarios::read(text);
            json!({"name": name, "title": read.title, "about": read.about, "people": read.people.len(), "script": text})
        })
        .collect();
    Json(json!({"scenarios": all}))
}

/// What is played, and how fast. Without the name of a scenario the body is one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ask {
    scenario: Option<String>,
    speed: Option<f64>,
}

pub(crate) async fn start(
    State(network): State<Arc<Network>>,
    Query(ask): Query<Ask>,
    body: String,
) -> Result<(StatusCode, Json<Value>)> {
    let speed = ask.speed.unwrap_or(1.0);
    if !(0.1..=1_000.0).contains(&speed) {
        return Err(ControlError::invalid("speed is between 0.1 and 1000"));
    }
    let text = match &ask.scenario {
        Some(name) => {
            scenarios::called(name).ok_or_else(|| ControlError::NotFound("scenario", name.clone()))?.to_owned()
        }
        None => body,
    };
    let begun = begin(&network, Wanted { name: ask.scenario, text, speed }).await;
    let run = begun.map_err(|refused| match refused {
        Refused::Wrong(wrong) => ControlError::Script(wrong),
        Refused::Store(error) => ControlError::Store(error),
        Refused::TooMany => ControlError::Conflict(refused.to_string()),
    })?;
    Ok((StatusCode::CREATED, Json(with_text(&run))))
}

/// Those being played and the latest that were, newest first.
pub(crate) async fn list(State(network): State<Arc<Network>>) -> Json<Value> {
    let runs: Vec<Value> = network.with_runs(|runs| runs.iter().rev().map(|run| run.view()).collect());
    Json(json!({"runs": runs}))
}

pub(crate) async fn show(State(network): State<Arc<Network>>, Path(id): Path<u64>) -> Result<Json<Value>> {
    let run = find(&network, id)?;
    Ok(Json(with_text(&run)))
}

/// Stops it; what has been done stays done.
pub(crate) async fn stop(State(network): State<Arc<Network>>, Path(id): Path<u64>) -> Result<StatusCode> {
    find(&network, id)?.stop.cancel();
    Ok(StatusCode::NO_CONTENT)
}

fn find(network: &Network, id: u64) -> Result<Arc<Run>> {
    let found = network.with_runs(|runs| runs.iter().find(|run| run.id == id).map(Arc::clone));
    found.ok_or_else(|| ControlError::NotFound("run", id.to_string()))
}

fn with_text(run: &Run) -> Value {
    let mut view = run.view();
    view["script"] = json!(run.text);
    view
}
