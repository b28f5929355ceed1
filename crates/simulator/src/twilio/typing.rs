//! `POST /v2/Indicators/Typing.json`: the business is typing, and has read.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde_json::{Value, json};

use super::access::Caller;
use super::error::{Result, TwilioError};
use crate::live::News;
use crate::network::Network;
use crate::store::{apps, messages};
use crate::wire::{fields, object};

pub(crate) async fn show(State(network): State<Arc<Network>>, Caller(app): Caller, body: Bytes) -> Result<Json<Value>> {
    let request = object(&fields(&body));
    if request["channel"] != "whatsapp" {
        return Err(TwilioError::new(20_001, "channel must be whatsapp"));
    }
    let id = request["messageId"].as_str().ok_or_else(|| TwilioError::new(20_001, "messageId is required"))?;
    let mut act = network.begin().await?;
    let message = messages::find(act.db(), id).await?.filter(|message| message.sender == "phone");
    let message = message.ok_or_else(TwilioError::not_found)?;
    let number = apps::number(act.db(), &message.number_id).await?.filter(|number| number.app_id == app.id);
    let number = number.ok_or_else(TwilioError::not_found)?;
    if let Some(phone) = act.read_by_business(&number, &message).await? {
        act.tell(News::Typing { phone, number: number.id });
    }
    act.commit().await?;
    Ok(Json(json!({"success": true})))
}
