//! Sinch's reasons in the words of people. Source: Conversation API, message delivery receipts; gRPC status names.

use std::borrow::Cow;

use pronto_domain::inbound::Code;
use pronto_domain::outbound::{Next, Pace, Trouble};

use crate::meaning::{self, Meaning};

/// What a reason means; without one the HTTP status says it.
pub fn meaning(code: &Code) -> Meaning {
    let word = match code {
        Code::Number(status) => return meaning::by_status(*status),
        Code::Word(word) => word.as_str(),
    };
    match TABLE.binary_search_by_key(&word, |row| row.0) {
        Ok(place) => {
            let (_, title, next, retry, trouble) = TABLE[place];
            Meaning { title: Cow::Borrowed(title), next, retry, trouble }
        }
        Err(_) => meaning::by_status(0),
    }
}

/// Whether the table names the reason itself.
pub fn is_known(code: &Code) -> bool {
    matches!(code, Code::Word(word) if TABLE.binary_search_by_key(&word.as_str(), |row| row.0).is_ok())
}

/// Every word the table names, rising.
pub fn codes() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|row| row.0)
}

type Row = (&'static str, &'static str, Next, Option<Pace>, Option<Trouble>);

const QUICK: Option<Pace> = Some(Pace::Quick);
const THROTTLE: Option<Pace> = Some(Pace::Throttle);

/// Sorted by reason.
#[rustfmt::skip]
const TABLE: &[Row] = &[
    ("BAD_REQUEST", "A part of the message is wrong", Next::ChangeMessage, None, None),
    ("CHANNEL_BAD_CONFIGURATION", "The app's WhatsApp channel is not set up rightly", Next::CallAdmin, None, Some(Trouble::Number)),
    ("CHANNEL_CONFIGURATION_MISSING", "The app has no WhatsApp channel", Next::CallAdmin, None, Some(Trouble::Number)),
    ("CHANNEL_FAILURE", "WhatsApp had a problem", Next::Retry, None, None),
    ("CHANNEL_REJECT", "WhatsApp refused the message", Next::None, None, None),
    ("CONTACT_NOT_FOUND", "Sinch does not know this customer", Next::CheckNumber, None, None),
    ("DEADLINE_EXCEEDED", "Sinch took too long", Next::Retry, QUICK, None),
    ("DELIVERY_REJECTED_DUE_TO_POLICY", "The message breaks WhatsApp's policy", Next::ChangeMessage, None, None),
    ("DELIVERY_REPORT_TIME_OUT", "Nobody said whether it arrived", Next::Retry, None, None),
    ("DELIVERY_TIMED_OUT", "It could not be delivered in time", Next::Retry, None, None),
    ("FAILED_PRECONDITION", "Sinch cannot do this as the app is set up", Next::CallAdmin, None, None),
    ("INACTIVE_CREDENTIAL", "The channel's credentials are not active", Next::CallAdmin, None, Some(Trouble::Token)),
    ("INTERNAL", "Sinch had a problem", Next::Retry, QUICK, None),
    ("INTERNAL_ERROR", "Sinch had a problem", Next::Retry, QUICK, None),
    ("INVALID_ARGUMENT", "A part of the message is wrong", Next::ChangeMessage, None, None),
    ("MEDIA_NOT_REACHABLE", "Sinch could not fetch the file", Next::Retry, None, None),
    ("MEDIA_TOO_LARGE", "The file is too large", Next::ChangeMessage, None, None),
    ("MEDIA_TYPE_UNSUPPORTED", "WhatsApp does not take this type of file", Next::ChangeMessage, None, None),
    ("MESSAGE_EXPIRED", "It could not be delivered in time", Next::Retry, None, None),
    ("MESSAGE_SPLIT_REQUIRED", "The message is too long", Next::ChangeMessage, None, None),
    ("NOT_FOUND", "Sinch does not know this project or app: is it the right region?", Next::CallAdmin, None, None),
    ("NO_CHANNELS_LEFT", "It could not be delivered on any channel", Next::CheckNumber, None, None),
    ("NO_CHANNEL_IDENTITY_FOR_CONTACT", "Sinch does not know the customer's number", Next::CheckNumber, None, None),
    ("NO_PERMISSION", "The app may not do this", Next::CallAdmin, None, Some(Trouble::Permission)),
    ("NO_PROFILE_AVAILABLE", "The customer's profile is not known", Next::None, None, None),
    ("OUTSIDE_ALLOWED_SENDING_WINDOW", "More than 24 hours have passed since the customer last wrote", Next::Template, None, None),
    ("PERMISSION_DENIED", "The key may not do this", Next::CallAdmin, None, Some(Trouble::Permission)),
    ("RATE_LIMITED", "Messages are going out too fast", Next::Wait, THROTTLE, None),
    ("RECIPIENT_INVALID_CHANNEL_IDENTITY", "Not deliverable: no WhatsApp on this number", Next::CheckNumber, None, None),
    ("RECIPIENT_NOT_OPTED_IN", "The customer has not agreed to be written to", Next::None, None, None),
    ("RECIPIENT_NOT_REACHABLE", "The customer cannot be reached", Next::CheckNumber, None, None),
    ("RESOURCE_EXHAUSTED", "Messages are going out too fast", Next::Wait, THROTTLE, None),
    ("TEMPLATE_INSUFFICIENT_PARAMETERS", "The template has more variables", Next::ChangeMessage, None, None),
    ("TEMPLATE_NON_EXISTING_LANGUAGE_OR_VERSION", "The template does not exist in this language", Next::ChangeMessage, None, None),
    ("TEMPLATE_NOT_FOUND", "Sinch does not know the template", Next::ChangeMessage, None, None),
    ("UNAUTHENTICATED", "Sinch refused the account's key", Next::CallAdmin, None, Some(Trouble::Token)),
    ("UNAVAILABLE", "Sinch is down for a moment", Next::Retry, QUICK, None),
    ("UNKNOWN", "Sinch could not send it and gave no reason", Next::Retry, None, None),
    ("UNKNOWN_APP", "Sinch does not know this app", Next::CallAdmin, None, Some(Trouble::Number)),
    ("UNSUPPORTED_OPERATION", "WhatsApp does not know this kind of message", Next::ChangeMessage, None, None),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_says_something_everywhere() {
        assert!(TABLE.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (word, ..) in TABLE {
            let meaning = meaning(&Code::from(*word));
            assert!(!meaning.title.is_empty() && !meaning.title.ends_with('.'), "{word}");
            assert!(!(meaning.retryable() && meaning.account_wide()), "{word}");
        }
        assert_eq!(meaning(&"OUTSIDE_ALLOWED_SENDING_WINDOW".into()).next, Next::Template);
        assert_eq!(meaning(&503.into()).retry, Some(Pace::Quick));
        assert!(!is_known(&"OF_TOMORROW".into()));
    }
}
