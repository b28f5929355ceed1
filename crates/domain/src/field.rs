//! Custom fields: what a company keeps of its contacts beside what every desk keeps. A field's kind says what it holds;
//! what comes from outside is read here, and what a placeholder becomes is worded here.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::access::Masking;
use crate::id::{ContactFieldId, ContactListId};
use crate::message::words;

words! {
    /// What a field holds.
    Kind {
        Text = "text",
        /// One of its options.
        Select = "select",
        Number = "number",
        Switch = "switch",
        DateTime = "date_time",
        Url = "url",
    }
}

/// A field of contacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub id: ContactFieldId,
    /// The only list whose contacts have it; `None` = every list.
    pub list: Option<ContactListId>,
    /// What placeholders and the API call it.
    pub key: String,
    pub name: String,
    pub kind: Kind,
    /// Of a select, in order.
    pub options: Vec<String>,
    pub required: bool,
    pub sensitive: bool,
    pub archived: bool,
}

/// What a contact has in a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Of a text, a select and an address.
    Text(String),
    Number(f64),
    Switch(bool),
    At(Timestamp),
}

/// A value as it comes from outside and goes there: instants are texts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Plain {
    Switch(bool),
    Number(f64),
    Text(String),
}

/// Why a value is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("this may not be empty")]
    Required,
    #[error("at most {TEXT_AT_MOST} characters")]
    TooLong,
    #[error("one line of text")]
    NotText,
    #[error("this is none of the choices")]
    NotAChoice,
    #[error("a number, such as 12.5")]
    NotANumber,
    #[error("a number between -10^15 and 10^15")]
    TooLarge,
    #[error("true or false")]
    NotASwitch,
    #[error("a date and time with its offset, such as 2026-03-02T09:00:00Z")]
    NotAnInstant,
    #[error("an address that begins with http:// or https://")]
    NotAnAddress,
}

impl Unfit {
    /// The code of the field in a problem.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooLong => "too_long",
            Self::NotAChoice => "unknown",
            Self::TooLarge => "out_of_range",
            Self::NotText | Self::NotANumber | Self::NotASwitch | Self::NotAnInstant | Self::NotAnAddress => "format",
        }
    }
}

/// The longest text, and the longest address.
pub const TEXT_AT_MOST: usize = 1_000;
/// Beyond it a number in JSON is no longer exact to the thousandth.
const NUMBER_AT_MOST: f64 = 1e15;
const KEY_AT_MOST: usize = 40;

/// Whether a field can be called so: a word that can stand in a placeholder.
pub fn key_fits(key: &str) -> bool {
    key.len() <= KEY_AT_MOST
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

impl Field {
    /// Whether contacts of this list have it now.
    pub fn serves(&self, list: ContactListId) -> bool {
        !self.archived && self.list.is_none_or(|own| own == list)
    }

    /// Whether somebody with this masking may not see, change or search what is in it.
    pub const fn is_hidden_by(&self, masking: &Masking) -> bool {
        self.sensitive && masking.phone.hides()
    }

    /// What is to be kept of what was given; `None` empties the field.
    pub fn read(&self, given: Option<&Plain>) -> Result<Option<Value>, Unfit> {
        let value = match given {
            Some(given) => self.value(given)?,
            None => None,
        };
        if value.is_none() && self.required { Err(Unfit::Required) } else { Ok(value) }
    }

    fn value(&self, given: &Plain) -> Result<Option<Value>, Unfit> {
        let line = || match given {
            Plain::Text(text) => line(text),
            _ => Err(Unfit::NotText),
        };
        Ok(match (self.kind, given) {
            (_, Plain::Text(text)) if text.trim().is_empty() => None,
            (Kind::Text, _) => line()?.map(Value::Text),
            (Kind::Select, _) => match line()? {
                Some(text) if !self.options.contains(&text) => return Err(Unfit::NotAChoice),
                text => text.map(Value::Text),
            },
            (Kind::Url, Plain::Text(text)) => Some(Value::Text(address(text)?)),
            (Kind::Url, _) => return Err(Unfit::NotAnAddress),
            (Kind::Number, Plain::Number(number)) => Some(Value::Number(exact(*number)?)),
            (Kind::Number, _) => return Err(Unfit::NotANumber),
            (Kind::Switch, Plain::Switch(on)) => Some(Value::Switch(*on)),
            (Kind::Switch, _) => return Err(Unfit::NotASwitch),
            (Kind::DateTime, Plain::Text(text)) => Some(Value::At(instant(text)?)),
            (Kind::DateTime, _) => return Err(Unfit::NotAnInstant),
        })
    }

    /// What its placeholder becomes. A switch that is on reads as the field's name; one that is off says nothing, so
    /// that its fallback stands. Instants are of the company's time zone.
    pub fn worded(&self, value: &Value, zone: &TimeZone) -> Option<String> {
        match value {
            Value::Text(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Switch(on) => on.then(|| self.name.clone()),
            Value::At(at) => Some(at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()),
        }
    }
}

impl Value {
    /// As it goes outside.
    pub fn plain(&self) -> Plain {
        match self {
            Self::Text(text) => Plain::Text(text.clone()),
            Self::Number(number) => Plain::Number(*number),
            Self::Switch(on) => Plain::Switch(*on),
            Self::At(at) => Plain::Text(at.to_string()),
        }
    }
}

impl std::fmt::Display for Plain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Switch(on) => on.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

fn line(text: &str) -> Result<Option<String>, Unfit> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err(Unfit::NotText);
    }
    if text.chars().count() > TEXT_AT_MOST {
        return Err(Unfit::TooLong);
    }
    Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
}

fn exact(number: f64) -> Result<f64, Unfit> {
    if !number.is_finite() || number.abs() > NUMBER_AT_MOST {
        return Err(Unfit::TooLarge);
    }
    // No minus before nothing.
    Ok(if number == 0.0 { 0.0 } else { number })
}

/// Kept to the millisecond, as every instant is.
fn instant(text: &str) -> Result<Timestamp, Unfit> {
    let at: Timestamp = text.trim().parse().map_err(|_| Unfit::NotAnInstant)?;
    Timestamp::from_millisecond(at.as_millisecond()).map_err(|_| Unfit::NotAnInstant)
}

/// An address of the web.
pub(crate) fn address(text: &str) -> Result<String, Unfit> {
    let text = text.trim();
    if text.chars().count() > TEXT_AT_MOST {
        return Err(Unfit::TooLong);
    }
    let bare = |scheme: &str| {
        let start = text.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then(|| text.get(scheme.len()..)).flatten()
    };
    let rest = bare("https://").or_else(|| bare("http://")).ok_or(Unfit::NotAnAddress)?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let fits = !host.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    if fits { Ok(text.to_owned()) } else { Err(Unfit::NotAnAddress) }
}
