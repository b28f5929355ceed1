//! A message of ours for either API.

use pronto_domain::outbound::{
    self, Choice, File, MediaKind, Outgoing, Template, TemplateButton, TemplatePart, Variable,
};
use pronto_domain::provider::{Provider, Version};
use serde_json::{Value, json};

use super::endpoint::Endpoint;
use crate::meta;
use crate::request::{Body, Method, Request};
use crate::trouble::{Unsendable, at_most, degrees, fits, not_empty, some_text};

/// Characters of a text message, of a caption.
const TEXT_LIMIT: usize = 4096;
const CAPTION_LIMIT: usize = 1024;

type Fields = Vec<(&'static str, String)>;

/// The request that sends a message.
pub fn write(message: &Outgoing, endpoint: &Endpoint) -> Result<Request, Unsendable> {
    match endpoint.version {
        Version::V1 => first(message, endpoint),
        Version::V2 => second(message, endpoint),
    }
}

/// Meta's own message in a wrapper, with our reference beside it.
fn second(message: &Outgoing, endpoint: &Endpoint) -> Result<Request, Unsendable> {
    let mut bare = message.clone();
    let reference = bare.opaque.take();
    Ok(wrapped(endpoint, meta::message(&bare)?, reference))
}

fn wrapped(endpoint: &Endpoint, message: Value, reference: Option<String>) -> Request {
    let extra = reference.map_or_else(|| json!({}), |reference| json!({ "ref": reference }));
    let body = json!({ "messaging_object": message, "extra_info": extra });
    let url = endpoint.url(&format!("whatsapp/{}/messages", endpoint.number));
    endpoint.request(Method::Post, url, Body::Json(body.to_string().into()))
}

/// Marks a message as read; V1 has no way to.
pub fn mark_read(endpoint: &Endpoint, message_id: &str) -> Option<Request> {
    let read = json!({ "messaging_product": "whatsapp", "status": "read", "message_id": message_id });
    (endpoint.version == Version::V2).then(|| wrapped(endpoint, read, None))
}

/// Asks for a page of the account's templates; V1 has no list, and V2 needs the business account.
pub fn list_templates(endpoint: &Endpoint, after: Option<&str>) -> Option<Request> {
    let waba = endpoint.waba_id.as_ref().filter(|_| endpoint.version == Version::V2)?;
    let mut path = format!("whatsapp/{waba}/message_templates?limit=100");
    if let Some(after) = after {
        path.push_str("&after=");
        path.extend(url::form_urlencoded::byte_serialize(after.as_bytes()));
    }
    Some(endpoint.request(Method::Get, endpoint.url(&path), Body::Empty))
}

fn first(message: &Outgoing, endpoint: &Endpoint) -> Result<Request, Unsendable> {
    let digits: String = message.to.digits.iter().flat_map(|text| text.chars()).filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return Err(Unsendable::NoRecipient);
    }
    if message.reply_to.is_some() {
        return Err(not_here("a quote"));
    }
    let mut fields: Fields = vec![
        ("channel", "whatsapp".to_owned()),
        ("from", format!("+{}", endpoint.number.trim_start_matches('+'))),
        ("to", format!("+{digits}")),
    ];
    body(&message.body, &mut fields)?;
    if let Some(reference) = &message.opaque {
        fields.push(("ref", reference.clone()));
    }
    if let Some(callback) = &endpoint.status_callback {
        fields.push(("callback_url", callback.clone()));
    }
    Ok(endpoint.request(Method::Post, endpoint.url("messages"), Body::Form(fields)))
}

