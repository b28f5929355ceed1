//! Templates as Twilio keeps them: contents of several forms, each handed in for WhatsApp's approval. Source: Content API
//! v1.

use std::collections::BTreeSet;

use pronto_domain::outbound::{self, MediaKind, TemplateButton, TemplatePart, Variable};
use pronto_domain::template::draft::BUTTONS_LIMIT;
use pronto_domain::template::{Button, Header, Status, Template, has_odd_variable, variables};
use serde_json::{Map, Value, json};

use super::endpoint::Endpoint;
use super::write::{get, not_here};
use crate::request::Request;
use crate::templates::{Listed, Page};
use crate::trouble::{Unsendable, not_empty};

/// Contents of a page: an answer of them all at full length stays under a mebibyte.
const PER_PAGE: usize = 50;
/// The forms that are read, the richest first: of a content that has several, WhatsApp shows that.
const FORMS: [&str; 6] =
    ["whatsapp/card", "twilio/card", "twilio/call-to-action", "twilio/quick-reply", "twilio/media", "twilio/text"];

/// Asks for a page of contents with what became of their approval, the first or the one after a cursor.
pub fn list_templates(endpoint: &Endpoint, after: Option<&str>) -> Request {
    let first = format!("PageSize={PER_PAGE}");
    let query = after.unwrap_or(&first);
    get(endpoint, format!("{}/v1/ContentAndApprovals?{query}", endpoint.host("content")))
}

/// The answer to it; `None` if it is no list. What was never handed in for approval is no template yet, and left out.
pub fn read_templates(body: &[u8]) -> Option<Page> {
    let found: Value = serde_json::from_slice(body).ok()?;
    let items = found.get("contents")?.as_array()?.iter().filter_map(listed).collect();
    // It leads on at the same address, and nowhere else.
    let next = found.pointer("/meta/next_page_url").and_then(Value::as_str);
    let after = next.and_then(|next| url::Url::parse(next).ok()?.query().map(str::to_owned));
    Some(Page { items, after })
}

fn listed(content: &Value) -> Option<Listed> {
    let approval = &content["approval_requests"];
    let status = match text(approval, "status").to_ascii_lowercase().as_str() {
        "" | "unsubmitted" => return None,
        "received" => Status::Pending,
        word => Status::read(word),
    };
    let reason = Some(text(approval, "rejection_reason")).filter(|reason| !matches!(reason.as_str(), "" | "NONE"));
    let template = template(content)?;
    Some(Listed {
        id: Some(text(content, "sid")).filter(|sid| !sid.is_empty())?,
        category: Some(text(approval, "category")).filter(|word| !word.is_empty())?.to_ascii_lowercase(),
        status,
        reason,
        quality: None,
        template,
    })
}

fn template(content: &Value) -> Option<Template> {
    let mut made = Template {
        name: text(&content["approval_requests"], "name"),
        language: text(content, "language"),
        // They are numbered, but over the whole of it: what is told to Twilio is their names.
        named: true,
        ..Template::default()
    };
    let forms = content.get("types")?.as_object()?;
    let has = |name: &str| forms.get(name).filter(|form| form.is_object());
    // Each form that is not read is richer than those that are, but for the cards.
    let richer = forms.keys().find(|name| has(name).is_some() && !FORMS.contains(&name.as_str()));
    match (richer, FORMS.iter().find_map(|name| Some((*name, has(name)?)))) {
        (Some(name), found) => {
            if let Some((name, form)) = found {
                fill(&mut made, name, form);
            }
            made.beyond = Some(name.rsplit('/').next().unwrap_or(name).replace(['-', '_'], " "));
        }
        (None, Some((name, form))) => fill(&mut made, name, form),
        (None, None) => made.beyond = Some("no content".to_owned()),
    }
    if made.beyond.is_none() {
        made.beyond = beyond(&made);
    }
    samples(&mut made, &content["variables"]);
    (!made.name.is_empty() && !made.language.is_empty()).then_some(made)
}

fn fill(made: &mut Template, name: &str, form: &Value) {
    let card = name == "twilio/card";
    made.body = text(form, if card { "title" } else { "body" });
    made.footer = Some(text(form, if card { "subtitle" } else { "footer" })).filter(|text| !text.is_empty());
    let (words, media) = (text(form, "header_text"), &form["media"]);
    let link = media.as_str().or_else(|| media.get(0)?.as_str()).unwrap_or_default();
    if !words.is_empty() {
        made.header = Some(Header::Text { text: words });
    } else if !link.is_empty() {
        let scheme = link.split_once("://").map_or("", |(scheme, _)| scheme);
        let is_public = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
        match kind_of(link) {
            _ if link.contains("{{") => made.beyond = Some("a file that is another each time".to_owned()),
            Some(kind) if is_public => made.header = Some(Header::File { kind, link: link.to_owned() }),
            _ => made.beyond = Some("a file of another kind".to_owned()),
        }
    }
    let actions = form["actions"].as_array().map(Vec::as_slice).unwrap_or_default();
    made.buttons = actions.iter().map(|action| button(name, action)).collect();
    if made.buttons.len() > BUTTONS_LIMIT || made.buttons.iter().any(|button| button.text().trim().is_empty()) {
        made.beyond = Some("buttons that are none of WhatsApp's".to_owned());
    }
}

