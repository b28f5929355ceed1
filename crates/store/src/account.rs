//! Accounts: WhatsApp numbers with their credentials (sealed), flow and settings.

use pronto_db::{FromRow, Json, Result, Tx, ids, rows, sql};
use pronto_domain::account::Closing;
use pronto_domain::flow::Step;
use pronto_domain::message::UnknownWord;
use pronto_domain::provider::{Capabilities, Connection};
use pronto_domain::transfer::Handing;
use serde::Serialize;

use crate::Id;

#[derive(Clone, Debug, FromRow)]
pub struct Account {
    pub id: i64,
    pub key: String,
    pub name: String,
    pub provider: String,
    pub phone: Option<String>,
    pub base_url: String,
    pub phone_number_id: String,
    pub business_account_id: String,
    pub app_id: Option<String>,
    pub access_token: Option<Vec<u8>>,
    pub app_secret: Option<Vec<u8>>,
    pub verify_token: Option<Vec<u8>>,
    pub second_token: Option<Vec<u8>>,
    pub connection: Json<Connection>,
    pub flow: Json<Vec<Step>>,
    pub default_queue_id: i64,
    pub list_id: i64,
    pub window_rule: String,
    pub grace_s: i64,
    pub rate_per_s: i64,
    pub create_contact: bool,
    pub take_from_bot: bool,
    pub closing: Json<Closing>,
    pub transfer: Json<Handing>,
    pub health: String,
    pub health_detail: Option<String>,
    pub health_at: Option<i64>,
    pub version: i64,
    pub deleted_at: Option<i64>,
}

/// A user or a team associated with an account; the other id is 0.
#[derive(Clone, Copy, Debug, FromRow, Serialize)]
pub struct Member {
    pub account_id: i64,
    pub user_id: i64,
    pub team_id: i64,
}

pub async fn all(tx: &mut Tx) -> Result<Vec<Account>> {
    tx.query(sql!(
        "SELECT id, key, name, provider, phone, base_url, phone_number_id, business_account_id, app_id, access_token,
         app_secret, verify_token, second_token, connection, flow, default_queue_id, list_id, window_rule, grace_s, rate_per_s,
         create_contact, take_from_bot, closing, transfer, health, health_detail, health_at, version, deleted_at FROM account ORDER BY id"
    ))
    .all()
    .await
}

pub async fn members(tx: &mut Tx) -> Result<Vec<Member>> {
    tx.query(sql!("SELECT account_id, user_id, team_id FROM account_member ORDER BY account_id, user_id, team_id"))
        .all()
        .await
}

/// Adds one; its id, version and rate bucket are the database's.
pub async fn add(tx: &mut Tx, account: &Account) -> Result<i64> {
    let made: Id = tx
        .query(sql!(
            "INSERT INTO account (key, name, provider, phone, base_url, phone_number_id, business_account_id, app_id,
                 access_token, app_secret, verify_token, flow, default_queue_id, list_id, window_rule, grace_s,
                 rate_per_s, create_contact, take_from_bot, closing, transfer, second_token, connection, health, bucket,
                 bucket_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                 $23, 'unknown', 0, 0, 1) RETURNING id"
        ))
        .bind(&account.key)
        .bind(&account.name)
        .bind(&account.provider)
        .bind(account.phone.as_deref())
        .bind(&account.base_url)
        .bind(&account.phone_number_id)
        .bind(&account.business_account_id)
        .bind(account.app_id.as_deref())
        .bind(account.access_token.clone())
        .bind(account.app_secret.clone())
        .bind(account.verify_token.clone())
        .bind_json(&account.flow.0)
        .bind(account.default_queue_id)
        .bind(account.list_id)
        .bind(&account.window_rule)
        .bind(account.grace_s)
        .bind(account.rate_per_s)
        .bind(account.create_contact)
        .bind(account.take_from_bot)
        .bind_json(&account.closing.0)
        .bind_json(&account.transfer.0)
        .bind(account.second_token.clone())
        .bind_json(&account.connection.0)
        .one()
        .await?;
    Ok(made.id)
}

/// One, for a change; also if removed.
pub async fn lock(tx: &mut Tx, id: i64) -> Result<Account> {
    tx.query(sql!(
        "SELECT id, key, name, provider, phone, base_url, phone_number_id, business_account_id, app_id, access_token,
         app_secret, verify_token, second_token, connection, flow, default_queue_id, list_id, window_rule, grace_s, rate_per_s,
         create_contact, take_from_bot, closing, transfer, health, health_detail, health_at, version, deleted_at FROM account WHERE id = $1 {lock}"
    ))
    .bind(id)
    .one()
    .await
}

/// What says how an account sends.
#[derive(Clone, Debug, FromRow)]
pub struct Way {
    pub provider: String,
    pub connection: Json<Connection>,
}

impl Way {
    pub fn capabilities(&self) -> std::result::Result<&'static Capabilities, UnknownWord> {
        Ok(Capabilities::of(self.provider.parse()?, self.connection.0.version))
    }
}

pub async fn way(tx: &mut Tx, account: i64) -> Result<Way> {
    tx.query(sql!("SELECT provider, connection FROM account WHERE id = $1")).bind(account).one().await
}

