//! Numbers of contacts beside phone and mobile.

use pronto_db::{FromRow, Result, Tx, ids, rows, sql};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, Deserialize)]
pub struct Number {
    pub contact_id: i64,
    pub kind: String,
    pub digits: String,
    pub place: i64,
}

pub async fn of(tx: &mut Tx, contacts: &[i64]) -> Result<Vec<Number>> {
    if contacts.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(sql!(
        "SELECT contact_id, kind, digits, place FROM contact_number WHERE contact_id IN {ids $1}
         ORDER BY contact_id, place, id"
    ))
    .bind(ids(contacts.iter().copied()))
    .all()
    .await
}

/// Puts these in the place of all that the contacts have.
pub async fn set(tx: &mut Tx, contacts: &[i64], numbers: &[Number]) -> Result<()> {
    tx.query(sql!("DELETE FROM contact_number WHERE contact_id IN {ids $1}"))
        .bind(ids(contacts.iter().copied()))
        .execute()
        .await?;
    if numbers.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "INSERT INTO contact_number (contact_id, kind, digits, place)
         SELECT contact_id, kind, digits, place
         FROM {rows $1 r: contact_id bigint, kind text, digits text, place bigint} WHERE TRUE"
    ))
    .bind(rows(numbers))
    .execute()
    .await?;
    Ok(())
}
