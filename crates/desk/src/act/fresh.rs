//! An interaction that has just begun, before anybody holds it and anything stands in it.

use pronto_store as store;
use store::address::Address;
use store::contact::Contact;
use store::interaction::Interaction;

/// What a customer is called who has no name of a contact's.
pub(super) fn called(address: &Address) -> String {
    let number = || address.digits.as_ref().map_or_else(|| address.key.clone(), |digits| format!("+{digits}"));
    address.profile_name.clone().or_else(|| address.username.clone()).unwrap_or_else(number)
}

/// A name as people give it in one piece: the first word, and the rest.
pub(super) fn names(name: &str) -> (String, Option<String>) {
    match name.trim().split_once(' ') {
        Some((first, last)) => (first.to_owned(), Some(last.trim().to_owned())),
        None => (name.trim().to_owned(), None),
    }
}

/// Its record, which the rules are still to be adopted into. `profile` is the name the customer has given themselves.
pub(super) fn interaction(address: &Address, contact: Option<&Contact>, profile: Option<&str>, at: i64) -> Interaction {
    let named = |text: &String| !text.is_empty();
    let customer = contact
        .map(Contact::name)
        .filter(named)
        .or_else(|| profile.map(str::to_owned))
        .unwrap_or_else(|| called(address));
    Interaction {
        contact_id: address.contact_id,
        blocked: address.blocked,
        phone: address.digits.clone(),
        window_expires_at: address.window_expires_at,
        window_cause: address.window_cause.clone(),
        ..Interaction::new(address.account_id, address.id, customer, at)
    }
}
