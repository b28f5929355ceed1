//! The form of a content that WhatsApp shows, and the template of Meta's that it becomes. A content's variables are
//! numbered over the whole of it, a template's in each of its parts.

use serde_json::{Map, Value, json};

use crate::meta::template_rules::{replaced, variables};

/// The forms WhatsApp knows, the richest first: of several it shows that.
const FORMS: [&str; 6] =
    ["whatsapp/card", "twilio/card", "twilio/call-to-action", "twilio/quick-reply", "twilio/media", "twilio/text"];

pub(super) struct Form {
    pub(super) name: &'static str,
    header: Option<Header>,
    body: String,
    footer: String,
    buttons: Vec<Value>,
}

enum Header {
    Text(String),
    /// Meta's word for the kind, and the file's address.
    File(&'static str, String),
}

impl Form {
    /// `None` for a content WhatsApp has no template for.
    pub(super) fn of(types: &Value) -> Option<Self> {
        let (name, form) = FORMS.iter().find_map(|name| Some((*name, types.get(*name)?)))?;
        let text = |key: &str| form[key].as_str().unwrap_or_default().to_owned();
        let card = name == "twilio/card";
        let link = form["media"].as_str().or_else(|| form["media"].get(0)?.as_str());
        let header = match (text("header_text"), link) {
            (words, _) if !words.is_empty() => Some(Header::Text(words)),
            (_, Some(link)) => Some(Header::File(kind_of(link), link.to_owned())),
            _ => None,
        };
        let actions = form["actions"].as_array().cloned().unwrap_or_default();
        Some(Self {
            name,
            header,
            body: text(if card { "title" } else { "body" }),
            footer: text(if card { "subtitle" } else { "footer" }),
            buttons: actions,
        })
    }

    /// The components of the template, with what stands for its variables as their examples.
    pub(super) fn components(&self, samples: &Value) -> Vec<Value> {
        let mut all = Vec::new();
        match &self.header {
            Some(Header::Text(text)) => {
                all.push(with_example("HEADER", text, samples, |samples| json!({"header_text": samples})));
            }
            Some(Header::File(kind, link)) => {
                let example = json!({"header_handle": [link]});
                all.push(json!({"type": "HEADER", "format": kind.to_uppercase(), "example": example}));
            }
            None => {}
        }
        all.push(with_example("BODY", &self.body, samples, |samples| json!({"body_text": [samples]})));
        if !self.footer.is_empty() {
            all.push(json!({"type": "FOOTER", "text": self.footer}));
        }
        let buttons: Vec<Value> = self.buttons.iter().map(|action| button(action, samples)).collect();
        if !buttons.is_empty() {
            all.push(json!({"type": "BUTTONS", "buttons": buttons}));
        }
        all
    }

    /// The values as a send of the template has them; `None` if one is missing.
    pub(super) fn given(&self, values: &Value) -> Option<Vec<Value>> {
        let texts = |text: &str| -> Option<Vec<Value>> {
            let one = |name: &String| Some(json!({"type": "text", "text": values.get(name)?.as_str()?}));
            renumbered(text).1.iter().map(one).collect()
        };
        let mut all = Vec::new();
        match &self.header {
            Some(Header::Text(text)) => all.push(json!({"type": "header", "parameters": texts(text)?})),
            Some(Header::File(kind, link)) => {
                all.push(json!({"type": "header", "parameters": [{"type": kind, *kind: {"link": link}}]}));
            }
            None => {}
        }
        all.push(json!({"type": "body", "parameters": texts(&self.body)?}));
        for (index, action) in self.buttons.iter().enumerate() {
            let (sub_type, parameters) = match url(action) {
                Some(url) => ("url", texts(url)?),
                None => ("quick_reply", vec![json!({"type": "payload", "payload": action["id"]})]),
            };
            all.push(json!({"type": "button", "sub_type": sub_type, "index": index, "parameters": parameters}));
        }
        Some(all)
    }

    /// The body with everything filled in.
    pub(super) fn said(&self, values: &Value) -> String {
        replaced(&self.body, |name| values[name].as_str().unwrap_or_default().to_owned())
    }
}

fn kind_of(link: &str) -> &'static str {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    match path.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).as_deref() {
        Some("mp4" | "3gp") => "video",
        Some("pdf") => "document",
        _ => "image",
    }
}

fn url(action: &Value) -> Option<&str> {
    action["type"].as_str().filter(|kind| kind.eq_ignore_ascii_case("URL")).and(action["url"].as_str())
}

fn button(action: &Value, samples: &Value) -> Value {
    let title = &action["title"];
    if let Some(address) = url(action) {
        let (url, names) = renumbered(address);
        let mut button = json!({"type": "URL", "text": title, "url": url});
        if let Some(name) = names.first() {
            button["example"] = json!([address.replace(&format!("{{{{{name}}}}}"), &sample(samples, name))]);
        }
        return button;
    }
    match action["type"].as_str().unwrap_or("QUICK_REPLY").to_ascii_uppercase().as_str() {
        "QUICK_REPLY" => json!({"type": "QUICK_REPLY", "text": title}),
        "PHONE" | "PHONE_NUMBER" => json!({"type": "PHONE_NUMBER", "text": title, "phone_number": action["phone"]}),
        other => json!({"type": other, "text": title}),
    }
}

fn with_example(kind: &str, text: &str, samples: &Value, example: impl Fn(&[String]) -> Value) -> Value {
    let (text, names) = renumbered(text);
    let mut component = Map::new();
    component.insert("type".to_owned(), json!(kind));
    if kind == "HEADER" {
        component.insert("format".to_owned(), json!("TEXT"));
    }
    component.insert("text".to_owned(), json!(text));
    if !names.is_empty() {
        let samples: Vec<String> = names.iter().map(|name| sample(samples, name)).collect();
        component.insert("example".to_owned(), example(&samples));
    }
    Value::Object(component)
}

fn sample(samples: &Value, name: &str) -> String {
    samples[name].as_str().unwrap_or_default().to_owned()
}

/// A text with its variables counted from 1 in the order in which they stand, and what they were called.
fn renumbered(text: &str) -> (String, Vec<String>) {
    let names: Vec<String> = variables(text).into_iter().map(|variable| variable.name).collect();
    let number = |name: &str| names.iter().position(|known| known == name).map_or(0, |at| at + 1);
    (replaced(text, |name| format!("{{{{{}}}}}", number(name))), names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_counted_in_each_part() {
        let form = Form::of(
            &json!({"twilio/text": {"body": "plain"}, "twilio/call-to-action": {"body": "Hi {{2}} and {{1}}.",
            "actions": [{"type": "URL", "title": "Go", "url": "https://a.example/{{3}}"}]}}),
        )
        .expect("a form");
        let samples = json!({"1": "one", "2": "two", "3": "three"});
        let components = form.components(&samples);
        assert_eq!(components[0]["text"], "Hi {{1}} and {{2}}.");
        assert_eq!(components[0]["example"], json!({"body_text": [["two", "one"]]}));
        assert_eq!(components[1]["buttons"][0]["url"], "https://a.example/{{1}}");
        assert_eq!(components[1]["buttons"][0]["example"], json!(["https://a.example/three"]));
        let given = form.given(&samples).expect("every value");
        assert_eq!(given[0]["parameters"][0]["text"], "two");
        assert_eq!(given[1]["parameters"][0]["text"], "three");
        assert!(form.given(&json!({"1": "one", "2": "two"})).is_none());
        assert_eq!(form.said(&samples), "Hi two and one.");
    }
}
