//! `{business-account}/message_templates`.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use serde_json::{Value, json};

use super::access::OwnAccount;
use super::error::{MetaError, Result};
use super::template_rules;
use crate::network::{Act, Network};
use crate::store::templates::{self, TemplateRow};
use crate::store::{Connection, tasks};
use crate::{clock, ids};

const PER_ACCOUNT: usize = 6000;

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
            "message_template_count": found.len(),
            "message_template_limit": PER_ACCOUNT,
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
    let known = templates::of_account(act.db(), &app.business_account_id).await?;
    if known.len() >= PER_ACCOUNT {
        return Err(MetaError::template(
            2_388_019,
            "Message template limit exceeded",
            "The account has as many templates as it may have.",
        ));
    }
    if known.iter().any(|template| template.name == name && template.language == language) {
        return Err(MetaError::template(
            2_388_024,
            "Content in this language already exists",
            format!("There is already {language} content for this template."),
        ));
    }
    let template = TemplateRow {
        id: ids::object_id(),
        business_account_id: app.business_account_id,
        name: name.to_owned(),
        language: language.to_owned(),
        category,
        status: "PENDING".to_owned(),
        parameter_format: parameter_format.to_owned(),
        components: json!(components).to_string(),
        reason: None,
        created_at: clock::now(),
    };
    submit(&mut act, &template).await?;
    act.commit().await?;
    Ok(Json(json!({"id": template.id, "status": template.status, "category": template.category})))
}

/// Changes a template: the whole of its components, when its status lets it.
pub(crate) async fn edit(network: &Network, mut template: TemplateRow, body: &Bytes) -> Result<Json<Value>> {
    let request = parsed(body)?;
    if !matches!(template.status.as_str(), "APPROVED" | "REJECTED" | "PAUSED") {
        return Err(MetaError::template(
            2_388_003,
            "This template cannot be edited",
            "Only approved, rejected and paused templates can be edited.",
        ));
    }
    if let Some(category) = request["category"].as_str() {
        template.category = category.to_ascii_uppercase();
    }
    if request.get("components").is_some() {
        let (parameter_format, components) = shape(&request)?;
        if request.get("parameter_format").is_some() {
            parameter_format.clone_into(&mut template.parameter_format);
        }
        template.components = json!(components).to_string();
    }
    let named = template.parameter_format == "NAMED";
    template_rules::check(&template.name, &template.language, &template.category, named, &template.components())?;
    "PENDING".clone_into(&mut template.status);
    let mut act = network.begin().await?;
    submit(&mut act, &template).await?;
    act.commit().await?;
    Ok(Json(json!({"success": true, "id": template.id, "category": template.category})))
}

/// Stores a template and asks for its review.
async fn submit(act: &mut Act<'_>, template: &TemplateRow) -> Result<()> {
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
    if found.is_empty() {
        return Err(MetaError::template(2_593_002, "Message template not found", "There is no template of that name."));
    }
    for template in found {
        discard(act.db(), &template).await?;
    }
    act.commit().await?;
    Ok(Json(json!({"success": true})))
}

pub(crate) async fn discard(db: &mut Connection, template: &TemplateRow) -> Result<()> {
    templates::remove(db, &template.id).await?;
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
