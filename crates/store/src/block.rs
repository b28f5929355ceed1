//! Blocked senders: who asked for it and why, what a supervisor made of it, and what the provider did.

use pronto_db::{FromRow, Result, Tx, ids, sql};

use crate::Id;

#[derive(Clone, Debug, FromRow)]
pub struct Block {
    pub id: i64,
    pub account_id: i64,
    pub address_id: i64,
    pub interaction_id: i64,
    /// asked, confirmed or lifted.
    pub state: String,
    pub reason: String,
    pub blocked_by: i64,
    pub blocked_at: i64,
    pub reviewed_by: Option<i64>,
    pub reviewed_at: Option<i64>,
    /// pending, blocked, lifted or failed.
    pub provider_state: String,
    pub provider_detail: Option<String>,
    pub version: i64,
}

impl Block {
    /// Whether it keeps the sender away.
    pub fn stands(&self) -> bool {
        self.state != "lifted"
    }
}

/// Adds one; its id and version are the database's.
pub async fn add(tx: &mut Tx, block: &Block) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            "INSERT INTO block (account_id, address_id, interaction_id, state, reason, blocked_by, blocked_at,
                 reviewed_by, reviewed_at, provider_state, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1) RETURNING id"
        ))
        .bind(block.account_id)
        .bind(block.address_id)
        .bind(block.interaction_id)
        .bind(&block.state)
        .bind(&block.reason)
        .bind(block.blocked_by)
        .bind(block.blocked_at)
        .bind(block.reviewed_by)
        .bind(block.reviewed_at)
        .bind(&block.provider_state)
        .one()
        .await?;
    Ok(made.id)
}

/// One, for a change.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<Block> {
    tx.query(sql!("SELECT b.* FROM block b WHERE b.id = $1 {lock}")).bind(id).one().await
}

pub async fn by_id(tx: &mut Tx, id: i64) -> Result<Block> {
    tx.query(sql!("SELECT b.* FROM block b WHERE b.id = $1")).bind(id).one().await
}

/// Saves a review and what the provider made of it.
pub async fn save(tx: &mut Tx, block: &Block) -> Result<()> {
    tx.query(sql!(
        "UPDATE block SET state = $2, reviewed_by = $3, reviewed_at = $4, provider_state = $5, provider_detail = $6,
             version = version + 1 WHERE id = $1"
    ))
    .bind(block.id)
    .bind(&block.state)
    .bind(block.reviewed_by)
    .bind(block.reviewed_at)
    .bind(&block.provider_state)
    .bind(block.provider_detail.as_deref())
    .execute()
    .await?;
    Ok(())
}

/// Those in a state, or all, newest first, before an id; of these accounts (`None` = of all).
pub async fn page(
    tx: &mut Tx,
    state: Option<&str>,
    accounts: Option<&[i64]>,
    before: i64,
    limit: i64,
) -> Result<Vec<Block>> {
    let query = match state {
        Some(state) => tx
            .query(sql!(
                "SELECT b.* FROM block b WHERE b.id < $1 AND ($2 OR b.account_id IN {ids $3}) AND b.state = $5
                 ORDER BY b.id DESC LIMIT $4"
            ))
            .bind(before)
            .bind(accounts.is_none())
            .bind(ids(accounts.unwrap_or_default().iter().copied()))
            .bind(limit)
            .bind(state),
        None => tx
            .query(sql!(
                "SELECT b.* FROM block b WHERE b.id < $1 AND ($2 OR b.account_id IN {ids $3})
                 ORDER BY b.id DESC LIMIT $4"
            ))
            .bind(before)
            .bind(accounts.is_none())
            .bind(ids(accounts.unwrap_or_default().iter().copied()))
            .bind(limit),
    };
    query.all().await
}
