//! Whether an account works: every hop of it, and a message to see it with one's own eyes.

use axum::extract;
use jiff::Timestamp;
use pronto_desk::act::account::{self, Subscribe, TryOut};
use pronto_domain::id::AccountId;
use pronto_domain::selfcheck::{Finding, State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::webhook_url;
use crate::App;
use crate::error::Result;
use crate::extract::{Json, Path, Permitted, may};
use crate::origin::Base;
use crate::schema;
use crate::view::Failure;

/// Whether an account works.
#[derive(Serialize, ToSchema)]
pub struct AccountCheck {
    pub ok: bool,
    pub steps: Vec<AccountCheckStep>,
}

/// One hop that was looked at.
#[derive(Serialize, ToSchema)]
pub struct AccountCheckStep {
    /// `access_token`, `app_secret`, `verify_token`, `number`, `subscription`, `provider`, `public_url`, `webhook`,
    /// `clock`, `media`, `missed`, `disk`.
    pub code: String,
    #[schema(value_type = schema::HealthState)]
    pub state: State,
    /// What the provider said, or what is known of it.
    pub detail: Option<String>,
    /// Since when, or when last.
    pub at: Option<Timestamp>,
}

/// Look at every hop of an account
///
/// Asks the provider whether it takes the account's secrets, and says what is known of webhooks, files, clock and disk.
#[utoipa::path(post, path = "/api/v1/accounts/{id}/checks", tag = "administration", params(("id" = i64, Path)),
    responses((status = 200, body = AccountCheck)))]
pub async fn check_account(
    extract::State(app): extract::State<App>,
    _: Permitted<may::EditAccounts>,
    base: Base,
    Path(id): Path<AccountId>,
) -> Result<Json<AccountCheck>> {
    let config = app.desk.config();
    let url = config.accounts.get(&id).map(|account| webhook_url(account, &base.0)).unwrap_or_default();
    let found = account::check(&app.desk, id, url).await?;
    app.desk.reload().await?;
    let ok = found.iter().all(|one| one.state != State::Failing);
    let told = |Finding { code, state, detail, at }| AccountCheckStep { code: str::to_owned(code), state, detail, at };
    Ok(Json(AccountCheck { ok, steps: found.into_iter().map(told).collect() }))
}

/// What to send to whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccountTest {
    /// A number with its country.
    pub to: String,
    pub text: String,
}

/// What the provider made of it.
#[derive(Serialize, ToSchema)]
pub struct AccountAnswer {
    /// Why the provider did not do it; null if it did.
    pub failure: Option<Failure>,
}

/// Send a test message
///
/// It stands in no conversation. Outside the service window providers take it and fail it afterwards.
#[utoipa::path(post, path = "/api/v1/accounts/{id}/tests", tag = "administration", params(("id" = i64, Path)),
    request_body = NewAccountTest, responses((status = 200, body = AccountAnswer)))]
pub async fn test_account(
    extract::State(app): extract::State<App>,
    me: Permitted<may::EditAccounts>,
    Path(id): Path<AccountId>,
    Json(body): Json<NewAccountTest>,
) -> Result<Json<AccountAnswer>> {
    let input = TryOut { by: me.viewer.user, account: id, to: body.to, text: body.text };
    let failure = account::try_out(&app.desk, &input).await?;
    Ok(Json(AccountAnswer { failure: failure.as_ref().map(Into::into) }))
}

/// Have the provider deliver what comes in
///
/// Where it has an API for that; elsewhere it is refused as `provider_cannot`, and entered there by hand.
#[utoipa::path(post, path = "/api/v1/accounts/{id}/subscriptions", tag = "administration",
    params(("id" = i64, Path)), responses((status = 200, body = AccountAnswer)))]
pub async fn subscribe_account(
    extract::State(app): extract::State<App>,
    me: Permitted<may::EditAccounts>,
    base: Base,
    Path(id): Path<AccountId>,
) -> Result<Json<AccountAnswer>> {
    let config = app.desk.config();
    let webhook_url = config.accounts.get(&id).map(|account| webhook_url(account, &base.0)).unwrap_or_default();
    let input = Subscribe { by: me.viewer.user, account: id, webhook_url };
    let failure = account::subscribe(&app.desk, &input).await?;
    Ok(Json(AccountAnswer { failure: failure.as_ref().map(Into::into) }))
}
