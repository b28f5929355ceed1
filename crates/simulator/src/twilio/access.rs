//! Who is calling: the account's SID or an API key, with its secret.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRef, FromRequestParts, Path};
use axum::http::request::Parts;
use serde_json::{Value, json};

use super::error::{Result, TwilioError};
use crate::network::Network;
use crate::provider::Provider;
use crate::store::apps::{self, AppRow};
use crate::wire::basic;

/// The account whose credentials came with the call; the one that the path names, where it names one.
#[derive(Debug, Clone)]
pub(crate) struct Caller(pub(crate) AppRow);

impl<S> FromRequestParts<S> for Caller
where
    Arc<Network>: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = TwilioError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let network = Arc::<Network>::from_ref(state);
        let path = Path::<HashMap<String, String>>::from_request_parts(parts, state).await;
        let path = path.map(|Path(path)| path).unwrap_or_default();
        let named = path.get("account").map(|name| name.trim_end_matches(".json"));
        let (user, secret) = basic(&parts.headers).ok_or_else(TwilioError::unauthorised)?;
        if network.with_faults(|faults| faults.token_expired) {
            return Err(TwilioError::unauthorised());
        }
        let mut db = network.store.reader.acquire().await?;
        let app = apps::of(&mut db, Provider::Twilio).await?.into_iter().find(|app| {
            let own = user == app.business_account_id && (secret == app.app_secret || app.accepts(&secret));
            let key = Some(&user) == app.connection.key_id.as_ref() && app.accepts(&secret);
            (own || key) && named.is_none_or(|named| named == app.business_account_id)
        });
        app.map(Self).ok_or_else(TwilioError::unauthorised)
    }
}

/// `GET /2010-04-01/Accounts/{AC}.json`.
pub(crate) async fn account(Caller(app): Caller) -> Json<Value> {
    Json(json!({"sid": app.business_account_id, "friendly_name": app.id, "status": "active", "type": "Full"}))
}
