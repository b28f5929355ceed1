//! Whatever an id alone names: a number, a business account, a template, a file or the upload of a sample.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::access::{Caller, known_version};
use super::error::{MetaError, Result};
use super::templates::fields;
use super::{account, media as files, number, templates as forms, uploads};
use crate::network::Network;
use crate::store::{apps, media, templates};

pub(crate) async fn read(
    State(network): State<Arc<Network>>,
    Path((version, id)): Path<(String, String)>,
    Caller(app): Caller,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Json<Value>> {
    known_version(&version)?;
    let wanted = query.get("fields").map(String::as_str);
    if let Some(session) = uploads::session_named(&id, &query) {
        return uploads::progress(&network, &app, &session).await;
    }
    let mut db = network.store.reader.acquire().await?;
    if id == app.business_account_id {
        return Ok(Json(fields(account::view(&app), wanted)));
    }
    if let Some(own) = apps::number(&mut db, &id).await?.filter(|number| number.app_id == app.id) {
        let shown = wanted.unwrap_or(
            "id,verified_name,display_phone_number,code_verification_status,quality_rating,platform_type,throughput",
        );
        return Ok(Json(fields(number::view(&own), Some(shown))));
    }
    if let Some(template) =
        templates::find(&mut db, &id).await?.filter(|template| template.business_account_id == app.business_account_id)
    {
        return Ok(Json(fields(template.view(), wanted)));
    }
    match media::find(&mut db, &id).await? {
        Some(file) if files::visible(&file, &app) => files::describe(&network, &file),
        _ => Err(MetaError::no_object(&id)),
    }
}

pub(crate) async fn edit(
    State(network): State<Arc<Network>>,
    Path((version, id)): Path<(String, String)>,
    Caller(app): Caller,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>> {
    known_version(&version)?;
    if let Some(session) = uploads::session_named(&id, &query) {
        return uploads::receive(&network, &app, &session, &headers, &body).await;
    }
    let found = {
        let mut db = network.store.reader.acquire().await?;
        templates::find(&mut db, &id).await?
    };
    match found {
        Some(template) if template.business_account_id == app.business_account_id => {
            forms::edit(&network, &app, &template.id, &body).await
        }
        _ => Err(MetaError::no_object(&id)),
    }
}

pub(crate) async fn remove(
    State(network): State<Arc<Network>>,
    Path((version, id)): Path<(String, String)>,
    Caller(app): Caller,
) -> Result<Json<Value>> {
    known_version(&version)?;
    let mut act = network.begin().await?;
    let template = templates::find(act.db(), &id)
        .await?
        .filter(|template| template.business_account_id == app.business_account_id)
        .filter(|template| template.status != "PENDING_DELETION");
    if let Some(template) = template {
        forms::discard(&mut act, template).await?;
    } else {
        let file = media::find(act.db(), &id).await?.filter(|file| files::visible(file, &app));
        let file = file.ok_or_else(|| MetaError::no_object(&id))?;
        media::remove(act.db(), &file.id).await?;
    }
    act.commit().await?;
    Ok(Json(json!({"success": true})))
}
