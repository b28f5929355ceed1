//! Accounts: WhatsApp numbers. Credentials go in and never come out.

mod body;
mod check;
mod view;

use axum::extract::State;
use axum::http::StatusCode;
use pronto_desk::act::account::{self, Add, Change, Fields, Remove};
use pronto_domain::id::AccountId;
use pronto_domain::provider::Provider;

use crate::App;
use crate::error::{Error, Result};
use crate::extract::{Json, Path, Permitted, SignedIn, may};
use crate::origin::Base;
use crate::snapshot::{At, Snapshot};

pub use body::{AccountChange, NewAccount, NewConnection, NewCredentials};
pub use check::*;
pub(in crate::api) use view::sees;
pub use view::{Account, Can, Connection, CredentialsSet, Health};

/// List accounts
///
/// Those one is associated with; all of them for whoever may edit accounts.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "administration",
    responses((status = 200, body = Vec<Account>)))]
pub async fn list_accounts(State(app): State<App>, me: SignedIn, base: Base) -> Result<At<Vec<Account>>> {
    let snapshot = Snapshot::take(&app).await?;
    let accounts = view::shown(&snapshot.config, &me.viewer, &base.0);
    Ok(snapshot.answer(accounts))
}

/// Find an account
#[utoipa::path(get, path = "/api/v1/accounts/{id}", tag = "administration", params(("id" = i64, Path)),
    responses((status = 200, body = Account)))]
pub async fn find_account(
    State(app): State<App>,
    me: SignedIn,
    base: Base,
    Path(id): Path<AccountId>,
) -> Result<At<Account>> {
    one(&app, &me, &base, id).await
}

/// Add an account
#[utoipa::path(post, path = "/api/v1/accounts", tag = "administration",
    request_body = NewAccount, responses((status = 201, body = Account)))]
pub async fn add_account(
    State(app): State<App>,
    me: Permitted<may::EditAccounts>,
    base: Base,
    Json(body): Json<NewAccount>,
) -> Result<(StatusCode, At<Account>)> {
    let mut fields = Fields::from(body);
    let provider = fields.provider.unwrap_or(Provider::Meta);
    reached_here(&mut fields, provider, &base);
    let add = Add { by: me.viewer.user, fields, sealer: app.desk.sealer().clone() };
    let id = app.desk.run(&add, |tx, now, add| Box::pin(account::add(tx, now, add))).await?;
    app.desk.reload().await?;
    Ok((StatusCode::CREATED, one(&app, &me, &base, id).await?))
}

/// Where nothing else is said, the provider reaches the desk where we were asked.
fn reached_here(fields: &mut Fields, provider: Provider, base: &Base) {
    if let Some(connection) = &mut fields.connection
        && provider != Provider::Meta
        && connection.public_url.as_deref().is_none_or(|url| url.trim().is_empty())
    {
        connection.public_url = Some(base.0.clone());
    }
}

/// Change an account, or bring one back
#[utoipa::path(patch, path = "/api/v1/accounts/{id}", tag = "administration", params(("id" = i64, Path)),
    request_body = AccountChange, responses((status = 200, body = Account)))]
pub async fn change_account(
    State(app): State<App>,
    me: Permitted<may::EditAccounts>,
    base: Base,
    Path(id): Path<AccountId>,
    Json(body): Json<AccountChange>,
) -> Result<At<Account>> {
    let (version, deleted) = (body.version, body.deleted);
    let sealer = app.desk.sealer().clone();
    let mut fields = Fields::from(body);
    if let Some(account) = app.desk.config().accounts.get(&id) {
        reached_here(&mut fields, account.endpoint.provider(), &base);
    }
    let change = Change { by: me.viewer.user, id, version, fields, deleted, sealer };
    app.desk.run(&change, |tx, now, change| Box::pin(account::change(tx, now, change))).await?;
    app.desk.reload().await?;
    app.desk.wake_routing();
    one(&app, &me, &base, id).await
}

/// Remove an account
///
/// Refused as `in_use` while it has open interactions. Its history stays.
#[utoipa::path(delete, path = "/api/v1/accounts/{id}", tag = "administration", params(("id" = i64, Path)),
    responses((status = 204)))]
pub async fn remove_account(
    State(app): State<App>,
    me: Permitted<may::EditAccounts>,
    Path(id): Path<AccountId>,
) -> Result<StatusCode> {
    let remove = Remove { by: me.viewer.user, id };
    app.desk.run(&remove, |tx, now, remove| Box::pin(account::remove(tx, now, remove))).await?;
    app.desk.reload().await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn one(app: &App, me: &SignedIn, base: &Base, id: AccountId) -> Result<At<Account>> {
    let snapshot = Snapshot::take(app).await?;
    let mut shown = view::shown(&snapshot.config, &me.viewer, &base.0).into_iter();
    let account = shown.find(|account| account.id == id.0).ok_or_else(Error::not_found)?;
    Ok(snapshot.answer(account))
}
