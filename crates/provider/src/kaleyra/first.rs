//! A message of a customer's in V1, which has no id of its own.

use pronto_domain::inbound::{Effect, Inbound, Media, Sender, Update};
use pronto_domain::message::{Content, Kind};
use serde_json::Value;
use serde_json::value::RawValue;

use super::callback::{Fields, seconds};
use crate::fingerprint::fingerprint;
use crate::meta::cards;

/// The message; `None` if nobody wrote it.
pub(super) fn read(fields: &Fields) -> Option<Update> {
    let from = fields.get("from").or(fields.get("mobile"))?.trim();
    let digits: String = from.chars().filter(char::is_ascii_digit).collect();
    let is_number = digits.len() >= 5 && from.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c));
    let sender = Sender {
        digits: is_number.then_some(digits),
        user_id: (!is_number).then(|| from.to_owned()),
        profile_name: fields.owned("name"),
        ..Sender::default()
    };
    let shown = shown(fields);
    let keep = shown.kind == Kind::Unsupported || shown.kind == Kind::Contacts;
    Some(Update::Message(Box::new(Inbound {
        provider_id: id(fields),
        sender,
        sent_at: fields.get("created_at").and_then(seconds),
        kind: shown.kind,
        text: shown.text,
        content: shown.content,
        media: shown.media,
        reply_to: fields.owned("reply_to"),
        forwarded: false,
        effect: Effect::Own,
        referral: None,
        raw: keep.then(|| fields.json()),
    })))
}

/// Made of what the message says, so that one that comes again is known. The signature in a file's address may be
/// another one then.
fn id(fields: &Fields) -> String {
    let names =
        ["from", "wanumber", "created_at", "type", "body", "reply_to", "custom_response", "location", "contacts"];
    let mut content: Vec<&str> = names.iter().map(|name| fields.get(name).unwrap_or_default()).collect();
    content.push(fields.get("media_url").and_then(|url| url.split(['?', '#']).next()).unwrap_or_default());
    fingerprint(content.join("\u{1f}").as_bytes())
}

struct Shown {
    kind: Kind,
    text: Option<String>,
    content: Content,
    media: Option<Media>,
}

fn shown(fields: &Fields) -> Shown {
    let body = fields.owned("body");
    let plain = |kind, text, content| Shown { kind, text, content, media: None };
    if let Some(place) = fields.get("location").and_then(location) {
        return plain(Kind::Location, None, place);
    }
    if let Some(content) = fields.get("contacts").and_then(contacts) {
        return plain(Kind::Contacts, None, content);
    }
    let said = fields.get("type").unwrap_or_default().to_ascii_lowercase();
    if let Some(url) = fields.owned("media_url") {
        let mime = fields.owned("mime_type");
        let kind = kind(&said, mime.as_deref().unwrap_or_default());
        let last = url.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
        let name = Some(last.to_owned()).filter(|name| kind == Kind::Document && name.contains('.'));
        let mime = mime.unwrap_or_else(|| "application/octet-stream".to_owned());
        let media = Media { id: None, url: Some(url), mime, sha256: None, name, animated: false };
        return Shown { kind, text: body, content: Content::Media, media: Some(media) };
    }
    if let Some(payload) = fields.owned("custom_response") {
        let title = body.unwrap_or_else(|| payload.clone());
        let content = Content::Reply { title: title.clone(), description: None, id: Some(payload) };
        return plain(Kind::Button, Some(title), content);
    }
    if matches!(said.as_str(), "button" | "interactive")
        && let Some(title) = body.clone()
    {
        let content = Content::Reply { title: title.clone(), description: None, id: None };
        return plain(Kind::Button, Some(title), content);
    }
    match body {
        Some(text) => plain(Kind::Text, Some(text), Content::Text),
        None => {
            let name = if said.is_empty() { "unknown" } else { &said };
            plain(Kind::Unsupported, None, Content::Unsupported { name: name.chars().take(100).collect() })
        }
    }
}

fn kind(said: &str, mime: &str) -> Kind {
    match said {
        "image" => Kind::Image,
        "video" => Kind::Video,
        "voice" => Kind::Voice,
        "audio" => Kind::Audio,
        "sticker" => Kind::Sticker,
        "document" => Kind::Document,
        _ => match mime.split('/').next() {
            Some("image") => Kind::Image,
            Some("video") => Kind::Video,
            Some("audio") => Kind::Audio,
            _ => Kind::Document,
        },
    }
}

/// JSON in a text.
fn location(text: &str) -> Option<Content> {
    let place: Value = serde_json::from_str(text).ok()?;
    let degrees = |name: &str, most: f64| {
        let value = place.get(name)?;
        let value = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())?;
        (value.abs() <= most).then_some(value)
    };
    let words = |name: &str| place.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    Some(Content::Location {
        latitude: degrees("latitude", 90.0)?,
        longitude: degrees("longitude", 180.0)?,
        name: words("name"),
        address: words("address"),
    })
}

/// Meta's contact cards, JSON in a text.
fn contacts(text: &str) -> Option<Content> {
    let raw: &RawValue = serde_json::from_str(text).ok()?;
    let shown = cards::read(Some(raw))?;
    Some(shown.content)
}
