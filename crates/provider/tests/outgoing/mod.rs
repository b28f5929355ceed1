//! The samples' requests as messages of ours, where we have words for them.

use pronto_domain::outbound::{
    Body, Choice, File, MediaKind, Outgoing, Recipient, Section, Template, TemplateButton, TemplatePart, Variable,
};
use serde_json::Value;

/// What a sample asks for.
pub(crate) enum Sample {
    Message(Outgoing),
    MarkRead { message_id: String, typing: bool },
}

/// `None` for what we do not send (flows, products, payments, contacts with addresses).
pub(crate) fn of(sample: &Value) -> Option<Sample> {
    if sample["status"] == "read" {
        let typing = sample.get("typing_indicator").is_some();
        return Some(Sample::MarkRead { message_id: text(&sample["message_id"])?, typing });
    }
    Some(Sample::Message(Outgoing {
        to: Recipient { digits: Some("16505551234".into()), user_id: None },
        body: body(sample)?,
        reply_to: text(&sample["context"]["message_id"]),
        opaque: text(&sample["biz_opaque_callback_data"]),
    }))
}

/// Takes away what says the same in another way: the sample's address, and what it leaves to the default.
pub(crate) fn level(request: &mut Value) {
    let kind = request["type"].as_str().unwrap_or("text").to_owned();
    if let Some(object) = request.as_object_mut().filter(|object| !object.contains_key("status")) {
        object.remove("to");
        object.remove("recipient_type");
        object.insert("type".into(), kind.into());
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn body(sample: &Value) -> Option<Body> {
    let kind = sample["type"].as_str().or(sample.get("text").and(Some("text")))?;
    let inner = &sample[kind];
    Some(match kind {
        "text" => Body::Text { text: text(&inner["body"])?, preview_url: inner["preview_url"].as_bool()? },
        "location" => Body::Location {
            latitude: inner["latitude"].as_f64()?,
            longitude: inner["longitude"].as_f64()?,
            name: text(&inner["name"]),
            address: text(&inner["address"]),
        },
        "reaction" => Body::Reaction { target: text(&inner["message_id"])?, emoji: text(&inner["emoji"]) },
        "interactive" => interactive(inner)?,
        "template" => Body::Template(template(inner)?),
        _ => Body::Media {
            media: kind.parse().ok()?,
            file: file(inner)?,
            caption: text(&inner["caption"]),
            filename: text(&inner["filename"]),
            voice: inner["voice"].as_bool().unwrap_or(false),
        },
    })
}

fn file(object: &Value) -> Option<File> {
    text(&object["id"]).map(File::Uploaded).or_else(|| text(&object["link"]).map(File::Link))
}

fn interactive(inner: &Value) -> Option<Body> {
    let (body, footer) = (text(&inner["body"]["text"])?, text(&inner["footer"]["text"]));
    let action = &inner["action"];
    if inner.get("header").is_some() {
        return None;
    }
    match inner["type"].as_str()? {
        "button" => {
            let buttons = action["buttons"].as_array()?.iter().map(|button| choice(&button["reply"]));
            Some(Body::Buttons { text: body, footer, buttons: buttons.collect::<Option<_>>()? })
        }
        "list" => {
            let section = |section: &Value| {
                let rows = section["rows"].as_array()?.iter().map(choice).collect::<Option<_>>()?;
                Some(Section { title: text(&section["title"]), rows })
            };
            let sections = action["sections"].as_array()?.iter().map(section).collect::<Option<_>>()?;
            Some(Body::List { text: body, footer, button: text(&action["button"])?, sections })
        }
        _ => None,
    }
}

fn choice(value: &Value) -> Option<Choice> {
    Some(Choice { id: text(&value["id"])?, title: text(&value["title"])?, description: text(&value["description"]) })
}

fn template(inner: &Value) -> Option<Template> {
    let none = Vec::new();
    let parts = inner["components"].as_array().unwrap_or(&none).iter().map(part).collect::<Option<_>>()?;
    let (name, language) = (text(&inner["name"])?, text(&inner["language"]["code"])?);
    Some(Template { name, language, provider_id: String::new(), parts })
}

fn part(component: &Value) -> Option<TemplatePart> {
    let parameters = component["parameters"].as_array()?;
    let variables = || parameters.iter().map(variable).collect::<Option<Vec<_>>>();
    match component["type"].as_str()? {
        "header" => Some(TemplatePart::Header { variables: variables()? }),
        "body" => Some(TemplatePart::Body { variables: variables()? }),
        "button" => {
            let index = component["index"].as_str()?.parse().ok()?;
            Some(TemplatePart::Button { index, button: button(component["sub_type"].as_str()?, parameters.first()?)? })
        }
        _ => None,
    }
}

fn variable(parameter: &Value) -> Option<Variable> {
    let kind = parameter["type"].as_str()?;
    let inner = &parameter[kind];
    match kind {
        "text" => Some(Variable::Text { name: text(&parameter["parameter_name"]), text: text(inner)? }),
        "currency" => Some(Variable::Currency {
            code: text(&inner["code"])?,
            amount_1000: inner["amount_1000"].as_i64()?,
            fallback: text(&inner["fallback_value"])?,
        }),
        // Meta only ever shows the fallback; we send nothing else.
        "date_time" if inner.as_object()?.len() == 1 => {
            Some(Variable::DateTime { fallback: text(&inner["fallback_value"])? })
        }
        "date_time" => None,
        media => {
            let media: MediaKind = media.parse().ok()?;
            Some(Variable::Media { media, file: file(inner)?, filename: text(&inner["filename"]) })
        }
    }
}

fn button(sub_type: &str, parameter: &Value) -> Option<TemplateButton> {
    let action = &parameter["action"];
    match sub_type {
        "quick_reply" => Some(TemplateButton::QuickReply { payload: text(&parameter["payload"])? }),
        "url" => Some(TemplateButton::Url { name: None, suffix: text(&parameter["text"])? }),
        "copy_code" => Some(TemplateButton::CopyCode { code: text(&parameter["coupon_code"])? }),
        "flow" => Some(TemplateButton::Flow {
            token: text(&action["flow_token"]),
            data: action.get("flow_action_data").cloned(),
        }),
        _ => None,
    }
}
