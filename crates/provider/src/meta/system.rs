//! What the network itself tells of a customer: a new number, a new user id, a new phone.

use std::collections::BTreeMap;

use pronto_domain::inbound::Effect;
use pronto_domain::message::{Content, Kind};

use super::contacts::digits;
use super::message::Shown;
use crate::json::{Raw, Text, inside};

object!(struct System<'a> {
    kind = "type": Text<'a>,
    body: Text<'a>,
    wa_id: Text<'a>,
    new_wa_id: Text<'a>,
    user_id: Text<'a>,
});

/// Codes: `customer.number_changed`, `customer.user_id_changed`, `customer.identity_changed`, and `customer.notice`
/// for anything else, with Meta's own word as `type`.
pub(super) fn read(raw: Option<Raw<'_>>, from: &Text<'_>) -> Option<Shown> {
    let system: System<'_> = inside(raw)?;
    let kind = system.kind.filled().unwrap_or_default();
    let new_digits = system.new_wa_id.filled().or(system.wa_id.filled()).and_then(digits);
    let new_user_id = system.user_id.owned();
    // What stays the same is no move.
    let is_new = new_digits.is_some() && new_digits != from.filled().and_then(digits);
    let (code, effect) = match kind {
        "user_changed_number" | "customer_changed_number" if is_new || new_user_id.is_some() => {
            ("customer.number_changed", Effect::Moved { digits: new_digits.clone(), user_id: new_user_id.clone() })
        }
        "user_changed_user_id" if new_user_id.is_some() => {
            ("customer.user_id_changed", Effect::Moved { digits: new_digits.clone(), user_id: new_user_id.clone() })
        }
        "customer_identity_changed" | "user_identity_changed" => ("customer.identity_changed", Effect::Own),
        _ => ("customer.notice", Effect::Own),
    };
    let facts = [("type", system.kind.owned()), ("from", from.owned()), ("to", new_digits), ("user_id", new_user_id)];
    let params: BTreeMap<_, _> =
        facts.into_iter().filter_map(|(name, fact)| fact.map(|fact| (name.to_owned(), fact))).collect();
    let content = Content::System { code: code.into(), params };
    Some(Shown::new(Kind::System, content).with_text(system.body.owned()).with_effect(effect).with_raw())
}
