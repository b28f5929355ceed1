//! Contacts: making and changing them, and everything that shows their names.

mod bulk;
mod consent;
mod duplicate;
mod edit;
mod erase;
mod export;
mod fields;
mod keep;
mod link;
mod make;
mod merge;
mod note;
mod profile;
mod snapshot;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::access::{Permission, Viewer};
use pronto_domain::contact::{Level, Origin};
use pronto_domain::id::{ContactListId, UserId};
use pronto_store as store;
use serde_json::{Value, json};
use store::audit;
use store::contact::Contact;
use store::event::{self, Facts};

pub use bulk::{Bulk, NotDone, Task, bulk};
pub use consent::{Say, say};
pub use duplicate::{Distinguish, Duplicate, Pair, distinguish, duplicates_in, duplicates_of};
pub use edit::{Edit, edit};
pub use erase::{Erase, Erased, erase};
pub use export::{Export, ExportPerson, export, export_person};
pub(crate) use fields::tags;
pub(in crate::act) use fields::website;
pub use fields::{Fields, Number};
pub use keep::{Keep, keep};
pub use link::{Link, link};
pub use make::{Copy, Make, copy, make};
pub use merge::{Merge, Part, merge, part};
pub use note::{AddNote, ChangeNote, RemoveNote, add_note, change_note, remove_note};
pub use profile::{Learn, learn};

use crate::act::fresh;
use crate::{Error, Result};

pub(super) const TEXT_AT_MOST: usize = 200;

/// Whether somebody sees a contact: by its list, or by one of its interactions.
pub async fn sees(tx: &mut Tx, viewer: &Viewer, contact: &Contact) -> Result<bool> {
    let rights = viewer.rights(ContactListId(contact.list_id));
    Ok(rights.allows(Level::View) || store::list::sees_contact(tx, viewer, contact.id).await?)
}

/// Whether somebody may change a contact: by its list, or as the owner of one of its interactions.
pub async fn may_edit(tx: &mut Tx, viewer: &Viewer, contact: &Contact) -> Result<bool> {
    let rights = viewer.rights(ContactListId(contact.list_id));
    Ok(rights.allows(Level::Edit) || store::journey::owns(tx, viewer.user.0, contact.id).await?)
}

/// Fails as *forbidden* where a list does not allow it, and as *not found* where it does not even show.
pub(crate) fn allowed(viewer: &Viewer, list: i64, level: Level) -> Result<()> {
    let rights = viewer.rights(ContactListId(list));
    if rights.allows(level) {
        Ok(())
    } else if rights.allows(Level::View) {
        Err(Error::Forbidden { needs: Permission::EditContacts.to_string() })
    } else {
        Err(pronto_db::Error::NotFound.into())
    }
}

/// For a change by hand; what one does not see is not found.
async fn lock_to_edit(tx: &mut Tx, viewer: &Viewer, contact: i64) -> Result<Contact> {
    let contact = store::contact::lock(tx, contact).await?;
    if contact.deleted_at.is_some() || !sees(tx, viewer, &contact).await? {
        return Err(pronto_db::Error::NotFound.into());
    }
    if !may_edit(tx, viewer, &contact).await? {
        return Err(Error::Forbidden { needs: Permission::EditContacts.to_string() });
    }
    Ok(contact)
}

/// Writes down who did what to a contact. What changed is named, not told: an erasure leaves the audit.
async fn record(tx: &mut Tx, at: i64, by: UserId, action: &str, contact: i64, after: Value) -> Result<()> {
    let subject = format!("contact {contact}");
    let entry = audit::Entry { at, user: Some(by.0), action, subject, before: &Value::Null, after: &after };
    audit::write(tx, entry).await?;
    store::contact_worker::note(tx, by.0, &[contact], at).await?;
    Ok(())
}

/// Somebody has made a contact on the way: it is written down and told.
pub(crate) async fn made(tx: &mut Tx, at: i64, by: UserId, contact: i64, list: i64) -> Result<()> {
    let after = json!({ "list": list, "origin": Origin::Agent });
    record(tx, at, by, "contact.made", contact, after).await?;
    tell(tx, at, contact, None).await
}

