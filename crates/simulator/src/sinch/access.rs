//! Tokens for a key and its secret, and who is calling with one.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRef, FromRequestParts, Path, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use serde_json::{Value, json};

use super::error::{Result, SinchError};
use super::told::contact_id;
use crate::network::Network;
use crate::provider::Provider;
use crate::store::apps::{self, AppRow};
use crate::store::phones;
use crate::wire::{basic, fields, object};

/// `POST /oauth2/token`.
pub(crate) async fn token(State(network): State<Arc<Network>>, headers: HeaderMap, body: Bytes) -> Result<Json<Value>> {
    if object(&fields(&body))["grant_type"] != "client_credentials" {
        return Err(SinchError::invalid("grant_type must be client_credentials"));
    }
    let (key, secret) = basic(&headers).ok_or_else(SinchError::unauthenticated)?;
    let mut db = network.store.reader.acquire().await?;
    let mut all = apps::of(&mut db, Provider::Sinch).await?.into_iter();
    let app = all.find(|app| app.connection.key_id.as_ref() == Some(&key) && app.accepts(&secret));
    let app = app.ok_or_else(SinchError::unauthenticated)?;
    let token = format!("{}.{}", network.pass(&app.id), app.id);
    Ok(Json(json!({"access_token": token, "token_type": "bearer", "expires_in": 3599, "scope": ""})))
}

/// The app whose token came with the call, and whose project the path names.
#[derive(Debug, Clone)]
pub(crate) struct Caller(pub(crate) AppRow);

impl<S> FromRequestParts<S> for Caller
where
    Arc<Network>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = SinchError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let network = Arc::<Network>::from_ref(state);
        let path = Path::<HashMap<String, String>>::from_request_parts(parts, state).await;
        let project = path.ok().and_then(|Path(mut path)| path.remove("project")).unwrap_or_default();
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|value| value.strip_prefix("Bearer ")).ok_or_else(SinchError::unauthenticated)?;
        let (pass, id) = token.split_once('.').ok_or_else(SinchError::unauthenticated)?;
        if network.with_faults(|faults| faults.token_expired) || !network.lets_in(id, pass) {
            return Err(SinchError::unauthenticated());
        }
        let mut db = network.store.reader.acquire().await?;
        let app = apps::find(&mut db, id).await?.ok_or_else(SinchError::unauthenticated)?;
        if app.business_account_id == project { Ok(Self(app)) } else { Err(SinchError::not_found("the project")) }
    }
}

/// `GET …/apps/{app}`.
pub(crate) async fn app(
    State(network): State<Arc<Network>>,
    Caller(app): Caller,
    Path((_, id)): Path<(String, String)>,
) -> Result<Json<Value>> {
    let mut db = network.store.reader.acquire().await?;
    let number = apps::number(&mut db, &id).await?.filter(|number| number.app_id == app.id);
    let number = number.ok_or_else(|| SinchError::not_found("the app"))?;
    Ok(Json(json!({"id": number.id, "display_name": number.verified_name, "processing_mode": "CONVERSATION"})))
}

/// `GET …/contacts/{contact}`: somebody who wrote, by the name they have given themselves.
pub(crate) async fn contact(
    State(network): State<Arc<Network>>,
    Caller(app): Caller,
    Path((_, id)): Path<(String, String)>,
) -> Result<Json<Value>> {
    let mut db = network.store.reader.acquire().await?;
    let phone = phones::shown(&mut db).await?.into_iter().find(|phone| contact_id(&phone.id) == id);
    let phone = phone.ok_or_else(|| SinchError::not_found("the contact"))?;
    let identities: Vec<Value> = apps::numbers_of(&mut db, &app.id)
        .await?
        .into_iter()
        .map(|number| {
            let identity = phone.wa_id().unwrap_or(&phone.user_id);
            json!({"channel": "WHATSAPP", "identity": identity, "app_id": number.id})
        })
        .collect();
    Ok(Json(json!({"id": id, "display_name": phone.name, "channel_identities": identities,
        "channel_priority": ["WHATSAPP"], "email": "", "external_id": "", "language": "UNSPECIFIED", "metadata": ""})))
}

/// `POST …/webhooks`: where the app's callbacks go from now on, and what they are signed with. An app has one here.
pub(crate) async fn subscribe(
    State(network): State<Arc<Network>>,
    Caller(app): Caller,
    body: Bytes,
) -> Result<Json<Value>> {
    let request: Value = serde_json::from_slice(&body).unwrap_or_default();
    let text = |name: &str| request[name].as_str().unwrap_or_default();
    let (id, target) = (text("app_id"), text("target"));
    if !target.starts_with("http://") && !target.starts_with("https://") {
        return Err(SinchError::invalid("target must be an address"));
    }
    let mut act = network.begin().await?;
    let number = apps::number(act.db(), id).await?.filter(|number| number.app_id == app.id);
    number.ok_or_else(|| SinchError::not_found("the app"))?;
    if app.webhook_url == target {
        return Err(SinchError::invalid("the app has a webhook with this target already"));
    }
    apps::redirect(act.db(), &app.id, target, text("secret")).await?;
    act.commit().await?;
    Ok(Json(json!({"id": crate::ids::ulid(), "app_id": id, "target": target, "target_type": "HTTP",
        "triggers": request["triggers"]})))
}
