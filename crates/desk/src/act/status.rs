//! Statuses of what we sent, on the hot path: one statement a table for a whole slice.

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::account::WindowRule;
use pronto_domain::attempt::{Change, read_opaque};
use pronto_domain::delivery::State;
use pronto_domain::id::AccountId;
use pronto_domain::inbound::Status;
use pronto_domain::provider::Provider;
use pronto_store as store;
use store::attempt::Wanted;
use store::delivery::Outcome;

use crate::act::ticks::{News, Ticks};
use crate::{Result, failure};

/// A status that a provider delivered for one of our accounts.
#[derive(Clone, Debug)]
pub struct StatusIn {
    pub account: AccountId,
    pub provider: Provider,
    /// The account's, for an error that shuts the window.
    pub window_rule: WindowRule,
    pub status: Status,
}

/// Applies statuses; answers how each ended, in order. One whose message is not known yet is kept and joined when
/// it is.
pub async fn apply(tx: &mut Tx, now: Timestamp, statuses: &[StatusIn]) -> Result<Vec<Outcome>> {
    let at = store::millis(now);
    let wanted: Vec<Wanted> = statuses
        .iter()
        .map(|one| Wanted {
            account_id: one.account.0,
            attempt_id: one.status.opaque.as_deref().and_then(read_opaque).map(|(id, _)| id.0),
            provider_id: one.status.provider_id.clone(),
        })
        .collect();
    let mut ticks = Ticks::new(store::attempt::find(tx, &wanted).await?, now);
    let mut parked = Vec::new();
    let mut outcomes = Vec::with_capacity(statuses.len());
    for one in statuses {
        let status = &one.status;
        let attempt = spoken_of(&ticks, one);
        let why = status.failure.as_ref().map(|error| failure::of_provider(one.provider, error));
        let (outcome, detail) = match attempt {
            _ if status.state.rank() == 0 => ("ignored", Some("it tells nothing new")),
            None => {
                parked.push(store::parked::New {
                    account_id: one.account.0,
                    provider_id: status.provider_id.clone(),
                    state: status.state.as_str(),
                    at: status.at.map(store::millis),
                    failure: why,
                });
                ("applied", Some("kept until its message is known"))
            }
            Some(attempt) => {
                let changed =
                    ticks.tell(attempt, News::Heard(status.state), Some(&status.provider_id), why)? != Change::None;
                if changed {
                    heed(&mut ticks, attempt, one, now);
                }
                (if changed { "applied" } else { "duplicate" }, None)
            }
        };
        outcomes.push(Outcome {
            item: format!("status {} {}", status.state, status.provider_id),
            outcome: outcome.to_owned(),
            detail: detail.map(str::to_owned),
        });
    }
    ticks.save(tx).await?;
    store::parked::add(tx, &parked, at).await?;
    Ok(outcomes)
}

/// The attempt it names, if that is one of ours on this account; else the one with the provider's id.
fn spoken_of(ticks: &Ticks, one: &StatusIn) -> Option<i64> {
    let named = one.status.opaque.as_deref().and_then(read_opaque).and_then(|(id, made_at)| {
        let attempt = ticks.get(id.0)?;
        (attempt.account_id == one.account.0 && attempt.created_at == made_at).then_some(attempt.id)
    });
    named.or_else(|| ticks.by_provider(one.account.0, &one.status.provider_id))
}

/// What a failure tells beyond its message: a shut window, an account in trouble.
fn heed(ticks: &mut Ticks, attempt: i64, one: &StatusIn, now: Timestamp) {
    let (State::Failed, Some(error)) = (one.status.state, &one.status.failure) else { return };
    let why = failure::of_provider(one.provider, error);
    if failure::shuts_window(&why) {
        ticks.shut(attempt, one.window_rule, one.status.at.unwrap_or(now));
    }
    if pronto_provider::meaning(one.provider, &error.code).account_wide() {
        ticks.health(one.account.0, "failing", Some(format!("{} {}", why.code, why.title)));
    }
}