/// Tells the screens; `was` is the list it was in, where it has left that.
async fn tell(tx: &mut Tx, at: i64, contact: i64, was: Option<i64>) -> Result<()> {
    let latest = store::journey::Part::default();
    let found = store::journey::page(tx, store::journey::Whose::Contact(contact), &latest, 1).await?;
    let event = event::New {
        kind: event::Kind::Contact,
        topic: found.first().map(|row| row.id),
        subject: contact,
        payload: was.map(|list| Facts { list: Some(list), ..Facts::default() }),
    };
    event::append(tx, &[event], at).await?;
    Ok(())
}

/// Shows a contact's name and numbers wherever else they stand: on rows of lists, and in the search for customers.
pub(crate) async fn spread(tx: &mut Tx, contact: &Contact, at: i64) -> Result<()> {
    let name = contact.name();
    let addresses = store::address::of_contact(tx, contact.id).await?;
    let mut renamed = Vec::new();
    if name.is_empty() {
        for address in &addresses {
            let called = fresh::called(address);
            renamed.extend(store::contact::rename_on(tx, Some(contact.id), address.id, &called).await?);
        }
    } else {
        renamed = store::contact::rename(tx, contact.id, &name).await?;
    }
    let events: Vec<event::New> = renamed.iter().map(|id| event::New::on(event::Kind::Interaction, *id, *id)).collect();
    event::append(tx, &events, at).await?;
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

/// Finds a company by its name in any spelling, or makes it; answers its id and how it is written.
pub(crate) async fn company(tx: &mut Tx, name: &str, now: Timestamp) -> Result<(i64, String)> {
    if let Some(known) = store::company::by_name(tx, name).await? {
        return Ok((known.id, known.name));
    }
    let id = store::company::add(tx, name, None, None, store::millis(now)).await?;
    Ok((id, name.to_owned()))
}

/// Who has one of these numbers or addresses in a list already, beside the contact itself.
async fn duplicates(tx: &mut Tx, contact: &Contact, more: &[String]) -> Result<Vec<i64>> {
    let numbers = pronto_domain::contact::numbers(
        contact.phone.as_deref(),
        contact.mobile.as_deref(),
        more.iter().map(String::as_str),
    );
    let spelled: Vec<String> = numbers.into_iter().flat_map(pronto_domain::phone::spellings).collect();
    let mut found = store::contact::by_numbers(tx, &spelled).await?;
    found.extend(store::contact::by_emails(tx, contact.email.as_slice()).await?);
    let mut ids: Vec<i64> = found
        .iter()
        .filter(|other| other.id != contact.id && other.list_id == contact.list_id)
        .map(|other| other.id)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(ids)
}

/// Trimmed; `None` when nothing is left.
pub(super) fn text(field: &str, given: &str, at_most: usize) -> Result<Option<String>> {
    let given: String = given.trim().chars().filter(|c| !c.is_control() || *c == '\n').collect();
    if given.chars().count() > at_most {
        return Err(Error::invalid(field, "too_long", format!("at most {at_most} characters")));
    }
    Ok(Some(given).filter(|given| !given.is_empty()))
}

/// Digits with country prefix; any spelling is taken, one without its country as that of `beside`.
fn digits(field: &str, given: &str, beside: Option<&str>) -> Result<Option<String>> {
    if given.trim().is_empty() {
        return Ok(None);
    }
    pronto_domain::phone::digits(given, beside)
        .map(Some)
        .map_err(|error| Error::invalid(field, "format", format!("{error}")))
}

fn email(given: &str) -> Result<Option<String>> {
    let Some(given) = text("email", given, TEXT_AT_MOST)? else { return Ok(None) };
    let fits = given.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains('@') && !given.contains(char::is_whitespace)
    });
    if fits { Ok(Some(given)) } else { Err(Error::invalid("email", "format", "an address such as name@example.com")) }
}

fn after(fields: &[&str]) -> Value {
    json!({ "fields": fields })
}
