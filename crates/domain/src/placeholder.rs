//! Placeholders: words in braces in a text written beforehand, filled with what is known of a conversation.
//!
//! ```text
//! placeholder = "{{" blanks name blanks [ "|" fallback ] "}}"
//! name        = word { "." word }
//! word        = a small letter, then small letters, digits and "_"
//! fallback    = anything but braces and line breaks; blanks around it are dropped
//! ```
//!
//! `Hello {{contact.first_name|there}}` greets Maria by name, and somebody unknown with *there*. An empty fallback,
//! `{{contact.company|}}`, leaves nothing. Whatever does not read so is text like any other, such as the `{{1}}` of a
//! provider's template. The names are the values of [`Name`], and `contact.fields.` with the key of a field that the
//! company has added to its contacts.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::access::Masking;
use crate::message::words;

words! {
    /// What a placeholder can stand for.
    Name {
        ContactFirstName = "contact.first_name",
        ContactLastName = "contact.last_name",
        /// First and last name.
        ContactName = "contact.name",
        ContactPhone = "contact.phone",
        ContactEmail = "contact.email",
        ContactCompany = "contact.company",
        AgentName = "agent.name",
        /// The name an agent goes by towards customers; without one, their name.
        AgentAlias = "agent.alias",
        AccountName = "account.name",
        AccountPhone = "account.phone",
        /// The number people quote.
        InteractionId = "interaction.id",
        InteractionQueue = "interaction.queue",
    }
}

words! {
    /// What of a customer a profile can hide.
    Hidden { Name = "name", Phone = "phone", Email = "email" }
}

impl Name {
    /// What a masked profile hides of it; nothing of what is not the customer's.
    pub const fn hidden(self) -> Option<Hidden> {
        match self {
            Self::ContactFirstName | Self::ContactLastName | Self::ContactName => Some(Hidden::Name),
            Self::ContactPhone => Some(Hidden::Phone),
            Self::ContactEmail => Some(Hidden::Email),
            _ => None,
        }
    }
}

impl Hidden {
    /// The value as somebody with this masking may see it.
    pub fn apply(self, masking: &Masking, value: &str) -> String {
        self.of(masking).apply(value)
    }

    pub fn is_hidden_by(self, masking: &Masking) -> bool {
        self.of(masking).hides()
    }

    const fn of(self, masking: &Masking) -> crate::access::Mask {
        match self {
            Self::Name => masking.name,
            Self::Phone => masking.phone,
            Self::Email => masking.email,
        }
    }
}

/// What the placeholder of a contact's custom field begins with, before the field's key.
pub const FIELD: &str = "contact.fields.";

/// What a placeholder names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named<'a> {
    Known(Name),
    /// A custom field, by its key.
    Field(&'a str),
}

/// A placeholder as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder<'a> {
    /// As written; it may name nothing.
    pub name: &'a str,
    pub fallback: Option<&'a str>,
    /// Where it stands, in bytes.
    pub at: Range<usize>,
}

impl<'a> Placeholder<'a> {
    /// `None` where nothing can be called so.
    pub fn named(&self) -> Option<Named<'a>> {
        match self.name.strip_prefix(FIELD) {
            Some(key) => (!key.contains('.')).then_some(Named::Field(key)),
            None => self.name.parse().ok().map(Named::Known),
        }
    }
}

/// The placeholders of a text, in order; known and unknown ones.
pub fn placeholders(text: &str) -> Vec<Placeholder<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = text.get(from..).and_then(|rest| rest.find("{{")).map(|at| from + at) {
        match read(text, open) {
            Some(one) => {
                from = one.at.end;
                found.push(one);
            }
            // The next brace may open one: `{{{agent.name}}`.
            None => from = open + 1,
        }
    }
    found
}

fn read(text: &str, open: usize) -> Option<Placeholder<'_>> {
    let inner = text.get(open + 2..)?;
    let length = inner.find(['{', '}', '\n', '\r'])?;
    if !inner.get(length..)?.starts_with("}}") {
        return None;
    }
    let inner = inner.get(..length)?;
    let (name, fallback) = match inner.split_once('|') {
        Some((name, fallback)) => (name.trim(), Some(fallback.trim())),
        None => (inner.trim(), None),
    };
    name.split('.').all(is_word).then_some(Placeholder { name, fallback, at: open..open + 2 + length + 2 })
}

fn is_word(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// The names that stand in a text and name nothing: a slip of the pen, told when the text is saved. `fields` are the
/// keys of the custom fields there are.
pub fn unknown<'a>(text: &'a str, fields: &[&str]) -> Vec<&'a str> {
    let known = |one: &Placeholder<'_>| match one.named() {
        Some(Named::Known(_)) => true,
        Some(Named::Field(key)) => fields.contains(&key),
        None => false,
    };
    placeholders(text).iter().filter(|one| !known(one)).map(|one| one.name).collect()
}

