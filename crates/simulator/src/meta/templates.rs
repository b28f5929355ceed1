//! `{business-account}/message_templates`.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use serde_json::{Value, json};

use super::access::OwnAccount;
use super::error::{MetaError, Result};
use super::{template_header, template_limits, template_rules};
use crate::clock;
use crate::network::{Act, Network};
use crate::store::apps::AppRow;
use crate::store::templates::{self, TemplateRow};
use crate::store::{Result as Stored, tasks, template_acts};

pub(crate) async fn list(
    State(network): State<Arc<Network>>,
    OwnAccount(app): OwnAccount,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Json<Value>> {
    let mut db = network.store.reader.acquire().await?;
    let mut found = templates::of_account(&mut db, &app.business_account_id).await?;
    let filter = |key: &str| query.get(key).map(String::as_str);
    found.retain(|template| {
        filter("name").is_none_or(|name| template.name == name)
            && filter("status").is_none_or(|status| template.status.eq_ignore_ascii_case(status))
            && filter("language").is_none_or(|language| template.language == language)
            && filter("category").is_none_or(|category| template.category.eq_ignore_ascii_case(category))
    });
    let limit = filter("limit").and_then(|limit| limit.parse().ok()).unwrap_or(25_usize).clamp(1, 1000);
    let start = match filter("after") {
        Some(after) => found.iter().position(|template| template.id == after).map_or(found.len(), |at| at + 1),
        None => 0,
    };
    let page: Vec<&TemplateRow> = found.iter().skip(start).take(limit).collect();
    let data: Vec<Value> = page.iter().map(|template| fields(template.view(), filter("fields"))).collect();
    let mut answer = json!({"data": data});
    if query.contains_key("summary") {
        answer["summary"] = json!({
            "total_count": found.len(),
            "message_template_count": template_limits::names(&found),
            "message_template_limit": template_limits::most(&app),
            "are_translations_complete": true,
        });
    }
    if let (Some(first), Some(last)) = (page.first(), page.last()) {
        answer["paging"] = json!({"cursors": {"before": first.id, "after": last.id}});
        if start + page.len() < found.len() {
            let next = format!(
                "{}/simulator/meta/v23.0/{}/message_templates?limit={limit}&after={}",
                network.public_base, app.business_account_id, last.id
            );
            answer["paging"]["next"] = json!(next);
        }
    }
    Ok(Json(answer))
}

/// Only the fields asked for, and always the id.
pub(crate) fn fields(view: Value, wanted: Option<&str>) -> Value {
    let (Some(wanted), Value::Object(all)) = (wanted, &view) else {
        return view;
    };
    let wanted: Vec<&str> = wanted.split(',').map(str::trim).collect();
    let kept = all.iter().filter(|(key, _)| *key == "id" || wanted.contains(&key.as_str()));
    Value::Object(kept.map(|(key, value)| (key.clone(), value.clone())).collect())
}

pub(crate) async fn create(
    State(network): State<Arc<Network>>,
    OwnAccount(app): OwnAccount,
    body: Bytes,
) -> Result<Json<Value>> {
    let request = parsed(&body)?;
    let text = |key: &str| {
        request[key].as_str().ok_or_else(|| MetaError::parameter(format!("The parameter {key} is required.")))
    };
    let (name, language, category) = (text("name")?, text("language")?, text("category")?.to_ascii_uppercase());
    let (parameter_format, components) = shape(&request)?;
    template_rules::check(name, language, &category, parameter_format == "NAMED", &components)?;
    let mut act = network.begin().await?;
    template_header::check_sample(act.db(), &app, &components, None).await?;
    template_limits::may_create(act.db(), &app, name, language).await?;
    let account = &app.business_account_id;
    let template = TemplateRow {
        parameter_format: parameter_format.to_owned(),
        recategorise: request["allow_category_change"].as_bool().unwrap_or_default(),
        ..TemplateRow::handed_in(account, name, language, category, &components)
    };
    template_acts::add(act.db(), &template, "created").await?;
    submit(&mut act, &template).await?;
    act.commit().await?;
    Ok(Json(json!({"id": template.id, "status": template.status, "category": template.category})))
}

/// Changes a template: the whole of its components, when its status lets it.
pub(crate) async fn edit(network: &Network, app: &AppRow, id: &str, body: &Bytes) -> Result<Json<Value>> {
    let request = parsed(body)?;
    let category = request["category"].as_str().map(str::to_ascii_uppercase);
    let mut act = network.begin().await?;
    let mut template = templates::find(act.db(), id).await?.ok_or_else(|| MetaError::no_object(id))?;
    template_limits::may_edit(act.db(), &template, category.as_deref()).await?;
    let mut components = template.submitted();
    let mut parameter_format = template.parameter_format.clone();
    if request.get("components").is_some() {
        let (format, given) = shape(&request)?;
        if request.get("parameter_format").is_some() {
            format.clone_into(&mut parameter_format);
        }
        template_header::check_sample(act.db(), app, &given, Some(&template)).await?;
        components = given;
    }
    let category = category.unwrap_or_else(|| template.category.clone());
    let named = parameter_format == "NAMED";
    template_rules::check(&template.name, &template.language, &category, named, &components)?;
    // Rejected and paused ones can be edited as often as one likes.
    if template.status == "APPROVED" {
        template_acts::add(act.db(), &template, "edited").await?;
    }
    template.category = category;
    template.parameter_format = parameter_format;
    template.components = json!(components).to_string();
    "PENDING".clone_into(&mut template.status);
    submit(&mut act, &template).await?;
    act.commit().await?;
    Ok(Json(json!({"success": true, "id": template.id, "category": template.category})))
}

/// Stores a template and asks for its review.
pub(crate) async fn submit(act: &mut Act<'_>, template: &TemplateRow) -> Stored<()> {
    templates::save(act.db(), template).await?;
    let due = clock::now() + i64::from(act.network.faults().template_review_ms);
    tasks::add(act.db(), due, "review", &template.id, None).await?;
    Ok(())
}

pub(crate) async fn remove(
    State(network): State<Arc<Network>>,
    OwnAccount(app): OwnAccount,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Json<Value>> {
    let name = query.get("name").ok_or_else(|| MetaError::parameter("The parameter name is required."))?;
    let mut act = network.begin().await?;
    let mut found = templates::named(act.db(), &app.business_account_id, name).await?;
    if let Some(id) = query.get("hsm_id") {
        found.retain(|template| template.id == *id);
    }
    found.retain(|template| template.status != "PENDING_DELETION");
    if found.is_empty() {
        return Err(MetaError::template(2_593_002, "Message template not found", "There is no template of that name."));
    }
    for template in found {
        discard(&mut act, template).await?;
    }
    act.commit().await?;
    Ok(Json(json!({"success": true})))
}

/// Takes a template away: at once when nobody can have sent it, else after a while in which it is on its way out.
pub(crate) async fn discard(act: &mut Act<'_>, mut template: TemplateRow) -> Result<()> {
    template_acts::add(act.db(), &template, "deleted").await?;
    if matches!(template.status.as_str(), "PENDING" | "REJECTED") {
        act.delete_template(template).await?;
        return Ok(());
    }
    "PENDING_DELETION".clone_into(&mut template.status);
    template.reason = None;
    templates::save(act.db(), &template).await?;
    act.report_template(&template).await?;
    let due = clock::now() + i64::from(act.network.faults().template_review_ms);
    tasks::add(act.db(), due, "delete", &template.id, None).await?;
    Ok(())
}

fn parsed(body: &Bytes) -> Result<Value> {
    serde_json::from_slice(body).map_err(|error| MetaError::parameter(format!("Invalid JSON: {error}")))
}

fn shape(request: &Value) -> Result<(&'static str, Vec<Value>)> {
    let format = match request["parameter_format"].as_str().map(str::to_ascii_uppercase).as_deref() {
        None | Some("POSITIONAL") => "POSITIONAL",
        Some("NAMED") => "NAMED",
        Some(_) => {
            return Err(MetaError::parameter("Param parameter_format must be one of {POSITIONAL, NAMED}."));
        }
    };
    let components = request["components"]
        .as_array()
        .cloned()
        .ok_or_else(|| MetaError::parameter("The parameter components is required."))?;
    Ok((format, components))
}
