//! Accounts: WhatsApp numbers, their credentials and how they are run.

mod check;
mod fits;
mod try_out;

use jiff::Timestamp;
use pronto_db::{Json, Tx};
use pronto_domain::account::{Closing, WindowRule};
use pronto_domain::flow::Step;
use pronto_domain::id::{AccountId, QueueId, UserId};
use pronto_domain::provider::{Connection, Provider};
use pronto_domain::transfer::Handing;
use pronto_store as store;
use serde_json::{Value, json};
use store::account::{Account, Member};
use store::millis;

use crate::act::record::{self, Record};
use crate::{Error, Result, Sealer};

pub use check::check;
pub use try_out::{Subscribe, TryOut, subscribe, try_out};

/// What is `None` stays as it is, or as a new account has it.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    pub key: Option<String>,
    pub name: Option<String>,
    /// Of a new account; it stays what it is.
    pub provider: Option<Provider>,
    pub phone: Option<Option<String>>,
    pub base_url: Option<String>,
    pub phone_number_id: Option<String>,
    pub business_account_id: Option<String>,
    pub app_id: Option<Option<String>>,
    pub connection: Option<Connection>,
    pub credentials: Credentials,
    pub flow: Option<Vec<Step>>,
    pub default_queue: Option<QueueId>,
    pub window_rule: Option<WindowRule>,
    pub grace_s: Option<i64>,
    pub rate_per_s: Option<i64>,
    pub create_contact: Option<bool>,
    pub take_from_bot: Option<bool>,
    pub closing: Option<Closing>,
    pub transfer: Option<Handing>,
    pub user_ids: Option<Vec<i64>>,
    pub team_ids: Option<Vec<i64>>,
}

/// Credentials to keep; an empty one is cleared.
#[derive(Clone, Default)]
pub struct Credentials {
    pub access_token: Option<String>,
    pub app_secret: Option<String>,
    pub verify_token: Option<String>,
    pub second_token: Option<String>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials")
    }
}

#[derive(Clone, Debug)]
pub struct Add {
    pub by: UserId,
    pub fields: Fields,
    pub sealer: Sealer,
}

#[derive(Clone, Debug)]
pub struct Change {
    pub by: UserId,
    pub id: AccountId,
    /// The version it was made on.
    pub version: i64,
    pub fields: Fields,
    /// `false` brings back an account that was removed.
    pub deleted: Option<bool>,
    pub sealer: Sealer,
}

#[derive(Clone, Debug)]
pub struct Remove {
    pub by: UserId,
    pub id: AccountId,
}

pub async fn add(tx: &mut Tx, now: Timestamp, input: &Add) -> Result<AccountId> {
    let at = millis(now);
    let provider = input.fields.provider.unwrap_or(Provider::Meta);
    let mut account = Account {
        id: 0,
        key: String::new(),
        name: String::new(),
        provider: provider.as_str().to_owned(),
        phone: None,
        base_url: provider.base_url().to_owned(),
        phone_number_id: String::new(),
        business_account_id: String::new(),
        app_id: None,
        access_token: None,
        app_secret: None,
        verify_token: None,
        second_token: None,
        connection: Json(Connection::default()),
        flow: Json(Vec::new()),
        default_queue_id: 0,
        list_id: store::contact::default_list(tx).await?,
        window_rule: WindowRule::LatestInbound.as_str().to_owned(),
        grace_s: 1_800,
        rate_per_s: 80,
        create_contact: true,
        take_from_bot: true,
        closing: Json(Closing::default()),
        transfer: Json(Handing::default()),
        health: "unknown".to_owned(),
        health_detail: None,
        health_at: None,
        version: 1,
        deleted_at: None,
    };
    input.fields.apply(&mut account, &input.sealer)?;
    fits::fits(tx, &account, &input.fields).await?;
    account.id = store::account::add(tx, &account).await?;
    let members = set_members(tx, account.id, &input.fields).await?;
    let after = told(&account, &members, &input.fields.credentials);
    write(tx, at, input.by, "account.added", account.id, Value::Null, after).await?;
    Ok(AccountId(account.id))
}

