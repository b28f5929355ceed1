use pronto_domain::file::Unfit;
use pronto_domain::interaction::Refused;
use pronto_domain::message::{Kind, UnknownWord};
use pronto_domain::provider::Cannot;

use crate::check::Misfit;

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
    /// Several fields at once.
    #[error("{} fields are not as they must be", .0.len())]
    Misfits(Vec<Misfit>),
    /// It still has open work, so it cannot be removed.
    #[error("{open} open interactions must be moved or closed first")]
    InUse { open: i64 },
    /// Whoever asked may not: `needs` is a permission or a role.
    #[error("this needs {needs}")]
    Forbidden { needs: String },
    /// The desk would be left in a state it must not be in.
    #[error("{detail}")]
    Impossible { code: &'static str, detail: String },
    /// There is such a contact already; it may be made all the same.
    #[error("the list has a contact with this number or e-mail address")]
    Duplicate { contacts: Vec<i64> },
    #[error("the customer wrote again")]
    StaleReply { newer: Vec<i64> },
    /// Placeholders with neither value nor fallback.
    #[error("nothing is known for {}", .names.join(", "))]
    Unfilled { names: Vec<String> },
    #[error("the 24-hour window is closed")]
    WindowClosed,
    #[error("this message cannot be sent again")]
    NotRetryable,
    /// A file that is not sent, whatever its size.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// A file that has too many bytes: for WhatsApp, where it names a kind, else for the desk.
    #[error("at most {limit} bytes may be sent")]
    FileTooLarge { kind: Option<Kind>, limit: u64 },
    /// The sender broke off.
    #[error("the file did not come whole: {0}")]
    FileBroken(String),
    /// The provider does not take what it was asked for, in its own words.
    #[error("{title}")]
    NotTaken { title: String, detail: Option<String> },
    /// Nothing was done: the provider could not be asked.
    #[error("the provider could not be reached: {0}")]
    Unreachable(String),
    /// The connection broke when the provider may have done it.
    #[error("it may or may not have been done: {0}")]
    Unknown(String),
    #[error("the media store failed: {0}")]
    Media(String),
    #[error("the network cannot be used: {0}")]
    Network(String),
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

impl From<Cannot> for Error {
    fn from(cannot: Cannot) -> Self {
        let detail = cannot.to_string();
        match cannot {
            Cannot::Send { .. } => Self::Impossible { code: "provider_cannot", detail },
            Cannot::TooLong { .. } => Self::invalid("text", "too_long", detail),
        }
    }
}

impl From<UnknownWord> for Error {
    fn from(error: UnknownWord) -> Self {
        Self::Damaged(error.to_string())
    }
}

pub type Result<T, E = Error> = std::result::Result<T, E>;
