//! Dispositions: the tree of how interactions may end. What was used is retired rather than deleted.

use std::collections::BTreeSet;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::disposition::{LEVELS, Scope};
use pronto_domain::id::{AccountId, DispositionId, QueueId, UserId};
use pronto_store as store;
use serde_json::{Value, json};
use store::Place;
use store::disposition::Disposition;
use store::millis;

use crate::act::record::{self, Record};
use crate::check::Check;
use crate::{Config, Error, Result};
use std::sync::Arc;

#[derive(Clone, Debug)]
pub struct Add {
    pub by: UserId,
    /// Its place in the tree; it is for what its parent is for.
    pub parent: Option<DispositionId>,
    pub scope: Scope,
    pub name: String,
    pub description: Option<String>,
    pub config: Arc<Config>,
}

/// What is `None` stays as it is.
#[derive(Clone, Debug)]
pub struct Change {
    pub by: UserId,
    pub id: DispositionId,
    /// The version it was made on.
    pub version: i64,
    pub name: Option<String>,
    pub description: Option<Option<String>>,
    /// Whether it can no longer be chosen, nor what stands below it.
    pub retired: Option<bool>,
}

#[derive(Clone, Debug)]
pub struct Remove {
    pub by: UserId,
    pub id: DispositionId,
}

/// The order of those that stand below one parent, or on the first level.
#[derive(Clone, Debug)]
pub struct Arrange {
    pub by: UserId,
    pub ids: Vec<DispositionId>,
}

pub async fn add(tx: &mut Tx, now: Timestamp, input: &Add) -> Result<DispositionId> {
    let all = store::disposition::all(tx).await?;
    let mut check = Check::default();
    let mut scope = (input.scope.word().to_owned(), input.scope.id());
    if let Some(parent) = input.parent {
        match all.iter().find(|one| one.id == parent.0 && one.retired_at.is_none()) {
            None => check.wrong("parent_id", "unknown", "there is no such disposition, or it is retired"),
            Some(found) if level(&all, found) >= LEVELS => {
                check.wrong("parent_id", "out_of_range", format!("at most {LEVELS} levels"));
            }
            Some(found) => scope = (found.scope.clone(), found.scope_id),
        }
    } else if !known(tx, &input.config, input.scope).await? {
        check.wrong("scope_id", "unknown", "there is no such list, account or queue");
    }
    let place = all.iter().map(|one| one.place).max().unwrap_or(0) + 1;
    let mut one = Disposition {
        id: 0,
        parent_id: input.parent.map(i64::from),
        scope: scope.0,
        scope_id: scope.1,
        name: input.name.trim().to_owned(),
        description: filled(input.description.as_deref()),
        place,
        version: 1,
        retired_at: None,
    };
    fits(&all, &one, &mut check);
    check.done()?;
    one.id = store::disposition::add(tx, &one).await?;
    write(tx, millis(now), input.by, "disposition.added", one.id, Value::Null, told(&one)).await?;
    Ok(DispositionId(one.id))
}

pub async fn change(tx: &mut Tx, now: Timestamp, input: &Change) -> Result<()> {
    let at = millis(now);
    let before = store::disposition::lock(tx, input.id.0).await?;
    if before.version != input.version {
        return Err(Error::Stale);
    }
    let mut one = before.clone();
    if let Some(name) = &input.name {
        name.trim().clone_into(&mut one.name);
    }
    if let Some(description) = &input.description {
        one.description = filled(description.as_deref());
    }
    match input.retired {
        Some(true) => one.retired_at = one.retired_at.or(Some(at)),
        Some(false) => one.retired_at = None,
        None => {}
    }
    let all = store::disposition::all(tx).await?;
    let mut check = Check::default();
    fits(&all, &one, &mut check);
    check.done()?;
    if !store::disposition::save(tx, &one).await? {
        return Err(Error::Stale);
    }
    write(tx, at, input.by, "disposition.changed", one.id, told(&before), told(&one)).await
}

