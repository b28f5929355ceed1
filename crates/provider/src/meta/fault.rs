//! An error object of Meta's, the same in answers, statuses and messages.

use pronto_domain::inbound::ProviderError;

use super::errors;
use crate::json::{List, Raw, Text, inside};

object!(
    struct Fault<'a> {
        code: Text<'a>,
        title: Text<'a>,
        message: Text<'a>,
        error_data: Option<Raw<'a>>,
        details: Text<'a>,
        error_user_msg: Text<'a>,
        is_transient: Text<'a>,
    }
);

object!(
    struct Data<'a> {
        details: Text<'a>,
    }
);

impl Fault<'_> {
    /// Whether it says anything at all.
    pub(super) fn speaks(&self) -> bool {
        self.code.number().is_some() || self.title.is_some() || self.message.is_some()
    }

    /// The error in the provider's words; `code` where it has none itself.
    pub(super) fn error(&self, code: i64) -> ProviderError {
        let code = self.code.number().unwrap_or(code);
        let title = self.title.owned().or(self.message.owned());
        let title = title.unwrap_or_else(|| errors::meaning(code).title.into_owned());
        let detail = self.detail().or(self.message.owned()).filter(|detail| *detail != title);
        ProviderError { code: code.into(), title, detail }
    }

    /// `error_data` is an object with `details` or, at times, the plain text itself.
    fn detail(&self) -> Option<String> {
        let plain = self.error_data.and_then(|raw| Text::of(raw.get()).owned());
        let within = || inside::<Data<'_>>(self.error_data).and_then(|data| data.details.owned());
        plain.or_else(within).or(self.details.owned()).or(self.error_user_msg.owned())
    }
}

/// Every error of a list; what is no error object is left out.
pub(super) fn all(list: &List<'_>) -> Vec<ProviderError> {
    list.read::<Fault<'_>>().filter(Fault::speaks).map(|fault| fault.error(0)).collect()
}
