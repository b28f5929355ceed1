//! Keeping a contact that a customer has shared.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::contact::Origin;
use pronto_domain::id::{ContactId, ContactListId, MessageId, UserId};
use pronto_domain::message::Content;
use pronto_domain::phone;
use pronto_store as store;
use serde_json::json;

use super::{TEXT_AT_MOST, company, digits, email, record, tell, text};
use crate::Result;

/// A shared contact that somebody wants to keep.
#[derive(Clone, Copy, Debug)]
pub struct Keep {
    pub message: MessageId,
    /// Which of its cards, from 0.
    pub card: usize,
    /// Where it goes.
    pub list: ContactListId,
    pub by: UserId,
}

/// Keeps it, unless the list has somebody with one of its numbers; answers the contact, and whether it is new.
pub async fn keep(tx: &mut Tx, now: Timestamp, input: &Keep) -> Result<(ContactId, bool)> {
    let message = store::message::by_id(tx, input.message.0).await?;
    // Of two who keep it at once the second finds what the first has kept.
    store::interaction::lock(tx, message.interaction_id).await?;
    let card = match &message.content.0 {
        Content::Contacts { cards } if message.deleted_at.is_none() => cards.get(input.card),
        _ => None,
    };
    let card = card.ok_or(pronto_db::Error::NotFound)?;
    let numbers: Vec<String> =
        card.phones.iter().filter_map(|phone| digits("phone", phone, None).ok().flatten()).collect();
    let spelled: Vec<String> = numbers.iter().flat_map(|digits| phone::spellings(digits)).collect();
    let known = store::contact::by_numbers(tx, &spelled).await?;
    if let Some(known) = known.iter().find(|known| known.list_id == input.list.0) {
        return Ok((ContactId(known.id), false));
    }
    let fitted = |field, given: &str| text(field, given, TEXT_AT_MOST).ok().flatten();
    let (first, last) = card.name.trim().split_once(' ').unwrap_or((card.name.trim(), ""));
    let phone = numbers.first().cloned();
    let organisation = match card.organisation.as_deref().and_then(|company| fitted("company", company)) {
        Some(name) => Some(company(tx, &name, now).await?),
        None => None,
    };
    let (company_id, company) = organisation.unzip();
    let first = fitted("first_name", first).or_else(|| phone.clone()).unwrap_or_default();
    let new = store::contact::New {
        mobile: numbers.get(1).cloned().or_else(|| phone.clone()),
        phone,
        email: card.emails.iter().find_map(|address| email(address).ok().flatten()),
        company,
        company_id,
        created_by: Some(input.by.0),
        ..store::contact::New::named(input.list.0, Origin::Card, first, fitted("last_name", last))
    };
    let made = store::contact::add(tx, &[new], store::millis(now)).await?;
    let made = made.first().ok_or(pronto_db::Error::Conflict)?;
    record(tx, store::millis(now), input.by, "contact.made", made.id, json!({ "origin": Origin::Card })).await?;
    tell(tx, store::millis(now), made.id, None).await?;
    Ok((ContactId(made.id), true))
}
