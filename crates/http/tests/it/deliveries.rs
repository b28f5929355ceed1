//! The ledger as the API shows it.

use pronto_domain::access::Role;
use pronto_store::delivery;
use pronto_testkit::{TestApp, on_both};
use serde_json::json;

async fn deliver(app: &TestApp, account: i64, body: &[u8]) {
    let new = delivery::New {
        account_id: account,
        received_at: pronto_store::millis(app.bench.now()),
        headers: [("content-type".to_owned(), "application/json".to_owned())].into(),
        body: body.to_vec(),
    };
    let mut tx = app.bench.tx().await;
    delivery::add(&mut tx, &[new]).await.expect("added");
    tx.commit().await.expect("committed");
}

async fn settle(app: &TestApp, id: i64, state: &'static str) {
    let outcome = delivery::Outcome { item: "message wamid.1".to_owned(), outcome: state.to_owned(), detail: None };
    let settled = delivery::Applied {
        id,
        state,
        reason: Some("unknown number".to_owned()),
        updates: Some(1),
        outcomes: Some(vec![outcome]),
    };
    let mut tx = app.bench.tx().await;
    delivery::settle(&mut tx, &[settled], 0).await.expect("settled");
    tx.commit().await.expect("committed");
}

on_both! {
    async fn deliveries_are_listed_newest_first_by_page_and_state(app: TestApp) {
        let queue = app.with_queue("Sales", &[]).await;
        let account = app.with_account("sales", queue, &[]).await;
        let other = app.with_account("other", queue, &[]).await;
        for _ in 0..3 {
            deliver(&app, account, b"{}").await;
        }
        deliver(&app, other, b"\xff\x00").await;
        settle(&app, 2, "failed").await;
        let ids = |page: &serde_json::Value| -> Vec<i64> {
            page["items"].as_array().into_iter().flatten().filter_map(|item| item["id"].as_i64()).collect()
        };
        let page = app.get(&app.admin, "/deliveries?limit=3").await.ok();
        assert_eq!((ids(&page), &page["next"]), (vec![4, 3, 2], &json!("2")));
        let rest = app.get(&app.admin, "/deliveries?limit=3&after=2").await.ok();
        assert_eq!((ids(&rest), &rest["next"]), (vec![1], &json!(null)));
        let failed = app.get(&app.admin, "/deliveries?state=failed").await.ok();
        assert_eq!(ids(&failed), [2]);
        assert_eq!((&failed["items"][0]["reason"], &failed["items"][0]["updates"]), (&json!("unknown number"), &json!(1)));
        assert_eq!(failed["items"][0]["account"]["key"], "sales");
        assert_eq!(ids(&app.get(&app.admin, &format!("/deliveries?account={other}")).await.ok()), [4]);
        for (query, field) in [("state=lost", "state"), ("after=x", "after"), ("limit=x", "limit"), ("nonsense=1", "nonsense")] {
            let answer = app.get(&app.admin, &format!("/deliveries?{query}")).await;
            assert_eq!(answer.fields().first().map(|(name, _)| *name), Some(field), "{}", answer.body);
            answer.refused(400, "invalid");
        }
    }

    async fn one_shows_its_body_and_can_be_applied_again(app: TestApp) {
        let queue = app.with_queue("Sales", &[]).await;
        let account = app.with_account("sales", queue, &[]).await;
        deliver(&app, account, br#"{"object":"x"}"#).await;
        deliver(&app, account, b"\xffno text").await;
        settle(&app, 1, "failed").await;
        let detail = app.get(&app.admin, "/deliveries/1").await.ok();
        assert_eq!(detail["body"], r#"{"object":"x"}"#);
        assert_eq!(detail["headers"]["content-type"], "application/json");
        assert_eq!(detail["outcomes"], json!([{ "item": "message wamid.1", "outcome": "failed", "detail": null }]));
        assert_eq!(app.get(&app.admin, "/deliveries/2").await.ok()["body"], "\u{fffd}no text");
        let again = app.post(&app.admin, "/deliveries/1/replays", json!(null)).await;
        assert_eq!(again.status, 202);
        let again = again.ok();
        assert_eq!((&again["state"], &again["replays"]), (&json!("pending"), &json!(1)));
        // It waits already.
        let again = app.post(&app.admin, "/deliveries/1/replays", json!(null)).await.ok();
        assert_eq!(again["replays"], 1);
        assert_eq!(crate::audit(&app).await.last().map(|entry| entry.action.clone()).as_deref(), Some("delivery.replayed"));
    }

    async fn one_sees_those_of_ones_accounts(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let sue = app.with_user(Role::Supervisor, "sue").await;
        let queue = app.with_queue("Sales", &[]).await;
        let hers = app.with_account("hers", queue, &[&sue, &ann]).await;
        let other = app.with_account("other", queue, &[]).await;
        deliver(&app, hers, b"{}").await;
        deliver(&app, other, b"{}").await;
        let refused = app.get(&ann, "/deliveries").await.refused(403, "forbidden");
        assert_eq!(refused["params"]["permission"], "ledger.view");
        let page = app.get(&sue, "/deliveries").await.ok();
        assert_eq!(page["items"].as_array().map(Vec::len), Some(1));
        app.get(&sue, "/deliveries/1").await.ok();
        app.get(&sue, "/deliveries/2").await.refused(404, "not_found");
        app.post(&sue, "/deliveries/2/replays", json!(null)).await.refused(404, "not_found");
        assert_eq!(app.get(&sue, &format!("/deliveries?account={other}")).await.ok()["items"], json!([]));
        app.get(&app.admin, "/deliveries/99").await.refused(404, "not_found");
    }
}
