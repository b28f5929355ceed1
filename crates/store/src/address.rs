//! Customers' addresses: what a provider knows them by, on one account.

use pronto_db::{FromRow, Result, Tx, ids, rows, sql};
use serde::Serialize;

#[derive(Clone, Debug, FromRow)]
pub struct Address {
    pub id: i64,
    pub account_id: i64,
    pub key: String,
    pub digits: Option<String>,
    pub user_id: Option<String>,
    pub profile_name: Option<String>,
    pub username: Option<String>,
    pub contact_id: Option<i64>,
    pub latest_inbound_at: Option<i64>,
    pub first_inbound_at: Option<i64>,
    pub first_template_at: Option<i64>,
    pub shut_by_provider_at: Option<i64>,
    pub window_expires_at: Option<i64>,
    pub window_cause: Option<String>,
    pub last_interaction_id: Option<i64>,
    pub recontact_id: Option<i64>,
    pub recontact_at: Option<i64>,
    pub recontact_until: Option<i64>,
    pub blocked: bool,
    pub version: i64,
}

#[derive(Clone, Debug, Serialize, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Alias {
    pub account_id: i64,
    pub alias: String,
}

#[derive(Clone, Debug, FromRow)]
pub struct KnownAlias {
    pub account_id: i64,
    pub alias: String,
    pub address_id: i64,
}

/// Which addresses go by these names.
pub async fn known(tx: &mut Tx, aliases: &[Alias]) -> Result<Vec<KnownAlias>> {
    tx.query(sql!(
        "SELECT a.account_id, a.alias, a.address_id FROM {rows $1 r: account_id bigint, alias text}
         JOIN address_alias a ON a.account_id = r.account_id AND a.alias = r.alias"
    ))
    .bind(rows(aliases))
    .all()
    .await
}

pub async fn by_ids(tx: &mut Tx, addresses: &[i64]) -> Result<Vec<Address>> {
    tx.query(sql!(
        "SELECT id, account_id, key, digits, user_id, profile_name, username, contact_id, latest_inbound_at,
         first_inbound_at, first_template_at, shut_by_provider_at, window_expires_at, window_cause,
         last_interaction_id, recontact_id, recontact_at, recontact_until, blocked,
         version FROM address WHERE id IN {ids $1}"
    ))
    .bind(ids(addresses.iter().copied()))
    .all()
    .await
}

/// The same, locked until the transaction ends; in id order, so that two nodes never wait for each other.
pub async fn lock(tx: &mut Tx, addresses: &[i64]) -> Result<Vec<Address>> {
    tx.query(sql!(
        "SELECT id, account_id, key, digits, user_id, profile_name, username, contact_id, latest_inbound_at,
         first_inbound_at, first_template_at, shut_by_provider_at, window_expires_at, window_cause,
         last_interaction_id, recontact_id, recontact_at, recontact_until, blocked,
         version FROM address WHERE id IN {ids $1} ORDER BY id {lock}"
    ))
    .bind(ids(addresses.iter().copied()))
    .all()
    .await
}

pub async fn of_contact(tx: &mut Tx, contact: i64) -> Result<Vec<Address>> {
    tx.query(sql!(
        "SELECT id, account_id, key, digits, user_id, profile_name, username, contact_id, latest_inbound_at,
         first_inbound_at, first_template_at, shut_by_provider_at, window_expires_at, window_cause,
         last_interaction_id, recontact_id, recontact_at, recontact_until, blocked,
         version FROM address WHERE contact_id = $1"
    ))
    .bind(contact)
    .all()
    .await
}

pub async fn by_id(tx: &mut Tx, address: i64) -> Result<Address> {
    by_ids(tx, &[address]).await?.pop().ok_or(pronto_db::Error::NotFound)
}

#[derive(Clone, Debug, Serialize)]
pub struct New {
    pub account_id: i64,
    pub key: String,
    pub digits: Option<String>,
    pub user_id: Option<String>,
    pub profile_name: Option<String>,
    pub username: Option<String>,
    pub contact_id: Option<i64>,
}

#[derive(Clone, Debug, FromRow)]
pub struct Made {
    pub id: i64,
    pub account_id: i64,
    pub key: String,
}

