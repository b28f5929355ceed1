//! What Kaleyra's answer to a request means. It names refusals in the body, at times under HTTP 200.

use pronto_domain::outbound::Answer;
use serde_json::Value;

use super::errors;
use crate::answer::{Refusal, excerpt};

/// What the answer to a sent message means.
pub fn answered(status: u16, retry_after: Option<&str>, body: &[u8]) -> Answer {
    if let Some(refusal) = refused(status, retry_after, body) {
        return refusal;
    }
    let said: Value = serde_json::from_slice(body).unwrap_or_default();
    match id(&said) {
        Some(provider_id) => Answer::Accepted { provider_id, digits: None, user_id: None, note: None },
        None => Answer::Unknown { detail: format!("HTTP {status} without a message id: {}", excerpt(body)) },
    }
}

/// The refusal in an answer to any request; `None` if it went well.
pub fn refused(status: u16, retry_after: Option<&str>, body: &[u8]) -> Option<Answer> {
    let said: Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |paths: &[&str]| {
        let found = paths.iter().filter_map(|path| said.pointer(path));
        found.filter_map(plain).find(|text| !text.is_empty())
    };
    let code = text(&["/code", "/error/code", "/error_code", "/errors/0/code"]).map(|code| errors::code(&code));
    let code = code.filter(|code| !errors::is_fine(code));
    if (200..300).contains(&status) && (code.is_none() || id(&said).is_some()) {
        return None;
    }
    let title = text(&["/error/message", "/message", "/reason", "/error/title", "/errors/0/message"]);
    let detail = text(&["/error/error_data/details", "/error/details", "/description"]);
    let means = code.clone().unwrap_or_else(|| i64::from(status).into());
    let refusal = Refusal { status, code, title, detail };
    Some(refusal.answer(errors::meaning(&means), errors::is_known(&means), retry_after, body))
}

fn id(said: &Value) -> Option<String> {
    let places =
        ["/id", "/message_id", "/messages/0/id", "/data/id", "/data/message_id", "/data/0/id", "/data/0/message_id"];
    let found = places.iter().filter_map(|path| said.pointer(path));
    found.filter_map(plain).find(|text| !text.is_empty())
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
