//! The parameters of a delivery, whichever way they came.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::trouble::Malformed;

/// Names the attempt in the address that statuses are told to: what comes back with each of them.
pub const OPAQUE: &str = "attempt";

/// Parameters by name; of a repeated one the first counts.
#[derive(Debug, Default)]
pub(super) struct Form(pub(super) BTreeMap<String, String>);

impl Form {
    /// A form, a query, or an object of texts.
    pub(super) fn read(body: &[u8]) -> Result<Self, Malformed> {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii();
        if body.is_empty() {
            return Err(Malformed::Empty);
        }
        let mut form = BTreeMap::new();
        if body.starts_with(b"{") {
            let object: Value = serde_json::from_str(&crate::json::mended(&String::from_utf8_lossy(body)))
                .map_err(|error| Malformed::NotJson(error.to_string()))?;
            for (name, value) in object.as_object().ok_or(Malformed::NotAnObject)? {
                let text = match value {
                    Value::Null => continue,
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                form.insert(clean(name), clean(&text));
            }
        } else {
            for (name, value) in url::form_urlencoded::parse(body) {
                form.entry(clean(&name)).or_insert_with(|| clean(&value));
            }
        }
        Ok(Self(form))
    }

    /// A parameter unless it is empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    pub(super) fn owned(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// The first of some that is there.
    pub(super) fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.owned(name))
    }

    pub(super) fn is_true(&self, name: &str) -> bool {
        self.get(name).is_some_and(|text| text.eq_ignore_ascii_case("true"))
    }

    /// As an object, for keeping.
    pub(super) fn json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }
}

/// PostgreSQL stores no NUL.
fn clean(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// The digits of `whatsapp:+39…`, or what else names somebody there; `None` for another channel.
pub(super) fn address(text: &str) -> Option<Address<'_>> {
    let (prefix, rest) = text.split_once(':')?;
    if !prefix.trim().eq_ignore_ascii_case("whatsapp") || rest.trim().is_empty() {
        return None;
    }
    let rest = rest.trim();
    // A plus that was not escaped in a form has become a blank.
    let digits = rest.strip_prefix('+').unwrap_or(rest).trim();
    let is_number = digits.len() >= 5 && digits.bytes().all(|byte| byte.is_ascii_digit());
    Some(if is_number { Address::Digits(digits) } else { Address::Id(rest) })
}

/// Whom an address names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Address<'a> {
    Digits(&'a str),
    Id(&'a str),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_is_taken_off_once() {
        assert_eq!(address("whatsapp:+393331234567"), Some(Address::Digits("393331234567")));
        assert_eq!(address("whatsapp: 393331234567"), Some(Address::Digits("393331234567")));
        assert_eq!(address("whatsapp:IT.1349"), Some(Address::Id("IT.1349")));
        assert_eq!(address("whatsapp:whatsapp:+39333123"), Some(Address::Id("whatsapp:+39333123")));
        for other in ["+393331234567", "messenger:1", "whatsapp:", ""] {
            assert_eq!(address(other), None, "{other}");
        }
    }

    #[test]
    fn forms_and_objects_say_the_same() {
        let form = Form::read(b"Body=caf%C3%A9+%26+th%C3%A9&Body=other&NumMedia=0&Empty=").expect("a form");
        let json = Form::read(br#"{"Body":"caf\u00e9 & th\u00e9","NumMedia":0,"Nothing":null}"#).expect("an object");
        for form in [&form, &json] {
            assert_eq!(form.get("Body"), Some("café & thé"));
            assert_eq!(form.get("NumMedia"), Some("0"));
        }
        assert_eq!(form.get("Empty"), None);
        assert_eq!(Form::read(b" \n").err(), Some(Malformed::Empty));
        assert!(matches!(Form::read(b"{").err(), Some(Malformed::NotJson(_))));
    }
}
