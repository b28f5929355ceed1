//! A message of ours in Sinch's words.

use pronto_domain::message::Card;
use pronto_domain::outbound::{self, Choice, File, MediaKind, Outgoing, Section};
use pronto_domain::provider::Provider;
use serde_json::{Map, Value, json};

use super::endpoint::Endpoint;
use crate::request::{Body, Method, Request};
use crate::trouble::{Unsendable, at_most, degrees, fits, not_empty, some_text};

/// Characters of a text message, of a caption, of what comes back with the statuses.
const TEXT_LIMIT: usize = 4096;
const CAPTION_LIMIT: usize = 1024;
const METADATA_LIMIT: usize = 1024;

/// The request that sends a message: `POST …/messages:send`. It has no credentials yet.
pub fn write(message: &Outgoing, endpoint: &Endpoint) -> Result<Request, Unsendable> {
    let digits: String = message.to.digits.iter().flat_map(|text| text.chars()).filter(char::is_ascii_digit).collect();
    let id = message.to.user_id.clone().filter(|id| !id.is_empty() && digits.is_empty());
    let identity = id.or(Some(digits).filter(|digits| !digits.is_empty())).ok_or(Unsendable::NoRecipient)?;
    if message.reply_to.is_some() {
        return Err(not_here("a quote"));
    }
    let mut whole = json!({
        "app_id": endpoint.app_id,
        "recipient": {
            "identified_by": { "channel_identities": [{ "channel": "WHATSAPP", "identity": identity }] },
        },
        "message": body(&message.body)?,
        "channel_priority_order": ["WHATSAPP"],
    });
    if let Some(opaque) = &message.opaque {
        at_most("opaque", opaque, METADATA_LIMIT)?;
        whole["message_metadata"] = opaque.as_str().into();
    }
    Ok(Request {
        method: Method::Post,
        url: endpoint.url("messages:send"),
        authorization: None,
        headers: Vec::new(),
        body: Body::Json(whole.to_string().into()),
    })
}

fn body(body: &outbound::Body) -> Result<Value, Unsendable> {
    Ok(match body {
        outbound::Body::Text { text, .. } => {
            some_text("text", text, TEXT_LIMIT)?;
            json!({ "text_message": { "text": text } })
        }
        outbound::Body::Media { media, file, caption, filename, .. } => {
            let File::Link(link) = file else { return Err(Unsendable::NotUploaded) };
            not_empty("file", link)?;
            let mut file = Map::from_iter([("url".to_owned(), Value::from(link.as_str()))]);
            if let (MediaKind::Document, Some(name)) = (media, filename) {
                file.insert("filename_override".into(), name.as_str().into());
            }
            match caption.as_deref().filter(|text| !text.is_empty()) {
                None => json!({ "media_message": file }),
                Some(_) if matches!(media, MediaKind::Audio | MediaKind::Sticker) => {
                    return Err(Unsendable::NotWith { field: "caption", with: media.as_str() });
                }
                // Only a card has words beside its file.
                Some(caption) => {
                    at_most("caption", caption, CAPTION_LIMIT)?;
                    json!({ "card_message": { "title": caption, "media_message": file } })
                }
            }
        }
        outbound::Body::Location { latitude, longitude, name, address } => {
            degrees(*latitude, *longitude)?;
            let filled = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
            let title = filled(name).or_else(|| filled(address)).unwrap_or_else(|| format!("{latitude}, {longitude}"));
            let mut place = json!({ "title": title, "coordinates": { "latitude": latitude, "longitude": longitude } });
            if let Some(label) = filled(address) {
                place["label"] = label.into();
            }
            json!({ "location_message": place })
        }
        outbound::Body::Contacts { cards } => match cards.as_slice() {
            [] => return Err(Unsendable::Empty { field: "contacts" }),
            [card] => json!({ "contact_info_message": self::card(card)? }),
            cards => return Err(Unsendable::TooMany { field: "contacts", limit: 1, count: cards.len() }),
        },
        outbound::Body::Buttons { text, buttons, .. } => {
            some_text("text", text, 1024)?;
            if buttons.is_empty() {
                return Err(Unsendable::Empty { field: "buttons" });
            }
            fits("buttons", buttons.len(), 3)?;
            let choices = buttons.iter().map(button).collect::<Result<Vec<_>, _>>()?;
            json!({ "choice_message": { "text_message": { "text": text }, "choices": choices } })
        }
        outbound::Body::List { text, button, sections, .. } => {
            some_text("text", text, 1024)?;
            some_text("list button", button, 20)?;
            let rows: usize = sections.iter().map(|section| section.rows.len()).sum();
            if rows == 0 {
                return Err(Unsendable::Empty { field: "rows" });
            }
            fits("rows", rows, 10)?;
            let sections = sections.iter().map(section).collect::<Result<Vec<_>, _>>()?;
            json!({
                "list_message": { "title": text, "sections": sections, "message_properties": { "menu": button } },
            })
        }
        outbound::Body::Reaction { .. } => return Err(not_here("reactions")),
        outbound::Body::Template(_) => return Err(not_here("templates")),
    })
}

