//! Blocked senders: kept away at once, told to the provider, and a supervisor's to confirm or lift.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use pronto_desk::work;
use pronto_domain::access::Role;
use pronto_testkit::on_both;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::audit;
use crate::care::{Care, MARIA, eventually};

type Asked = Arc<Mutex<Vec<(Method, Value)>>>;

/// A provider that is in trouble at first.
async fn provider() -> (String, Asked) {
    async fn blocks(State(asked): State<Asked>, method: Method, body: Bytes) -> Response {
        let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.push((method.clone(), serde_json::from_slice(&body).unwrap_or_default()));
        if asked.len() == 1 {
            return (StatusCode::INTERNAL_SERVER_ERROR, "try later").into_response();
        }
        let users = if method == Method::POST { "added_users" } else { "removed_users" };
        axum::Json(json!({ "block_users": { users: [{ "wa_id": MARIA }] } })).into_response()
    }
    let asked = Asked::default();
    let router = Router::new().route("/{id}/block_users", any(blocks)).with_state(asked.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, asked)
}

on_both! {
    async fn a_blocked_sender_is_kept_and_asks_for_nobody(care: Care) {
        let (url, asked) = provider().await;
        care.set(&format!("UPDATE account SET base_url = '{url}', grace_s = 3600")).await;
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let bea = care.colleague(Role::Agent, "bea").await;
        let id = care.held(&care.ann, MARIA).await;
        let path = format!("/interactions/{id}/block");
        care.app.put(&bea, &path, json!({ "reason": "rude" })).await.refused(409, "not_owner");
        assert_eq!(care.app.put(&care.ann, &path, json!({ "reason": " " })).await.fields(), [("reason", "required")]);
        let blocked = care.app.put(&care.ann, &path, json!({ "reason": "Insults" })).await.ok();
        assert_eq!((&blocked["state"], &blocked["blocked"], &blocked["may"]["block"]), (&json!("closed"), &json!(true), &json!(false)));
        let stop = CancellationToken::new();
        tokio::spawn(work::jobs::run(care.app.bench.desk.clone(), stop.clone()));
        // Within the grace time, and yet: stored, and nobody is asked.
        assert_eq!(care.writes(MARIA, "hello?").await, id);
        let row = care.interaction(&care.ann, id).await;
        assert_eq!((&row["state"], &row["unread"], &row["unmanaged"]), (&json!("closed"), &json!(0), &json!(0)));
        care.route().await;
        assert_eq!(care.get(&care.ann, "/offers").await.ok(), json!([]));
        assert!(care.get(&care.ann, &format!("/interactions/{id}/messages")).await.ok().to_string().contains("hello?"));
        let first = async || care.get(&sue, "/blocks?state=asked").await.ok()["items"][0].clone();
        eventually("the provider is asked again", async || {
            care.app.advance(30);
            first().await["provider_state"] == "blocked"
        }).await;
        let block = first().await;
        assert_eq!((&block["reason"], &block["blocked_by"]["name"], &block["customer"]), (&json!("Insults"), &json!("Ann"), &json!("Maria Rossi")));
        let said = asked.lock().expect("asked").clone();
        assert!(said.len() >= 2 && said.iter().all(|(method, body)| *method == Method::POST && body["block_users"][0]["user"] == format!("+{MARIA}")), "{said:?}");
        // Only who reviews them sees them.
        care.get(&care.ann, "/blocks").await.refused(403, "forbidden");
        let review = format!("/blocks/{}/review", block["id"]);
        care.app.put(&care.ann, &review, json!({ "confirm": true })).await.refused(403, "forbidden");
        let tom = care.app.with_user(Role::Supervisor, "tom").await;
        assert_eq!(care.get(&tom, "/blocks").await.ok()["items"], json!([]));
        care.app.put(&tom, &review, json!({ "confirm": false })).await.refused(404, "not_found");
        assert_eq!(care.app.put(&sue, &review, json!({ "confirm": true })).await.ok()["state"], "confirmed");
        assert_eq!(care.get(&sue, "/blocks?state=asked").await.ok()["items"], json!([]));
        let lifted = care.app.put(&sue, &review, json!({ "confirm": false })).await.ok();
        assert_eq!((&lifted["state"], &lifted["reviewed_by"]["name"]), (&json!("lifted"), &json!("Sue")));
        care.app.put(&sue, &review, json!({ "confirm": true })).await.refused(409, "block_lifted");
        eventually("the provider lets them write", async || {
            care.app.advance(30);
            care.get(&sue, "/blocks").await.ok()["items"][0]["provider_state"] == "lifted"
        }).await;
        assert_eq!(asked.lock().expect("asked").last().map(|(method, _)| method.clone()), Some(Method::DELETE));
        stop.cancel();
        // What they write now asks for somebody again.
        care.set("UPDATE account SET grace_s = 0").await;
        let next = care.writes(MARIA, "sorry").await;
        assert_ne!(next, id);
        let lines = care.lines(&sue, id).await;
        assert_eq!(lines.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(),
            ["taken", "blocked", "closed_blocked", "block_confirmed", "block_lifted"]);
        let actions: Vec<String> = audit(&care.app).await.into_iter().map(|entry| entry.action).filter(|action| action.starts_with("sender.")).collect();
        assert_eq!(actions, ["sender.blocked", "sender.block_confirmed", "sender.block_lifted"]);
        care.app.put(&sue, &path, json!({ "reason": "again" })).await.refused(409, "newer_interaction");
    }

    async fn a_supervisors_own_block_waits_for_nobody(care: Care) {
        let sue = care.colleague(Role::Supervisor, "sue").await;
        let id = care.writes(MARIA, "hello").await;
        care.app.put(&sue, &format!("/interactions/{id}/block"), json!({ "reason": "Spam" })).await.ok();
        let page = care.get(&sue, "/blocks").await.ok();
        assert_eq!((&page["items"][0]["state"], &page["items"][0]["reviewed_by"]["name"]), (&json!("confirmed"), &json!("Sue")));
        care.get(&sue, "/blocks?state=odd").await.refused(422, "invalid");
        care.set("UPDATE profile SET permissions = '[]' WHERE name = 'Agent'").await;
        let other = care.writes("393330000002", "hello").await;
        care.app.put(&care.ann, &format!("/interactions/{other}/block"), json!({ "reason": "Spam" })).await.refused(403, "forbidden");
    }
}
