//! Writing to somebody first.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use pronto_desk::Config;
use pronto_desk::act::contact as contact_act;
use pronto_desk::act::template::send::What;
use pronto_desk::act::template::start::{Ask, Found, Start, ask, find, start};
use pronto_domain::access::Permission;
use pronto_domain::id::{AccountId, ContactListId, InteractionId};
use pronto_domain::phone;
use pronto_domain::start::{Start as Leads, start as decide};
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::contacts;
use super::interactions::{Opened, open};
use super::templates::wrong;
use crate::App;
use crate::error::{Error, Result};
use crate::extract::{Json, Path, Query, SignedIn};
use crate::view::{Beside, Interaction, Lens, UserRef};

/// What writing to a number would lead to.
#[derive(Debug, Serialize, ToSchema)]
pub struct StartState {
    /// As people write it, with the country it is understood to be of; of a contact that was asked for, masked where the viewer is.
    pub phone: String,
    #[schema(value_type = crate::schema::StartOutcome)]
    pub outcome: String,
    /// The open interaction, or the one that would be reopened; null where the viewer may not see it.
    pub interaction: Option<Interaction>,
    /// Who has it, where somebody else does.
    pub owner: Option<UserRef>,
    /// The end of the window, where it is open.
    pub window_expires_at: Option<Timestamp>,
    /// Contacts with the number; the one it goes by first.
    pub contacts: Vec<StartContact>,
    /// Whether a contact would be made.
    pub makes_contact: bool,
}

/// Somebody the number may be.
#[derive(Debug, Serialize, ToSchema)]
pub struct StartContact {
    pub id: i64,
    pub name: String,
    /// This and the company only for whoever sees the contact: a number that was typed is no key to more of it.
    pub email: Option<String>,
    pub company: Option<String>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StartQuery {
    /// In any spelling; without a country it is of the account's.
    pub phone: Option<String>,
    /// Instead of a number: the contact that has it, where it may be hidden from whoever asks.
    pub contact: Option<i64>,
}

/// The digits of a number that was typed.
fn digits(config: &Config, account: AccountId, typed: &str) -> Result<String> {
    let own = config.accounts.get(&account).and_then(|account| account.row.phone.as_deref());
    phone::digits(typed, own).map_err(|error| wrong("phone", "format", error.to_string()))
}

/// The digits of what was typed; where nothing was, those of a contact, whose number may be hidden from whoever asks:
/// where single messages go.
pub(super) async fn digits_of(
    app: &App,
    me: &SignedIn,
    account: AccountId,
    typed: Option<&str>,
    contact: Option<i64>,
) -> Result<String> {
    if let Some(typed) = typed {
        return digits(&app.desk.config(), account, typed);
    }
    let detail = "a number, or a contact that has one";
    let missing = || wrong("phone", "required", detail.to_owned());
    let contact = contacts::open(app, me, contact.ok_or_else(missing)?).await?;
    contact.mobile.or(contact.phone).ok_or_else(missing)
}

/// Only who works on an account writes from it.
fn works_on(app: &App, me: &SignedIn, id: AccountId) -> Result<()> {
    let config = app.desk.config();
    let found = config.accounts.get(&id).filter(|account| account.row.deleted_at.is_none());
    let found = found.ok_or_else(Error::not_found)?;
    if !me.viewer.supervises() && !me.viewer.accounts.contains(&id) {
        return Err(Error::not_found());
    }
    if !found.endpoint.capabilities().starts {
        let detail = "this account's provider does not let a business write first";
        return Err(Error::new(StatusCode::CONFLICT, "cannot_start", detail));
    }
    Ok(())
}

/// Find out what writing to a number would lead to
#[utoipa::path(get, path = "/api/v1/accounts/{id}/starts", tag = "templates", operation_id = "find_start",
    params(("id" = i64, Path), StartQuery),
    responses((status = 200, body = StartState), (status = 409, body = crate::Problem), (status = 422, body = crate::Problem)))]
