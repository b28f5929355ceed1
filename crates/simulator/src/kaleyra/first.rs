//! What the older API tells: flat fields, and no id of a person's message.

use serde_json::{Map, Value, json};

use crate::network::payload::is_media;
use crate::network::told::{Said, Told};

/// The callback; none for what the older API has no words for.
pub(crate) fn say(told: &Told<'_>) -> Option<Said> {
    match told.event.kind.as_str() {
        "message" => Some(Said::to_webhook(message(told)?.to_string())),
        "status" => {
            // One that is asked for with the message brings no name and password.
            let url = told.asked("/callback_url");
            Some(Said { proven: url.is_none(), url, body: status(told).to_string() })
        }
        _ => template(told).map(|body| Said::to_webhook(body.to_string())),
    }
}

fn message(told: &Told<'_>) -> Option<Value> {
    let kind = told.text("/type");
    let content = &told.item[kind];
    let mut said = Map::new();
    let mut put = |name: &str, value: &str| said.insert(name.to_owned(), json!(value));
    put("from", told.person());
    put("mobile", told.person());
    put("wanumber", &told.number.digits);
    put("name", told.contact["profile"]["name"].as_str().unwrap_or_default());
    put("created_at", told.text("/timestamp"));
    put("reply_to", told.text("/context/id"));
    put("type", kind);
    let words = |value: &'_ Value| value.as_str().unwrap_or_default().to_owned();
    match kind {
        "reaction" | "edit" | "revoke" | "system" => return None,
        "text" => {
            put("body", &words(&content["body"]));
        }
        kind if is_media(kind) => {
            let (id, mime_type) = (words(&content["id"]), words(&content["mime_type"]));
            let url = told.network.open_url("kaleyra", &id, &mime_type, content["filename"].as_str());
            put("body", &words(&content["caption"]));
            put("mime_type", &mime_type);
            put("media_url", &url);
            if content["voice"] == true {
                put("type", "voice");
            }
        }
        "location" | "contacts" => {
            put(kind, &content.to_string());
        }
        "button" => {
            put("body", &words(&content["text"]));
            put("custom_response", &words(&content["payload"]));
        }
        "interactive" => {
            let reply =
                if content["list_reply"].is_object() { &content["list_reply"] } else { &content["button_reply"] };
            put("body", &words(&reply["title"]));
            put("custom_response", &words(&reply["id"]));
        }
        _ => {}
    }
    Some(Value::Object(said))
}

fn status(told: &Told<'_>) -> Value {
    let mut said = json!({
        "id": told.text("/id"),
        "status": if told.text("/status") == "played" { "read" } else { told.text("/status") },
        "mobile": told.recipient(),
        "timestamp": told.text("/timestamp"),
        "ref": told.text("/biz_opaque_callback_data"),
    });
    if let Some(code) = told.failure() {
        said["code"] = json!(code.to_string());
        said["reason"] = json!(told.text("/errors/0/error_data/details"));
    }
    said
}

/// What has become of a template: all of it text. Of its quality and category nothing is told.
pub(super) fn template(told: &Told<'_>) -> Option<Value> {
    let id = &told.item["message_template_id"];
    (told.event.field == "message_template_status_update").then(|| {
        json!({
            "id": crate::ids::uuid_of(&format!("template {}", told.event.id)),
            "time": (told.event.created_at / 1000).to_string(),
            "event": told.text("/event"),
            "message_template_id": id.to_string(),
            "message_template_name": told.text("/message_template_name"),
            "message_template_language": told.text("/message_template_language"),
            "reason": told.text("/reason"),
        })
    })
}
