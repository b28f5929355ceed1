//! The journey of a customer: every interaction with them, newest first.

use pronto_db::{Result, Tx, sql};

use crate::Id;
use crate::interaction::Interaction;

/// Whose journey it is.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    Contact(i64),
    /// Of a customer who is no contact.
    Address(i64),
}

impl Whose {
    /// The customer of an interaction.
    pub fn of(row: &Interaction) -> Self {
        row.contact_id.map_or(Self::Address(row.address_id), Self::Contact)
    }
}

/// Which part of it.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Began at or after.
    pub from: i64,
    /// Began before.
    pub to: i64,
    pub account: Option<i64>,
    /// The place of the last one that was read: when it began, and its id.
    pub before: (i64, i64),
}

impl Default for Part {
    fn default() -> Self {
        Self { from: i64::MIN, to: i64::MAX, account: None, before: (i64::MAX, i64::MAX) }
    }
}

pub async fn page(tx: &mut Tx, whose: Whose, part: &Part, limit: i64) -> Result<Vec<Interaction>> {
    let (query, id) = match whose {
        Whose::Contact(contact) => (
            sql!(
                "SELECT i.* FROM interaction i WHERE i.contact_id = $1 AND i.started_at >= $2 AND i.started_at < $3
                 AND ($4 = 0 OR i.account_id = $4) AND (i.started_at, i.id) < ($5, $6)
                 ORDER BY i.started_at DESC, i.id DESC LIMIT $7"
            ),
            contact,
        ),
        Whose::Address(address) => (
            sql!(
                "SELECT i.* FROM interaction i WHERE i.address_id = $1 AND i.started_at >= $2 AND i.started_at < $3
                 AND ($4 = 0 OR i.account_id = $4) AND (i.started_at, i.id) < ($5, $6)
                 ORDER BY i.started_at DESC, i.id DESC LIMIT $7"
            ),
            address,
        ),
    };
    tx.query(query)
        .bind(id)
        .bind(part.from)
        .bind(part.to)
        // Numbers begin at 1.
        .bind(part.account.unwrap_or(0))
        .bind(part.before.0)
        .bind(part.before.1)
        .bind(limit)
        .all()
        .await
}

/// All interactions with a contact, in order.
pub async fn whole(tx: &mut Tx, contact: i64) -> Result<Vec<Interaction>> {
    tx.query(sql!("SELECT i.* FROM interaction i WHERE i.contact_id = $1 ORDER BY i.started_at, i.id"))
        .bind(contact)
        .all()
        .await
}

/// Whether somebody owns any interaction with a contact.
pub async fn owns(tx: &mut Tx, user: i64, contact: i64) -> Result<bool> {
    let found: Option<Id> = tx
        .query(sql!("SELECT i.id FROM interaction i WHERE i.contact_id = $1 AND i.owner_id = $2 LIMIT 1"))
        .bind(contact)
        .bind(user)
        .optional()
        .await?;
    Ok(found.is_some_and(|found| found.id > 0))
}