fn not_here(what: &'static str) -> Unsendable {
    Unsendable::NotHere { provider: Provider::Sinch, what }
}

fn card(card: &Card) -> Result<Value, Unsendable> {
    not_empty("contact name", &card.name)?;
    let phones: Vec<_> = card.phones.iter().map(|phone| json!({ "phone_number": phone })).collect();
    let mut made = json!({ "name": { "full_name": card.name }, "phone_numbers": phones });
    if !card.emails.is_empty() {
        let emails: Vec<_> = card.emails.iter().map(|email| json!({ "email_address": email })).collect();
        made["email_addresses"] = emails.into();
    }
    if let Some(company) = &card.organisation {
        made["organization"] = json!({ "company": company });
    }
    Ok(made)
}

fn button(button: &Choice) -> Result<Value, Unsendable> {
    some_text("button title", &button.title, 20)?;
    some_text("button id", &button.id, 256)?;
    Ok(json!({ "text_message": { "text": button.title }, "postback_data": button.id }))
}

fn section(section: &Section) -> Result<Value, Unsendable> {
    let mut items = Vec::with_capacity(section.rows.len());
    for row in &section.rows {
        some_text("row title", &row.title, 24)?;
        some_text("row id", &row.id, 200)?;
        let mut choice = json!({ "title": row.title, "postback_data": row.id });
        if let Some(text) = row.description.as_deref().filter(|text| !text.is_empty()) {
            at_most("row description", text, 72)?;
            choice["description"] = text.into();
        }
        items.push(json!({ "choice": choice }));
    }
    Ok(json!({ "title": section.title.as_deref().unwrap_or_default(), "items": items }))
}

/// Has what happens to the app told to `webhook_url`, signed with `secret`: `POST …/webhooks`. It has no credentials yet.
pub fn subscribe(endpoint: &Endpoint, webhook_url: &str, secret: &str) -> Request {
    let triggers = ["MESSAGE_INBOUND", "MESSAGE_DELIVERY", "EVENT_INBOUND", "CHANNEL_EVENT", "UNSUPPORTED"];
    let body = json!({
        "app_id": endpoint.app_id, "target": webhook_url, "target_type": "HTTP", "secret": secret, "triggers": triggers,
    });
    Request {
        method: Method::Post,
        url: endpoint.url("webhooks"),
        authorization: None,
        headers: Vec::new(),
        body: Body::Json(body.to_string().into()),
    }
}

/// Asks for the app: whether the project, the app and the region are right.
pub fn probe(endpoint: &Endpoint) -> Request {
    let url = endpoint.url(&format!("apps/{}", endpoint.app_id));
    Request { method: Method::Get, url, authorization: None, headers: Vec::new(), body: Body::Empty }
}
