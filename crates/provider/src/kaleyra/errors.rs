//! Kaleyra's error codes in the words of people. Numbers are Meta's, which it passes on.

use std::borrow::Cow;

use pronto_domain::inbound::Code;
use pronto_domain::outbound::{Next, Pace, Trouble};

use crate::meaning::{self, Meaning};
use crate::meta;

/// A code as it came: Meta's number or Kaleyra's word.
pub(super) fn code(text: &str) -> Code {
    let text = text.trim();
    text.parse().map_or_else(|_| Code::from(text), Code::Number)
}

/// What a code means; HTTP statuses are told from Meta's codes by their size.
pub fn meaning(code: &Code) -> Meaning {
    let word = match code {
        Code::Number(status @ 300..=599) => return meaning::by_status(*status),
        Code::Number(number) => return meta::errors::meaning(*number),
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

/// Whether a table names the code itself.
pub fn is_known(code: &Code) -> bool {
    match code {
        Code::Number(number) => meta::errors::is_known(*number),
        Code::Word(word) => TABLE.binary_search_by_key(&word.as_str(), |row| row.0).is_ok(),
    }
}

/// Whether a word means that all is well.
pub(super) fn is_fine(code: &Code) -> bool {
    match code {
        Code::Number(number) => matches!(number, 0 | 200..=299),
        Code::Word(word) => word == "WA200" || word == "RBC000",
    }
}

/// Every word the table names, rising.
pub fn codes() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|row| row.0)
}

type Row = (&'static str, &'static str, Next, Option<Pace>, Option<Trouble>);

/// Sorted by code.
#[rustfmt::skip]
const TABLE: &[Row] = &[
    ("E110", "The account has no balance left", Next::CallAdmin, None, Some(Trouble::Payment)),
    ("E13001", "Kaleyra did not take the message", Next::ChangeMessage, None, None),
    ("RBC001", "Kaleyra refused the account's SID or key", Next::CallAdmin, None, Some(Trouble::Token)),
    ("WA400", "A part of the message is wrong", Next::ChangeMessage, None, None),
    ("WA401", "The key may not do this", Next::CallAdmin, None, Some(Trouble::Token)),
    ("WA500", "Kaleyra had a problem", Next::Retry, Some(Pace::Quota), None),
    ("WAV2101", "The account has sent as much as it may in a day", Next::Wait, None, Some(Trouble::Limit)),
    ("not_sent", "Kaleyra did not send it", Next::Retry, None, None),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_metas_codes_mean_what_they_mean_there() {
        assert!(TABLE.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (word, ..) in TABLE {
            let meaning = meaning(&Code::from(*word));
            assert!(!meaning.title.is_empty(), "{word}");
            assert!(!(meaning.retryable() && meaning.account_wide()), "{word}");
        }
        assert_eq!(meaning(&code(" 131047 ")).next, Next::Template);
        assert_eq!(meaning(&code("WAV2101")).trouble, Some(Trouble::Limit));
        assert_eq!(meaning(&503.into()).retry, Some(Pace::Quick));
        assert!(is_fine(&code("WA200")) && !is_fine(&code("E110")));
    }
}
