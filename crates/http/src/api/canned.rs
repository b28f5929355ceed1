//! Canned answers: keeping them, and filling them for a conversation.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use pronto_db::Tx;
use pronto_desk::act::canned::{self, Add, Change, Fields, Remove, Use};
use pronto_desk::values;
use pronto_domain::access::Viewer;
use pronto_domain::canned::Scope;
use pronto_domain::id::{AccountId, CannedAnswerId, ContactListId, InteractionId, UserId};
use pronto_domain::placeholder::{self, FIELD, Name, Named};
use pronto_store as store;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::interactions::{DONE, Opened, open};
use crate::App;
use crate::error::{Error, Field, Result};
use crate::extract::{Json, Path, SignedIn, present};
use crate::snapshot::{At, Snapshot};
use crate::view::{AccountRef, Lens};

/// A text written beforehand.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CannedAnswer {
    pub id: i64,
    pub version: i64,
    #[schema(value_type = crate::schema::CannedScope)]
    pub scope: String,
    /// The account it belongs to, where the scope is `account`.
    pub account: Option<AccountRef>,
    /// What is typed after `/` to find it.
    pub shortcut: Option<String>,
    pub title: String,
    /// With its placeholders, such as `{{contact.first_name|there}}`.
    pub text: String,
    /// How often it was used, by everybody.
    pub uses: i64,
    pub may_edit: bool,
}

/// A new canned answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCannedAnswer {
    pub scope: CannedScope,
    /// Required where the scope is `account`.
    #[serde(default)]
    pub account_id: Option<i64>,
    #[serde(default)]
    pub shortcut: Option<String>,
    pub title: String,
    pub text: String,
}

/// Who can use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CannedScope {
    Global,
    Account,
    Personal,
}

impl utoipa::PartialSchema for CannedScope {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        crate::schema::CannedScope::schema()
    }
}

impl ToSchema for CannedScope {}

/// What is absent stays as it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CannedAnswerChange {
    /// The version the change was made on.
    pub version: i64,
    pub scope: Option<CannedScope>,
    pub account_id: Option<i64>,
    #[serde(default, deserialize_with = "present")]
    pub shortcut: Option<Option<String>>,
    pub title: Option<String>,
    pub text: Option<String>,
    /// `false` brings back one that was removed.
    pub deleted: Option<bool>,
}

/// List the canned answers one may use
#[utoipa::path(get, path = "/api/v1/canned_answers", tag = "canned answers", operation_id = "list_canned_answers",
    responses((status = 200, body = Vec<CannedAnswer>)))]
pub async fn list_canned_answers(State(app): State<App>, me: SignedIn) -> Result<At<Vec<CannedAnswer>>> {
    let mut snapshot = Snapshot::take(&app).await?;
    let rows = seen(&mut snapshot.tx, &me.viewer).await?;
    let shown = shown(&app, &mut snapshot, &me, rows).await?;
    Ok(snapshot.answer(shown))
}

/// Find a canned answer
#[utoipa::path(get, path = "/api/v1/canned_answers/{id}", tag = "canned answers", operation_id = "find_canned_answer",
    params(("id" = i64, Path)), responses((status = 200, body = CannedAnswer)))]
pub async fn find_canned_answer(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<CannedAnswerId>,
) -> Result<At<CannedAnswer>> {
    one(&app, &me, id).await
}

/// Add a canned answer
///
/// One's own: anybody. For everybody or for an account: supervisors.
#[utoipa::path(post, path = "/api/v1/canned_answers", tag = "canned answers", operation_id = "add_canned_answer",
    request_body = NewCannedAnswer, responses((status = 201, body = CannedAnswer)))]
pub async fn add_canned_answer(
    State(app): State<App>,
    me: SignedIn,
    Json(body): Json<NewCannedAnswer>,
) -> Result<(StatusCode, At<CannedAnswer>)> {
    let scope = scope(body.scope, body.account_id, &me)?;
    let fields = Fields { shortcut: Some(body.shortcut), title: Some(body.title), text: Some(body.text) };
    let add = Add { by: me.viewer.clone(), scope, fields };
    let id = app.desk.run(&add, |tx, now, add| Box::pin(canned::add(tx, now, add))).await?;
    Ok((StatusCode::CREATED, one(&app, &me, id).await?))
}

