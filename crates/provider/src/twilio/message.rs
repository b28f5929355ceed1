//! One delivery of Twilio's: a message of a customer's, or how far one of ours has come.

use std::collections::BTreeMap;

use pronto_domain::inbound::{Batch, Effect, Event, Inbound, Item, Media, Sender, Update};
use pronto_domain::message::{Answer, Content, Kind};
use serde_json::Value;

use super::form::{Address, Form, address};
use super::status;
use crate::fingerprint::fingerprint;
use crate::trouble::Malformed;

/// Files of one message that are looked at; WhatsApp has one.
const FILES_AT_MOST: usize = 10;
/// Answers kept of one form.
const ANSWERS_AT_MOST: usize = 500;

/// What a delivery holds. `body` is the form, the query of a GET, or the object, as it was signed.
pub fn read(body: &[u8]) -> Result<Batch, Malformed> {
    let form = Form::read(body)?;
    let word = form.first(&["MessageStatus", "SmsStatus"]);
    let ours = word.as_deref().filter(|word| !matches!(word.to_ascii_lowercase().as_str(), "received" | "receiving"));
    let items = match ours {
        Some(word) => {
            let number = form.get("From").and_then(address).and_then(digits);
            vec![Item { number, update: status::read(&form, word) }]
        }
        None => {
            let number = form.get("To").and_then(address).and_then(digits);
            let updates = message(&form, body)?;
            updates.into_iter().map(|update| Item { number: number.clone(), update }).collect()
        }
    };
    Ok(Batch { items })
}

fn digits(address: Address<'_>) -> Option<String> {
    match address {
        Address::Digits(digits) => Some(digits.to_owned()),
        Address::Id(_) => None,
    }
}

/// The message, and one more for each further file.
fn message(form: &Form, body: &[u8]) -> Result<Vec<Update>, Malformed> {
    let id = form.first(&["MessageSid", "SmsMessageSid", "SmsSid"]);
    let Some(from) = form.get("From") else {
        return if id.is_some() { Ok(vec![odd("a message without a sender", form)]) } else { Err(Malformed::Strange) };
    };
    let Some(from) = address(from) else { return Ok(vec![odd("not of WhatsApp", form)]) };
    let provider_id = id.unwrap_or_else(|| fingerprint(body));
    let shown = shown(form);
    let first = Inbound {
        provider_id: provider_id.clone(),
        sender: sender(form, from),
        // A webhook comes at once and says no time; what is fetched afterwards does.
        sent_at: form.get("DateSent").and_then(|text| text.parse().ok()),
        kind: shown.kind,
        text: shown.text,
        content: shown.content,
        media: shown.media,
        reply_to: form.owned("OriginalRepliedMessageSid"),
        forwarded: form.is_true("Forwarded") || form.is_true("FrequentlyForwarded"),
        effect: Effect::Own,
        referral: form.first(&["ReferralHeadline", "ReferralSourceUrl", "ReferralBody", "ReferralSourceId"]),
        raw: None,
    };
    let keep = matches!(first.kind, Kind::Unsupported | Kind::Interactive) || first.referral.is_some();
    let mut messages = vec![Inbound { raw: keep.then(|| form.json()), ..first }];
    for place in 1..FILES_AT_MOST {
        let Some((kind, media)) = file(form, place) else { break };
        let further = Inbound {
            provider_id: format!("{provider_id}#{place}"),
            kind,
            text: None,
            content: Content::Media,
            media: Some(media),
            raw: None,
            ..messages[0].clone()
        };
        messages.push(further);
    }
    Ok(messages.into_iter().map(|message| Update::Message(Box::new(message))).collect())
}

/// Replies go to the address that wrote; `WaId` only fills in for one that is no number.
fn sender(form: &Form, from: Address<'_>) -> Sender {
    let context = context(form);
    let beside = |name: &str| form.owned(name).or_else(|| context.get(name).cloned());
    let number = |text: String| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (digits, user_id) = match from {
        Address::Digits(digits) => (Some(digits.to_owned()), None),
        Address::Id(id) => (beside("WaId").map(number).filter(|text| text.len() >= 5), Some(id.to_owned())),
    };
    Sender { digits, user_id, profile_name: beside("ProfileName"), ..Sender::default() }
}

/// What `ChannelMetadata` repeats of the parameters.
fn context(form: &Form) -> BTreeMap<String, String> {
    let metadata: Option<Value> = form.get("ChannelMetadata").and_then(|text| serde_json::from_str(text).ok());
    let context = metadata.as_ref().and_then(|metadata| metadata.pointer("/data/context")).and_then(Value::as_object);
    let texts = context.into_iter().flatten().filter_map(|(name, value)| Some((name.clone(), value.as_str()?)));
    texts.map(|(name, text)| (name, text.replace('\0', "\u{fffd}"))).filter(|(_, text)| !text.is_empty()).collect()
}

