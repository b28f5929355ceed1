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

/// What an answer without a code of the provider's own means, by its HTTP status; any other number says nothing.
pub(crate) fn by_status(status: i64) -> Meaning {
    let (title, next, retry, trouble) = match status {
        300..=399 => ("The provider's address answered with a redirect", Next::CallAdmin, None, None),
        401 => ("The provider refused the account's secret", Next::CallAdmin, None, Some(Trouble::Token)),
        402 => ("There is a problem with the payment", Next::CallAdmin, None, Some(Trouble::Payment)),
        403 => ("The provider refused access", Next::CallAdmin, None, Some(Trouble::Permission)),
        404 => ("The provider does not know this address", Next::CallAdmin, None, None),
        408 => ("The provider did not wait for the request", Next::Retry, Some(Pace::Quick), None),
        413 => ("The message is too large", Next::ChangeMessage, None, None),
        429 => ("Too many requests", Next::Wait, Some(Pace::Throttle), None),
        500..=599 => ("The provider had a problem", Next::Retry, Some(Pace::Quick), None),
        _ => ("The provider refused the message", Next::None, None, None),
    };
    Meaning { title: Cow::Borrowed(title), next, retry, trouble }
}
