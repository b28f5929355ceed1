//! Sends one message past all conversations, so that whoever sets an account up sees that it works, or why it does not.

use std::time::Duration;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::id::{AccountId, UserId};
use pronto_domain::outbound::{Answer, Body, Outgoing, Recipient};
use pronto_store::message::Failure;
use pronto_store::millis;
use serde_json::{Value, json};

use super::write;
use crate::check::Check;
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
    let config = desk.config();
    let account = config.accounts.get(&input.account).filter(|account| account.row.deleted_at.is_none());
    let account = account.ok_or(Error::Db(pronto_db::Error::NotFound))?;
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
    let endpoint = &account.endpoint;
    let failure = match endpoint.write(&message) {
        Err(why) => Some(failure::unsendable(why.to_string())),
        Ok(request) => match desk.outside().call_as(endpoint, &request, WITHIN).await {
            Err(broken) => Some(failure::network(broken.to_string())),
            Ok(answered) => match endpoint.answered(answered.status, answered.retry_after.as_deref(), &answered.body) {
                Answer::Accepted { .. } => None,
                Answer::Failed { error, .. } | Answer::Retry { error, .. } => {
                    Some(failure::of_provider(endpoint.provider(), &error))
                }
                Answer::Unknown { detail } => Some(failure::unknown(detail)),
            },
        },
    };
    let done = (input.by, input.account, failure.as_ref().map(|failure| failure.code.clone()));
    desk.run(&done, |tx, now, (by, account, code)| Box::pin(tried(tx, now, *by, *account, code.as_deref()))).await?;
    Ok(failure)
}

async fn tried(tx: &mut Tx, now: Timestamp, by: UserId, account: AccountId, code: Option<&str>) -> Result<()> {
    write(tx, millis(now), by, "account.tried_out", account.0, Value::Null, json!({ "failed": code })).await
}
