//! A desk that receives and routes: an account with a queue, agents who come and go, customers who write.

use std::collections::BTreeMap;

use jiff::Timestamp;
use pronto_db::{Json, Tx, sql};
use pronto_desk::act::close::{Close, close};
use pronto_desk::act::hold::{self, By};
use pronto_desk::act::offer::{self, Answer};
use pronto_desk::act::presence::{Declare, declare};
use pronto_desk::act::route::route;
use pronto_desk::act::transfer;
use pronto_desk::{Desk, Error, work};
use pronto_domain::id::{AccountId, InteractionId, UserId};
use pronto_domain::presence::Declared;
use pronto_store as store;
use pronto_testkit::TestDesk;
use pronto_testkit::desk::{Engine, NUMBER};
use serde_json::{Value, json};
use store::interaction::Interaction;
use store::message::Message;
use tokio_util::sync::CancellationToken;

use crate::bench::eventually;

pub(crate) const MARIA: &str = "393331234567";

pub(crate) struct World {
    pub(crate) test: TestDesk,
    pub(crate) account: AccountId,
    pub(crate) queue: i64,
    stop: CancellationToken,
}

#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    pub(crate) id: i64,
    pub(crate) state: String,
    pub(crate) reason: Option<String>,
}

impl World {
    /// With the ledger's worker running, and nothing else: routing and timers run when told.
    pub(crate) async fn on(engine: Engine) -> Option<Self> {
        let test = TestDesk::on(engine).await?;
        let account = test.account("care", "http://127.0.0.1:9").await;
        let queue = test.desk.config().accounts.get(&account).expect("the account").row.default_queue_id;
        let world = Self { test, account, queue, stop: CancellationToken::new() };
        tokio::spawn(work::ledger::run(world.desk().clone(), world.stop.clone()));
        Some(world)
    }

    pub(crate) fn desk(&self) -> &Desk {
        &self.test.desk
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.test.now()
    }

    pub(crate) fn stop(&self) -> CancellationToken {
        self.stop.clone()
    }

    /// Changes what no act changes yet, or what would take many.
    pub(crate) async fn set(&self, statement: &str) {
        let mut tx = self.test.tx().await;
        tx.query_assembled(statement.to_owned()).execute().await.expect("executed");
        tx.commit().await.expect("committed");
        self.desk().reload().await.expect("reloaded");
    }

    pub(crate) async fn count(&self, select: &str) -> i64 {
        let count: (i64,) = self.test.look().await.query_assembled(select.to_owned()).one().await.expect("counted");
        count.0
    }

    // Staff -------------------------------------------------------------------------------------------------------

