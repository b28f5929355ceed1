//! The law of the stream: a snapshot and the frames after it are the same as a fresh snapshot, wherever it was cut.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::http::Method;
use pronto_domain::access::Role;
use pronto_store as store;
use pronto_testkit::app::{HOST, Person};
use pronto_testkit::on_both;
use serde_json::{Value, json};

use crate::care::{Care, Client, MARIA};

/// Numbers that look like chance, the same ones every time.
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// What a client holds: whole things, by id.
#[derive(Clone, Debug, Default, PartialEq)]
struct Held {
    interactions: BTreeMap<i64, Value>,
    /// By message.
    messages: BTreeMap<i64, Value>,
    offers: BTreeMap<i64, Value>,
    queues: BTreeMap<i64, Value>,
    presence: Value,
    position: String,
}

impl Held {
    /// Reads everything, each list at its own moment, as a browser does.
    async fn read(care: &Care, who: &Person) -> Self {
        let list = care.get(who, "/interactions?limit=100").await.ok();
        // The oldest of all positions: what follows it covers the others.
        let mut held = Self { position: list["position"].as_str().expect("a position").to_owned(), ..Self::default() };
        for row in list["items"].as_array().expect("items") {
            let id = row["id"].as_i64().expect("an id");
            held.interactions.insert(id, row.clone());
            let thread = care.get(who, &format!("/interactions/{id}/messages?limit=100")).await;
            // It may be gone since the list was read.
            for message in thread.body["items"].as_array().map(Vec::as_slice).unwrap_or_default() {
                held.messages.insert(message["id"].as_i64().expect("an id"), message.clone());
            }
        }
        for offer in care.get(who, "/offers").await.ok().as_array().expect("offers") {
            held.offers.insert(offer["id"].as_i64().expect("an id"), offer.clone());
        }
        let dashboard = care.get(who, "/dashboard").await.ok();
        for queue in dashboard["queues"].as_array().expect("queues") {
            held.queues.insert(queue["id"].as_i64().expect("an id"), queue.clone());
        }
        held.presence = dashboard["presence"].clone();
        held
    }

    /// Takes a frame in; `true` if everything must be read again.
    fn apply(&mut self, who: &Person, frame: &Value) -> bool {
        fn newer(held: Option<&Value>, next: &Value) -> bool {
            held.is_none_or(|held| next["version"].as_i64() > held["version"].as_i64())
        }
        fn put(held: &mut BTreeMap<i64, Value>, next: &Value) {
            let id = next["id"].as_i64().expect("an id");
            if newer(held.get(&id), next) {
                held.insert(id, next.clone());
            }
        }
        if let Some(position) = frame["position"].as_str() {
            self.position = position.to_owned();
        }
        match frame["type"].as_str().expect("a type") {
            "interaction" => put(&mut self.interactions, &frame["interaction"]),
            "message" => {
                put(&mut self.messages, &frame["message"]);
                put(&mut self.interactions, &frame["interaction"]);
            }
            "gone" => {
                let id = frame["id"].as_i64().expect("an id");
                self.interactions.remove(&id);
                self.messages.retain(|_, message| message["interaction_id"] != id);
            }
            "offer" => put(&mut self.offers, &frame["offer"]),
            "queue" => {
                let queue = &frame["queue"];
                let id = queue["id"].as_i64().expect("an id");
                if self.queues.get(&id).is_some_and(|held| queue["version"].as_i64() >= held["version"].as_i64()) {
                    self.queues.insert(id, queue.clone());
                }
            }
            "presence"
                if frame["presence"]["user_id"] == who.id.0 && newer(Some(&self.presence), &frame["presence"]) =>
            {
                self.presence = frame["presence"].clone();
            }
            "resync" => return true,
            _ => {}
        }
        false
    }