/// Whether something stands in a text that looks like a placeholder and can name nothing.
pub fn names_nothing(text: &str) -> bool {
    placeholders(text).iter().any(|one| one.named().is_none())
}

/// What is known of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    known: BTreeMap<Name, String>,
    /// By key.
    fields: BTreeMap<String, FieldValue>,
}

/// What the contact has in a custom field.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FieldValue {
    value: Option<String>,
    /// Hidden as numbers are.
    sensitive: bool,
}

impl Values {
    /// Sets a value; a blank one is none. It comes from outside, so it is made one line without braces: a customer who
    /// is called like a placeholder is no placeholder.
    pub fn set(&mut self, name: Name, value: Option<&str>) {
        match plain(value) {
            Some(value) => self.known.insert(name, value),
            None => self.known.remove(&name),
        };
    }

    /// The same for a custom field.
    pub fn set_field(&mut self, key: &str, value: Option<&str>, sensitive: bool) {
        self.fields.insert(key.to_owned(), FieldValue { value: plain(value), sensitive });
    }

    pub fn get(&self, named: Named<'_>) -> Option<&str> {
        match named {
            Named::Known(name) => self.known.get(&name).map(String::as_str),
            Named::Field(key) => self.fields.get(key)?.value.as_deref(),
        }
    }

    /// What a masked profile hides of it.
    pub fn hidden(&self, named: Named<'_>) -> Option<Hidden> {
        match named {
            Named::Known(name) => name.hidden(),
            Named::Field(key) => self.fields.get(key).filter(|field| field.sensitive).map(|_| Hidden::Phone),
        }
    }
}

fn plain(value: Option<&str>) -> Option<String> {
    let line = value.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    Some(line.replace('{', "(").replace('}', ")").replace('\0', "")).filter(|value| !value.is_empty())
}

/// Where in a filled text stands what a masked profile is not shown. Counted in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    pub at: usize,
    pub length: usize,
    pub what: Hidden,
}

/// What became of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    pub text: String,
    /// What in it is the customer's, in order.
    pub spans: Vec<Span>,
    /// Names of placeholders with neither value nor fallback. They stand in the text as they were.
    pub missing: Vec<String>,
}

/// Fills a text. Unknown placeholders stay as they are.
pub fn fill(text: &str, values: &Values) -> Filled {
    fill_but(text, values, |_| false)
}

/// Fills a text, leaving as they are those whose value whoever reads it may not see; what is missing is told of them
/// too.
pub fn fill_for(text: &str, values: &Values, masking: &Masking) -> Filled {
    fill_but(text, values, |hidden| hidden.is_hidden_by(masking))
}

fn fill_but(text: &str, values: &Values, keep: impl Fn(Hidden) -> bool) -> Filled {
    let mut filled = Filled::default();
    let mut from = 0;
    for one in placeholders(text) {
        let Some(named) = one.named() else { continue };
        filled.text.push_str(text.get(from..one.at.start).unwrap_or_default());
        from = one.at.end;
        let (value, hidden) = (values.get(named), values.hidden(named));
        if value.is_none() && one.fallback.is_none() && !filled.missing.iter().any(|name| name == one.name) {
            filled.missing.push(one.name.to_owned());
        }
        match value.or(one.fallback) {
            Some(_) if hidden.is_some_and(&keep) => filled.text.push_str(text.get(one.at).unwrap_or_default()),
            Some(words) => {
                if let (Some(what), Some(_)) = (hidden, value) {
                    let at = filled.text.chars().count();
                    filled.spans.push(Span { at, length: words.chars().count(), what });
                }
                filled.text.push_str(words);
            }
            None => filled.text.push_str(text.get(one.at).unwrap_or_default()),
        }
    }
    filled.text.push_str(text.get(from..).unwrap_or_default());
    filled
}

/// A filled text as somebody with this masking may see it.
pub fn masked(text: &str, spans: &[Span], masking: &Masking) -> String {
    if spans.iter().all(|span| !span.what.is_hidden_by(masking)) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    let mut letters = text.chars();
    let mut at = 0;
    for span in spans {
        shown.extend(letters.by_ref().take(span.at.saturating_sub(at)));
        let value: String = letters.by_ref().take(span.length).collect();
        shown.push_str(&span.what.apply(masking, &value));
        at = span.at + span.length;
    }
    shown.extend(letters);
    shown
}
