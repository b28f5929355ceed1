//! What Sinch's answer to a request means.

use pronto_domain::inbound::Code;
use pronto_domain::outbound::Answer;

use super::errors;
use crate::answer::{Refusal, excerpt};
use crate::json::{Text, Within};

object!(
    struct Sent<'a> {
        message_id: Text<'a>,
        error: Within<Fault<'a>>,
    }
);
object!(
    struct Fault<'a> {
        status: Text<'a>,
        message: Text<'a>,
    }
);

/// What the answer to a sent message means.
pub fn answered(status: u16, retry_after: Option<&str>, body: &[u8]) -> Answer {
    if let Some(refusal) = refused(status, retry_after, body) {
        return refusal;
    }
    let sent: Sent<'_> = serde_json::from_slice(body).unwrap_or_default();
    match sent.message_id.owned() {
        Some(provider_id) => Answer::Accepted { provider_id, digits: None, user_id: None, note: None },
        None => Answer::Unknown { detail: format!("HTTP {status} without a message id: {}", excerpt(body)) },
    }
}

/// The refusal in an answer to any request; `None` if it went well.
pub fn refused(status: u16, retry_after: Option<&str>, body: &[u8]) -> Option<Answer> {
    let said: Sent<'_> = serde_json::from_slice(body).unwrap_or_default();
    if (200..300).contains(&status) && said.error.0.is_none() {
        return None;
    }
    let fault = said.error.0.unwrap_or_default();
    let code = fault.status.filled().map(Code::from);
    let means = code.clone().unwrap_or_else(|| i64::from(status).into());
    let refusal = Refusal { status, code, title: fault.message.owned(), detail: None };
    Some(refusal.answer(errors::meaning(&means), errors::is_known(&means), retry_after, body))
}
