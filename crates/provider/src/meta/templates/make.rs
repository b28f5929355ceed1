//! Having a template made, changed or deleted: it goes into review each time. Source: `message_templates`, Graph API
//! v23.0.

use pronto_domain::outbound::MediaKind;
use pronto_domain::template::draft::Draft;
use pronto_domain::template::{Button, Header, Status, Template, variables};
use serde_json::{Map, Value, json};

use super::super::ask::{BadId, segment};
use super::super::endpoint::Endpoint;
use crate::request::{Body, Method, Request};

/// What became of a template that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub id: String,
    pub status: Status,
    /// In small letters; Meta may file it under another one than was asked for.
    pub category: Option<String>,
}

/// Hands a new template in. `handle` is the sample of a header that holds a file.
pub fn create_template(endpoint: &Endpoint, draft: &Draft, handle: Option<&str>) -> Result<Request, BadId> {
    let account = segment(endpoint.business_account_id.as_deref().unwrap_or_default())?;
    let Template { name, language, named, .. } = &draft.template;
    let body = json!({
        "name": name,
        "language": language,
        "category": draft.category.as_str().to_ascii_uppercase(),
        "allow_category_change": draft.allow_category_change,
        "parameter_format": if *named { "named" } else { "positional" },
        "components": components(&draft.template, handle),
    });
    Ok(post(endpoint, &format!("{account}/message_templates"), &body))
}

/// Replaces the whole of a template's components. Its name and language stay. The category is told where it is to be
/// another: that of an approved template cannot be changed.
pub fn edit_template(
    endpoint: &Endpoint,
    id: &str,
    draft: &Draft,
    new_category: bool,
    handle: Option<&str>,
) -> Result<Request, BadId> {
    let format = if draft.template.named { "named" } else { "positional" };
    let mut body = json!({ "parameter_format": format, "components": components(&draft.template, handle) });
    if new_category {
        body["category"] = draft.category.as_str().to_ascii_uppercase().into();
    }
    Ok(post(endpoint, segment(id)?, &body))
}

/// Deletes a template in one language, by its id, or in all.
pub fn delete_template(endpoint: &Endpoint, name: &str, id: Option<&str>) -> Result<Request, BadId> {
    let account = segment(endpoint.business_account_id.as_deref().unwrap_or_default())?;
    let mut path = format!("{account}/message_templates?name={}", segment(name)?);
    if let Some(id) = id {
        path.push_str("&hsm_id=");
        path.push_str(segment(id)?);
    }
    Ok(Request {
        method: Method::Delete,
        url: endpoint.url(&path),
        authorization: Some(endpoint.authorization()),
        headers: Vec::new(),
        body: Body::Empty,
    })
}

/// The answer to [`create_template`]; `None` if it names no template.
pub fn read_made(body: &[u8]) -> Option<Made> {
    let found: Value = serde_json::from_slice(body).ok()?;
    let id = match found.get("id")? {
        Value::String(id) => id.clone(),
        Value::Number(id) => id.to_string(),
        _ => return None,
    };
    let text = |key: &str| found.get(key).and_then(Value::as_str);
    Some(Made {
        id,
        status: text("status").map_or(Status::Pending, Status::read),
        category: text("category").map(str::to_ascii_lowercase),
    })
}

fn post(endpoint: &Endpoint, path: &str, body: &Value) -> Request {
    Request {
        method: Method::Post,
        url: endpoint.url(path),
        authorization: Some(endpoint.authorization()),
        headers: Vec::new(),
        body: Body::Json(body.to_string().into()),
    }
}

fn components(template: &Template, handle: Option<&str>) -> Value {
    let mut all = Vec::new();
    if let Some(header) = &template.header {
        all.push(header_component(template, header, handle));
    }
    let mut body = json!({ "type": "BODY", "text": template.body });
    if let Some(example) = example(template, "body", &template.body) {
        body["example"] = match example {
            Example::Named(list) => json!({ "body_text_named_params": list }),
            Example::Numbered(list) => json!({ "body_text": [list] }),
        };
    }
    all.push(body);
    if let Some(footer) = &template.footer {
        all.push(json!({ "type": "FOOTER", "text": footer }));
    }
    if !template.buttons.is_empty() {
        let one = |(index, button)| button_component(template, index, button);
        let buttons: Vec<Value> = template.buttons.iter().enumerate().map(one).collect();
        all.push(json!({ "type": "BUTTONS", "buttons": buttons }));
    }
    all.into()
}

fn header_component(template: &Template, header: &Header, handle: Option<&str>) -> Value {
    let format = match header {
        Header::Text { .. } => "TEXT",
        Header::File { kind: MediaKind::Video, .. } | Header::Video => "VIDEO",
        Header::File { kind: MediaKind::Document, .. } | Header::Document => "DOCUMENT",
        Header::File { .. } | Header::Image => "IMAGE",
        Header::Location => "LOCATION",
    };
    let mut component = json!({ "type": "HEADER", "format": format });
    if let Header::Text { text } = header {
        component["text"] = text.as_str().into();
        if let Some(example) = example(template, "header", text) {
            component["example"] = match example {
                Example::Named(list) => json!({ "header_text_named_params": list }),
                Example::Numbered(list) => json!({ "header_text": list }),
            };
        }
    } else if let Some(handle) = handle {
        component["example"] = json!({ "header_handle": [handle] });
    }
    component
}

enum Example {
    Named(Vec<Value>),
    Numbered(Vec<Value>),
}

/// The samples of a text's variables, in their order; `None` where it has none.
fn example(template: &Template, place: &str, text: &str) -> Option<Example> {
    let names = variables(text);
    let sample = |name: &str| template.samples.get(&format!("{place}:{name}")).map_or("", |text| text.trim());
    if names.is_empty() {
        None
    } else if template.named {
        let one = |name: &&str| json!({ "param_name": name, "example": sample(name) });
        Some(Example::Named(names.iter().map(one).collect()))
    } else {
        Some(Example::Numbered(names.iter().map(|name| sample(name).into()).collect()))
    }
}

fn button_component(template: &Template, index: usize, button: &Button) -> Value {
    let sample = template.samples.get(&format!("button:{index}")).map_or("", |text| text.trim());
    let mut object = Map::new();
    let mut put = |key: &str, value: &str| object.insert(key.to_owned(), value.into());
    match button {
        Button::QuickReply { text } => {
            put("type", "QUICK_REPLY");
            put("text", text);
        }
        Button::Url { text, url } => {
            put("type", "URL");
            put("text", text);
            put("url", url);
            if let Some((fixed, _)) = url.split_once("{{") {
                // The sample is the whole address.
                object.insert("example".to_owned(), json!([format!("{fixed}{sample}")]));
            }
        }
        Button::Phone { text, number } => {
            put("type", "PHONE_NUMBER");
            put("text", text);
            put("phone_number", number);
        }
        Button::CopyCode { .. } => {
            // Its words are WhatsApp's own.
            put("type", "COPY_CODE");
            put("example", sample);
        }
        Button::Flow { text } => {
            put("type", "FLOW");
            put("text", text);
        }
        Button::Other { text } => {
            put("type", "UNKNOWN");
            put("text", text);
        }
    }
    object.into()
}
