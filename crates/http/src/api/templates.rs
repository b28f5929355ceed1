//! Templates: an account's, how they are used, and sending them.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pronto_desk::act::template::recontact::{Cannot, Recontact, look, recontact};
use pronto_desk::act::template::send::{Send, What, send};
use pronto_desk::act::template::sync::sync;
use pronto_desk::act::template::usage::{Change, Choose, change, choose};
use pronto_desk::act::template::{known, start};
use pronto_desk::values;
use pronto_domain::access::Permission;
use pronto_domain::id::{AccountId, InteractionId};
use pronto_domain::placeholder::{self, Values};
use pronto_domain::template::{Mapping, Status, Template as Content};
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::accounts::sees;
use super::interactions::{Opened, open};
use super::messages::shown;
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Path, Permitted, Query, SignedIn, may, present};
use crate::view::Message;

/// An account's templates and how it uses them.
#[derive(Debug, Serialize, ToSchema)]
pub struct Templates {
    pub account_id: i64,
    pub items: Vec<Template>,
    pub recontact: RecontactChoice,
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
    /// GREEN, YELLOW, RED or UNKNOWN.
    pub quality: Option<String>,
    #[schema(value_type = crate::schema::TemplateContent)]
    pub content: Content,
    pub slots: Vec<Slot>,
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

#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct TemplatesQuery {
    /// Only those agents may send now.
    pub available: Option<bool>,
    /// Fill in for this interaction.
    pub interaction: Option<i64>,
    /// Fill in for this number, before there is an interaction.
    pub phone: Option<String>,
    /// Which of several contacts with that number; without one, of whatever number this one has.
    pub contact: Option<i64>,
}

fn account(app: &App, me: &SignedIn, id: AccountId) -> Result<()> {
    let config = app.desk.config();
    let found = config.accounts.get(&id).filter(|account| account.row.deleted_at.is_none());
    found.filter(|account| sees(&me.viewer, account)).map(|_| ()).ok_or_else(Error::not_found)
}

/// List an account's templates
///
/// Those available for agents; all of them for whoever may edit accounts.
#[utoipa::path(get, path = "/api/v1/accounts/{id}/templates", tag = "templates", operation_id = "list_templates",
    params(("id" = i64, Path), TemplatesQuery), responses((status = 200, body = Templates)))]
pub async fn list_templates(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<AccountId>,
    Query(query): Query<TemplatesQuery>,
) -> Result<Json<Templates>> {
    account(&app, &me, id)?;
    if let Some(interaction) = query.interaction {
        open(&app, &me, interaction, Opened::Seen).await?;
    }
    templates(&app, &me, id, &query).await.map(Json)
}

async fn templates(app: &App, me: &SignedIn, id: AccountId, query: &TemplatesQuery) -> Result<Templates> {
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
        item.variants.push(Variant {
            id: row.id,
            language: row.language.clone(),
            category: row.category.clone(),
            status,
            reason: row.reason.clone(),
            quality: row.quality.clone(),
            slots: row.content.0.slots().into_iter().map(|slot| Slot { key: slot.key, kind: slot.kind }).collect(),
            prefilled: mapped.into_iter().map(|(key, text)| (key, fill(text))).collect(),
            content: Content { beyond: row.content.0.beyond(), ..row.content.0 },
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
        synced_at: account.synced_at.map(store::instant),
        sync_error: account.error.filter(|_| all),
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
    let digits = super::start::digits_of(app, me, id, query.phone.as_deref(), query.contact).await?;
    let list = config.accounts.get(&id).map_or(0, |account| account.row.list_id);
    let found = start::find(tx, list, id, &digits).await?;
    let contact = match query.contact {
        Some(picked) => found.contacts.iter().find(|contact| contact.id == picked),
        None => found.contacts.first(),
    };
    Ok(Some(known::of(tx, &config, id, contact, &digits, me.viewer.user).await?))
}

/// What is absent stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplateChange {
    /// The version the change was made on.
    pub version: i64,
    pub available: Option<bool>,
    pub mapping: Option<Mapping>,
}

/// Say how a template is used
#[utoipa::path(patch, path = "/api/v1/accounts/{id}/templates/{name}", tag = "templates",
    operation_id = "change_template", params(("id" = i64, Path), ("name" = String, Path)),
    request_body = TemplateChange, responses((status = 200, body = Templates), (status = 409, body = crate::Problem),
        (status = 422, body = crate::Problem)))]
