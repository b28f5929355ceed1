//! What is put off does not count, and comes back: when the customer writes, or at its time. And what becomes of
//! customers who say nothing more.

use pronto_desk::work;
use pronto_domain::access::Role;
use pronto_testkit::on_both;
use serde_json::{Value, json};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

use crate::care::{Care, Client, MARIA, eventually};

on_both! {
    async fn what_waits_for_the_customer_leaves_room_until_they_write(care: Care) {
        care.set("UPDATE \"user\" SET capacity = 1 WHERE role = 'agent'").await;
        let id = care.held(&care.ann, MARIA).await;
        let waiting = care.writes("393330000002", "hello").await;
        care.route().await;
        assert_eq!(care.get(&care.ann, "/offers").await.ok(), json!([]));
        let path = format!("/interactions/{id}/snooze");
        let off = care.app.put(&care.ann, &path, json!({})).await.ok();
        assert_eq!(off["snooze"], json!({ "kind": "customer", "until": null }));
        let own = care.get(&care.ann, "/dashboard").await.ok()["presence"].clone();
        assert_eq!((&own["open"], &own["put_off"]), (&json!(0), &json!(1)));
        care.route().await;
        assert_eq!(care.get(&care.ann, "/offers").await.ok()[0]["interaction_id"], waiting);
        // They write: it counts again, and its owner is told.
        let port = care.listen().await;
        let mut client = Client::open(port, &care.ann, None).await;
        client.until("hello").await;
        assert_eq!(care.writes(MARIA, "here I am").await, id);
        let notice = client.until("notice").await;
        assert_eq!((&notice["notice"]["kind"], &notice["notice"]["interaction"]["id"], &notice["notice"]["interaction"]["customer"]), (&json!("customer_wrote"), &json!(id), &json!("Maria Rossi")));
        assert_eq!(care.interaction(&care.ann, id).await["snooze"], Value::Null);
        assert_eq!(care.get(&care.ann, "/dashboard").await.ok()["presence"]["open"], 1);
    }

    async fn a_reminder_brings_it_back_on_top_also_after_a_restart(care: Care) {
        let bea = care.colleague(Role::Agent, "bea").await;
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let id = care.held(&care.ann, MARIA).await;
        care.app.advance(60);
        let later = care.held(&care.ann, "393330000002").await;
        let path = format!("/interactions/{id}/snooze");
        care.app.put(&bea, &path, json!({})).await.refused(409, "not_owner");
        for until in ["2026-03-02T08:00:00Z", "2036-03-02T08:00:00Z"] {
            let wrong = care.app.put(&care.ann, &path, json!({ "until": until })).await;
            assert_eq!(wrong.fields(), [("until", "out_of_range")]);
        }
        care.app.put(&care.ann, &path, json!({ "until": "2026-03-02T10:00:00Z" })).await.ok();
        // Another time makes the first one void.
        care.app.put(&sue, &path, json!({ "until": "2026-03-02T11:00:00Z" })).await.ok();
        let port = care.listen().await;
        let mut client = Client::open(port, &care.ann, None).await;
        client.until("hello").await;
        let stop = CancellationToken::new();
        // Another process on the same database: what is due stands there.
        tokio::spawn(work::timers::run(care.app.bench.another().await, stop.clone()));
        care.app.advance(3_600);
        eventually("the first timer has fired", async || {
            care.count("SELECT count(*) AS count FROM timer WHERE kind = 'snooze'").await == 1
        }).await;
        assert_eq!(care.interaction(&care.ann, id).await["snooze"]["until"], "2026-03-02T11:00:00Z");
        care.app.advance(3_600);
        let notice = client.until("notice").await;
        assert_eq!((&notice["notice"]["kind"], &notice["notice"]["interaction"]["id"]), (&json!("reminded"), &json!(id)));
        stop.cancel();
        let page = care.get(&care.ann, "/interactions?agent=me").await.ok();
        let order: Vec<i64> = page["items"].as_array().expect("items").iter().map(|row| row["id"].as_i64().expect("an id")).collect();
        assert_eq!(order, [id, later]);
        assert_eq!((&page["items"][0]["snooze"], &page["items"][0]["marked_unread"]), (&Value::Null, &json!(true)));
        let lines = care.lines(&care.ann, id).await;
        assert_eq!(lines.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["taken", "put_off", "put_off", "reminded"]);
        // Taken up again before the time.
        care.app.put(&care.ann, &path, json!({})).await.ok();
        assert_eq!(care.app.delete(&care.ann, &path).await.ok()["snooze"], Value::Null);
        care.end(&care.ann, id, json!({})).await.ok();
        care.app.put(&care.ann, &path, json!({})).await.refused(409, "closed");
        let nobodys = care.writes("393330000003", "hello").await;
        care.app.put(&sue, &format!("/interactions/{nobodys}/snooze"), json!({})).await.refused(409, "not_held");
    }

    async fn silence_is_told_and_closed_but_never_while_they_wait(care: Care) {
        let gone = care.disposition(json!({ "name": "No answer" })).await;
        let path = format!("/accounts/{}", care.account);
        let closing = |warn: i64, warning: &str| json!({ "version": 1, "closing": {
            "disposition_required": true, "system_disposition": gone,
            "silence": { "close_after_s": 7200, "warn_before_s": warn, "warning": warning } } });
        let wrong = care.app.patch(&care.app.admin, &path, closing(7200, "")).await;
        assert_eq!(wrong.fields(), [("closing.silence.warn_before_s", "out_of_range"), ("closing.silence.warning", "required")]);
        care.app.patch(&care.app.admin, &path, closing(3600, "Still there?")).await.ok();
        let answered = care.held(&care.ann, MARIA).await;
        let ignored = care.held(&care.ann, "393330000002").await;
        let put_off = care.held(&care.ann, "393330000003").await;
        for id in [answered, put_off] {
            let text = json!({ "client_id": uuid::Uuid::new_v4(), "kind": "text", "text": "Which size?" });
            care.app.post(&care.ann, &format!("/interactions/{id}/messages"), text).await.ok();
        }
        care.app.put(&care.ann, &format!("/interactions/{put_off}/snooze"), json!({ "until": "2026-03-03T09:00:00Z" })).await.ok();
        let stop = CancellationToken::new();
        tokio::spawn(work::silence::run(care.app.bench.desk.clone(), stop.clone()));
        care.app.advance(3_600);
        let outbound = async |id: i64| care.count(&format!("SELECT count(*) AS count FROM message WHERE interaction_id = {id} AND direction = 'out'")).await;
        eventually("the customer is told", async || {
            care.app.bench.desk.bell().ring();
            outbound(answered).await == 2
        }).await;
        let page = care.get(&care.ann, &format!("/interactions/{answered}/messages")).await.ok();
        let last = page["items"].as_array().expect("items").last().expect("a message").clone();
        assert_eq!((&last["text"], &last["author"]["kind"]), (&json!("Still there?"), &json!("system")));
        care.app.advance(3_600);
        eventually("it is closed", async || {
            care.app.bench.desk.bell().ring();
            care.interaction(&care.ann, answered).await["state"] == "closed"
        }).await;
        let closed = care.interaction(&care.ann, answered).await;
        assert_eq!(closed["disposition"]["path"], json!(["No answer"]));
        let lines = care.lines(&care.ann, answered).await;
        assert_eq!(lines.last(), Some(&("closed_no_answer".to_owned(), json!({ "disposition": "No answer" }))));
        // Nobody's wrap-up begins, and nobody has handled it.
        assert_eq!(care.get(&care.ann, "/dashboard").await.ok()["presence"]["handled_today"], 0);
        care.app.advance(7_200);
        tokio::time::timeout(Duration::from_secs(20), async {
            // Looks again, and leaves alone what has no answer yet and what is put off.
            let desk = &care.app.bench.desk;
            let due = pronto_desk::act::silence::due(&mut desk.db().read().await.expect("a look"), desk.now(), &desk.config()).await;
            assert_eq!(due.expect("read"), Vec::<i64>::new());
        }).await.expect("in time");
        for id in [ignored, put_off] {
            assert_eq!(care.interaction(&care.ann, id).await["state"], "active");
            assert_eq!(outbound(id).await, i64::from(id == put_off));
        }
        stop.cancel();
    }
}
