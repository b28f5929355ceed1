use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::error::{ControlError, Result};
use crate::clock;
use crate::network::{Network, review};
use crate::store::{apps, template_acts, templates, uploads};

/// What a template can be made to be.
const STATUSES: [&str; 5] = ["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"];
const QUALITIES: [&str; 4] = ["GREEN", "YELLOW", "RED", "UNKNOWN"];
/// Between these two a template can be moved.
const CATEGORIES: [&str; 2] = ["UTILITY", "MARKETING"];

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

/// What Meta changes its mind about; what is absent stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    status: Option<String>,
    reason: Option<String>,
    /// Of a pause.
    other_info: Option<OtherInfo>,
    /// Of the status DISABLED.
    disable_info: Option<DisableInfo>,
    quality: Option<String>,
    category: Option<String>,
    /// The category will change, but has not yet.
    #[serde(default)]
    impending: bool,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct OtherInfo {
    title: String,
    description: String,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct DisableInfo {
    disable_date: String,
}

/// Has Meta change its mind about a template, and tell of it.
pub(crate) async fn change(
    State(network): State<Arc<Network>>,
    Path(id): Path<String>,
    body: Result<Json<Change>, JsonRejection>,
) -> Result<Json<Value>> {
    let Json(change) = body?;
    if change.status.is_none() && change.quality.is_none() && change.category.is_none() {
        return Err(ControlError::invalid("one of status, quality and category is needed"));
    }
    let status = one_of("status", change.status.as_deref(), &STATUSES)?;
    let quality = one_of("quality", change.quality.as_deref(), &QUALITIES)?;
    let category = one_of("category", change.category.as_deref(), &CATEGORIES)?;
    let reason = match status.as_deref() {
        Some("REJECTED") => {
            let given = change.reason.as_deref().unwrap_or("INVALID_FORMAT");
            one_of("reason", Some(given), &review::reasons())?
        }
        _ => change.reason,
    };
    let mut act = network.begin().await?;
    let mut template = templates::find(act.db(), &id).await?.ok_or(ControlError::NotFound("template", id))?;
    if let Some(quality) = quality {
        act.rate_template(&mut template, &quality).await?;
    }
    if let Some(category) = category {
        if !CATEGORIES.contains(&template.category.as_str()) || category == template.category {
            return Err(ControlError::invalid("a template is moved from UTILITY to MARKETING, or back"));
        }
        if change.impending {
            act.announce_category(&mut template, &category).await?;
        } else {
            act.put_into_category(&mut template, &category).await?;
        }
    }
    if let Some(status) = status {
        let mut more = Map::new();
        match status.as_str() {
            "PAUSED" => {
                let told = change.other_info.unwrap_or_else(|| OtherInfo {
                    title: "FIRST_PAUSE".to_owned(),
                    description: "Customers did not like this template. It is paused for 3 hours.".to_owned(),
                });
                more.insert("other_info".to_owned(), json!(told));
            }
            "DISABLED" => {
                let today = || DisableInfo { disable_date: clock::meta_seconds(clock::now()) };
                more.insert("disable_info".to_owned(), json!(change.disable_info.unwrap_or_else(today)));
            }
            _ => {}
        }
        template.reason = reason;
        template.status = status;
        templates::save(act.db(), &template).await?;
        act.report_template_with(&template, more).await?;
    }
    act.commit().await?;
    Ok(Json(template.view()))
}

fn one_of(key: &str, given: Option<&str>, known: &[&str]) -> Result<Option<String>> {
    match given.map(str::to_ascii_uppercase) {
        Some(word) if !known.contains(&word.as_str()) => {
            Err(ControlError::invalid(format!("{key} must be one of {}", known.join(", "))))
        }
        word => Ok(word),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Later {
    hours: u16,
}

/// Lets time pass for what looks back on it: the limits of templates, the rest of a deleted name, uploads.
pub(crate) async fn later(
    State(network): State<Arc<Network>>,
    body: Result<Json<Later>, JsonRejection>,
) -> Result<StatusCode> {
    let Json(Later { hours }) = body?;
    let by = i64::from(hours) * clock::HOUR;
    let mut act = network.begin().await?;
    template_acts::age(act.db(), by).await?;
    uploads::age(act.db(), by).await?;
    act.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
