//! An account's templates as the API shows them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use pronto_desk::act::template::{known, start};
use pronto_desk::values;
use pronto_domain::access::Permission;
use pronto_domain::id::{AccountId, InteractionId};
use pronto_domain::placeholder::{self, Values};
use pronto_domain::provider::Version;
use pronto_domain::template::draft::{Fixed, fixed};
use pronto_domain::template::{LANGUAGES, Mapping, Status, Template as Content};
use pronto_provider::Endpoint;
use pronto_store as store;
use serde::Serialize;
use utoipa::ToSchema;

use super::TemplatesQuery;
use crate::App;
use crate::error::{Error, Result};
use crate::extract::SignedIn;

/// An account's templates and how it uses them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Templates {
    pub account_id: i64,
    pub items: Vec<Template>,
    pub recontact: RecontactChoice,
    /// Whether templates are made here; else where the number was set up.
    pub can_make: bool,
    /// Why there are none to fetch: `provider` has none here; `version`, Kaleyra's first API has no list; `waba_id` is not
    /// entered. Null if they are fetched.
    pub not_fetched: Option<&'static str>,
    /// The languages a template can be made in, by their codes.
    pub languages: Vec<&'static str>,
    /// When they were last fetched from the provider.
    pub synced_at: Option<Timestamp>,
    /// What went wrong when they were fetched last.
    pub sync_error: Option<String>,
}

/// One template in all its languages.
#[derive(Debug, Serialize, ToSchema)]
pub struct Template {
    pub name: String,
    /// Of how it is used; 0 if nobody has changed it yet.
    pub version: i64,
    /// Whether agents may send it.
    pub available: bool,
    /// Whether it is the one that reaches a customer again.
    pub recontact: bool,
    /// What fills its variables beforehand: texts with placeholders, by slot.
    pub mapping: Mapping,
    pub variants: Vec<Variant>,
}

/// A template in one language, as the provider has it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Variant {
    pub id: i64,
    pub language: String,
    /// marketing, utility or authentication.
    pub category: String,
    #[schema(value_type = crate::schema::TemplateStatus)]
    pub status: Status,
    /// Why it was rejected or paused, in the provider's word.
    pub reason: Option<String>,
    /// What the provider says to that, for people.
    pub advice: Option<String>,
    /// The category it will have soon.
    pub category_coming: Option<String>,
    /// GREEN, YELLOW, RED or UNKNOWN.
    pub quality: Option<String>,
    #[schema(value_type = crate::schema::TemplateContent)]
    pub content: Content,
    pub slots: Vec<Slot>,
    /// What stood for its variables when it was handed in for review, by slot. For whoever may change it.
    pub samples: BTreeMap<String, String>,
    /// Why it cannot be changed here: `provider`, `pending`, `disabled`, `deleted`, `beyond`, `other`. Null if it can.
    pub fixed: Option<&'static str>,
    pub version: i64,
    pub updated_at: Timestamp,
    /// What its slots are filled with beforehand, for the conversation that was asked for. What the viewer may not see
    /// stays a placeholder, which the server fills in.
    pub prefilled: BTreeMap<String, String>,
}

/// A place that must be filled in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Slot {
    /// `header:1`, `body:name`, `button:0`, `header:media`.
    pub key: String,
    #[schema(value_type = crate::schema::SlotKind)]
    pub kind: pronto_domain::template::SlotKind,
}

/// How an account reaches a customer again.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecontactChoice {
    pub version: i64,
    pub template: Option<String>,
    /// Where the customer's own language has no variant.
    pub language: String,
    /// Days in which an answer reopens the interaction.
    pub answer_days: i64,
}

