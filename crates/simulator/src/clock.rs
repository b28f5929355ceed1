use jiff::Timestamp;

/// Milliseconds since 1970, the unit in which the network stores every instant.
pub(crate) fn now() -> i64 {
    Timestamp::now().as_millisecond()
}

/// An instant as Meta writes it: whole seconds, in a string.
pub(crate) fn meta_seconds(at: i64) -> String {
    at.div_euclid(1000).to_string()
}

/// An instant as the control API writes it.
pub(crate) fn rfc3339(at: i64) -> String {
    Timestamp::from_millisecond(at).map_or_else(|_| String::new(), |at| at.to_string())
}

pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;
