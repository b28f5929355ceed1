//! Templates: messages that the provider has approved, with variables that are filled in for each customer.

pub mod draft;
mod filling;
mod language;
pub mod news;

use std::collections::{BTreeMap, BTreeSet};

pub use filling::{ButtonKind, Filled, Media, ShownButton, ShownHeader, Unfilled, compose};
pub use language::{LANGUAGES, language};
use serde::{Deserialize, Serialize};

use crate::message::words;
use crate::outbound::MediaKind;
use crate::placeholder::Span;

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
    /// What stood for its variables when it was handed in for review, by the slot's key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub samples: BTreeMap<String, String>,
    /// What it has that we cannot fill in, such as a carousel: it is shown, and not sent.
    pub beyond: Option<String>,
}

/// What stands above the body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Header {
    Text {
        text: String,
    },
    Image,
    Video,
    Document,
    Location,
    /// A file that was approved with it: the same for everybody, at a public address.
    File {
        kind: MediaKind,
        link: String,
    },
}

impl Header {
    /// The file it needs, if it does.
    pub const fn media(&self) -> Option<MediaKind> {
        match self {
            Self::Image => Some(MediaKind::Image),
            Self::Video => Some(MediaKind::Video),
            Self::Document => Some(MediaKind::Document),
            Self::Text { .. } | Self::Location | Self::File { .. } => None,
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
pub const HEADER_LIMIT: usize = 60;
/// Characters of a code to copy.
pub const CODE_LIMIT: usize = 15;

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

    /// What was given for a variable, without what stands around it: of a whole address, its end.
    pub fn bare<'t>(&self, key: &str, given: &'t str) -> &'t str {
        let index = key.strip_prefix("button:").and_then(|index| index.parse::<usize>().ok());
        match index.and_then(|index| self.buttons.get(index)) {
            Some(Button::Url { url, .. }) => end_of(url, given.trim()),
            _ => given.trim(),
        }
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

/// What stands in place of an address's variable, where somebody gave the whole address.
pub fn end_of<'t>(url: &str, text: &'t str) -> &'t str {
    let Some((before, after)) = url.split_once("{{") else { return text };
    let after = after.split_once("}}").map_or("", |(_, after)| after);
    text.strip_prefix(before).map_or(text, |rest| rest.strip_suffix(after).unwrap_or(rest))
}

/// Whether a text has something in double braces that is read as plain words here: `{{ 1 }}`, `{{first-name}}`.
pub fn has_odd_variable(text: &str) -> bool {
    pieces(text).any(|piece| piece.is_ok_and(|words| words.contains("{{")))
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
            // Never looked for beyond the name: a text of braces alone would be read over and over.
            let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
            let name = inside.get(..inside.bytes().take_while(|byte| plain(byte)).count()).unwrap_or_default();
            if !name.is_empty() && inside.get(name.len()..).is_some_and(|after| after.starts_with("}}")) {
                let before = rest.get(..open).unwrap_or_default();
                rest = inside.get(name.len() + 2..).unwrap_or_default();
                if before.is_empty() {
                    return Some(Err(name));
                }
                pending = Some(name);
                return Some(Ok(before));
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
