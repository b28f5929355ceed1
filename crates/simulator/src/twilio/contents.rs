//! `/v1/Content`: what templates are written as at Twilio, and what WhatsApp thinks of them.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::access::Caller;
use super::error::{Result, TwilioError};
use super::form::Form;
use crate::meta::{template_rules, template_send, templates as meta};
use crate::network::offer::Offer;
use crate::network::{Act, Network};
use crate::store::apps::AppRow;
use crate::store::contents::{self, ContentRow};
use crate::store::templates::{self, TemplateRow};
use crate::store::{Connection, Result as Stored};
use crate::{clock, ids};

/// Contents of a page at most, and where nothing is said.
const MOST: i64 = 500;
const USUAL: i64 = 50;

#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    #[serde(rename = "PageSize")]
    size: Option<i64>,
    #[serde(rename = "Page", default)]
    page: i64,
}

pub(crate) async fn list(
    State(network): State<Arc<Network>>,
    Caller(app): Caller,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Value>> {
    page(&network, &app, &wanted, "Content").await
}

/// `GET /v1/ContentAndApprovals`.
pub(crate) async fn list_approvals(
    State(network): State<Arc<Network>>,
    Caller(app): Caller,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Value>> {
    page(&network, &app, &wanted, "ContentAndApprovals").await
}

async fn page(network: &Network, app: &AppRow, wanted: &Wanted, path: &str) -> Result<Json<Value>> {
    let size = wanted.size.unwrap_or(USUAL).clamp(1, MOST);
    let page = wanted.page.clamp(0, 1_000_000);
    let mut db = network.store.reader.acquire().await?;
    let found = contents::of_account(&mut db, &app.business_account_id, size + 1, page * size).await?;
    let shown = usize::try_from(size).unwrap_or(0);
    let mut listed = Vec::with_capacity(shown);
    for content in found.iter().take(shown) {
        let mut one = view(network, content);
        if path == "ContentAndApprovals" {
            let template = template(&mut db, content).await?;
            one["approval_requests"] = approval(content, template.as_ref());
            one.as_object_mut().map(|one| one.remove("links"));
        }
        listed.push(one);
    }
    let at = |page: i64| address(network, &format!("{path}?PageSize={size}&Page={page}&PageToken=PT{page}"));
    let meta = json!({
        "page": page,
        "page_size": size,
        "first_page_url": at(0),
        "previous_page_url": (page > 0).then(|| at(page - 1)),
        "url": at(page),
        "next_page_url": (found.len() > shown).then(|| at(page + 1)),
        "key": "contents",
    });
    Ok(Json(json!({"contents": listed, "meta": meta})))
}

pub(crate) async fn show(
    State(network): State<Arc<Network>>,
    Caller(app): Caller,
    Path(sid): Path<String>,
) -> Result<Json<Value>> {
    let mut db = network.store.reader.acquire().await?;
    Ok(Json(view(&network, &find(&mut db, &app, &sid).await?)))
}

pub(crate) async fn create(
    State(network): State<Arc<Network>>,
    Caller(app): Caller,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>)> {
    let request: Value = serde_json::from_slice(&body).map_err(|_| refused("Invalid JSON"))?;
    let language = request["language"].as_str().unwrap_or_default();
    if !(2..=7).contains(&language.len()) {
        return Err(refused("language is required"));
    }
    let content = ContentRow::new(&app.business_account_id, ids::content(), &request, clock::now());
    let types = content.types();
    let known = |name: &String| name.starts_with("twilio/") || name.starts_with("whatsapp/");
    if types.as_object().is_none_or(|types| types.is_empty() || !types.keys().all(known)) {
        return Err(refused("types must have at least one content type"));
    }
    let mut act = network.begin().await?;
    contents::add(act.db(), &content).await?;
    act.commit().await?;
    Ok((StatusCode::CREATED, Json(view(&network, &content))))
}

pub(crate) async fn remove(
    State(network): State<Arc<Network>>,
    Caller(app): Caller,
    Path(sid): Path<String>,
) -> Result<StatusCode> {
    let mut act = network.begin().await?;
    let content = find(act.db(), &app, &sid).await?;
    if let Some(template) = &content.template_id {
        templates::remove(act.db(), template).await?;
    }
    contents::remove(act.db(), &content.sid).await?;
    act.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET …/ApprovalRequests`.
pub(crate) async fn approvals(
    State(network): State<Arc<Network>>,
    Caller(app): Caller,
    Path(sid): Path<String>,
) -> Result<Json<Value>> {
    let mut db = network.store.reader.acquire().await?;
    let content = find(&mut db, &app, &sid).await?;
    let template = template(&mut db, &content).await?;
    Ok(Json(json!({
        "sid": content.sid,
        "account_sid": content.business_account_id,
        "url": address(&network, &format!("Content/{}/ApprovalRequests", content.sid)),
        "whatsapp": approval(&content, template.as_ref()),
    })))
}

/// `POST …/ApprovalRequests/whatsapp`: it becomes a template, and goes into review.
pub(crate) async fn hand_in(
    State(network): State<Arc<Network>>,
    Caller(app): Caller,
    Path(sid): Path<String>,
    body: Bytes,
) -> Result<(StatusCode, Json<Value>)> {
    let request: Value = serde_json::from_slice(&body).map_err(|_| refused("Invalid JSON"))?;
    let text = |key: &str| request[key].as_str().unwrap_or_default().to_owned();
    let (name, category) = (text("name"), text("category").to_ascii_uppercase());
    let mut act = network.begin().await?;
    let content = find(act.db(), &app, &sid).await?;
    if template(act.db(), &content).await?.is_some() {
        return Err(refused("Content has been submitted for approval already"));
    }
    let form = Form::of(&content.types()).ok_or_else(|| refused("WhatsApp has no template of this content type"))?;
    let components = form.components(&content.variables());
    template_rules::check(&name, &content.language, &category, false, &components)
        .map_err(|error| refused(error.words()))?;
    let taken = templates::named(act.db(), &app.business_account_id, &name).await?;
    if taken.iter().any(|one| one.language == content.language) {
        return Err(refused("There is a template of this name in this language"));
    }
    let template = TemplateRow {
        recategorise: request["allow_category_change"].as_bool().unwrap_or_default(),
        ..TemplateRow::handed_in(&app.business_account_id, &name, &content.language, category, &components)
    };
    meta::submit(&mut act, &template).await?;
    contents::hand_in(act.db(), &content.sid, &template.id).await?;
    act.commit().await?;
    Ok((StatusCode::CREATED, Json(approval(&content, Some(&template)))))
}

/// A content on its way to somebody: as its template, or within the window as mere words.
pub(super) async fn offer(act: &mut Act<'_>, app: &AppRow, request: Value) -> Result<Offer> {
    let sid = request["ContentSid"].as_str().unwrap_or_default();
    let content = contents::find(act.db(), &app.business_account_id, sid).await?;
    let content = content.ok_or_else(|| TwilioError::new(21_655, "The ContentSid is Invalid"))?;
    let odd = || TwilioError::new(21_656, "The ContentVariables Parameter is invalid");
    let values: Value = match request["ContentVariables"].as_str() {
        Some(text) => serde_json::from_str(text).ok().filter(Value::is_object).ok_or_else(odd)?,
        None => json!({}),
    };
    let form = Form::of(&content.types()).ok_or_else(|| TwilioError::new(63_021, "Channel invalid content error"))?;
    let components = form.given(&values).ok_or_else(|| TwilioError::of_meta(132_000))?;
    let template = template(act.db(), &content).await?;
    let Some(template) = template.filter(|one| matches!(one.status.as_str(), "APPROVED" | "PAUSED" | "DISABLED"))
    else {
        let body = form.said(&values);
        return Ok(Offer {
            kind: "text".to_owned(),
            content: json!({"body": body}),
            body,
            request,
            ..Offer::default()
        });
    };
    let wanted = json!({"type": "template", "template": {"name": template.name,
        "language": {"code": template.language}, "components": components}});
    let checked = template_send::check(act.db(), app, &wanted).await.map_err(|error| match error.number() {
        132_012 | 131_008 => odd(),
        code => TwilioError::of_meta(code),
    })?;
    let link = checked.media.as_ref().and_then(|file| file["link"].as_str()).map(str::to_owned);
    Ok(Offer {
        kind: checked.kind,
        content: checked.content,
        body: checked.body,
        category: checked.category,
        request,
        link,
        ..Offer::default()
    })
}

async fn find(db: &mut Connection, app: &AppRow, sid: &str) -> Result<ContentRow> {
    contents::find(db, &app.business_account_id, sid).await?.ok_or_else(TwilioError::not_found)
}

async fn template(db: &mut Connection, content: &ContentRow) -> Stored<Option<TemplateRow>> {
    match &content.template_id {
        Some(template) => templates::find(db, template).await,
        None => Ok(None),
    }
}

fn refused(message: impl Into<String>) -> TwilioError {
    TwilioError::new(20_001, message)
}

fn address(network: &Network, path: &str) -> String {
    format!("{}/simulator/twilio/v1/{path}", network.public_base)
}

fn view(network: &Network, content: &ContentRow) -> Value {
    let at = clock::rfc3339(content.created_at);
    let url = address(network, &format!("Content/{}", content.sid));
    json!({
        "sid": content.sid,
        "account_sid": content.business_account_id,
        "friendly_name": content.friendly_name,
        "language": content.language,
        "variables": content.variables(),
        "types": content.types(),
        "url": url,
        "date_created": at,
        "date_updated": at,
        "links": {
            "approval_create": format!("{url}/ApprovalRequests/whatsapp"),
            "approval_fetch": format!("{url}/ApprovalRequests"),
        },
    })
}

fn approval(content: &ContentRow, template: Option<&TemplateRow>) -> Value {
    let form = Form::of(&content.types()).map(|form| form.name);
    match template {
        Some(template) => json!({
            "name": template.name,
            "category": template.category,
            "content_type": form,
            "status": template.status.to_ascii_lowercase(),
            "rejection_reason": template.reason.as_deref().filter(|_| template.status == "REJECTED").unwrap_or_default(),
            "allow_category_change": template.recategorise,
        }),
        None => json!({"name": "", "category": "", "content_type": form, "status": "unsubmitted",
            "rejection_reason": "", "allow_category_change": false}),
    }
}
