//! Teams: people who are put in queues and on accounts together.

use std::collections::BTreeSet;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::{TeamId, UserId};
use pronto_store as store;
use serde_json::{Value, json};
use store::millis;
use store::team::{Member, Team};

use crate::act::member;
use crate::act::record::{self, Record};
use crate::check::Check;
use crate::{Error, Result};

#[derive(Clone, Debug)]
pub struct Add {
    pub by: UserId,
    pub name: String,
    pub user_ids: Vec<i64>,
}

/// What is `None` stays as it is.
#[derive(Clone, Debug)]
pub struct Change {
    pub by: UserId,
    pub id: TeamId,
    /// The version it was made on.
    pub version: i64,
    pub name: Option<String>,
    pub user_ids: Option<Vec<i64>>,
    /// `false` brings back a team that was removed.
    pub deleted: Option<bool>,
}

#[derive(Clone, Debug)]
pub struct Remove {
    pub by: UserId,
    pub id: TeamId,
}

pub async fn add(tx: &mut Tx, now: Timestamp, input: &Add) -> Result<TeamId> {
    let at = millis(now);
    let mut check = Check::default();
    let name = input.name.trim();
    fits(tx, 0, name, &mut check).await?;
    member::known(tx, &input.user_ids, &[], &mut check).await?;
    check.done()?;
    let id = store::team::add(tx, name).await?;
    set_users(tx, id, &input.user_ids).await?;
    let after = json!({ "name": name, "user_ids": input.user_ids });
    write(tx, at, input.by, "team.added", id, Value::Null, after).await?;
    record::tell(tx, at, &input.user_ids).await?;
    Ok(TeamId(id))
}

pub async fn change(tx: &mut Tx, now: Timestamp, input: &Change) -> Result<()> {
    let at = millis(now);
    let before = store::team::lock(tx, input.id.0).await?;
    if before.deleted_at.is_some() && input.deleted != Some(false) {
        return Err(pronto_db::Error::NotFound.into());
    }
    if before.version != input.version {
        return Err(Error::Stale);
    }
    let mut team = before.clone();
    if let Some(name) = &input.name {
        name.trim().clone_into(&mut team.name);
    }
    if input.deleted == Some(false) {
        team.deleted_at = None;
    }
    let mut check = Check::default();
    fits(tx, team.id, &team.name, &mut check).await?;
    if let Some(users) = &input.user_ids {
        member::known(tx, users, &[], &mut check).await?;
    }
    check.done()?;
    let users_before = users_of(tx, team.id).await?;
    if !store::team::save(tx, &team).await? {
        return Err(Error::Stale);
    }
    if let Some(users) = &input.user_ids {
        set_users(tx, team.id, users).await?;
    }
    let users_after = users_of(tx, team.id).await?;
    let action = if before.deleted_at.is_some() { "team.restored" } else { "team.changed" };
    let told = |team: &Team, users: &[i64]| json!({ "name": team.name, "user_ids": users });
    write(tx, at, input.by, action, team.id, told(&before, &users_before), told(&team, &users_after)).await?;
    tell(tx, at, &before, &users_before, &users_after).await
}

/// Removes a team. Its people stay; what it was a member of, they no longer are.
pub async fn remove(tx: &mut Tx, now: Timestamp, input: &Remove) -> Result<()> {
    let at = millis(now);
    let before = store::team::lock(tx, input.id.0).await?;
    if before.deleted_at.is_some() {
        return Err(pronto_db::Error::NotFound.into());
    }
    let users = users_of(tx, before.id).await?;
    let team = Team { deleted_at: Some(at), ..before };
    if !store::team::save(tx, &team).await? {
        return Err(Error::Stale);
    }
    write(tx, at, input.by, "team.removed", team.id, json!({ "deleted": false }), json!({ "deleted": true })).await?;
    record::tell(tx, at, &users).await
}

async fn fits(tx: &mut Tx, id: i64, name: &str, check: &mut Check) -> Result<()> {
    check.name("name", name, 100);
    if store::team::name_taken(tx, name, id).await? {
        check.wrong("name", "taken", "another team has this name");
    }
    Ok(())
}

/// Those in it who were not removed.
async fn users_of(tx: &mut Tx, team: i64) -> Result<Vec<i64>> {
    let all: Vec<i64> = store::team::members_of(tx, team).await?.iter().map(|member| member.user_id).collect();
    let mut living = store::user::living(tx, &all).await?;
    living.sort_unstable();
    Ok(living)
}

async fn set_users(tx: &mut Tx, team: i64, users: &[i64]) -> Result<()> {
    let before: BTreeSet<i64> = users_of(tx, team).await?.into_iter().collect();
    let after: BTreeSet<i64> = users.iter().copied().collect();
    let member = |user_id: &i64| Member { team_id: team, user_id: *user_id };
    let put: Vec<Member> = after.difference(&before).map(member).collect();
    let take: Vec<Member> = before.difference(&after).map(member).collect();
    store::team::change(tx, &put, &take).await?;
    let changed: Vec<i64> = after.symmetric_difference(&before).copied().collect();
    store::user::touch(tx, &changed).await?;
    Ok(())
}

async fn tell(tx: &mut Tx, at: i64, before: &Team, were: &[i64], are: &[i64]) -> Result<()> {
    let (were, are): (BTreeSet<i64>, BTreeSet<i64>) = (were.iter().copied().collect(), are.iter().copied().collect());
    let concerned: Vec<i64> = if before.deleted_at.is_some() {
        are.into_iter().collect()
    } else {
        were.symmetric_difference(&are).copied().collect()
    };
    record::tell(tx, at, &concerned).await
}

async fn write(tx: &mut Tx, at: i64, by: UserId, action: &str, id: i64, before: Value, after: Value) -> Result<()> {
    let what: &[&str] = &["teams", "users", "queues", "accounts"];
    let record = Record { by: Some(by), action, subject: format!("team {id}"), before, after, what };
    record::write(tx, at, record).await
}
