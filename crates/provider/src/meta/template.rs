//! A template of ours with its variables.

use pronto_domain::outbound::{Template, TemplateButton, TemplatePart, Variable};
use serde_json::{Map, Value, json};

use super::write::{file, location};
use crate::trouble::{Unsendable, not_empty};

pub(super) fn write(template: &Template) -> Result<Value, Unsendable> {
    not_empty("template name", &template.name)?;
    not_empty("template language", &template.language)?;
    let mut object = json!({ "name": template.name, "language": { "code": template.language } });
    if !template.parts.is_empty() {
        object["components"] = template.parts.iter().map(part).collect::<Result<Vec<_>, _>>()?.into();
    }
    Ok(object)
}

fn part(part: &TemplatePart) -> Result<Value, Unsendable> {
    Ok(match part {
        TemplatePart::Header { variables } => json!({ "type": "header", "parameters": all(variables)? }),
        TemplatePart::Body { variables } => json!({ "type": "body", "parameters": all(variables)? }),
        TemplatePart::Button { index, button } => {
            let (sub_type, parameter) = self::button(button);
            // Meta's own samples spell the index as text.
            json!({ "type": "button", "sub_type": sub_type, "index": index.to_string(), "parameters": [parameter] })
        }
    })
}

fn all(variables: &[Variable]) -> Result<Vec<Value>, Unsendable> {
    variables.iter().map(variable).collect()
}

fn variable(variable: &Variable) -> Result<Value, Unsendable> {
    Ok(match variable {
        Variable::Text { name, text } => {
            // Meta refuses an empty variable.
            not_empty("template variable", text)?;
            let mut object = json!({ "type": "text", "text": text });
            if let Some(name) = name {
                object["parameter_name"] = name.as_str().into();
            }
            object
        }
        Variable::Media { media, file: source, filename } => {
            let mut object = file(source)?;
            if let Some(name) = filename {
                object.insert("filename".into(), name.as_str().into());
            }
            let kind = media.as_str();
            let mut whole = Map::from_iter([("type".to_owned(), kind.into())]);
            whole.insert(kind.into(), Value::Object(object));
            Value::Object(whole)
        }
        Variable::Location { latitude, longitude, name, address } => {
            let place = location(*latitude, *longitude, name.as_deref(), address.as_deref())?;
            json!({ "type": "location", "location": place })
        }
        Variable::Currency { code, amount_1000, fallback } => json!({
            "type": "currency",
            "currency": { "fallback_value": fallback, "code": code, "amount_1000": amount_1000 },
        }),
        Variable::DateTime { fallback } => json!({ "type": "date_time", "date_time": { "fallback_value": fallback } }),
    })
}

fn button(button: &TemplateButton) -> (&'static str, Value) {
    match button {
        TemplateButton::QuickReply { payload } => ("quick_reply", json!({ "type": "payload", "payload": payload })),
        TemplateButton::Url { suffix, .. } => ("url", json!({ "type": "text", "text": suffix })),
        TemplateButton::CopyCode { code } => ("copy_code", json!({ "type": "coupon_code", "coupon_code": code })),
        TemplateButton::Flow { token, data } => {
            let mut action = Map::new();
            if let Some(token) = token {
                action.insert("flow_token".into(), token.as_str().into());
            }
            if let Some(data) = data {
                action.insert("flow_action_data".into(), data.clone());
            }
            ("flow", json!({ "type": "action", "action": action }))
        }
        TemplateButton::Catalog { thumbnail_product } => {
            let action = match thumbnail_product {
                Some(product) => json!({ "thumbnail_product_retailer_id": product }),
                None => json!({}),
            };
            ("catalog", json!({ "type": "action", "action": action }))
        }
    }
}
