//! A message of ours as a request. Lengths are counted in Unicode characters and checked before anything leaves.

use pronto_domain::message::Card;
use pronto_domain::outbound::{Body, File, MediaKind, Outgoing, Recipient};
use serde_json::{Map, Value, json};

use super::endpoint::Endpoint;
use super::{interactive, template};
use crate::request::{self, Method, Request};
use crate::trouble::{Unsendable, at_most, degrees, fits, not_empty, some_text};

/// Characters of a text message.
pub const TEXT_LIMIT: usize = 4096;
/// Characters of a caption.
pub const CAPTION_LIMIT: usize = 1024;
/// Shared contacts in one message.
pub const CARD_LIMIT: usize = 257;
/// Characters of what comes back with the statuses.
pub const OPAQUE_LIMIT: usize = 512;

/// The request that sends a message: `POST /{phone-number-id}/messages`.
pub fn write(message: &Outgoing, endpoint: &Endpoint) -> Result<Request, Unsendable> {
    Ok(post(endpoint, &self::message(message)?))
}

/// A message in Meta's words.
pub(crate) fn message(message: &Outgoing) -> Result<Value, Unsendable> {
    let mut whole = Map::new();
    whole.insert("messaging_product".into(), "whatsapp".into());
    whole.insert("recipient_type".into(), "individual".into());
    address(&mut whole, &message.to)?;
    let (kind, body) = body(&message.body)?;
    whole.insert("type".into(), kind.into());
    whole.insert(kind.into(), body);
    // Meta refuses a reaction inside a quote.
    if let Some(target) = message.reply_to.as_deref().filter(|_| kind != "reaction") {
        whole.insert("context".into(), json!({ "message_id": target }));
    }
    if let Some(opaque) = &message.opaque {
        at_most("opaque", opaque, OPAQUE_LIMIT)?;
        whole.insert("biz_opaque_callback_data".into(), opaque.as_str().into());
    }
    Ok(Value::Object(whole))
}

/// A request to `/{phone-number-id}/messages`.
pub(super) fn post(endpoint: &Endpoint, body: &Value) -> Request {
    Request {
        method: Method::Post,
        url: endpoint.url(&format!("{}/messages", endpoint.phone_number_id)),
        authorization: Some(endpoint.authorization()),
        headers: Vec::new(),
        body: request::Body::Json(body.to_string().into()),
    }
}

/// `to` with its `+`, for without it Meta puts the business's own country in front; `recipient` for a user id.
fn address(whole: &mut Map<String, Value>, to: &Recipient) -> Result<(), Unsendable> {
    let digits: String = to.digits.iter().flat_map(|text| text.chars()).filter(char::is_ascii_digit).collect();
    let user_id = to.user_id.as_deref().filter(|id| !id.is_empty());
    if !digits.is_empty() {
        whole.insert("to".into(), format!("+{digits}").into());
    }
    if let Some(user_id) = user_id {
        whole.insert("recipient".into(), user_id.into());
    }
    if digits.is_empty() && user_id.is_none() { Err(Unsendable::NoRecipient) } else { Ok(()) }
}

fn body(body: &Body) -> Result<(&'static str, Value), Unsendable> {
    Ok(match body {
        Body::Text { text, preview_url } => {
            some_text("text", text, TEXT_LIMIT)?;
            ("text", json!({ "body": text, "preview_url": preview_url }))
        }
        Body::Media { media, file, caption, filename, voice } => {
            let mut object = self::file(file)?;
            if let Some(caption) = caption.as_deref().filter(|text| !text.is_empty()) {
                if matches!(media, MediaKind::Audio | MediaKind::Sticker) {
                    return Err(Unsendable::NotWith { field: "caption", with: media.as_str() });
                }
                at_most("caption", caption, CAPTION_LIMIT)?;
                object.insert("caption".into(), caption.into());
            }
            if let (MediaKind::Document, Some(name)) = (media, filename) {
                object.insert("filename".into(), name.as_str().into());
            }
            if *voice && *media == MediaKind::Audio {
                object.insert("voice".into(), true.into());
            }
            (media.as_str(), Value::Object(object))
        }
        Body::Location { latitude, longitude, name, address } => {
            ("location", location(*latitude, *longitude, name.as_deref(), address.as_deref())?)
        }
        Body::Contacts { cards } => ("contacts", self::cards(cards)?),
        Body::Reaction { target, emoji } => {
            not_empty("target", target)?;
            // An empty emoji takes the reaction off.
            ("reaction", json!({ "message_id": target, "emoji": emoji.as_deref().unwrap_or_default() }))
        }
        Body::Buttons { text, footer, buttons } => {
            ("interactive", interactive::buttons(text, footer.as_deref(), buttons)?)
        }
        Body::List { text, footer, button, sections } => {
            ("interactive", interactive::list(text, footer.as_deref(), button, sections)?)
        }
        Body::Template(template) => ("template", template::write(template)?),
    })
}

/// `{"id"}` or `{"link"}`.
pub(super) fn file(file: &File) -> Result<Map<String, Value>, Unsendable> {
    let (name, value) = match file {
        File::Kept(_) => return Err(Unsendable::NotUploaded),
        File::Uploaded(id) => ("id", id),
        File::Link(url) => ("link", url),
    };
    not_empty("file", value)?;
    Ok(Map::from_iter([(name.to_owned(), value.as_str().into())]))
}

/// A place, its degrees checked.
pub(super) fn location(
    latitude: f64,
    longitude: f64,
    name: Option<&str>,
    address: Option<&str>,
) -> Result<Value, Unsendable> {
    degrees(latitude, longitude)?;
    let mut place = Map::from_iter([("latitude".to_owned(), latitude.into()), ("longitude".into(), longitude.into())]);
    for (key, text) in [("name", name), ("address", address)] {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            place.insert(key.into(), text.into());
        }
    }
    Ok(Value::Object(place))
}

fn cards(cards: &[Card]) -> Result<Value, Unsendable> {
    if cards.is_empty() {
        return Err(Unsendable::Empty { field: "contacts" });
    }
    fits("contacts", cards.len(), CARD_LIMIT)?;
    cards.iter().map(card).collect::<Result<Vec<_>, _>>().map(Value::Array)
}

fn card(card: &Card) -> Result<Value, Unsendable> {
    not_empty("contact name", &card.name)?;
    // Meta wants one more part of the name beside the whole.
    let mut object =
        Map::from_iter([("name".to_owned(), json!({ "formatted_name": card.name, "first_name": card.name }))]);
    if !card.phones.is_empty() {
        let phones: Vec<_> = card.phones.iter().map(|phone| json!({ "phone": phone })).collect();
        object.insert("phones".into(), phones.into());
    }
    if !card.emails.is_empty() {
        let emails: Vec<_> = card.emails.iter().map(|email| json!({ "email": email })).collect();
        object.insert("emails".into(), emails.into());
    }
    if let Some(company) = &card.organisation {
        object.insert("org".into(), json!({ "company": company }));
    }
    Ok(Value::Object(object))
}
