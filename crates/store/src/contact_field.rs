//! Custom fields of contacts: what there is, and what each contact has in them, in a column of the value's own type.

use pronto_db::{FromRow, Json, Result, Tx, ids, rows, sql};
use pronto_domain::field::{Field, Value};
use pronto_domain::id::{ContactFieldId, ContactListId};
use pronto_domain::message::UnknownWord;
use pronto_domain::search::words;
use serde::{Deserialize, Serialize};

use crate::{Id, Place};

#[derive(Clone, Debug, FromRow)]
pub struct ContactField {
    pub id: i64,
    pub list_id: Option<i64>,
    pub key: String,
    pub name: String,
    pub kind: String,
    pub options: Json<Vec<String>>,
    pub required: bool,
    pub sensitive: bool,
    pub place: i64,
    pub version: i64,
    pub archived_at: Option<i64>,
}

impl ContactField {
    /// As the rules know it.
    pub fn rules(&self) -> std::result::Result<Field, UnknownWord> {
        Ok(Field {
            id: ContactFieldId(self.id),
            list: self.list_id.map(ContactListId),
            key: self.key.clone(),
            name: self.name.clone(),
            kind: self.kind.parse()?,
            options: self.options.0.clone(),
            required: self.required,
            sensitive: self.sensitive,
            archived: self.archived_at.is_some(),
        })
    }
}

/// All, archived ones too, in their order.
pub async fn all(tx: &mut Tx) -> Result<Vec<ContactField>> {
    tx.query(sql!(
        "SELECT id, list_id, key, name, kind, options, required, sensitive, place, version, archived_at
         FROM contact_field ORDER BY place, id"
    ))
    .all()
    .await
}

/// The keys of those that are in use.
pub fn keys(fields: &[ContactField]) -> Vec<&str> {
    fields.iter().filter(|field| field.archived_at.is_none()).map(|field| field.key.as_str()).collect()
}

/// One, for a change.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<ContactField> {
    tx.query(sql!(
        "SELECT id, list_id, key, name, kind, options, required, sensitive, place, version, archived_at
         FROM contact_field WHERE id = $1 {lock}"
    ))
    .bind(id)
    .one()
    .await
}

/// Adds one; its id and version are the database's.
pub async fn add(tx: &mut Tx, field: &ContactField) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            "INSERT INTO contact_field (list_id, key, name, kind, options, required, sensitive, place, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) RETURNING id"
        ))
        .bind(field.list_id)
        .bind(&field.key)
        .bind(&field.name)
        .bind(&field.kind)
        .bind_json(&field.options.0)
        .bind(field.required)
        .bind(field.sensitive)
        .bind(field.place)
        .one()
        .await?;
    Ok(made.id)
}

/// Saves what was changed since it was read; `false` if somebody else was first. Key, kind and list stay.
pub async fn save(tx: &mut Tx, field: &ContactField) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "UPDATE contact_field SET name = $3, options = $4, required = $5, sensitive = $6, archived_at = $7,
                 version = version + 1
             WHERE id = $1 AND version = $2"
        ))
        .bind(field.id)
        .bind(field.version)
        .bind(&field.name)
        .bind_json(&field.options.0)
        .bind(field.required)
        .bind(field.sensitive)
        .bind(field.archived_at)
        .execute()
        .await?;
    Ok(touched == 1)
}

pub async fn arrange(tx: &mut Tx, places: &[Place]) -> Result<()> {
    tx.query(sql!(
        "UPDATE contact_field SET place = r.place, version = version + 1
         FROM {rows $1 r: id bigint, place bigint} WHERE contact_field.id = r.id"
    ))
    .bind(rows(places))
    .execute()
    .await?;
    Ok(())
}

/// What a contact has in a field.
#[derive(Clone, Debug, FromRow, Serialize, Deserialize)]
pub struct Held {
    pub contact_id: i64,
    pub field_id: i64,
    text: Option<String>,
    folded: Option<String>,
    number: Option<f64>,
    at: Option<i64>,
    flag: Option<bool>,
}

impl Held {
    pub fn new(contact: i64, field: ContactFieldId, value: &Value) -> Self {
        let mut held = Self {
            contact_id: contact,
            field_id: field.0,
            text: None,
            folded: None,
            number: None,
            at: None,
            flag: None,
        };
        match value {
            Value::Text(text) => {
                held.text = Some(text.clone());
                held.folded = Some(words(text));
            }
            Value::Number(number) => held.number = Some(*number),
            Value::Switch(on) => held.flag = Some(*on),
            Value::At(at) => held.at = Some(crate::millis(*at)),
        }
        held
    }

    /// The same of another contact.
    #[must_use]
    pub fn of(&self, contact: i64) -> Self {
        Self { contact_id: contact, ..self.clone() }
    }

    /// The one column that is set; `None` where a newer version keeps something else.
    pub fn value(&self) -> Option<Value> {
        self.text
            .clone()
            .map(Value::Text)
            .or_else(|| self.number.map(Value::Number))
            .or_else(|| self.flag.map(Value::Switch))
            .or_else(|| self.at.map(|at| Value::At(crate::instant(at))))
    }
}

/// What these contacts have in all their fields, archived ones too.
pub async fn held(tx: &mut Tx, contacts: &[i64]) -> Result<Vec<Held>> {
    if contacts.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(sql!(
        "SELECT contact_id, field_id, text, folded, number, at, flag FROM contact_value
         WHERE contact_id IN {ids $1} ORDER BY contact_id, field_id"
    ))
    .bind(ids(contacts.iter().copied()))
    .all()
    .await
}

/// What these contacts have in these fields.
pub async fn held_in(tx: &mut Tx, contacts: &[i64], fields: impl IntoIterator<Item = i64>) -> Result<Vec<Held>> {
    tx.query(sql!(
        "SELECT contact_id, field_id, text, folded, number, at, flag FROM contact_value
         WHERE contact_id IN {ids $1} AND field_id IN {ids $2} ORDER BY contact_id, field_id"
    ))
    .bind(ids(contacts.iter().copied()))
    .bind(ids(fields))
    .all()
    .await
}

/// Puts values in, over those that were there.
pub async fn put(tx: &mut Tx, values: &[Held]) -> Result<()> {
    if values.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "INSERT INTO contact_value (contact_id, field_id, text, folded, number, at, flag)
         SELECT contact_id, field_id, text, folded, number, at, flag
         FROM {rows $1 r: contact_id bigint, field_id bigint, text text, folded text, number float8, at bigint,
               flag boolean}
         WHERE TRUE ON CONFLICT (contact_id, field_id) DO UPDATE SET text = excluded.text, folded = excluded.folded,
             number = excluded.number, at = excluded.at, flag = excluded.flag"
    ))
    .bind(rows(values))
    .execute()
    .await?;
    Ok(())
}

/// Empties fields of a contact.
pub async fn clear(tx: &mut Tx, contact: i64, fields: &[i64]) -> Result<()> {
    if fields.is_empty() {
        return Ok(());
    }
    tx.query(sql!("DELETE FROM contact_value WHERE contact_id = $1 AND field_id IN {ids $2}"))
        .bind(contact)
        .bind(ids(fields.iter().copied()))
        .execute()
        .await?;
    Ok(())
}

/// How many contacts have something in a field.
#[derive(Clone, Copy, Debug, FromRow)]
pub struct Used {
    pub field_id: i64,
    pub count: i64,
}

pub async fn used(tx: &mut Tx) -> Result<Vec<Used>> {
    tx.query(sql!("SELECT field_id, count(*) AS count FROM contact_value GROUP BY field_id")).all().await
}