/// Change a canned answer, or bring one back
#[utoipa::path(patch, path = "/api/v1/canned_answers/{id}", tag = "canned answers",
    operation_id = "change_canned_answer", params(("id" = i64, Path)), request_body = CannedAnswerChange,
    responses((status = 200, body = CannedAnswer)))]
pub async fn change_canned_answer(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<CannedAnswerId>,
    Json(body): Json<CannedAnswerChange>,
) -> Result<At<CannedAnswer>> {
    let CannedAnswerChange { version, scope: wanted, account_id, shortcut, title, text, deleted } = body;
    let scope = match (wanted, account_id) {
        (Some(wanted), _) => Some(scope(wanted, account_id, &me)?),
        (None, Some(account)) => Some(Scope::Account(AccountId(account))),
        (None, None) => None,
    };
    let fields = Fields { shortcut, title, text };
    let change = Change { by: me.viewer.clone(), id, version, scope, fields, deleted };
    app.desk.run(&change, |tx, now, change| Box::pin(canned::change(tx, now, change))).await?;
    one(&app, &me, id).await
}

/// Remove a canned answer
#[utoipa::path(delete, path = "/api/v1/canned_answers/{id}", tag = "canned answers",
    operation_id = "remove_canned_answer", params(("id" = i64, Path)), responses((status = 204)))]
pub async fn remove_canned_answer(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<CannedAnswerId>,
) -> Result<StatusCode> {
    let remove = Remove { by: me.viewer.clone(), id };
    app.desk.run(&remove, |tx, now, remove| Box::pin(canned::remove(tx, now, remove))).await?;
    Ok(DONE)
}

/// Remember that one used it
///
/// What was used lately stands first.
#[utoipa::path(post, path = "/api/v1/canned_answers/{id}/uses", tag = "canned answers",
    operation_id = "use_canned_answer", params(("id" = i64, Path)), responses((status = 204)))]
pub async fn use_canned_answer(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<CannedAnswerId>,
) -> Result<StatusCode> {
    let mut tx = app.desk.db().read().await?;
    visible(&mut tx, &me.viewer, id).await?;
    drop(tx);
    let used = Use { by: me.viewer.user, id };
    app.desk.run(&used, |tx, now, used| Box::pin(canned::used(tx, now, used))).await?;
    Ok(DONE)
}

/// What can be written into a conversation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggestions {
    /// What the viewer used lately first, then by title.
    pub items: Vec<Suggestion>,
    /// Every placeholder there is.
    pub placeholders: Vec<PlaceholderValue>,
}

/// A canned answer, filled.
#[derive(Debug, Serialize, ToSchema)]
pub struct Suggestion {
    pub id: i64,
    #[schema(value_type = crate::schema::CannedScope)]
    pub scope: String,
    pub shortcut: Option<String>,
    pub title: String,
    /// To be put into the composer. What the viewer may not see stays a placeholder: it is filled when it is sent.
    pub text: String,
    /// The placeholders that nothing is known for; they stand in the text, and with them it is not sent.
    pub missing: Vec<String>,
}

/// What a placeholder stands for here.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceholderValue {
    /// As it stands in braces.
    pub name: String,
    /// What the company calls it, of a custom field.
    pub label: Option<String>,
    /// As the viewer may see it; null where nothing is known.
    pub value: Option<String>,
}

/// The canned answers for a conversation, filled
#[utoipa::path(get, path = "/api/v1/interactions/{id}/canned_answers", tag = "canned answers",
    operation_id = "suggest_canned_answers", params(("id" = i64, Path)),
    responses((status = 200, body = Suggestions)))]
