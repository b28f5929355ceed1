//! What owners hold who have gone offline.

use pronto_desk::act::{gone, presence};
use pronto_domain::access::Role;
use pronto_testkit::app::Person;
use pronto_testkit::on_both;
use serde_json::{Value, json};

use crate::care::Care;

/// Some minutes pass in which only one of them keeps the connection; then leases and what was left are looked at.
async fn later(care: &Care, minutes: i64, there: &Person) {
    care.app.advance(minutes * 60);
    let desk = &care.app.bench.desk;
    let there = [there.id.0];
    desk.run(&there, |tx, now, there| Box::pin(presence::renew(tx, now, there))).await.expect("renewed");
    let config = desk.config();
    desk.run(&config, |tx, now, config| Box::pin(presence::sweep(tx, now, config))).await.expect("swept");
    desk.run(&config, |tx, now, config| Box::pin(gone::sweep(tx, now, config))).await.expect("swept");
}

async fn owner(care: &Care, id: i64) -> Value {
    care.get(&care.app.admin, &format!("/interactions/{id}")).await.ok()["interaction"]["owner"]["id"].clone()
}

on_both! {
    async fn what_they_hold_waits_for_somebody_else_after_a_while(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        let left = care.held(&care.ann, "393330000001").await;
        let put_off = care.held(&care.ann, "393330000002").await;
        care.app.put(&care.ann, &format!("/interactions/{put_off}/snooze"), json!({})).await.ok();
        let kept = care.held(&bob, "393330000003").await;
        let (ann, bob_id) = (json!(care.ann.id), json!(bob.id));
        // Unless the desk wants it, whoever goes keeps what they have.
        later(&care, 60, &bob).await;
        assert_eq!(owner(&care, left).await, ann);
        care.app.patch(&care.app.admin, "/settings", json!({ "version": 0, "offline_requeue_min": 10 })).await.ok();
        later(&care, 9, &bob).await;
        assert_eq!(owner(&care, left).await, ann);
        later(&care, 2, &bob).await;
        assert_eq!(owner(&care, left).await, Value::Null);
        let row = care.get(&bob, &format!("/interactions/{left}")).await.ok()["interaction"].clone();
        assert_eq!((&row["state"], &row["was_with"]["id"]), (&json!("waiting"), &ann));
        let (code, params) = care.lines(&bob, left).await.pop().expect("a line");
        assert_eq!((code.as_str(), &params["from"]), ("owner_gone", &row["was_with"]["name"]));
        // Whose it was finds it told when they are back.
        let told = care.get(&care.ann, "/notices").await.ok();
        assert_eq!(told.as_array().map(Vec::len), Some(1), "{told}");
        assert_eq!((&told[0]["kind"], &told[0]["interaction"]["id"]), (&json!("left_behind"), &json!(left)));
        assert_eq!((owner(&care, put_off).await, owner(&care, kept).await), (ann.clone(), bob_id));
        // What a supervisor gives them meanwhile is theirs for as long.
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let body = json!({ "interactions": [left], "to": { "type": "agent", "user_id": ann } });
        care.app.post(&sue, "/assignments", body).await.ok();
        later(&care, 9, &bob).await;
        assert_eq!(owner(&care, left).await, ann);
        later(&care, 2, &bob).await;
        assert_eq!(owner(&care, left).await, Value::Null);
        // Taken up again without them, what was put off is left behind too.
        care.writes("393330000002", "and now?").await;
        later(&care, 1, &bob).await;
        assert_eq!(owner(&care, put_off).await, Value::Null);
    }
}
