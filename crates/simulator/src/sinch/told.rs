//! What Sinch tells of a message, a reaction or a status.

use serde_json::{Value, json};

use super::error::reason;
use crate::network::payload::is_media;
use crate::network::told::{Said, Told};
use crate::{clock, ids};

/// The callback; none for what Sinch has no words for: edits, deletions, and notes of the network's.
pub(crate) fn say(told: &Told<'_>) -> Option<Said> {
    let (name, subject) = match told.event.kind.as_str() {
        "message" if told.text("/type") == "reaction" => ("event", reaction(told)),
        "message" => ("message", message(told)?),
        "status" => ("message_delivery_report", status(told)?),
        _ => return None,
    };
    let seconds = told.text("/timestamp").parse().unwrap_or_else(|_| clock::now() / 1000);
    let at = clock::rfc3339(seconds * 1000);
    let body = json!({
        "app_id": told.number.id,
        "project_id": told.app.business_account_id,
        "accepted_time": clock::rfc3339(clock::now()),
        "event_time": at,
        "message_metadata": told.text("/biz_opaque_callback_data"),
        "correlation_id": "",
        name: subject,
    });
    Some(Said { url: told.asked("/callback_url"), body: body.to_string(), proven: true })
}

/// What Sinch calls a person.
pub(crate) fn contact_id(phone: &str) -> String {
    ids::ulid_of(&format!("contact {phone}"))
}

/// What stands in everything that is about a person.
fn of_person(told: &Told<'_>, identity: &str) -> Value {
    let phone = told.message.as_ref().and_then(|message| message.phone_id.as_deref()).unwrap_or(identity);
    json!({
        "conversation_id": ids::ulid_of(&format!("conversation {phone} {}", told.number.id)),
        "contact_id": contact_id(phone),
        "channel_identity": {"channel": "WHATSAPP", "identity": identity, "app_id": told.number.id},
        "processing_mode": "CONVERSATION",
    })
}

fn arrived(told: &Told<'_>) -> Value {
    let seconds = told.text("/timestamp").parse().unwrap_or_else(|_| clock::now() / 1000);
    let mut arrived = of_person(told, told.person());
    arrived["id"] = json!(told.text("/id"));
    arrived["direction"] = json!("TO_APP");
    arrived["accept_time"] = json!(clock::rfc3339(seconds * 1000));
    arrived
}

fn reaction(told: &Told<'_>) -> Value {
    let emoji = told.text("/reaction/emoji");
    let action = if emoji.is_empty() { "REACTION_ACTION_UNREACT" } else { "REACTION_ACTION_REACT" };
    let reaction = json!({"emoji": emoji, "action": action, "message_id": told.text("/reaction/message_id")});
    let mut event = arrived(told);
    event["contact_message_event"] = json!({"reaction_event": reaction});
    event
}

fn message(told: &Told<'_>) -> Option<Value> {
    let mut contact_message = shown(told)?;
    let quoted = told.text("/context/id");
    contact_message["reply_to"] = if quoted.is_empty() { Value::Null } else { json!({"message_id": quoted}) };
    let mut message = arrived(told);
    message["contact_message"] = contact_message;
    message["metadata"] = json!("");
    message["sender_id"] = json!(told.number.digits);
    message["injected"] = json!(false);
    Some(message)
}

/// What the message holds.
fn shown(told: &Told<'_>) -> Option<Value> {
    let kind = told.text("/type");
    let content = &told.item[kind];
    Some(match kind {
        "edit" | "revoke" | "system" => return None,
        "text" => json!({"text_message": {"text": content["body"]}}),
        kind if is_media(kind) => {
            let id = content["id"].as_str().unwrap_or_default();
            let mime_type = content["mime_type"].as_str().unwrap_or_default();
            let url = told.network.open_url("sinch", id, mime_type, None);
            match content["caption"].as_str().filter(|caption| !caption.is_empty()) {
                Some(caption) => json!({"media_card_message": {"url": url, "caption": caption}}),
                None => {
                    let name = content["filename"].as_str().unwrap_or_default();
                    json!({"media_message": {"url": url, "thumbnail_url": "", "filename_override": name}})
                }
            }
        }
        "location" => json!({"location_message": {
            "title": content["name"].as_str().unwrap_or_default(),
            "label": content["address"].as_str().unwrap_or_default(),
            "coordinates": {"latitude": content["latitude"], "longitude": content["longitude"]},
        }}),
        "button" => choice(told, &content["payload"]),
        "interactive" => match content["type"].as_str() {
            Some("button_reply") => choice(told, &content["button_reply"]["id"]),
            Some("list_reply") => choice(told, &content["list_reply"]["id"]),
            Some("nfm_reply") => {
                json!({"channel_specific_message": {"message_type": "nfm_reply", "message": content}})
            }
            _ => fallback(told),
        },
        "order" => {
            let products: Vec<Value> = content["product_items"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|item| {
                    json!({"id": item["product_retailer_id"], "marketplace": content["catalog_id"],
                        "quantity": item["quantity"], "item_price": item["item_price"], "currency": item["currency"]})
                })
                .collect();
            json!({"product_response_message": {
                "products": products, "title": content["text"], "catalog_id": content["catalog_id"],
            }})
        }
        _ => fallback(told),
    })
}

fn choice(told: &Told<'_>, data: &Value) -> Value {
    json!({"choice_response_message": {"message_id": told.text("/context/id"), "postback_data": data}})
}

fn fallback(told: &Told<'_>) -> Value {
    let reason = json!({"code": "UNSUPPORTED_OPERATION", "description": "", "sub_code": "UNSPECIFIED_SUB_CODE"});
    json!({"fallback_message": {"raw_message": told.item.to_string(), "reason": reason}})
}

/// How far a message of the business has come; Sinch does not say that one was played.
fn status(told: &Told<'_>) -> Option<Value> {
    let word = match told.text("/status") {
        "sent" => "QUEUED_ON_CHANNEL",
        "delivered" => "DELIVERED",
        "read" => "READ",
        "failed" => "FAILED",
        _ => return None,
    };
    let mut report = of_person(told, told.recipient());
    report["message_id"] = json!(told.text("/id"));
    report["status"] = json!(word);
    report["metadata"] = json!(told.text("/biz_opaque_callback_data"));
    if let Some(code) = told.failure() {
        report["reason"] = json!({
            "code": reason(code),
            "description": told.text("/errors/0/error_data/details"),
            "sub_code": "UNSPECIFIED_SUB_CODE",
            "channel_code": code.to_string(),
        });
    }
    Some(report)
}
