//! The bodies Meta posts to a webhook.

use serde_json::{Map, Value, json};

use super::Network;
use crate::clock;
use crate::meta::codes;
use crate::store::apps::{AppRow, NumberRow};
use crate::store::events::EventRow;
use crate::store::messages::MessageRow;
use crate::store::phones::PhoneRow;

const MEDIA: [&str; 5] = ["image", "video", "audio", "document", "sticker"];

/// Whether messages of this type carry a file.
pub(crate) fn is_media(kind: &str) -> bool {
    MEDIA.contains(&kind)
}

/// A person as a `contacts[]` member.
pub(crate) fn contact(phone: &PhoneRow) -> Value {
    let mut contact = json!({"profile": {"name": phone.name}, "user_id": phone.user_id});
    if let Some(username) = &phone.username {
        contact["profile"]["username"] = json!(username);
    }
    if let Some(wa_id) = phone.wa_id() {
        contact["wa_id"] = json!(wa_id);
    }
    contact
}

/// The head that every member of `messages[]` has.
fn head(phone: &PhoneRow, id: &str, at: i64, kind: &str) -> Map<String, Value> {
    let mut item = Map::new();
    if let Some(wa_id) = phone.wa_id() {
        item.insert("from".to_owned(), json!(wa_id));
    }
    item.insert("from_user_id".to_owned(), json!(phone.user_id));
    item.insert("id".to_owned(), json!(id));
    item.insert("timestamp".to_owned(), json!(clock::meta_seconds(at)));
    item.insert("type".to_owned(), json!(kind));
    item
}

/// A message of a person as a `messages[]` member. `quoted` is the message it answers.
pub(crate) fn message(
    network: &Network,
    phone: &PhoneRow,
    number: &NumberRow,
    message: &MessageRow,
    quoted: Option<&MessageRow>,
) -> Value {
    let mut item = head(phone, &message.id, message.at, &message.kind);
    let mut content = message.content();
    if is_media(&message.kind)
        && let Some(id) = content["id"].as_str().map(str::to_owned)
    {
        content["url"] = json!(network.media_url(&id));
    }
    if !content.is_null() {
        item.insert(message.kind.clone(), content);
    }
    if let Some(id) = &message.reply_to {
        let author = match quoted {
            Some(quoted) if quoted.sender == "phone" => phone.wa_id().map(str::to_owned),
            _ => Some(number.digits.clone()),
        };
        let mut context = Map::new();
        if let Some(author) = author {
            context.insert("from".to_owned(), json!(author));
        }
        context.insert("id".to_owned(), json!(id));
        item.insert("context".to_owned(), Value::Object(context));
    }
    if let Some(Value::Object(extra)) = message.extra.as_deref().and_then(|extra| serde_json::from_str(extra).ok()) {
        for (key, value) in extra {
            match (item.get_mut(&key), value) {
                (Some(Value::Object(old)), Value::Object(new)) => old.extend(new),
                (_, value) => {
                    item.insert(key, value);
                }
            }
        }
    }
    Value::Object(item)
}

/// The news that a person has edited a message.
pub(crate) fn edit(network: &Network, phone: &PhoneRow, id: &str, original: &MessageRow) -> Value {
    let mut content = original.content();
    if is_media(&original.kind)
        && let Some(media) = content["id"].as_str().map(str::to_owned)
    {
        content["url"] = json!(network.media_url(&media));
    }
    let mut item = head(phone, id, clock::now(), "edit");
    let mut message = json!({"type": original.kind});
    message[&original.kind] = content;
    item.insert("edit".to_owned(), json!({"original_message_id": original.id, "message": message}));
    Value::Object(item)
}

/// The news that a person has deleted a message.
pub(crate) fn revoke(phone: &PhoneRow, id: &str, original: &str) -> Value {
    let mut item = head(phone, id, clock::now(), "revoke");
    item.insert("revoke".to_owned(), json!({"original_message_id": original}));
    Value::Object(item)
}

/// A note of the network's about a person, as a `messages[]` member. Its sender is who the person was before.
pub(crate) fn system(before: &PhoneRow, id: &str, system: &Value) -> Value {
    let mut item = head(before, id, clock::now(), "system");
    item.insert("system".to_owned(), system.clone());
    Value::Object(item)
}

