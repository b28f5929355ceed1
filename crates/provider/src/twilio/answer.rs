//! What Twilio's answer to a request means.

use pronto_domain::outbound::Answer;

use super::errors;
use crate::answer::{Refusal, excerpt};
use crate::json::Text;

object!(
    struct Sent<'a> {
        sid: Text<'a>,
        status: Text<'a>,
        code: Text<'a>,
        message: Text<'a>,
        more_info: Text<'a>,
        error_code: Text<'a>,
        error_message: Text<'a>,
    }
);

/// What the answer to a sent message means.
pub fn answered(status: u16, retry_after: Option<&str>, body: &[u8]) -> Answer {
    if let Some(refusal) = refused(status, retry_after, body) {
        return refusal;
    }
    let sent: Sent<'_> = serde_json::from_slice(body).unwrap_or_default();
    match sent.sid.owned() {
        Some(provider_id) => Answer::Accepted { provider_id, digits: None, user_id: None, note: sent.status.owned() },
        None => Answer::Unknown { detail: format!("HTTP {status} without a message's SID: {}", excerpt(body)) },
    }
}

/// The refusal in an answer to any request; `None` if it went well.
pub fn refused(status: u16, retry_after: Option<&str>, body: &[u8]) -> Option<Answer> {
    let said: Sent<'_> = serde_json::from_slice(body).unwrap_or_default();
    let (code, title) = if (200..300).contains(&status) {
        // Taken and refused in one breath.
        let failed = matches!(said.status.as_str(), Some("failed" | "undelivered"));
        let code = said.error_code.number().filter(|code| failed && *code != 0)?;
        (Some(code), said.error_message.owned())
    } else {
        (said.code.number().filter(|code| *code != 0), said.message.owned())
    };
    let number = code.unwrap_or_else(|| status.into());
    let refusal = Refusal { status, code: code.map(Into::into), title, detail: said.more_info.owned() };
    Some(refusal.answer(errors::meaning(number), errors::is_known(number), retry_after, body))
}
