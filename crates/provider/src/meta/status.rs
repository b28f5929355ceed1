//! How far a message of ours has come, as Meta tells it.

use pronto_domain::delivery::State;
use pronto_domain::inbound::{Event, Status, Update};

use super::{event, fault};
use crate::json::{List, Raw, Text, Within};

object!(
    struct StatusBody<'a> {
        id: Text<'a>,
        status: Text<'a>,
        timestamp: Text<'a>,
        recipient_id: Text<'a>,
        recipient_user_id: Text<'a>,
        biz_opaque_callback_data: Text<'a>,
        pricing: Within<Pricing<'a>>,
        errors: List<'a>,
    }
);
object!(
    struct Pricing<'a> {
        category: Text<'a>,
    }
);

/// A status; one with a word we do not know, or without a message, becomes an event `status`.
pub(super) fn read(raw: Raw<'_>) -> Update {
    let status: StatusBody<'_> = serde_json::from_str(raw.get()).unwrap_or_default();
    let (Some(provider_id), Some(state)) = (status.id.owned(), status.status.filled().and_then(state)) else {
        return Update::Event(unknown(raw));
    };
    Update::Status(Status {
        provider_id,
        state,
        at: status.timestamp.instant(),
        opaque: status.biz_opaque_callback_data.owned(),
        recipient: status.recipient_id.owned().or(status.recipient_user_id.owned()),
        failure: fault::all(&status.errors).into_iter().next(),
        category: status.pricing.0.and_then(|pricing| pricing.category.owned()),
    })
}

/// A status that moves no message of ours, such as a call that rings. Its word is the event's `sub`.
pub(super) fn unknown(raw: Raw<'_>) -> Event {
    if !raw.get().starts_with('{') {
        return event::trouble("status", "a status that cannot be read", Some(raw));
    }
    let status: StatusBody<'_> = serde_json::from_str(raw.get()).unwrap_or_default();
    let mut event = event::read("status", Some(raw));
    event.sub = status.status.owned();
    event.errors = fault::all(&status.errors);
    event
}

fn state(word: &str) -> Option<State> {
    [
        ("accepted", State::Accepted),
        ("sent", State::Sent),
        ("delivered", State::Delivered),
        ("read", State::Read),
        ("played", State::Played),
        ("failed", State::Failed),
    ]
    .into_iter()
    .find_map(|(name, state)| name.eq_ignore_ascii_case(word).then_some(state))
}
