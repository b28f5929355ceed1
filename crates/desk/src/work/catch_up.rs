//! Asks for what customers wrote while this desk could not be reached, where the provider tells of a message only once.
//! What is not here yet goes the way of every delivery.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use pronto_domain::outbound::Answer;
use pronto_provider::twilio::Endpoint;
use pronto_provider::twilio::missed::{self, Received};
use pronto_provider::{Request, twilio};
use pronto_store as store;
use store::catch_up::CatchUp;
use tokio_util::sync::CancellationToken;

use super::{Pass, Worker, follow};
use crate::config::Account;
use crate::{Desk, Result};

/// How often an account is asked.
const EVERY: SignedDuration = SignedDuration::from_mins(5);
/// A webhook knows more than the list: so long it has time to come.
const PATIENCE: SignedDuration = SignedDuration::from_mins(2);
/// How far before the last time it begins: clocks differ.
const OVERLAP: SignedDuration = SignedDuration::from_mins(5);
/// What is older is nobody's conversation any more.
const OLDEST: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long this node has the work to itself, and how long an answer may take.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
const WITHIN: Duration = Duration::from_secs(20);
/// Pages that are read at most: a list that leads in a circle has an end too.
const PAGES: usize = 100_000;
/// The longest wait without looking, and the shortest.
const POLL: Duration = Duration::from_secs(30);
const AT_LEAST: Duration = Duration::from_secs(1);

pub async fn run(desk: Desk, stop: CancellationToken) {
    follow(desk, Missed, stop).await;
}

struct Missed;

impl Worker for Missed {
    const NAME: &'static str = "catch_up";
    const PACE: Duration = AT_LEAST;

    async fn pass(&mut self, desk: &Desk) -> Result<Pass> {
        let config = desk.config();
        let asked: Vec<&Account> =
            config.accounts.values().map(|account| &**account).filter(|account| number(account).is_some()).collect();
        if asked.is_empty() {
            return Ok(Pass::Idle(POLL));
        }
        let mut tx = desk.db().read().await?;
        let known: BTreeMap<i64, CatchUp> =
            store::catch_up::all(&mut tx).await?.into_iter().map(|one| (one.account_id, one)).collect();
        drop(tx);
        let now = store::millis(desk.now());
        let due = |account: &Account| known.get(&account.row.id).map_or(0, |one| one.due_at);
        let Some(account) = asked.iter().find(|account| due(account) <= now) else {
            let next = asked.iter().map(|account| due(account) - now).min();
            let wait = next.and_then(|wait| u64::try_from(wait).ok()).map_or(POLL, Duration::from_millis);
            return Ok(Pass::Idle(wait.clamp(AT_LEAST, POLL)));
        };
        let lease = (desk.node().to_owned(), store::millis(desk.now() + LEASE));
        let mine = desk
            .run(&lease, |tx, now, (node, until)| {
                Box::pin(async move { Ok(store::lease::take(tx, Self::NAME, node, store::millis(now), *until).await?) })
            })
            .await?;
        if !mine {
            return Ok(Pass::Idle(POLL));
        }
        catch_up(desk, account, known.get(&account.row.id)).await?;
        Ok(Pass::Worked)
    }
}

/// The digits that are asked about, of an account that can be asked.
fn number(account: &Account) -> Option<String> {
    let endpoint = account.endpoint.twilio()?;
    if account.row.deleted_at.is_some() || account.row.access_token.is_none() {
        return None;
    }
    // A messaging service is no number.
    let number =
        if endpoint.sender.starts_with("MG") { account.row.phone.as_deref()? } else { endpoint.sender.as_str() };
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    Some(digits).filter(|digits| !digits.is_empty())
}

async fn catch_up(desk: &Desk, account: &Account, before: Option<&CatchUp>) -> Result<()> {
    let (now, id) = (desk.now(), account.row.id);
    let until = now - PATIENCE;
    let mut progress =
        CatchUp { account_id: id, asked_until: store::millis(until), due_at: store::millis(now + EVERY) };
    let mut trouble = None;
    // What came to the number before it was this desk's is not ours to answer.
    if let (Some(before), Some(endpoint), Some(number)) = (before, account.endpoint.twilio(), number(account)) {
        let since = store::instant(before.asked_until).max(now - OLDEST) - OVERLAP;
        match fetch(desk, account, endpoint, &number, since, until).await? {
            Ok(0) => {}
            Ok(count) => tracing::warn!(account = id, count, "messages that no webhook told of were fetched"),
            Err(error) => {
                tracing::info!(account = id, error, "messages that may have been missed could not be asked for");
                progress.asked_until = before.asked_until;
                trouble = Some(error);
            }
        }
    }
    let done = (progress, trouble);
    desk.run_quietly(&done, |tx, _, (progress, trouble)| {
        Box::pin(async move { Ok(store::catch_up::save(tx, *progress, trouble.as_deref()).await?) })
    })
    .await
}

