//! `{phone-number-id}/block_users`.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde_json::{Value, json};

use super::access::OwnNumber;
use super::error::{MetaError, Result};
use super::recipient;
use crate::clock;
use crate::live::News;
use crate::network::Network;
use crate::store::phones;

pub(crate) async fn list(State(network): State<Arc<Network>>, own: OwnNumber) -> Result<Json<Value>> {
    let mut db = network.store.reader.acquire().await?;
    let blocked = phones::blocked_by(&mut db, &own.number.id).await?;
    let data: Vec<Value> = blocked
        .iter()
        .map(|phone| match phone.wa_id() {
            Some(wa_id) => json!({"messaging_product": "whatsapp", "wa_id": wa_id}),
            None => json!({"messaging_product": "whatsapp", "user_id": phone.user_id}),
        })
        .collect();
    Ok(Json(json!({"data": data})))
}

pub(crate) async fn add(network: State<Arc<Network>>, own: OwnNumber, body: Bytes) -> Result<Json<Value>> {
    change(&network, &own, &body, true).await
}

pub(crate) async fn remove(network: State<Arc<Network>>, own: OwnNumber, body: Bytes) -> Result<Json<Value>> {
    change(&network, &own, &body, false).await
}

/// Only people who wrote within the last day can be blocked.
async fn change(network: &Network, own: &OwnNumber, body: &Bytes, blocked: bool) -> Result<Json<Value>> {
    let request: Value =
        serde_json::from_slice(body).map_err(|error| MetaError::parameter(format!("Invalid JSON: {error}")))?;
    let users = request["block_users"]
        .as_array()
        .ok_or_else(|| MetaError::parameter("The parameter block_users is required."))?;
    let mut act = network.begin().await?;
    let (mut done, mut failed) = (Vec::new(), Vec::new());
    for user in users.iter().take(1000) {
        let input = user["user"].as_str().unwrap_or_default();
        let found =
            recipient::of(act.db(), &own.number, &json!({"to": input})).await.ok().and_then(|found| found.phone);
        let last = match &found {
            Some(phone) => phones::last_user_at(act.db(), &phone.id, &own.number.id).await?,
            None => None,
        };
        match found {
            Some(phone) if !blocked || last.is_some_and(|at| at + clock::DAY > clock::now()) => {
                phones::block(act.db(), &own.number.id, &phone.id, blocked).await?;
                act.tell(News::Phone(phone.id.clone()));
                done.push(json!({"input": input, "wa_id": phone.wa_id().unwrap_or(&phone.user_id)}));
            }
            _ => failed.push(json!({"input": input, "errors": [{
                "message": "Failed to block some users", "code": 139_100,
                "error_data": {"details": "Only people who wrote in the last 24 hours can be blocked."}}]})),
        }
    }
    act.commit().await?;
    let mut users = json!({ if blocked { "added_users" } else { "removed_users" }: done });
    if !failed.is_empty() {
        users["failed_users"] = json!(failed);
    }
    Ok(Json(json!({"messaging_product": "whatsapp", "block_users": users})))
}
