//! Whether an account may write to a contact for marketing.

use pronto_db::{FromRow, Result, Tx, ids, rows, sql};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, Deserialize)]
pub struct Consent {
    pub contact_id: i64,
    pub account_id: i64,
    pub state: String,
    pub source: String,
    pub at: i64,
    pub user_id: Option<i64>,
}

pub async fn of(tx: &mut Tx, contacts: &[i64]) -> Result<Vec<Consent>> {
    if contacts.is_empty() {
        return Ok(Vec::new());
    }
    tx.query(sql!(
        "SELECT contact_id, account_id, state, source, at, user_id FROM contact_consent
         WHERE contact_id IN {ids $1} ORDER BY contact_id, account_id"
    ))
    .bind(ids(contacts.iter().copied()))
    .all()
    .await
}

/// Writes down what was said last.
pub async fn put(tx: &mut Tx, consents: &[Consent]) -> Result<()> {
    if consents.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "INSERT INTO contact_consent (contact_id, account_id, state, source, at, user_id)
         SELECT contact_id, account_id, state, source, at, user_id
         FROM {rows $1 r: contact_id bigint, account_id bigint, state text, source text, at bigint, user_id bigint}
         WHERE TRUE ON CONFLICT (contact_id, account_id) DO UPDATE SET state = excluded.state,
             source = excluded.source, at = excluded.at, user_id = excluded.user_id"
    ))
    .bind(rows(consents))
    .execute()
    .await?;
    Ok(())
}

/// Nobody has asked them.
pub async fn clear(tx: &mut Tx, contact: i64, account: i64) -> Result<()> {
    tx.query(sql!("DELETE FROM contact_consent WHERE contact_id = $1 AND account_id = $2"))
        .bind(contact)
        .bind(account)
        .execute()
        .await?;
    Ok(())
}
