use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::error::{ControlError, Result};
use crate::live::News;
use crate::network::Network;
use crate::provider::Provider;
use crate::seed::App;
use crate::store::apps::{self, AppRow, NumberRow};

/// Every app with its numbers; secrets stay out.
pub(crate) async fn list(State(network): State<Arc<Network>>) -> Result<Json<Value>> {
    let mut db = network.store.reader.acquire().await?;
    let numbers = apps::numbers(&mut db).await?;
    let view = |app: &AppRow| {
        let own: Vec<Value> = numbers.iter().filter(|number| number.app_id == app.id).map(number_view).collect();
        json!({"id": app.id, "provider": app.provider, "webhook_url": app.webhook_url, "business_account_id": app.business_account_id,
            "subscribed": app.subscribed, "numbers": own})
    };
    let all = apps::all(&mut db).await?;
    Ok(Json(json!({"apps": all.iter().map(view).collect::<Vec<_>>()})))
}

/// Makes or changes an app; the body is one of the seed's.
pub(crate) async fn save(
    State(network): State<Arc<Network>>,
    Path(id): Path<String>,
    body: Result<Json<App>, JsonRejection>,
) -> Result<Json<Value>> {
    let Json(app) = body?;
    if app.id != id {
        return Err(ControlError::invalid("the id in the body is not the one in the path"));
    }
    let mut act = network.begin().await?;
    apps::save(act.db(), &app).await?;
    act.tell(News::Resync);
    act.commit().await?;
    Ok(Json(json!({"id": app.id})))
}

/// Asks the app's webhook to prove that it knows the verify token.
pub(crate) async fn handshake(State(network): State<Arc<Network>>, Path(id): Path<String>) -> Result<Json<Value>> {
    let app = {
        let mut db = network.store.reader.acquire().await?;
        apps::find(&mut db, &id).await?.ok_or(ControlError::NotFound("app", id))?
    };
    if app.provider != Provider::Meta {
        return Err(ControlError::invalid("only Meta asks a webhook to prove itself"));
    }
    let answer = network.shake_hands(&app.webhook_url, &app.verify_token).await;
    Ok(Json(json!({"verified": answer.verified, "status": answer.status, "text": answer.text})))
}

/// The businesses one can write to.
pub(crate) async fn numbers(State(network): State<Arc<Network>>) -> Result<Json<Value>> {
    let mut db = network.store.reader.acquire().await?;
    let numbers: Vec<Value> = apps::numbers(&mut db).await?.iter().map(number_view).collect();
    Ok(Json(json!({"numbers": numbers})))
}

fn number_view(number: &NumberRow) -> Value {
    json!({"id": number.id, "app": number.app_id, "provider": number.provider, "display_phone_number": number.display, "verified_name": number.verified_name})
}
