//! Queues, and who is in them.

use pronto_db::{FromRow, Result, Tx, ids, rows, sql};
use serde::Serialize;

use crate::Id;

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
    pub disposition_required: bool,
    pub last_asked: Option<i64>,
    pub version: i64,
    pub deleted_at: Option<i64>,
}

/// A user or a team in a queue; the other id is 0.
#[derive(Clone, Copy, Debug, FromRow, Serialize)]
pub struct Member {
    pub queue_id: i64,
    pub user_id: i64,
    pub team_id: i64,
}

pub async fn all(tx: &mut Tx) -> Result<Vec<Queue>> {
    tx.query(sql!(
        "SELECT id, name, strategy, agent_timeout_s, weight, service_level_s, last_agent_first, wrap_up_s,
         disposition_required, last_asked, version, deleted_at FROM queue ORDER BY id"
    ))
    .all()
    .await
}

pub async fn members(tx: &mut Tx) -> Result<Vec<Member>> {
    tx.query(sql!("SELECT queue_id, user_id, team_id FROM queue_member ORDER BY queue_id, user_id, team_id"))
        .all()
        .await
}

/// Adds one; its id and version are the database's.
pub async fn add(tx: &mut Tx, queue: &Queue) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            "INSERT INTO queue (name, strategy, agent_timeout_s, weight, service_level_s, last_agent_first, wrap_up_s,
                 disposition_required, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) RETURNING id"
        ))
        .bind(&queue.name)
        .bind(&queue.strategy)
        .bind(queue.agent_timeout_s)
        .bind(queue.weight)
        .bind(queue.service_level_s)
        .bind(queue.last_agent_first)
        .bind(queue.wrap_up_s)
        .bind(queue.disposition_required)
        .one()
        .await?;
    Ok(made.id)
}

/// One, for a change; also if removed.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<Queue> {
    tx.query(sql!(
        "SELECT id, name, strategy, agent_timeout_s, weight, service_level_s, last_agent_first, wrap_up_s,
         disposition_required, last_asked, version, deleted_at FROM queue WHERE id = $1 {lock}"
    ))
    .bind(id)
    .one()
    .await
}

/// Saves what was changed since it was read; `false` if somebody else was first.
pub async fn save(tx: &mut Tx, queue: &Queue) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "UPDATE queue SET name = $3, strategy = $4, agent_timeout_s = $5, weight = $6, service_level_s = $7,
                 last_agent_first = $8, wrap_up_s = $9, deleted_at = $10,
                 disposition_required = $11, version = version + 1
             WHERE id = $1 AND version = $2"
        ))
        .bind(queue.id)
        .bind(queue.version)
        .bind(&queue.name)
        .bind(&queue.strategy)
        .bind(queue.agent_timeout_s)
        .bind(queue.weight)
        .bind(queue.service_level_s)
        .bind(queue.last_agent_first)
        .bind(queue.wrap_up_s)
        .bind(queue.deleted_at)
        .bind(queue.disposition_required)
        .execute()
        .await?;
    Ok(touched == 1)
}

/// Which of these ids are queues that were not removed. They stay so until the transaction ends.
pub async fn living(tx: &mut Tx, queues: &[i64]) -> Result<Vec<i64>> {
    let found: Vec<Id> = tx
        .query(sql!("SELECT id FROM queue WHERE deleted_at IS NULL AND id IN {ids $1} ORDER BY id {lock}"))
        .bind(ids(queues.iter().copied()))
        .all()
        .await?;
    Ok(found.into_iter().map(|row| row.id).collect())
}

/// Whether another queue has the name.
pub async fn name_taken(tx: &mut Tx, name: &str, except: i64) -> Result<bool> {
    let found: Vec<Id> = tx
        .query(sql!("SELECT id FROM queue WHERE deleted_at IS NULL AND lower(name) = lower($1) AND id <> $2"))
        .bind(name)
        .bind(except)
        .all()
        .await?;
    Ok(!found.is_empty())
}

#[derive(FromRow)]
struct Count {
    count: i64,
}

/// How many open interactions stand in it or came from it.
pub async fn open_work(tx: &mut Tx, queue: i64) -> Result<i64> {
    let found: Count = tx
        .query(sql!("SELECT count(*) AS count FROM interaction WHERE queue_id = $1 AND state <> 'closed'"))
        .bind(queue)
        .one()
        .await?;
    Ok(found.count)
}

/// Who is in it: users and teams. Users who were removed keep their place for their return.
pub async fn set_members(tx: &mut Tx, queue: i64, users: &[i64], teams: &[i64]) -> Result<()> {
    tx.query(sql!(
        r#"DELETE FROM queue_member WHERE queue_id = $1 AND (
               (user_id = 0 AND team_id NOT IN {ids $3})
               OR (team_id = 0 AND user_id NOT IN {ids $2}
                   AND user_id IN (SELECT id FROM "user" WHERE deleted_at IS NULL)))"#
    ))
    .bind(queue)
    .bind(ids(users.iter().copied()))
    .bind(ids(teams.iter().copied()))
    .execute()
    .await?;
    let members: Vec<Member> = users
        .iter()
        .map(|user| Member { queue_id: queue, user_id: *user, team_id: 0 })
        .chain(teams.iter().map(|team| Member { queue_id: queue, user_id: 0, team_id: *team }))
        .collect();
    tx.query(sql!(
        "INSERT INTO queue_member (queue_id, user_id, team_id)
         SELECT queue_id, user_id, team_id
         FROM {rows $1 r: queue_id bigint, user_id bigint, team_id bigint} WHERE TRUE ON CONFLICT DO NOTHING"
    ))
    .bind(rows(&members))
    .execute()
    .await?;
    Ok(())
}

pub async fn members_of(tx: &mut Tx, queue: i64) -> Result<Vec<Member>> {
    tx.query(sql!("SELECT queue_id, user_id, team_id FROM queue_member WHERE queue_id = $1 ORDER BY user_id, team_id"))
        .bind(queue)
        .all()
        .await
}
