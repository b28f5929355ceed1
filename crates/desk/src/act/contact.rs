//! Contacts: changing a record, and the rows of lists that show its name.

use std::collections::BTreeMap;

use jiff::Timestamp;
use pronto_db::{Json, Tx};
use pronto_domain::contact::Origin;
use pronto_domain::field::Plain;
use pronto_domain::id::{ContactId, ContactListId, MessageId};
use pronto_domain::message::Content;
use pronto_store as store;
use store::contact::Contact;
use store::event;

use crate::act::contact_field;
use crate::{Error, Result};

/// What changes; `None` stays as it is, an inner `None` clears.
#[derive(Clone, Debug)]
pub struct Edit {
    pub contact: ContactId,
    pub version: i64,
    pub first_name: Option<String>,
    pub last_name: Option<Option<String>>,
    pub phone: Option<Option<String>>,
    pub mobile: Option<Option<String>>,
    pub email: Option<Option<String>>,
    pub company: Option<Option<String>>,
    pub language: Option<Option<String>>,
    pub description: Option<Option<String>>,
    pub tags: Option<Vec<String>>,
    /// Of custom fields by their key; `None` empties one.
    pub fields: BTreeMap<String, Option<Plain>>,
}

pub(super) const TEXT_AT_MOST: usize = 200;
const DESCRIPTION_AT_MOST: usize = 4_000;
const TAGS_AT_MOST: usize = 30;

pub async fn edit(tx: &mut Tx, now: Timestamp, input: &Edit) -> Result<Contact> {
    let at = store::millis(now);
    let mut contact = store::contact::by_id(tx, input.contact.0).await?;
    if contact.version != input.version {
        return Err(Error::Stale);
    }
    if let Some(name) = &input.first_name {
        contact.first_name = text("first_name", name, TEXT_AT_MOST)?.unwrap_or_default();
    }
    let fields = [
        ("last_name", &input.last_name, &mut contact.last_name),
        ("company", &input.company, &mut contact.company),
        ("language", &input.language, &mut contact.language),
    ];
    for (name, given, field) in fields {
        if let Some(given) = given {
            *field = given.as_deref().map(|given| text(name, given, TEXT_AT_MOST)).transpose()?.flatten();
        }
    }
    if let Some(given) = &input.description {
        let given = given.as_deref().map(|given| text("description", given, DESCRIPTION_AT_MOST));
        contact.description = given.transpose()?.flatten();
    }
    if let Some(given) = &input.email {
        contact.email = given.as_deref().map(email).transpose()?.flatten();
    }
    if let Some(given) = &input.phone {
        contact.phone = given.as_deref().map(|given| digits("phone", given)).transpose()?.flatten();
    }
    if let Some(given) = &input.mobile {
        contact.mobile = given.as_deref().map(|given| digits("mobile", given)).transpose()?.flatten();
    }
    // Single messages use the mobile, campaigns the phone: whoever gives one has given both, but nothing is overwritten.
    if contact.phone.is_none() && input.phone.is_none() {
        contact.phone.clone_from(&contact.mobile);
    }
    if contact.mobile.is_none() && input.mobile.is_none() {
        contact.mobile.clone_from(&contact.phone);
    }
    if let Some(tags) = &input.tags {
        if tags.len() > TAGS_AT_MOST {
            return Err(Error::invalid("tags", "too_long", format!("at most {TAGS_AT_MOST} tags")));
        }
        let mut clean = Vec::with_capacity(tags.len());
        for tag in tags {
            if let Some(tag) = text("tags", tag, 40)?.filter(|tag| !clean.contains(tag)) {
                clean.push(tag);
            }
        }
        contact.tags = Json(clean);
    }
    if !store::contact::save(tx, &contact, at).await? {
        return Err(Error::Stale);
    }
    contact_field::set(tx, contact.id, ContactListId(contact.list_id), &input.fields).await?;
    contact.version += 1;
    let mut events = Vec::new();
    let name = contact.name();
    if !name.is_empty() {
        let renamed = store::contact::rename(tx, contact.id, &name).await?;
        events.extend(renamed.iter().map(|id| event::New::on(event::Kind::Interaction, *id, *id)));
    }
    let latest = store::journey::Part::default();
    for row in store::journey::page(tx, store::journey::Whose::Contact(contact.id), &latest, 1).await? {
        events.push(event::New::on(event::Kind::Contact, row.id, contact.id));
    }
    index(tx, &contact).await?;
    event::append(tx, &events, at).await?;
    Ok(contact)
}

