//! What Meta refuses when a template is created.

use serde_json::Value;

use super::error::{MetaError, Result};
use super::{template_authentication as authentication, template_header as header};

/// A `{{variable}}` and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Variable {
    pub(crate) name: String,
    start: usize,
    end: usize,
}

impl Variable {
    /// The text without it.
    pub(super) fn without(&self, text: &str) -> String {
        text.replace(&format!("{{{{{}}}}}", self.name), "")
    }
}

/// The variables of a text, each once, in the order in which they stand.
pub(crate) fn variables(text: &str) -> Vec<Variable> {
    let mut found: Vec<Variable> = Vec::new();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find("{{")).map(|at| at + from) {
        let Some(close) = text.get(open..).and_then(|rest| rest.find("}}")).map(|at| at + open) else {
            break;
        };
        let name = text.get(open + 2..close).unwrap_or_default().trim().to_owned();
        let end = close + 2;
        if !name.is_empty() && !found.iter().any(|variable| variable.name == name) {
            found.push(Variable { name, start: open, end });
        }
        from = end;
    }
    found
}

/// A text with its variables replaced, each by what `value` has for its name: what stands in a value is no variable.
pub(crate) fn replaced(text: &str, value: impl Fn(&str) -> String) -> String {
    let mut whole = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, after)) = after.split_once("}}") else { break };
        whole.push_str(before);
        whole.push_str(&value(name.trim()));
        rest = after;
    }
    whole.push_str(rest);
    whole
}

/// Checks a template before it is stored.
pub(crate) fn check(name: &str, language: &str, category: &str, named: bool, components: &[Value]) -> Result<()> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.is_empty() || name.len() > 512 || !name.chars().all(plain) {
        return Err(MetaError::parameter(
            "Param name must be at most 512 characters: lowercase letters, digits and underscores.",
        ));
    }
    if !(2..=7).contains(&language.len()) {
        return Err(MetaError::parameter("Param language is not a language code."));
    }
    if !matches!(category, "MARKETING" | "UTILITY" | "AUTHENTICATION") {
        return Err(MetaError::parameter("Param category must be one of {MARKETING, UTILITY, AUTHENTICATION}."));
    }
    if category == "AUTHENTICATION" {
        return authentication::check(components);
    }
    let mut bodies = 0;
    for component in components {
        match component["type"].as_str().unwrap_or_default().to_ascii_uppercase().as_str() {
            "HEADER" => header::check(component, named)?,
            "BODY" => {
                bodies += 1;
                body(component, named)?;
            }
            "FOOTER" => footer(component)?,
            "BUTTONS" => buttons(component)?,
            "CAROUSEL" | "LIMITED_TIME_OFFER" => {}
            other => {
                return Err(MetaError::parameter(format!("Param components has the unknown type \"{other}\".")));
            }
        }
    }
    if bodies == 1 {
        Ok(())
    } else {
        Err(MetaError::template(2_388_072, "Message body is wrong", "A template has exactly one body."))
    }
}

fn body(component: &Value, named: bool) -> Result<()> {
    let refuse = |subcode: u32, text: &str| Err(MetaError::template(subcode, "Message body is wrong", text));
    let text = component["text"].as_str().unwrap_or_default();
    if text.trim().is_empty() {
        return refuse(2_388_072, "The body has no text.");
    }
    if text.chars().count() > 1024 {
        return refuse(2_388_040, "The body has more than 1024 characters.");
    }
    let found = variables(text);
    numbered(&found, named)?;
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return Ok(());
    };
    if first.start == 0 || last.end == text.trim_end().len() {
        return refuse(2_388_299, "Variables can't be at the start or end of the template.");
    }
    let mut ordered = found.clone();
    ordered.sort_by_key(|variable| variable.start);
    if ordered.windows(2).any(|pair| matches!(pair, [one, next] if text.get(one.end..next.start).is_some_and(|between| between.trim().is_empty()))) {
        return refuse(2_388_299, "Variables can't stand side by side.");
    }
    let words = text.split_whitespace().filter(|word| !word.contains("{{")).count();
    if words < 2 * found.len() + 1 {
        return refuse(2_388_293, "This template has too many variables for its length.");
    }
    let examples = match (&component["example"]["body_text"], &component["example"]["body_text_named_params"]) {
        (Value::Array(rows), _) => rows.first().and_then(Value::as_array).map_or(rows.len(), Vec::len),
        (_, Value::Array(named)) => named.len(),
        _ => 0,
    };
    if examples == found.len() { Ok(()) } else { refuse(2_388_072, "Every variable of the body needs an example.") }
}

/// Positional variables count from 1 without gaps; named ones are lowercase.
pub(super) fn numbered(found: &[Variable], named: bool) -> Result<()> {
    let refuse = |text: &str| Err(MetaError::template(2_388_072, "Variables are wrong", text));
    if named {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let good = found.iter().all(|variable| {
            variable.name.chars().all(plain) && variable.name.starts_with(|c: char| c.is_ascii_lowercase())
        });
        return if good { Ok(()) } else { refuse("Named variables are lowercase letters, digits and underscores.") };
    }
    let mut numbers: Vec<usize> = found.iter().filter_map(|variable| variable.name.parse().ok()).collect();
    numbers.sort_unstable();
    let contiguous = numbers.len() == found.len() && numbers.iter().enumerate().all(|(at, number)| *number == at + 1);
    if contiguous { Ok(()) } else { refuse("Variables are {{1}}, {{2}} and so on, without gaps.") }
}