/// Deletes one with all below it, if none of them was ever used.
pub async fn remove(tx: &mut Tx, now: Timestamp, input: &Remove) -> Result<()> {
    let before = store::disposition::lock(tx, input.id.0).await?;
    let all = store::disposition::all(tx).await?;
    let mut below = vec![before.id];
    let mut at = 0;
    while let Some(parent) = below.get(at).copied() {
        below.extend(all.iter().filter(|one| one.parent_id == Some(parent)).map(|one| one.id));
        at += 1;
    }
    let by_desk = store::account::all(tx)
        .await?
        .into_iter()
        .any(|account| account.closing.0.system_disposition.is_some_and(|disposition| below.contains(&disposition.0)));
    if by_desk || !store::disposition::used(tx, &below).await?.is_empty() {
        let detail = "it was used, so it can only be retired".to_owned();
        return Err(Error::Impossible { code: "disposition_used", detail });
    }
    for id in below.into_iter().rev() {
        store::disposition::delete(tx, id).await?;
    }
    write(tx, millis(now), input.by, "disposition.removed", before.id, told(&before), Value::Null).await
}

pub async fn arrange(tx: &mut Tx, now: Timestamp, input: &Arrange) -> Result<()> {
    let all = store::disposition::all(tx).await?;
    let wanted: BTreeSet<i64> = input.ids.iter().map(|id| id.0).collect();
    let moved: Vec<&Disposition> = all.iter().filter(|one| wanted.contains(&one.id)).collect();
    let beside = moved.first().map(|one| (one.parent_id, &one.scope, one.scope_id));
    if moved.len() != input.ids.len()
        || moved.iter().any(|one| Some((one.parent_id, &one.scope, one.scope_id)) != beside)
    {
        return Err(Error::invalid("ids", "unknown", "dispositions that stand beside each other, each once"));
    }
    let places = Place::shared_out(input.ids.iter().copied(), moved.iter().map(|one| one.place));
    store::disposition::arrange(tx, &places).await?;
    let before = json!(moved.iter().map(|one| one.id).collect::<Vec<_>>());
    let first = moved.first().map_or(0, |one| one.id);
    write(tx, millis(now), input.by, "disposition.arranged", first, before, json!(input.ids)).await
}

async fn known(tx: &mut Tx, config: &Config, scope: Scope) -> Result<bool> {
    Ok(match scope {
        Scope::Global => true,
        Scope::List(list) => store::contact_list::live(tx).await?.iter().any(|one| one.id == list.0),
        Scope::Account(AccountId(id)) => {
            config.accounts.get(&AccountId(id)).is_some_and(|account| account.row.deleted_at.is_none())
        }
        Scope::Queue(QueueId(id)) => {
            config.queues.get(&QueueId(id)).is_some_and(|queue| queue.row.deleted_at.is_none())
        }
    })
}

fn level(all: &[Disposition], one: &Disposition) -> usize {
    let mut level = 1;
    let mut parent = one.parent_id;
    while let Some(found) = parent.and_then(|id| all.iter().find(|other| other.id == id)) {
        level += 1;
        parent = found.parent_id;
    }
    level
}

fn fits(all: &[Disposition], one: &Disposition, check: &mut Check) {
    check.name("name", &one.name, 60);
    let same = |other: &Disposition| {
        other.id != one.id
            && other.retired_at.is_none()
            && (other.parent_id, &other.scope, other.scope_id) == (one.parent_id, &one.scope, one.scope_id)
            && other.name.to_lowercase() == one.name.to_lowercase()
    };
    if one.retired_at.is_none() && all.iter().any(same) {
        check.wrong("name", "taken", "another one beside it has this name");
    }
    check.length("description", one.description.as_deref().unwrap_or_default(), 200);
}

fn filled(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn told(one: &Disposition) -> Value {
    json!({
        "name": one.name, "description": one.description, "parent_id": one.parent_id, "scope": one.scope,
        "scope_id": one.scope_id, "retired": one.retired_at.is_some(),
    })
}

async fn write(tx: &mut Tx, at: i64, by: UserId, action: &str, id: i64, before: Value, after: Value) -> Result<()> {
    let subject = format!("disposition {id}");
    let record = Record { by: Some(by), action, subject, before, after, what: &["dispositions"] };
    record::write(tx, at, record).await
}
