//! What Twilio tells of a message or a status: a form.

use serde_json::{Value, json};

use super::error::named;
use super::media::{card_sid, sid};
use crate::ids;
use crate::network::payload::is_media;
use crate::network::told::{Said, Told};
use crate::wire::form;

type Fields = Vec<(&'static str, String)>;

/// The form; none for what Twilio has no words for: reactions, edits, deletions, and notes of the network's.
pub(crate) fn say(told: &Told<'_>) -> Option<Said> {
    match told.event.kind.as_str() {
        "message" => message(told).map(|fields| Said::to_webhook(form(fields))),
        "status" => {
            status(told).map(|fields| Said { url: told.asked("/StatusCallback"), body: form(fields), proven: true })
        }
        _ => None,
    }
}

/// What is the same each time that one delivery is tried.
pub(crate) fn token(event: i64) -> String {
    ids::uuid_of(&format!("delivery {event}"))
}

fn address(person: &str) -> String {
    let is_number = person.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { format!("whatsapp:+{person}") } else { format!("whatsapp:{person}") }
}

fn message(told: &Told<'_>) -> Option<Fields> {
    let id = told.text("/id").to_owned();
    let name = told.contact["profile"]["name"].as_str().unwrap_or_default();
    let mut fields: Fields = vec![
        ("SmsMessageSid", id.clone()),
        ("MessageSid", id.clone()),
        ("SmsSid", id.clone()),
        ("AccountSid", told.app.business_account_id.clone()),
        ("ApiVersion", "2010-04-01".to_owned()),
        ("SmsStatus", "received".to_owned()),
        ("NumSegments", "1".to_owned()),
        ("From", address(told.person())),
        ("To", address(&told.number.digits)),
        ("ProfileName", name.to_owned()),
    ];
    let digits = told.text("/from");
    let mut context = json!({"ProfileName": name});
    if !digits.is_empty() {
        fields.push(("WaId", digits.to_owned()));
        context["WaId"] = json!(digits);
    }
    fields.push(("ChannelMetadata", json!({"type": "whatsapp", "data": {"context": context}}).to_string()));
    shown(told, &id, &mut fields)?;
    if let Some(quoted) = told.item.pointer("/context/id").and_then(Value::as_str) {
        fields.push(("OriginalRepliedMessageSid", quoted.to_owned()));
        let author = told.text("/context/from");
        if !author.is_empty() {
            fields.push(("OriginalRepliedMessageSender", address(author)));
        }
    }
    for (key, name) in [("forwarded", "Forwarded"), ("frequently_forwarded", "FrequentlyForwarded")] {
        if told.item["context"][key] == true {
            fields.push((name, "true".to_owned()));
        }
    }
    for (key, name) in [
        ("body", "ReferralBody"),
        ("headline", "ReferralHeadline"),
        ("source_id", "ReferralSourceId"),
        ("source_type", "ReferralSourceType"),
        ("source_url", "ReferralSourceUrl"),
        ("ctwa_clid", "ReferralCtwaClid"),
    ] {
        if let Some(text) = told.item["referral"][key].as_str() {
            fields.push((name, text.to_owned()));
        }
    }
    Some(fields)
}

/// What the message holds.
fn shown(told: &Told<'_>, id: &str, fields: &mut Fields) -> Option<()> {
    let kind = told.text("/type");
    let content = &told.item[kind];
    let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (mut said, mut body, mut file) = (kind.to_owned(), String::new(), None);
    match kind {
        "reaction" | "edit" | "revoke" | "system" => return None,
        "text" => body = words(&content["body"]),
        kind if is_media(kind) => {
            // A document's name comes where a picture has its caption.
            body = content["caption"].as_str().or(content["filename"].as_str()).unwrap_or_default().to_owned();
            let mime_type = content["mime_type"].as_str().unwrap_or_default();
            file = Some((
                sid(content["id"].as_str().unwrap_or_default()),
                mime_type.split(';').next().unwrap_or_default(),
            ));
        }
        "contacts" => file = Some((card_sid(), "text/vcard")),
        "location" => {
            fields.push(("Latitude", content["latitude"].to_string()));
            fields.push(("Longitude", content["longitude"].to_string()));
            for (key, name) in [("name", "Label"), ("address", "Address")] {
                if let Some(text) = content[key].as_str() {
                    fields.push((name, text.to_owned()));
                }
            }
        }
        "button" => {
            body = words(&content["text"]);
            fields.push(("ButtonText", body.clone()));
            fields.push(("ButtonPayload", words(&content["payload"])));
        }
        "interactive" => match content["type"].as_str() {
            Some("button_reply") => {
                said = "button".to_owned();
                body = words(&content["button_reply"]["title"]);
                fields.push(("ButtonText", body.clone()));
                fields.push(("ButtonPayload", words(&content["button_reply"]["id"])));
            }
            Some("list_reply") => {
                body = words(&content["list_reply"]["title"]);
                fields.push(("ListTitle", body.clone()));
                fields.push(("ListId", words(&content["list_reply"]["id"])));
            }
            _ => fields.push(("InteractiveData", words(&content["nfm_reply"]["response_json"]))),
        },
        _ => "unsupported".clone_into(&mut said),
    }
    fields.push(("MessageType", said));
    fields.push(("Body", body));
    fields.push(("NumMedia", if file.is_some() { "1" } else { "0" }.to_owned()));
    if let Some((media, mime_type)) = file {
        let account = &told.app.business_account_id;
        let base = &told.network.public_base;
        let url = format!("{base}/simulator/twilio/2010-04-01/Accounts/{account}/Messages/{id}/Media/{media}");
        fields.push(("MediaUrl0", url));
        fields.push(("MediaContentType0", mime_type.to_owned()));
    }
    Some(())
}

/// How far a message of the business has come; Twilio does not say that one was played.
fn status(told: &Told<'_>) -> Option<Fields> {
    let failure = told.failure();
    let word = match (told.text("/status"), failure) {
        ("failed", Some(131_026 | 131_049 | 131_050)) => "undelivered",
        (word @ ("sent" | "delivered" | "read" | "failed"), _) => word,
        _ => return None,
    };
    let id = told.text("/id").to_owned();
    let to = told.asked("/To").unwrap_or_else(|| address(told.recipient()));
    let mut fields: Fields = vec![
        ("MessageSid", id.clone()),
        ("SmsSid", id),
        ("MessageStatus", word.to_owned()),
        ("SmsStatus", word.to_owned()),
        ("AccountSid", told.app.business_account_id.clone()),
        ("ApiVersion", "2010-04-01".to_owned()),
        ("From", address(&told.number.digits)),
        ("To", to.clone()),
        ("ChannelPrefix", "whatsapp".to_owned()),
        ("ChannelInstallSid", format!("XE{:0>32}", told.number.digits)),
        ("ChannelToAddress", masked(&to)),
        ("StructuredMessage", "false".to_owned()),
    ];
    if matches!(word, "delivered" | "read") {
        fields.push(("EventType", word.to_uppercase()));
    }
    if let Some(failure) = failure {
        let (code, message) = named(failure);
        fields.push(("ErrorCode", code.to_string()));
        fields.push(("ErrorMessage", message.to_owned()));
        fields.push(("ChannelStatusMessage", told.text("/errors/0/error_data/details").to_owned()));
    }
    Some(fields)
}

/// `+39333555XXXX`
fn masked(address: &str) -> String {
    let bare = address.trim_start_matches("whatsapp:");
    let shown = bare.chars().count().saturating_sub(4);
    bare.chars().take(shown).chain("XXXX".chars()).collect()
}
