//! Webhooks on their way: batches, retries, and the ledger of what was acknowledged.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use super::signing::{escaped, signature};
use super::{Network, payload, told};
use crate::clock;
use crate::live::News;
use crate::provider::Provider;
use crate::store::apps::AppRow;
use crate::store::events::EventRow;
use crate::store::{Result, apps, events};
use crate::twilio::retry;
use crate::wire::Post;

/// After this long an update is given up.
const KEPT: i64 = 7 * clock::DAY;

/// Updates that one POST carries, while it is on its way.
struct Parcel {
    app: String,
    events: Vec<i64>,
}

/// What is on its way now.
#[derive(Default)]
struct Courier {
    posts: JoinSet<Parcel>,
    posts_of: HashMap<String, u32>,
    carried: HashSet<i64>,
}

/// Runs until the network stops.
pub(crate) async fn run(network: Arc<Network>) {
    let mut courier = Courier::default();
    loop {
        let wait = match courier.dispatch(&network).await {
            Ok(wait) => wait,
            Err(error) => {
                if network.stop.is_cancelled() {
                    return;
                }
                tracing::error!(%error, "could not read the simulator's webhooks");
                Duration::from_secs(1)
            }
        };
        tokio::select! {
            () = network.stop.cancelled() => return,
            () = network.delivery_bell.notified() => {}
            Some(done) = courier.posts.join_next(), if !courier.posts.is_empty() => courier.returned(done),
            () = tokio::time::sleep(wait) => {}
        }
    }
}

impl Courier {
    /// Starts a POST for every app that has updates due and a lane free; says when to look again.
    async fn dispatch(&mut self, network: &Arc<Network>) -> Result<Duration> {
        let faults = network.faults();
        let mut reader = network.store.reader.acquire().await?;
        let now = clock::now();
        let mut next = now + 60_000;
        for app in apps::all(&mut reader).await? {
            loop {
                if self.posts_of.get(&app.id).copied().unwrap_or_default() >= faults.webhook_concurrency {
                    break;
                }
                // Meta alone tells several things at once.
                let most = if app.provider == Provider::Meta { i64::from(faults.webhook_batch_max) } else { 1 };
                let on_their_way = i64::try_from(self.carried.len()).unwrap_or(i64::MAX / 2);
                let mut batch = events::due(&mut reader, &app.id, now, most + on_their_way).await?;
                batch.retain(|event| !self.carried.contains(&event.id));
                batch.truncate(usize::try_from(most).unwrap_or(usize::MAX));
                if batch.is_empty() {
                    break;
                }
                self.start(network, &app, batch);
            }
            if let Some(at) = events::next_at(&mut reader, &app.id, now).await? {
                next = next.min(at);
            }
        }
        Ok(Duration::from_millis((next - clock::now()).max(0).unsigned_abs()))
    }

    fn start(&mut self, network: &Arc<Network>, app: &AppRow, batch: Vec<EventRow>) {
        *self.posts_of.entry(app.id.clone()).or_default() += 1;
        self.carried.extend(batch.iter().map(|event| event.id));
        let (network, app) = (Arc::clone(network), app.clone());
        self.posts.spawn(async move {
            let parcel = Parcel { app: app.id.clone(), events: batch.iter().map(|event| event.id).collect() };
            if let Err(error) = carry(&network, &app, &batch).await
                && !network.stop.is_cancelled()
            {
                tracing::error!(%error, "could not note the outcome of a webhook");
            }
            parcel
        });
    }

    fn returned(&mut self, done: std::result::Result<Parcel, tokio::task::JoinError>) {
        let Ok(parcel) = done else {
            // It cannot be known which one panicked; forgetting all of them at worst repeats an update.
            self.posts_of.clear();
            self.carried.clear();
            return;
        };
        if let Some(count) = self.posts_of.get_mut(&parcel.app) {
            *count = count.saturating_sub(1);
        }
        for id in parcel.events {
            self.carried.remove(&id);
        }
    }
}

