use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::{ControlError, Result};
use crate::network::Network;
use crate::store::{apps, templates};

/// What a template can be made to be.
const STATUSES: [&str; 5] = ["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"];

/// Every template there is, as Meta shows it.
pub(crate) async fn list(State(network): State<Arc<Network>>) -> Result<Json<Value>> {
    let mut db = network.store.reader.acquire().await?;
    let mut all: Vec<Value> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for app in apps::all(&mut db).await? {
        let owner = app.templates_of().to_owned();
        if seen.contains(&owner) {
            continue;
        }
        let found = templates::of_account(&mut db, &owner).await?;
        all.extend(found.iter().map(templates::TemplateRow::view));
        seen.push(owner);
    }
    Ok(Json(json!({"templates": all})))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    status: String,
    reason: Option<String>,
}

/// Has Meta change its mind about a template, and tell of it.
pub(crate) async fn change(
    State(network): State<Arc<Network>>,
    Path(id): Path<String>,
    body: Result<Json<Change>, JsonRejection>,
) -> Result<Json<Value>> {
    let Json(Change { status, reason }) = body?;
    let status = status.to_ascii_uppercase();
    if !STATUSES.contains(&status.as_str()) {
        return Err(ControlError::invalid(format!("status must be one of {}", STATUSES.join(", "))));
    }
    let mut act = network.begin().await?;
    let mut template = templates::find(act.db(), &id).await?.ok_or(ControlError::NotFound("template", id))?;
    template.status = status;
    template.reason = reason;
    templates::save(act.db(), &template).await?;
    act.report_template(&template).await?;
    act.commit().await?;
    Ok(Json(template.view()))
}