fn body(body: &outbound::Body, fields: &mut Fields) -> Result<(), Unsendable> {
    match body {
        outbound::Body::Text { text, preview_url } => {
            some_text("text", text, TEXT_LIMIT)?;
            fields.extend([("type", "text".to_owned()), ("body", text.clone())]);
            if *preview_url {
                fields.push(("preview_url", "true".to_owned()));
            }
        }
        outbound::Body::Media { media, file, caption, .. } => {
            fields.extend([("type", "media".to_owned()), ("media_url", link(file)?)]);
            if let Some(caption) = caption.as_deref().filter(|text| !text.is_empty()) {
                if matches!(media, MediaKind::Audio | MediaKind::Sticker) {
                    return Err(Unsendable::NotWith { field: "caption", with: media.as_str() });
                }
                at_most("caption", caption, CAPTION_LIMIT)?;
                fields.push(("caption", caption.to_owned()));
            }
        }
        outbound::Body::Location { latitude, longitude, name, address } => {
            degrees(*latitude, *longitude)?;
            let mut place = json!({ "latitude": latitude, "longitude": longitude });
            for (key, text) in [("name", name), ("address", address)] {
                if let Some(text) = text.as_deref().filter(|text| !text.is_empty()) {
                    place[key] = text.into();
                }
            }
            fields.extend([("type", "location".to_owned()), ("location", place.to_string())]);
        }
        outbound::Body::Buttons { text, footer, buttons } => {
            some_text("text", text, 1024)?;
            if buttons.is_empty() {
                return Err(Unsendable::Empty { field: "buttons" });
            }
            fits("buttons", buttons.len(), meta::BUTTON_COUNT)?;
            let buttons = buttons.iter().map(button).collect::<Result<Vec<_>, _>>()?;
            fields.extend([("type", "interactive".to_owned()), ("body", text.clone())]);
            if let Some(footer) = footer.as_deref().filter(|text| !text.is_empty()) {
                at_most("footer", footer, 60)?;
                fields.push(("footer", footer.to_owned()));
            }
            fields.push(("action", json!({ "buttons": buttons }).to_string()));
        }
        outbound::Body::Template(template) => self::template(template, fields)?,
        outbound::Body::List { .. } => return Err(not_here("lists")),
        outbound::Body::Contacts { .. } => return Err(not_here("contact cards")),
        outbound::Body::Reaction { .. } => return Err(not_here("reactions")),
    }
    Ok(())
}

fn link(file: &File) -> Result<String, Unsendable> {
    let File::Link(link) = file else { return Err(Unsendable::NotUploaded) };
    not_empty("file", link)?;
    Ok(link.clone())
}

fn button(button: &Choice) -> Result<Value, Unsendable> {
    some_text("button title", &button.title, 20)?;
    some_text("button id", &button.id, 256)?;
    Ok(json!({ "type": "reply", "reply": { "id": button.id, "title": button.title } }))
}

/// Variables are one text: `"first", "second"`.
fn template(template: &Template, fields: &mut Fields) -> Result<(), Unsendable> {
    not_empty("template", &template.name)?;
    let (mut kind, mut params) = ("template", Vec::new());
    for part in &template.parts {
        match part {
            TemplatePart::Header { variables } | TemplatePart::Body { variables } => {
                for variable in variables {
                    match variable {
                        Variable::Text { text, .. }
                        | Variable::Currency { fallback: text, .. }
                        | Variable::DateTime { fallback: text } => {
                            params.push(format!("\"{}\"", text.replace('"', "'")));
                        }
                        Variable::Media { file, .. } => {
                            kind = "mediatemplate";
                            fields.push(("media_url", link(file)?));
                        }
                        Variable::Location { .. } => return Err(not_here("templates with a location")),
                    }
                }
            }
            TemplatePart::Button { button: TemplateButton::Url { suffix, .. }, .. } => {
                fields.push(("param_url", suffix.clone()));
            }
            // What comes back is the button's text.
            TemplatePart::Button { button: TemplateButton::QuickReply { .. }, .. } => {}
            TemplatePart::Button { .. } => return Err(not_here("this kind of button")),
        }
    }
    fields.extend([
        ("type", kind.to_owned()),
        ("template_name", template.name.clone()),
        ("lang_code", template.language.clone()),
    ]);
    if !params.is_empty() {
        fields.push(("params", params.join(", ")));
    }
    Ok(())
}

fn not_here(what: &'static str) -> Unsendable {
    Unsendable::NotHere { provider: Provider::Kaleyra, what }
}
