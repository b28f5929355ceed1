//! Meta's error codes in the words of people. Source: WhatsApp Cloud API error codes, Graph API v23.0.

use std::borrow::Cow;

use pronto_domain::outbound::{Next, Pace, Trouble};

use crate::meaning::Meaning;

/// What a code means; unknown ones are read by their family. Answers without a code of Meta's go by their HTTP
/// status, which no code of Meta's collides with but 200–299 (permissions).
pub fn meaning(code: i64) -> Meaning {
    match TABLE.binary_search_by_key(&code, |row| row.0) {
        Ok(place) => {
            let (_, title, next, retry, trouble) = TABLE[place];
            Meaning { title: Cow::Borrowed(title), next, retry, trouble }
        }
        Err(_) => by_family(code),
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

fn by_family(code: i64) -> Meaning {
    let (title, next, retry, trouble) = match code {
        200..=299 => ("The access token may not do this", Next::CallAdmin, None, Some(Trouble::Permission)),
        300..=399 => ("The provider's address answered with a redirect", Next::CallAdmin, None, None),
        401 => ("The access token was refused", Next::CallAdmin, None, Some(Trouble::Token)),
        403 => ("The provider refused access", Next::CallAdmin, None, Some(Trouble::Permission)),
        404 => ("The provider does not know this address", Next::CallAdmin, None, None),
        408 => ("The provider did not wait for the request", Next::Retry, Some(Pace::Quick), None),
        413 => ("The message is too large", Next::ChangeMessage, None, None),
        429 => ("Too many requests", Next::Wait, Some(Pace::Throttle), None),
        500..=599 => ("WhatsApp had a problem", Next::Retry, Some(Pace::Quick), None),
        80_000..=80_999 => ("Too many requests for this account", Next::Wait, Some(Pace::Quota), None),
        132_000..=132_999 => ("The template could not be sent", Next::ChangeMessage, None, None),
        133_000..=133_999 => ("The number is not set up at WhatsApp", Next::CallAdmin, None, Some(Trouble::Number)),
        134_000..=134_999 => ("The payment message was refused", Next::CallAdmin, None, None),
        138_000..=139_999 => ("WhatsApp refused the call", Next::None, None, None),
        147_000..=147_999 => ("The business username was refused", Next::CallAdmin, None, None),
        2_388_000..=2_388_999 | 2_494_000..=2_494_999 => ("WhatsApp refused the template", Next::CallAdmin, None, None),
        _ => ("WhatsApp refused the message", Next::None, None, None),
    };
    Meaning { title: Cow::Borrowed(title), next, retry, trouble }
}

type Row = (i64, &'static str, Next, Option<Pace>, Option<Trouble>);

const QUICK: Option<Pace> = Some(Pace::Quick);

/// Sorted by code.
#[rustfmt::skip]
const TABLE: &[Row] = &[
    (0, "The access token is not valid", Next::CallAdmin, None, Some(Trouble::Token)),
    (1, "WhatsApp could not work on the request", Next::Retry, QUICK, None),
    (2, "WhatsApp is down for a moment", Next::Retry, QUICK, None),
    (3, "The access token lacks a permission", Next::CallAdmin, None, Some(Trouble::Permission)),
    (4, "Too many requests of this app", Next::Wait, Some(Pace::Quota), None),
    (10, "The access token lacks a permission", Next::CallAdmin, None, Some(Trouble::Permission)),
    (33, "The business number is no longer there", Next::CallAdmin, None, Some(Trouble::Number)),
    (100, "A part of the message is wrong", Next::ChangeMessage, None, None),
    (102, "The access token is not valid", Next::CallAdmin, None, Some(Trouble::Token)),
    (190, "The access token has expired", Next::CallAdmin, None, Some(Trouble::Token)),
    (368, "WhatsApp has blocked the account for a while over its policies", Next::CallAdmin, None, Some(Trouble::Locked)),
    (80_007, "Too many requests for this business account", Next::Wait, Some(Pace::Quota), None),
    (130_429, "Messages are going out too fast", Next::Wait, Some(Pace::Throttle), None),
    (130_472, "WhatsApp left this customer out for an experiment", Next::None, None, None),
    (130_497, "The business may not write to customers in this country", Next::CallAdmin, None, Some(Trouble::Locked)),
    (131_000, "WhatsApp could not send it and gave no reason", Next::Retry, QUICK, None),
    (131_005, "The access token lacks a permission", Next::CallAdmin, None, Some(Trouble::Permission)),
    (131_008, "A part of the message is missing", Next::ChangeMessage, None, None),
    (131_009, "A part of the message is wrong", Next::ChangeMessage, None, None),
    (131_016, "WhatsApp is overloaded for a moment", Next::Retry, QUICK, None),
    (131_021, "A number cannot write to itself", Next::CheckNumber, None, None),
    (131_026, "Not deliverable: no WhatsApp on this number, an old app, or its terms not accepted", Next::CheckNumber, None, None),
    (131_030, "A test number may only write to numbers on its list", Next::CallAdmin, None, None),
    (131_031, "WhatsApp has locked the account", Next::CallAdmin, None, Some(Trouble::Locked)),
    (131_037, "WhatsApp has not approved the number's display name", Next::CallAdmin, None, Some(Trouble::Number)),
    (131_042, "There is a problem with the payment method", Next::CallAdmin, None, Some(Trouble::Payment)),
    (131_044, "There is a problem with the payment method", Next::CallAdmin, None, Some(Trouble::Payment)),
    (131_045, "The number is not registered at WhatsApp", Next::CallAdmin, None, Some(Trouble::Number)),
    (131_047, "More than 24 hours have passed since the customer last wrote", Next::Template, None, None),
    (131_048, "WhatsApp limits the number because too many customers blocked or reported it", Next::Wait, None, Some(Trouble::Limit)),
    (131_049, "WhatsApp held it back: the customer has had enough marketing messages for now", Next::Wait, None, None),
    (131_050, "The customer no longer wants marketing messages", Next::None, None, None),
    (131_051, "WhatsApp does not know this kind of message", Next::ChangeMessage, None, None),
    (131_052, "The file could not be fetched", Next::ChangeMessage, None, None),
    (131_053, "WhatsApp did not take the file", Next::ChangeMessage, None, None),
    (131_056, "Too many messages to this customer in a short time", Next::Wait, Some(Pace::Pair), None),
    (131_057, "The number is being serviced for a moment", Next::Retry, Some(Pace::Throttle), None),
    (131_062, "This template cannot be sent to a customer whose number is hidden", Next::CheckNumber, None, None),
    (131_063, "This marketing template must be sent in another way", Next::CallAdmin, None, None),
    (131_064, "WhatsApp has lowered the limit because templates were filed under the wrong category", Next::CallAdmin, None, Some(Trouble::Limit)),
    (132_000, "The template has another number of variables", Next::ChangeMessage, None, None),
    (132_001, "The template does not exist in this language, or is not approved", Next::ChangeMessage, None, None),
    (132_005, "The template is too long with these variables", Next::ChangeMessage, None, None),
    (132_007, "The template breaks WhatsApp's policy", Next::ChangeMessage, None, None),
    (132_008, "A variable of the template has the wrong format", Next::ChangeMessage, None, None),
    (132_012, "A variable of the template has the wrong format", Next::ChangeMessage, None, None),
    (132_015, "The template is paused because customers did not like it", Next::ChangeMessage, None, None),
    (132_016, "The template is disabled for good", Next::ChangeMessage, None, None),
    (132_068, "The template's form is blocked", Next::ChangeMessage, None, None),
    (132_069, "The template's form is limited for a while", Next::Wait, None, None),
    (133_000, "The number was not fully removed before", Next::CallAdmin, None, Some(Trouble::Number)),
    (133_004, "WhatsApp is down for a moment", Next::Retry, QUICK, None),
    (133_005, "The number's PIN is wrong", Next::CallAdmin, None, Some(Trouble::Number)),
    (133_006, "The number has to be verified before it is registered", Next::CallAdmin, None, Some(Trouble::Number)),
    (133_008, "The number's PIN was wrong too often", Next::CallAdmin, None, Some(Trouble::Number)),
    (133_009, "The number's PIN was entered too fast", Next::CallAdmin, None, Some(Trouble::Number)),
    (133_010, "The number is not registered at WhatsApp", Next::CallAdmin, None, Some(Trouble::Number)),
    (133_015, "The number was removed a moment ago", Next::Wait, None, Some(Trouble::Number)),
    (133_016, "The number was registered and removed too often", Next::Wait, None, Some(Trouble::Limit)),
    (134_011, "The terms for payments have not been accepted", Next::CallAdmin, None, None),
    (135_000, "WhatsApp could not send the message", Next::ChangeMessage, None, None),
    (137_000, "The customer's identity has changed and has to be confirmed", Next::CallAdmin, None, None),
    (147_001, "The business username was refused", Next::CallAdmin, None, None),
    (147_002, "The business username was refused", Next::CallAdmin, None, None),
    (147_003, "The business username was refused", Next::CallAdmin, None, None),
    (147_004, "The business username was refused", Next::CallAdmin, None, None),
    (147_005, "The business username was refused", Next::CallAdmin, None, None),
    (2_388_019, "The account has as many templates as it may have", Next::CallAdmin, None, None),
    (2_388_040, "A field of the template is too long", Next::CallAdmin, None, None),
    (2_388_047, "The template's header is wrong", Next::CallAdmin, None, None),
    (2_388_072, "The template's body is wrong", Next::CallAdmin, None, None),
    (2_388_073, "The template's footer is wrong", Next::CallAdmin, None, None),
    (2_388_293, "The template has too many variables for its length", Next::CallAdmin, None, None),
    (2_388_299, "A template may not begin or end with a variable", Next::CallAdmin, None, None),
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
            // Trouble of a whole account is never mended by sending again.
            assert!(!(meaning.retryable() && meaning.account_wide()), "{code}");
        }
    }

    #[test]
    fn families_stand_in_for_unknown_codes() {
        assert_eq!(meaning(131_047).next, Next::Template);
        assert_eq!(meaning(131_056).retry, Some(Pace::Pair));
        assert_eq!(meaning(219).trouble, Some(Trouble::Permission));
        assert_eq!(meaning(132_099).next, Next::ChangeMessage);
        assert_eq!(meaning(503).retry, Some(Pace::Quick));
        assert_eq!(meaning(i64::MIN).next, Next::None);
        assert!(!is_known(999_999));
    }
}