async fn carry(network: &Network, app: &AppRow, batch: &[EventRow]) -> Result<()> {
    let post = match (app.provider, batch) {
        (Provider::Meta, batch) => {
            let mut reader = network.store.reader.acquire().await?;
            let numbers = apps::numbers_of(&mut reader, &app.id).await?;
            Some(signed(app, &app.webhook_url, escaped(&payload::delivery(app, &numbers, batch))))
        }
        (_, [event]) => told::post(network, app, event).await?,
        _ => None,
    };
    // What the provider has no words for is over.
    let Some(post) = post else { return acknowledged(network, batch).await };
    let failure = match deliver(network, post).await {
        Ok((status, _)) if (200..300).contains(&status) => return acknowledged(network, batch).await,
        Ok((status, _)) => {
            tracing::debug!(status, app.id, "webhook refused");
            Failure::Refused(status)
        }
        Err(error) => {
            tracing::debug!(%error, app.id, "webhook not reached");
            if error.is_connect() { Failure::NotReached } else { Failure::NotAnswered }
        }
    };
    postponed(network, app, batch, failure).await
}

/// Why a delivery was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    Refused(u16),
    NotReached,
    NotAnswered,
}

/// A body as Meta posts it.
pub(crate) fn signed(app: &AppRow, url: &str, body: String) -> Post {
    let signature = signature(&app.app_secret, body.as_bytes());
    let headers =
        vec![("x-hub-signature-256".to_owned(), signature), ("user-agent".to_owned(), "facebookexternalua".to_owned())];
    Post { url: url.to_owned(), content_type: "application/json", headers, body }
}

/// Posts to a webhook and returns status and answer.
pub(crate) async fn deliver(network: &Network, post: Post) -> reqwest::Result<(u16, String)> {
    let timeout = Duration::from_millis(network.faults().webhook_timeout_ms.into());
    let mut request =
        network.http.post(&post.url).timeout(timeout).header("content-type", post.content_type).body(post.body);
    for (name, value) in &post.headers {
        request = request.header(name, value);
    }
    let response = request.send().await?;
    let status = response.status().as_u16();
    Ok((status, response.text().await.unwrap_or_default()))
}

async fn acknowledged(network: &Network, batch: &[EventRow]) -> Result<()> {
    let mut act = network.begin().await?;
    let ids: Vec<i64> = batch.iter().map(|event| event.id).collect();
    events::acknowledge(act.db(), &ids).await?;
    let messages: Vec<&str> =
        batch.iter().filter(|event| event.kind == "message").filter_map(|event| event.message_id.as_deref()).collect();
    if !messages.is_empty() {
        for message in crate::store::messages::reached_business(act.db(), &messages).await? {
            act.tell(News::Message(message));
        }
    }
    act.commit().await?;
    network.acknowledged_bell.notify_waiters();
    Ok(())
}

async fn postponed(network: &Network, app: &AppRow, batch: &[EventRow], failure: Failure) -> Result<()> {
    let faults = network.faults();
    let mut act = network.begin().await?;
    let now = clock::now();
    for event in batch {
        let given_up = app.provider == Provider::Twilio && !retry::again(&app.webhook_url, event.attempts, failure);
        if given_up || now - event.created_at > KEPT {
            events::give_up(act.db(), event.id).await?;
            continue;
        }
        let doubled = u64::from(faults.webhook_retry_ms) << event.attempts.clamp(0, 20);
        let wait = doubled.min(faults.webhook_retry_max_ms.max(1).into());
        events::retry(act.db(), event.id, now + i64::try_from(wait).unwrap_or(i64::MAX / 2)).await?;
    }
    act.commit().await
}

impl Network {
    /// Waits until everything queued for a message is acknowledged, at most five seconds.
    pub(crate) async fn until_settled(&self, message: &str) -> Result<()> {
        let deadline = tokio::time::Instant::now() + Duration::from_secs(5);
        loop {
            let rung = self.acknowledged_bell.notified();
            let settled = {
                let mut reader = self.store.reader.acquire().await?;
                events::settled(&mut reader, message).await?
            };
            if settled || tokio::time::timeout_at(deadline, rung).await.is_err() {
                return Ok(());
            }
        }
    }
}
