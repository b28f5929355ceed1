//! Messages through either API, and the newer one's list of templates.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::error::{KaleyraError, Result};
use crate::meta;
use crate::meta::access::OwnAccount;
use crate::meta::content::{self, Checked};
use crate::network::Network;
use crate::network::offer::{Accident, Offer};
use crate::number;
use crate::provider::Provider;
use crate::store::apps::{self, AppRow, NumberRow};
use crate::store::{Connection, templates as stored};
use crate::wire::{fields, hang_up, object};

/// The account that a SID names, for its key.
async fn caller(network: &Network, provider: Provider, sid: &str, key: Option<&str>) -> Result<AppRow> {
    let key = key.filter(|_| !network.with_faults(|faults| faults.token_expired));
    let key = key.ok_or_else(KaleyraError::unauthorised)?;
    let mut db = network.store.reader.acquire().await?;
    let mut all = apps::of(&mut db, provider).await?.into_iter();
    let app = all.find(|app| app.business_account_id == sid && app.accepts(key));
    app.ok_or_else(KaleyraError::unauthorised)
}

async fn own(db: &mut Connection, app: &AppRow, text: &str) -> Result<Option<NumberRow>> {
    let digits = number::digits(text);
    Ok(apps::numbers_of(db, &app.id).await?.into_iter().find(|number| number.digits == digits))
}

fn key(headers: &HeaderMap) -> Option<&str> {
    headers.get("api-key").and_then(|value| value.to_str().ok())
}

fn accident(network: &Network) -> Result<()> {
    match network.accident() {
        Some(Accident::Status(status)) => Err(KaleyraError::with_status(status)),
        Some(Accident::Code(code)) => Err(KaleyraError::of_meta(code)),
        None => Ok(()),
    }
}

