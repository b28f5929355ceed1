//! Asks the provider whether an account works: before the first customer finds out that it does not.

use std::time::Duration;

use pronto_domain::id::AccountId;
use pronto_domain::outbound::Answer;
use pronto_provider::Request;
use pronto_provider::meta;
use secrecy::ExposeSecret as _;

use super::{Checked, checked};
use crate::config::Account;
use crate::{Desk, Error, Result};

/// How long the provider may take for each question.
const WITHIN: Duration = Duration::from_secs(10);

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// `access_token`, `app_secret`, `verify_token`, `number`, `subscription`.
    pub code: &'static str,
    pub ok: bool,
    pub detail: Option<String>,
}

/// Looks at everything an account needs, keeps what it found as the account's health, and answers it.
pub async fn check(desk: &Desk, id: AccountId) -> Result<Vec<Step>> {
    let config = desk.config();
    let account = config.accounts.get(&id).filter(|account| account.row.deleted_at.is_none());
    let account = account.ok_or(Error::Db(pronto_db::Error::NotFound))?;
    // Empty also where it was sealed under another key.
    let endpoint = account.endpoint.meta();
    let has_token = endpoint.is_some_and(|endpoint| !endpoint.access_token.expose_secret().is_empty());
    let mut steps = vec![
        set("access_token", has_token),
        set("app_secret", account.app_secret.is_some()),
        set("verify_token", account.verify_token.is_some()),
    ];
    if has_token {
        steps.push(number(desk, account).await);
        steps.push(subscription(desk, account).await);
    }
    let wrong = steps.iter().find(|step| !step.ok);
    let said = wrong.map(|step| match &step.detail {
        Some(detail) => format!("{}: {detail}", step.code),
        None => step.code.to_owned(),
    });
    let found = Checked { id, ok: wrong.is_none(), detail: said };
    desk.run(&found, |tx, now, found| Box::pin(checked(tx, now, found))).await?;
    Ok(steps)
}

fn set(code: &'static str, ok: bool) -> Step {
    Step { code, ok, detail: (!ok).then(|| "not set".to_owned()) }
}

/// Whether the provider knows the number.
async fn number(desk: &Desk, account: &Account) -> Step {
    let request = endpoint(account).and_then(|endpoint| meta::number_info(endpoint).map_err(|error| error.to_string()));
    let found = ask(desk, request).await.and_then(|body| {
        let info = meta::read_number_info(&body).ok_or("the answer is not about a number")?;
        let parts = [info.display_number, info.verified_name, info.status, info.quality];
        Ok(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    });
    step("number", found)
}

fn endpoint(account: &Account) -> Result<&meta::Endpoint, String> {
    account.endpoint.meta().ok_or_else(|| "this number is not at Meta".to_owned())
}

/// Whether the provider sends what arrives there to our app.
async fn subscription(desk: &Desk, account: &Account) -> Step {
    let request =
        endpoint(account).and_then(|endpoint| meta::subscribed_apps(endpoint).map_err(|error| error.to_string()));
    let found = ask(desk, request).await.and_then(|body| {
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

async fn ask(desk: &Desk, request: Result<Request, String>) -> Result<bytes::Bytes, String> {
    let answered = desk.outside().call(&request?, WITHIN).await.map_err(|broken| broken.to_string())?;
    match meta::refused(answered.status, answered.retry_after.as_deref(), &answered.body) {
        None => Ok(answered.body),
        Some(Answer::Failed { error, .. } | Answer::Retry { error, .. }) => Err(match error.detail {
            Some(detail) => format!("{} ({}): {detail}", error.title, error.code),
            None => format!("{} ({})", error.title, error.code),
        }),
        Some(Answer::Unknown { detail }) => Err(detail),
        Some(Answer::Accepted { .. }) => Err("the answer makes no sense".to_owned()),
    }
}
