//! Asks the provider whether an account works: before the first customer finds out that it does not.

use std::time::Duration;

use pronto_domain::id::AccountId;
use pronto_domain::outbound::Answer;
use pronto_domain::provider::Provider;
use pronto_provider::{Endpoint, Request, meta};

use super::{Checked, checked};
use crate::config::Account;
use crate::{Desk, Error, Result};

/// How long the provider may take for each question.
const WITHIN: Duration = Duration::from_secs(10);

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// `access_token`, `app_secret`, `verify_token`, `number`, `subscription`, `provider`.
    pub code: &'static str,
    pub ok: bool,
    pub detail: Option<String>,
}

/// Looks at everything an account needs, keeps what it found as the account's health, and answers it.
pub async fn check(desk: &Desk, id: AccountId) -> Result<Vec<Step>> {
    let config = desk.config();
    let account = config.accounts.get(&id).filter(|account| account.row.deleted_at.is_none());
    let account = account.ok_or(Error::Db(pronto_db::Error::NotFound))?;
    let steps = match &account.endpoint {
        Endpoint::Meta(endpoint) => at_meta(desk, account, endpoint).await,
        endpoint => elsewhere(desk, account, endpoint).await,
    };
    let wrong = steps.iter().find(|step| !step.ok);
    let said = wrong.map(|step| match &step.detail {
        Some(detail) => format!("{}: {detail}", step.code),
        None => step.code.to_owned(),
    });
    let found = Checked { id, ok: wrong.is_none(), detail: said };
    desk.run(&found, |tx, now, found| Box::pin(checked(tx, now, found))).await?;
    Ok(steps)
}

async fn at_meta(desk: &Desk, account: &Account, endpoint: &meta::Endpoint) -> Vec<Step> {
    // Empty also where it was sealed under another key.
    let has_token = account.access_token.is_some();
    let mut steps = vec![
        set("access_token", has_token),
        set("app_secret", account.app_secret.is_some()),
        set("verify_token", account.verify_token.is_some()),
    ];
    if has_token {
        steps.push(number(desk, account, endpoint).await);
        steps.push(subscription(desk, account, endpoint).await);
    }
    steps
}

/// What its deliveries are recognised by, and whether the provider takes the secret, where there is a way to ask.
async fn elsewhere(desk: &Desk, account: &Account, endpoint: &Endpoint) -> Vec<Step> {
    let has_token = account.access_token.is_some();
    let mut steps = vec![set("access_token", has_token)];
    steps.push(match endpoint.provider() {
        Provider::Kaleyra => set("verify_token", account.verify_token.is_some()),
        _ => set("app_secret", account.signing_secret().is_some()),
    });
    if has_token && let Some(request) = endpoint.probe().transpose() {
        let found = ask(desk, endpoint, request).await;
        steps.push(step("provider", found.map(|_| "the provider answers".to_owned())));
    }
    steps
}

fn set(code: &'static str, ok: bool) -> Step {
    Step { code, ok, detail: (!ok).then(|| "not set".to_owned()) }
}

/// Whether the provider knows the number.
async fn number(desk: &Desk, account: &Account, endpoint: &meta::Endpoint) -> Step {
    let request = meta::number_info(endpoint).map_err(|error| error.to_string());
    let found = ask(desk, &account.endpoint, request).await.and_then(|body| {
        let info = meta::read_number_info(&body).ok_or("the answer is not about a number")?;
        let parts = [info.display_number, info.verified_name, info.status, info.quality];
        Ok(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    });
    step("number", found)
}

/// Whether the provider sends what arrives there to our app.
async fn subscription(desk: &Desk, account: &Account, endpoint: &meta::Endpoint) -> Step {
    let request = meta::subscribed_apps(endpoint).map_err(|error| error.to_string());
    let found = ask(desk, &account.endpoint, request).await.and_then(|body| {
        let apps = meta::read_subscription(&body).ok_or("the answer is not about apps")?;
        let ours = |app: &meta::Subscription| {
            account.row.app_id.is_none() || app.app_id.is_none() || app.app_id == account.row.app_id
        };
        match apps.iter().find(|app| ours(app)) {
            Some(app) => Ok(app.name.clone().or_else(|| app.app_id.clone()).unwrap_or_default()),
            None if apps.is_empty() => Err("no app gets the webhooks of this business account".to_owned()),
            None => Err("the webhooks of this business account go to another app".to_owned()),
        }
    });
    step("subscription", found)
}

fn step(code: &'static str, found: Result<String, String>) -> Step {
    match found {
        Ok(detail) => Step { code, ok: true, detail: Some(detail).filter(|detail| !detail.is_empty()) },
        Err(detail) => Step { code, ok: false, detail: Some(detail) },
    }
}

async fn ask(desk: &Desk, endpoint: &Endpoint, request: Result<Request, String>) -> Result<bytes::Bytes, String> {
    let answered = desk.outside().call_as(endpoint, &request?, WITHIN).await.map_err(|broken| broken.to_string())?;
    match endpoint.refused(answered.status, answered.retry_after.as_deref(), &answered.body) {
        None => Ok(answered.body),
        Some(Answer::Failed { error, .. } | Answer::Retry { error, .. }) => Err(match error.detail {
            Some(detail) => format!("{} ({}): {detail}", error.title, error.code),
            None => format!("{} ({})", error.title, error.code),
        }),
        Some(Answer::Unknown { detail }) => Err(detail),
        Some(Answer::Accepted { .. }) => Err("the answer makes no sense".to_owned()),
    }
}
