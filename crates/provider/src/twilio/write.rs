//! A message of ours as a form of Twilio's.

use pronto_domain::outbound::{self, File, Outgoing};
use pronto_domain::provider::Provider;

use super::content;
use super::endpoint::Endpoint;
use super::form::OPAQUE;
use crate::request::{Body, Method, Request};
use crate::trouble::{Unsendable, at_most, degrees, not_empty, some_text};

/// Characters of a text message.
const TEXT_LIMIT: usize = 1600;
/// Characters of a caption.
const CAPTION_LIMIT: usize = 1024;

/// The request that sends a message: `POST /2010-04-01/Accounts/{AC}/Messages.json`.
pub fn write(message: &Outgoing, endpoint: &Endpoint) -> Result<Request, Unsendable> {
    let mut fields = Vec::new();
    if endpoint.sender.starts_with("MG") {
        fields.push(("MessagingServiceSid", endpoint.sender.clone()));
    } else {
        fields.push(("From", format!("whatsapp:+{}", endpoint.sender.trim_start_matches('+'))));
    }
    let digits: String = message.to.digits.iter().flat_map(|text| text.chars()).filter(char::is_ascii_digit).collect();
    let to = match (&message.to.user_id, digits.is_empty()) {
        (_, false) => format!("whatsapp:+{digits}"),
        (Some(id), true) if !id.is_empty() => format!("whatsapp:{id}"),
        _ => return Err(Unsendable::NoRecipient),
    };
    fields.push(("To", to));
    if message.reply_to.is_some() {
        return Err(not_here("a quote"));
    }
    body(&message.body, &mut fields)?;
    if let Some(callback) = &endpoint.status_callback {
        let joint = if callback.contains('?') { '&' } else { '?' };
        let named = message.opaque.as_deref().map(|opaque| {
            let opaque: String = url::form_urlencoded::byte_serialize(opaque.as_bytes()).collect();
            format!("{callback}{joint}{OPAQUE}={opaque}")
        });
        fields.push(("StatusCallback", named.unwrap_or_else(|| callback.clone())));
    }
    Ok(post(endpoint, endpoint.url("/Messages.json"), fields))
}

fn body(body: &outbound::Body, fields: &mut Vec<(&'static str, String)>) -> Result<(), Unsendable> {
    match body {
        outbound::Body::Text { text, .. } => {
            some_text("text", text, TEXT_LIMIT)?;
            fields.push(("Body", text.clone()));
        }
        outbound::Body::Media { media, file, caption, .. } => {
            let File::Link(link) = file else { return Err(Unsendable::NotUploaded) };
            not_empty("file", link)?;
            if let Some(caption) = caption.as_deref().filter(|text| !text.is_empty()) {
                if !matches!(media, outbound::MediaKind::Image | outbound::MediaKind::Video) {
                    return Err(Unsendable::NotWith { field: "caption", with: media.as_str() });
                }
                at_most("caption", caption, CAPTION_LIMIT)?;
                fields.push(("Body", caption.to_owned()));
            }
            fields.push(("MediaUrl", link.clone()));
        }
        outbound::Body::Location { latitude, longitude, name, address } => {
            degrees(*latitude, *longitude)?;
            let words = [name, address].into_iter().flatten().filter(|text| !text.is_empty());
            let label = words.cloned().collect::<Vec<_>>().join(", ").replace('|', " ");
            let action = match label.as_str() {
                "" => format!("geo:{latitude},{longitude}"),
                label => format!("geo:{latitude},{longitude}|{label}"),
            };
            // Twilio wants words beside a place.
            fields.push(("Body", if label.is_empty() { format!("{latitude}, {longitude}") } else { label }));
            fields.push(("PersistentAction", action));
        }
        outbound::Body::Contacts { .. } => return Err(not_here("contact cards")),
        outbound::Body::Reaction { .. } => return Err(not_here("reactions")),
        outbound::Body::Buttons { .. } | outbound::Body::List { .. } => return Err(not_here("buttons or lists")),
        outbound::Body::Template(template) => content::fields(template, fields)?,
    }
    Ok(())
}

pub(super) fn not_here(what: &'static str) -> Unsendable {
    Unsendable::NotHere { provider: Provider::Twilio, what }
}

/// Shows the customer that we are typing for 25 s, and that what they wrote was read.
pub fn typing(endpoint: &Endpoint, message_id: &str) -> Request {
    let fields = vec![("channel", "whatsapp".to_owned()), ("messageId", message_id.to_owned())];
    post(endpoint, format!("{}/v2/Indicators/Typing.json", endpoint.host("messaging")), fields)
}

/// Asks for the account: whether its secret is taken.
pub fn probe(endpoint: &Endpoint) -> Request {
    get(endpoint, endpoint.url(".json"))
}

pub(super) fn get(endpoint: &Endpoint, url: String) -> Request {
    let authorization = Some(endpoint.authorization());
    Request { method: Method::Get, url, authorization, headers: Vec::new(), body: Body::Empty }
}

fn post(endpoint: &Endpoint, url: String, fields: Vec<(&'static str, String)>) -> Request {
    let authorization = Some(endpoint.authorization());
    Request { method: Method::Post, url, authorization, headers: Vec::new(), body: Body::Form(fields) }
}
