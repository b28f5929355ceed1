//! What we understood, in the words of the samples' manifest.

use pronto_domain::inbound::{Code, Effect, Inbound, Item, Status, Update};
use pronto_domain::message::{Content, Kind};
use serde_json::{Map, Value, json};

/// One item of a batch.
pub(crate) fn of(item: &Item) -> Value {
    match &item.update {
        Update::Message(message) => of_message(message),
        Update::Status(status) => of_status(status),
        Update::Event(event) if event.name == "status" => json!({
            "event": "status", "status": event.sub, "id": event.facts.get("id"),
            "recipient": event.facts.get("recipient_id"),
            "errors": codes(event.errors.iter().map(|error| &error.code)),
        }),
        Update::Event(event) => json!({
            "event": event.name, "sub": event.sub,
            "errors": codes(event.errors.iter().map(|error| &error.code)),
        }),
    }
}

fn codes<'a>(codes: impl Iterator<Item = &'a Code>) -> Value {
    codes.map(|code| code.number().map_or_else(|| code.to_string().into(), Value::from)).collect()
}

fn of_status(status: &Status) -> Value {
    json!({
        "event": "status", "status": status.state.as_str(), "id": status.provider_id,
        "recipient": status.recipient, "category": status.category,
        "timestamp": status.at.map(|at| at.as_second().to_string()),
        "biz_opaque_callback_data": status.opaque,
        "errors": codes(status.failure.iter().map(|error| &error.code)),
    })
}

fn of_message(message: &Inbound) -> Value {
    let raw: Value = message.raw.as_deref().and_then(|raw| serde_json::from_str(raw).ok()).unwrap_or_default();
    let sender = &message.sender;
    let mut view = json!({
        "event": "message",
        "id": message.provider_id,
        // An id that is no number is kept as one of the other kind.
        "from_": sender.digits.as_ref().or(sender.user_id.as_ref()),
        "from_user_id": sender.user_id,
        "timestamp": message.sent_at.map(|at| at.as_second().to_string()),
        "text": message.text,
        "caption": message.text,
        "context": { "id": message.reply_to, "forwarded": message.forwarded, "frequently_forwarded": message.forwarded },
    });
    let object = view.as_object_mut().expect("an object");
    object.insert("type".into(), kind(message, &raw));
    if let Some(errors) = raw["errors"].as_array() {
        object.insert(
            "errors".into(),
            errors.iter().filter_map(|error| error["code"].as_i64()).collect::<Vec<_>>().into(),
        );
    }
    if message.referral.is_some() {
        object.insert("referral_source".into(), raw["referral"]["source_type"].clone());
    }
    if let Some(media) = &message.media {
        object.insert("media_id".into(), json!(media.id));
        object.insert("url".into(), json!(media.url));
        object.insert("mime".into(), json!(media.mime));
        object.insert("filename".into(), json!(media.name));
        object.insert("animated".into(), json!(media.animated));
        object.insert("sha256".into(), json!(media.sha256));
        object.insert("voice".into(), json!(message.kind == Kind::Voice));
    }
    match &message.effect {
        Effect::React { target, emoji } => {
            object.insert("target".into(), json!(target));
            object.insert("emoji".into(), json!(emoji.as_deref().unwrap_or_default()));
            object.insert("removed".into(), json!(emoji.is_none()));
        }
        Effect::Edit { target } | Effect::Delete { target } => {
            object.insert("target".into(), json!(target));
        }
        Effect::Own | Effect::Moved { .. } => {}
    }
    content(object, message);
    view
}

fn kind(message: &Inbound, raw: &Value) -> Value {
    match (&message.effect, message.kind) {
        (Effect::Edit { .. }, _) => "edit".into(),
        (Effect::Delete { .. }, _) => "revoke".into(),
        (_, Kind::Voice) => "audio".into(),
        (_, Kind::Unsupported) => raw["type"].clone(),
        (_, kind) => kind.as_str().into(),
    }
}

fn content(view: &mut Map<String, Value>, message: &Inbound) {
    match &message.content {
        Content::Location { latitude, longitude, name, address } => {
            view.insert("lat".into(), json!(latitude));
            view.insert("lon".into(), json!(longitude));
            view.insert("name".into(), json!(name));
            view.insert("address".into(), json!(address));
        }
        Content::Contacts { cards } => drop(view.insert("contact_cards".into(), cards.len().into())),
        Content::Order { items, .. } => drop(view.insert("items".into(), items.len().into())),
        Content::Reply { title, id, .. } => {
            // Buttons and lists mean the same to us.
            view.insert("interactive".into(), json!(["button_reply", "list_reply"]));
            view.insert("reply_id".into(), json!(id));
            view.insert("payload".into(), json!(id));
            view.insert("reply_title".into(), json!(title));
        }
        Content::Form { name, .. } => {
            let permission = name.as_deref() == Some("call_permission_reply");
            let word = if permission { "call_permission_reply" } else { "nfm_reply" };
            view.insert("interactive".into(), word.into());
        }
        Content::System { params, .. } => drop(view.insert("system_type".into(), json!(params.get("type")))),
        _ => {}
    }
}

/// What the wire says and we keep no place for.
const NOT_KEPT: &[&str] = &["from"];

/// Whether everything the manifest expects was seen. Words of a manifest that we have no name for are not compared.
pub(crate) fn compare(entry: &Value, seen: &[Value]) -> Result<(), String> {
    let nothing = entry["ignored"] == true || entry["expect"]["ignored"] == true;
    if nothing {
        let harmless = seen.iter().all(|one| one["event"] != "message" && one["event"] != "status");
        return if harmless { Ok(()) } else { Err("something came of what is to be ignored".into()) };
    }
    let Some(expected) = entry["expect"].as_array() else { return Ok(()) };
    if expected.len() != seen.len() {
        return Err(format!("{} expected, {} seen", expected.len(), seen.len()));
    }
    for (place, (wanted, seen)) in expected.iter().zip(seen).enumerate() {
        fits(wanted, seen).map_err(|difference| format!("item {place}: {difference}"))?;
    }
    Ok(())
}

fn fits(wanted: &Value, seen: &Value) -> Result<(), String> {
    let Some(wanted) = wanted.as_object() else { return Err("the expectation is no object".into()) };
    for (name, wanted) in wanted {
        let seen = &seen[name];
        let same = match (wanted, seen) {
            _ if NOT_KEPT.contains(&name.as_str()) => true,
            (Value::Object(_), Value::Object(_)) => fits(wanted, seen).is_ok(),
            (Value::String(_), Value::Array(any)) => any.contains(wanted),
            // The manifest may write an absent text as an empty one.
            (Value::String(text), Value::Null) => text.is_empty(),
            _ => same(wanted, seen),
        };
        if !same {
            return Err(format!("{name}: {wanted} expected, {seen} seen"));
        }
    }
    Ok(())
}

/// Equal, where a number may be written as text.
fn same(wanted: &Value, seen: &Value) -> bool {
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    wanted == seen || (!wanted.is_object() && !wanted.is_array() && plain(wanted) == plain(seen))
}