    /// An agent of the queue, who is available and may hold so many.
    pub(crate) async fn agent(&self, login: &str, capacity: i64) -> UserId {
        let user = self.test.agent(login).await;
        self.set(&format!("INSERT INTO queue_member (queue_id, user_id, team_id) VALUES ({}, {user}, 0)", self.queue))
            .await;
        self.set(&format!(r#"UPDATE "user" SET capacity = {capacity} WHERE id = {user}"#)).await;
        self.declare(user, Declared::Available).await;
        user
    }

    pub(crate) async fn agents(&self, count: usize) -> Vec<UserId> {
        let mut agents = Vec::new();
        for number in 0..count {
            agents.push(self.agent(&format!("agent{number:02}"), 0).await);
        }
        agents
    }

    pub(crate) async fn declare(&self, user: UserId, state: Declared) {
        let declaring = Declare { user, state, reason: None };
        self.desk().run(&declaring, |tx, now, input| Box::pin(declare(tx, now, input))).await.expect("declared");
    }

    /// Nobody's lease lapses however far the clock is turned.
    pub(crate) async fn stay(&self) {
        let mut tx = self.test.tx().await;
        let all: Vec<i64> = store::presence::all(&mut tx).await.expect("all").iter().map(|row| row.user_id).collect();
        store::presence::renew(&mut tx, &all, store::millis(self.now())).await.expect("renewed");
        tx.commit().await.expect("committed");
    }

    /// Turns the clock; whoever is there stays.
    pub(crate) async fn later(&self, seconds: i64) {
        self.test.advance(seconds);
        self.stay().await;
    }

    // Routing -----------------------------------------------------------------------------------------------------

    pub(crate) async fn route(&self) {
        let config = self.desk().config();
        self.desk().run(&config, |tx, now, config| Box::pin(route(tx, now, config))).await.expect("routed");
    }

    /// Offers whose time is up lapse, steps too.
    pub(crate) async fn timers(&self) {
        let now = store::millis(self.now());
        let mut tx = self.test.tx().await;
        let due = store::timer::claim(&mut tx, now, now + 30_000).await.expect("claimed");
        store::timer::done(&mut tx, due.iter().map(|timer| timer.id)).await.expect("done");
        tx.commit().await.expect("committed");
        let of = |kind: &str| due.iter().filter(|timer| timer.kind == kind).collect::<Vec<_>>();
        let offers: Vec<i64> = of("offer").iter().map(|timer| timer.subject).collect();
        self.desk().run(&offers, |tx, now, due| Box::pin(offer::lapse(tx, now, due))).await.expect("lapsed");
        let transfers: Vec<i64> = of("transfer").iter().map(|timer| timer.subject).collect();
        self.desk().run(&transfers, |tx, now, due| Box::pin(transfer::lapse(tx, now, due))).await.expect("lapsed");
        let due = of("step").iter().map(|timer| (timer.subject, timer.armed)).collect();
        let steps = hold::Steps { config: self.desk().config(), due };
        self.desk().run(&steps, |tx, now, steps| Box::pin(hold::step_lapsed(tx, now, steps))).await.expect("lapsed");
    }

    pub(crate) async fn accept(&self, user: UserId, interaction: InteractionId) -> Result<Interaction, Error> {
        let answer = Answer { interaction, user, config: self.desk().config() };
        self.desk().run(&answer, |tx, now, answer| Box::pin(offer::accept(tx, now, answer))).await
    }

    pub(crate) async fn reject(&self, user: UserId, interaction: InteractionId) -> Result<(), Error> {
        let answer = Answer { interaction, user, config: self.desk().config() };
        self.desk().run(&answer, |tx, now, answer| Box::pin(offer::reject(tx, now, answer))).await
    }

    pub(crate) fn by(&self, user: UserId, interaction: InteractionId, supervisor: bool) -> By {
        By { interaction, user, supervisor, config: self.desk().config() }
    }

    pub(crate) async fn take(&self, by: &By) -> Result<Interaction, Error> {
        self.desk().run(by, |tx, now, by| Box::pin(hold::take(tx, now, by))).await
    }

    pub(crate) async fn close(&self, user: UserId, interaction: InteractionId) -> Result<Interaction, Error> {
        let input = Close { interaction, user, supervisor: false, disposition: None, config: self.desk().config() };
        self.desk().run(&input, |tx, now, input| Box::pin(close(tx, now, input))).await
    }

    pub(crate) async fn give_back(&self, user: UserId, interaction: InteractionId) -> Result<Interaction, Error> {
        let by = self.by(user, interaction, false);
        self.desk().run(&by, |tx, now, by| Box::pin(hold::give_back(tx, now, by))).await
    }

    /// Who has a card of it now.
    pub(crate) async fn ringing(&self, interaction: InteractionId) -> Vec<UserId> {
        let cards = store::offer::cards_on(&mut self.test.look().await, &[interaction.0]).await.expect("cards");
        let mut users: Vec<UserId> =
            cards.iter().filter(|card| card.state == "pending").map(|card| UserId(card.user_id)).collect();
        users.sort_unstable();
        users
    }

    /// How a user's cards ended, oldest first.
    pub(crate) async fn cards(&self, user: UserId) -> Vec<(i64, String)> {
        self.test
            .look()
            .await
            .query(sql!("SELECT interaction_id, state FROM offer_agent WHERE user_id = $1 ORDER BY offer_id"))
            .bind(user.0)
            .all()
            .await
            .expect("cards")
    }

    pub(crate) async fn told(&self, user: UserId) -> store::presence::Presence {
        store::presence::of(&mut self.test.look().await, &[user.0]).await.expect("presence").pop().expect("a row")
    }

    // Customers ---------------------------------------------------------------------------------------------------

    /// Writes deliveries in one commit and waits until all of them are settled.
    pub(crate) async fn deliver(&self, bodies: &[Value]) -> Vec<Ledger> {
        let raw: Vec<Vec<u8>> = bodies.iter().map(|body| body.to_string().into_bytes()).collect();
        self.deliver_raw(&raw).await
    }

    pub(crate) async fn deliver_raw(&self, bodies: &[Vec<u8>]) -> Vec<Ledger> {
        let before = self.count("SELECT coalesce(max(id), 0) AS count FROM delivery").await;
        let deliveries: Vec<store::delivery::New> = bodies
            .iter()
            .map(|body| store::delivery::New {
                account_id: self.account.0,
                received_at: store::millis(self.now()),
                headers: BTreeMap::new(),
                body: body.clone(),
            })
            .collect();
        self.desk()
            .run(&deliveries, |tx, _, deliveries| {
                Box::pin(async move { Ok(store::delivery::add(tx, deliveries).await?) })
            })
            .await
            .expect("written");
        self.settled().await;
        self.ledger(before).await
    }

    pub(crate) async fn settled(&self) {
        eventually("all deliveries are settled", async || {
            self.count("SELECT count(*) AS count FROM delivery WHERE state = 'pending'").await == 0
        })
        .await;
    }

    /// How deliveries after one ended.
    pub(crate) async fn ledger(&self, after: i64) -> Vec<Ledger> {
        let rows: Vec<(i64, String, Option<String>)> = self
            .test
            .look()
            .await
            .query(sql!("SELECT id, state, reason FROM delivery WHERE id > $1 ORDER BY id"))
            .bind(after)
            .all()
            .await
            .expect("the ledger");
        rows.into_iter().map(|(id, state, reason)| Ledger { id, state, reason }).collect()
    }

    /// A customer writes a text now; answers the interaction it is in.
    pub(crate) async fn writes(&self, from: &str, text: &str) -> InteractionId {
        let id = format!("wamid.{}", uuid::Uuid::new_v4().simple());
        let ends = self.deliver(&[messages(&[self.text(&id, from, text)])]).await;
        assert_eq!(ends.iter().map(|one| one.state.as_str()).collect::<Vec<_>>(), ["applied"], "{ends:?}");
        InteractionId(self.message(&id).await.expect("stored").interaction_id)
    }

    /// A text of this moment.
    pub(crate) fn text(&self, id: &str, from: &str, text: &str) -> Value {
        text_at(id, from, text, self.now())
    }

    pub(crate) async fn message(&self, provider_id: &str) -> Option<Message> {
        self.test
            .look()
            .await
            .query(sql!("SELECT m.* FROM message m WHERE m.provider_id = $1 ORDER BY id LIMIT 1"))
            .bind(provider_id)
            .optional()
            .await
            .expect("looked up")
    }

    pub(crate) async fn row(&self, interaction: InteractionId) -> Interaction {
        self.test.row(interaction).await
    }

    pub(crate) async fn all(&self) -> Vec<Interaction> {
        self.test
            .look()
            .await
            .query(sql!("SELECT i.* FROM interaction i ORDER BY id"))
            .all()
            .await
            .expect("interactions")
    }

    /// What lists show is what a recount of the messages gives.
    pub(crate) async fn recount(&self) {
        let counted: Vec<(i64, i64, i64, Option<i64>)> = self
            .test
            .look()
            .await
            .query(sql!(
                "SELECT i.id, count(m.id) AS shown,
                     count(CASE WHEN m.direction = 'in' AND m.id > i.read_through THEN 1 END) AS inbound,
                     max(CASE WHEN m.direction = 'in' THEN m.thread_at END) AS last_in
                 FROM interaction i LEFT JOIN message m ON m.interaction_id = i.id AND m.shown GROUP BY i.id"
            ))
            .all()
            .await
            .expect("recounted");
        for (id, shown, inbound, last_in) in counted {
            let row = self.row(InteractionId(id)).await;
            assert_eq!(row.message_count, shown, "messages of {}", row.id);
            if row.state != "closed" {
                assert_eq!(row.unread, inbound, "unread of {}", row.id);
                assert_eq!(row.unmanaged, inbound, "unmanaged of {}", row.id);
            }
            if row.last_direction.as_deref() == Some("in") {
                assert_eq!(Some(row.last_at), last_in, "last of {}", row.id);
            }
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// A delivery with these messages, each with the profile name Maria.
pub(crate) fn messages(messages: &[Value]) -> Value {
    messages_for(NUMBER, messages)
}

pub(crate) fn messages_for(number: &str, messages: &[Value]) -> Value {
    let contacts: Vec<Value> = messages
        .iter()
        .map(|message| {
            let mut contact = json!({ "profile": { "name": "Maria Rossi" } });
            if let Some(from) = message.get("from") {
                contact["wa_id"] = from.clone();
            }
            if let Some(user) = message.get("from_user_id") {
                contact["user_id"] = user.clone();
            }
            contact
        })
        .collect();
    envelope(number, &json!({ "contacts": contacts, "messages": messages }))
}

pub(crate) fn envelope(number: &str, beside: &Value) -> Value {
    let mut value = json!({
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "15550001111", "phone_number_id": number },
    });
    for (name, part) in beside.as_object().expect("an object") {
        value[name] = part.clone();
    }
    json!({ "object": "whatsapp_business_account",
        "entry": [{ "id": "102290129340398", "changes": [{ "field": "messages", "value": value }] }] })
}

pub(crate) fn text_at(id: &str, from: &str, text: &str, at: Timestamp) -> Value {
    message(id, from, at, json!({ "type": "text", "text": { "body": text } }))
}

pub(crate) fn message(id: &str, from: &str, at: Timestamp, beside: Value) -> Value {
    let mut message = json!({ "id": id, "from": from, "timestamp": at.as_second().to_string() });
    for (name, part) in beside.as_object().expect("an object") {
        message[name] = part.clone();
    }
    message
}

pub(crate) fn reaction(id: &str, from: &str, at: Timestamp, target: &str, emoji: &str) -> Value {
    message(id, from, at, json!({ "type": "reaction", "reaction": { "message_id": target, "emoji": emoji } }))
}

pub(crate) fn edit(id: &str, from: &str, at: Timestamp, target: &str, text: &str) -> Value {
    let inner = json!({ "type": "text", "text": { "body": text } });
    message(id, from, at, json!({ "type": "edit", "edit": { "original_message_id": target, "message": inner } }))
}

pub(crate) fn deletion(id: &str, from: &str, at: Timestamp, target: &str) -> Value {
    message(id, from, at, json!({ "type": "revoke", "revoke": { "original_message_id": target } }))
}

/// An event as it stands in the log, whoever may read it by now.
pub(crate) struct Logged {
    pub(crate) kind: String,
    pub(crate) subject: i64,
    pub(crate) facts: store::event::Facts,
}

/// All of them since the beginning.
pub(crate) async fn events(tx: &mut Tx) -> Vec<Logged> {
    let rows: Vec<(String, i64, Option<Json<store::event::Facts>>)> =
        tx.query(sql!("SELECT kind, subject, payload FROM event ORDER BY txid, seq")).all().await.expect("events");
    rows.into_iter()
        .map(|(kind, subject, facts)| Logged { kind, subject, facts: facts.map(|json| json.0).unwrap_or_default() })
        .collect()
}
