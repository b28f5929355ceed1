//! How far a message of ours has come, as Twilio tells it.

use std::collections::BTreeMap;

use pronto_domain::delivery::State;
use pronto_domain::inbound::{Event, ProviderError, Status, Update};

use super::errors;
use super::form::{Address, Form, OPAQUE, address};

/// A status; one with a word we do not know becomes an event `status`.
pub(super) fn read(form: &Form, word: &str) -> Update {
    let id = form.first(&["MessageSid", "SmsSid", "SmsMessageSid"]);
    let read = form.get("EventType").is_some_and(|event| event.eq_ignore_ascii_case("read"));
    let state = if read { Some(State::Read) } else { state(word) };
    let (Some(provider_id), Some(state)) = (id, state) else {
        let facts = ["MessageSid", "ErrorCode", "ErrorMessage", "EventType"];
        let facts = facts.iter().filter_map(|name| Some(((*name).to_owned(), form.owned(name)?)));
        let (name, sub) = ("status".to_owned(), Some(word.chars().take(100).collect()));
        return Update::Event(Event { name, sub, errors: Vec::new(), facts: facts.collect::<BTreeMap<_, _>>() });
    };
    Update::Status(Status {
        provider_id,
        state,
        at: None,
        opaque: form.owned(OPAQUE),
        recipient: form.get("To").and_then(address).map(|to| match to {
            Address::Digits(text) | Address::Id(text) => text.to_owned(),
        }),
        failure: failure(form),
        category: None,
    })
}

fn failure(form: &Form) -> Option<ProviderError> {
    let code: i64 = form.get("ErrorCode")?.trim().parse().ok().filter(|code| *code != 0)?;
    let title = form.owned("ErrorMessage").unwrap_or_else(|| errors::meaning(code).title.into_owned());
    Some(ProviderError { code: code.into(), title, detail: form.owned("ChannelStatusMessage") })
}

fn state(word: &str) -> Option<State> {
    Some(match word.to_ascii_lowercase().as_str() {
        "accepted" | "scheduled" | "queued" | "sending" => State::Accepted,
        "sent" | "partially_delivered" => State::Sent,
        "delivered" => State::Delivered,
        "read" => State::Read,
        "failed" | "undelivered" | "canceled" => State::Failed,
        _ => return None,
    })
}
