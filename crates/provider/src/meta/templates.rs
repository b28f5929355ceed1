//! The templates of a business account: asking for them, and what comes back.

use pronto_domain::template::{Button, Header, Status, Template};
use serde_json::Value;

use super::ask::{BadId, get, segment};
use super::endpoint::Endpoint;
use crate::request::Request;

/// Templates asked for at a time: a page stays well under what is read of an answer.
const PAGE: usize = 100;
/// Fields that are asked for.
const FIELDS: &str = "id,name,language,status,category,components,parameter_format,rejected_reason,quality_score";

/// A template as Meta has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub id: String,
    pub category: String,
    pub status: Status,
    pub reason: Option<String>,
    /// `GREEN`, `YELLOW`, `RED` or `UNKNOWN`.
    pub quality: Option<String>,
    pub template: Template,
}

/// A page of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    pub items: Vec<Listed>,
    /// Where the next page begins; `None` on the last.
    pub after: Option<String>,
}

/// Asks for a page, the first or the one after a cursor.
pub fn list_templates(endpoint: &Endpoint, after: Option<&str>) -> Result<Request, BadId> {
    let account = segment(endpoint.business_account_id.as_deref().unwrap_or_default())?;
    let mut path = format!("{account}/message_templates?fields={FIELDS}&limit={PAGE}");
    if let Some(after) = after {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=');
        if after.is_empty() || !after.bytes().all(plain) {
            return Err(BadId(after.to_owned()));
        }
        path.push_str("&after=");
        path.push_str(&after.replace('=', "%3D"));
    }
    Ok(get(endpoint, &path))
}

/// The answer to it; `None` if it is not a list. A template without a name, a language or a body is left out.
pub fn read_templates(body: &[u8]) -> Option<Page> {
    let found: Value = serde_json::from_slice(body).ok()?;
    let items = found.get("data")?.as_array()?.iter().filter_map(listed).collect();
    let more = found.pointer("/paging/next").is_some_and(Value::is_string);
    let after = found.pointer("/paging/cursors/after").and_then(Value::as_str).filter(|_| more);
    Some(Page { items, after: after.map(str::to_owned) })
}

/// One object of the list.
pub fn read_template(object: &Value) -> Option<Listed> {
    listed(object)
}

fn listed(object: &Value) -> Option<Listed> {
    let text = |key: &str| object.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let id = match object.get("id")? {
        Value::String(id) => id.clone(),
        Value::Number(id) => id.to_string(),
        _ => return None,
    };
    let reason = text("rejected_reason").filter(|reason| *reason != "NONE");
    let quality = object.pointer("/quality_score/score").and_then(Value::as_str);
    Some(Listed {
        id,
        category: text("category").unwrap_or("UTILITY").to_ascii_lowercase(),
        status: Status::read(text("status").unwrap_or_default()),
        reason: reason.map(str::to_owned),
        quality: quality.map(str::to_owned),
        template: template(object)?,
    })
}

fn template(object: &Value) -> Option<Template> {
    let text = |object: &Value, key: &str| {
        object.get(key).and_then(Value::as_str).unwrap_or_default().replace('\0', "\u{fffd}")
    };
    let mut made = Template {
        name: text(object, "name"),
        language: text(object, "language"),
        named: text(object, "parameter_format").eq_ignore_ascii_case("named"),
        ..Template::default()
    };
    for component in object.get("components")?.as_array()? {
        match text(component, "type").to_ascii_uppercase().as_str() {
            "HEADER" => match text(component, "format").to_ascii_uppercase().as_str() {
                "" | "TEXT" => made.header = Some(Header::Text { text: text(component, "text") }),
                "IMAGE" => made.header = Some(Header::Image),
                "VIDEO" => made.header = Some(Header::Video),
                "DOCUMENT" => made.header = Some(Header::Document),
                "LOCATION" => made.header = Some(Header::Location),
                other => made.beyond = Some(format!("a header of the kind {other}")),
            },
            "BODY" => made.body = text(component, "text"),
            "FOOTER" => made.footer = Some(text(component, "text")).filter(|text| !text.is_empty()),
            "BUTTONS" => made.buttons = buttons(component.get("buttons").unwrap_or(&Value::Null)),
            other => made.beyond = Some(other.to_ascii_lowercase().replace('_', " ")),
        }
    }
    // Authentication templates bring their body from Meta.
    if made.body.is_empty() && made.beyond.is_none() {
        made.beyond = Some("a body of WhatsApp's own".to_owned());
    }
    (!made.name.is_empty() && !made.language.is_empty()).then_some(made)
}

fn buttons(list: &Value) -> Vec<Button> {
    let one = |button: &Value| {
        let of = |key: &str| button.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let text = of("text");
        match of("type").to_ascii_uppercase().as_str() {
            "QUICK_REPLY" => Button::QuickReply { text },
            "URL" => Button::Url { text, url: of("url") },
            "PHONE_NUMBER" => Button::Phone { text, number: of("phone_number") },
            "COPY_CODE" => Button::CopyCode { text: if text.is_empty() { "Copy code".to_owned() } else { text } },
            "FLOW" => Button::Flow { text },
            other => {
                let word = if text.is_empty() { other.to_ascii_lowercase().replace('_', " ") } else { text };
                Button::Other { text: word }
            }
        }
    };
    list.as_array().map(|list| list.iter().map(one).collect()).unwrap_or_default()
}
