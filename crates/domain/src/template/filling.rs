//! Filling a template in: its words and files for the provider, and what the customer sees of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    BODY_LIMIT, Button, CODE_LIMIT, HEADER_LIMIT, Header, MEDIA, Slot, SlotKind, Template, VALUE_LIMIT, Words, filled,
    variables,
};
use crate::access::Masking;
use crate::message::{Content, words};
use crate::outbound::{self, File, MediaKind, TemplateButton, TemplatePart, Variable};
use crate::placeholder::{self, Values};

/// Why a template cannot be sent with these values.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfilled {
    #[error("{} must not be empty", .keys.join(", "))]
    Empty { keys: Vec<String> },
    #[error("{key} is longer than {limit} characters")]
    TooLong { key: String, limit: usize },
    #[error("with these values the {place} is longer than {limit} characters")]
    WholeTooLong { place: &'static str, limit: usize },
    #[error("{key} is no address that begins with https://")]
    NotALink { key: String },
    #[error("{key} must not have line breaks, tabs or more than four blanks in a row")]
    Blanks { key: String },
    #[error("it has {what}, which cannot be filled in here")]
    Beyond { what: String },
}

impl Unfilled {
    /// The code the desktop words.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty { .. } => "required",
            Self::TooLong { .. } | Self::WholeTooLong { .. } => "too_long",
            Self::NotALink { .. } | Self::Blanks { .. } => "format",
            Self::Beyond { .. } => "template_beyond",
        }
    }

    /// The slots it is about.
    pub fn keys(&self) -> Vec<&str> {
        match self {
            Self::Empty { keys } => keys.iter().map(String::as_str).collect(),
            Self::TooLong { key, .. } | Self::NotALink { key } | Self::Blanks { key } => vec![key],
            Self::WholeTooLong { .. } | Self::Beyond { .. } => Vec::new(),
        }
    }
}

/// The header's file, where it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    pub file: File,
    pub name: Option<String>,
}

/// A template with everything filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// What the provider is told.
    pub outgoing: outbound::Template,
    /// What the customer sees.
    pub content: Content,
    /// The body, as a message's text.
    pub body: String,
}

impl Filled {
    /// What stands in lists and is searched: without what a profile may hide, for they are the same for everybody.
    pub fn shown(&self) -> String {
        match &self.content {
            Content::Template { body, .. } => placeholder::masked(&self.body, body, &Masking::BLIND),
            _ => self.body.clone(),
        }
    }
}

/// What a filled-in button shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownButton {
    #[serde(rename = "type")]
    pub kind: ButtonKind,
    pub text: String,
    /// The address, number or code behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Words>,
}

words! {
    /// What a button does.
    ButtonKind {
        QuickReply = "quick_reply", Url = "url", Phone = "phone", CopyCode = "copy_code", Flow = "flow",
        Other = "other",
    }
}

/// A header as the customer sees it; its file is the message's attachment, or stands at `link`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ShownHeader {
    Text(Words),
    Media {
        kind: MediaKind,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<String>,
    },
}

/// Fills a template in. In values, `{{contact.first_name}}` and the like stand for what is known. Every slot must have
/// a value; the file of a header may be given as `media` instead of as a link.
pub fn compose(
    template: &Template,
    values: &BTreeMap<String, String>,
    media: Option<Media>,
    known: &Values,
) -> Result<Filled, Unfilled> {
    if let Some(what) = template.beyond() {
        return Err(Unfilled::Beyond { what });
    }
    let values = finished(template, values, media.is_some(), known)?;
    let value = |place: &str, name: &str| values.get(&format!("{place}:{name}"));
    let parameters = |place: &str, text: &str| -> Vec<Variable> {
        let one = |name: &str| Variable::Text {
            name: template.named.then(|| name.to_owned()),
            text: value(place, name).map(|words| words.text.clone()).unwrap_or_default(),
        };
        variables(text).into_iter().map(one).collect()
    };
    let mut parts = Vec::new();
    let header = match &template.header {
        None | Some(Header::Location) => None,
        Some(Header::Text { text }) => {
            let variables = parameters("header", text);
            if !variables.is_empty() {
                parts.push(TemplatePart::Header { variables });
            }
            let words = filled(text, |name| value("header", name));
            if words.text.chars().count() > HEADER_LIMIT {
                return Err(Unfilled::WholeTooLong { place: "header", limit: HEADER_LIMIT });
            }
            Some(ShownHeader::Text(words))
        }
        Some(Header::File { kind, link }) => Some(ShownHeader::Media { kind: *kind, link: Some(link.clone()) }),
        Some(header) => {
            let kind = header.media().unwrap_or(MediaKind::Image);
            let link = values.get(MEDIA).map(|words| words.text.clone()).filter(|_| media.is_none());
            let named = |link: &String| link.rsplit('/').next().map(str::to_owned).filter(|name| name.contains('.'));
            let (file, filename) = match (media, &link) {
                (Some(media), _) => (media.file, media.name),
                (None, link) => (File::Link(link.clone().unwrap_or_default()), link.as_ref().and_then(named)),
            };
            let filename = filename.filter(|_| kind == MediaKind::Document);
            parts.push(TemplatePart::Header { variables: vec![Variable::Media { media: kind, file, filename }] });
            Some(ShownHeader::Media { kind, link })
        }
    };
    let variables = parameters("body", &template.body);
    if !variables.is_empty() {
        parts.push(TemplatePart::Body { variables });
    }
    let body = filled(&template.body, |name| value("body", name));
    if body.text.chars().count() > BODY_LIMIT {
        return Err(Unfilled::WholeTooLong { place: "body", limit: BODY_LIMIT });
    }
    let mut buttons = Vec::with_capacity(template.buttons.len());
    for (index, button) in template.buttons.iter().enumerate() {
        let given = values.get(&format!("button:{index}"));
        let (kind, shown, variable) = button_of(button, given, template.named);
        if let Some(button) = variable {
            parts.push(TemplatePart::Button { index: u8::try_from(index).unwrap_or(u8::MAX), button });
        }
        buttons.push(ShownButton { kind, text: button.text().to_owned(), value: shown });
    }
    let outgoing = outbound::Template {
        name: template.name.clone(),
        language: template.language.clone(),
        provider_id: String::new(),
        parts,
    };
    let content = Content::Template {
        name: template.name.clone(),
        language: template.language.clone(),
        header,
        body: body.spans,
        footer: template.footer.clone(),
        buttons,
    };
    Ok(Filled { outgoing, content, body: body.text })
}

