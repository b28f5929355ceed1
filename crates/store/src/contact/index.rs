//! What contacts are found by: words of names, companies, numbers and e-mail addresses, and tags.

use pronto_db::{Result, Tx, ids, rows, sql};
use pronto_domain::phone;
use pronto_domain::search::Customer;
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
    let found = super::any_by_ids(tx, contacts).await?;
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
    let national: Vec<String> = all.iter().filter_map(|digits| phone::national(digits)).collect();
    let name = contact.name();
    let known = [Some(name.as_str()), contact.company.as_deref(), contact.email.as_deref()].into_iter().flatten();
    let known = known.chain(all).chain(national.iter().map(String::as_str));
    Person::in_list(contact.id, Customer::of(known), contact.list_id)
}