pub async fn change_template(
    State(app): State<App>,
    me: Permitted<may::EditAccounts>,
    Path((id, name)): Path<(AccountId, String)>,
    Json(body): Json<TemplateChange>,
) -> Result<Json<Templates>> {
    account(&app, &me, id)?;
    let TemplateChange { version, available, mapping } = body;
    let asked = Change { by: me.viewer.user, account: id, name, version, available, mapping };
    app.desk.run(&asked, |tx, now, asked| Box::pin(change(tx, now, asked))).await?;
    templates(&app, &me, id, &TemplatesQuery::default()).await.map(Json)
}

/// Which template reaches a customer again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecontact {
    pub version: i64,
    /// Null for none.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub template: Option<Option<String>>,
    pub language: String,
    /// 1–90.
    pub answer_days: i64,
}

/// Choose the recontact template
#[utoipa::path(put, path = "/api/v1/accounts/{id}/recontact", tag = "templates", operation_id = "choose_recontact",
    params(("id" = i64, Path)), request_body = NewRecontact,
    responses((status = 200, body = Templates), (status = 409, body = crate::Problem),
        (status = 422, body = crate::Problem)))]
pub async fn choose_recontact(
    State(app): State<App>,
    me: Permitted<may::EditAccounts>,
    Path(id): Path<AccountId>,
    Json(body): Json<NewRecontact>,
) -> Result<Json<Templates>> {
    account(&app, &me, id)?;
    let asked = Choose {
        by: me.viewer.user,
        account: id,
        version: body.version,
        template: body.template.flatten(),
        language: body.language,
        answer_days: body.answer_days,
    };
    app.desk.run(&asked, |tx, now, asked| Box::pin(choose(tx, now, asked))).await?;
    templates(&app, &me, id, &TemplatesQuery::default()).await.map(Json)
}

/// Fetch an account's templates now
///
/// What goes wrong is told as `sync_error`.
#[utoipa::path(post, path = "/api/v1/accounts/{id}/templates/syncs", tag = "templates",
    operation_id = "sync_templates", params(("id" = i64, Path)), responses((status = 200, body = Templates)))]
pub async fn sync_templates(
    State(app): State<App>,
    me: Permitted<may::EditAccounts>,
    Path(id): Path<AccountId>,
) -> Result<Json<Templates>> {
    account(&app, &me, id)?;
    if let Err(why) = sync(&app.desk, id).await? {
        tracing::info!(account = id.0, why, "templates could not be fetched");
    }
    templates(&app, &me, id, &TemplatesQuery::default()).await.map(Json)
}

/// A template to send.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendTemplate {
    /// Made by the client; a repeat answers with the first result.
    pub client_id: Uuid,
    /// The variant's id.
    pub template_id: i64,
    /// By slot. Placeholders in them are filled in.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// The header's file, handed in before; else its slot holds a link.
    #[serde(default)]
    pub upload_id: Option<Uuid>,
}

/// Send a template
///
/// Its owner may, whether or not the window is open; a closed interaction is reopened and theirs who sends.
#[utoipa::path(post, path = "/api/v1/interactions/{id}/templates", tag = "templates", operation_id = "send_template",
    params(("id" = i64, Path)), request_body = SendTemplate,
    responses((status = 201, body = Message), (status = 200, description = "sent before", body = Message),
        (status = 409, body = crate::Problem), (status = 422, body = crate::Problem)))]
