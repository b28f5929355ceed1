//! A template as Meta writes it.

use pronto_domain::template::{Button, Header, Status, Template, end_of};
use serde_json::Value;

use crate::templates::Listed;

/// One object of the list.
pub fn read_template(object: &Value) -> Option<Listed> {
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
                "" | "TEXT" => {
                    made.header = Some(Header::Text { text: text(component, "text") });
                    samples(&mut made, "header", &component["example"]["header_text"]);
                    samples(&mut made, "header", &component["example"]["header_text_named_params"]);
                }
                "IMAGE" => made.header = Some(Header::Image),
                "VIDEO" => made.header = Some(Header::Video),
                "DOCUMENT" => made.header = Some(Header::Document),
                "LOCATION" => made.header = Some(Header::Location),
                other => made.beyond = Some(format!("a header of the kind {other}")),
            },
            "BODY" => {
                made.body = text(component, "text");
                samples(&mut made, "body", &component["example"]["body_text"]);
                samples(&mut made, "body", &component["example"]["body_text_named_params"]);
            }
            "FOOTER" => made.footer = Some(text(component, "text")).filter(|text| !text.is_empty()),
            "BUTTONS" => {
                let list = component.get("buttons").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
                made.buttons = list.iter().map(button).collect();
                for (index, object) in list.iter().enumerate() {
                    if let Some(sample) = button_sample(object) {
                        made.samples.insert(format!("button:{index}"), sample);
                    }
                }
            }
            other => made.beyond = Some(other.to_ascii_lowercase().replace('_', " ")),
        }
    }
    // Authentication templates bring their body from Meta.
    if made.body.is_empty() && made.beyond.is_none() {
        made.beyond = Some("a body of WhatsApp's own".to_owned());
    }
    (!made.name.is_empty() && !made.language.is_empty()).then_some(made)
}

fn button(object: &Value) -> Button {
    let of = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
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
}

/// What stood for a text's variables: a list of rows of texts, a list of texts, or names with their texts.
fn samples(made: &mut Template, place: &str, example: &Value) {
    let Some(list) = example.as_array() else { return };
    let row = list.first().and_then(Value::as_array).unwrap_or(list);
    for (at, one) in row.iter().enumerate() {
        let (name, sample) = match one {
            Value::String(sample) => ((at + 1).to_string(), Some(sample.as_str())),
            named => {
                let name = named["param_name"].as_str().unwrap_or_default().to_owned();
                (name, named["example"].as_str())
            }
        };
        if let Some(sample) = sample.filter(|sample| !sample.is_empty() && !name.is_empty()) {
            made.samples.insert(format!("{place}:{name}"), sample.replace('\0', "\u{fffd}"));
        }
    }
}

/// What stood for the end of an address, which is told whole, or for a code.
fn button_sample(object: &Value) -> Option<String> {
    let example = &object["example"];
    let sample = example.as_str().or_else(|| example.get(0)?.as_str())?;
    let sample = end_of(object["url"].as_str().unwrap_or_default(), sample).replace('\0', "\u{fffd}");
    Some(sample).filter(|sample| !sample.is_empty())
}