    /// Without what says when it was read, and without cards that ended.
    fn essence(&self) -> Self {
        let mut essence = self.clone();
        essence.position = String::new();
        essence.offers.retain(|_, offer| offer["state"] == "pending");
        for queue in essence.queues.values_mut() {
            queue["version"] = Value::Null;
        }
        // It grows also with what nobody is shown, such as when one was last asked.
        essence.presence["version"] = Value::Null;
        for offer in essence.offers.values_mut() {
            // The latest words stand with the interaction; the card is told when it begins and when it ends.
            offer["first_words"] = Value::Null;
        }
        // The thread of what one does not see is not asked for.
        essence.messages.retain(|_, message| {
            message["interaction_id"].as_i64().is_some_and(|id| self.interactions.contains_key(&id))
        });
        essence
    }
}

/// One thing that happens.
async fn happens(care: &Care, people: &[Person], chance: &mut Chance) {
    let person = &people[usize::try_from(chance.next(people.len() as u64)).expect("small")];
    let customer = format!("3933300000{:02}", chance.next(6));
    let mine = care.get(person, "/interactions?state=active&agent=me").await.ok();
    let mine = mine["items"].as_array().and_then(|items| items.first()).and_then(|row| row["id"].as_i64());
    let offered = care.get(person, "/offers").await.ok();
    let offered =
        offered.as_array().and_then(|offers| offers.first()).and_then(|offer| offer["interaction_id"].as_i64());
    match (chance.next(12), mine, offered) {
        (0..=2, ..) => {
            care.writes(&customer, "hello").await;
        }
        (3, ..) => {
            let target =
                care.count("SELECT coalesce(max(id), 0) AS count FROM message WHERE direction = 'in' AND shown").await;
            let found = care.app.bench.look().await;
            let mut tx = found;
            let known: Vec<(String, String)> = tx
                .query(pronto_db::sql!(
                    "SELECT m.provider_id, a.key FROM message m JOIN address a ON a.id = m.address_id WHERE m.id = $1"
                ))
                .bind(target)
                .all()
                .await
                .expect("the target");
            drop(tx);
            if let Some((target, from)) = known.first() {
                let id = format!("wamid.{}", uuid::Uuid::new_v4().simple());
                let effect = match chance.next(3) {
                    0 => json!({ "type": "reaction", "reaction": { "message_id": target, "emoji": "👍" } }),
                    1 => json!({ "type": "edit", "edit": { "original_message_id": target,
                                 "message": { "type": "text", "text": { "body": "edited" } } } }),
                    _ => json!({ "type": "revoke", "revoke": { "original_message_id": target } }),
                };
                care.deliver(&care.messages(&[care.message(&id, from, effect)])).await;
            }
        }
        (4 | 5, ..) => care.route().await,
        (6, _, Some(offered)) => {
            care.app.put(person, &format!("/interactions/{offered}/acceptance"), json!({})).await;
        }
        (7, _, Some(offered)) => {
            care.app.delete(person, &format!("/interactions/{offered}/acceptance")).await;
        }
        (8, Some(mine), _) => {
            let note = json!({ "client_id": uuid::Uuid::new_v4(), "kind": "note", "text": "a note" });
            care.app.post(person, &format!("/interactions/{mine}/messages"), note).await.ok();
        }
        (9, Some(mine), _) => {
            let text = json!({ "client_id": uuid::Uuid::new_v4(), "kind": "text", "text": "an answer" });
            care.app.post(person, &format!("/interactions/{mine}/messages"), text).await;
        }
        (10, Some(mine), _) => {
            care.app.put(person, &format!("/interactions/{mine}/closure"), json!({})).await;
        }
        (11, ..) => {
            let seen = care.get(person, "/interactions?state=open").await.ok();
            if let Some(id) = seen["items"].as_array().and_then(|items| items.last()).and_then(|row| row["id"].as_i64())
            {
                care.app.put(person, &format!("/interactions/{id}/ownership"), json!({})).await;
            }
        }
        _ => {
            let state = if chance.next(3) == 0 { "paused" } else { "available" };
            care.app.put(person, "/presence", json!({ "state": state })).await.ok();
        }
    }
    care.app.advance(1);
}

