//! What is shown of an account.

use jiff::Timestamp;
use pronto_desk::Config;
use pronto_desk::config;
use pronto_domain::access::{Permission, Scope, Viewer};
use pronto_domain::account::{Closing, WindowRule};
use pronto_domain::flow::Step;
use pronto_domain::message::Kind;
use pronto_domain::provider::{Capabilities, MediaWay, Provider, Version};
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
    pub connection: Connection,
    /// What can be done over its provider.
    pub can: Can,
    /// What to enter at the provider. `{secret}` in it is the credential of that use.
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

/// How the provider and the desk reach each other, beside ids and secrets.
#[derive(Serialize, ToSchema)]
pub struct Connection {
    pub public_url: Option<String>,
    #[schema(value_type = Option<schema::KaleyraVersion>)]
    pub version: Option<Version>,
    pub waba_id: Option<String>,
    pub header: Option<String>,
    pub shared_key_id: Option<String>,
    pub media_hosts: Vec<String>,
    /// Twilio: whether a secondary token is set. It itself is never shown.
    pub second_token: bool,
}

/// What can be done over a provider.
#[derive(Serialize, ToSchema)]
pub struct Can {
    /// What may be sent.
    #[schema(value_type = Vec<schema::MessageKind>)]
    pub send: &'static [Kind],
    /// What of a customer's arrives as what it is.
    #[schema(value_type = Vec<schema::MessageKind>)]
    pub receive: &'static [Kind],
    /// Files that may have words under them.
    #[schema(value_type = Vec<schema::MessageKind>)]
    pub caption: &'static [Kind],
    pub text_limit: usize,
    pub caption_limit: usize,
    #[schema(value_type = schema::MediaWay)]
    pub media: MediaWay,
    pub react: bool,
    pub quote: bool,
    pub show_typing: bool,
    pub mark_read: bool,
    pub use_templates: bool,
    /// Whether the business may write first.
    pub start: bool,
    pub delete: bool,
    /// Whether the provider keeps senders away.
    pub block: bool,
}

impl From<&'static Capabilities> for Can {
    fn from(from: &'static Capabilities) -> Self {
        Self {
            send: from.sends,
            receive: from.receives,
            caption: from.captions,
            text_limit: from.text_limit,
            caption_limit: from.caption_limit,
            media: from.media,
            react: from.reactions(),
            quote: from.quotes,
            show_typing: from.typing,
            mark_read: from.read_receipts,
            use_templates: from.templates,
            start: from.starts,
            delete: from.deletes,
            block: from.blocks,
        }
    }
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

/// Kaleyra proves itself by the address, whose last part is a secret.
pub(super) fn webhook_url(account: &config::Account, base: &str) -> String {
    let row = &account.row;
    let base = row.connection.0.public_url.as_deref().unwrap_or(base);
    let secret = if account.endpoint.provider() == Provider::Kaleyra { "/{secret}" } else { "" };
    format!("{base}/webhooks/{}/{}{secret}", row.provider, row.key)
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
                connection: Connection {
                    public_url: row.connection.0.public_url.clone(),
                    version: row.connection.0.version,
                    waba_id: row.connection.0.waba_id.clone(),
                    header: row.connection.0.header.clone(),
                    shared_key_id: row.connection.0.shared_key_id.clone(),
                    media_hosts: row.connection.0.media_hosts.clone(),
                    second_token: row.second_token.is_some(),
                },
                can: account.endpoint.capabilities().into(),
                webhook_url: webhook_url(account, base),
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
