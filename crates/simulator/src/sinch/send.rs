//! `POST …/messages:send` and `POST …/events:send`.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::access::Caller;
use super::error::{Result, SinchError};
use super::told::contact_id;
use crate::clock;
use crate::live::News;
use crate::meta::{content, recipient};
use crate::network::Network;
use crate::network::offer::{Accident, Offer};
use crate::network::outbound::Recipient;
use crate::store::apps::{self, AppRow, NumberRow};
use crate::store::{Connection, phones};
use crate::wire::hang_up;

/// Characters of what comes back with the statuses.
const METADATA_LONGEST: usize = 1024;

pub(crate) async fn messages(
    State(network): State<Arc<Network>>,
    Caller(app): Caller,
    body: Bytes,
) -> Result<Response> {
    match network.accident() {
        Some(Accident::Status(status)) => return Err(SinchError::with_status(status)),
        Some(Accident::Code(code)) => return Err(SinchError::of_meta(code)),
        None => {}
    }
    let request = read(&body)?;
    let mut act = network.begin().await?;
    let (number, to) = addressed(act.db(), &app, &request).await?;
    let offer = offer(request)?;
    let Ok(message) = act.offer(&number, &to, offer, true).await? else {
        return Err(SinchError::of_meta(131_047));
    };
    act.commit().await?;
    if !network.about_to_answer(&message).await? {
        return Ok(hang_up());
    }
    Ok(Json(json!({"message_id": message.id, "accepted_time": clock::rfc3339(message.at)})).into_response())
}

/// The business is typing.
pub(crate) async fn events(
    State(network): State<Arc<Network>>,
    Caller(app): Caller,
    body: Bytes,
) -> Result<Json<Value>> {
    let request = read(&body)?;
    let mut act = network.begin().await?;
    let (number, to) = addressed(act.db(), &app, &request).await?;
    if request["event"]["composing_event"].is_null() {
        return Err(SinchError::invalid("event must be a composing_event"));
    }
    if let Some(phone) = to.phone {
        act.tell(News::Typing { phone: phone.id, number: number.id });
    }
    act.commit().await?;
    Ok(Json(json!({"event_id": crate::ids::ulid(), "accepted_time": clock::rfc3339(clock::now())})))
}

fn read(body: &[u8]) -> Result<Value> {
    serde_json::from_slice(body).map_err(|error| SinchError::invalid(format!("Invalid JSON: {error}")))
}

/// The app's number, and whom the request is for.
async fn addressed(db: &mut Connection, app: &AppRow, request: &Value) -> Result<(NumberRow, Recipient)> {
    let id = request["app_id"].as_str().ok_or_else(|| SinchError::invalid("app_id is required"))?;
    let number = apps::number(&mut *db, id).await?.filter(|number| number.app_id == app.id);
    let number = number.ok_or_else(|| SinchError::not_found("the app"))?;
    let recipient = &request["recipient"];
    if let Some(contact) = recipient["contact_id"].as_str() {
        let phone = phones::shown(db).await?.into_iter().find(|phone| contact_id(&phone.id) == contact);
        let phone = phone.ok_or_else(|| SinchError::not_found("the contact"))?;
        let address = phone.number.clone();
        return Ok((number, Recipient { input: contact.to_owned(), address, phone: Some(phone) }));
    }
    let mut identities = recipient["identified_by"]["channel_identities"].as_array().into_iter().flatten();
    let identity = identities.find(|identity| identity["channel"] == "WHATSAPP");
    let identity = identity.and_then(|identity| identity["identity"].as_str());
    let identity = identity.ok_or_else(|| SinchError::invalid("recipient has no WhatsApp identity"))?;
    let with_plus =
        if identity.bytes().all(|byte| byte.is_ascii_digit()) { format!("+{identity}") } else { identity.to_owned() };
    let to = recipient::called(db, &number, &with_plus).await;
    Ok((number, to.map_err(|_| SinchError::invalid("the identity is no WhatsApp number"))?))
}

