//! Any bytes at all as a webhook.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::{ControlError, Result};
use crate::network::Network;
use crate::network::delivery::deliver;
use crate::network::told::signed;
use crate::store::apps;

/// How the body is signed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Signature {
    #[default]
    Valid,
    Wrong,
    None,
}

/// A webhook by hand.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Raw {
    /// The first app when absent.
    app: Option<String>,
    body: String,
    #[serde(default)]
    signature: Signature,
}

pub(crate) async fn send(
    State(network): State<Arc<Network>>,
    body: Result<Json<Raw>, JsonRejection>,
) -> Result<Json<Value>> {
    let Json(raw) = body?;
    let app = {
        let mut db = network.store.reader.acquire().await?;
        let mut all = apps::all(&mut db).await?.into_iter();
        let wanted = raw.app.clone();
        all.find(|app| wanted.as_ref().is_none_or(|wanted| *wanted == app.id))
    };
    let app = app.ok_or_else(|| ControlError::NotFound("app", raw.app.unwrap_or_default()))?;
    let mut app = app;
    if raw.signature == Signature::Wrong {
        app.app_secret = "not:the secret".to_owned();
        app.connection.shared_key_secret = Some("not the secret".to_owned());
    }
    let mut post = signed(&app, &app.webhook_url, raw.body);
    if raw.signature == Signature::None {
        post.headers.clear();
    }
    match deliver(&network, post).await {
        Ok((status, text)) => {
            Ok(Json(json!({"status": status, "text": text.chars().take(10_000).collect::<String>()})))
        }
        Err(error) => Ok(Json(json!({"status": null, "text": error.to_string()}))),
    }
}
