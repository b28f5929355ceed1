//! What an error of a provider's means.

use std::borrow::Cow;

use pronto_domain::outbound::{Next, Pace, Trouble};

/// What a code means and what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// Plain English for whoever sent the message.
    pub title: Cow<'static, str>,
    pub next: Next,
    /// How to try again by ourselves; `None` = do not.
    pub retry: Option<Pace>,
    /// Set where the whole account is hit, not one message.
    pub trouble: Option<Trouble>,
}

impl Meaning {
    pub fn retryable(&self) -> bool {
        self.retry.is_some()
    }

    pub fn account_wide(&self) -> bool {
        self.trouble.is_some()
    }
}