/// The message in Meta's words. What is wrong within it is told afterwards.
fn offer(request: Value) -> Result<Offer> {
    let metadata = request["message_metadata"].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    if metadata.as_ref().is_some_and(|text| text.chars().count() > METADATA_LONGEST) {
        return Err(SinchError::invalid(format!("message_metadata has at most {METADATA_LONGEST} characters")));
    }
    let message = &request["message"];
    let mut offer = Offer { opaque: metadata, ..Offer::default() };
    let card = &message["card_message"];
    let file = if message["media_message"].is_object() { &message["media_message"] } else { &card["media_message"] };
    if let Some(url) = file["url"].as_str() {
        offer.kind = "media".to_owned();
        offer.content = json!({"link": url});
        if let Some(title) = card["title"].as_str().filter(|title| !title.is_empty()) {
            offer.content["caption"] = json!(title);
            title.clone_into(&mut offer.body);
        }
        if let Some(name) = file["filename_override"].as_str().filter(|name| !name.is_empty()) {
            offer.content["filename"] = json!(name);
        }
        offer.link = Some(url.to_owned());
    } else {
        let (kind, content) = translated(message).ok_or_else(|| SinchError::invalid("message is of no known kind"))?;
        match content::check(&json!({"type": kind, kind: content})) {
            Ok(checked) => (offer.content, offer.body) = (checked.content, checked.body),
            Err(_) => (offer.content, offer.doomed) = (content, Some(131_009)),
        }
        kind.clone_into(&mut offer.kind);
    }
    offer.request = request;
    Ok(offer)
}

fn translated(message: &Value) -> Option<(&'static str, Value)> {
    let has = |name: &str| message[name].is_object();
    if has("text_message") {
        return Some(("text", json!({"body": message["text_message"]["text"]})));
    }
    if has("location_message") {
        let place = &message["location_message"];
        let mut content = json!({
            "latitude": place["coordinates"]["latitude"],
            "longitude": place["coordinates"]["longitude"],
            "name": place["title"],
        });
        if place["label"].is_string() {
            content["address"] = place["label"].clone();
        }
        return Some(("location", content));
    }
    if has("choice_message") {
        let choice = &message["choice_message"];
        let buttons: Vec<Value> = list(&choice["choices"])
            .map(|choice| {
                let reply = json!({"id": choice["postback_data"], "title": choice["text_message"]["text"]});
                json!({"type": "reply", "reply": reply})
            })
            .collect();
        let body = json!({"text": choice["text_message"]["text"]});
        return Some(("interactive", json!({"type": "button", "body": body, "action": {"buttons": buttons}})));
    }
    if has("list_message") {
        let whole = &message["list_message"];
        let sections: Vec<Value> = list(&whole["sections"])
            .map(|section| {
                let rows: Vec<Value> = list(&section["items"])
                    .map(|item| {
                        let choice = &item["choice"];
                        let mut row = json!({"id": choice["postback_data"], "title": choice["title"]});
                        if choice["description"].is_string() {
                            row["description"] = choice["description"].clone();
                        }
                        row
                    })
                    .collect();
                let mut made = json!({"rows": rows});
                if section["title"].as_str().is_some_and(|title| !title.is_empty()) {
                    made["title"] = section["title"].clone();
                }
                made
            })
            .collect();
        let action = json!({"button": whole["message_properties"]["menu"], "sections": sections});
        return Some(("interactive", json!({"type": "list", "body": {"text": whole["title"]}, "action": action})));
    }
    if has("contact_info_message") {
        let card = &message["contact_info_message"];
        let phones: Vec<Value> =
            list(&card["phone_numbers"]).map(|phone| json!({"phone": phone["phone_number"]})).collect();
        let name = json!({"formatted_name": card["name"]["full_name"]});
        return Some(("contacts", json!([{"name": name, "phones": phones}])));
    }
    None
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
