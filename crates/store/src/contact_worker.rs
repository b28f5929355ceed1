//! Who made or changed a contact by hand.

use pronto_db::{Result, Tx, ids, sql};

/// Somebody has.
pub async fn note(tx: &mut Tx, user: i64, contacts: &[i64], now: i64) -> Result<()> {
    if contacts.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "INSERT INTO contact_worker (user_id, contact_id, at)
         SELECT $1, c.id, $3 FROM contact c WHERE c.id IN {ids $2}
         ON CONFLICT (user_id, contact_id) DO UPDATE SET at = excluded.at"
    ))
    .bind(user)
    .bind(ids(contacts.iter().copied()))
    .bind(now)
    .execute()
    .await?;
    Ok(())
}