/// Follows the stream over many cuts until it stands where the log does; answers what it holds.
async fn follow(
    care: &Care,
    port: u16,
    who: &Person,
    mut held: Held,
    cuts: &mut Chance,
    done: &tokio::sync::watch::Receiver<bool>,
) -> Held {
    loop {
        let mut client = Client::open(port, who, Some(&held.position)).await;
        let after = cuts.next(25);
        let mut frames = 0;
        loop {
            let finished = *done.borrow();
            let frame = client.next(Duration::from_millis(if finished { 700 } else { 100 })).await;
            let Some(frame) = frame else {
                if finished {
                    return held;
                }
                if frames >= after {
                    break;
                }
                continue;
            };
            if held.apply(who, &frame) {
                let position = held.position.clone();
                held = Held::read(care, who).await;
                held.position = position;
            }
            frames += 1;
            if !finished && frames > after {
                // Cut in the middle, without a farewell.
                break;
            }
        }
    }
}

async fn the_law(care: &Care, seed: u64, steps: usize) {
    care.set("UPDATE queue SET strategy = 'beep_all'").await;
    care.set("UPDATE account SET grace_s = 5").await;
    let tom = care.colleague(Role::Agent, "tom").await;
    let sue = care.colleague(Role::Supervisor, "sue").await;
    care.profile(
        &care.ann,
        "own",
        &json!({ "name": { "mode": "none" }, "phone": { "mode": "none" }, "email": { "mode": "none" } }),
    )
    .await;
    care.profile(
        &tom,
        "queues",
        &json!({ "name": { "mode": "none" }, "phone": { "mode": "last", "count": 4 }, "email": { "mode": "full" } }),
    )
    .await;
    let people = vec![care.ann.clone(), tom, sue];
    let port = care.listen().await;
    let (tell, done) = tokio::sync::watch::channel(false);
    let mut chance = Chance(seed);
    let mut followers = Vec::new();
    for (index, who) in people.iter().enumerate() {
        let held = Held::read(care, who).await;
        followers.push((who, held, Chance(seed + index as u64 + 1)));
    }
    let driving = async {
        for _ in 0..steps {
            happens(care, &people, &mut chance).await;
        }
        care.caught_up().await;
        tell.send(true).expect("told");
    };
    let following = followers.iter_mut().map(|(who, held, cuts)| follow(care, port, who, held.clone(), cuts, &done));
    let (held, ()) = futures_util::future::join(futures_util::future::join_all(following), driving).await;
    for (who, held) in people.iter().zip(held) {
        let fresh = Held::read(care, who).await;
        let (held, fresh) = (held.essence(), fresh.essence());
        assert_eq!(
            held.interactions.keys().collect::<Vec<_>>(),
            fresh.interactions.keys().collect::<Vec<_>>(),
            "{} sees",
            who.login
        );
        for (id, interaction) in &fresh.interactions {
            assert_eq!(held.interactions.get(id), Some(interaction), "{}, seed {seed}", who.login);
        }
        for (id, message) in &fresh.messages {
            // What was written before it came into sight is read when it is opened.
            if let Some(known) = held.messages.get(id) {
                assert_eq!(known, message, "{}, seed {seed}", who.login);
            }
        }
        assert_eq!(held.offers, fresh.offers, "{}, seed {seed}", who.login);
        assert_eq!(held.queues, fresh.queues, "{}, seed {seed}", who.login);
        assert_eq!(held.presence, fresh.presence, "{}, seed {seed}", who.login);
    }
}

