//! Twilio's error codes in the words of people. Source: Twilio's error and warning dictionary.

use std::borrow::Cow;

use pronto_domain::outbound::{Next, Pace, Trouble};

use crate::meaning::{self, Meaning};

/// What a code means; unknown ones are read by their family.
pub fn meaning(code: i64) -> Meaning {
    match TABLE.binary_search_by_key(&code, |row| row.0) {
        Ok(place) => {
            let (_, title, next, retry, trouble) = TABLE[place];
            Meaning { title: Cow::Borrowed(title), next, retry, trouble }
        }
        Err(_) => meaning::by_status(code),
    }
}

/// Whether the table names the code itself.
pub fn is_known(code: i64) -> bool {
    TABLE.binary_search_by_key(&code, |row| row.0).is_ok()
}

/// Every code the table names, rising.
pub fn codes() -> impl Iterator<Item = i64> {
    TABLE.iter().map(|row| row.0)
}

type Row = (i64, &'static str, Next, Option<Pace>, Option<Trouble>);

const THROTTLE: Option<Pace> = Some(Pace::Throttle);

/// Sorted by code.
#[rustfmt::skip]
const TABLE: &[Row] = &[
    (11_200, "Twilio could not reach an address of ours", Next::CallAdmin, None, None),
    (20_003, "Twilio refused the account's token or key", Next::CallAdmin, None, Some(Trouble::Token)),
    (20_005, "The account is not active", Next::CallAdmin, None, Some(Trouble::Locked)),
    (20_403, "The account may not do this", Next::CallAdmin, None, Some(Trouble::Permission)),
    (20_404, "Twilio does not know this account or address", Next::CallAdmin, None, None),
    (20_429, "Too many requests", Next::Wait, THROTTLE, None),
    (21_211, "The customer's number is not a number Twilio can send to", Next::CheckNumber, None, None),
    (21_212, "The sender is not a number of this account", Next::CallAdmin, None, Some(Trouble::Number)),
    (21_408, "The account may not send to this country", Next::CallAdmin, None, None),
    (21_606, "The sender is not a number of this account", Next::CallAdmin, None, Some(Trouble::Number)),
    (21_610, "The customer has opted out", Next::None, None, None),
    (21_614, "The customer's number is not a number Twilio can send to", Next::CheckNumber, None, None),
    (21_617, "The message is longer than 1,600 characters", Next::ChangeMessage, None, None),
    (21_619, "There is nothing in the message", Next::ChangeMessage, None, None),
    (21_620, "Twilio could not use the file's address", Next::ChangeMessage, None, None),
    (21_655, "Twilio does not know the template", Next::ChangeMessage, None, None),
    (21_656, "The template's variables are wrong", Next::ChangeMessage, None, None),
    (21_703, "The messaging service has no number", Next::CallAdmin, None, Some(Trouble::Number)),
    (30_001, "Too many messages wait at Twilio", Next::Retry, THROTTLE, None),
    (30_002, "The account is suspended", Next::CallAdmin, None, Some(Trouble::Locked)),
    (30_008, "Twilio could not deliver it and gave no reason", Next::Retry, None, None),
    (63_001, "WhatsApp refused the sender's credentials", Next::CallAdmin, None, Some(Trouble::Token)),
    (63_003, "Not deliverable: no WhatsApp on this number", Next::CheckNumber, None, None),
    (63_005, "WhatsApp did not take the message", Next::ChangeMessage, None, None),
    (63_007, "The sender is not a WhatsApp number of this account", Next::CallAdmin, None, Some(Trouble::Number)),
    (63_008, "The WhatsApp sender is not set up rightly", Next::CallAdmin, None, Some(Trouble::Number)),
    (63_010, "Twilio had a problem", Next::Retry, Some(Pace::Quick), None),
    (63_012, "WhatsApp had a problem", Next::Retry, Some(Pace::Quick), None),
    (63_013, "The message breaks WhatsApp's policy", Next::ChangeMessage, None, None),
    (63_014, "The customer blocks this number", Next::None, None, None),
    (63_015, "The customer has not joined the sandbox", Next::CheckNumber, None, None),
    (63_016, "More than 24 hours have passed since the customer last wrote", Next::Template, None, None),
    (63_017, "Messages are going out too fast", Next::Wait, THROTTLE, None),
    (63_018, "Messages are going out too fast", Next::Wait, THROTTLE, None),
    (63_019, "WhatsApp could not fetch the file", Next::ChangeMessage, None, None),
    (63_020, "The account's Business Manager is not set up rightly", Next::CallAdmin, None, Some(Trouble::Permission)),
    (63_021, "WhatsApp did not take the content", Next::ChangeMessage, None, None),
    (63_024, "The customer's number is not one WhatsApp can send to", Next::CheckNumber, None, None),
    (63_026, "WhatsApp flagged the message as spam", Next::Wait, None, None),
    (63_027, "The template does not exist in this language", Next::ChangeMessage, None, None),
    (63_028, "The template has another number of variables", Next::ChangeMessage, None, None),
    (63_029, "The customer's phone could not fetch the message", Next::Retry, None, None),
    (63_032, "WhatsApp did not send it to this customer for a limit of its own", Next::Wait, None, None),
    (63_033, "The customer cannot be written to", Next::None, None, None),
    (63_034, "The file is too large", Next::ChangeMessage, None, None),
    (63_037, "WhatsApp did not take the file", Next::ChangeMessage, None, None),
    (63_038, "The account has sent as much as it may in a day", Next::Wait, None, Some(Trouble::Limit)),
    (63_040, "The template could not be handed in", Next::ChangeMessage, None, None),
    (63_041, "The template is paused because customers did not like it", Next::ChangeMessage, None, None),
    (63_042, "The template is disabled for good", Next::ChangeMessage, None, None),
    (63_049, "WhatsApp held it back: the customer has had enough marketing messages for now", Next::Wait, None, None),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_says_something_everywhere() {
        let codes: Vec<_> = codes().collect();
        assert!(codes.windows(2).all(|pair| pair[0] < pair[1]), "{codes:?}");
        for code in codes {
            let meaning = meaning(code);
            assert!(!meaning.title.is_empty() && !meaning.title.ends_with('.'), "{code}");
            assert!(!(meaning.retryable() && meaning.account_wide()), "{code}");
        }
        assert_eq!(meaning(63_016).next, Next::Template);
        assert_eq!(meaning(20_429).retry, Some(Pace::Throttle));
        assert_eq!(meaning(503).retry, Some(Pace::Quick));
        assert!(!is_known(99_999));
    }
}
