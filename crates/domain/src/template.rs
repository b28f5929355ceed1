//! Templates: messages that the provider has approved, with variables that are filled in for each customer.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::access::Masking;
use crate::message::{Content, words};
use crate::outbound::{self, File, MediaKind, TemplateButton, TemplatePart, Variable};
use crate::placeholder::{self, Span, Values};

words! {
    /// What the provider thinks of a template. Only an approved one is sent.
    Status {
        Approved = "approved", Pending = "pending", Rejected = "rejected",
        /// For some hours, because customers did not like it.
        Paused = "paused",
        Disabled = "disabled",
        /// No longer at the provider.
        Deleted = "deleted",
        /// Any other of the provider's words: it cannot be sent.
        Other = "other",
    }
}

impl Status {
    /// The provider's own word.
    pub fn read(word: &str) -> Self {
        match word.to_ascii_uppercase().as_str() {
            "APPROVED" | "REINSTATED" | "ACTIVE" => Self::Approved,
            "PENDING" | "IN_APPEAL" | "IN_REVIEW" => Self::Pending,
            "REJECTED" => Self::Rejected,
            "PAUSED" => Self::Paused,
            "DISABLED" | "LOCKED" => Self::Disabled,
            "DELETED" | "PENDING_DELETION" => Self::Deleted,
            _ => Self::Other,
        }
    }
}

/// A template in one language, as the provider approved it. Texts hold their variables as `{{1}}` or `{{name}}`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Template {
    pub name: String,
    /// The code it was approved under, such as `it` or `en_US`.
    pub language: String,
    /// Whether its variables have names; else they are numbered.
    pub named: bool,
    pub header: Option<Header>,
    pub body: String,
    pub footer: Option<String>,
    pub buttons: Vec<Button>,
    /// What it has that we cannot fill in, such as a carousel: it is shown, and not sent.
    pub beyond: Option<String>,
}

/// What stands above the body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Header {
    Text { text: String },
    Image,
    Video,
    Document,
    Location,
}

impl Header {
    /// The file it needs, if it does.
    pub const fn media(&self) -> Option<MediaKind> {
        match self {
            Self::Image => Some(MediaKind::Image),
            Self::Video => Some(MediaKind::Video),
            Self::Document => Some(MediaKind::Document),
            Self::Text { .. } | Self::Location => None,
        }
    }
}

/// What can be tapped under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Button {
    /// Its text comes back as a message.
    QuickReply {
        text: String,
    },
    /// Opens an address; one with a variable ends in it.
    Url {
        text: String,
        url: String,
    },
    Phone {
        text: String,
        number: String,
    },
    /// Copies a code, given each time.
    CopyCode {
        text: String,
    },
    /// Opens a form of the provider's.
    Flow {
        text: String,
    },
    Other {
        text: String,
    },
}

impl Button {
    pub fn text(&self) -> &str {
        match self {
            Self::QuickReply { text }
            | Self::Url { text, .. }
            | Self::Phone { text, .. }
            | Self::CopyCode { text }
            | Self::Flow { text }
            | Self::Other { text } => text,
        }
    }
}

/// What fills variables beforehand, by the variable's key: a text with placeholders and their fallbacks, such as
/// `{{contact.first_name|there}}`.
pub type Mapping = BTreeMap<String, String>;

/// A place that must be filled in. Its key names it in values and mappings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// `header:1`, `body:name`, `button:0`; `header:media` for the file.
    pub key: String,
    pub kind: SlotKind,
}

words! {
    /// What fills a slot.
    SlotKind {
        Text = "text",
        /// A link to the header's file.
        Media = "media",
        /// The end of a button's address.
        Suffix = "suffix",
        /// What a tap copies.
        Code = "code",
    }
}

/// The key of the header's file.
pub const MEDIA: &str = "header:media";

/// Characters of one value.
pub const VALUE_LIMIT: usize = 1024;
/// Characters of a body with everything filled in.
pub const BODY_LIMIT: usize = 1024;
/// Characters of a header's text with everything filled in.
const HEADER_LIMIT: usize = 60;
/// Characters of a code to copy.
const CODE_LIMIT: usize = 15;

impl Template {
    /// Everything that must be filled in, in the order in which it is read.
    pub fn slots(&self) -> Vec<Slot> {
        let mut slots = Vec::new();
        match &self.header {
            Some(Header::Text { text }) => slots.extend(text_slots("header", text)),
            Some(header) if header.media().is_some() => {
                slots.push(Slot { key: MEDIA.to_owned(), kind: SlotKind::Media });
            }
            _ => {}
        }
        slots.extend(text_slots("body", &self.body));
        for (index, button) in self.buttons.iter().enumerate() {
            let kind = match button {
                Button::Url { url, .. } if !variables(url).is_empty() => SlotKind::Suffix,
                Button::CopyCode { .. } => SlotKind::Code,
                _ => continue,
            };
            slots.push(Slot { key: format!("button:{index}"), kind });
        }
        slots
    }

    /// The texts its mapping gives to its variables, placeholders and all.
    pub fn mapped(&self, mapping: &Mapping) -> BTreeMap<String, String> {
        let text = |slot: Slot| {
            let text = mapping.get(&slot.key)?.trim();
            (!text.is_empty()).then(|| (slot.key, text.to_owned()))
        };
        self.slots().into_iter().filter_map(text).collect()
    }
}

