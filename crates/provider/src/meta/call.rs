//! A WhatsApp call. We take none; a customer's call is shown as missed.

use std::collections::BTreeMap;

use pronto_domain::inbound::Event;

use super::contacts::People;
use super::fault;
use crate::json::{List, Raw, Text};

object!(
    struct Call<'a> {
        id: Text<'a>,
        from: Text<'a>,
        from_user_id: Text<'a>,
        to: Text<'a>,
        event: Text<'a>,
        direction: Text<'a>,
        timestamp: Text<'a>,
        status: Text<'a>,
        duration: Text<'a>,
        start_time: Text<'a>,
        end_time: Text<'a>,
        deeplink_payload: Text<'a>,
        cta_payload: Text<'a>,
        biz_opaque_callback_data: Text<'a>,
        errors: List<'a>,
    }
);

/// An event `calls`; its `sub` is `connect` or `terminate`. A customer's call has the facts `direction` =
/// `USER_INITIATED`, `id`, `timestamp`, `from` and, where known, `from_user_id`, `profile_name` and `username`. The
/// session's description is left out. `beside` are the errors of the whole value.
pub(super) fn read(raw: Raw<'_>, people: &People<'_>, beside: Option<&List<'_>>) -> Event {
    let call: Call<'_> = serde_json::from_str(raw.get()).unwrap_or_default();
    let mut facts: BTreeMap<String, String> = BTreeMap::new();
    for (name, text) in [
        ("id", &call.id),
        ("from", &call.from),
        ("from_user_id", &call.from_user_id),
        ("to", &call.to),
        ("direction", &call.direction),
        ("timestamp", &call.timestamp),
        ("status", &call.status),
        ("duration", &call.duration),
        ("start_time", &call.start_time),
        ("end_time", &call.end_time),
        ("deeplink_payload", &call.deeplink_payload),
        ("cta_payload", &call.cta_payload),
        ("biz_opaque_callback_data", &call.biz_opaque_callback_data),
    ] {
        if let Some(text) = text.owned() {
            facts.insert(name.to_owned(), text);
        }
    }
    if call.direction.as_str() == Some("USER_INITIATED") {
        let caller = people.sender(&call.from, &call.from_user_id, 0).unwrap_or_default();
        let known = [
            ("from", caller.digits),
            ("from_user_id", caller.user_id),
            ("profile_name", caller.profile_name),
            ("username", caller.username),
        ];
        facts.extend(known.into_iter().filter_map(|(name, fact)| fact.map(|fact| (name.to_owned(), fact))));
    }
    let mut errors = fault::all(&call.errors);
    errors.extend(beside.into_iter().flat_map(fault::all));
    Event { name: "calls".into(), sub: call.event.owned(), errors, facts }
}
