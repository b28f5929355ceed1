//! One turn of the delivery worker: what came back is written, and the next messages are claimed, in one commit.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use pronto_db::Tx;
use pronto_domain::account::WindowRule;
use pronto_domain::attempt::{LEASE, UNKNOWN_BLOCKS, Verdict};
use pronto_domain::delivery::State;
use pronto_domain::id::AccountId;
use pronto_store as store;
use store::address::NewAlias;
use store::attempt::Claimed;
use store::message::{Failure, ProviderId};

use crate::act::ticks::{News, Ticks};
use crate::{Config, Result, failure};

/// Attempts that time has changed, in one turn.
const OVERDUE_AT_MOST: i64 = 500;

/// What a turn is given.
pub struct Turn {
    pub config: Arc<Config>,
    pub results: Vec<Outcome>,
    /// Whether time has changed attempts: a lease ended, something waited too long, a doubt has blocked enough.
    pub overdue: bool,
    /// Attempts whose statuses were kept although they are known.
    pub missed: Vec<i64>,
    /// Accounts that have something due, and how many may be claimed of each.
    pub rooms: BTreeMap<i64, i64>,
    /// How many may be claimed in all.
    pub room: i64,
}

/// How an attempt went.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub attempt: i64,
    pub account: i64,
    pub address: i64,
    pub verdict: Verdict,
    pub provider_id: Option<String>,
    pub why: Option<Failure>,
    /// The account is in trouble: which.
    pub trouble: Option<String>,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// Names of the customer that the provider told and we did not use.
    pub aliases: Vec<String>,
}

/// What a turn leads to.
#[derive(Debug, Default)]
pub struct Turned {
    /// To be sent now.
    pub claimed: Vec<Claimed>,
    /// Accounts that have spent their rate, and when there is more.
    pub starved: Vec<(i64, Timestamp)>,
}

/// Takes the turn.
pub async fn turn(tx: &mut Tx, now: Timestamp, input: &Turn) -> Result<Turned> {
    settle(tx, now, input).await?;
    if input.room > 0 && !input.rooms.is_empty() { claim(tx, now, input).await } else { Ok(Turned::default()) }
}

async fn settle(tx: &mut Tx, now: Timestamp, input: &Turn) -> Result<()> {
    let at = store::millis(now);
    let mut ids: Vec<i64> = input.results.iter().map(|outcome| outcome.attempt).collect();
    let mut overdue = Vec::new();
    if input.overdue {
        let doubted = store::millis(now - UNKNOWN_BLOCKS);
        overdue = store::attempt::overdue(tx, at, doubted, OVERDUE_AT_MOST).await?;
    }
    // A result that is here is better than a lease that has ended.
    overdue.retain(|id| !ids.contains(id));
    ids.extend(&overdue);
    ids.extend(&input.missed);
    if ids.is_empty() {
        return Ok(());
    }
    let mut ticks = Ticks::new(store::attempt::lock(tx, &ids).await?, now);
    let mut known: Vec<ProviderId> = input.missed.iter().filter_map(|id| key_of(&ticks, *id)).collect();
    let mut aliases = Vec::new();
    for outcome in &input.results {
        let news = News::Answered(outcome.verdict);
        ticks.tell(outcome.attempt, news, outcome.provider_id.as_deref(), outcome.why.clone())?;
        if outcome.why.as_ref().is_some_and(failure::shuts_window) {
            ticks.shut(outcome.attempt, window_rule(&input.config, outcome.account), outcome.begun_at);
        }
        let health = input.config.accounts.get(&AccountId(outcome.account)).map(|account| account.row.health.as_str());
        match &outcome.trouble {
            Some(trouble) => ticks.health(outcome.account, "failing", Some(trouble.clone())),
            None if outcome.verdict == Verdict::Accepted && health != Some("ok") => {
                ticks.health(outcome.account, "ok", None);
            }
            None => {}
        }
        known.extend(outcome.provider_id.is_some().then(|| key_of(&ticks, outcome.attempt)).flatten());
        aliases.extend(outcome.aliases.iter().map(|alias| NewAlias {
            account_id: outcome.account,
            alias: alias.clone(),
            address_id: outcome.address,
        }));
    }
    for attempt in overdue {
        ticks.tell(attempt, News::Passed, None, None)?;
    }
    join_parked(tx, now, input, &mut ticks, &known).await?;
    ticks.save(tx).await?;
    store::address::add_aliases(tx, &aliases).await?;
    Ok(())
}

/// Statuses that came before their message was known.
async fn join_parked(tx: &mut Tx, now: Timestamp, input: &Turn, ticks: &mut Ticks, known: &[ProviderId]) -> Result<()> {
    for parked in store::parked::take(tx, known).await? {
        let Some(attempt) = ticks.by_provider(parked.account_id, &parked.provider_id) else { continue };
        let state: State = parked.state.parse()?;
        let why = parked.failure.map(|json| json.0);
        if state == State::Failed && why.as_ref().is_some_and(failure::shuts_window) {
            let at = parked.at.map_or(now, store::instant);
            ticks.shut(attempt, window_rule(&input.config, parked.account_id), at);
        }
        ticks.tell(attempt, News::Heard(state), None, why)?;
    }
    Ok(())
}

fn key_of(ticks: &Ticks, attempt: i64) -> Option<ProviderId> {
    let attempt = ticks.get(attempt)?;
    Some(ProviderId { account_id: attempt.account_id, provider_id: attempt.provider_id.clone()? })
}

fn window_rule(config: &Config, account: i64) -> WindowRule {
    config.accounts.get(&AccountId(account)).map_or(WindowRule::LatestInbound, |account| account.rules.window_rule)
}

/// One for each conversation, a token each from its account's bucket.
async fn claim(tx: &mut Tx, now: Timestamp, input: &Turn) -> Result<Turned> {
    let mut turned = Turned::default();
    let mut buckets = Vec::new();
    let mut room = input.room;
    // Shares the room out, so that one account's backlog does not hold up the others.
    let accounts: Vec<i64> = input.rooms.keys().copied().collect();
    let mut left = i64::try_from(accounts.len()).unwrap_or(i64::MAX);
    for stored in store::bucket::lock(tx, &accounts).await? {
        let mut bucket = stored.at(now);
        let share = (room + left - 1) / left.max(1);
        left -= 1;
        let own = input.rooms.get(&stored.id).copied().unwrap_or(0);
        let take = share.min(own).min(bucket.tokens());
        if take > 0 {
            let claimed =
                store::attempt::claim(tx, stored.id, store::millis(now), store::millis(now + LEASE), take).await?;
            let count = i64::try_from(claimed.len()).unwrap_or(0);
            bucket = bucket.without(count);
            room -= count;
            if count > 0 {
                buckets.push((stored.id, bucket));
            }
            turned.claimed.extend(claimed);
        }
        if bucket.tokens() == 0 {
            turned.starved.push((stored.id, bucket.next_at(stored.rate_per_s)));
        }
    }
    store::bucket::save(tx, &buckets).await?;
    Ok(turned)
}
