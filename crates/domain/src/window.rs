//! The service window: the time in which a business may write freely to a customer.

use jiff::{SignedDuration, Timestamp};

use crate::account::WindowRule;

/// How long a customer's message keeps the window open.
pub const LENGTH: SignedDuration = SignedDuration::from_hours(24);

/// What the window is counted from, all for one customer address on one account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The customer's latest inbound message, by the provider's clock but never later than its arrival.
    pub latest_inbound: Option<Timestamp>,
    /// The first inbound message of the open interaction.
    pub first_inbound: Option<Timestamp>,
    /// The first template of the open interaction.
    pub first_template: Option<Timestamp>,
    /// The provider said that the window is shut (Meta 131047) at this time.
    pub shut_by_provider: Option<Timestamp>,
}

/// When the window ends; `None` = it never opened. Whatever the rule, it ends no later than 24 hours after the
/// latest inbound message: that is what WhatsApp enforces.
pub fn expires_at(rule: WindowRule, facts: &Facts) -> Option<Timestamp> {
    let latest = facts.latest_inbound?;
    let from = match rule {
        WindowRule::LatestInbound => Some(latest),
        WindowRule::FirstInbound => facts.first_inbound,
        WindowRule::FirstTemplate => facts.first_template,
    }
    .map_or(latest, |start| start.min(latest));
    let end = from.checked_add(LENGTH).unwrap_or(Timestamp::MAX);
    match facts.shut_by_provider {
        Some(shut) if shut >= latest => Some(end.min(shut)),
        _ => Some(end),
    }
}

/// Whether free text may be sent now.
pub fn is_open(expires_at: Option<Timestamp>, now: Timestamp) -> bool {
    expires_at.is_some_and(|end| now < end)
}