pub async fn find_start(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<AccountId>,
    Query(query): Query<StartQuery>,
) -> Result<Json<StartState>> {
    works_on(&app, &me, id)?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let digits = digits_of(&app, &me, id, query.phone.as_deref(), query.contact).await?;
    let phone = if query.phone.is_some() { phone::shown(&digits) } else { lens.phone(&digits) };
    let list = config.accounts.get(&id).map_or(0, |account| account.row.list_id);
    let mut tx = app.desk.db().read().await?;
    let Found { address, latest, contacts } = find(&mut tx, list, id, &digits).await?;
    let ends = address.as_ref().and_then(|address| address.window_expires_at).map(store::instant);
    let rules = latest.as_ref().map(store::interaction::Interaction::rules).transpose().map_err(Error::internal)?;
    let leads = decide(rules.as_ref(), ends, me.viewer.user, lens.now);
    let (outcome, owner) = match leads {
        Leads::Mine(_) => ("open", None),
        Leads::Template(_) => ("template_into", None),
        Leads::Held { owner, .. } => ("held", Some(lens.user(owner.0))),
        Leads::Free(_) => ("free", None),
        Leads::Reopen(_) => ("reopen", None),
        Leads::New => ("template_new", None),
    };
    let makes_contact = contacts.is_empty() && config.may_add(&me.viewer, ContactListId(list));
    let mut named = Vec::with_capacity(contacts.len());
    for contact in &contacts {
        let sees = contact_act::sees(&mut tx, &me.viewer, contact).await?;
        let shown = lens.contact(contact, &Beside::default());
        let name = [Some(shown.first_name), shown.last_name].into_iter().flatten().collect::<Vec<_>>();
        named.push(StartContact {
            id: contact.id,
            name: name.join(" "),
            email: shown.email.filter(|_| sees),
            company: shown.company.filter(|_| sees),
        });
    }
    let row = latest.filter(|row| leads != Leads::New && me.viewer.sees(&row.seen()));
    Ok(Json(StartState {
        phone,
        outcome: outcome.to_owned(),
        interaction: row.map(|row| lens.interaction(&row)),
        owner,
        window_expires_at: ends.filter(|ends| *ends > lens.now),
        makes_contact,
        contacts: named,
    }))
}

/// Somebody to write to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInteraction {
    /// Made by the client; a repeat answers with the first result.
    pub client_id: Uuid,
    pub account_id: i64,
    /// In any spelling; without a country it is of the account's. Absent: the contact's.
    #[serde(default)]
    pub phone: Option<String>,
    /// Which of several contacts with the number.
    #[serde(default)]
    pub contact_id: Option<i64>,
    /// What the contact that is made is called.
    #[serde(default)]
    pub name: Option<String>,
    /// The template's variant; needed where the window is shut.
    #[serde(default)]
    pub template_id: Option<i64>,
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// The header's file, handed in before; else its slot holds a link.
    #[serde(default)]
    pub upload_id: Option<Uuid>,
}

/// Write to somebody first
///
/// Inside the window the open interaction is answered, or the last one reopened; outside of it a template is sent, into
/// the open interaction or a new one of the sender's. Refused as `taken`, with the name, where somebody else has it.
#[utoipa::path(post, path = "/api/v1/interactions", tag = "templates", operation_id = "start_interaction",
    request_body = NewInteraction,
    responses((status = 201, body = Interaction), (status = 409, body = crate::Problem), (status = 422, body = crate::Problem)))]
pub async fn start_interaction(
    State(app): State<App>,
    me: SignedIn,
    Json(body): Json<NewInteraction>,
) -> Result<(StatusCode, Json<Interaction>)> {
    let id = AccountId(body.account_id);
    works_on(&app, &me, id)?;
    let config = app.desk.config();
    let list = config.accounts.get(&id).map_or(0, |account| account.row.list_id);
    let asked = Start {
        account: id,
        user: me.viewer.user,
        digits: digits_of(&app, &me, id, body.phone.as_deref(), body.contact_id).await?,
        contact: body.contact_id,
        name: body.name,
        may_add: config.may_add(&me.viewer, ContactListId(list)),
        may_take: me.viewer.may(Permission::Take),
        client_id: body.client_id,
        what: body.template_id.map(|template| What { template, values: body.values, upload: body.upload_id }),
        config: config.clone(),
    };
    let started = app.desk.run(&asked, |tx, now, asked| Box::pin(start(tx, now, asked))).await?;
    app.desk.wake_routing();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    let mut tx = app.desk.db().read().await?;
    let row = store::interaction::by_id(&mut tx, started.interaction.id).await?;
    Ok((StatusCode::CREATED, Json(lens.interaction(&row))))
}

/// Ask whoever has an interaction to let one have it
#[utoipa::path(post, path = "/api/v1/interactions/{id}/requests", tag = "templates", operation_id = "ask_for_interaction",
    params(("id" = i64, Path)), responses((status = 201, body = Interaction), (status = 409, body = crate::Problem)))]
pub async fn ask_for_interaction(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
) -> Result<(StatusCode, Json<Interaction>)> {
    open(&app, &me, id, Opened::Seen).await?;
    let asked = Ask { interaction: InteractionId(id), user: me.viewer.user };
    let row = app.desk.run(&asked, |tx, now, asked| Box::pin(ask(tx, now, asked))).await?;
    let config = app.desk.config();
    let lens = Lens { config: &config, viewer: &me.viewer, now: app.desk.now() };
    Ok((StatusCode::CREATED, Json(lens.interaction(&row))))
}
