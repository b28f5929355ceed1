//! Transfers, assignments and what people are told of them.

use std::time::Duration;

use pronto_desk::act::{offer, presence, transfer};
use pronto_domain::access::Role;
use pronto_domain::presence::Declared;
use pronto_store as store;
use pronto_testkit::app::{Answer, Person};
use pronto_testkit::on_both;
use serde_json::{Value, json};

use crate::audit;
use crate::care::{Care, Client, MARIA};

impl Care {
    async fn here(&self, who: &Person) {
        self.declare(who, Declared::Available).await;
    }

    async fn declare(&self, who: &Person, state: Declared) {
        let input = presence::Declare { user: who.id, state, reason: None };
        let desk = &self.app.bench.desk;
        desk.run(&input, |tx, now, input| Box::pin(presence::declare(tx, now, input))).await.expect("declared");
    }

    async fn to_agent(&self, who: &Person, id: i64, to: &Person) -> Answer {
        let to = json!({ "to": { "type": "agent", "user_id": to.id.0 }, "note": "knows the order" });
        self.app.post(who, &format!("/interactions/{id}/transfers"), to).await
    }

    async fn to_queue(&self, who: &Person, id: i64, queue: i64) -> Answer {
        let to = json!({ "to": { "type": "queue", "queue_id": queue } });
        self.app.post(who, &format!("/interactions/{id}/transfers"), to).await
    }

    async fn accept(&self, who: &Person, id: i64) -> Answer {
        self.app.put(who, &format!("/interactions/{id}/acceptance"), json!({})).await
    }

    async fn reject(&self, who: &Person, id: i64) -> Answer {
        self.app.delete(who, &format!("/interactions/{id}/acceptance")).await
    }

    async fn seen(&self, who: &Person, id: i64) -> Value {
        self.get(who, &format!("/interactions/{id}")).await.ok()["interaction"].clone()
    }

    async fn notices(&self, who: &Person) -> Vec<String> {
        let all = self.get(who, "/notices").await.ok();
        let word = |one: &Value| match one["params"]["result"].as_str() {
            Some(result) => format!("{} {result}", one["kind"].as_str().unwrap_or_default()),
            None => one["kind"].as_str().unwrap_or_default().to_owned(),
        };
        all.as_array().expect("a list").iter().map(word).collect()
    }

    /// The quiet lines of a thread, by code.
    async fn codes(&self, who: &Person, id: i64) -> Vec<String> {
        let thread = self.get(who, &format!("/interactions/{id}/messages")).await.ok();
        let items = thread["items"].as_array().expect("messages").clone();
        let codes = items.iter().filter_map(|one| one["content"]["code"].as_str().map(str::to_owned));
        codes.filter(|code| code != "taken").collect()
    }

    /// Timers of transfers that are due.
    async fn lapse(&self) {
        let desk = &self.app.bench.desk;
        let now = store::millis(desk.now());
        let mut tx = self.app.bench.tx().await;
        let due = store::timer::claim(&mut tx, now, now).await.expect("claimed");
        tx.commit().await.expect("committed");
        let due: Vec<i64> = due.iter().filter(|one| one.kind == "transfer").map(|one| one.subject).collect();
        desk.run(&due, |tx, now, due| Box::pin(transfer::lapse(tx, now, due))).await.expect("lapsed");
    }

    async fn sweep(&self) {
        let desk = &self.app.bench.desk;
        let config = desk.config();
        desk.run(&config, |tx, now, config| Box::pin(transfer::sweep(tx, now, config))).await.expect("swept");
    }

    /// It is with its owner, who finds it among the unread and knows why.
    async fn is_back(&self, id: i64, ending: &str) {
        let row = self.seen(&self.ann, id).await;
        assert_eq!((&row["owner"]["id"], &row["transfer"]), (&json!(self.ann.id.0), &Value::Null));
        assert_eq!((&row["marked_unread"], &row["state"]), (&json!(true), &json!("active")));
        assert_eq!(self.notices(&self.ann).await, [format!("transfer_back {ending}")]);
        assert_eq!(self.codes(&self.ann, id).await.last(), Some(&format!("transfer_{ending}")));
    }
}

