//! A template on its way to somebody: the right one, with the right values, as the phone will show it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::content::{self, Checked};
use super::error::{MetaError, Result};
use super::template_rules::{Variable, replaced, variables};
use crate::store::Connection;
use crate::store::apps::AppRow;
use crate::store::templates::{self, TemplateRow};

const BODY_LONGEST: usize = 1024;

/// Checks a request of type `template`.
pub(crate) async fn check(db: &mut Connection, app: &AppRow, request: &Value) -> Result<Checked> {
    let wanted = &request["template"];
    let name = wanted["name"].as_str().ok_or_else(|| MetaError::missing("template['name']"))?;
    let language =
        wanted["language"]["code"].as_str().ok_or_else(|| MetaError::missing("template['language']['code']"))?;
    let found = templates::named(db, &app.business_account_id, name)
        .await?
        .into_iter()
        .find(|template| template.language == language);
    let missing = || MetaError::code(132_001).details(format!("template name ({name}) does not exist in {language}"));
    let template = found.ok_or_else(missing)?;
    match template.status.as_str() {
        "APPROVED" => {}
        "PAUSED" => return Err(MetaError::code(132_015)),
        "DISABLED" => return Err(MetaError::code(132_016)),
        _ => return Err(missing()),
    }
    let given = Given(wanted["components"].as_array().map(Vec::as_slice).unwrap_or_default());
    let (rendered, media) = render(&template, &given)?;
    let body = rendered["body"].as_str().unwrap_or_default().to_owned();
    let mut content = wanted.clone();
    content["rendered"] = rendered;
    Ok(Checked { kind: "template".to_owned(), content, body, media, category: Some(template.category) })
}

/// The components of a request.
struct Given<'r>(&'r [Value]);

impl<'r> Given<'r> {
    fn parameters(&self, kind: &str) -> &'r [Value] {
        let component = self
            .0
            .iter()
            .find(|component| component["type"].as_str().is_some_and(|found| found.eq_ignore_ascii_case(kind)));
        component.and_then(|component| component["parameters"].as_array()).map(Vec::as_slice).unwrap_or_default()
    }

    /// The first parameter for the button at an index, which is a number or a string.
    fn button(&self, index: usize) -> Option<&'r Value> {
        let component = self.0.iter().find(|component| {
            let at = &component["index"];
            let at = at.as_u64().or_else(|| at.as_str().and_then(|text| text.parse().ok()));
            component["type"].as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("button"))
                && at == u64::try_from(index).ok()
        })?;
        component["parameters"].as_array()?.first()
    }
}

fn render(template: &TemplateRow, given: &Given<'_>) -> Result<(Value, Option<Value>)> {
    let named = template.parameter_format == "NAMED";
    let mut rendered = Map::new();
    let mut media = None;
    for component in template.components() {
        let text = component["text"].as_str().unwrap_or_default();
        match component["type"].as_str().unwrap_or_default().to_ascii_uppercase().as_str() {
            "HEADER" => {
                let (header, file) = header(&component, text, given.parameters("header"), named)?;
                media = file;
                rendered.insert("header".to_owned(), header);
            }
            "BODY" => {
                let body = filled(text, given.parameters("body"), named, "body")?;
                if body.chars().count() > BODY_LONGEST {
                    return Err(MetaError::code(132_005));
                }
                rendered.insert("body".to_owned(), json!(body));
            }
            "FOOTER" => {
                rendered.insert("footer".to_owned(), json!(text));
            }
            "BUTTONS" => {
                rendered.insert("buttons".to_owned(), buttons(&component, given)?);
            }
            _ => {}
        }
    }
    Ok((Value::Object(rendered), media))
}