/// Puts the webhooks that did not come into the ledger, page by page; answers how many, or why nobody knows.
async fn fetch(
    desk: &Desk,
    account: &Account,
    endpoint: &Endpoint,
    number: &str,
    since: Timestamp,
    until: Timestamp,
) -> Result<Result<usize, String>> {
    let (mut next, mut count) = (None, 0);
    for _ in 0..PAGES {
        let request = missed::list_received(endpoint, number, since, next.as_deref());
        let page = match ask(desk, account, &request).await {
            Ok(body) => missed::read_received(&body),
            Err(error) => return Ok(Err(error)),
        };
        let Some(page) = page else { return Ok(Err("the answer is no list of messages".to_owned())) };
        let settled: Vec<Received> = page.items.into_iter().filter(|one| one.at >= since && one.at <= until).collect();
        let mut unknown = not_here(desk, account.row.id, settled).await?;
        unknown.sort_by_key(|one| one.at);
        match webhooks(desk, account, endpoint, &unknown).await {
            Ok(deliveries) => {
                count += deliveries.len();
                deliver(desk, deliveries).await?;
            }
            Err(error) => return Ok(Err(error)),
        }
        if page.next.is_none() || page.next == next {
            break;
        }
        next = page.next;
    }
    Ok(Ok(count))
}

async fn webhooks(
    desk: &Desk,
    account: &Account,
    endpoint: &Endpoint,
    unknown: &[Received],
) -> Result<Vec<store::delivery::New>, String> {
    let mut deliveries = Vec::with_capacity(unknown.len());
    for one in unknown {
        let mut files = Vec::new();
        if one.has_files {
            let body = ask(desk, account, &missed::list_files(endpoint, &one.sid)).await?;
            let listed = missed::read_files(endpoint, &one.sid, &body);
            files = listed.ok_or("the answer is no list of files")?;
        }
        let kind = ("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned());
        deliveries.push(store::delivery::New {
            account_id: account.row.id,
            received_at: store::millis(desk.now()),
            headers: BTreeMap::from([kind, ("fetched".to_owned(), "no webhook told of it".to_owned())]),
            body: one.webhook(&files),
        });
    }
    Ok(deliveries)
}

async fn deliver(desk: &Desk, deliveries: Vec<store::delivery::New>) -> Result<()> {
    if deliveries.is_empty() {
        return Ok(());
    }
    desk.run_quietly(&deliveries, |tx, _, deliveries| {
        Box::pin(async move { Ok(store::delivery::add(tx, deliveries).await?) })
    })
    .await?;
    desk.ledger_bell().ring();
    Ok(())
}

async fn not_here(desk: &Desk, account_id: i64, listed: Vec<Received>) -> Result<Vec<Received>> {
    let id = |one: &Received| store::message::ProviderId { account_id, provider_id: one.sid.clone() };
    let wanted: Vec<_> = listed.iter().map(id).collect();
    let mut tx = desk.db().read().await?;
    let here: BTreeSet<String> =
        store::message::find(&mut tx, &wanted).await?.into_iter().map(|one| one.provider_id).collect();
    Ok(listed.into_iter().filter(|one| !here.contains(&one.sid)).collect())
}

async fn ask(desk: &Desk, account: &Account, request: &Request) -> Result<bytes::Bytes, String> {
    let answered = desk.outside().call(request, WITHIN).await.map_err(|broken| broken.to_string())?;
    match twilio::refused(answered.status, answered.retry_after.as_deref(), &answered.body) {
        None => Ok(answered.body),
        Some(Answer::Failed { error, .. } | Answer::Retry { error, .. }) => {
            Err(format!("{} ({})", error.title, error.code))
        }
        Some(Answer::Unknown { detail }) => Err(detail),
        Some(Answer::Accepted { .. }) => Err(format!("{}: the answer makes no sense", account.row.key)),
    }
}
