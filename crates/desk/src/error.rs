use pronto_domain::interaction::Refused;
use pronto_domain::message::UnknownWord;

/// Why an act was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Db(#[from] pronto_db::Error),
    /// The rules say no.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Somebody else saved a newer version.
    #[error("it was changed by somebody else meanwhile")]
    Stale,
    #[error("{field}: {detail}")]
    Invalid { field: String, code: &'static str, detail: String },
    /// It is still used, so it cannot be removed.
    #[error("{0}")]
    InUse(String),
    #[error("the customer wrote again")]
    StaleReply { newer: Vec<i64> },
    #[error("the 24-hour window is closed")]
    WindowClosed,
    #[error("this message cannot be sent again")]
    NotRetryable,
    #[error("the media store failed: {0}")]
    Media(String),
    #[error("the stored data is damaged: {0}")]
    Damaged(String),
    #[error("the sealed value cannot be opened with this key")]
    Sealed,
}

impl Error {
    /// A field that must be other than it is.
    pub fn invalid(field: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        Self::Invalid { field: field.into(), code, detail: detail.into() }
    }
}

impl From<UnknownWord> for Error {
    fn from(error: UnknownWord) -> Self {
        Self::Damaged(error.to_string())
    }
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