struct Shown {
    kind: Kind,
    text: Option<String>,
    content: Content,
    media: Option<Media>,
}

fn shown(form: &Form) -> Shown {
    let plain = |kind, text: Option<String>, content| Shown { kind, text, content, media: None };
    let body = form.owned("Body");
    if let Some((latitude, longitude)) = place(form) {
        let (name, address) = (form.owned("Label"), form.owned("Address"));
        return plain(Kind::Location, None, Content::Location { latitude, longitude, name, address });
    }
    if let Some((kind, mut media)) = file(form, 0) {
        let mut text = body;
        if kind == Kind::Document && media.name.is_none() && text.as_deref().is_some_and(is_file_name) {
            // A document's name comes where a picture has its caption.
            media.name = text.take();
        }
        return Shown { kind, text, content: Content::Media, media: Some(media) };
    }
    if let Some(title) = form.first(&["ButtonText", "ButtonPayload"]) {
        let content = Content::Reply { title: title.clone(), description: None, id: form.owned("ButtonPayload") };
        return plain(Kind::Button, Some(title), content);
    }
    if let Some(title) = form.first(&["ListTitle", "ListId"]) {
        let content = Content::Reply {
            title: title.clone(),
            description: form.owned("ListDescription"),
            id: form.owned("ListId"),
        };
        return plain(Kind::Interactive, Some(title), content);
    }
    if let Some(answers) = form.first(&["InteractiveData", "FlowData"]) {
        return plain(Kind::Interactive, body, Content::Form { name: None, answers: self::answers(&answers) });
    }
    match body {
        Some(text) => plain(Kind::Text, Some(text), Content::Text),
        None => {
            let name = form.get("MessageType").unwrap_or("unknown").chars().take(100).collect();
            plain(Kind::Unsupported, None, Content::Unsupported { name })
        }
    }
}

fn place(form: &Form) -> Option<(f64, f64)> {
    let degrees = |name: &str, most: f64| {
        let value: f64 = form.get(name)?.trim().parse().ok()?;
        (value.abs() <= most).then_some(value)
    };
    Some((degrees("Latitude", 90.0)?, degrees("Longitude", 180.0)?))
}

fn file(form: &Form, place: usize) -> Option<(Kind, Media)> {
    let url = form.owned(&format!("MediaUrl{place}"))?;
    let declared = form.owned(&format!("MediaContentType{place}"));
    let mime = declared.unwrap_or_else(|| "application/octet-stream".to_owned());
    let said = form.get("MessageType").unwrap_or_default().to_ascii_lowercase();
    let essence = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let kind = match (said.as_str(), essence.as_str()) {
        ("sticker", _) => Kind::Sticker,
        ("document" | "contacts", _) => Kind::Document,
        ("voice", _) => Kind::Voice,
        (_, "image/webp") => Kind::Sticker,
        // WhatsApp records in it, and sends nothing else as it.
        (_, "audio/ogg") => Kind::Voice,
        (_, essence) => match essence.split('/').next() {
            Some("image") => Kind::Image,
            Some("video") => Kind::Video,
            Some("audio") => Kind::Audio,
            _ => Kind::Document,
        },
    };
    let card = matches!(essence.as_str(), "text/vcard" | "text/x-vcard" | "text/directory");
    let name = card.then(|| "contact.vcf".to_owned());
    Some((kind, Media { id: None, url: Some(url), mime, sha256: None, name, animated: false }))
}

/// Whether words look like a file's name.
fn is_file_name(text: &str) -> bool {
    let ending = text.rsplit_once('.').map(|(name, ending)| (name.trim(), ending));
    ending.is_some_and(|(name, ending)| {
        let plain = (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
        !name.is_empty() && plain && !text.contains('\n') && text.chars().count() <= 255
    })
}

fn answers(json: &str) -> Vec<Answer> {
    let mut answers = Vec::new();
    if serde_json::from_str::<serde::de::IgnoredAny>(json).is_err() {
        return vec![Answer { key: "response".to_owned(), value: json.to_owned() }];
    }
    crate::facts::flatten("", json, &mut |key, value| {
        if key != "flow_token" && answers.len() < ANSWERS_AT_MOST {
            answers.push(Answer { key: if key.is_empty() { "response" } else { key }.to_owned(), value });
        }
    });
    answers
}

/// What cannot stand in a thread. Words of people are not repeated: the delivery itself is kept.
fn odd(trouble: &str, form: &Form) -> Update {
    let mut facts = BTreeMap::from([("trouble".to_owned(), trouble.to_owned())]);
    facts.extend(["MessageSid", "MessageType"].iter().filter_map(|name| Some(((*name).to_owned(), form.owned(name)?))));
    Update::Event(Event { name: "message".to_owned(), sub: Some("unreadable".to_owned()), errors: Vec::new(), facts })
}
