//! Contacts that look like one person and are not, and those that look so.

use pronto_db::{FromRow, Result, Tx, ids, sql};

/// Two contacts, the smaller id first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Pair {
    pub one: i64,
    pub other: i64,
}

impl Pair {
    pub fn of(one: i64, other: i64) -> Self {
        Self { one: one.min(other), other: one.max(other) }
    }
}

/// Somebody has looked: they are not one.
pub async fn add(tx: &mut Tx, pair: Pair, user: i64, now: i64) -> Result<()> {
    tx.query(sql!(
        "INSERT INTO contact_distinct (contact_id, other_id, user_id, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING"
    ))
    .bind(pair.one)
    .bind(pair.other)
    .bind(user)
    .bind(now)
    .execute()
    .await?;
    Ok(())
}

/// Those of which any of these is one.
pub async fn of(tx: &mut Tx, contacts: &[i64]) -> Result<Vec<Pair>> {
    tx.query(sql!(
        "SELECT contact_id AS one, other_id AS other FROM contact_distinct
         WHERE contact_id IN {ids $1} OR other_id IN {ids $1}"
    ))
    .bind(ids(contacts.iter().copied()))
    .all()
    .await
}

/// By what two look like one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Phone,
    Email,
    Name,
}

/// The first and the last of those in a list that have the same, the latest changed first; but for those that were told
/// apart.
pub async fn alike(tx: &mut Tx, by: By, list: i64, at_most: i64) -> Result<Vec<Pair>> {
    let (column, more) = match by {
        By::Phone => ("c.phone", "c.phone IS NOT NULL"),
        By::Email => ("lower(c.email)", "c.email IS NOT NULL"),
        // One word is no name that tells people apart.
        By::Name => ("c.name_words", "c.name_words LIKE '% %'"),
    };
    let text = format!(
        "SELECT p.one, p.other FROM (SELECT min(c.id) AS one, max(c.id) AS other, max(c.updated_at) AS at \
         FROM contact c WHERE c.deleted_at IS NULL AND c.list_id = $1 AND {more} GROUP BY {column} \
         HAVING count(*) > 1) p WHERE NOT EXISTS (SELECT 1 FROM contact_distinct d \
         WHERE d.contact_id = p.one AND d.other_id = p.other) ORDER BY p.at DESC, p.one LIMIT $2"
    );
    tx.query_assembled(text).bind(list).bind(at_most).all().await
}
