//! Sending later: planned, changed, cancelled, fired once, and what is not sent is kept with the reason.

use pronto_desk::work;
use pronto_domain::access::Role;
use pronto_testkit::app::Person;
use pronto_testkit::on_both;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::care::{Care, Client, MARIA, eventually};

/// In so many minutes.
fn at(care: &Care, minutes: i64) -> String {
    (care.app.bench.now() + jiff::SignedDuration::from_mins(minutes)).to_string()
}

fn planned(care: &Care, minutes: i64, text: &str) -> Value {
    json!({ "client_id": uuid::Uuid::new_v4(), "text": text, "due_at": at(care, minutes) })
}

async fn plan(care: &Care, id: i64, minutes: i64, text: &str) -> Value {
    care.app.post(&care.ann, &format!("/interactions/{id}/scheduled"), planned(care, minutes, text)).await.ok()
}

async fn open(care: &Care, who: &Person, id: i64) -> Vec<Value> {
    care.get(who, &format!("/interactions/{id}/scheduled")).await.ok().as_array().expect("a list").clone()
}

/// Turns the clock on and lets two nodes, both started after that, fire what is due.
async fn later(care: &Care, minutes: i64) {
    care.app.advance(minutes * 60);
    let stop = CancellationToken::new();
    for desk in [care.app.bench.desk.clone(), care.app.bench.another().await] {
        tokio::spawn(work::timers::run(desk, stop.clone()));
    }
    eventually("nothing is due", async || {
        let due =
            format!("SELECT count(*) AS count FROM timer WHERE due_at <= {}", care.app.bench.now().as_millisecond());
        care.count(&due).await == 0
    })
    .await;
    stop.cancel();
}

async fn sent(care: &Care, text: &str) -> i64 {
    care.count(&format!("SELECT count(*) AS count FROM message WHERE direction = 'out' AND body = '{text}'")).await
}

