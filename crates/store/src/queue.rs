//! Queues, and who is in them.

use pronto_db::{FromRow, Result, Tx, sql};

#[derive(Clone, Debug, FromRow)]
pub struct Queue {
    pub id: i64,
    pub name: String,
    pub strategy: String,
    pub agent_timeout_s: i64,
    pub weight: i64,
    pub service_level_s: i64,
    pub last_agent_first: bool,
    pub wrap_up_s: i64,
    pub last_asked: Option<i64>,
    pub version: i64,
    pub deleted_at: Option<i64>,
}

/// A user or a team in a queue; the other id is 0.
#[derive(Clone, Debug, FromRow)]
pub struct Member {
    pub queue_id: i64,
    pub user_id: i64,
    pub team_id: i64,
}

pub async fn all(tx: &mut Tx) -> Result<Vec<Queue>> {
    tx.query(sql!(
        "SELECT id, name, strategy, agent_timeout_s, weight, service_level_s, last_agent_first, wrap_up_s, last_asked,
         version, deleted_at FROM queue ORDER BY id"
    ))
    .all()
    .await
}

pub async fn members(tx: &mut Tx) -> Result<Vec<Member>> {
    tx.query(sql!("SELECT queue_id, user_id, team_id FROM queue_member ORDER BY queue_id, user_id, team_id")).all().await
}