pub async fn change(tx: &mut Tx, now: Timestamp, input: &Change) -> Result<()> {
    let at = millis(now);
    let before = store::account::lock(tx, input.id.0).await?;
    if before.deleted_at.is_some() && input.deleted != Some(false) {
        return Err(pronto_db::Error::NotFound.into());
    }
    if before.version != input.version {
        return Err(Error::Stale);
    }
    let mut account = before.clone();
    input.fields.apply(&mut account, &input.sealer)?;
    if input.deleted == Some(false) {
        account.deleted_at = None;
    }
    fits::fits(tx, &account, &input.fields).await?;
    if !store::account::save(tx, &account).await? {
        return Err(Error::Stale);
    }
    if differs(&before, &account) || input.fields.credentials.given().next().is_some() {
        // What was found out before is of another number, or by another token.
        store::account::set_health(tx, account.id, "unknown", None, at).await?;
    }
    let members_before = store::account::members_of(tx, account.id).await?;
    let members = set_members(tx, account.id, &input.fields).await?;
    let action = if before.deleted_at.is_some() { "account.restored" } else { "account.changed" };
    let was = told(&before, &members_before, &Credentials::default());
    let is = told(&account, &members, &input.fields.credentials);
    write(tx, at, input.by, action, account.id, was, is).await
}

/// Removes an account without open interactions. Its history stays.
pub async fn remove(tx: &mut Tx, now: Timestamp, input: &Remove) -> Result<()> {
    let at = millis(now);
    let before = store::account::lock(tx, input.id.0).await?;
    if before.deleted_at.is_some() {
        return Err(pronto_db::Error::NotFound.into());
    }
    let open = store::account::open_work(tx, before.id).await?;
    if open > 0 {
        return Err(Error::InUse { open });
    }
    let account = Account { deleted_at: Some(at), ..before };
    if !store::account::save(tx, &account).await? {
        return Err(Error::Stale);
    }
    write(tx, at, input.by, "account.removed", account.id, json!({ "deleted": false }), json!({ "deleted": true }))
        .await
}

/// What a check found out.
#[derive(Clone, Debug)]
pub struct Checked {
    pub id: AccountId,
    pub ok: bool,
    pub detail: Option<String>,
}

/// Keeps it, so that everybody sees it without asking the provider.
pub async fn checked(tx: &mut Tx, now: Timestamp, input: &Checked) -> Result<()> {
    let at = millis(now);
    let health = if input.ok { "ok" } else { "failing" };
    store::account::set_health(tx, input.id.0, health, input.detail.as_deref(), at).await?;
    Ok(store::event::append(tx, &[store::event::New::changed("accounts")], at).await?)
}

fn differs(before: &Account, after: &Account) -> bool {
    before.base_url != after.base_url
        || before.phone_number_id != after.phone_number_id
        || before.business_account_id != after.business_account_id
        || before.connection.0 != after.connection.0
}

impl Credentials {
    /// The names of those that are to be set or cleared.
    fn given(&self) -> impl Iterator<Item = &'static str> {
        [
            ("access_token", self.access_token.is_some()),
            ("app_secret", self.app_secret.is_some()),
            ("verify_token", self.verify_token.is_some()),
            ("second_token", self.second_token.is_some()),
        ]
        .into_iter()
        .filter_map(|(name, given)| given.then_some(name))
    }
}

