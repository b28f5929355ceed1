//! What is sent to make or change an account.

use pronto_desk::act::account::{Credentials, Fields};
use pronto_domain::account::{Closing, WindowRule};
use pronto_domain::flow::Step;
use pronto_domain::id::QueueId;
use pronto_domain::provider::{Connection, Provider, Version};
use pronto_domain::transfer::Handing;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::extract::present;
use crate::schema;

/// Credentials to keep. An empty text clears one; what is absent stays as it is. What each of them is at each provider
/// stands in docs/providers.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCredentials {
    pub access_token: Option<String>,
    pub app_secret: Option<String>,
    pub verify_token: Option<String>,
    pub second_token: Option<String>,
}

impl From<NewCredentials> for Credentials {
    fn from(from: NewCredentials) -> Self {
        let NewCredentials { access_token, app_secret, verify_token, second_token } = from;
        Self { access_token, app_secret, verify_token, second_token }
    }
}

/// How the provider and the desk reach each other, where its provider needs more than ids. What is absent is empty.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
pub struct NewConnection {
    /// Where the provider reaches this desk, as entered there; the desk's own address if left out.
    pub public_url: Option<String>,
    /// Kaleyra's API: the newer one if left out.
    #[schema(value_type = Option<schema::KaleyraVersion>)]
    pub version: Option<Version>,
    /// Kaleyra: the WhatsApp business account.
    pub waba_id: Option<String>,
    /// Kaleyra: the header its calls prove themselves by; Basic authentication if left out.
    pub header: Option<String>,
    /// Twilio: the key that signs with SHA-256. With it, nothing else is believed.
    pub shared_key_id: Option<String>,
    /// Further hosts that customers' files are fetched from.
    pub media_hosts: Vec<String>,
}

impl From<NewConnection> for Connection {
    fn from(from: NewConnection) -> Self {
        let NewConnection { public_url, version, waba_id, header, shared_key_id, media_hosts } = from;
        Self { public_url, version, waba_id, header, shared_key_id, media_hosts }
    }
}

/// A new account. What is absent is as usual.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// 1 to 12 of `a-z 0-9 -`; part of the webhook's address and shown on tabs.
    pub key: String,
    pub name: String,
    /// Meta if left out. It stays what it is.
    #[schema(value_type = Option<schema::ProviderName>)]
    pub provider: Option<Provider>,
    pub phone: Option<String>,
    /// The provider's own if left out.
    pub base_url: Option<String>,
    pub phone_number_id: String,
    pub business_account_id: String,
    pub app_id: Option<String>,
    #[serde(default)]
    pub connection: NewConnection,
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
            provider: body.provider,
            phone: Some(body.phone),
            base_url: body.base_url,
            phone_number_id: Some(body.phone_number_id),
            business_account_id: Some(body.business_account_id),
            app_id: Some(body.app_id),
            connection: Some(body.connection.into()),
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
    pub connection: Option<NewConnection>,
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
            provider: None,
            phone: body.phone,
            base_url: body.base_url,
            phone_number_id: body.phone_number_id,
            business_account_id: body.business_account_id,
            app_id: body.app_id,
            connection: body.connection.map(Into::into),
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
