use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::{ControlError, Result};
use crate::live::News;
use crate::network::{Network, person};
use crate::store::Connection;
use crate::store::phones::{self, PhoneRow};
use crate::{ids, number};

const NAME_LONGEST: usize = 60;
const MOST_PHONES: usize = 500;

pub(crate) async fn find(db: &mut Connection, id: &str) -> Result<PhoneRow> {
    phones::find(db, id).await?.ok_or_else(|| ControlError::NotFound("phone", id.to_owned()))
}

pub(crate) async fn list(State(network): State<Arc<Network>>) -> Result<Json<Value>> {
    let mut db = network.store.reader.acquire().await?;
    let shown = phones::shown(&mut db).await?;
    Ok(Json(json!({"phones": person::views(&mut db, &shown).await?})))
}

pub(crate) async fn show(State(network): State<Arc<Network>>, Path(id): Path<String>) -> Result<Json<Value>> {
    let mut db = network.store.reader.acquire().await?;
    let phone = find(&mut db, &id).await?;
    Ok(Json(person::view(&mut db, &phone).await?))
}

/// A person who gets a phone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPhone {
    id: Option<String>,
    name: String,
    /// Any spelling with the country; a free Italian one when absent.
    number: Option<String>,
    #[serde(default)]
    hidden_number: bool,
    username: Option<String>,
}

pub(crate) async fn add(
    State(network): State<Arc<Network>>,
    body: Result<Json<NewPhone>, JsonRejection>,
) -> Result<(StatusCode, Json<Value>)> {
    let Json(new) = body?;
    let name = new.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > NAME_LONGEST {
        return Err(ControlError::invalid(format!("a name has between 1 and {NAME_LONGEST} characters")));
    }
    let digits = match &new.number {
        Some(text) => checked_number(text)?,
        None => number::free(),
    };
    let mut act = network.begin().await?;
    if phones::shown(act.db()).await?.len() >= MOST_PHONES {
        return Err(ControlError::Conflict(format!("there are {MOST_PHONES} phones already")));
    }
    let id = match new.id {
        Some(id) => checked_id(id)?,
        None => free_id(act.db(), &name).await?,
    };
    let phone = PhoneRow {
        id,
        name,
        user_id: ids::user_id(number::country(&digits).1),
        number: digits,
        username: new.username.as_deref().map(checked_username).transpose()?,
        hidden_number: new.hidden_number,
        online: true,
        blocked: false,
        synthetic: false,
    };
    if !phones::add(act.db(), &phone).await? {
        return Err(ControlError::Conflict("the id or the number is taken by another phone".to_owned()));
    }
    act.tell(News::Resync);
    let view = person::view(act.db(), &phone).await?;
    act.commit().await?;
    Ok((StatusCode::CREATED, Json(view)))
}

fn checked_number(text: &str) -> Result<String> {
    if !number::plausible(text) {
        return Err(ControlError::invalid("a number has between 5 and 15 digits, with the country first"));
    }
    Ok(number::digits(text))
}

fn checked_id(id: String) -> Result<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if (1..=64).contains(&id.len()) && id.chars().all(plain) {
        return Ok(id);
    }
    Err(ControlError::invalid("an id has at most 64 letters, digits, - and _"))
}

fn checked_username(text: &str) -> Result<String> {
    let bare = text.trim_start_matches('@');
    if (3..=35).contains(&bare.chars().count()) {
        return Ok(format!("@{bare}"));
    }
    Err(ControlError::invalid("a username has between 3 and 35 characters"))
}

/// The first name in lowercase, numbered when somebody has it already.
async fn free_id(db: &mut Connection, name: &str) -> Result<String> {
    let first: String = name
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let base = if first.is_empty() { "phone".to_owned() } else { first };
    let mut id = base.clone();
    let mut count = 1;
    while phones::find(&mut *db, &id).await?.is_some() {
        count += 1;
        id = format!("{base}-{count}");
    }
    Ok(id)
}

/// What of a phone changes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PhoneChange {
    online: Option<bool>,
    number: Option<String>,
    blocked: Option<bool>,
    name: Option<String>,
    hidden_number: Option<bool>,
    username: Option<String>,
}

pub(crate) async fn change(
    State(network): State<Arc<Network>>,
    Path(id): Path<String>,
    body: Result<Json<PhoneChange>, JsonRejection>,
) -> Result<Json<Value>> {
    let Json(change) = body?;
    let mut act = network.begin().await?;
    let mut phone = find(act.db(), &id).await?;
    if let Some(name) = change.name {
        phone.name = name.chars().take(NAME_LONGEST).collect();
    }
    if let Some(hidden) = change.hidden_number {
        phone.hidden_number = hidden;
    }
    if let Some(username) = &change.username {
        phone.username = if username.is_empty() { None } else { Some(checked_username(username)?) };
    }
    phones::save(act.db(), &phone).await?;
    if let Some(text) = change.number {
        let digits = checked_number(&text)?;
        if phones::by_number(act.db(), &digits).await?.is_some_and(|other| other.id != phone.id) {
            return Err(ControlError::Conflict("the number is taken by another phone".to_owned()));
        }
        if digits != phone.number {
            act.change_number(&mut phone, &digits).await?;
        }
    }
    if let Some(blocked) = change.blocked {
        act.set_blocked(&mut phone, blocked).await?;
    }
    if let Some(online) = change.online {
        act.switch(&mut phone, online).await?;
    }
    act.tell(News::Phone(phone.id.clone()));
    let view = person::view(act.db(), &phone).await?;
    act.commit().await?;
    Ok(Json(view))
}

pub(crate) async fn remove(State(network): State<Arc<Network>>, Path(id): Path<String>) -> Result<StatusCode> {
    let mut act = network.begin().await?;
    if !phones::remove(act.db(), &id).await? {
        return Err(ControlError::NotFound("phone", id));
    }
    act.tell(News::Resync);
    act.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn reset(State(network): State<Arc<Network>>) -> Result<StatusCode> {
    network.reset().await?;
    Ok(StatusCode::NO_CONTENT)
}
