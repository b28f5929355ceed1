//! What Meta's answer to a request means.

use pronto_domain::inbound::ProviderError;
use pronto_domain::outbound::{Answer, Pace};

use super::errors;
use super::fault::Fault;
use crate::answer::{excerpt, wait};
use crate::json::{List, Text, Within};

/// What the answer to a sent message means. `retry_after` is that header's value (only seconds are understood).
/// A request that never left is the caller's `Retry`; one that broke off later is the caller's `Unknown`.
pub fn answered(status: u16, retry_after: Option<&str>, body: &[u8]) -> Answer {
    if let Some(refusal) = refused(status, retry_after, body) {
        return refusal;
    }
    let sent: SentJson<'_> = serde_json::from_slice(body).unwrap_or_default();
    let message = sent.messages.read::<SentMessageJson<'_>>().next().unwrap_or_default();
    let contact = sent.contacts.read::<SentContactJson<'_>>().next().unwrap_or_default();
    match message.id.owned() {
        Some(provider_id) => Answer::Accepted {
            provider_id,
            digits: contact.wa_id.owned(),
            user_id: contact.user_id.owned(),
            note: message.message_status.owned(),
        },
        None => Answer::Unknown { detail: format!("HTTP {status} without a message id: {}", excerpt(body)) },
    }
}

/// The refusal in an answer to any request; `None` if it went well.
pub fn refused(status: u16, retry_after: Option<&str>, body: &[u8]) -> Option<Answer> {
    let whole: RefusalJson<'_> = serde_json::from_slice(body).unwrap_or_default();
    let fault = whole.error.0.filter(Fault::speaks);
    if fault.is_none() && (200..300).contains(&status) {
        return None;
    }
    if fault.is_none() && status == 504 {
        // A gateway gave up waiting: Meta may well have sent it.
        return Some(Answer::Unknown { detail: format!("HTTP 504: {}", excerpt(body)) });
    }
    let transient = fault.as_ref().is_some_and(|fault| fault.is_transient.is_true());
    let error = match fault {
        Some(fault) => fault.error(status.into()),
        None => ProviderError {
            code: i64::from(status).into(),
            title: errors::meaning(status.into()).title.into_owned(),
            detail: Some(excerpt(body)).filter(|text| !text.is_empty()),
        },
    };
    let code = error.code.number().unwrap_or_default();
    let meaning = errors::meaning(code);
    // The table knows best; an unknown code of a server in trouble, or one called transient, is tried again.
    let unknown_hiccup = !errors::is_known(code) && (status >= 500 || status == 429 || transient);
    let pace = meaning.retry.or(unknown_hiccup.then_some(if status == 429 { Pace::Throttle } else { Pace::Quick }));
    Some(match pace {
        Some(pace) => Answer::Retry { after: retry_after.and_then(wait), pace, error, trouble: meaning.trouble },
        None => Answer::Failed { error, trouble: meaning.trouble },
    })
}

object!(
    struct SentJson<'a> {
        contacts: List<'a>,
        messages: List<'a>,
    }
);
object!(
    struct SentMessageJson<'a> {
        id: Text<'a>,
        message_status: Text<'a>,
    }
);
object!(
    struct SentContactJson<'a> {
        wa_id: Text<'a>,
        user_id: Text<'a>,
    }
);
object!(
    struct RefusalJson<'a> {
        error: Within<Fault<'a>>,
    }
);