/// What a file is, by the end of its address; a picture if it has none. `None` for what is no header of WhatsApp's.
fn kind_of(link: &str) -> Option<MediaKind> {
    let path = link.split(['?', '#']).next()?;
    let (_, end) = path.rsplit('/').next()?.rsplit_once('.').unwrap_or_default();
    match end.to_ascii_lowercase().as_str() {
        "" | "jpg" | "jpeg" | "png" | "webp" | "gif" => Some(MediaKind::Image),
        "mp4" | "3gp" | "mov" => Some(MediaKind::Video),
        "pdf" | "doc" | "docx" | "xls" | "xlsx" | "ppt" | "pptx" | "csv" | "txt" => Some(MediaKind::Document),
        _ => None,
    }
}

fn button(form: &str, action: &Value) -> Button {
    let title = text(action, "title");
    match text(action, "type").to_ascii_uppercase().as_str() {
        "URL" => Button::Url { text: title, url: text(action, "url") },
        "PHONE_NUMBER" | "PHONE" => Button::Phone { text: title, number: text(action, "phone") },
        "QUICK_REPLY" => Button::QuickReply { text: title },
        "" if form == "twilio/quick-reply" => Button::QuickReply { text: title },
        other => {
            let word = if title.is_empty() { other.to_ascii_lowercase().replace('_', " ") } else { title };
            Button::Other { text: word }
        }
    }
}

/// What we have no way to fill in: it would take other places to enter values at than we have.
fn beyond(made: &Template) -> Option<String> {
    let blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    if made.body.chars().all(blank) {
        return Some("no body".to_owned());
    }
    let header_text = if let Some(Header::Text { text }) = &made.header { text.as_str() } else { "" };
    let mut texts = vec![header_text, &made.body, made.footer.as_deref().unwrap_or_default()];
    for button in &made.buttons {
        texts.push(button.text());
        if let Button::Url { url, .. } = button {
            texts.push(url);
        }
    }
    // Twilio would put its sample there, which the desk does not show.
    if texts.into_iter().any(has_odd_variable) {
        return Some("a variable with another name than a number or a word".to_owned());
    }
    let mut seen = BTreeSet::new();
    if variables(header_text).into_iter().chain(variables(&made.body)).any(|name| !seen.insert(name)) {
        return Some("a variable in two places".to_owned());
    }
    if made.footer.as_deref().is_some_and(|footer| !variables(footer).is_empty()) {
        return Some("a variable in its footer".to_owned());
    }
    for button in &made.buttons {
        if !variables(button.text()).is_empty() {
            return Some("a variable on a button".to_owned());
        }
        match button {
            Button::Url { url, .. } => match variables(url).as_slice() {
                [] => {}
                [name] if seen.insert(name) => {}
                [_] => return Some("a variable in two places".to_owned()),
                _ => return Some("several variables in an address".to_owned()),
            },
            Button::Other { .. } => return Some("a button of another kind".to_owned()),
            _ => {}
        }
    }
    None
}

/// What stood for its variables when it was made.
fn samples(made: &mut Template, samples: &Value) {
    let keyed: Vec<(String, String)> = made
        .slots()
        .into_iter()
        .filter_map(|slot| {
            let (place, name) = slot.key.split_once(':')?;
            let name = match (place, made.buttons.get(name.parse::<usize>().unwrap_or(usize::MAX))) {
                ("button", Some(Button::Url { url, .. })) => (*variables(url).first()?).to_owned(),
                _ => name.to_owned(),
            };
            let sample = text(samples, &name);
            (!sample.is_empty()).then_some((slot.key, sample))
        })
        .collect();
    made.samples.extend(keyed);
}

fn text(object: &Value, key: &str) -> String {
    object.get(key).and_then(Value::as_str).unwrap_or_default().replace('\0', "\u{fffd}")
}

/// The fields that send one: its SID, and its variables by their names.
pub(super) fn fields(
    template: &outbound::Template,
    fields: &mut Vec<(&'static str, String)>,
) -> Result<(), Unsendable> {
    not_empty("template", &template.provider_id)?;
    fields.push(("ContentSid", template.provider_id.clone()));
    let mut values = Map::new();
    for part in &template.parts {
        match part {
            TemplatePart::Header { variables } | TemplatePart::Body { variables } => {
                for (index, variable) in variables.iter().enumerate() {
                    let Variable::Text { name, text } = variable else {
                        return Err(not_here("this kind of variable"));
                    };
                    let name = name.clone().unwrap_or_else(|| (index + 1).to_string());
                    values.insert(name, json!(text));
                }
            }
            TemplatePart::Button { button: TemplateButton::Url { name: Some(name), suffix }, .. } => {
                values.insert(name.clone(), json!(suffix));
            }
            // What a tap says stands in the content.
            TemplatePart::Button { button: TemplateButton::QuickReply { .. }, .. } => {}
            TemplatePart::Button { .. } => return Err(not_here("this kind of button")),
        }
    }
    if !values.is_empty() {
        fields.push(("ContentVariables", Value::Object(values).to_string()));
    }
    Ok(())
}
