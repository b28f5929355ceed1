//! Accounts.

use pronto_domain::access::Role;
use pronto_testkit::{TestApp, on_both};
use serde_json::{Value, json};

use crate::care::{Care, eventually};

fn new(queue: i64) -> Value {
    json!({
        "key": "sales", "name": "Sales", "phone": "+31 20 123 4567", "base_url": "https://graph.example/v23.0/",
        "phone_number_id": "106540352242922", "business_account_id": "102290129340398", "app_id": "42",
        "credentials": { "access_token": "EAA-very-secret", "app_secret": "app-very-secret", "verify_token": "verify-very-secret" },
        "flow": [{ "type": "queue", "queue_id": queue, "timeout_s": 300 }], "default_queue_id": queue,
    })
}

on_both! {
    async fn credentials_go_in_and_never_come_out(app: TestApp) {
        let queue = app.with_queue("Sales", &[]).await;
        let answer = app.post(&app.admin, "/accounts", new(queue)).await;
        assert_eq!(answer.status, 201);
        let account = answer.ok();
        assert_eq!(account["credentials"], json!({ "access_token": true, "app_secret": true, "verify_token": true }));
        assert_eq!(account["webhook_url"], "http://desk.example/webhooks/meta/sales");
        assert_eq!(account["base_url"], "https://graph.example/v23.0");
        assert_eq!((&account["rate_per_s"], &account["window_rule"]), (&json!(80), &json!("latest_inbound")));
        assert_eq!(account["health"], json!({ "state": "unknown", "detail": null, "at": null }));
        let path = format!("/accounts/{}", account["id"]);
        // The desk itself can use them.
        let config = app.app.desk.config();
        let held = config.account_by_key("sales").expect("the account");
        assert_eq!(held.app_secret.as_ref().map(pronto_desk::config::Secret::expose), Some("app-very-secret"));
        // Clearing one, keeping one, writing one.
        let change = json!({ "version": 1, "credentials": { "access_token": "", "verify_token": "other-very-secret" } });
        let changed = app.patch(&app.admin, &path, change).await.ok();
        assert_eq!(changed["credentials"], json!({ "access_token": false, "app_secret": true, "verify_token": true }));
        let mut told = format!("{account} {changed} {:?}", crate::audit(&app).await);
        for path in ["/accounts", &path, "/session", "/users"] {
            told.push_str(&String::from_utf8_lossy(&app.get(&app.admin, path).await.bytes));
        }
        assert!(!told.contains("very-secret"), "{told}");
        let mut tx = app.bench.look().await;
        let rows = pronto_store::account::all(&mut tx).await.expect("read");
        assert!(!String::from_utf8_lossy(rows[0].app_secret.as_deref().expect("sealed")).contains("secret"));
    }

    async fn the_public_address_is_the_webhooks(app: TestApp) {
        let queue = app.with_queue("Sales", &[]).await;
        let app = app.rebuilt(|app| app.with_public_url(Some("https://care.example/".to_owned())));
        let request = app.post(&app.admin, "/accounts", new(queue)).await;
        // Its own pages are elsewhere now, but Host is still one of ours.
        assert_eq!(request.ok()["webhook_url"], "https://care.example/webhooks/meta/sales");
    }

    async fn every_field_is_looked_at(app: TestApp) {
        let queue = app.with_queue("Sales", &[]).await;
        app.post(&app.admin, "/accounts", new(queue)).await.ok();
        let wrong = json!({
            "key": "sales", "name": "sales", "phone": "call me", "base_url": "ftp://x", "phone_number_id": "106540352242922",
            "business_account_id": "a/b", "app_id": "a b", "credentials": { "access_token": "two words" },
            "flow": [{ "type": "queue", "queue_id": queue, "timeout_s": 0 }, { "type": "queue", "queue_id": 99, "timeout_s": -1 }],
            "default_queue_id": 98, "grace_s": -1, "rate_per_s": 1001, "user_ids": [99], "team_ids": [99],
        });
        let answer = app.post(&app.admin, "/accounts", wrong).await;
        assert_eq!(answer.fields(), [
            ("key", "taken"), ("name", "taken"), ("phone", "format"), ("base_url", "format"),
            ("business_account_id", "format"), ("app_id", "format"), ("phone_number_id", "taken"),
            ("credentials.access_token", "format"), ("default_queue_id", "unknown"),
            ("flow[0].timeout_s", "out_of_range"), ("flow[1].queue_id", "unknown"), ("flow[1].timeout_s", "out_of_range"),
            ("grace_s", "out_of_range"), ("rate_per_s", "out_of_range"), ("user_ids", "unknown"), ("team_ids", "unknown"),
        ]);
        answer.refused(422, "invalid");
        for key in ["", "Sales", "thirteen-long", "a_b", "a b"] {
            let mut body = new(queue);
            body["key"] = json!(key);
            let answer = app.post(&app.admin, "/accounts", body).await;
            assert!(answer.fields().iter().any(|(name, _)| *name == "key"), "{key}: {}", answer.body);
        }
        let mut other = new(queue);
        other["provider"] = json!("carrier-pigeon");
        assert_eq!(app.post(&app.admin, "/accounts", other).await.fields(), [("provider", "format")]);
    }

    async fn it_is_changed_removed_and_brought_back(app: TestApp) {
        let queue = app.with_queue("Sales", &[]).await;
        let account = app.post(&app.admin, "/accounts", new(queue)).await.ok();
        let path = format!("/accounts/{}", account["id"]);
        let change = json!({
            "version": 1, "name": "Shop", "phone": null, "window_rule": "first_inbound", "grace_s": 600, "flow": [],
            "create_contact": false, "take_from_bot": false, "rate_per_s": 20,
        });
        let changed = app.patch(&app.admin, &path, change.clone()).await.ok();
        for (name, value) in change.as_object().expect("an object").iter().filter(|(name, _)| *name != "version") {
            assert_eq!(&changed[name], value, "{name}");
        }
        app.patch(&app.admin, &path, change).await.refused(409, "changed_meanwhile");
        assert_eq!(app.delete(&app.admin, &path).await.status, 204);
        app.get(&app.admin, &path).await.refused(404, "not_found");
        app.patch(&app.admin, &path, json!({ "version": 3, "deleted": false })).await.ok();
        app.get(&app.admin, &path).await.ok();
    }

    async fn one_with_open_interactions_is_not_removed(app: TestApp) {
        let ann = app.with_agent("ann").await;
        let queue = app.with_queue("Sales", &[]).await;
        let account = app.with_account("sales", queue, &[&ann]).await;
        let address = app.bench.customer(account.into(), "31600000001").await;
        app.bench.interaction(address, ann.id).await;
        let refused = app.delete(&app.admin, &format!("/accounts/{account}")).await.refused(409, "in_use");
        assert_eq!(refused["params"]["open"], 1);
    }

    async fn one_sees_the_accounts_one_is_on(app: TestApp) {
        let (ann, bob) = (app.with_agent("ann").await, app.with_agent("bob").await);
        let sue = app.with_user(Role::Supervisor, "sue").await;
        let queue = app.with_queue("Sales", &[]).await;
        let team = app.post(&app.admin, "/teams", json!({ "name": "Night", "user_ids": [bob.id] })).await.ok();
        let mut body = new(queue);
        body["user_ids"] = json!([ann.id]);
        body["team_ids"] = json!([team["id"]]);
        let account = app.post(&app.admin, "/accounts", body).await.ok();
        let path = format!("/accounts/{}", account["id"]);
        for who in [&ann, &bob, &app.admin] {
            assert_eq!(app.get(who, "/accounts").await.ok().as_array().map(Vec::len), Some(1));
            app.get(who, &path).await.ok();
        }
        assert_eq!(app.get(&sue, "/accounts").await.ok(), json!([]));
        app.get(&sue, &path).await.refused(404, "not_found");
        for who in [&ann, &sue] {
            let refused = app.post(who, "/accounts", new(queue)).await.refused(403, "forbidden");
            assert_eq!(refused["params"]["permission"], "accounts.edit");
            app.patch(who, &path, json!({ "version": 1, "name": "X" })).await.refused(403, "forbidden");
            app.delete(who, &path).await.refused(403, "forbidden");
            app.post(who, &format!("{path}/checks"), json!({})).await.refused(403, "forbidden");
        }
    }

    async fn a_check_asks_the_provider_and_keeps_what_it_says(app: TestApp) {
        let provider = crate::provider::Provider::start().await;
        let queue = app.with_queue("Sales", &[]).await;
        let mut body = new(queue);
        body["base_url"] = json!(provider.url);
        let account = app.post(&app.admin, "/accounts", body).await.ok();
        let path = format!("/accounts/{}", account["id"]);
        let checks = format!("{path}/checks");
        let found = app.post(&app.admin, &checks, json!({})).await.ok();
        assert_eq!(found["ok"], true, "{found}");
        let hops = ["access_token", "app_secret", "verify_token", "number", "subscription", "webhook", "clock", "media", "disk"];
        assert_eq!(codes(&found), hops);
        assert_eq!(found["steps"][5]["state"], "unknown", "nothing has come yet");
        assert_eq!(found["steps"][3]["detail"], "+31 20 123 4567 · Shop · CONNECTED · GREEN");
        assert_eq!(app.get(&app.admin, &path).await.ok()["health"]["state"], "ok");
        assert_eq!(provider.tokens(), ["Bearer EAA-very-secret", "Bearer EAA-very-secret"]);

        // Another app's, a token that is none, and a provider that is not there.
        app.patch(&app.admin, &path, json!({ "version": 1, "app_id": "43" })).await.ok();
        let found = app.post(&app.admin, &checks, json!({})).await.ok();
        assert_eq!((&found["ok"], &found["steps"][4]["state"]), (&json!(false), &json!("failing")));
        let change = json!({ "version": 2, "app_id": "42", "credentials": { "access_token": "wrong" } });
        app.patch(&app.admin, &path, change).await.ok();
        let found = app.post(&app.admin, &checks, json!({})).await.ok();
        assert!(found["steps"][3]["detail"].as_str().is_some_and(|detail| detail.contains("190")), "{found}");
        let health = app.get(&app.admin, &path).await.ok()["health"].clone();
        assert_eq!(health["state"], "failing");
        assert_eq!(health["at"], "2026-03-02T09:00:00Z");
        let change = json!({ "version": 3, "base_url": "http://127.0.0.1:9" });
        assert_eq!(app.patch(&app.admin, &path, change).await.ok()["health"]["state"], "unknown");
        let found = app.post(&app.admin, &checks, json!({})).await.ok();
        assert_eq!(found["ok"], false);
        app.post(&app.admin, "/accounts/99/checks", json!({})).await.refused(404, "not_found");
        // Without a token nobody is asked.
        let change = json!({ "version": 4, "credentials": { "access_token": "" } });
        app.patch(&app.admin, &path, change).await.ok();
        let found = app.post(&app.admin, &checks, json!({})).await.ok();
        assert_eq!(codes(&found), ["access_token", "app_secret", "verify_token", "webhook", "media", "disk"]);
    }

    /// What comes in unsigned, a clock that is off and an address that nobody can reach are named.
    async fn a_check_names_the_hop_that_is_broken(care: Care) {
        let provider = crate::provider::Provider::start().await;
        let app = &care.app;
        let queue = app.with_queue("Other", &[]).await;
        let mut body = new(queue);
        body["base_url"] = json!(provider.url);
        let account = app.post(&app.admin, "/accounts", body).await.ok();
        let checks = format!("/accounts/{}/checks", account["id"]);
        let hop = async |code: &str| {
            let found = app.post(&app.admin, &checks, json!({})).await.ok();
            let steps = found["steps"].as_array().expect("steps");
            steps.iter().find(|step| step["code"] == code).cloned().unwrap_or_default()
        };
        let forged = axum::http::Request::post("/webhooks/meta/sales")
            .header("x-hub-signature-256", "sha256=00")
            .body(axum::body::Body::from("{}"))
            .expect("a request");
        assert_eq!(care.hand_in(forged).await.0, 401);
        eventually("it is noted", async || hop("webhook").await["state"] == "failing").await;
        let webhook = hop("webhook").await;
        assert!(webhook["detail"].as_str().is_some_and(|why| why.contains("signature")), "{webhook}");
        assert_eq!(webhook["at"], "2026-03-02T09:00:00Z");
        assert_eq!(hop("clock").await["state"], "ok");
        app.bench.advance(600);
        let clock = hop("clock").await;
        assert_eq!((&clock["state"], &clock["detail"]), (&json!("failing"), &json!("600 s")));
        // A simulator may stand anywhere; Meta itself reaches only what is public.
        assert_eq!(hop("public_url").await, Value::Null);
    }

    async fn a_test_message_says_what_the_provider_says(app: TestApp) {
        let provider = crate::provider::Provider::start().await;
        let queue = app.with_queue("Sales", &[]).await;
        let mut body = new(queue);
        body["base_url"] = json!(provider.url);
        let account = app.post(&app.admin, "/accounts", body).await.ok();
        let tests = format!("/accounts/{}/tests", account["id"]);
        let sent = app.post(&app.admin, &tests, json!({ "to": "+31 20 123 4567", "text": "A test" })).await.ok();
        assert_eq!(sent["failure"], Value::Null);
        for (to, text, field) in [("somebody", "A test", "to"), ("+31", "A test", "to"), ("+31 20 123 4567", " ", "text")] {
            let refused = app.post(&app.admin, &tests, json!({ "to": to, "text": text })).await.refused(422, "invalid");
            assert_eq!(refused["fields"][0]["name"], field, "{to}");
        }
        let change = json!({ "version": 1, "credentials": { "access_token": "wrong" } });
        app.patch(&app.admin, &format!("/accounts/{}", account["id"]), change).await.ok();
        let sent = app.post(&app.admin, &tests, json!({ "to": "+31 20 123 4567", "text": "A test" })).await.ok();
        assert_eq!(sent["failure"]["code"], "meta.190");
        assert_eq!(sent["failure"]["next"], "call_admin");
        let ann = app.with_agent("ann").await;
        app.post(&ann, &tests, json!({ "to": "+31 20 123 4567", "text": "A test" })).await.refused(403, "forbidden");
    }

    async fn what_comes_in_is_delivered_here_where_the_provider_can_be_told(app: TestApp) {
        let provider = crate::provider::Provider::start().await;
        let queue = app.with_queue("Sales", &[]).await;
        let mut body = new(queue);
        body["base_url"] = json!(provider.url);
        let account = app.post(&app.admin, "/accounts", body).await.ok();
        let subscriptions = format!("/accounts/{}/subscriptions", account["id"]);
        assert_eq!(app.post(&app.admin, &subscriptions, json!({})).await.ok()["failure"], Value::Null);
        let change = json!({ "version": 1, "credentials": { "verify_token": "" } });
        app.patch(&app.admin, &format!("/accounts/{}", account["id"]), change).await.ok();
        let refused = app.post(&app.admin, &subscriptions, json!({})).await.refused(422, "invalid");
        assert_eq!(refused["fields"][0]["name"], "credentials.verify_token");
        let twilio = json!({ "key": "twilio", "name": "Twilio", "provider": "twilio", "phone_number_id": "14155238886",
            "business_account_id": "AC1", "default_queue_id": queue });
        let twilio = app.post(&app.admin, "/accounts", twilio).await.ok();
        let by_hand = format!("/accounts/{}/subscriptions", twilio["id"]);
        app.post(&app.admin, &by_hand, json!({})).await.refused(409, "provider_cannot");
    }

    /// A token that has run out keeps nobody from being heard.
    async fn what_customers_write_is_taken_in_whatever_becomes_of_the_token(care: Care) {
        let accounts = care.app.get(&care.app.admin, "/accounts").await.ok();
        let path = format!("/accounts/{}", accounts[0]["id"]);
        let change = json!({ "version": accounts[0]["version"], "credentials": { "access_token": "" } });
        care.app.patch(&care.app.admin, &path, change).await.ok();
        let found = care.app.post(&care.app.admin, &format!("{path}/checks"), json!({})).await.ok();
        assert_eq!(found["ok"], false);
        care.writes(crate::care::MARIA, "Is anybody there?").await;
        assert_eq!(care.count("SELECT count(*) AS count FROM message WHERE direction = 'in'").await, 1);
    }

    async fn each_provider_is_asked_for_what_it_needs(app: TestApp) {
        let queue = app.with_queue("Sales", &[]).await;
        let sinch = json!({ "key": "sinch", "name": "Sinch", "provider": "sinch", "phone_number_id": "01APP",
            "business_account_id": "P1", "default_queue_id": queue });
        let refused = app.post(&app.admin, "/accounts", sinch.clone()).await.refused(422, "invalid");
        assert_eq!(refused["fields"][0]["name"], "app_id", "the key's id");
        let mut sinch = sinch;
        sinch["app_id"] = "K1".into();
        // What is another provider's is not kept.
        sinch["connection"] = json!({ "version": "v1", "header": "x-desk", "shared_key_id": "CK1", "media_hosts": ["m.example"] });
        let made = app.post(&app.admin, "/accounts", sinch).await.ok();
        let connection = &made["connection"];
        assert_eq!((&connection["version"], &connection["header"], &connection["shared_key_id"]),
            (&Value::Null, &Value::Null, &Value::Null));
        assert_eq!(connection["media_hosts"], json!(["m.example"]));
        // An empty address is the desk's own, now and after a change.
        let own = connection["public_url"].clone();
        assert!(own.is_string(), "{made}");
        let path = format!("/accounts/{}", made["id"]);
        let changed = app.patch(&app.admin, &path, json!({ "version": 1, "connection": { "public_url": " " } })).await.ok();
        assert_eq!(changed["connection"]["public_url"], own);
    }
}

fn codes(check: &Value) -> Vec<&str> {
    check["steps"].as_array().into_iter().flatten().filter_map(|step| step["code"].as_str()).collect()
}
