//! Has the provider keep a sender away, or let them write again.

use std::time::Duration;

use jiff::SignedDuration;
use pronto_domain::outbound::{Answer, Recipient};
use pronto_provider::meta;
use pronto_store as store;
use store::job::Job;

use super::deliver::account;
use super::jobs;
use crate::act::block::{Settled, settled};
use crate::{Desk, Result};

const WITHIN: Duration = Duration::from_secs(15);
const TRIES: i64 = 8;

/// What came of asking.
enum Asked {
    Done,
    Refused(String),
    Again(String),
}

/// Tells the provider what a block stands at now.
pub(super) async fn send(desk: &Desk, job: &Job) -> Result<()> {
    let mut tx = desk.db().read().await?;
    let block = store::block::by_id(&mut tx, job.subject).await?;
    let address = store::address::by_id(&mut tx, block.address_id).await?;
    drop(tx);
    let blocks = block.stands();
    let asked = match account(desk, block.account_id) {
        None => Asked::Refused("its account is gone".to_owned()),
        Some(account) => match account.endpoint.meta() {
            // What only we keep away is kept away all the same.
            None => Asked::Refused("this provider keeps nobody away".to_owned()),
            Some(endpoint) => {
                let who = Recipient { digits: address.digits.clone(), user_id: address.user_id.clone() };
                let request = meta::block_user(endpoint, &who, blocks);
                match desk.outside().call(&request, WITHIN).await {
                    Err(error) => Asked::Again(error.to_string()),
                    Ok(answer) => match meta::refused(answer.status, answer.retry_after.as_deref(), &answer.body) {
                        Some(Answer::Failed { error, .. }) => Asked::Refused(error.detail.unwrap_or(error.title)),
                        Some(Answer::Retry { error, .. }) => Asked::Again(error.detail.unwrap_or(error.title)),
                        Some(other) => Asked::Again(format!("{other:?}")),
                        None => meta::read_blocked(&answer.body).map_or(Asked::Done, Asked::Refused),
                    },
                }
            }
        },
    };
    let result = match asked {
        Asked::Done => Ok(()),
        Asked::Refused(why) => Err(why),
        Asked::Again(why) if job.tries >= TRIES => Err(why),
        Asked::Again(why) => {
            let wait = SignedDuration::from_secs(2_i64.saturating_pow(u32::try_from(job.tries).unwrap_or(1)) * 5);
            return jobs::put_off(desk, job, wait, &why).await;
        }
    };
    let input = Settled { block: block.id, blocks, result, job: job.id };
    desk.run(&input, |tx, now, input| Box::pin(settled(tx, now, input))).await
}
