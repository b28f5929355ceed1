//! An interaction before anything has happened in it.

use pronto_domain::id::{AccountId, InteractionId};
use pronto_domain::interaction::{Controller, Interaction as Rules, State};
use pronto_store::interaction::Interaction;

use super::super::company::Company;
use super::super::people::Person;

pub(super) fn rules(account: AccountId) -> Rules {
    Rules {
        id: InteractionId(0),
        account,
        address: 0.into(),
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

pub(super) fn row(company: &Company, person: &Person, start: i64) -> Interaction {
    Interaction {
        id: 0,
        account_id: company.account.0,
        address_id: 0,
        contact_id: None,
        state: String::new(),
        queue_id: None,
        owner_id: None,
        first_owner_id: None,
        was_with_id: None,
        flow_step: 0,
        flow_ended: false,
        controller: String::new(),
        epoch: 0,
        started_at: start,
        waiting_since: None,
        accepted_at: None,
        closed_at: None,
        reopened_at: None,
        disposition_id: None,
        snooze: None,
        snooze_until: None,
        warned_at: None,
        blocked: false,
        customer: person.name(),
        phone: person.digits.clone(),
        window_expires_at: None,
        window_cause: None,
        last_at: start,
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
