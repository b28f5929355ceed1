//! Looks at every hop between a customer and an agent, and asks the provider whether the account works: before the first
//! customer finds out that it does not.

use std::net::IpAddr;
use std::sync::Mutex;
use std::time::Duration;

use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use pronto_domain::id::AccountId;
use pronto_domain::outbound::Answer;
use pronto_domain::provider::Provider;
use pronto_domain::selfcheck::{Facts, Finding, State, findings};
use pronto_provider::{Endpoint, Request, meta};
use pronto_store as store;
use reqwest::Url;

use super::{Checked, checked};
use crate::config::Account;
use crate::{Desk, Error, Result};

/// How long the provider may take for each question.
const WITHIN: Duration = Duration::from_secs(10);

/// Looks at everything an account needs, keeps what it found as the account's health, and answers it. `webhook_url` is
/// what the provider was told.
pub async fn check(desk: &Desk, id: AccountId, webhook_url: String) -> Result<Vec<Finding>> {
    let config = desk.config();
    let account = config.accounts.get(&id).filter(|account| account.row.deleted_at.is_none());
    let account = account.ok_or(Error::Db(pronto_db::Error::NotFound))?;
    let asking = Asking { desk, account, skew: Mutex::default() };
    let mut found = match &account.endpoint {
        Endpoint::Meta(endpoint) => asking.at_meta(endpoint).await,
        _ => asking.elsewhere().await,
    };
    let facts = facts(desk, account, webhook_url, asking.skew()).await?;
    found.extend(findings(&facts, desk.now()));
    let wrong = found.iter().find(|one| one.state == State::Failing);
    let said = wrong.map(|one| match &one.detail {
        Some(detail) => format!("{}: {detail}", one.code),
        None => one.code.to_owned(),
    });
    let health = Checked { id, ok: wrong.is_none(), detail: said };
    desk.run(&health, |tx, now, health| Box::pin(checked(tx, now, health))).await?;
    Ok(found)
}

/// What is known here, beside what the provider answers.
async fn facts(desk: &Desk, account: &Account, webhook_url: String, skew: Option<SignedDuration>) -> Result<Facts> {
    let mut tx = desk.db().read().await?;
    let seen = store::webhook::seen(&mut tx, account.row.id).await?;
    let missed = store::attachment::last_missed(&mut tx, account.row.id).await?;
    let not_asked = store::catch_up::trouble(&mut tx, account.row.id).await?;
    drop(tx);
    let refused = seen.refused_at.map(|at| (store::instant(at), seen.refused_why.unwrap_or_default()));
    let is_itself = account.endpoint.provider().is_at(&account.row.base_url);
    Ok(Facts {
        is_public: is_itself.then(|| is_public(&webhook_url)),
        webhook_url,
        accepted_at: seen.accepted_at.map(store::instant),
        refused,
        skew,
        missed_file: missed.map(|one| (store::instant(one.created_at), one.error.unwrap_or_default())),
        not_asked,
        free: desk.free_space(),
    })
}

/// Whether the internet can reach an address over TLS, as far as the address tells.
fn is_public(url: &str) -> bool {
    let Ok(url) = Url::parse(url) else { return false };
    let Some(host) = url.host_str() else { return false };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let is_near = match bare.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => ip.is_private() || ip.is_loopback() || ip.is_link_local() || ip.is_unspecified(),
        Ok(IpAddr::V6(ip)) => ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local(),
        Err(_) => !host.contains('.') || host.ends_with(".local") || host.ends_with(".internal"),
    };
    url.scheme() == "https" && !is_near
}

/// The questions to a provider, and how far its clock is from ours.
struct Asking<'a> {
    desk: &'a Desk,
    account: &'a Account,
    skew: Mutex<Option<SignedDuration>>,
}