fn text_slots(place: &str, text: &str) -> Vec<Slot> {
    let slot = |name: &str| Slot { key: format!("{place}:{name}"), kind: SlotKind::Text };
    variables(text).into_iter().map(slot).collect()
}

/// The variables of a text, each once, in the order in which they stand there. Numbered ones go by their number.
pub fn variables(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = pieces(text).filter_map(|piece| piece.err()).collect();
    let mut seen = BTreeSet::new();
    found.retain(|name| seen.insert(*name));
    if found.iter().all(|name| name.parse::<u32>().is_ok()) {
        found.sort_by_key(|name| name.parse::<u32>().unwrap_or(u32::MAX));
    }
    found
}

/// A text in pieces: `Ok` plain words, `Err` the name of a variable.
fn pieces(text: &str) -> impl Iterator<Item = Result<&str, &str>> {
    let mut rest = text;
    let mut pending = None;
    std::iter::from_fn(move || {
        if let Some(name) = pending.take() {
            return Some(Err(name));
        }
        if rest.is_empty() {
            return None;
        }
        let mut from = 0;
        while let Some(open) = rest.get(from..).and_then(|tail| tail.find("{{")).map(|at| from + at) {
            let inside = rest.get(open + 2..).unwrap_or_default();
            if let Some(close) = inside.find("}}") {
                let name = inside.get(..close).unwrap_or_default();
                let plain = !name.is_empty()
                    && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'));
                if plain {
                    let before = rest.get(..open).unwrap_or_default();
                    rest = inside.get(close + 2..).unwrap_or_default();
                    if before.is_empty() {
                        return Some(Err(name));
                    }
                    pending = Some(name);
                    return Some(Ok(before));
                }
            }
            from = open + 2;
        }
        Some(Ok(std::mem::take(&mut rest)))
    })
}

/// A text that was filled in, and what in it is the customer's.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    pub text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
}

/// A text with its variables replaced; one without a value stays as it is written.
pub fn filled<'v>(text: &str, value: impl Fn(&str) -> Option<&'v Words>) -> Words {
    let mut whole = Words::default();
    let mut length = 0;
    for piece in pieces(text) {
        match piece {
            Ok(words) => {
                whole.text.push_str(words);
                length += words.chars().count();
            }
            Err(name) => match value(name) {
                Some(value) => {
                    whole.spans.extend(value.spans.iter().map(|span| Span { at: span.at + length, ..*span }));
                    whole.text.push_str(&value.text);
                    length += value.text.chars().count();
                }
                None => {
                    whole.text.push_str(&format!("{{{{{name}}}}}"));
                    length += name.chars().count() + 4;
                }
            },
        }
    }
    whole
}

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
    if let Some(what) = template.beyond.clone().or_else(|| beyond(template)) {
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
        let (kind, shown, variable) = button_of(button, given);
        if let Some(button) = variable {
            parts.push(TemplatePart::Button { index: u8::try_from(index).unwrap_or(u8::MAX), button });
        }
        buttons.push(ShownButton { kind, text: button.text().to_owned(), value: shown });
    }
    let outgoing = outbound::Template { name: template.name.clone(), language: template.language.clone(), parts };
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
fn button_of(button: &Button, given: Option<&Words>) -> (ButtonKind, Option<Words>, Option<TemplateButton>) {
    let plain = |text: &str| Words { text: text.to_owned(), spans: Vec::new() };
    match button {
        Button::QuickReply { text } => {
            (ButtonKind::QuickReply, None, Some(TemplateButton::QuickReply { payload: text.clone() }))
        }
        Button::Url { url, .. } => {
            let suffix = given.map(|words| TemplateButton::Url { suffix: words.text.clone() });
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

/// What we have no way to fill in.
fn beyond(template: &Template) -> Option<String> {
    if template.header == Some(Header::Location) {
        return Some("a place in its header".to_owned());
    }
    let flow = template.buttons.iter().any(|button| matches!(button, Button::Flow { .. }));
    flow.then(|| "a form".to_owned())
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
        let written = values.get(&key).map_or("", |text| text.trim()).replace('\0', "\u{fffd}");
        let placeholder::Filled { text, spans, missing } = placeholder::fill(&written, known);
        if text.trim().is_empty() || !missing.is_empty() || !placeholder::unknown(&written).is_empty() {
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

/// The variant of a template for somebody: in their language, else in a dialect of it, else in the account's default,
/// else none. `approved` are the languages it can be sent in.
pub fn language<'a>(approved: &'a [String], wanted: Option<&str>, default: &str) -> Option<&'a String> {
    let stem = |code: &str| code.split(['_', '-']).next().unwrap_or_default().to_ascii_lowercase();
    let same = |code: &str| {
        let code = code.replace('-', "_");
        approved.iter().find(move |one| one.eq_ignore_ascii_case(&code))
    };
    let near = |code: &str| {
        let wanted = stem(code);
        approved.iter().find(move |one| stem(one) == wanted)
    };
    let wanted = wanted.map(str::trim).filter(|code| !code.is_empty());
    wanted.and_then(|code| same(code).or_else(|| near(code))).or_else(|| same(default)).or_else(|| near(default))
}