/// Saves what was changed since it was read; `false` if somebody else was first.
pub async fn save(tx: &mut Tx, account: &Account) -> Result<bool> {
    let touched = tx
        .query(sql!(
            "UPDATE account SET key = $3, name = $4, phone = $5, base_url = $6, phone_number_id = $7,
                 business_account_id = $8, app_id = $9, access_token = $10, app_secret = $11, verify_token = $12,
                 flow = $13, default_queue_id = $14, window_rule = $15, grace_s = $16, rate_per_s = $17,
                 create_contact = $18, take_from_bot = $19, deleted_at = $20,
                 closing = $21, transfer = $22, second_token = $23, connection = $24, version = version + 1
             WHERE id = $1 AND version = $2"
        ))
        .bind(account.id)
        .bind(account.version)
        .bind(&account.key)
        .bind(&account.name)
        .bind(account.phone.as_deref())
        .bind(&account.base_url)
        .bind(&account.phone_number_id)
        .bind(&account.business_account_id)
        .bind(account.app_id.as_deref())
        .bind(account.access_token.clone())
        .bind(account.app_secret.clone())
        .bind(account.verify_token.clone())
        .bind_json(&account.flow.0)
        .bind(account.default_queue_id)
        .bind(&account.window_rule)
        .bind(account.grace_s)
        .bind(account.rate_per_s)
        .bind(account.create_contact)
        .bind(account.take_from_bot)
        .bind(account.deleted_at)
        .bind_json(&account.closing.0)
        .bind_json(&account.transfer.0)
        .bind(account.second_token.clone())
        .bind_json(&account.connection.0)
        .execute()
        .await?;
    Ok(touched == 1)
}

/// Notes whether the provider answers for it. Something a person sees, but nothing a person saves: a form that was
/// open meanwhile may still be saved.
pub async fn set_health(tx: &mut Tx, id: i64, health: &str, detail: Option<&str>, now: i64) -> Result<()> {
    tx.query(sql!("UPDATE account SET health = $2, health_detail = $3, health_at = $4 WHERE id = $1"))
        .bind(id)
        .bind(health)
        .bind(detail)
        .bind(now)
        .execute()
        .await?;
    Ok(())
}

/// Whether another account has the key, a removed one too: its webhooks still come under it.
pub async fn key_taken(tx: &mut Tx, key: &str, except: i64) -> Result<bool> {
    let found: Vec<Id> =
        tx.query(sql!("SELECT id FROM account WHERE key = $1 AND id <> $2")).bind(key).bind(except).all().await?;
    Ok(!found.is_empty())
}

/// Whether another account has the name.
pub async fn name_taken(tx: &mut Tx, name: &str, except: i64) -> Result<bool> {
    let found: Vec<Id> = tx
        .query(sql!("SELECT id FROM account WHERE deleted_at IS NULL AND lower(name) = lower($1) AND id <> $2"))
        .bind(name)
        .bind(except)
        .all()
        .await?;
    Ok(!found.is_empty())
}

/// Whether another account is this number of the provider.
pub async fn number_taken(tx: &mut Tx, phone_number_id: &str, except: i64) -> Result<bool> {
    let found: Vec<Id> = tx
        .query(sql!("SELECT id FROM account WHERE deleted_at IS NULL AND phone_number_id = $1 AND id <> $2"))
        .bind(phone_number_id)
        .bind(except)
        .all()
        .await?;
    Ok(!found.is_empty())
}

#[derive(FromRow)]
struct Count {
    count: i64,
}

/// How many open interactions it has.
pub async fn open_work(tx: &mut Tx, account: i64) -> Result<i64> {
    let found: Count = tx
        .query(sql!("SELECT count(*) AS count FROM interaction WHERE account_id = $1 AND state <> 'closed'"))
        .bind(account)
        .one()
        .await?;
    Ok(found.count)
}

/// Who is in it: users and teams. Users who were removed keep their place for their return.
pub async fn set_members(tx: &mut Tx, account: i64, users: &[i64], teams: &[i64]) -> Result<()> {
    tx.query(sql!(
        r#"DELETE FROM account_member WHERE account_id = $1 AND (
               (user_id = 0 AND team_id NOT IN {ids $3})
               OR (team_id = 0 AND user_id NOT IN {ids $2}
                   AND user_id IN (SELECT id FROM "user" WHERE deleted_at IS NULL)))"#
    ))
    .bind(account)
    .bind(ids(users.iter().copied()))
    .bind(ids(teams.iter().copied()))
    .execute()
    .await?;
    let members: Vec<Member> = users
        .iter()
        .map(|user| Member { account_id: account, user_id: *user, team_id: 0 })
        .chain(teams.iter().map(|team| Member { account_id: account, user_id: 0, team_id: *team }))
        .collect();
    tx.query(sql!(
        "INSERT INTO account_member (account_id, user_id, team_id)
         SELECT account_id, user_id, team_id
         FROM {rows $1 r: account_id bigint, user_id bigint, team_id bigint} WHERE TRUE ON CONFLICT DO NOTHING"
    ))
    .bind(rows(&members))
    .execute()
    .await?;
    Ok(())
}

pub async fn members_of(tx: &mut Tx, account: i64) -> Result<Vec<Member>> {
    tx.query(sql!(
        "SELECT account_id, user_id, team_id FROM account_member WHERE account_id = $1 ORDER BY user_id, team_id"
    ))
    .bind(account)
    .all()
    .await
}

impl Account {
    /// Whether its flow or its default lead to the queue.
    pub fn leads_to(&self, queue: i64) -> bool {
        self.default_queue_id == queue || self.flow.0.iter().any(|Step::Queue { queue_id, .. }| queue_id.0 == queue)
    }
}
