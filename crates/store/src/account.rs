//! Accounts: WhatsApp numbers with their credentials (sealed), flow and settings.

use pronto_db::{FromRow, Json, Result, Tx, sql};
use pronto_domain::flow::Step;

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
    pub flow: Json<Vec<Step>>,
    pub default_queue_id: i64,
    pub list_id: i64,
    pub window_rule: String,
    pub grace_s: i64,
    pub rate_per_s: i64,
    pub create_contact: bool,
    pub take_from_bot: bool,
    pub health: String,
    pub health_detail: Option<String>,
    pub health_at: Option<i64>,
    pub version: i64,
    pub deleted_at: Option<i64>,
}

/// A user or a team associated with an account; the other id is 0.
#[derive(Clone, Debug, FromRow)]
pub struct Member {
    pub account_id: i64,
    pub user_id: i64,
    pub team_id: i64,
}

pub async fn all(tx: &mut Tx) -> Result<Vec<Account>> {
    tx.query(sql!(
        "SELECT id, key, name, provider, phone, base_url, phone_number_id, business_account_id, app_id, access_token,
         app_secret, verify_token, flow, default_queue_id, list_id, window_rule, grace_s, rate_per_s, create_contact,
         take_from_bot, health, health_detail, health_at, version, deleted_at FROM account ORDER BY id"
    ))
    .all()
    .await
}

pub async fn members(tx: &mut Tx) -> Result<Vec<Member>> {
    tx.query(sql!("SELECT account_id, user_id, team_id FROM account_member ORDER BY account_id, user_id, team_id"))
        .all()
        .await
}