/// A `statuses[]` member.
pub(crate) fn status(
    message: &MessageRow,
    phone: Option<&PhoneRow>,
    status: &str,
    at: i64,
    with_conversation: bool,
) -> Value {
    let mut item = json!({"id": message.id, "status": status, "timestamp": clock::meta_seconds(at)});
    let recipient = message.recipient.as_deref().unwrap_or_default();
    let by_user_id = recipient.contains('.');
    match phone {
        Some(phone) => {
            if let Some(wa_id) = phone.wa_id() {
                item["recipient_id"] = json!(wa_id);
            } else if !by_user_id {
                item["recipient_id"] = json!(recipient);
            }
            if status != "failed" || by_user_id {
                item["recipient_user_id"] = json!(phone.user_id);
            }
        }
        None => item["recipient_id"] = json!(recipient),
    }
    if let Some(opaque) = &message.opaque {
        item["biz_opaque_callback_data"] = json!(opaque);
    }
    let pricing: Value =
        message.pricing.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null);
    if matches!(status, "sent" | "delivered") && !pricing.is_null() {
        if with_conversation && status == "sent" {
            item["conversation"] = json!({
                "id": format!("{:016x}{:016x}", message.at, message.seq),
                "expiration_timestamp": clock::meta_seconds(message.at + clock::DAY),
                "origin": {"type": pricing["category"]},
            });
        }
        item["pricing"] = pricing;
    }
    if status == "failed" {
        let error: Value =
            message.error.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null);
        item["errors"] = json!([error]);
    }
    item
}

/// The error of a failed status.
pub(crate) fn failure(code: u32) -> Value {
    let known = codes::known(code);
    json!({
        "code": code,
        "title": known.title,
        "message": known.title,
        "error_data": {"details": known.details},
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    })
}

/// One POST with all the updates, in their order.
pub(crate) fn delivery(app: &AppRow, numbers: &[NumberRow], events: &[EventRow]) -> Value {
    let mut entries: Vec<Value> = Vec::new();
    let mut changes: Vec<Value> = Vec::new();
    let mut group: Vec<&EventRow> = Vec::new();
    for event in events {
        if event.kind == "field" {
            changes.extend(change(numbers, &std::mem::take(&mut group)));
            if !changes.is_empty() {
                entries.push(json!({"id": app.business_account_id, "changes": std::mem::take(&mut changes)}));
            }
            entries.push(json!({
                "id": app.business_account_id,
                "time": event.created_at / 1000,
                "changes": [{"value": parsed(&event.item), "field": event.field}],
            }));
            continue;
        }
        if group.last().is_some_and(|last| !together(last, event)) {
            changes.extend(change(numbers, &std::mem::take(&mut group)));
        }
        group.push(event);
    }
    changes.extend(change(numbers, &group));
    if !changes.is_empty() {
        entries.push(json!({"id": app.business_account_id, "changes": changes}));
    }
    json!({"object": "whatsapp_business_account", "entry": entries})
}

/// Whether two updates can share one `value`.
fn together(one: &EventRow, other: &EventRow) -> bool {
    one.kind == other.kind && one.number_id == other.number_id && one.contact.is_some() == other.contact.is_some()
}

/// One `changes[]` member with updates that share a `value`.
pub(crate) fn change(numbers: &[NumberRow], events: &[&EventRow]) -> Option<Value> {
    let first = events.first()?;
    let number = numbers.iter().find(|number| Some(&number.id) == first.number_id.as_ref())?;
    let mut value = json!({
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.digits, "phone_number_id": number.id},
    });
    let mut contacts: Vec<Value> = Vec::new();
    for contact in events.iter().filter_map(|event| event.contact.as_deref()).map(parsed) {
        if !contacts.iter().any(|known| known["user_id"] == contact["user_id"]) {
            contacts.push(contact);
        }
    }
    if !contacts.is_empty() {
        value["contacts"] = json!(contacts);
    }
    let items: Vec<Value> = events.iter().map(|event| parsed(&event.item)).collect();
    value[if first.kind == "status" { "statuses" } else { "messages" }] = json!(items);
    Some(json!({"value": value, "field": first.field}))
}

/// What was stored as JSON.
pub(crate) fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or(Value::Null)
}