pub(super) async fn templates(app: &App, me: &SignedIn, id: AccountId, query: &TemplatesQuery) -> Result<Templates> {
    let config = app.desk.config();
    let endpoint = config.accounts.get(&id).map(|account| &account.endpoint);
    let can_make = endpoint.is_some_and(|endpoint| endpoint.capabilities().makes_templates);
    let all = me.viewer.may(Permission::EditAccounts) && query.available != Some(true);
    let mut tx = app.desk.db().read().await?;
    let values = context(app, me, &mut tx, id, query).await?;
    let account = store::template::account(&mut tx, id.0).await?;
    let uses = store::template::uses(&mut tx, id.0).await?;
    let mut items: Vec<Template> = Vec::new();
    for row in store::template::of_account(&mut tx, id.0).await? {
        let usage = uses.iter().find(|usage| usage.name == row.name);
        let available = usage.is_some_and(|usage| usage.available);
        let status = row.status().map_err(Error::internal)?;
        if !all && (!available || status != Status::Approved) {
            continue;
        }
        if items.last().is_none_or(|item| item.name != row.name) {
            items.push(Template {
                name: row.name.clone(),
                version: usage.map_or(0, |usage| usage.version),
                available,
                recontact: account.recontact.as_ref() == Some(&row.name),
                mapping: usage.map(|usage| usage.mapping.0.clone()).unwrap_or_default(),
                variants: Vec::new(),
            });
        }
        let Some(item) = items.last_mut() else { continue };
        let fill = |text: String| match &values {
            Some(values) => placeholder::fill_for(&text, values, &me.viewer.masking).text,
            None => text,
        };
        let mapped = row.content.0.mapped(&item.mapping);
        let fixed = fixed(&row.content.0, &row.category, status, can_make);
        let mut content = row.content.0;
        let samples = std::mem::take(&mut content.samples);
        item.variants.push(Variant {
            id: row.id,
            language: row.language,
            category: row.category,
            status,
            reason: row.reason,
            quality: row.quality,
            advice: row.advice.filter(|_| all),
            category_coming: row.category_coming.filter(|_| all),
            samples: if all { samples } else { BTreeMap::new() },
            fixed: fixed.map(Fixed::as_str),
            version: row.version,
            updated_at: store::instant(row.updated_at),
            slots: content.slots().into_iter().map(|slot| Slot { key: slot.key, kind: slot.kind }).collect(),
            prefilled: mapped.into_iter().map(|(key, text)| (key, fill(text))).collect(),
            content: Content { beyond: content.beyond(), ..content },
        });
    }
    Ok(Templates {
        account_id: id.0,
        items,
        recontact: RecontactChoice {
            version: account.version,
            template: account.recontact,
            language: account.language,
            answer_days: account.answer_days,
        },
        can_make: can_make && all,
        not_fetched: endpoint.and_then(not_fetched),
        languages: if can_make && all { LANGUAGES.to_vec() } else { Vec::new() },
        synced_at: account.synced_at.map(store::instant),
        sync_error: account.error.filter(|_| all),
    })
}

fn not_fetched(endpoint: &Endpoint) -> Option<&'static str> {
    if endpoint.list_templates(None).is_some() {
        return None;
    }
    Some(match endpoint {
        Endpoint::Kaleyra(number) if number.version == Version::V1 => "version",
        Endpoint::Kaleyra(_) => "waba_id",
        _ => "provider",
    })
}

/// What is known of the conversation that was asked for.
async fn context(
    app: &App,
    me: &SignedIn,
    tx: &mut pronto_db::Tx,
    id: AccountId,
    query: &TemplatesQuery,
) -> Result<Option<Values>> {
    if let Some(interaction) = query.interaction {
        return Ok(Some(values::of(tx, InteractionId(interaction), Some(me.viewer.user)).await?));
    }
    if query.phone.is_none() && query.contact.is_none() {
        return Ok(None);
    }
    let config = app.desk.config();
    let digits = super::super::start::digits_of(app, me, id, query.phone.as_deref(), query.contact).await?;
    let list = config.accounts.get(&id).map_or(0, |account| account.row.list_id);
    let found = start::find(tx, list, id, &digits).await?;
    let contact = match query.contact {
        Some(picked) => found.contacts.iter().find(|contact| contact.id == picked),
        None => found.contacts.first(),
    };
    Ok(Some(known::of(tx, &config, id, contact, &digits, me.viewer.user).await?))
}