on_both! {
    async fn a_snapshot_and_its_frames_are_a_fresh_snapshot(care: Care) {
        the_law(&care, 3, 120).await;
    }

    async fn a_position_of_another_history_begins_anew(care: Care) {
        let port = care.listen().await;
        let here = care.app.app.live.position().expect("a position").to_string();
        let epoch: i64 = here.split('-').next().and_then(|epoch| epoch.parse().ok()).expect("an epoch");
        for strange in [format!("{}-0-0", epoch + 1), format!("{}-5-5", epoch - 1), "nonsense".to_owned(), "1-2".to_owned(), "%00".to_owned()] {
            let mut client = Client::open(port, &care.ann, Some(&strange)).await;
            client.until("hello").await;
            let resync = client.until("resync").await;
            let position = resync["position"].as_str().and_then(|text| text.parse::<store::meta::Position>().ok());
            assert_eq!(position.map(|position| position.epoch), Some(epoch), "{strange}");
            let answer = care.get(&care.ann, &format!("/events?since={strange}")).await.ok();
            assert_eq!(answer["events"][0]["type"], "resync", "{strange}");
        }
        // Far behind: not event by event.
        care.set(&format!("INSERT INTO event (txid, kind, subject, at) SELECT {}, 'contact', 1, 0 FROM
            (WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 2100) SELECT n FROM n) AS many",
            if care.app.bench.desk.db().engine() == pronto_db::Engine::Sqlite { "0".to_owned() } else { "pg_current_xact_id()::text::bigint".to_owned() })).await;
        care.caught_up().await;
        let mut client = Client::open(port, &care.ann, Some(&here)).await;
        client.until("resync").await;
    }

    async fn without_since_the_stream_begins_now(care: Care) {
        let port = care.listen().await;
        let before = care.writes(MARIA, "before").await;
        care.caught_up().await;
        let mut client = Client::open(port, &care.ann, None).await;
        client.until("hello").await;
        let after = care.writes("393330000000", "after").await;
        assert_ne!(before, after);
        let frame = client.until("message").await;
        assert_eq!(frame["interaction"]["id"], after);
    }

    async fn who_loses_sight_is_told_that_it_is_gone(care: Care) {
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let none = json!({ "name": { "mode": "none" }, "phone": { "mode": "none" }, "email": { "mode": "none" } });
        care.profile(&care.ann, "own", &none).await;
        let id = care.writes(MARIA, "hello").await;
        care.get(&care.ann, &format!("/interactions/{id}")).await.refused(404, "not_found");
        let port = care.listen().await;
        let mut client = Client::open(port, &care.ann, None).await;
        client.until("hello").await;
        care.route().await;
        client.until("offer").await;
        care.app.put(&care.ann, &format!("/interactions/{id}/acceptance"), json!({})).await.ok();
        loop {
            let frame = client.until("interaction").await;
            if frame["interaction"]["owner"]["id"] == care.ann.id.0 {
                break;
            }
        }
        care.app.put(&sue, &format!("/interactions/{id}/ownership"), json!({})).await.ok();
        let gone = client.until("gone").await;
        assert_eq!(gone["id"], id);
        care.get(&care.ann, &format!("/interactions/{id}")).await.refused(404, "not_found");
        // A rejected card takes its row with it.
        let other = care.writes("393330000000", "hello").await;
        care.route().await;
        loop {
            let frame = client.until("interaction").await;
            if frame["interaction"]["id"] == other {
                break;
            }
        }
        care.app.delete(&care.ann, &format!("/interactions/{other}/acceptance")).await.ok();
        assert_eq!(client.until("gone").await["id"], other);
    }

    async fn a_slow_reader_starts_again_and_the_server_keeps_little(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        let words = "x".repeat(20_000);
        care.set(&format!("UPDATE message SET body = '{words}' WHERE interaction_id = {id} AND direction = 'in'")).await;
        let message = care.count(&format!("SELECT max(id) AS count FROM message WHERE interaction_id = {id} AND direction = 'in'")).await;
        let port = care.listen().await;
        let mut client = Client::open(port, &care.ann, None).await;
        client.until("hello").await;
        // Nobody reads while more comes than any buffer holds.
        for _ in 0..12 {
            let mut tx = care.app.bench.tx().await;
            let events: Vec<_> = (0..250).map(|_| store::event::New::on(store::event::Kind::Message, id, message)).collect();
            store::event::append(&mut tx, &events, 0).await.expect("appended");
            tx.commit().await.expect("committed");
            care.app.bench.desk.bell().ring();
        }
        care.caught_up().await;
        let mut frames = 0;
        loop {
            let frame = client.next(Duration::from_secs(20)).await.expect("a frame");
            if frame["type"] == "resync" {
                break;
            }
            frames += 1;
        }
        assert!(frames < 3_000, "what the reader could not take was dropped");
        // And it goes on from there.
        care.writes(MARIA, "still there?").await;
        let frame = client.until("message").await;
        assert_eq!(frame["message"]["text"], "still there?");
    }

    async fn other_sites_pages_and_strangers_get_no_stream(care: Care) {
        let port = care.listen().await;
        let own = format!("http://{HOST}");
        for origin in [None, Some("http://evil.example"), Some("null")] {
            assert_eq!(Client::try_open(port, &care.ann, None, origin).await.err(), Some(403), "{origin:?}");
        }
        let mut nobody = care.ann.clone();
        nobody.cookie = "pronto_session=nonsense".to_owned();
        assert_eq!(Client::try_open(port, &nobody, None, Some(&own)).await.err(), Some(401));
        let answer = care.app.ask(None, Method::GET, "/events", None).await;
        answer.refused(401, "signed_out");
    }

    async fn signing_out_elsewhere_closes_the_socket(care: Care) {
        let port = care.listen().await;
        let mut here = Client::open(port, &care.ann, None).await;
        let elsewhere = care.app.signed_in(care.ann.id, "ann").await;
        let mut there = Client::open(port, &elsewhere, None).await;
        here.until("hello").await;
        there.until("hello").await;
        care.app.delete(&elsewhere, "/session").await.ok();
        assert!(there.closed().await);
        // The other session stands; until all of them are ended.
        care.writes(MARIA, "hello").await;
        here.until("message").await;
        let user = care.get(&care.app.admin, &format!("/users/{}", care.ann.id)).await.ok();
        let version = user["version"].as_i64().expect("a version");
        let reset = json!({ "password": "Another-1", "version": version });
        care.app.patch(&care.app.admin, &format!("/users/{}", care.ann.id), reset).await.ok();
        here.until("signed_out").await;
        assert!(here.closed().await);
    }

    async fn the_long_poll_says_the_same(care: Care) {
        let first = care.get(&care.ann, "/events").await.ok();
        let position = first["position"].as_str().expect("a position").to_owned();
        assert_eq!(first["events"], json!([]));
        let path = format!("/events?since={position}");
        let asking = care.get(&care.ann, &path);
        let writing = care.writes(MARIA, "hello");
        let (answer, id) = futures_util::future::join(asking, writing).await;
        let answer = answer.ok();
        let events = answer["events"].as_array().expect("events");
        assert!(events.iter().any(|frame| frame["type"] == "message" && frame["interaction"]["id"] == id), "{events:?}");
        assert_ne!(answer["position"], position.as_str());
        // From there on it is not told again.
        let path = format!("/events?since={}", answer["position"].as_str().expect("a position"));
        let next = care.get(&care.ann, &path);
        let (answer, other) = futures_util::future::join(next, care.writes("393330000000", "again")).await;
        let events = answer.ok()["events"].clone();
        let subjects: Vec<&Value> = events.as_array().expect("events").iter().filter(|frame| frame["type"] == "message").map(|frame| &frame["interaction"]["id"]).collect();
        assert_eq!(subjects, [&json!(other)]);
    }
}
