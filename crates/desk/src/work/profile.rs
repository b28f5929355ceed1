//! Asks the provider what somebody is called, where it does not say so with what they wrote.

use std::time::Duration;

use jiff::SignedDuration;
use pronto_provider::sinch;
use pronto_store as store;
use store::job::Job;

use super::deliver::account;
use super::jobs;
use crate::act::contact::{Learn, learn};
use crate::{Desk, Result};

const WITHIN: Duration = Duration::from_secs(10);
const TRIES: i64 = 5;

/// Asks, and keeps the name. A customer without one is called by their number, so it is given up before long.
pub(super) async fn ask(desk: &Desk, job: &Job) -> Result<()> {
    let mut tx = desk.db().read().await?;
    let address = store::address::by_id(&mut tx, job.subject).await?;
    drop(tx);
    let profile = job.payload.as_ref().and_then(|payload| payload.0.as_str());
    let name = match fetch(desk, address.account_id, profile).await {
        Ok(name) => name,
        Err(_) if job.tries >= TRIES => None,
        Err(why) => {
            let wait = SignedDuration::from_secs(5_i64.saturating_pow(u32::try_from(job.tries).unwrap_or(1)));
            return jobs::put_off(desk, job, wait, &why).await;
        }
    };
    let input = Learn { address: address.id, name, job: job.id };
    desk.run(&input, |tx, now, input| Box::pin(learn(tx, now, input))).await
}

/// The name; there is none where the account is gone, or the provider tells it with what is written.
async fn fetch(desk: &Desk, account_id: i64, profile: Option<&str>) -> std::result::Result<Option<String>, String> {
    let Some(account) = account(desk, account_id) else { return Ok(None) };
    let (Some(endpoint), Some(profile)) = (account.endpoint.sinch(), profile) else { return Ok(None) };
    let Some(request) = sinch::contact(endpoint, profile) else { return Ok(None) };
    let answered =
        desk.outside().call_as(&account.endpoint, &request, WITHIN).await.map_err(|error| error.to_string())?;
    match account.endpoint.refused(answered.status, answered.retry_after.as_deref(), &answered.body) {
        None => Ok(sinch::read_name(&answered.body)),
        Some(refused) => Err(format!("{refused:?}")),
    }
}
