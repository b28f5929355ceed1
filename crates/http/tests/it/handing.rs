//! To whom one may transfer, and for how long: as the desk has it, and as an account has it.

use pronto_desk::act::presence;
use pronto_domain::access::Role;
use pronto_domain::presence::Declared;
use pronto_testkit::app::Person;
use pronto_testkit::on_both;
use serde_json::{Value, json};

use crate::care::{Care, MARIA};

async fn here(care: &Care, who: &Person) {
    let input = presence::Declare { user: who.id, state: Declared::Available, reason: None };
    let desk = &care.app.bench.desk;
    desk.run(&input, |tx, now, input| Box::pin(presence::declare(tx, now, input))).await.expect("declared");
}

/// Sets how the account's interactions are transferred.
async fn set(care: &Care, transfer: Value) -> Value {
    let path = format!("/accounts/{}", care.account);
    let version = care.get(&care.app.admin, &path).await.ok()["version"].clone();
    care.app.patch(&care.app.admin, &path, json!({ "version": version, "transfer": transfer })).await.ok()
}

async fn propose(care: &Care, id: i64, to: Value) -> (u16, Value) {
    let answer = care.app.post(&care.ann, &format!("/interactions/{id}/transfers"), json!({ "to": to })).await;
    (answer.status.as_u16(), answer.body)
}

on_both! {
    async fn an_account_may_differ_from_the_desk(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        here(&care, &bob).await;
        here(&care, &care.ann).await;
        let agent = json!({ "type": "agent", "user_id": bob.id.0 });
        let queue = json!({ "type": "queue", "queue_id": care.queue });
        let usual = care.get(&care.ann, &format!("/accounts/{}", care.account)).await.ok();
        assert_eq!(usual["transfer"], json!({ "to": null, "timeout_s": null }));
        // The desk lets nobody transfer, the account does.
        let settings = care.get(&care.app.admin, "/settings").await.ok();
        let off = json!({ "version": settings["version"], "transfer_to": "off" });
        care.app.patch(&care.app.admin, "/settings", off).await.ok();
        let id = care.held(&care.ann, MARIA).await;
        let may = async |id: i64| care.get(&care.ann, &format!("/interactions/{id}")).await.ok()["interaction"]["may"]["transfer"].clone();
        assert_eq!(may(id).await, json!(false));
        assert_eq!(propose(&care, id, agent.clone()).await.0, 409);
        for (to, with_agent, with_queue) in [("agents", 201, 409), ("queues", 409, 201), ("both", 201, 201), ("off", 409, 409)] {
            set(&care, json!({ "to": to, "timeout_s": 40 })).await;
            let known = care.get(&care.ann, "/recipients").await.ok()["accounts"].clone();
            assert_eq!(known, json!([{ "id": care.account, "transfer_to": to, "transfer_timeout_s": 40 }]));
            let one = care.held(&care.ann, &format!("39333010{with_agent}{with_queue}")).await;
            assert_eq!(may(one).await, json!(to != "off"), "{to}");
            let (status, body) = propose(&care, one, agent.clone()).await;
            assert_eq!(status, with_agent, "{to}: {body}");
            if status == 201 {
                let ends: jiff::Timestamp = body["interaction"]["transfer"]["ends_at"].as_str().expect("an end").parse().expect("an instant");
                assert_eq!(ends.duration_since(care.app.bench.now()).as_secs(), 40);
            }
            let other = care.held(&care.ann, &format!("39333020{with_agent}{with_queue}")).await;
            assert_eq!(propose(&care, other, queue.clone()).await.0, with_queue, "{to}");
        }
        // And what it does not say is as the desk has it.
        set(&care, json!({ "to": null, "timeout_s": 40 })).await;
        assert_eq!(may(id).await, json!(false));
    }

    async fn a_time_out_of_range_is_named_and_agents_set_nothing(care: Care) {
        let path = format!("/accounts/{}", care.account);
        let version = care.get(&care.app.admin, &path).await.ok()["version"].clone();
        for (transfer, field) in [
            (json!({ "timeout_s": 0 }), ("transfer.timeout_s", "out_of_range")),
            (json!({ "timeout_s": 86_401 }), ("transfer.timeout_s", "out_of_range")),
            (json!({ "to": "everybody" }), ("transfer.to", "format")),
        ] {
            let body = json!({ "version": version, "transfer": transfer });
            assert_eq!(care.app.patch(&care.app.admin, &path, body).await.fields(), [field], "{transfer}");
        }
        let body = json!({ "version": version, "transfer": { "to": "off" } });
        care.app.patch(&care.ann, &path, body).await.refused(403, "forbidden");
    }

    async fn who_leaves_hands_over_only_where_the_account_lets_them(care: Care) {
        let bob = care.colleague(Role::Agent, "bob").await;
        here(&care, &bob).await;
        let id = care.held(&care.ann, MARIA).await;
        set(&care, json!({ "to": "queues" })).await;
        let leave = async || care.app.delete(&care.ann, &format!("/session?open=hand_over&to={}", bob.id)).await;
        leave().await.refused(409, "transfers_off");
        assert_eq!(care.get(&care.ann, &format!("/interactions/{id}")).await.ok()["interaction"]["owner"]["id"], care.ann.id.0);
        set(&care, json!({ "to": "agents" })).await;
        assert_eq!(leave().await.status, 204);
        assert_eq!(care.get(&bob, &format!("/interactions/{id}")).await.ok()["interaction"]["owner"]["id"], bob.id.0);
    }
}
