//! What the newer API tells: Meta's own value, with Kaleyra's file and ids beside it.

use serde_json::{Value, json};

use super::first;
use crate::ids;
use crate::network::payload::{change, is_media};
use crate::network::told::{Said, Told};

/// The error that the account's daily limit shows as here, and Kaleyra's own code of it.
const LIMIT: (u32, &str) = (80_007, "WAV2101");

/// The callback.
pub(crate) fn say(told: &Told<'_>) -> Option<Said> {
    let body = match told.event.kind.as_str() {
        "field" => first::template(told)?,
        "status" if told.failure() == Some(LIMIT.0) => limited(told),
        "status" => status(told)?,
        _ => message(told)?,
    };
    Some(Said::to_webhook(body.to_string()))
}

fn message(told: &Told<'_>) -> Option<Value> {
    let kind = told.text("/type");
    let content = &told.item[kind];
    let mut extra = json!({
        "media_url": "",
        "ref": "",
        "ref1": "",
        "ref2": "",
        "reply_to": told.text("/context/id"),
        "trace_id": ids::uuid_of(&format!("trace {}", told.event.id)),
        "waba_id": told.app.templates_of(),
    });
    if is_media(kind) {
        let (id, mime_type) = (content["id"].as_str().unwrap_or_default(), content["mime_type"].as_str());
        let name = content["filename"].as_str();
        extra["media_url"] = json!(told.network.open_url("kaleyra", id, mime_type.unwrap_or_default(), name));
    }
    let meta = change(std::slice::from_ref(&told.number), &[told.event])?;
    Some(json!({"meta_object": meta, "extra_info": extra}))
}

/// The id within is another than the one that was answered; that stands beside it.
fn status(told: &Told<'_>) -> Option<Value> {
    let mut meta = change(std::slice::from_ref(&told.number), &[told.event])?;
    meta["value"]["statuses"][0]["id"] = json!(ids::uuid_of(told.text("/id")));
    Some(json!({
        "meta_object": meta,
        "status": told.text("/status"),
        "message_id": told.text("/id"),
        "extra_info": extra(told),
    }))
}

fn limited(told: &Told<'_>) -> Value {
    json!({
        "code": LIMIT.1,
        "status": "not sent",
        "reason": "Account daily limit reached",
        "message_id": told.text("/id"),
        "extra_info": extra(told),
    })
}

fn extra(told: &Told<'_>) -> Value {
    json!({
        "ref": told.text("/biz_opaque_callback_data"),
        "ref1": "",
        "ref2": "",
        "message_id": told.text("/id"),
        "waba_id": told.app.templates_of(),
    })
}