impl Asking<'_> {
    fn skew(&self) -> Option<SignedDuration> {
        *self.skew.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    async fn at_meta(&self, endpoint: &meta::Endpoint) -> Vec<Finding> {
        let account = self.account;
        // Empty also where it was sealed under another key.
        let has_token = account.access_token.is_some();
        let mut found = vec![
            set("access_token", has_token),
            set("app_secret", account.app_secret.is_some()),
            set("verify_token", account.verify_token.is_some()),
        ];
        if has_token {
            found.push(self.number(endpoint).await);
            found.push(self.subscription(endpoint).await);
        }
        found
    }

    /// What its deliveries are recognised by, and whether the provider takes the secret, where there is a way to ask.
    async fn elsewhere(&self) -> Vec<Finding> {
        let account = self.account;
        let has_token = account.access_token.is_some();
        let mut found = vec![set("access_token", has_token)];
        found.push(match account.endpoint.provider() {
            Provider::Kaleyra => set("verify_token", account.verify_token.is_some()),
            _ => set("app_secret", account.signing_secret().is_some()),
        });
        if has_token && let Some(request) = account.endpoint.probe().transpose() {
            found.push(finding("provider", self.ask(request).await.map(|_| String::new())));
        }
        found
    }

    /// Whether the provider knows the number.
    async fn number(&self, endpoint: &meta::Endpoint) -> Finding {
        let request = meta::number_info(endpoint).map_err(|error| error.to_string());
        let found = self.ask(request).await.and_then(|body| {
            let info = meta::read_number_info(&body).ok_or("the answer is not about a number")?;
            let parts = [info.display_number, info.verified_name, info.status, info.quality];
            Ok(parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
        });
        finding("number", found)
    }

    /// Whether the provider sends what arrives there to our app.
    async fn subscription(&self, endpoint: &meta::Endpoint) -> Finding {
        let request = meta::subscribed_apps(endpoint).map_err(|error| error.to_string());
        let found = self.ask(request).await.and_then(|body| {
            let apps = meta::read_subscription(&body).ok_or("the answer is not about apps")?;
            let app_id = &self.account.row.app_id;
            let ours = |app: &meta::Subscription| app_id.is_none() || app.app_id.is_none() || app.app_id == *app_id;
            match apps.iter().find(|app| ours(app)) {
                Some(app) => Ok(app.name.clone().or_else(|| app.app_id.clone()).unwrap_or_default()),
                None if apps.is_empty() => Err("no app gets the webhooks of this business account".to_owned()),
                None => Err("the webhooks of this business account go to another app".to_owned()),
            }
        });
        finding("subscription", found)
    }

    async fn ask(&self, request: Result<Request, String>) -> Result<bytes::Bytes, String> {
        let endpoint = &self.account.endpoint;
        let answered = self.desk.outside().call_as(endpoint, &request?, WITHIN).await;
        let answered = answered.map_err(|broken| broken.to_string())?;
        if let Some(theirs) = answered.date.as_deref().and_then(|date| rfc2822::parse(date).ok()) {
            let skew = self.desk.now().duration_since(theirs.timestamp());
            *self.skew.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(skew);
        }
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
}

fn set(code: &'static str, ok: bool) -> Finding {
    let state = if ok { State::Ok } else { State::Failing };
    Finding { code, state, detail: (!ok).then(|| "not set".to_owned()), at: None::<Timestamp> }
}

fn finding(code: &'static str, found: Result<String, String>) -> Finding {
    match found {
        Ok(detail) => {
            Finding { code, state: State::Ok, detail: Some(detail).filter(|detail| !detail.is_empty()), at: None }
        }
        Err(detail) => Finding { code, state: State::Failing, detail: Some(detail), at: None },
    }
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn what_only_this_network_knows_is_not_public() {
        assert!(is_public("https://care.example.com/webhooks/meta/shop"));
        assert!(is_public("https://203.0.113.7/webhooks/meta/shop"));
        for near in [
            "http://care.example.com/",
            "https://localhost:8080/",
            "https://192.168.1.2/",
            "https://[::1]/",
            "https://desk.internal/",
            "https://desk/",
            "/webhooks/meta/shop",
        ] {
            assert!(!is_public(near), "{near}");
        }
    }
}
