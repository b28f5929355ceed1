//! One callback, of either API. Its body is what the callback profile's template says: anything may be missing.

use std::collections::BTreeMap;

use pronto_domain::delivery::State;
use pronto_domain::inbound::{Batch, Code, Event, Item, ProviderError, Status, Update};
use serde_json::Value;

use super::{errors, first, second};
use crate::json::mended;
use crate::trouble::Malformed;

/// What a callback holds. `body` is the object, or the query of a GET.
pub fn read(body: &[u8]) -> Result<Batch, Malformed> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii();
    if body.is_empty() {
        return Err(Malformed::Empty);
    }
    let mut fields = Fields::default();
    if body.starts_with(b"{") {
        let text = String::from_utf8_lossy(body);
        let whole: Value =
            serde_json::from_str(&mended(&text)).map_err(|error| Malformed::NotJson(error.to_string()))?;
        let object = whole.as_object().ok_or(Malformed::NotAnObject)?;
        if object.contains_key("meta_object") {
            return second::read(&whole);
        }
        for (name, value) in object {
            fields.put(name, &plain(value));
        }
        fields.reference = reference(&whole);
    } else if body.starts_with(b"[") || body.starts_with(b"\"") {
        return Err(Malformed::NotAnObject);
    } else {
        for (name, value) in url::form_urlencoded::parse(body) {
            fields.put(&name, &value);
        }
    }
    let update = update(&fields)?;
    Ok(Batch { items: vec![Item { number: None, update }] })
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// What we sent along with a message, for V2.
pub(super) fn reference(whole: &Value) -> Option<String> {
    let told = ["/extra_info/ref", "/ref"].iter().find_map(|path| whole.pointer(path)?.as_str());
    told.filter(|text| is_said(text)).map(str::to_owned)
}

/// The fields of a callback that say something.
#[derive(Debug, Default)]
pub(super) struct Fields {
    fields: BTreeMap<String, String>,
    reference: Option<String>,
}

impl Fields {
    fn put(&mut self, name: &str, value: &str) {
        let value = value.replace('\0', "\u{fffd}");
        if is_said(&value) {
            self.fields.entry(name.replace('\0', "\u{fffd}")).or_insert(value);
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }

    pub(super) fn owned(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// As an object, for keeping.
    pub(super) fn json(&self) -> String {
        serde_json::to_string(&self.fields).unwrap_or_default()
    }

    fn facts(&self) -> BTreeMap<String, String> {
        const PRIVATE: &[&str] = &["body", "name", "from", "mobile", "contacts", "location", "message"];
        let told = self.fields.iter().filter(|(name, _)| !PRIVATE.contains(&name.as_str()));
        told.take(100).map(|(name, value)| (name.clone(), value.chars().take(500).collect())).collect()
    }
}

/// A template that was not filled leaves its `<name>` behind.
fn is_said(value: &str) -> bool {
    let text = value.trim();
    let inside = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
    let left_behind = inside.is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
    });
    !text.is_empty() && !left_behind
}

fn update(fields: &Fields) -> Result<Update, Malformed> {
    let event = |name: &str, sub: Option<String>| {
        Update::Event(Event { name: name.to_owned(), sub, errors: Vec::new(), facts: fields.facts() })
    };
    if fields.get("message_template_id").is_some() || fields.get("message_template_name").is_some() {
        return Ok(event("message_template_status_update", fields.owned("event")));
    }
    let written = ["from", "body", "media_url", "created_at", "location", "contacts"];
    let id = fields.owned("message_id").or_else(|| fields.owned("id"));
    let is_message = written.iter().any(|name| fields.get(name).is_some()) && fields.get("status").is_none();
    if is_message {
        return Ok(first::read(fields).unwrap_or_else(|| event("message", Some("unreadable".to_owned()))));
    }
    if let (Some(provider_id), Some(word)) = (id, fields.get("status")) {
        let Some(state) = state(word) else { return Ok(event("status", Some(word.chars().take(100).collect()))) };
        let opaque = fields.reference.clone().or_else(|| fields.owned("ref"));
        let recipient = fields.owned("mobile").or_else(|| fields.owned("to"));
        let at = fields.get("timestamp").or(fields.get("time")).and_then(seconds);
        let failure = (state == State::Failed).then(|| failure(fields)).flatten();
        return Ok(Update::Status(Status { provider_id, state, at, opaque, recipient, failure, category: None }));
    }
    if fields.get("display_phone_number").is_some() {
        return Ok(event("phone_number_quality_update", fields.owned("event")));
    }
    Err(Malformed::Strange)
}

/// Unix seconds between 2001 and 2100.
pub(super) fn seconds(text: &str) -> Option<jiff::Timestamp> {
    let seconds: i64 = text.trim().parse().ok()?;
    (1_000_000_000..4_102_444_800).contains(&seconds).then(|| jiff::Timestamp::from_second(seconds).ok()).flatten()
}

pub(super) fn state(word: &str) -> Option<State> {
    Some(match word.trim().to_ascii_lowercase().replace(['_', ' '], "-").as_str() {
        "accepted" | "submitted" | "queued" => State::Accepted,
        "sent" => State::Sent,
        "delivered" => State::Delivered,
        "read" => State::Read,
        "played" => State::Played,
        "failed" | "0" | "not-sent" | "undelivered" | "rejected" => State::Failed,
        _ => return None,
    })
}

fn failure(fields: &Fields) -> Option<ProviderError> {
    let code = fields.get("code").or_else(|| fields.get("error_code")).map(errors::code);
    let reason = fields.owned("reason").or_else(|| fields.owned("error")).or_else(|| fields.owned("description"));
    let code = code.or_else(|| reason.as_ref().map(|_| Code::from("not_sent")))?;
    let title = reason.unwrap_or_else(|| errors::meaning(&code).title.into_owned());
    Some(ProviderError { code, title, detail: None })
}
