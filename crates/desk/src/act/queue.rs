//! Queues: sets of agents with an offering strategy.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::{QueueId, UserId};
use pronto_domain::routing::Strategy;
use pronto_store as store;
use serde_json::{Value, json};
use store::millis;
use store::queue::Queue;

use crate::act::member;
use crate::act::record::{self, Record};
use crate::check::Check;
use crate::{Error, Result};

/// A day: the longest of every timeout.
const DAY: i64 = 86_400;

/// What is `None` stays as it is, or as a new queue has it.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    pub name: Option<String>,
    pub strategy: Option<Strategy>,
    pub agent_timeout_s: Option<i64>,
    pub weight: Option<i64>,
    pub service_level_s: Option<i64>,
    pub last_agent_first: Option<bool>,
    pub wrap_up_s: Option<i64>,
    pub disposition_required: Option<bool>,
    pub user_ids: Option<Vec<i64>>,
    pub team_ids: Option<Vec<i64>>,
}

#[derive(Clone, Debug)]
pub struct Add {
    pub by: UserId,
    pub fields: Fields,
}

#[derive(Clone, Debug)]
pub struct Change {
    pub by: UserId,
    pub id: QueueId,
    /// The version it was made on.
    pub version: i64,
    pub fields: Fields,
    /// `false` brings back a queue that was removed.
    pub deleted: Option<bool>,
}

#[derive(Clone, Debug)]
pub struct Remove {
    pub by: UserId,
    pub id: QueueId,
}

pub async fn add(tx: &mut Tx, now: Timestamp, input: &Add) -> Result<QueueId> {
    let at = millis(now);
    let mut queue = Queue {
        id: 0,
        name: String::new(),
        strategy: Strategy::BeepAll.as_str().to_owned(),
        agent_timeout_s: 30,
        weight: 5,
        service_level_s: 0,
        last_agent_first: false,
        wrap_up_s: 0,
        disposition_required: false,
        last_asked: None,
        version: 1,
        deleted_at: None,
    };
    input.fields.apply(&mut queue);
    fits(tx, &queue, &input.fields).await?;
    queue.id = store::queue::add(tx, &queue).await?;
    let members = set_members(tx, queue.id, &input.fields).await?;
    write(tx, at, input.by, "queue.added", queue.id, Value::Null, told(&queue, &members)).await?;
    Ok(QueueId(queue.id))
}

pub async fn change(tx: &mut Tx, now: Timestamp, input: &Change) -> Result<()> {
    let at = millis(now);
    let before = store::queue::lock(tx, input.id.0).await?;
    if before.deleted_at.is_some() && input.deleted != Some(false) {
        return Err(pronto_db::Error::NotFound.into());
    }
    if before.version != input.version {
        return Err(Error::Stale);
    }
    let mut queue = before.clone();
    input.fields.apply(&mut queue);
    if input.deleted == Some(false) {
        queue.deleted_at = None;
    }
    fits(tx, &queue, &input.fields).await?;
    if !store::queue::save(tx, &queue).await? {
        return Err(Error::Stale);
    }
    let members_before = store::queue::members_of(tx, queue.id).await?;
    let members = set_members(tx, queue.id, &input.fields).await?;
    let action = if before.deleted_at.is_some() { "queue.restored" } else { "queue.changed" };
    write(tx, at, input.by, action, queue.id, told(&before, &members_before), told(&queue, &members)).await
}

/// Removes a queue nothing waits in and nothing leads to.
pub async fn remove(tx: &mut Tx, now: Timestamp, input: &Remove) -> Result<()> {
    let at = millis(now);
    let before = store::queue::lock(tx, input.id.0).await?;
    if before.deleted_at.is_some() {
        return Err(pronto_db::Error::NotFound.into());
    }
    let open = store::queue::open_work(tx, before.id).await?;
    if open > 0 {
        return Err(Error::InUse { open });
    }
    let leading: Vec<String> = store::account::all(tx)
        .await?
        .into_iter()
        .filter(|account| account.deleted_at.is_none() && account.leads_to(before.id))
        .map(|account| account.name)
        .collect();
    if !leading.is_empty() {
        let detail = format!("accounts lead to this queue: {}", leading.join(", "));
        return Err(Error::Impossible { code: "in_use", detail });
    }
    let queue = Queue { deleted_at: Some(at), ..before };
    if !store::queue::save(tx, &queue).await? {
        return Err(Error::Stale);
    }
    write(tx, at, input.by, "queue.removed", queue.id, json!({ "deleted": false }), json!({ "deleted": true })).await
}

