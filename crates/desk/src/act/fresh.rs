//! An interaction that has just begun, before anybody holds it and anything stands in it.

use pronto_domain::id::AccountId;
use pronto_domain::interaction::{Controller, Interaction as Rules, State};
use pronto_store as store;
use store::address::Address;
use store::contact::Contact;
use store::interaction::Interaction;

/// What the rules know of it.
pub(super) fn rules(account: AccountId, address: &Address) -> Rules {
    Rules {
        id: 0.into(),
        account,
        address: address.id.into(),
        state: State::Flow,
        queue: None,
        owner: None,
        first_owner: None,
        was_with: None,
        flow_step: 0,
        flow_ended: false,
        controller: Controller::Flow,
        epoch: 0,
        waiting_since: None,
        accepted_at: None,
        closed_at: None,
        reopened_at: None,
        disposition: None,
        snooze: None,
    }
}

/// Its record, which [`rules`] are still to be adopted into. `profile` is the name the customer has given themselves.
pub(super) fn interaction(address: &Address, contact: Option<&Contact>, profile: Option<&str>, at: i64) -> Interaction {
    let named = |text: &String| !text.is_empty();
    let customer = contact
        .map(Contact::name)
        .filter(named)
        .or_else(|| profile.map(str::to_owned))
        .or_else(|| address.profile_name.clone())
        .or_else(|| address.username.clone())
        .unwrap_or_else(|| address.digits.as_ref().map_or_else(|| address.key.clone(), |digits| format!("+{digits}")));
    Interaction {
        id: 0,
        account_id: address.account_id,
        address_id: address.id,
        contact_id: address.contact_id,
        state: String::new(),
        queue_id: None,
        owner_id: None,
        first_owner_id: None,
        was_with_id: None,
        flow_step: 0,
        flow_ended: false,
        controller: String::new(),
        epoch: 0,
        started_at: at,
        waiting_since: None,
        accepted_at: None,
        closed_at: None,
        reopened_at: None,
        disposition_id: None,
        snooze: None,
        snooze_until: None,
        warned_at: None,
        blocked: address.blocked,
        customer,
        phone: address.digits.clone(),
        window_expires_at: address.window_expires_at,
        window_cause: address.window_cause.clone(),
        last_at: at,
        last_message_id: None,
        last_direction: None,
        last_kind: None,
        last_preview: None,
        last_status: None,
        unread: 0,
        marked_unread: false,
        unmanaged: 0,
        unanswered_since: None,
        read_through: 0,
        message_count: 0,
        tags: pronto_db::Json(Vec::new()),
        transfer: None,
        version: 1,
    }
}
