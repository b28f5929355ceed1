//! A contact as a merge sees it, and as it is kept to undo one.

use std::collections::{BTreeMap, BTreeSet};

use pronto_db::{Json, Tx};
use pronto_domain::field::{Field, Kind, Value as Held};
use pronto_domain::id::ContactListId;
use pronto_domain::merge::{Number, Record};
use pronto_store as store;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::contact::Contact;
use store::contact_consent::Consent;
use store::contact_field::ContactField;

use crate::Result;

/// Stands before the key of a custom field.
const OWN: &str = "fields.";

/// What of a contact there is one of, beside custom fields.
const FIELDS: &[&str] = &[
    "first_name",
    "last_name",
    "phone",
    "mobile",
    "email",
    "company",
    "postal_address",
    "date_of_birth",
    "url",
    "language",
    "description",
    "owner",
];

/// A contact with what stands beside it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Snapshot {
    pub(super) contact: Contact,
    pub(super) record: Record,
    pub(super) consents: Vec<Consent>,
}

impl Snapshot {
    /// Of its custom fields those that a list has.
    pub(super) async fn take(tx: &mut Tx, contact: &Contact, list: ContactListId) -> Result<Self> {
        let numbers = store::contact_number::of(tx, &[contact.id]).await?;
        let held = store::contact_field::held(tx, &[contact.id]).await?;
        let own = serving(tx, list).await?;
        let mut fields: BTreeMap<String, Value> = BTreeMap::new();
        let texts = [
            ("first_name", Some(contact.first_name.clone()).filter(|name| !name.is_empty())),
            ("last_name", contact.last_name.clone()),
            ("phone", contact.phone.clone()),
            ("mobile", contact.mobile.clone()),
            ("email", contact.email.clone()),
            ("postal_address", contact.postal_address.clone()),
            ("date_of_birth", contact.date_of_birth.clone()),
            ("url", contact.url.clone()),
            ("language", contact.language.clone()),
            ("description", contact.description.clone()),
        ];
        fields.extend(texts.into_iter().filter_map(|(name, text)| Some((name.to_owned(), json!(text?)))));
        if contact.company.is_some() {
            fields.insert("company".to_owned(), json!({ "id": contact.company_id, "name": contact.company }));
        }
        fields.extend(contact.owner_id.map(|owner| ("owner".to_owned(), json!(owner))));
        for field in &own {
            let value = held.iter().find(|one| one.field_id == field.id.0).and_then(store::contact_field::Held::value);
            fields.extend(value.map(|value| (format!("{OWN}{}", field.key), json!(written(&value)))));
        }
        let record = Record {
            fields,
            tags: contact.tags.0.clone(),
            numbers: numbers.into_iter().map(|one| Number { kind: one.kind, digits: one.digits }).collect(),
            socials: contact.socials.0.clone(),
        };
        let consents = store::contact_consent::of(tx, &[contact.id]).await?;
        Ok(Self { contact: contact.clone(), record, consents })
    }
}

/// The names of the fields of a list's contacts.
pub(super) async fn keys(tx: &mut Tx, list: ContactListId) -> Result<BTreeSet<String>> {
    let own = serving(tx, list).await?;
    let own = own.iter().map(|field| format!("{OWN}{}", field.key));
    Ok(FIELDS.iter().map(|name| (*name).to_owned()).chain(own).collect())
}

/// Writes a record onto a contact, which is the caller's to save.
pub(super) async fn write(tx: &mut Tx, contact: &mut Contact, record: &Record, before: &Record) -> Result<()> {
    let text = |name: &str| record.fields.get(name).and_then(Value::as_str).map(str::to_owned);
    contact.first_name = text("first_name").unwrap_or_default();
    contact.last_name = text("last_name");
    contact.phone = text("phone");
    contact.mobile = text("mobile");
    contact.email = text("email");
    contact.postal_address = text("postal_address");
    contact.date_of_birth = text("date_of_birth");
    contact.url = text("url");
    contact.language = text("language");
    contact.description = text("description");
    let company = record.fields.get("company");
    contact.company_id = company.and_then(|company| company.get("id")?.as_i64());
    contact.company = company.and_then(|company| company.get("name")?.as_str().map(str::to_owned));
    contact.owner_id = record.fields.get("owner").and_then(Value::as_i64);
    contact.tags = Json(record.tags.clone());
    contact.socials = Json(record.socials.clone());
    let numbers: Vec<_> = (0..)
        .zip(&record.numbers)
        .map(|(place, number)| store::contact_number::Number {
            contact_id: contact.id,
            kind: number.kind.clone(),
            digits: number.digits.clone(),
            place,
        })
        .collect();
    store::contact_number::set(tx, &[contact.id], &numbers).await?;
    let (mut put, mut clear) = (Vec::new(), Vec::new());
    for field in serving(tx, ContactListId(contact.list_id)).await? {
        let name = format!("{OWN}{}", field.key);
        let (is, was) = (record.fields.get(&name), before.fields.get(&name));
        if is == was {
            continue;
        }
        match is.and_then(Value::as_str).and_then(|text| read(field.kind, text)) {
            Some(value) => put.push(store::contact_field::Held::new(contact.id, field.id, &value)),
            None => clear.push(field.id.0),
        }
    }
    store::contact_field::put(tx, &put).await?;
    store::contact_field::clear(tx, contact.id, &clear).await?;
    Ok(())
}

async fn serving(tx: &mut Tx, list: ContactListId) -> Result<Vec<Field>> {
    let known = store::contact_field::all(tx).await?;
    let known = known.iter().map(ContactField::rules).collect::<Result<Vec<_>, _>>()?;
    Ok(known.into_iter().filter(|field| field.serves(list)).collect())
}

/// A value as a text, which reads the same whatever a database makes of numbers.
fn written(value: &Held) -> String {
    match value {
        Held::Text(text) => text.clone(),
        Held::Number(number) => number.to_string(),
        Held::Switch(on) => on.to_string(),
        Held::At(at) => at.to_string(),
    }
}

/// Not checked against what a field takes now: it was there.
fn read(kind: Kind, text: &str) -> Option<Held> {
    Some(match kind {
        Kind::Text | Kind::Select | Kind::Url => Held::Text(text.to_owned()),
        Kind::Number => Held::Number(text.parse().ok()?),
        Kind::Switch => Held::Switch(text == "true"),
        Kind::DateTime => Held::At(text.parse().ok()?),
    })
}
