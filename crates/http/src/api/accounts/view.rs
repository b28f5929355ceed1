//! What is shown of an account.

use jiff::Timestamp;
use pronto_desk::Config;
use pronto_desk::config;
use pronto_domain::access::{Permission, Scope, Viewer};
use pronto_domain::account::{Closing, WindowRule};
use pronto_domain::flow::Step;
use pronto_domain::transfer::Handing;
use pronto_store::instant;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::members::{living_teams, living_users};
use crate::schema;

/// A WhatsApp business number and how it is run.
#[derive(Serialize, ToSchema)]
pub struct Account {
    pub id: i64,
    pub version: i64,
    /// Part of the webhook's address, and shown on tabs.
    pub key: String,
    pub name: String,
    #[schema(value_type = schema::ProviderName)]
    pub provider: String,
    pub phone: Option<String>,
    pub base_url: String,
    pub phone_number_id: String,
    pub business_account_id: String,
    pub app_id: Option<String>,
    /// What to enter at the provider.
    pub webhook_url: String,
    pub credentials: CredentialsSet,
    #[schema(value_type = Vec<schema::FlowStep>)]
    pub flow: Vec<Step>,
    pub default_queue_id: i64,
    #[schema(value_type = schema::WindowRule)]
    pub window_rule: WindowRule,
    /// How long after closing a message reopens the interaction; 0 = off.
    pub grace_s: i64,
    pub rate_per_s: i64,
    /// Whether a customer who writes first becomes a contact.
    pub create_contact: bool,
    /// Whether agents may take over from the bot.
    pub take_from_bot: bool,
    #[schema(value_type = schema::Closing)]
    pub closing: Closing,
    /// What is null is as the desk has it.
    #[schema(value_type = schema::Handing)]
    pub transfer: Handing,
    pub user_ids: Vec<i64>,
    pub team_ids: Vec<i64>,
    pub health: Health,
}

/// Which credentials are set. They themselves are never shown.
#[derive(Serialize, ToSchema)]
pub struct CredentialsSet {
    pub access_token: bool,
    pub app_secret: bool,
    pub verify_token: bool,
}

/// Whether the provider answered for the account when last asked.
#[derive(Serialize, ToSchema)]
pub struct Health {
    #[schema(value_type = schema::HealthState)]
    pub state: String,
    pub detail: Option<String>,
    pub at: Option<Timestamp>,
}

/// Whether somebody may know of an account.
pub(in crate::api) fn sees(viewer: &Viewer, account: &config::Account) -> bool {
    viewer.may(Permission::EditAccounts) || viewer.scope == Scope::All || viewer.accounts.contains(&account.rules.id)
}

/// The accounts somebody may know of.
pub(super) fn shown(config: &Config, viewer: &Viewer, base: &str) -> Vec<Account> {
    config
        .accounts
        .values()
        .filter(|account| account.row.deleted_at.is_none() && sees(viewer, account))
        .map(|account| {
            let row = &account.row;
            Account {
                id: row.id,
                version: row.version,
                key: row.key.clone(),
                name: row.name.clone(),
                provider: row.provider.clone(),
                phone: row.phone.clone(),
                base_url: row.base_url.clone(),
                phone_number_id: row.phone_number_id.clone(),
                business_account_id: row.business_account_id.clone(),
                app_id: row.app_id.clone(),
                webhook_url: format!("{base}/webhooks/{}/{}", row.provider, row.key),
                credentials: CredentialsSet {
                    access_token: row.access_token.is_some(),
                    app_secret: row.app_secret.is_some(),
                    verify_token: row.verify_token.is_some(),
                },
                flow: account.rules.flow.clone(),
                default_queue_id: row.default_queue_id,
                window_rule: account.rules.window_rule,
                grace_s: row.grace_s,
                rate_per_s: row.rate_per_s,
                create_contact: row.create_contact,
                take_from_bot: row.take_from_bot,
                closing: account.rules.closing.clone(),
                transfer: row.transfer.0,
                user_ids: living_users(config, &account.user_ids),
                team_ids: living_teams(config, &account.team_ids),
                health: Health {
                    state: row.health.clone(),
                    detail: row.health_detail.clone(),
                    at: row.health_at.map(instant),
                },
            }
        })
        .collect()
}