/// `POST /v1/{SID}/messages`: a form, or JSON with the same names.
pub(crate) async fn first(
    State(network): State<Arc<Network>>,
    Path(sid): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response> {
    let request: Value =
        serde_json::from_slice(&body).ok().filter(Value::is_object).unwrap_or_else(|| object(&fields(&body)));
    let given = key(&headers).or(request["api-key"].as_str());
    let app = caller(&network, Provider::KaleyraV1, &sid, given).await?;
    accident(&network)?;
    if request["channel"].as_str().is_none_or(|channel| !channel.eq_ignore_ascii_case("whatsapp")) {
        return Err(KaleyraError::first("channel must be whatsapp"));
    }
    let mut act = network.begin().await?;
    let number = own(act.db(), &app, request["from"].as_str().unwrap_or_default()).await?;
    let number = number.ok_or_else(|| KaleyraError::first("from is no number of this account"))?;
    let to = request["to"].as_str().ok_or_else(|| KaleyraError::first("to is required"))?;
    let to =
        meta::recipient::called(act.db(), &number, to).await.map_err(|error| KaleyraError::first(error.words()))?;
    let opaque = request["ref"].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let mut offer = offer(act.db(), &app, &request).await?;
    (offer.opaque, offer.request) = (opaque, request);
    let Ok(message) = act.offer(&number, &to, offer, true).await? else {
        return Err(KaleyraError::of_meta(131_047));
    };
    act.commit().await?;
    if !network.about_to_answer(&message).await? {
        return Ok(hang_up());
    }
    let answer = json!({"id": message.id, "type": message.kind, "data": [{"recipient": to.input, "message_id": message.id}], "error": {}});
    Ok((StatusCode::ACCEPTED, Json(answer)).into_response())
}

/// The message in Meta's words.
async fn offer(db: &mut Connection, app: &AppRow, request: &Value) -> Result<Offer> {
    let text = |name: &str| request[name].as_str().unwrap_or_default();
    let object = |name: &str| match &request[name] {
        Value::String(text) => serde_json::from_str(text).unwrap_or_default(),
        other => other.clone(),
    };
    let checked = match text("type") {
        "media" => {
            let link = text("media_url");
            if !link.starts_with("http://") && !link.starts_with("https://") {
                return Err(KaleyraError::first("media_url is required"));
            }
            let mut content = json!({"link": link});
            if !text("caption").is_empty() {
                content["caption"] = json!(text("caption"));
            }
            let (kind, body) = ("media".to_owned(), text("caption").to_owned());
            return Ok(Offer { kind, content, body, link: Some(link.to_owned()), ..Offer::default() });
        }
        "text" => content::check(&json!({"type": "text", "text": {"body": text("body")}})),
        "location" => content::check(&json!({"type": "location", "location": object("location")})),
        "interactive" => {
            let mut made = json!({"type": "button", "body": {"text": text("body")}, "action": object("action")});
            if !text("footer").is_empty() {
                made["footer"] = json!({"text": text("footer")});
            }
            content::check(&json!({"type": "interactive", "interactive": made}))
        }
        "template" | "mediatemplate" => return template(db, app, request).await,
        other => return Err(KaleyraError::first(format!("type {other:?} is not known"))),
    };
    checked.map(offered).map_err(|error| KaleyraError::first(error.words()))
}

fn offered(checked: Checked) -> Offer {
    let Checked { kind, content, body, media, category } = checked;
    let link = media.and_then(|media| media["link"].as_str().map(str::to_owned));
    Offer { kind, content, body, category, link, ..Offer::default() }
}

/// A template whose values are one text, `"first", "second"`: those of the header come first.
async fn template(db: &mut Connection, app: &AppRow, request: &Value) -> Result<Offer> {
    let text = |name: &str| request[name].as_str().unwrap_or_default();
    let (name, language) = (text("template_name"), text("lang_code"));
    let known = stored::named(&mut *db, app.templates_of(), name).await?;
    let known = known.into_iter().find(|template| template.language == language);
    let components = known.map(|template| template.components()).unwrap_or_default();
    let mut values = values(text("params")).into_iter();
    let mut given = Vec::new();
    for component in &components {
        let words = component["text"].as_str().unwrap_or_default();
        let kind = component["type"].as_str().unwrap_or_default().to_lowercase();
        let format = component["format"].as_str().unwrap_or("TEXT").to_lowercase();
        let parameters: Vec<Value> = match kind.as_str() {
            "header" if format != "text" => vec![json!({"type": format, format.clone(): {"link": text("media_url")}})],
            "header" | "body" => {
                let count = words.matches("{{").count();
                values.by_ref().take(count).map(|value| json!({"type": "text", "text": value})).collect()
            }
            _ => continue,
        };
        given.push(json!({"type": kind, "parameters": parameters}));
    }
    if !text("param_url").is_empty() {
        let parameters = json!([{"type": "text", "text": text("param_url")}]);
        given.push(json!({"type": "button", "sub_type": "url", "index": "0", "parameters": parameters}));
    }
    let wanted = json!({"template": {"name": name, "language": {"code": language}, "components": given}});
    let checked = meta::template_send::check(db, &owner(app.clone()), &wanted).await;
    checked.map(offered).map_err(|error| KaleyraError::first(error.words()))
}

fn values(text: &str) -> Vec<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// As the templates know it.
fn owner(mut app: AppRow) -> AppRow {
    app.business_account_id = app.templates_of().to_owned();
    app
}

/// `POST /v2/{SID}/whatsapp/{number}/messages`: Meta's own message in a wrapper.
pub(crate) async fn second(
    State(network): State<Arc<Network>>,
    Path((sid, from)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response> {
    let app = caller(&network, Provider::KaleyraV2, &sid, key(&headers)).await?;
    let whole: Value =
        serde_json::from_slice(&body).map_err(|error| KaleyraError::second(format!("Invalid JSON: {error}")))?;
    let mut request = whole["messaging_object"].clone();
    if request["messaging_product"] != "whatsapp" {
        return Err(KaleyraError::second("messaging_object is no WhatsApp message"));
    }
    let number = {
        let mut db = network.store.reader.acquire().await?;
        own(&mut db, &app, &from).await?.ok_or_else(|| KaleyraError::second("there is no such number"))?
    };
    if request["status"] == "read" {
        return Ok(meta::send::mark_read(&network, &number, &request).await?);
    }
    accident(&network)?;
    if let Some(reference) = whole["extra_info"]["ref"].as_str() {
        request["biz_opaque_callback_data"] = json!(reference);
    }
    let mut act = network.begin().await?;
    let (message, _) = meta::send::accept(&mut act, &owner(app), &number, request, true).await?;
    act.commit().await?;
    if !network.about_to_answer(&message).await? {
        return Ok(hang_up());
    }
    let answer = json!({"code": "WA200", "message": "Message accepted", "message_id": message.id, "data": {"message_id": message.id}});
    Ok((StatusCode::ACCEPTED, Json(answer)).into_response())
}

/// `GET /v2/{SID}/whatsapp/{WABA}/message_templates`.
pub(crate) async fn templates(
    State(network): State<Arc<Network>>,
    Path((sid, waba)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Json<Value>> {
    let app = caller(&network, Provider::KaleyraV2, &sid, key(&headers)).await?;
    if app.templates_of() != waba {
        return Err(KaleyraError::not_found());
    }
    Ok(meta::templates::list(State(network), OwnAccount(owner(app)), Query(query)).await?)
}