/// A shared contact that somebody wants to keep.
#[derive(Clone, Copy, Debug)]
pub struct Keep {
    pub message: MessageId,
    /// Which of its cards, from 0.
    pub card: usize,
    /// Where it goes.
    pub list: ContactListId,
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
    let numbers: Vec<String> = card.phones.iter().filter_map(|phone| digits("phone", phone).ok().flatten()).collect();
    let known = store::contact::by_numbers(tx, &numbers).await?;
    if let Some(known) = known.iter().find(|known| known.list_id == input.list.0) {
        return Ok((ContactId(known.id), false));
    }
    let fitted = |field, given: &str| text(field, given, TEXT_AT_MOST).ok().flatten();
    let (first, last) = card.name.trim().split_once(' ').unwrap_or((card.name.trim(), ""));
    let phone = numbers.first().cloned();
    let first = fitted("first_name", first).or_else(|| phone.clone()).unwrap_or_default();
    let new = store::contact::New {
        mobile: numbers.get(1).cloned().or_else(|| phone.clone()),
        phone,
        email: card.emails.iter().find_map(|address| email(address).ok().flatten()),
        company: card.organisation.as_deref().and_then(|company| fitted("company", company)),
        ..store::contact::New::named(input.list.0, Origin::Card, first, fitted("last_name", last))
    };
    let made = store::contact::add(tx, &[new], store::millis(now)).await?;
    let made = made.first().ok_or(pronto_db::Error::Conflict)?;
    Ok((ContactId(made.id), true))
}

/// The search finds the customer by the new name too.
async fn index(tx: &mut Tx, contact: &Contact) -> Result<()> {
    let addresses = store::address::of_contact(tx, contact.id).await?;
    let entries: Vec<store::search::Person> = addresses.iter().map(|address| entry(address, Some(contact))).collect();
    store::search::index_addresses(tx, &entries).await?;
    Ok(())
}

/// What finds an address: its names and numbers, and those of its contact.
pub(crate) fn entry(address: &store::address::Address, contact: Option<&Contact>) -> store::search::Person {
    let own = contact.map(Contact::name);
    let parts = [
        own.as_deref(),
        address.profile_name.as_deref(),
        address.username.as_deref(),
        address.digits.as_deref(),
        contact.and_then(|contact| contact.phone.as_deref()),
        contact.and_then(|contact| contact.mobile.as_deref()),
        contact.and_then(|contact| contact.email.as_deref()),
    ];
    let customer = pronto_domain::search::Customer::of(parts.into_iter().flatten());
    store::search::Person::new(address.id, customer, address.account_id)
}

/// Trimmed; `None` when nothing is left.
pub(super) fn text(field: &str, given: &str, at_most: usize) -> Result<Option<String>> {
    let given: String = given.trim().chars().filter(|c| !c.is_control() || *c == '\n').collect();
    if given.chars().count() > at_most {
        return Err(Error::invalid(field, "too_long", format!("at most {at_most} characters")));
    }
    Ok(Some(given).filter(|given| !given.is_empty()))
}

/// Digits with country prefix; any spelling is taken.
fn digits(field: &str, given: &str) -> Result<Option<String>> {
    let wrong = || Error::invalid(field, "format", "a phone number with its country prefix, such as +39 333 1234567");
    let given = given.trim();
    if given.is_empty() {
        return Ok(None);
    }
    if !given.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c)) {
        return Err(wrong());
    }
    let bare: String = given.chars().filter(char::is_ascii_digit).collect();
    let bare = bare.strip_prefix("00").map(str::to_owned).unwrap_or(bare);
    // E.164 has at most 15 digits.
    if (7..=15).contains(&bare.len()) { Ok(Some(bare)) } else { Err(wrong()) }
}

fn email(given: &str) -> Result<Option<String>> {
    let Some(given) = text("email", given, TEXT_AT_MOST)? else { return Ok(None) };
    let fits = given.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains('@') && !given.contains(char::is_whitespace)
    });
    if fits { Ok(Some(given)) } else { Err(Error::invalid("email", "format", "an address such as name@example.com")) }
}