fn footer(component: &Value) -> Result<()> {
    let text = component["text"].as_str().unwrap_or_default();
    if text.is_empty() || text.chars().count() > 60 || !variables(text).is_empty() {
        return Err(MetaError::template(
            2_388_073,
            "Message footer is wrong",
            "The footer has between 1 and 60 characters and no variables.",
        ));
    }
    Ok(())
}

fn buttons(component: &Value) -> Result<()> {
    let refuse = |text: String| Err(MetaError::template(2_388_019, "Buttons are wrong", text));
    let buttons = component["buttons"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !(1..=10).contains(&buttons.len()) {
        return refuse("A template has between 1 and 10 buttons.".to_owned());
    }
    let kinds: Vec<String> =
        buttons.iter().map(|button| button["type"].as_str().unwrap_or_default().to_ascii_uppercase()).collect();
    for (kind, most) in [("URL", 2), ("PHONE_NUMBER", 1), ("COPY_CODE", 1), ("FLOW", 1), ("CATALOG", 1), ("MPM", 1)] {
        if kinds.iter().filter(|found| *found == kind).count() > most {
            return refuse(format!("A template has at most {most} buttons of type {kind}."));
        }
    }
    // One run of quick replies, before or after all the others.
    if kinds
        .windows(2)
        .filter(|pair| matches!(pair, [one, next] if (one == "QUICK_REPLY") != (next == "QUICK_REPLY")))
        .count()
        > 1
    {
        return refuse("Quick replies stand together, not among other buttons.".to_owned());
    }
    for (button, kind) in buttons.iter().zip(&kinds) {
        let text = button["text"].as_str().unwrap_or_default();
        match kind.as_str() {
            "QUICK_REPLY" | "URL" | "PHONE_NUMBER" | "FLOW" if text.is_empty() || text.chars().count() > 25 => {
                return refuse("A button's text has between 1 and 25 characters.".to_owned());
            }
            "URL" => url(button)?,
            "PHONE_NUMBER" if button["phone_number"].as_str().is_none_or(|number| number.len() > 20) => {
                return refuse("A phone number of at most 20 characters is needed.".to_owned());
            }
            "QUICK_REPLY"
            | "PHONE_NUMBER"
            | "FLOW"
            | "COPY_CODE"
            | "CATALOG"
            | "MPM"
            | "SPM"
            | "REQUEST_CONTACT_INFO"
            | "VOICE_CALL" => {}
            "OTP" => return refuse("Only authentication templates have buttons of type OTP.".to_owned()),
            other => return refuse(format!("The button type {other} is not known.")),
        }
    }
    Ok(())
}

fn url(button: &Value) -> Result<()> {
    let refuse = |text: &str| Err(MetaError::template(2_388_019, "Buttons are wrong", text));
    let url = button["url"].as_str().unwrap_or_default();
    if !(url.starts_with("https://") || url.starts_with("http://")) || url.len() > 2000 {
        return refuse("A button's address begins with http:// or https:// and has at most 2000 characters.");
    }
    match variables(url).as_slice() {
        [] => Ok(()),
        [only] if only.end != url.len() => refuse("The variable of an address stands at its end."),
        [_] if button["example"].is_null() => refuse("An address with a variable needs an example."),
        [_] => Ok(()),
        _ => refuse("An address has at most one variable."),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn body_of(text: &str, examples: usize) -> Result<()> {
        let mut component = json!({"type": "BODY", "text": text});
        if examples > 0 {
            component["example"] = json!({"body_text": [vec!["x"; examples]]});
        }
        check("a_name", "en", "UTILITY", false, &[component])
    }

    #[test]
    fn variables_stand_inside_the_body_apart_and_numbered() {
        assert!(body_of("Hello {{1}}, your order {{2}} is ready for you now.", 2).is_ok());
        assert!(body_of("{{1}} is ready for you now.", 1).is_err());
        assert!(body_of("It is ready for you now {{1}}", 1).is_err());
        assert!(body_of("It is ready for you {{1}} {{2}} now, says our shop.", 2).is_err());
        assert!(body_of("Hello {{1}}, your order {{3}} is ready for you now.", 2).is_err());
        assert!(body_of("Hi {{1}} it", 1).is_err(), "too many variables");
        assert!(body_of("Hello {{1}}, your order is ready.", 0).is_err(), "no example");
    }

    #[test]
    fn a_value_is_not_read_again() {
        let value = |name: &str| if name == "1" { "{{2}}".to_owned() } else { "two".to_owned() };
        assert_eq!(replaced("Hi {{1}} and {{ 2 }}, {{", value), "Hi {{2}} and two, {{");
    }

    #[test]
    fn quick_replies_stand_together() {
        let buttons = |kinds: &[&str]| {
            let buttons: Vec<Value> = kinds
                .iter()
                .map(|kind| json!({"type": kind, "text": "Yes", "url": "https://example.com", "phone_number": "+390255501234"}))
                .collect();
            check(
                "n",
                "en",
                "UTILITY",
                false,
                &[json!({"type": "BODY", "text": "Hello"}), json!({"type": "BUTTONS", "buttons": buttons})],
            )
        };
        assert!(buttons(&["QUICK_REPLY", "QUICK_REPLY", "URL"]).is_ok());
        assert!(buttons(&["QUICK_REPLY", "URL", "QUICK_REPLY"]).is_err());
        assert!(buttons(&["URL", "URL", "URL"]).is_err());
    }
}