impl Fields {
    fn apply(&self, account: &mut Account, sealer: &Sealer) -> Result<()> {
        fn set(text: Option<&String>, field: &mut String) {
            if let Some(text) = text {
                text.trim().clone_into(field);
            }
        }
        fn filled(text: Option<&str>) -> Option<String> {
            text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        }
        set(self.key.as_ref(), &mut account.key);
        set(self.name.as_ref(), &mut account.name);
        set(
            self.base_url.as_ref().map(|url| url.trim().trim_end_matches('/').to_owned()).as_ref(),
            &mut account.base_url,
        );
        set(self.phone_number_id.as_ref(), &mut account.phone_number_id);
        set(self.business_account_id.as_ref(), &mut account.business_account_id);
        if let Some(phone) = &self.phone {
            account.phone = filled(phone.as_deref());
        }
        if let Some(app_id) = &self.app_id {
            account.app_id = filled(app_id.as_deref());
        }
        if let Some(connection) = &self.connection {
            account.connection = Json(tidied(connection, account.provider.parse()?));
        }
        if account.provider != Provider::Meta.as_str() {
            // Numbers stand there by their digits.
            let bare = account.phone_number_id.trim_start_matches("whatsapp:").trim_start_matches('+').to_owned();
            account.phone_number_id = bare;
        }
        if let Some(flow) = &self.flow {
            account.flow = Json(flow.clone());
        }
        if let Some(rule) = self.window_rule {
            rule.as_str().clone_into(&mut account.window_rule);
        }
        account.default_queue_id = self.default_queue.map_or(account.default_queue_id, |queue| queue.0);
        account.grace_s = self.grace_s.unwrap_or(account.grace_s);
        account.rate_per_s = self.rate_per_s.unwrap_or(account.rate_per_s);
        account.create_contact = self.create_contact.unwrap_or(account.create_contact);
        account.take_from_bot = self.take_from_bot.unwrap_or(account.take_from_bot);
        if let Some(closing) = &self.closing {
            account.closing = Json(closing.clone());
        }
        if let Some(transfer) = self.transfer {
            account.transfer = Json(transfer);
        }
        let seal = |secret: &Option<String>, held: &mut Option<Vec<u8>>| -> Result<()> {
            match secret.as_deref().map(str::trim) {
                None => {}
                Some("") => *held = None,
                Some(secret) => *held = Some(sealer.seal(secret)?),
            }
            Ok(())
        };
        seal(&self.credentials.access_token, &mut account.access_token)?;
        seal(&self.credentials.app_secret, &mut account.app_secret)?;
        seal(&self.credentials.verify_token, &mut account.verify_token)?;
        seal(&self.credentials.second_token, &mut account.second_token)
    }
}

/// Without blank ends, and without what is empty.
/// What does not concern the provider is left out.
fn tidied(connection: &Connection, provider: Provider) -> Connection {
    let filled =
        |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let (kaleyra, twilio) = (provider == Provider::Kaleyra, provider == Provider::Twilio);
    Connection {
        public_url: filled(&connection.public_url).map(|url| url.trim_end_matches('/').to_owned()),
        version: connection.version.filter(|_| kaleyra),
        waba_id: filled(&connection.waba_id).filter(|_| kaleyra),
        header: filled(&connection.header).filter(|_| kaleyra).map(|name| name.to_ascii_lowercase()),
        shared_key_id: filled(&connection.shared_key_id).filter(|_| twilio),
        media_hosts: connection.media_hosts.iter().filter_map(|host| filled(&Some(host.clone()))).collect(),
    }
}

/// Sets the members that are given, and answers all.
async fn set_members(tx: &mut Tx, account: i64, fields: &Fields) -> Result<Vec<Member>> {
    let members = store::account::members_of(tx, account).await?;
    if fields.user_ids.is_none() && fields.team_ids.is_none() {
        return Ok(members);
    }
    let users = members.iter().map(|member| member.user_id).filter(|id| *id != 0).collect();
    let teams = members.iter().map(|member| member.team_id).filter(|id| *id != 0).collect();
    let users: Vec<i64> = fields.user_ids.clone().unwrap_or(users);
    let teams: Vec<i64> = fields.team_ids.clone().unwrap_or(teams);
    store::account::set_members(tx, account, &users, &teams).await?;
    Ok(store::account::members_of(tx, account).await?)
}

/// An account for the audit: of credentials only which were touched.
fn told(account: &Account, members: &[Member], credentials: &Credentials) -> Value {
    json!({
        "key": account.key, "name": account.name, "phone": account.phone, "base_url": account.base_url,
        "phone_number_id": account.phone_number_id, "business_account_id": account.business_account_id,
        "app_id": account.app_id, "flow": account.flow, "default_queue_id": account.default_queue_id,
        "window_rule": account.window_rule, "grace_s": account.grace_s, "rate_per_s": account.rate_per_s,
        "create_contact": account.create_contact, "take_from_bot": account.take_from_bot, "closing": account.closing,
        "transfer": account.transfer, "provider": account.provider, "connection": account.connection,
        "user_ids": members.iter().map(|member| member.user_id).filter(|id| *id != 0).collect::<Vec<_>>(),
        "team_ids": members.iter().map(|member| member.team_id).filter(|id| *id != 0).collect::<Vec<_>>(),
        "credentials_written": credentials.given().collect::<Vec<_>>(),
    })
}

async fn write(tx: &mut Tx, at: i64, by: UserId, action: &str, id: i64, before: Value, after: Value) -> Result<()> {
    let record = Record { by: Some(by), action, subject: format!("account {id}"), before, after, what: &["accounts"] };
    record::write(tx, at, record).await
}