pub async fn suggest_canned_answers(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<i64>,
) -> Result<Json<Suggestions>> {
    let row = open(&app, &me, id, Opened::Seen).await?;
    let mut tx = app.desk.db().read().await?;
    let values = values::of(&mut tx, InteractionId(id), Some(me.viewer.user)).await?;
    let uses = store::canned::uses_of(&mut tx, me.viewer.user.0).await?;
    let used: BTreeMap<i64, i64> = uses.iter().map(|one| (one.canned_answer_id, one.used_at)).collect();
    let mut rows = store::canned::for_user(&mut tx, me.viewer.user.0).await?;
    rows.retain(|canned| canned.belongs().serves(AccountId(row.account_id), me.viewer.user));
    // They come by title, and stay so among those that were never used.
    rows.sort_by_key(|canned| std::cmp::Reverse(used.get(&canned.id).copied()));
    let masking = me.viewer.masking;
    let items = rows.into_iter().map(|canned| {
        let filled = placeholder::fill_for(&canned.text, &values, &masking);
        Suggestion {
            id: canned.id,
            scope: canned.scope,
            shortcut: canned.shortcut,
            title: canned.title,
            text: filled.text,
            missing: filled.missing,
        }
    });
    let shown = |named: Named<'_>| {
        let value = values.get(named)?;
        Some(values.hidden(named).map_or_else(|| value.to_owned(), |hidden| hidden.apply(&masking, value)))
    };
    let known = Name::ALL.iter().map(|name| PlaceholderValue {
        name: name.as_str().to_owned(),
        label: None,
        value: shown(Named::Known(*name)),
    });
    let config = app.desk.config();
    let account = config.accounts.get(&AccountId(row.account_id));
    let list = match row.contact_id {
        Some(contact) => store::contact::by_ids(&mut tx, &[contact]).await?.pop().map(|contact| contact.list_id),
        None => account.map(|account| account.row.list_id),
    };
    let own = config.fields.iter().filter(|field| list.is_some_and(|list| field.serves(ContactListId(list))));
    let own = own.map(|field| PlaceholderValue {
        name: format!("{FIELD}{}", field.key),
        label: Some(field.name.clone()),
        value: shown(Named::Field(&field.key)),
    });
    let placeholders = known.chain(own).collect();
    Ok(Json(Suggestions { items: items.collect(), placeholders }))
}

fn scope(wanted: CannedScope, account: Option<i64>, me: &SignedIn) -> Result<Scope> {
    Ok(match (wanted, account) {
        (CannedScope::Global, _) => Scope::Global,
        (CannedScope::Personal, _) => Scope::Personal(UserId(me.viewer.user.0)),
        (CannedScope::Account, Some(account)) => Scope::Account(AccountId(account)),
        (CannedScope::Account, None) => {
            return Err(Error::invalid(vec![Field::new("account_id", "required", "which account?")]));
        }
    })
}

async fn seen(tx: &mut Tx, viewer: &Viewer) -> Result<Vec<store::canned::Canned>> {
    let mut rows = store::canned::for_user(tx, viewer.user.0).await?;
    rows.retain(|canned| canned.belongs().seen_by(viewer));
    Ok(rows)
}

async fn visible(tx: &mut Tx, viewer: &Viewer, id: CannedAnswerId) -> Result<store::canned::Canned> {
    let row = store::canned::by_id(tx, id.0).await?;
    if row.deleted_at.is_none() && row.belongs().seen_by(viewer) { Ok(row) } else { Err(Error::not_found()) }
}

async fn one(app: &App, me: &SignedIn, id: CannedAnswerId) -> Result<At<CannedAnswer>> {
    let mut snapshot = Snapshot::take(app).await?;
    let row = visible(&mut snapshot.tx, &me.viewer, id).await?;
    let shown = shown(app, &mut snapshot, me, vec![row]).await?;
    let one = shown.into_iter().next().ok_or_else(Error::not_found)?;
    Ok(snapshot.answer(one))
}

async fn shown(
    app: &App,
    snapshot: &mut Snapshot,
    me: &SignedIn,
    rows: Vec<store::canned::Canned>,
) -> Result<Vec<CannedAnswer>> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let uses: BTreeMap<i64, i64> = store::canned::uses(&mut snapshot.tx, &ids).await?.into_iter().collect();
    let lens = Lens { config: &snapshot.config, viewer: &me.viewer, now: app.desk.now() };
    let shown = rows.into_iter().map(|row| CannedAnswer {
        may_edit: row.belongs().edited_by(&me.viewer),
        account: row.account_id.map(|id| lens.account(id)),
        uses: uses.get(&row.id).copied().unwrap_or(0),
        id: row.id,
        version: row.version,
        scope: row.scope,
        shortcut: row.shortcut,
        title: row.title,
        text: row.text,
    });
    Ok(shown.collect())
}