impl Fields {
    fn apply(&self, queue: &mut Queue) {
        if let Some(name) = &self.name {
            name.trim().clone_into(&mut queue.name);
        }
        if let Some(strategy) = self.strategy {
            strategy.as_str().clone_into(&mut queue.strategy);
        }
        queue.agent_timeout_s = self.agent_timeout_s.unwrap_or(queue.agent_timeout_s);
        queue.weight = self.weight.unwrap_or(queue.weight);
        queue.service_level_s = self.service_level_s.unwrap_or(queue.service_level_s);
        queue.last_agent_first = self.last_agent_first.unwrap_or(queue.last_agent_first);
        queue.wrap_up_s = self.wrap_up_s.unwrap_or(queue.wrap_up_s);
        queue.disposition_required = self.disposition_required.unwrap_or(queue.disposition_required);
    }
}

async fn fits(tx: &mut Tx, queue: &Queue, fields: &Fields) -> Result<()> {
    let mut check = Check::default();
    check.name("name", &queue.name, 100);
    if store::queue::name_taken(tx, &queue.name, queue.id).await? {
        check.wrong("name", "taken", "another queue has this name");
    }
    check.range("agent_timeout_s", queue.agent_timeout_s, 1, DAY);
    check.range("weight", queue.weight, 0, 10);
    check.range("service_level_s", queue.service_level_s, 0, DAY);
    check.range("wrap_up_s", queue.wrap_up_s, 0, DAY);
    let (users, teams) = (fields.user_ids.as_deref(), fields.team_ids.as_deref());
    member::known(tx, users.unwrap_or_default(), teams.unwrap_or_default(), &mut check).await?;
    check.done()
}

/// Sets the members that are given, and answers all.
async fn set_members(tx: &mut Tx, queue: i64, fields: &Fields) -> Result<Vec<store::queue::Member>> {
    let members = store::queue::members_of(tx, queue).await?;
    if fields.user_ids.is_none() && fields.team_ids.is_none() {
        return Ok(members);
    }
    let users = members.iter().map(|member| member.user_id).filter(|id| *id != 0).collect();
    let teams = members.iter().map(|member| member.team_id).filter(|id| *id != 0).collect();
    let users: Vec<i64> = fields.user_ids.clone().unwrap_or(users);
    let teams: Vec<i64> = fields.team_ids.clone().unwrap_or(teams);
    store::queue::set_members(tx, queue, &users, &teams).await?;
    Ok(store::queue::members_of(tx, queue).await?)
}

fn told(queue: &Queue, members: &[store::queue::Member]) -> Value {
    json!({
        "name": queue.name, "strategy": queue.strategy, "agent_timeout_s": queue.agent_timeout_s,
        "weight": queue.weight, "service_level_s": queue.service_level_s,
        "last_agent_first": queue.last_agent_first, "wrap_up_s": queue.wrap_up_s,
        "disposition_required": queue.disposition_required,
        "user_ids": members.iter().map(|member| member.user_id).filter(|id| *id != 0).collect::<Vec<_>>(),
        "team_ids": members.iter().map(|member| member.team_id).filter(|id| *id != 0).collect::<Vec<_>>(),
    })
}

async fn write(tx: &mut Tx, at: i64, by: UserId, action: &str, id: i64, before: Value, after: Value) -> Result<()> {
    let record = Record { by: Some(by), action, subject: format!("queue {id}"), before, after, what: &["queues"] };
    record::write(tx, at, record).await?;
    // Its card may have come to somebody's dashboard, or gone.
    Ok(store::event::append(tx, &[store::event::New::of(store::event::Kind::Queue, id)], at).await?)
}