fn header(component: &Value, text: &str, parameters: &[Value], named: bool) -> Result<(Value, Option<Value>)> {
    let format = component["format"].as_str().unwrap_or("TEXT").to_lowercase();
    if format == "text" {
        return Ok((json!({"type": "text", "text": filled(text, parameters, named, "header")?}), None));
    }
    let Some(parameter) = parameters.first() else {
        return Err(MetaError::code(132_012)
            .details(format!("header: Format mismatch, expected {}, received UNKNOWN", format.to_uppercase())));
    };
    if parameter["type"] != json!(format) {
        let received = parameter["type"].as_str().unwrap_or("UNKNOWN").to_uppercase();
        return Err(MetaError::code(132_012)
            .details(format!("header: Format mismatch, expected {}, received {received}", format.to_uppercase())));
    }
    let file = if format == "location" { None } else { Some(content::file(&parameter[&format], &format)?) };
    Ok((json!({"type": format, format.clone(): parameter[&format]}), file))
}

/// A text with its variables replaced; their number must agree.
fn filled(text: &str, parameters: &[Value], named: bool, what: &str) -> Result<String> {
    let wanted = variables(text);
    if wanted.len() != parameters.len() {
        let details = format!(
            "{what}: number of localizable_params ({}) does not match the expected number of params ({})",
            parameters.len(),
            wanted.len()
        );
        return Err(MetaError::code(132_000).details(details));
    }
    let mut values = BTreeMap::new();
    for (place, Variable { name, .. }) in wanted.iter().enumerate() {
        let parameter = if named {
            parameters.iter().find(|parameter| parameter["parameter_name"].as_str() == Some(name.as_str()))
        } else {
            let place = name.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).unwrap_or(place);
            parameters.get(place)
        };
        let Some(parameter) = parameter else {
            return Err(MetaError::parameter(format!("Invalid parameter name: {what} has no value for {name}")));
        };
        values.insert(name.clone(), spoken(parameter, what)?);
    }
    Ok(replaced(text, |name| values.get(name).cloned().unwrap_or_default()))
}

/// A parameter as it is read.
fn spoken(parameter: &Value, what: &str) -> Result<String> {
    let text = match parameter["type"].as_str() {
        Some("text") => parameter["text"].as_str(),
        Some("currency") => parameter["currency"]["fallback_value"].as_str(),
        Some("date_time") => parameter["date_time"]["fallback_value"].as_str(),
        _ => None,
    };
    match text {
        Some("") | None => Err(MetaError::missing(&format!("{what}: the text of a parameter"))),
        Some(text) if text.contains(['\n', '\t']) || text.contains("     ") => Err(MetaError::code(132_012).details(
            format!("{what}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces"),
        )),
        Some(text) => Ok(text.to_owned()),
    }
}

/// The buttons as the phone shows them, each with what a tap sends or opens.
fn buttons(component: &Value, given: &Given<'_>) -> Result<Value> {
    let mut shown = Vec::new();
    for (index, button) in component["buttons"].as_array().into_iter().flatten().enumerate() {
        let kind = button["type"].as_str().unwrap_or_default().to_ascii_uppercase();
        let parameter = given.button(index);
        let mut button = button.clone();
        match kind.as_str() {
            "QUICK_REPLY" => {
                let payload = parameter.and_then(|parameter| parameter["payload"].as_str());
                button["payload"] = json!(payload.or(button["text"].as_str()));
            }
            "URL" => {
                let url = button["url"].as_str().unwrap_or_default().to_owned();
                if let Some(variable) = variables(&url).first() {
                    let Some(text) = parameter.and_then(|parameter| parameter["text"].as_str()) else {
                        return Err(MetaError::parameter(format!(
                            "buttons: Button at index {index} of type Url requires a parameter"
                        ))
                        .with_status(400));
                    };
                    button["url"] = json!(url.replace(&format!("{{{{{}}}}}", variable.name), text));
                }
            }
            "COPY_CODE" | "OTP" => {
                let code =
                    parameter.and_then(|parameter| parameter["coupon_code"].as_str().or(parameter["text"].as_str()));
                button["code"] = json!(code.ok_or_else(|| MetaError::missing(&format!("the code of button {index}")))?);
            }
            _ => {}
        }
        button["type"] = json!(kind);
        shown.push(button);
    }
    Ok(json!(shown))
}