on_both! {
    async fn an_accepted_transfer_moves_ownership(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        care.here(&care.ann).await;
        care.here(&bob).await;
        let id = care.held(&care.ann, MARIA).await;
        let done = care.to_agent(&care.ann, id, &bob).await;
        assert_eq!(done.status, 201);
        let done = done.ok();
        assert_eq!((&done["nobody"], &done["interaction"]["transfer"]["user"]["id"]), (&json!(false), &json!(bob.id.0)));
        // Until then the owner is the owner and works on.
        let row = care.seen(&care.ann, id).await;
        assert_eq!((&row["owner"]["id"], &row["may"]["write"], &row["may"]["transfer"]), (&json!(care.ann.id.0), &json!(true), &json!(false)));
        care.to_agent(&care.ann, id, &bob).await.refused(409, "transfer_pending");
        // The card says who, why and how long.
        let cards = care.get(&bob, "/offers").await.ok();
        assert_eq!((&cards[0]["transfer"]["by"]["id"], &cards[0]["transfer"]["note"]), (&json!(care.ann.id.0), &json!("knows the order")));
        let left = store::millis(care.app.bench.now()) + 300_000;
        assert_eq!(cards[0]["ends_at"].as_str().and_then(|at| at.parse::<jiff::Timestamp>().ok()).map(store::millis), Some(left));
        care.app.advance(60);
        let row = care.accept(&bob, id).await.ok();
        assert_eq!((&row["owner"]["id"], &row["first_owner"]["id"], &row["was_with"]["id"]), (&json!(bob.id.0), &json!(care.ann.id.0), &json!(care.ann.id.0)));
        assert_eq!((&row["transfer"], &row["may"]["write"]), (&Value::Null, &json!(true)));
        assert_eq!(care.seen(&care.ann, id).await["may"]["write"], false);
        assert_eq!(care.notices(&care.ann).await, ["transfer_accepted"]);
        assert_eq!(care.codes(&bob, id).await, ["transfer_proposed", "transfer_accepted"]);
        assert!(care.get(&bob, "/offers").await.ok().as_array().expect("a list").is_empty());
        assert!(audit(&care.app).await.iter().any(|one| one.action == "interaction.transferred" && one.user_id == Some(bob.id.0)));
        // Twice is once.
        assert_eq!(care.accept(&bob, id).await.ok()["version"], row["version"]);
    }

    async fn a_rejected_transfer_is_back_among_the_unread(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        care.here(&bob).await;
        let id = care.held(&care.ann, MARIA).await;
        care.to_agent(&care.ann, id, &bob).await.ok();
        assert_eq!(care.reject(&bob, id).await.status, 204);
        care.is_back(id, "rejected").await;
        care.accept(&bob, id).await.refused(409, "transfer_over");
        // It may be proposed again.
        care.to_agent(&care.ann, id, &bob).await.ok();
        care.accept(&bob, id).await.ok();
    }

    async fn an_expired_transfer_is_back_and_comes_too_late(care: Care) {
        care.set("INSERT INTO setting (key, value, version, updated_at) VALUES ('desk', '{\"transfer_timeout_s\": 2}', 1, 0)").await;
        let bob = care.colleague(Role::Agent, "bob").await;
        care.here(&bob).await;
        let id = care.held(&care.ann, MARIA).await;
        care.to_agent(&care.ann, id, &bob).await.ok();
        care.app.advance(1);
        care.lapse().await;
        assert_eq!(care.seen(&care.ann, id).await["transfer"]["user"]["id"], bob.id.0, "not yet");
        care.app.advance(1);
        // Its time is up though nobody has noticed yet.
        care.accept(&bob, id).await.refused(409, "transfer_over");
        care.lapse().await;
        care.is_back(id, "expired").await;
    }

    async fn a_queue_where_nobody_is_keeps_it_with_its_owner(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        care.here(&care.ann).await;
        // Its owner is not somebody to ask.
        let done = care.to_queue(&care.ann, id, care.queue).await.ok();
        assert_eq!((&done["nobody"], &done["interaction"]["marked_unread"]), (&json!(true), &json!(true)));
        assert_eq!(care.codes(&care.ann, id).await, ["transfer_proposed", "transfer_nobody"]);
        assert_eq!(care.seen(&care.ann, id).await["transfer"], Value::Null);
    }

    async fn of_a_queue_all_are_asked_and_of_twenty_at_once_one_wins(care: Care) {
        let mut agents = Vec::new();
        for number in 0..20 {
            let agent = care.colleague(Role::Agent, &format!("agent{number:02}")).await;
            care.here(&agent).await;
            agents.push(agent);
        }
        let id = care.held(&care.ann, MARIA).await;
        care.to_queue(&care.ann, id, care.queue).await.ok();
        assert_eq!(care.count("SELECT count(*) AS count FROM offer_agent WHERE state = 'pending'").await, 20);
        let answers = futures_util::future::join_all(agents.iter().map(|agent| care.accept(agent, id))).await;
        let winners: Vec<&Person> = agents.iter().zip(&answers).filter(|(_, answer)| answer.status == 200).map(|(agent, _)| agent).collect();
        assert_eq!(winners.len(), 1);
        for answer in answers.iter().filter(|answer| answer.status != 200) {
            assert_eq!((answer.status.as_u16(), answer.code()), (409, "taken"));
            assert_eq!(answer.body["params"]["by_id"], winners[0].id.0);
        }
        assert_eq!(care.seen(&care.ann, id).await["owner"]["id"], winners[0].id.0);
        assert_eq!(care.count("SELECT count(*) AS count FROM offer WHERE open").await, 0);
        assert_eq!(care.notices(&care.ann).await, ["transfer_accepted"]);
    }

    async fn a_queue_says_no_when_its_last_one_does(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        let eve = care.colleague(Role::Agent, "eve").await;
        let full = care.colleague(Role::Agent, "full").await;
        for one in [&bob, &eve, &full] {
            care.here(one).await;
        }
        care.set(&format!("UPDATE \"user\" SET capacity = 1 WHERE id = {}", full.id)).await;
        care.held(&full, "393330000009").await;
        let id = care.held(&care.ann, MARIA).await;
        care.to_queue(&care.ann, id, care.queue).await.ok();
        // Who is full is not asked by a queue, but may be in person.
        assert!(care.get(&full, "/offers").await.ok().as_array().expect("a list").is_empty());
        assert_eq!(care.reject(&bob, id).await.status, 204);
        assert_eq!(care.seen(&care.ann, id).await["transfer"]["queue"]["id"], care.queue);
        assert_eq!(care.reject(&eve, id).await.status, 204);
        care.is_back(id, "rejected").await;
        care.to_agent(&care.ann, id, &full).await.ok();
        care.accept(&full, id).await.ok();
    }

    async fn a_cancelled_transfer_stays_where_it_is(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        care.here(&bob).await;
        let id = care.held(&care.ann, MARIA).await;
        let proposed = care.to_agent(&care.ann, id, &bob).await.ok();
        let transfer = &proposed["interaction"]["transfer"]["id"];
        let path = format!("/interactions/{id}/transfers/{transfer}");
        care.app.delete(&bob, &path).await.refused(409, "not_owner");
        let row = care.app.delete(&care.ann, &path).await.ok();
        assert_eq!((&row["transfer"], &row["marked_unread"]), (&Value::Null, &json!(false)));
        care.app.delete(&care.ann, &path).await.refused(409, "no_transfer");
        care.accept(&bob, id).await.refused(409, "transfer_over");
        assert_eq!(care.codes(&care.ann, id).await, ["transfer_proposed", "transfer_cancelled"]);
        assert!(care.notices(&care.ann).await.is_empty());
    }

    async fn cancelling_and_accepting_at_once_end_in_one_way(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        care.here(&bob).await;
        for round in 0..6 {
            let id = care.held(&care.ann, &format!("39333000{round:04}")).await;
            let proposed = care.to_agent(&care.ann, id, &bob).await.ok();
            let path = format!("/interactions/{id}/transfers/{}", proposed["interaction"]["transfer"]["id"]);
            let (accepted, cancelled) = tokio::join!(care.accept(&bob, id), care.app.delete(&care.ann, &path));
            let owner = care.seen(&care.ann, id).await["owner"]["id"].clone();
            match (accepted.status.as_u16(), cancelled.status.as_u16()) {
                (200, 409) => assert_eq!(owner, bob.id.0),
                (409, 200) => assert_eq!(owner, care.ann.id.0),
                other => panic!("{other:?}"),
            }
            let endings = format!("SELECT count(*) AS count FROM offer WHERE interaction_id = {id} AND NOT open AND result IN ('accepted', 'cancelled')");
            assert_eq!(care.count(&endings).await, 1);
        }
    }

    async fn who_pauses_or_leaves_can_no_longer_answer(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        care.here(&bob).await;
        let id = care.held(&care.ann, MARIA).await;
        care.to_agent(&care.ann, id, &bob).await.ok();
        care.app.put(&bob, "/presence", json!({ "state": "paused", "reason": "Lunch" })).await.ok();
        care.is_back(id, "unreachable").await;
        care.to_agent(&care.ann, id, &bob).await.refused(409, "not_available");
        care.here(&bob).await;
        let other = care.held(&care.ann, "393330000001").await;
        care.to_agent(&care.ann, other, &bob).await.ok();
        assert_eq!(care.app.delete(&bob, "/session").await.status, 204);
        assert_eq!(care.codes(&care.ann, other).await.last().map(String::as_str), Some("transfer_unreachable"));
    }

    async fn who_loses_the_account_or_the_connection_can_no_longer_answer(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        let eve = care.colleague(Role::Agent, "eve").await;
        care.here(&bob).await;
        care.here(&eve).await;
        let id = care.held(&care.ann, MARIA).await;
        care.to_queue(&care.ann, id, care.queue).await.ok();
        care.set(&format!("DELETE FROM account_member WHERE user_id = {}", bob.id)).await;
        care.accept(&bob, id).await.refused(409, "not_on_account");
        care.sweep().await;
        care.accept(&bob, id).await.refused(409, "not_offered");
        assert_eq!(care.seen(&care.ann, id).await["transfer"]["queue"]["id"], care.queue, "eve is still asked");
        // The lease and the grace for a lost connection.
        care.app.advance(45 + 120);
        care.sweep().await;
        care.is_back(id, "unreachable").await;
    }

    async fn what_goes_another_way_ends_what_was_proposed(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        let sue = care.colleague(Role::Supervisor, "sue").await;
        care.here(&bob).await;
        let ways: [(&str, Value); 3] = [
            ("closure", json!({})),
            ("ownership", json!({})),
            ("", json!({ "type": "routing" })),
        ];
        for (round, (way, to)) in ways.into_iter().enumerate() {
            let id = care.held(&care.ann, &format!("39333000{round:04}")).await;
            care.to_agent(&care.ann, id, &bob).await.ok();
            if way.is_empty() {
                care.app.post(&sue, "/assignments", json!({ "interactions": [id], "to": to })).await.ok();
            } else {
                care.app.put(&sue, &format!("/interactions/{id}/{way}"), json!({})).await.ok();
            }
            assert!(care.get(&bob, "/offers").await.ok().as_array().expect("a list").is_empty(), "{way}");
            assert_eq!(care.seen(&sue, id).await["transfer"], Value::Null);
            let status = care.accept(&bob, id).await;
            assert_eq!(status.status, 409, "{way}: {}", status.body);
            assert_eq!(care.count("SELECT count(*) AS count FROM offer WHERE open AND from_id IS NOT NULL").await, 0);
        }
    }

    async fn only_who_may_transfers_and_only_to_who_can(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let stranger = care.app.with_user(Role::Agent, "stranger").await;
        for one in [&bob, &stranger, &care.ann] {
            care.here(one).await;
        }
        let waiting = care.writes("393330000001", "hello").await;
        care.to_agent(&care.ann, waiting, &bob).await.refused(409, "not_owner");
        let id = care.held(&care.ann, MARIA).await;
        care.to_agent(&bob, id, &bob).await.refused(409, "not_owner");
        care.to_agent(&stranger, id, &bob).await.refused(404, "not_found");
        care.to_agent(&care.ann, id, &stranger).await.refused(409, "not_on_account");
        care.to_agent(&care.ann, id, &care.ann).await.refused(409, "theirs_already");
        care.to_queue(&care.ann, id, 9_999).await.refused(422, "invalid");
        let long = json!({ "to": { "type": "agent", "user_id": bob.id.0 }, "note": "x".repeat(501) });
        let told = care.app.post(&care.ann, &format!("/interactions/{id}/transfers"), long).await;
        assert_eq!(told.fields(), [("note", "too_long")]);
        // As the administrator has set it.
        for (reach, agent, queue) in [("off", 409, 409), ("queues", 409, 201), ("agents", 201, 409)] {
            care.set("DELETE FROM setting WHERE key = 'desk'").await;
            care.set(&format!("INSERT INTO setting (key, value, version, updated_at) VALUES ('desk', '{{\"transfer_to\": \"{reach}\"}}', 1, 0)")).await;
            let one = care.held(&care.ann, &format!("3933301{agent}{queue}")).await;
            assert_eq!(care.seen(&care.ann, one).await["may"]["transfer"], json!(reach != "off"));
            assert_eq!(care.to_agent(&care.ann, one, &bob).await.status, agent, "{reach}");
            let other = care.held(&care.ann, &format!("3933302{agent}{queue}")).await;
            assert_eq!(care.to_queue(&care.ann, other, care.queue).await.status, queue, "{reach}");
        }
        // A supervisor proposes for the owner, and both are told.
        let one = care.held(&care.ann, "393330300001").await;
        care.to_agent(&sue, one, &bob).await.ok();
        care.reject(&bob, one).await;
        assert_eq!(care.notices(&sue).await, ["transfer_back rejected"]);
        assert_eq!(care.notices(&care.ann).await, ["transfer_back rejected"]);
        let closed = care.held(&care.ann, "393330300002").await;
        care.app.put(&care.ann, &format!("/interactions/{closed}/closure"), json!({})).await.ok();
        care.to_agent(&care.ann, closed, &bob).await.refused(409, "closed");
    }

    async fn a_transfer_shows_what_the_target_could_not_see_before(care: Care) {
        let none = json!({ "name": { "mode": "none" }, "phone": { "mode": "full" }, "email": { "mode": "none" } });
        let bob = care.colleague(Role::Agent, "bob").await;
        care.profile(&bob, "own", &none).await;
        care.here(&bob).await;
        let id = care.held(&care.ann, MARIA).await;
        care.get(&bob, &format!("/interactions/{id}")).await.refused(404, "not_found");
        let port = care.listen().await;
        care.caught_up().await;
        let mut screen = Client::open(port, &bob, None).await;
        screen.until("hello").await;
        let proposed = care.to_agent(&care.ann, id, &bob).await.ok();
        let frame = screen.until("offer").await;
        assert_eq!((&frame["offer"]["state"], &frame["offer"]["transfer"]["by"]["id"]), (&json!("pending"), &json!(care.ann.id.0)));
        let seen = care.seen(&bob, id).await;
        assert_eq!((&seen["phone"], &seen["may"]["write"]), (&json!("•••"), &json!(false)));
        assert_eq!(care.get(&bob, "/interactions").await.ok()["items"][0]["id"], id);
        let path = format!("/interactions/{id}/transfers/{}", proposed["interaction"]["transfer"]["id"]);
        care.app.delete(&care.ann, &path).await.ok();
        // The card ends, and what it was about is gone from sight.
        assert_eq!(screen.until("gone").await["id"], id);
        let mut ended = screen.next(Duration::from_secs(20)).await.expect("a frame");
        while ended["type"] != "offer" {
            ended = screen.next(Duration::from_secs(20)).await.expect("a frame");
        }
        assert_eq!((&ended["offer"]["state"], &ended["offer"]["taken_by"]), (&json!("withdrawn"), &Value::Null));
        care.get(&bob, &format!("/interactions/{id}")).await.refused(404, "not_found");
    }

    async fn a_supervisor_gives_work_to_whom_they_like(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let stranger = care.app.with_user(Role::Agent, "stranger").await;
        care.declare(&bob, Declared::Paused).await;
        let waiting = care.writes("393330000001", "hello").await;
        let held = care.held(&care.ann, MARIA).await;
        let closed = care.held(&care.ann, "393330000002").await;
        care.app.put(&care.ann, &format!("/interactions/{closed}/closure"), json!({})).await.ok();
        let body = json!({ "interactions": [waiting, held, closed, 9_999], "to": { "type": "agent", "user_id": bob.id.0 } });
        care.app.post(&care.ann, "/assignments", body.clone()).await.refused(403, "forbidden");
        let done = care.app.post(&sue, "/assignments", body).await.ok();
        let ids: Vec<i64> = done["done"].as_array().expect("a list").iter().filter_map(|one| one["id"].as_i64()).collect();
        assert_eq!(ids, [waiting, held]);
        let refused = done["refused"].as_array().expect("a list");
        assert_eq!(refused.len(), 2);
        assert!(refused.contains(&json!({ "id": 9_999, "code": "not_found" })) && refused.contains(&json!({ "id": closed, "code": "closed" })));
        let row = care.seen(&bob, held).await;
        assert_eq!((&row["owner"]["id"], &row["was_with"]["id"], &row["marked_unread"]), (&json!(bob.id.0), &json!(care.ann.id.0), &json!(true)));
        assert_eq!(care.notices(&bob).await, ["assigned", "assigned"]);
        assert_eq!(care.notices(&care.ann).await, ["moved"]);
        assert_eq!(care.codes(&bob, held).await, ["assigned"]);
        let body = json!({ "interactions": [held], "to": { "type": "agent", "user_id": stranger.id.0 } });
        assert_eq!(care.app.post(&sue, "/assignments", body).await.ok()["refused"][0]["code"], "not_on_account");
        // All of one agent's work at once, back to the routing.
        let body = json!({ "of_user": bob.id.0, "to": { "type": "routing" } });
        let moved = care.app.post(&sue, "/assignments", body).await.ok();
        assert_eq!(moved["done"].as_array().map(Vec::len), Some(2));
        let row = care.seen(&sue, held).await;
        assert_eq!((&row["state"], &row["owner"], &row["was_with"]["id"]), (&json!("waiting"), &Value::Null, &json!(bob.id.0)));
        for body in [json!({ "to": { "type": "routing" } }), json!({ "interactions": [], "to": { "type": "routing" } })] {
            care.app.post(&sue, "/assignments", body).await.refused(422, "invalid");
        }
        let other = care.app.with_queue("Billing", &[&bob]).await;
        care.set("SELECT 1 AS one").await;
        let body = json!({ "interactions": [held], "to": { "type": "queue", "queue_id": other } });
        let row = &care.app.post(&sue, "/assignments", body).await.ok()["done"][0];
        assert_eq!((&row["state"], &row["queue"]["id"]), (&json!("waiting"), &json!(other)));
    }

    async fn who_leaves_hands_over_what_they_hold(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        care.here(&bob).await;
        let one = care.held(&care.ann, MARIA).await;
        let other = care.held(&care.ann, "393330000001").await;
        let leave = |query: String| { let care = &care; async move { care.app.delete(&care.ann, &format!("/session?{query}")).await } };
        leave("open=hand_over".to_owned()).await.refused(422, "invalid");
        care.declare(&bob, Declared::Paused).await;
        leave(format!("open=hand_over&to={}", bob.id)).await.refused(409, "not_available");
        assert_eq!(care.seen(&care.ann, one).await["owner"]["id"], care.ann.id.0, "nothing has moved, nobody has left");
        care.here(&bob).await;
        assert_eq!(leave(format!("open=hand_over&to={}", bob.id)).await.status, 204);
        for id in [one, other] {
            let row = care.seen(&bob, id).await;
            assert_eq!((&row["owner"]["id"], &row["was_with"]["id"]), (&json!(bob.id.0), &json!(care.ann.id.0)));
        }
        assert_eq!(care.notices(&bob).await, ["assigned", "assigned"]);
        care.get(&care.ann, "/offers").await.refused(401, "signed_out");
    }

    async fn when_everybody_has_rejected_it_the_supervisor_is_told_once(care: Care) {
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let boss = care.app.with_user(Role::Admin, "boss").await;
        care.declare(&sue, Declared::Offline).await;
        care.here(&care.ann).await;
        let port = care.listen().await;
        care.caught_up().await;
        let mut screen = Client::open(port, &sue, None).await;
        screen.until("hello").await;
        let id = care.writes(MARIA, "hello").await;
        care.route().await;
        let answer = offer::Answer { interaction: id.into(), user: care.ann.id, config: care.app.bench.desk.config() };
        care.app.bench.desk.run(&answer, |tx, now, answer| Box::pin(offer::reject(tx, now, answer))).await.expect("rejected");
        for _ in 0..3 {
            care.route().await;
        }
        let frame = screen.until("notice").await;
        assert_eq!((&frame["notice"]["kind"], &frame["notice"]["interaction"]["id"]), (&json!("nobody_accepts"), &json!(id)));
        assert_eq!(frame["notice"]["interaction"]["customer"], "Maria Rossi");
        assert_eq!(care.notices(&sue).await, ["nobody_accepts"]);
        assert!(care.notices(&care.ann).await.is_empty());
        assert!(care.notices(&boss).await.is_empty(), "there is a supervisor");
        // Reading it is told to the other windows; nobody reads another's.
        let notice = frame["notice"]["id"].clone();
        care.app.put(&care.ann, "/notices/reading", json!({ "ids": [notice] })).await;
        assert_eq!(care.get(&sue, "/notices").await.ok()[0]["read_at"], Value::Null);
        assert_eq!(care.app.put(&sue, "/notices/reading", json!({ "ids": [notice] })).await.status, 204);
        assert!(screen.until("notice").await["notice"]["read_at"].is_string());
        assert!(care.get(&sue, "/notices").await.ok()[0]["read_at"].is_string());
    }

    async fn work_can_be_handed_to_those_of_ones_accounts(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        let stranger = care.app.with_user(Role::Agent, "stranger").await;
        care.declare(&bob, Declared::Paused).await;
        care.held(&bob, MARIA).await;
        let all = care.get(&care.ann, "/recipients").await.ok();
        let agents = all["agents"].as_array().expect("agents");
        let found = agents.iter().find(|one| one["user"]["id"] == bob.id.0).expect("bob");
        assert_eq!((&found["state"], &found["open"], &found["accounts"]), (&json!("paused"), &json!(1), &json!([care.account])));
        assert!(!agents.iter().any(|one| one["user"]["id"] == stranger.id.0));
        assert!(all["queues"][0]["members"].as_array().is_some_and(|all| all.contains(&json!(bob.id.0))));
        assert!(care.get(&stranger, "/recipients").await.ok()["agents"].as_array().expect("agents").is_empty());
    }
}
