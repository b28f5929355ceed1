//! Templates: an account's, how they are used and made, and sending them.

pub mod make;
mod view;

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pronto_desk::act::template::recontact::{Cannot, Recontact, look, recontact};
use pronto_desk::act::template::send::{Send, What, send};
use pronto_desk::act::template::sync::sync;
use pronto_desk::act::template::usage::{Change, Choose, change, choose};
use pronto_domain::access::Permission;
use pronto_domain::id::{AccountId, InteractionId};
use pronto_domain::template::{Mapping, Status};
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use self::view::{Templates, templates};
use super::accounts::sees;
use super::interactions::{Opened, open};
use super::messages::shown;
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Path, Permitted, Query, SignedIn, may, present};
use crate::view::Message;

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
