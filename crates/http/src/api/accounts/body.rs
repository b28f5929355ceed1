//! What is sent to make or change an account.

use pronto_desk::act::account::{Credentials, Fields};
use pronto_domain::account::{Closing, WindowRule};
use pronto_domain::flow::Step;
use pronto_domain::id::QueueId;
use pronto_domain::transfer::Handing;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::extract::present;
use crate::schema;

/// Credentials to keep. An empty text clears one; what is absent stays as it is.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCredentials {
    pub access_token: Option<String>,
    pub app_secret: Option<String>,
    pub verify_token: Option<String>,
}

impl From<NewCredentials> for Credentials {
    fn from(from: NewCredentials) -> Self {
        let NewCredentials { access_token, app_secret, verify_token } = from;
        Self { access_token, app_secret, verify_token }
    }
}

/// Who provides the number.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    Meta,
}

/// A new account. What is absent is as usual.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// 1 to 12 of `a-z 0-9 -`; part of the webhook's address and shown on tabs.
    pub key: String,
    pub name: String,
    /// There is one so far.
    #[schema(value_type = Option<schema::ProviderName>)]
    pub provider: Option<Provider>,
    pub phone: Option<String>,
    /// Meta's own if left out.
    pub base_url: Option<String>,
    pub phone_number_id: String,
    pub business_account_id: String,
    pub app_id: Option<String>,
    #[serde(default)]
    pub credentials: NewCredentials,
    #[serde(default)]
    #[schema(value_type = Vec<schema::FlowStep>)]
    pub flow: Vec<Step>,
    pub default_queue_id: i64,
    #[schema(value_type = Option<schema::WindowRule>)]
    pub window_rule: Option<WindowRule>,
    pub grace_s: Option<i64>,
    pub rate_per_s: Option<i64>,
    pub create_contact: Option<bool>,
    pub take_from_bot: Option<bool>,
    #[schema(value_type = Option<schema::Closing>)]
    pub closing: Option<Closing>,
    #[schema(value_type = Option<schema::Handing>)]
    pub transfer: Option<Handing>,
    #[serde(default)]
    pub user_ids: Vec<i64>,
    #[serde(default)]
    pub team_ids: Vec<i64>,
}

impl From<NewAccount> for Fields {
    fn from(body: NewAccount) -> Self {
        Self {
            key: Some(body.key),
            name: Some(body.name),
            phone: Some(body.phone),
            base_url: body.base_url,
            phone_number_id: Some(body.phone_number_id),
            business_account_id: Some(body.business_account_id),
            app_id: Some(body.app_id),
            credentials: body.credentials.into(),
            flow: Some(body.flow),
            default_queue: Some(QueueId(body.default_queue_id)),
            window_rule: body.window_rule,
            grace_s: body.grace_s,
            rate_per_s: body.rate_per_s,
            create_contact: body.create_contact,
            take_from_bot: body.take_from_bot,
            closing: body.closing,
            transfer: body.transfer,
            user_ids: Some(body.user_ids),
            team_ids: Some(body.team_ids),
        }
    }
}

/// What is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountChange {
    /// The version the change was made on.
    pub version: i64,
    pub key: Option<String>,
    pub name: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub phone: Option<Option<String>>,
    pub base_url: Option<String>,
    pub phone_number_id: Option<String>,
    pub business_account_id: Option<String>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub app_id: Option<Option<String>>,
    #[serde(default)]
    pub credentials: NewCredentials,
    #[schema(value_type = Option<Vec<schema::FlowStep>>)]
    pub flow: Option<Vec<Step>>,
    pub default_queue_id: Option<i64>,
    #[schema(value_type = Option<schema::WindowRule>)]
    pub window_rule: Option<WindowRule>,
    pub grace_s: Option<i64>,
    pub rate_per_s: Option<i64>,
    pub create_contact: Option<bool>,
    pub take_from_bot: Option<bool>,
    #[schema(value_type = Option<schema::Closing>)]
    pub closing: Option<Closing>,
    #[schema(value_type = Option<schema::Handing>)]
    pub transfer: Option<Handing>,
    pub user_ids: Option<Vec<i64>>,
    pub team_ids: Option<Vec<i64>>,
    /// `false` brings back an account that was removed.
    pub deleted: Option<bool>,
}

impl From<AccountChange> for Fields {
    fn from(body: AccountChange) -> Self {
        Self {
            key: body.key,
            name: body.name,
            phone: body.phone,
            base_url: body.base_url,
            phone_number_id: body.phone_number_id,
            business_account_id: body.business_account_id,
            app_id: body.app_id,
            credentials: body.credentials.into(),
            flow: body.flow,
            default_queue: body.default_queue_id.map(QueueId),
            window_rule: body.window_rule,
            grace_s: body.grace_s,
            rate_per_s: body.rate_per_s,
            create_contact: body.create_contact,
            take_from_bot: body.take_from_bot,
            closing: body.closing,
            transfer: body.transfer,
            user_ids: body.user_ids,
            team_ids: body.team_ids,
        }
    }
}
