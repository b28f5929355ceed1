//! What whoever sets an account up asks the provider to do, and why it does not: one message past all conversations,
//! and the delivery of what comes in.

use std::time::Duration;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::{AccountId, UserId};
use pronto_domain::outbound::{Answer, Body, Outgoing, Recipient};
use pronto_domain::provider::{Cannot, Provider};
use pronto_provider::{Endpoint, Request};
use pronto_store::message::Failure;
use pronto_store::millis;
use serde_json::{Value, json};

use super::write;
use crate::check::Check;
use crate::config::Secret;
use crate::{Desk, Error, Result, failure};

/// How long the provider may take.
const WITHIN: Duration = Duration::from_secs(20);
/// Characters of the text.
const TEXT_LIMIT: usize = 1_000;

#[derive(Clone, Debug)]
pub struct TryOut {
    pub by: UserId,
    pub account: AccountId,
    /// A number with its country, as people write it.
    pub to: String,
    pub text: String,
}

/// Sends it, writes down that it was sent, and answers why it was not.
pub async fn try_out(desk: &Desk, input: &TryOut) -> Result<Option<Failure>> {
    let endpoint = endpoint(desk, input.account)?;
    let digits: String = input.to.chars().filter(char::is_ascii_digit).collect();
    let mut check = Check::default();
    if !(7..=15).contains(&digits.len()) || input.to.chars().any(char::is_alphabetic) {
        check.wrong("to", "format", "a number with its country, such as +31 20 123 4567");
    }
    check.name("text", &input.text, TEXT_LIMIT);
    check.done()?;
    let message = Outgoing {
        to: Recipient { digits: Some(digits), user_id: None },
        body: Body::Text { text: input.text.clone(), preview_url: false },
        reply_to: None,
        opaque: None,
    };
    let request = endpoint.write(&message).map_err(|why| why.to_string());
    let failure = ask(desk, &endpoint, request, |endpoint, status, retry_after, body| {
        Some(endpoint.answered(status, retry_after, body))
    });
    note(desk, input.by, input.account, "account.tried_out", failure.await).await
}

#[derive(Clone, Debug)]
pub struct Subscribe {
    pub by: UserId,
    pub account: AccountId,
    /// Where the provider is to deliver.
    pub webhook_url: String,
}

/// Has the provider deliver what comes in, writes down that it was asked to, and answers why it does not.
pub async fn subscribe(desk: &Desk, input: &Subscribe) -> Result<Option<Failure>> {
    let endpoint = endpoint(desk, input.account)?;
    let provider = endpoint.provider();
    let config = desk.config();
    let account = config.accounts.get(&input.account).ok_or(Error::Db(pronto_db::Error::NotFound))?;
    let said = |secret: &Option<Secret>| secret.as_ref().map_or("", Secret::expose).to_owned();
    let (token, signed) = (said(&account.verify_token), said(&account.app_secret));
    let Some(request) = endpoint.subscribe(&input.webhook_url, &token, &signed) else {
        return Err(Cannot::Send { provider, what: "where to deliver: it is entered by hand there" }.into());
    };
    let mut check = Check::default();
    match provider {
        Provider::Sinch if signed.is_empty() => {
            check.wrong("credentials.app_secret", "required", "a secret to sign with");
        }
        Provider::Meta if token.is_empty() => {
            check.wrong("credentials.verify_token", "required", "a token that Meta asks for");
        }
        _ => {}
    }
    check.done()?;
    let failure = ask(desk, &endpoint, request, Endpoint::refused).await;
    note(desk, input.by, input.account, "account.subscribed", failure).await
}

fn endpoint(desk: &Desk, id: AccountId) -> Result<Endpoint> {
    let config = desk.config();
    let account = config.accounts.get(&id).filter(|account| account.row.deleted_at.is_none());
    Ok(account.ok_or(Error::Db(pronto_db::Error::NotFound))?.endpoint.clone())
}

/// Why the provider does not do it.
async fn ask(
    desk: &Desk,
    endpoint: &Endpoint,
    request: Result<Request, impl Into<String>>,
    read: impl Fn(&Endpoint, u16, Option<&str>, &[u8]) -> Option<Answer>,
) -> Option<Failure> {
    let request = match request {
        Ok(request) => request,
        Err(why) => return Some(failure::unsendable(why.into())),
    };
    let answered = match desk.outside().call_as(endpoint, &request, WITHIN).await {
        Ok(answered) => answered,
        Err(broken) => return Some(failure::network(broken.to_string())),
    };
    match read(endpoint, answered.status, answered.retry_after.as_deref(), &answered.body)? {
        Answer::Accepted { .. } => None,
        Answer::Failed { error, .. } | Answer::Retry { error, .. } => {
            Some(failure::of_provider(endpoint.provider(), &error))
        }
        Answer::Unknown { detail } => Some(failure::unknown(detail)),
    }
}

async fn note(
    desk: &Desk,
    by: UserId,
    account: AccountId,
    action: &'static str,
    failure: Option<Failure>,
) -> Result<Option<Failure>> {
    let done = (by, account, action, failure.as_ref().map(|failure| failure.code.clone()));
    desk.run(&done, |tx, now, (by, account, action, code)| {
        Box::pin(noted(tx, now, *by, *account, action, code.as_deref()))
    })
    .await?;
    Ok(failure)
}

async fn noted(
    tx: &mut Tx,
    now: Timestamp,
    by: UserId,
    account: AccountId,
    action: &str,
    code: Option<&str>,
) -> Result<()> {
    write(tx, millis(now), by, action, account.0, Value::Null, json!({ "failed": code })).await
}