pub async fn send_template(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
    Json(body): Json<SendTemplate>,
) -> Result<(StatusCode, Json<Message>)> {
    open(&app, &me, id, Opened::Seen).await?;
    let asked = Send {
        interaction: InteractionId(id),
        user: me.viewer.user,
        client_id: body.client_id,
        what: What { template: body.template_id, values: body.values, upload: body.upload_id },
        may_take: me.viewer.may(Permission::Take),
    };
    let sent = app.desk.run(&asked, |tx, now, asked| Box::pin(send(tx, now, asked))).await?;
    app.desk.wake_routing();
    let status = if sent.fresh { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(shown(&app, &me, sent.message).await?)))
}

/// Whether the recontact template can be sent, and what it would say.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecontactState {
    /// Why not: `recontact_window_open`, `recontact_not_set`, `recontact_no_language`, `recontact_not_approved`,
    /// `recontact_pending`, `recontact_unfilled`. Null if it can.
    pub hindrance: Option<String>,
    /// Of `recontact_not_approved`.
    #[schema(value_type = Option<crate::schema::TemplateStatus>)]
    pub status: Option<Status>,
    /// Of `recontact_pending`: when it was sent.
    pub since: Option<Timestamp>,
    pub template: Option<String>,
    pub language: Option<String>,
    /// Of `recontact_window_open`: the customer's open interaction, where it is another one that the viewer sees.
    pub open_id: Option<i64>,
}

/// Find out whether a customer can be recontacted
#[utoipa::path(get, path = "/api/v1/interactions/{id}/recontact", tag = "templates", operation_id = "find_recontact",
    params(("id" = i64, Path)), responses((status = 200, body = RecontactState)))]
pub async fn find_recontact(State(app): State<App>, me: SignedIn, Path(id): Path<i64>) -> Result<Json<RecontactState>> {
    let row = open(&app, &me, id, Opened::Seen).await?;
    let asked =
        Recontact { interaction: InteractionId(id), user: me.viewer.user, may_take: me.viewer.may(Permission::Take) };
    let mut tx = app.desk.db().read().await?;
    let mut state =
        RecontactState { hindrance: None, status: None, since: None, template: None, language: None, open_id: None };
    match look(&mut tx, app.desk.now(), &asked).await? {
        Ok(ready) => (state.template, state.language) = (Some(ready.template), Some(ready.language)),
        Err(cannot) => {
            state.hindrance = Some(cannot.code().to_owned());
            match cannot {
                Cannot::NotApproved { status } => state.status = Some(status),
                Cannot::Pending { since } => state.since = Some(since),
                Cannot::WindowOpen => {
                    let other = store::interaction::open_at(&mut tx, row.address_id).await?;
                    let other = other.filter(|other| other.id != id && me.viewer.sees(&other.seen()));
                    state.open_id = other.map(|other| other.id);
                }
                _ => {}
            }
        }
    }
    Ok(Json(state))
}

/// Recontact a customer
///
/// Sends the account's recontact template as from the desk. At most one is pending.
#[utoipa::path(post, path = "/api/v1/interactions/{id}/recontact", tag = "templates", operation_id = "send_recontact",
    params(("id" = i64, Path)), responses((status = 201, body = Message), (status = 409, body = crate::Problem)))]
pub async fn send_recontact(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
) -> Result<(StatusCode, Json<Message>)> {
    open(&app, &me, id, Opened::Seen).await?;
    let asked =
        Recontact { interaction: InteractionId(id), user: me.viewer.user, may_take: me.viewer.may(Permission::Take) };
    let message = app.desk.run(&asked, |tx, now, asked| Box::pin(recontact(tx, now, asked))).await?;
    app.desk.wake_routing();
    Ok((StatusCode::CREATED, Json(shown(&app, &me, message).await?)))
}

/// A field that must be other than it is.
pub(super) fn wrong(field: &str, code: &str, detail: impl Into<String>) -> Error {
    Error::invalid(vec![Field::new(field, code, detail)])
}