on_both! {
    async fn it_fires_once_after_a_restart_and_in_order(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        let mut body = planned(&care, 30, "second");
        let first = care.app.post(&care.ann, &format!("/interactions/{id}/scheduled"), body.clone()).await.ok();
        let again = care.app.post(&care.ann, &format!("/interactions/{id}/scheduled"), body.clone()).await.ok();
        assert_eq!(first, again, "planned once");
        plan(&care, id, 20, "first").await;
        let texts: Vec<Value> = open(&care, &care.ann, id).await.iter().map(|one| one["text"].clone()).collect();
        assert_eq!(texts, ["first", "second"]);
        later(&care, 10).await;
        assert_eq!((sent(&care, "first").await, sent(&care, "second").await), (0, 0));
        later(&care, 25).await;
        assert_eq!((sent(&care, "first").await, sent(&care, "second").await), (1, 1));
        assert_eq!(open(&care, &care.ann, id).await, Vec::<Value>::new());
        later(&care, 25).await;
        assert_eq!(sent(&care, "first").await, 1);
        // A repeat of what was planned is still what was planned.
        body["text"] = json!("other");
        assert_eq!(care.app.post(&care.ann, &format!("/interactions/{id}/scheduled"), body).await.ok()["state"], json!("sent"));
    }

    async fn what_breaks_holds_up_nothing_else_that_is_due(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        let broken = care.writes("393330000009", "hello").await;
        let other = care.writes("393330000010", "hello").await;
        care.route().await;
        assert_eq!(care.get(&care.ann, "/offers").await.ok().as_array().map(Vec::len), Some(2));
        plan(&care, id, 5, "first").await;
        care.set(&format!("UPDATE interaction SET state = 'odd' WHERE id = {broken}")).await;
        care.app.advance(600);
        let stop = CancellationToken::new();
        tokio::spawn(work::timers::run(care.app.bench.desk.clone(), stop.clone()));
        eventually("the message is sent", async || sent(&care, "first").await == 1).await;
        // It may have been offered again by now.
        let first = format!("SELECT min(id) FROM offer WHERE interaction_id = {other}");
        let expired = format!("SELECT count(*) AS count FROM offer WHERE NOT open AND id = ({first})");
        assert_eq!(care.count(&expired).await, 1, "the offer beside it has lapsed");
        // It is not forgotten: once it can be done it is.
        let offer = format!("SELECT id FROM offer WHERE interaction_id = {broken}");
        let offers = &format!("SELECT count(*) AS count FROM timer WHERE kind = 'offer' AND subject = ({offer})");
        assert_eq!(care.count(offers).await, 1);
        care.set(&format!("UPDATE interaction SET state = 'offered' WHERE id = {broken}")).await;
        care.app.advance(31);
        eventually("the offer that broke has lapsed too", async || care.count(offers).await == 0).await;
        stop.cancel();
    }

    async fn no_message_takes_the_place_of_another(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        let path = format!("/interactions/{id}/scheduled");
        let said = json!({ "client_id": uuid::Uuid::new_v4(), "kind": "text", "text": "now" });
        care.app.post(&care.ann, &format!("/interactions/{id}/messages"), said.clone()).await.ok();
        let mut later_on = planned(&care, 10, "later");
        later_on["client_id"] = said["client_id"].clone();
        assert_eq!(care.app.post(&care.ann, &path, later_on).await.fields(), [("client_id", "taken")]);

        // The other way round it cannot be refused any more, and is not lost.
        let planned_first = planned(&care, 10, "planned");
        care.app.post(&care.ann, &path, planned_first.clone()).await.ok();
        let said = json!({ "client_id": planned_first["client_id"], "kind": "text", "text": "said" });
        care.app.post(&care.ann, &format!("/interactions/{id}/messages"), said).await.ok();
        later(&care, 11).await;
        let left = open(&care, &care.ann, id).await;
        assert_eq!((&left[0]["state"], &left[0]["text"]), (&json!("failed"), &json!("planned")));

        let mut quoting = planned(&care, 30, "yes");
        quoting["reply_to"] = json!(9_999_999);
        assert_eq!(care.app.post(&care.ann, &path, quoting).await.fields(), [("reply_to", "unknown")]);
    }

    async fn it_is_changed_cancelled_and_sent_at_once(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        let one = plan(&care, id, 20, "tomorrow").await;
        let path = format!("/scheduled/{}", one["id"]);
        let change = json!({ "version": 1, "text": "today", "due_at": at(&care, 40) });
        let changed = care.app.patch(&care.ann, &path, change.clone()).await.ok();
        assert_eq!((&changed["text"], &changed["version"]), (&json!("today"), &json!(2)));
        care.app.patch(&care.ann, &path, change).await.refused(409, "changed_meanwhile");
        later(&care, 30).await;
        assert_eq!(sent(&care, "tomorrow").await + sent(&care, "today").await, 0, "the old time means nothing now");
        let message = care.app.post(&care.ann, &format!("{path}/sending"), json!({})).await.ok();
        assert_eq!((&message["text"], &message["status"]), (&json!("today"), &json!("queued")));
        care.app.post(&care.ann, &format!("{path}/sending"), json!({})).await.refused(404, "not_found");
        care.app.delete(&care.ann, &path).await.refused(404, "not_found");
        later(&care, 30).await;
        assert_eq!(sent(&care, "today").await, 1);

        let gone = plan(&care, id, 20, "never").await;
        assert_eq!(care.app.delete(&care.ann, &format!("/scheduled/{}", gone["id"])).await.status, 204);
        later(&care, 30).await;
        assert_eq!(sent(&care, "never").await, 0);
        for (minutes, text, field) in
            [(0, "a", ("due_at", "out_of_range")), (60 * 24 * 91, "a", ("due_at", "out_of_range")), (1, " ", ("text", "required"))]
        {
            let answer = care.app.post(&care.ann, &format!("/interactions/{id}/scheduled"), planned(&care, minutes, text)).await;
            assert_eq!(answer.fields(), [field]);
        }
    }

    async fn what_may_not_be_sent_then_fails_with_the_reason_and_keeps_the_text(care: Care) {
        let port = care.listen().await;
        let id = care.held(&care.ann, MARIA).await;
        let mut client = Client::open(port, &care.ann, None).await;
        client.until("hello").await;
        let one = plan(&care, id, 25 * 60, "too late").await;
        assert_eq!(client.until("scheduled").await["scheduled"], one);
        later(&care, 25 * 60).await;
        care.caught_up().await;
        let told = client.until("scheduled").await["scheduled"].clone();
        assert_eq!((&told["state"], &told["reason"], &told["text"]), (&json!("failed"), &json!("window_closed"), &json!("too late")));
        assert_eq!(open(&care, &care.ann, id).await, std::slice::from_ref(&told));
        assert_eq!(sent(&care, "too late").await, 0);
        // With a new time it waits again, and goes once the customer has written.
        care.writes(MARIA, "still there?").await;
        let change = json!({ "version": told["version"], "due_at": at(&care, 5) });
        let waiting = care.app.patch(&care.ann, &format!("/scheduled/{}", one["id"]), change).await.ok();
        assert_eq!((&waiting["state"], &waiting["reason"]), (&json!("waiting"), &Value::Null));
        later(&care, 6).await;
        assert_eq!(sent(&care, "too late").await, 1);
    }

    async fn what_was_there_when_it_was_planned_does_not_hold_it_back(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        let mut quiet = planned(&care, 20, "all quiet");
        quiet["unless_written"] = json!(true);
        care.app.post(&care.ann, &format!("/interactions/{id}/scheduled"), quiet).await.ok();
        later(&care, 21).await;
        assert_eq!(sent(&care, "all quiet").await, 1);
    }

    async fn it_is_held_back_when_the_customer_writes_before(care: Care) {
        let id = care.held(&care.ann, MARIA).await;
        let mut held = planned(&care, 20, "any news?");
        held["unless_written"] = json!(true);
        care.app.post(&care.ann, &format!("/interactions/{id}/scheduled"), held).await.ok();
        plan(&care, id, 20, "by the way").await;
        care.writes(MARIA, "I have it").await;
        later(&care, 21).await;
        let open = open(&care, &care.ann, id).await;
        assert_eq!((open.len(), &open[0]["reason"]), (1, &json!("customer_wrote")));
        assert_eq!((sent(&care, "any news?").await, sent(&care, "by the way").await), (0, 1));
        // Whoever sends it by hand has read what came.
        care.app.post(&care.ann, &format!("/scheduled/{}/sending", open[0]["id"]), json!({})).await.ok();
        assert_eq!(sent(&care, "any news?").await, 1);
    }

    async fn only_in_the_name_of_who_still_holds_it(care: Care) {
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let bob = care.colleague(Role::Agent, "bob").await;
        let id = care.held(&care.ann, MARIA).await;
        let path = format!("/interactions/{id}/scheduled");
        care.app.post(&bob, &path, planned(&care, 5, "not mine")).await.refused(409, "not_owner");
        let one = plan(&care, id, 20, "from Ann").await;
        let seen = open(&care, &bob, id).await;
        assert_eq!((&seen[0]["text"], &seen[0]["may_edit"], &seen[0]["may_cancel"]), (&json!("from Ann"), &json!(false), &json!(false)));
        let own = format!("/scheduled/{}", one["id"]);
        care.app.patch(&bob, &own, json!({ "version": 1, "text": "x" })).await.refused(409, "not_owner");
        care.app.post(&sue, &format!("{own}/sending"), json!({})).await.refused(409, "not_owner");
        care.app.delete(&bob, &own).await.refused(409, "not_owner");
        care.get(&care.app.with_agent("away").await, &path).await.refused(404, "not_found");

        care.app.put(&sue, &format!("/interactions/{id}/ownership"), json!({})).await.ok();
        later(&care, 21).await;
        let kept = open(&care, &care.ann, id).await;
        assert_eq!((&kept[0]["state"], &kept[0]["reason"]), (&json!("failed"), &json!("not_owner")));
        assert_eq!(care.app.delete(&sue, &own).await.status, 204, "the new owner clears up");
    }
}
