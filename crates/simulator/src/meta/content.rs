//! What a message of each type must look like.

use serde_json::{Value, json};

use super::error::{MetaError, Result};
use super::interactive;
use crate::network::words;

const TEXT_LONGEST: usize = 4096;
const CAPTION_LONGEST: usize = 1024;

/// A message that looks as it must.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) kind: String,
    /// As stored: the object under the type.
    pub(crate) content: Value,
    pub(crate) body: String,
    /// The `{id}` or `{link}` of the file in it.
    pub(crate) media: Option<Value>,
    /// Category of a template; what has none needs an open window.
    pub(crate) category: Option<String>,
}

/// Checks everything but templates.
pub(crate) fn check(request: &Value) -> Result<Checked> {
    let kind = request.get("type").and_then(Value::as_str).unwrap_or("text");
    let Some(content) = request.get(kind).filter(|content| !content.is_null()) else {
        if kind.is_empty() || !KINDS.contains(&kind) {
            return Err(MetaError::parameter(format!(
                "Param type must be one of {{{}}} - got \"{kind}\".",
                KINDS.join(", ").to_uppercase()
            )));
        }
        return Err(MetaError::parameter(format!("The parameter {kind} is required.")));
    };
    let mut media = None;
    match kind {
        "text" => text(content)?,
        "image" | "video" | "document" => {
            most(content, "caption", CAPTION_LONGEST, kind)?;
            media = Some(file(content, kind)?);
        }
        "audio" | "sticker" => {
            if content.get("caption").is_some() {
                return Err(MetaError::parameter(format!("Unexpected key \"caption\" on param \"{kind}\".")));
            }
            media = Some(file(content, kind)?);
        }
        "location" => location(content)?,
        "contacts" => contacts(content)?,
        "reaction" => reaction(content, request)?,
        "interactive" => {
            interactive::check(content)?;
            media = interactive::header_media(content)?;
        }
        _ => {
            return Err(MetaError::parameter(format!(
                "Param type must be one of {{{}}} - got \"{kind}\".",
                KINDS.join(", ").to_uppercase()
            )));
        }
    }
    Ok(Checked {
        kind: kind.to_owned(),
        body: words::body(kind, content),
        content: content.clone(),
        media,
        category: None,
    })
}

const KINDS: [&str; 11] = [
    "audio",
    "contacts",
    "document",
    "image",
    "interactive",
    "location",
    "reaction",
    "sticker",
    "template",
    "text",
    "video",
];

fn text(content: &Value) -> Result<()> {
    let body = content["body"].as_str().unwrap_or_default();
    if body.trim().is_empty() {
        return Err(MetaError::parameter("The parameter text['body'] is required."));
    }
    most(content, "body", TEXT_LONGEST, "text")?;
    if content["preview_url"] == json!(true) && !body.contains("http://") && !body.contains("https://") {
        return Err(MetaError::invalid(
            "preview_url needs an address that begins with http:// or https:// in the body.",
        ));
    }
    Ok(())
}

/// Refuses a text that has more characters than fit.
pub(crate) fn most(content: &Value, key: &str, longest: usize, kind: &str) -> Result<()> {
    match content.get(key) {
        Some(Value::String(text)) if text.chars().count() > longest => {
            Err(MetaError::parameter(format!("Param {kind}['{key}'] must be at most {longest} characters long.")))
        }
        None | Some(Value::Null | Value::String(_)) => Ok(()),
        Some(_) => Err(MetaError::parameter(format!("Param {kind}['{key}'] must be a string."))),
    }
}

/// The `{id}` or `{link}` of a media object.
pub(crate) fn file(content: &Value, kind: &str) -> Result<Value> {
    if let Some(id) = content["id"].as_str() {
        return Ok(json!({"id": id}));
    }
    match content["link"].as_str() {
        Some(link) if link.starts_with("https://") || link.starts_with("http://") => Ok(json!({"link": link})),
        Some(_) => Err(MetaError::parameter(format!("Param {kind}['link'] is not a valid URI."))),
        None => Err(MetaError::parameter(format!("The parameter {kind}['id'] or {kind}['link'] is required."))),
    }
}

fn location(content: &Value) -> Result<()> {
    let coordinate = |key: &str, limit: f64| {
        let value = &content[key];
        let number = value.as_f64().or_else(|| value.as_str().and_then(|text| text.parse().ok()));
        match number {
            Some(number) if number.abs() <= limit => Ok(()),
            Some(_) => Err(MetaError::invalid(format!("location['{key}'] is not on the globe."))),
            None => Err(MetaError::parameter(format!("The parameter location['{key}'] is required."))),
        }
    };
    coordinate("latitude", 90.0)?;
    coordinate("longitude", 180.0)
}

fn contacts(content: &Value) -> Result<()> {
    let Some(cards) = content.as_array().filter(|cards| !cards.is_empty()) else {
        return Err(MetaError::parameter("Param contacts must be a non-empty array."));
    };
    if cards.len() > 257 {
        return Err(MetaError::invalid("contacts has more than 257 members."));
    }
    for card in cards {
        if card["name"]["formatted_name"].as_str().unwrap_or_default().is_empty() {
            return Err(MetaError::missing("contacts['name']['formatted_name']"));
        }
    }
    Ok(())
}

fn reaction(content: &Value, request: &Value) -> Result<()> {
    if content["message_id"].as_str().is_none() {
        return Err(MetaError::parameter("The parameter reaction['message_id'] is required."));
    }
    let emoji = content["emoji"].as_str().unwrap_or_default();
    if emoji.chars().any(|c| c.is_alphabetic()) {
        return Err(MetaError::invalid("reaction['emoji'] is not an emoji."));
    }
    if request.get("context").is_some_and(|context| !context.is_null()) {
        return Err(MetaError::invalid("A reaction cannot be a quoting message."));
    }
    Ok(())
}