/// What a button does, what stands behind it, and what the provider is told of it.
fn button_of(
    button: &Button,
    given: Option<&Words>,
    named: bool,
) -> (ButtonKind, Option<Words>, Option<TemplateButton>) {
    let plain = |text: &str| Words { text: text.to_owned(), spans: Vec::new() };
    match button {
        Button::QuickReply { text } => {
            (ButtonKind::QuickReply, None, Some(TemplateButton::QuickReply { payload: text.clone() }))
        }
        Button::Url { url, .. } => {
            let name = variables(url).first().filter(|_| named).map(|name| (*name).to_owned());
            let suffix = given.map(|words| TemplateButton::Url { name, suffix: words.text.clone() });
            (ButtonKind::Url, Some(filled(url, |_| given)), suffix)
        }
        Button::Phone { number, .. } => (ButtonKind::Phone, Some(plain(number)), None),
        Button::CopyCode { .. } => {
            let code = given.cloned().unwrap_or_default();
            let copied = TemplateButton::CopyCode { code: code.text.clone() };
            (ButtonKind::CopyCode, Some(code), Some(copied))
        }
        Button::Flow { .. } => (ButtonKind::Flow, None, None),
        Button::Other { .. } => (ButtonKind::Other, None, None),
    }
}

impl Template {
    /// What we have no way to fill in: what the provider's form has that we do not read, a place, a form.
    pub fn beyond(&self) -> Option<String> {
        let flow = || self.buttons.iter().any(|button| matches!(button, Button::Flow { .. }));
        match &self.beyond {
            Some(what) => Some(what.clone()),
            None if self.header == Some(Header::Location) => Some("a place in its header".to_owned()),
            None => flow().then(|| "a form".to_owned()),
        }
    }
}

/// Every value with what it stands for, checked.
fn finished(
    template: &Template,
    values: &BTreeMap<String, String>,
    has_media: bool,
    known: &Values,
) -> Result<BTreeMap<String, Words>, Unfilled> {
    let mut whole = BTreeMap::new();
    let mut empty = Vec::new();
    for Slot { key, kind } in template.slots() {
        if kind == SlotKind::Media && has_media {
            continue;
        }
        let written = values.get(&key).map_or("", |text| template.bare(&key, text)).replace('\0', "\u{fffd}");
        let placeholder::Filled { text, spans, missing } = placeholder::fill(&written, known);
        if text.trim().is_empty() || !missing.is_empty() || placeholder::names_nothing(&written) {
            empty.push(key);
            continue;
        }
        let limit = if kind == SlotKind::Code { CODE_LIMIT } else { VALUE_LIMIT };
        if text.chars().count() > limit {
            return Err(Unfilled::TooLong { key, limit });
        }
        if kind == SlotKind::Media && !(text.starts_with("https://") || text.starts_with("http://")) {
            return Err(Unfilled::NotALink { key });
        }
        let broken = text.contains(['\n', '\r', '\t']) || text.contains("     ");
        if broken || (kind != SlotKind::Text && text.contains(char::is_whitespace)) {
            return Err(Unfilled::Blanks { key });
        }
        whole.insert(key, Words { text, spans });
    }
    if empty.is_empty() { Ok(whole) } else { Err(Unfilled::Empty { keys: empty }) }
}