/// Makes addresses; one that another node made meanwhile is refused as a conflict, and the act runs again.
pub async fn add(tx: &mut Tx, addresses: &[New], now: i64) -> Result<Vec<Made>> {
    tx.query(sql!(
        "INSERT INTO address (account_id, key, digits, user_id, profile_name, username, contact_id, version, created_at)
         SELECT account_id, key, digits, user_id, profile_name, username, contact_id, 1, $2
         FROM {rows $1 r: account_id bigint, key text, digits text, user_id text, profile_name text, username text,
               contact_id bigint}
         WHERE TRUE RETURNING id, account_id, key"
    ))
    .bind(rows(addresses))
    .bind(now)
    .all()
    .await
}

#[derive(Clone, Debug, Serialize)]
pub struct NewAlias {
    pub account_id: i64,
    pub alias: String,
    pub address_id: i64,
}

pub async fn add_aliases(tx: &mut Tx, aliases: &[NewAlias]) -> Result<()> {
    if aliases.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "INSERT INTO address_alias (account_id, alias, address_id)
         SELECT account_id, alias, address_id FROM {rows $1 r: account_id bigint, alias text, address_id bigint}
         WHERE TRUE ON CONFLICT (account_id, alias) DO NOTHING"
    ))
    .bind(rows(aliases))
    .execute()
    .await?;
    Ok(())
}

/// Keeps it from anybody's time, or no longer.
pub async fn set_blocked(tx: &mut Tx, address: i64, blocked: bool) -> Result<()> {
    tx.query(sql!("UPDATE address SET blocked = $2, version = version + 1 WHERE id = $1"))
        .bind(address)
        .bind(blocked)
        .execute()
        .await?;
    Ok(())
}

/// What a received message changes.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    pub id: i64,
    pub digits: Option<String>,
    pub user_id: Option<String>,
    pub profile_name: Option<String>,
    pub username: Option<String>,
    pub contact_id: Option<i64>,
    pub latest_inbound_at: Option<i64>,
    pub first_inbound_at: Option<i64>,
    pub first_template_at: Option<i64>,
    pub shut_by_provider_at: Option<i64>,
    pub window_expires_at: Option<i64>,
    pub window_cause: Option<String>,
    pub last_interaction_id: Option<i64>,
    pub recontact_id: Option<i64>,
    pub recontact_at: Option<i64>,
    pub recontact_until: Option<i64>,
}

pub async fn save(tx: &mut Tx, changes: &[Change]) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "UPDATE address SET digits = r.digits, user_id = r.user_id, profile_name = r.profile_name,
             username = r.username, contact_id = r.contact_id, latest_inbound_at = r.latest_inbound_at,
             first_inbound_at = r.first_inbound_at, first_template_at = r.first_template_at,
             shut_by_provider_at = r.shut_by_provider_at, window_expires_at = r.window_expires_at,
             window_cause = r.window_cause, last_interaction_id = r.last_interaction_id, recontact_id = r.recontact_id,
             recontact_at = r.recontact_at, recontact_until = r.recontact_until, version = version + 1
         FROM {rows $1 r: id bigint, digits text, user_id text, profile_name text, username text, contact_id bigint,
               latest_inbound_at bigint, first_inbound_at bigint, first_template_at bigint,
               shut_by_provider_at bigint, window_expires_at bigint, window_cause text, last_interaction_id bigint,
               recontact_id bigint, recontact_at bigint, recontact_until bigint}
         WHERE address.id = r.id"
    ))
    .bind(rows(changes))
    .execute()
    .await?;
    Ok(())
}

impl From<&Address> for Change {
    fn from(address: &Address) -> Self {
        let Address { id, digits, user_id, profile_name, username, contact_id, .. } = address.clone();
        Self {
            id,
            digits,
            user_id,
            profile_name,
            username,
            contact_id,
            latest_inbound_at: address.latest_inbound_at,
            first_inbound_at: address.first_inbound_at,
            first_template_at: address.first_template_at,
            shut_by_provider_at: address.shut_by_provider_at,
            window_expires_at: address.window_expires_at,
            window_cause: address.window_cause.clone(),
            last_interaction_id: address.last_interaction_id,
            recontact_id: address.recontact_id,
            recontact_at: address.recontact_at,
            recontact_until: address.recontact_until,
        }
    }
}

/// These messages have failed: where one was a recontact template, none is pending any more.
pub async fn recontact_failed(tx: &mut Tx, messages: &[i64]) -> Result<()> {
    if messages.is_empty() {
        return Ok(());
    }
    tx.query(sql!(
        "UPDATE address SET recontact_id = NULL, recontact_at = NULL, recontact_until = NULL, version = version + 1
         WHERE recontact_id IN {ids $1}"
    ))
    .bind(ids(messages.iter().copied()))
    .execute()
    .await?;
    Ok(())
}
