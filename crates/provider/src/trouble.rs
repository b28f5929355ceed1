//! Why something of a provider's cannot be read, or something of ours cannot be sent.

use pronto_domain::provider::Provider;

/// Why a body is no delivery of the provider's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    #[error("the body is empty")]
    Empty,
    #[error("the body is not JSON: {0}")]
    NotJson(String),
    #[error("the body is not a JSON object")]
    NotAnObject,
    #[error("the body is about {0:?}, not about a WhatsApp business account")]
    OtherObject(String),
    #[error("the body has no list of entries")]
    NoEntries,
    #[error("the body is no delivery of this provider's: it names nothing that we know")]
    Strange,
}

/// Why a message cannot be sent as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsendable {
    #[error("there is neither a number nor a user id to send to")]
    NoRecipient,
    #[error("{field} is empty")]
    Empty { field: &'static str },
    #[error("{field} has {length} characters; at most {limit} are allowed")]
    TooLong { field: &'static str, limit: usize, length: usize },
    #[error("there are {count} {field}; at most {limit} are allowed")]
    TooMany { field: &'static str, limit: usize, count: usize },
    #[error("{field} does not go with {with}")]
    NotWith { field: &'static str, with: &'static str },
    #[error("{field} is out of range")]
    OutOfRange { field: &'static str },
    #[error("the provider does not have the file")]
    NotUploaded,
    #[error("{provider} cannot send {what}")]
    NotHere { provider: Provider, what: &'static str },
}

/// A media address that is not the provider's; it gets neither a request nor the token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not on a host of the provider")]
pub struct NotFetched(pub String);

/// Neither empty nor too long.
pub(crate) fn some_text(field: &'static str, text: &str, limit: usize) -> Result<(), Unsendable> {
    not_empty(field, text)?;
    at_most(field, text, limit)
}

pub(crate) fn not_empty(field: &'static str, text: &str) -> Result<(), Unsendable> {
    if text.trim().is_empty() { Err(Unsendable::Empty { field }) } else { Ok(()) }
}

pub(crate) fn at_most(field: &'static str, text: &str, limit: usize) -> Result<(), Unsendable> {
    let length = text.chars().count();
    if length > limit { Err(Unsendable::TooLong { field, limit, length }) } else { Ok(()) }
}

pub(crate) fn fits(field: &'static str, count: usize, limit: usize) -> Result<(), Unsendable> {
    if count > limit { Err(Unsendable::TooMany { field, limit, count }) } else { Ok(()) }
}

/// Degrees of a place on earth.
pub(crate) fn degrees(latitude: f64, longitude: f64) -> Result<(), Unsendable> {
    if !(-90.0..=90.0).contains(&latitude) {
        return Err(Unsendable::OutOfRange { field: "latitude" });
    }
    if !(-180.0..=180.0).contains(&longitude) {
        return Err(Unsendable::OutOfRange { field: "longitude" });
    }
    Ok(())
}
