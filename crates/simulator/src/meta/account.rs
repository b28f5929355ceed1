//! A business account: its numbers and the app that listens to it.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use serde_json::{Value, json};

use super::access::OwnAccount;
use super::error::{MetaError, Result};
use super::number;
use crate::network::Network;
use crate::store::apps::{self, AppRow};

/// As Meta shows it.
pub(crate) fn view(app: &AppRow) -> Value {
    json!({"id": app.business_account_id, "name": app.id, "currency": "EUR", "timezone_id": "1", "message_template_namespace": "simulator"})
}

pub(crate) async fn phone_numbers(
    State(network): State<Arc<Network>>,
    OwnAccount(app): OwnAccount,
) -> Result<Json<Value>> {
    let mut db = network.store.reader.acquire().await?;
    let numbers = apps::numbers_of(&mut db, &app.id).await?;
    Ok(Json(json!({"data": numbers.iter().map(number::view).collect::<Vec<_>>()})))
}

pub(crate) async fn subscribed_apps(OwnAccount(app): OwnAccount) -> Json<Value> {
    let data = if app.subscribed {
        json!([{"whatsapp_business_api_data": {"id": app.id, "name": app.id}, "override_callback_uri": app.webhook_url}])
    } else {
        json!([])
    };
    Json(json!({"data": data}))
}

/// Subscribes the app, to another address if one is given that answers the handshake.
pub(crate) async fn subscribe(
    State(network): State<Arc<Network>>,
    OwnAccount(app): OwnAccount,
    body: Bytes,
) -> Result<Json<Value>> {
    let request: Value = serde_json::from_slice(&body).unwrap_or_default();
    let webhook = match (request["override_callback_uri"].as_str(), request["verify_token"].as_str()) {
        (Some(url), Some(token)) => {
            let answer = network.shake_hands(url, token).await;
            if !answer.verified {
                return Err(MetaError::callback(&answer.text));
            }
            Some((url, token))
        }
        (Some(_), None) => {
            return Err(MetaError::parameter("The parameter verify_token is required."));
        }
        _ => None,
    };
    let mut act = network.begin().await?;
    apps::subscribe(act.db(), &app.id, true, webhook).await?;
    act.commit().await?;
    Ok(Json(json!({"success": true})))
}

pub(crate) async fn unsubscribe(
    State(network): State<Arc<Network>>,
    OwnAccount(app): OwnAccount,
) -> Result<Json<Value>> {
    let mut act = network.begin().await?;
    apps::subscribe(act.db(), &app.id, false, None).await?;
    act.commit().await?;
    Ok(Json(json!({"success": true})))
}

/// How a webhook answered the handshake.
#[derive(Debug)]
pub(crate) struct Handshake {
    pub(crate) verified: bool,
    pub(crate) status: Option<u16>,
    pub(crate) text: String,
}

impl Network {
    /// Asks a webhook to prove that it knows the verify token.
    pub(crate) async fn shake_hands(&self, url: &str, token: &str) -> Handshake {
        let challenge = rand::random_range(100_000_000_u32..1_000_000_000).to_string();
        let query = [("hub.mode", "subscribe"), ("hub.challenge", &challenge), ("hub.verify_token", token)];
        let request = self.http.get(url).query(&query).timeout(std::time::Duration::from_secs(5));
        match request.send().await {
            Ok(response) => {
                let status = response.status().as_u16();
                let text: String = response.text().await.unwrap_or_default().chars().take(2000).collect();
                let verified = (200..300).contains(&status) && text == challenge;
                let text = if verified { text } else { format!("HTTP Status Code = {status}; body = {text}") };
                Handshake { verified, status: Some(status), text }
            }
            Err(error) => Handshake { verified: false, status: None, text: error.to_string() },
        }
    }
}
