//! Teams, and who is in them.

use pronto_db::{FromRow, Result, Tx, ids, rows, sql};
use serde::Serialize;

use crate::Id;

#[derive(Clone, Debug, FromRow)]
pub struct Team {
    pub id: i64,
    pub name: String,
    pub version: i64,
    pub deleted_at: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow, Serialize)]
pub struct Member {
    pub team_id: i64,
    pub user_id: i64,
}

pub async fn all(tx: &mut Tx) -> Result<Vec<Team>> {
    tx.query(sql!("SELECT id, name, version, deleted_at FROM team ORDER BY id")).all().await
}

pub async fn members(tx: &mut Tx) -> Result<Vec<Member>> {
    tx.query(sql!("SELECT team_id, user_id FROM team_member ORDER BY team_id, user_id")).all().await
}

pub async fn add(tx: &mut Tx, name: &str) -> Result<i64> {
    let made: Id =
        tx.query(sql!("INSERT INTO team (name, version) VALUES ($1, 1) RETURNING id")).bind(name).one().await?;
    Ok(made.id)
}

/// One, for a change; also if removed.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<Team> {
    tx.query(sql!("SELECT id, name, version, deleted_at FROM team WHERE id = $1 {lock}")).bind(id).one().await
}

/// Saves what was changed since it was read; `false` if somebody else was first.
pub async fn save(tx: &mut Tx, team: &Team) -> Result<bool> {
    let touched = tx
        .query(sql!("UPDATE team SET name = $3, deleted_at = $4, version = version + 1 WHERE id = $1 AND version = $2"))
        .bind(team.id)
        .bind(team.version)
        .bind(&team.name)
        .bind(team.deleted_at)
        .execute()
        .await?;
    Ok(touched == 1)
}

/// Moves the versions on: something else that is shown with them has changed.
pub async fn touch(tx: &mut Tx, teams: &[i64]) -> Result<()> {
    if teams.is_empty() {
        return Ok(());
    }
    tx.query(sql!("UPDATE team SET version = version + 1 WHERE id IN {ids $1}"))
        .bind(ids(teams.iter().copied()))
        .execute()
        .await?;
    Ok(())
}

/// Which of these ids are teams that were not removed.
pub async fn living(tx: &mut Tx, teams: &[i64]) -> Result<Vec<i64>> {
    let found: Vec<Id> = tx
        .query(sql!("SELECT id FROM team WHERE deleted_at IS NULL AND id IN {ids $1}"))
        .bind(ids(teams.iter().copied()))
        .all()
        .await?;
    Ok(found.into_iter().map(|row| row.id).collect())
}

/// Whether another team has the name.
pub async fn name_taken(tx: &mut Tx, name: &str, except: i64) -> Result<bool> {
    let found: Vec<Id> = tx
        .query(sql!("SELECT id FROM team WHERE deleted_at IS NULL AND lower(name) = lower($1) AND id <> $2"))
        .bind(name)
        .bind(except)
        .all()
        .await?;
    Ok(!found.is_empty())
}

pub async fn members_of(tx: &mut Tx, team: i64) -> Result<Vec<Member>> {
    tx.query(sql!("SELECT team_id, user_id FROM team_member WHERE team_id = $1 ORDER BY user_id"))
        .bind(team)
        .all()
        .await
}

pub async fn of_user(tx: &mut Tx, user: i64) -> Result<Vec<Member>> {
    tx.query(sql!("SELECT team_id, user_id FROM team_member WHERE user_id = $1 ORDER BY team_id"))
        .bind(user)
        .all()
        .await
}

/// Puts users in teams and takes others out of them.
pub async fn change(tx: &mut Tx, put: &[Member], take: &[Member]) -> Result<()> {
    if !take.is_empty() {
        tx.query(sql!(
            "DELETE FROM team_member WHERE (team_id, user_id) IN
                 (SELECT team_id, user_id FROM {rows $1 r: team_id bigint, user_id bigint})"
        ))
        .bind(rows(take))
        .execute()
        .await?;
    }
    if !put.is_empty() {
        tx.query(sql!(
            "INSERT INTO team_member (team_id, user_id)
             SELECT team_id, user_id FROM {rows $1 r: team_id bigint, user_id bigint} WHERE TRUE
             ON CONFLICT DO NOTHING"
        ))
        .bind(rows(put))
        .execute()
        .await?;
    }
    Ok(())
}
