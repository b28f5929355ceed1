//! A desk with its delivery running, an account, an agent and a customer.

use std::future::Future;
use std::time::{Duration, Instant};

use pronto_desk::act::send::{Send, Sent, What, send};
use pronto_desk::act::status::{StatusIn, apply};
use pronto_desk::{Desk, Error, work};
use pronto_domain::account::WindowRule;
use pronto_domain::delivery::State;
use pronto_domain::id::{AccountId, InteractionId, MessageId, UserId};
use pronto_domain::inbound::{ProviderError, Status};
use pronto_store as store;
use pronto_testkit::TestDesk;
use pronto_testkit::desk::Engine;
use store::delivery::Outcome;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::provider::Provider;

pub(crate) struct Bench {
    pub(crate) test: TestDesk,
    pub(crate) provider: Provider,
    pub(crate) account: AccountId,
    pub(crate) agent: UserId,
    pub(crate) interaction: InteractionId,
    stop: CancellationToken,
}

impl Bench {
    pub(crate) async fn on(engine: Engine) -> Option<Self> {
        let test = TestDesk::on(engine).await?;
        let provider = Provider::start().await;
        let account = test.account("care", &provider.base_url).await;
        let agent = test.agent("ann").await;
        let address = test.customer(account, "31612345678").await;
        let interaction = test.interaction(address, agent).await;
        Some(Self { test, provider, account, agent, interaction, stop: CancellationToken::new() })
    }

    pub(crate) fn desk(&self) -> &Desk {
        &self.test.desk
    }

    /// Starts sending and fetching.
    pub(crate) fn start(&self) {
        tokio::spawn(work::deliver::run(self.desk().clone(), self.stop.clone()));
        tokio::spawn(work::jobs::run(self.desk().clone(), self.stop.clone()));
    }

    /// One more conversation of the same agent.
    pub(crate) async fn another(&self, digits: &str) -> InteractionId {
        let address = self.test.customer(self.account, digits).await;
        self.test.interaction(address, self.agent).await
    }

    pub(crate) fn text(&self, text: &str) -> Send {
        Send {
            interaction: self.interaction,
            user: self.agent,
            client_id: Uuid::new_v4(),
            what: What::Text(text.to_owned()),
            reply_to: None,
            seen_through: None,
            confirm: false,
        }
    }

    pub(crate) async fn send(&self, input: &Send) -> Result<Sent, Error> {
        self.desk().run(input, |tx, now, input| Box::pin(send(tx, now, input))).await
    }

    /// Writes a text and answers its id.
    pub(crate) async fn say(&self, text: &str) -> MessageId {
        MessageId(self.send(&self.text(text)).await.expect("sent").message.id)
    }

    pub(crate) async fn statuses(&self, statuses: &[StatusIn]) -> Vec<Outcome> {
        self.desk().run(statuses, |tx, now, all| Box::pin(apply(tx, now, all))).await.expect("applied")
    }

    pub(crate) fn status(&self, provider_id: &str, state: State) -> StatusIn {
        StatusIn {
            provider: pronto_domain::provider::Provider::Meta,
            account: self.account,
            window_rule: WindowRule::LatestInbound,
            status: Status {
                provider_id: provider_id.to_owned(),
                state,
                at: Some(self.test.now()),
                opaque: None,
                recipient: None,
                failure: None,
                category: None,
            },
        }
    }

    pub(crate) fn failed(&self, provider_id: &str, code: i64) -> StatusIn {
        let mut status = self.status(provider_id, State::Failed);
        status.status.failure = Some(ProviderError { code: code.into(), title: "Refused".to_owned(), detail: None });
        status
    }

    pub(crate) async fn state(&self, message: MessageId) -> String {
        self.test.message(message).await.status.unwrap_or_default()
    }

    /// Waits until a message shows a state.
    pub(crate) async fn until(&self, message: MessageId, state: &str) {
        eventually(&format!("message {message} is {state}"), async || self.state(message).await == state).await;
    }

    /// Waits until so many messages have come to the provider.
    pub(crate) async fn came(&self, count: usize) -> Vec<(String, serde_json::Value)> {
        eventually("messages have come", async || self.provider.came().len() >= count).await;
        self.provider.came()
    }

    /// Time in which something that must not happen would.
    pub(crate) async fn rest(&self) {
        for _ in 0..3 {
            self.desk().bell().ring();
            tokio::time::sleep(Duration::from_millis(60)).await;
        }
    }

    pub(crate) async fn attempts(&self, message: MessageId) -> Vec<store::attempt::Attempt> {
        store::attempt::of_message(&mut self.test.look().await, message.0).await.expect("attempts")
    }

    /// Kinds and subjects of all events. Read from the table, for the feed may lag behind other tests' transactions.
    pub(crate) async fn events(&self) -> Vec<(String, i64)> {
        let mut tx = self.test.look().await;
        tx.query(pronto_db::sql!("SELECT kind, subject FROM event ORDER BY seq")).all().await.expect("events")
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

pub(crate) async fn eventually<F: Future<Output = bool>>(what: &str, mut met: impl FnMut() -> F) {
    let began = Instant::now();
    while !met().await {
        assert!(began.elapsed() < Duration::from_secs(20), "in vain: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
