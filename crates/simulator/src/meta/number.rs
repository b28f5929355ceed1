//! A business's phone number.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde_json::{Value, json};

use super::access::OwnNumber;
use super::error::{MetaError, Result};
use crate::network::Network;
use crate::store::apps::{self, NumberRow};

/// As Meta shows it.
pub(crate) fn view(number: &NumberRow) -> Value {
    json!({
        "id": number.id,
        "verified_name": number.verified_name,
        "display_phone_number": number.display,
        "code_verification_status": "VERIFIED",
        "quality_rating": "GREEN",
        "platform_type": "CLOUD_API",
        "throughput": {"level": "STANDARD"},
        "name_status": "APPROVED",
        "status": if number.registered { "CONNECTED" } else { "PENDING" },
        "messaging_limit_tier": "TIER_2K",
        "whatsapp_business_manager_messaging_limit": "TIER_2K",
    })
}

pub(crate) async fn register(State(network): State<Arc<Network>>, own: OwnNumber, body: Bytes) -> Result<Json<Value>> {
    let request: Value = serde_json::from_slice(&body).unwrap_or_default();
    if request["messaging_product"] != "whatsapp" {
        return Err(MetaError::parameter("The parameter messaging_product is required."));
    }
    let pin = request["pin"].as_str().unwrap_or_default();
    if pin.len() != 6 || !pin.chars().all(|c| c.is_ascii_digit()) {
        return Err(MetaError::parameter("Param pin must be 6 characters long."));
    }
    set_registered(&network, &own.number, true).await
}

pub(crate) async fn deregister(State(network): State<Arc<Network>>, own: OwnNumber) -> Result<Json<Value>> {
    set_registered(&network, &own.number, false).await
}

async fn set_registered(network: &Network, number: &NumberRow, registered: bool) -> Result<Json<Value>> {
    let mut act = network.begin().await?;
    apps::set_registered(act.db(), &number.id, registered).await?;
    act.commit().await?;
    Ok(Json(json!({"success": true})))
}
