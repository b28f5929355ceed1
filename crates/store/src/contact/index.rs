//! What contacts are found by: words of names, companies, numbers and e-mail addresses, and tags.

use pronto_db::{Result, Tx, ids, rows, sql};
use pronto_domain::phone;
use pronto_domain::search::{Customer, words};
use serde::Serialize;

use super::Contact;
use crate::contact_number::{self, Number};
use crate::search::{self, Person};

#[derive(Serialize)]
struct Named<'a> {
    contact_id: i64,
    name: &'a str,
}

/// Writes it for these contacts as they are now, deleted ones too: they may be looked for and brought back.
pub async fn index(tx: &mut Tx, contacts: &[i64]) -> Result<()> {
    if contacts.is_empty() {
        return Ok(());
    }
    let found: Vec<Contact> = tx
        .query(sql!("SELECT c.* FROM contact c WHERE c.id IN {ids $1} ORDER BY c.id"))
        .bind(ids(contacts.iter().copied()))
        .all()
        .await?;
    let numbers = contact_number::of(tx, contacts).await?;
    let people: Vec<Person> = found.iter().map(|contact| entry(contact, &numbers)).collect();
    search::index_contacts(tx, &people).await?;
    let named: Vec<Named<'_>> = found
        .iter()
        .flat_map(|contact| contact.tags.0.iter().map(|name| Named { contact_id: contact.id, name }))
        .collect();
    tx.query(sql!("DELETE FROM contact_tag WHERE contact_id IN {ids $1}"))
        .bind(ids(contacts.iter().copied()))
        .execute()
        .await?;
    if named.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "INSERT INTO contact_tag (name, contact_id)
         SELECT name, contact_id FROM {rows $1 r: name text, contact_id bigint} WHERE TRUE ON CONFLICT DO NOTHING"
    ))
    .bind(rows(&named))
    .execute()
    .await?;
    Ok(())
}

/// A number is found with its country and without.
fn entry(contact: &Contact, numbers: &[Number]) -> Person {
    let own = numbers.iter().filter(|number| number.contact_id == contact.id).map(|number| number.digits.as_str());
    let all = pronto_domain::contact::numbers(contact.phone.as_deref(), contact.mobile.as_deref(), own);
    let spelled = all.iter().flat_map(|digits| [Some((*digits).to_owned()), phone::national(digits)]);
    let numbers = spelled.flatten().collect::<Vec<_>>().join(" ");
    let names = words(&format!("{} {}", contact.name(), contact.company.as_deref().unwrap_or_default()));
    let emails = contact.email.as_deref().map(words).unwrap_or_default();
    Person::in_list(contact.id, Customer { names, numbers, emails }, contact.list_id)
}
