//! Lists of contacts: which there are, and who may do what in them.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::contact::Level;
use pronto_domain::id::{ContactListId, UserId};
use pronto_store as store;
use serde_json::{Value, json};
use store::contact_list::{ContactList, Member};
use store::millis;

use crate::act::record::{self, Record};
use crate::check::Check;
use crate::{Error, Result};

/// The collection of the API they stand in. What somebody may do has changed with it.
const WHAT: &[&str] = &["contact_lists", "me"];
const AT_MOST: usize = 200;

/// What a user or a team may do.
#[derive(Clone, Debug)]
pub struct Given {
    pub user: Option<i64>,
    pub team: Option<i64>,
    pub level: Level,
    pub export: bool,
}

/// What is `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    pub name: Option<String>,
    pub description: Option<Option<String>>,
    /// All whom it names; nobody: the profiles decide.
    pub members: Option<Vec<Given>>,
}

#[derive(Clone, Debug)]
pub struct Add {
    pub by: UserId,
    pub fields: Fields,
}

#[derive(Clone, Debug)]
pub struct Change {
    pub by: UserId,
    pub id: ContactListId,
    /// The version it was made on.
    pub version: i64,
    pub fields: Fields,
    /// `true` deletes it, `false` brings it back.
    pub deleted: Option<bool>,
}

pub async fn add(tx: &mut Tx, now: Timestamp, input: &Add) -> Result<ContactListId> {
    let at = millis(now);
    let mut list =
        ContactList { id: 0, name: String::new(), description: None, version: 1, created_at: at, deleted_at: None };
    let members = fits(tx, &mut list, &input.fields).await?;
    list.id = store::contact_list::add(tx, &list.name, list.description.as_deref(), at).await?;
    if let Some(members) = &members {
        store::contact_list::set_members(tx, list.id, members).await?;
    }
    let after = told(&list, members.as_deref().unwrap_or_default());
    write(tx, at, input.by, "contact_list.added", list.id, Value::Null, after).await?;
    Ok(ContactListId(list.id))
}

pub async fn change(tx: &mut Tx, now: Timestamp, input: &Change) -> Result<()> {
    let at = millis(now);
    let before = store::contact_list::lock(tx, input.id.0).await?;
    if before.version != input.version {
        return Err(Error::Stale);
    }
    let were: Vec<Member> = members(tx, before.id).await?;
    let mut list = before.clone();
    let members = fits(tx, &mut list, &input.fields).await?;
    match input.deleted {
        Some(true) if before.deleted_at.is_none() => {
            unused(tx, list.id).await?;
            list.deleted_at = Some(at);
        }
        Some(false) => list.deleted_at = None,
        _ => {}
    }
    if !store::contact_list::save(tx, &list).await? {
        return Err(Error::Stale);
    }
    if let Some(members) = &members {
        store::contact_list::set_members(tx, list.id, members).await?;
    }
    let after = told(&list, members.as_ref().unwrap_or(&were));
    write(tx, at, input.by, "contact_list.changed", list.id, told(&before, &were), after).await
}

async fn members(tx: &mut Tx, list: i64) -> Result<Vec<Member>> {
    let all = store::contact_list::members(tx).await?;
    Ok(all.into_iter().filter(|member| member.list_id == list).collect())
}

/// One with contacts, or to which an account's unknown senders go, stays.
async fn unused(tx: &mut Tx, list: i64) -> Result<()> {
    if !store::contact_list::accounts(tx, list).await?.is_empty() {
        let detail = "an account's unknown senders go to this list; choose another there first".to_owned();
        return Err(Error::Impossible { code: "list_of_account", detail });
    }
    if store::contact_list::holds_any(tx, list).await? {
        let detail = "the list has contacts; move or delete them first".to_owned();
        return Err(Error::Impossible { code: "list_in_use", detail });
    }
    Ok(())
}

/// Writes what is given onto a list; answers whom it names, where that is given.
async fn fits(tx: &mut Tx, list: &mut ContactList, fields: &Fields) -> Result<Option<Vec<Member>>> {
    let mut check = Check::default();
    if let Some(name) = &fields.name {
        name.trim().clone_into(&mut list.name);
    }
    check.name("name", &list.name, 80);
    let all = store::contact_list::all(tx).await?;
    let same = |other: &&ContactList| other.id != list.id && other.name.to_lowercase() == list.name.to_lowercase();
    if let Some(other) = all.iter().find(same) {
        let detail =
            if other.deleted_at.is_some() { "a deleted list has this name" } else { "another list has this name" };
        check.wrong("name", "taken", detail);
    }
    if list.id == 0 && all.len() >= AT_MOST {
        check.wrong("name", "too_many", format!("at most {AT_MOST} lists"));
    }
    if let Some(description) = &fields.description {
        list.description = description.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        check.length("description", list.description.as_deref().unwrap_or_default(), 400);
    }
    let members = match &fields.members {
        Some(given) => Some(named(tx, list.id, given, &mut check).await?),
        None => None,
    };
    check.done()?;
    Ok(members)
}

async fn named(tx: &mut Tx, list: i64, given: &[Given], check: &mut Check) -> Result<Vec<Member>> {
    let users = store::user::all(tx).await?;
    let teams = store::team::all(tx).await?;
    let mut members: Vec<Member> = Vec::with_capacity(given.len());
    for (index, one) in given.iter().enumerate() {
        let path = format!("members[{index}]");
        let member = Member {
            list_id: list,
            user_id: one.user.unwrap_or(0),
            team_id: one.team.unwrap_or(0),
            level: one.level.as_str().to_owned(),
            export: one.export,
        };
        match (one.user, one.team) {
            (Some(user), None) if users.iter().any(|known| known.id == user && known.deleted_at.is_none()) => {}
            (None, Some(team)) if teams.iter().any(|known| known.id == team && known.deleted_at.is_none()) => {}
            (Some(_), None) => check.wrong(format!("{path}.user_id"), "unknown", "there is no such user"),
            (None, Some(_)) => check.wrong(format!("{path}.team_id"), "unknown", "there is no such team"),
            _ => check.wrong(path.clone(), "required", "either a user or a team"),
        }
        if members.iter().any(|other| (other.user_id, other.team_id) == (member.user_id, member.team_id)) {
            check.wrong(path, "taken", "this one is named already");
        }
        members.push(member);
    }
    Ok(members)
}

fn told(list: &ContactList, members: &[Member]) -> Value {
    json!({ "name": list.name, "description": list.description, "deleted": list.deleted_at.is_some(),
        "members": members })
}

async fn write(tx: &mut Tx, at: i64, by: UserId, action: &str, id: i64, before: Value, after: Value) -> Result<()> {
    let subject = format!("contact_list {id}");
    record::write(tx, at, Record { by: Some(by), action, subject, before, after, what: WHAT }).await
}
