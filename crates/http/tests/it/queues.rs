//! Queues.

use pronto_domain::access::Role;
use pronto_testkit::{TestApp, on_both};
use serde_json::json;

on_both! {
    async fn a_queue_is_made_changed_removed_and_brought_back(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let team = app.post(&app.admin, "/teams", json!({ "name": "Night" })).await.ok();
        let new = json!({
            "name": "Sales", "strategy": "round_robin", "agent_timeout_s": 45, "weight": 7, "service_level_s": 60,
            "last_agent_first": true, "wrap_up_s": 15, "user_ids": [ann.id], "team_ids": [team["id"]],
        });
        let answer = app.post(&app.admin, "/queues", new.clone()).await;
        assert_eq!(answer.status, 201);
        let queue = answer.ok();
        for (name, value) in new.as_object().expect("an object") {
            assert_eq!(&queue[name], value, "{name}");
        }
        let path = format!("/queues/{}", queue["id"]);
        assert_eq!(app.get(&ann, &path).await.ok(), queue);
        let changed = app.patch(&app.admin, &path, json!({ "version": 1, "weight": 3, "team_ids": [] })).await.ok();
        assert_eq!((&changed["weight"], &changed["team_ids"], &changed["user_ids"]), (&json!(3), &json!([]), &json!([ann.id])));
        app.patch(&app.admin, &path, json!({ "version": 1, "weight": 4 })).await.refused(409, "changed_meanwhile");
        assert_eq!(app.delete(&app.admin, &path).await.status, 204);
        app.get(&ann, &path).await.refused(404, "not_found");
        assert_eq!(app.get(&ann, "/queues").await.ok(), json!([]));
        app.patch(&app.admin, &path, json!({ "version": 3, "deleted": false })).await.ok();
        app.get(&ann, &path).await.ok();
    }

    async fn every_field_has_its_range(app: TestApp) {
        app.with_queue("Sales", &[]).await;
        let wrong = json!({
            "name": "SALES", "agent_timeout_s": 0, "weight": 11, "service_level_s": -1, "wrap_up_s": 86401,
            "user_ids": [99], "team_ids": [99],
        });
        let answer = app.post(&app.admin, "/queues", wrong).await;
        assert_eq!(answer.fields(), [
            ("name", "taken"), ("agent_timeout_s", "out_of_range"), ("weight", "out_of_range"),
            ("service_level_s", "out_of_range"), ("wrap_up_s", "out_of_range"), ("user_ids", "unknown"),
            ("team_ids", "unknown"),
        ]);
        let strategy = app.post(&app.admin, "/queues", json!({ "name": "X", "strategy": "loudest" })).await;
        assert_eq!(strategy.fields(), [("strategy", "format")]);
        let typo = app.post(&app.admin, "/queues", json!({ "name": "X", "wait": 1 })).await;
        assert_eq!(typo.fields(), [("wait", "unknown_field")]);
    }

    async fn agents_and_supervisors_may_not(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let sue = app.with_user(Role::Supervisor, "sue").await;
        let queue = app.with_queue("Sales", &[]).await;
        let path = format!("/queues/{queue}");
        for who in [&ann, &sue] {
            let refused = app.post(who, "/queues", json!({ "name": "X" })).await.refused(403, "forbidden");
            assert_eq!(refused["params"]["permission"], "queues.edit");
            app.patch(who, &path, json!({ "version": 1, "name": "X" })).await.refused(403, "forbidden");
            app.delete(who, &path).await.refused(403, "forbidden");
        }
        app.patch(&app.admin, "/queues/999", json!({ "version": 1 })).await.refused(404, "not_found");
        app.delete(&app.admin, "/queues/999").await.refused(404, "not_found");
    }

    async fn a_queue_that_is_needed_is_not_removed(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let queue = app.with_queue("Sales", &[&ann]).await;
        let other = app.with_queue("Support", &[&ann]).await;
        let account = app.with_account("sales", queue, &[&ann]).await;
        let led = app.delete(&app.admin, &format!("/queues/{queue}")).await.refused(409, "in_use");
        assert!(led["detail"].as_str().is_some_and(|detail| detail.contains("Sales")), "{led}");
        // One that only an interaction stands in.
        let address = app.bench.customer(account.into(), "31600000001").await;
        let interaction = app.bench.interaction(address, ann.id).await;
        let mut row = app.bench.row(interaction).await;
        row.queue_id = Some(other);
        let mut tx = app.bench.tx().await;
        pronto_store::interaction::save_one(&mut tx, &mut row).await.expect("saved");
        tx.commit().await.expect("committed");
        let used = app.delete(&app.admin, &format!("/queues/{other}")).await.refused(409, "in_use");
        assert_eq!(used["params"]["open"], 1);
    }

    async fn who_was_removed_is_in_the_queue_again_on_return(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let bob = app.with_agent("bob").await;
        let queue = app.with_queue("Sales", &[&ann, &bob]).await;
        let (path, to_ann) = (format!("/queues/{queue}"), format!("/users/{}", ann.id));
        app.delete(&app.admin, &to_ann).await.ok();
        assert_eq!(app.get(&bob, &path).await.ok()["user_ids"], json!([bob.id]));
        app.patch(&app.admin, &path, json!({ "version": 1, "user_ids": [bob.id] })).await.ok();
        app.patch(&app.admin, &to_ann, json!({ "version": 2, "deleted": false })).await.ok();
        assert_eq!(app.get(&bob, &path).await.ok()["user_ids"], json!([ann.id, bob.id]));
    }
}
