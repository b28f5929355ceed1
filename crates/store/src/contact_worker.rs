//! Who made or changed a contact by hand.

use pronto_db::{FromRow, Result, Tx, ids, sql};

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

#[derive(FromRow)]
struct Worker {
    user_id: i64,
}

/// Who was the last.
pub async fn latest(tx: &mut Tx, contact: i64) -> Result<Option<i64>> {
    let found: Option<Worker> = tx
        .query(sql!("SELECT user_id FROM contact_worker WHERE contact_id = $1 ORDER BY at DESC, user_id LIMIT 1"))
        .bind(contact)
        .optional()
        .await?;
    Ok(found.map(|worker| worker.user_id))
}
