//! Each thing that can be made to go wrong.
#![allow(clippy::unwrap_used, reason = "a test that panics says enough")]

mod common;

use std::time::{Duration, Instant};

use common::{GIULIA, NUMBER, TOKEN, World, arrives, id_of, until};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

async fn open_world() -> World {
    let world = World::start().await;
    world.write("giulia", json!({"text": "hello"})).await;
    arrives("the message", || world.webhook.messages().len() == 1).await;
    world
}

fn text() -> Value {
    json!({"type": "text", "text": {"body": "hi"}, "biz_opaque_callback_data": "attempt"})
}

#[tokio::test]
async fn updates_come_twice() {
    let world = World::start().await;
    world.faults(json!({"duplicate_percent": 100})).await;
    let id = world.write("giulia", json!({"text": "echo"})).await;
    arrives("both", || world.webhook.messages().iter().filter(|message| message["id"] == json!(id)).count() == 2).await;
}

#[tokio::test]
async fn updates_overtake_each_other() {
    let world = World::start().await;
    world.faults(json!({"reorder_percent": 100, "webhook_batch_max": 1})).await;
    let mut ids = Vec::new();
    for count in 0..12 {
        ids.push(json!(world.write("giulia", json!({"text": count.to_string()})).await));
    }
    arrives("all", || world.webhook.messages().len() == 12).await;
    let order: Vec<Value> = world.webhook.messages().into_iter().map(|message| message["id"].clone()).collect();
    assert_ne!(order, ids);
    assert!(ids.iter().all(|id| order.contains(id)));
}

#[tokio::test]
async fn webhooks_can_be_late() {
    let world = World::start().await;
    world.faults(json!({"delay_ms": 300})).await;
    let begun = Instant::now();
    world.write("giulia", json!({"text": "slow"})).await;
    arrives("the message", || world.webhook.messages().len() == 1).await;
    assert!(world.webhook.posts()[0].at - begun >= Duration::from_millis(300));
}

#[tokio::test]
async fn sends_fail_as_often_as_asked() {
    let world = open_world().await;
    world.faults(json!({"send_status": {"code": 503, "next": 1}, "rate_limit_130429": 1, "pair_rate_131056": 1, "send_error": {"code": 368, "next": 1}})).await;
    let mut codes = Vec::new();
    for _ in 0..5 {
        let (status, answer) = world.send(GIULIA, text()).await;
        codes.push((status, answer["error"]["code"].as_u64().unwrap_or_default()));
    }
    assert_eq!(codes, [(503, 131_000), (403, 368), (400, 130_429), (400, 131_056), (200, 0)]);
    assert_eq!(world.ledger().await["sends"].as_array().unwrap().len(), 1, "what was refused was not accepted");
}

#[tokio::test]
async fn the_connection_closes_without_an_answer() {
    let world = open_world().await;
    world.faults(json!({"drop_after_accept": 1})).await;
    let address = world.base.strip_prefix("http://").unwrap();
    let mut connection = tokio::net::TcpStream::connect(address).await.unwrap();
    let body = json!({"messaging_product": "whatsapp", "to": GIULIA, "type": "text", "text": {"body": "hi"}, "biz_opaque_callback_data": "lost"}).to_string();
    let request = format!(
        "POST /simulator/meta/v23.0/{NUMBER}/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).await.unwrap();
    assert_eq!(String::from_utf8_lossy(&answer), "", "not a byte");
    let sends = world.ledger().await["sends"].clone();
    assert_eq!((&sends[0]["opaque"], &sends[0]["times_accepted"]), (&json!("lost"), &json!(1)));
    // The business learns of it by the status alone.
    let id = sends[0]["wamid"].as_str().unwrap().to_owned();
    arrives("sent", || world.webhook.statuses_of(&id).first().is_some_and(|status| status == "sent")).await;
}

#[tokio::test]
async fn what_is_sent_twice_is_counted() {
    let world = open_world().await;
    for _ in 0..2 {
        assert_eq!(world.send(GIULIA, text()).await.0, 200);
    }
    let sends = world.ledger().await["sends"].clone();
    assert_eq!((&sends[0]["times_accepted"], &sends[1]["times_accepted"]), (&json!(2), &json!(2)));
}

#[tokio::test]
async fn tokens_expire() {
    let world = open_world().await;
    world.faults(json!({"token_expired": true})).await;
    let (status, answer) = world.send(GIULIA, text()).await;
    assert_eq!((status, &answer["error"]["code"]), (401, &json!(190)));
    world.control("DELETE", "faults", Value::Null).await;
    assert_eq!(world.send(GIULIA, text()).await.0, 200);
}

#[tokio::test]
async fn accepted_messages_fail_later() {
    let world = open_world().await;
    world.faults(json!({"failed_status": {"code": 131_049, "next": 1}})).await;
    let id = world.text(GIULIA, "offer").await;
    arrives("failed", || world.webhook.statuses_of(&id) == ["failed"]).await;
    assert_eq!(world.webhook.statuses()[0]["errors"][0]["code"], 131_049);
    assert_eq!(world.on_phone("giulia", &id).await["status"], "failed");
}

#[tokio::test]
async fn statuses_can_stay_away() {
    let world = open_world().await;
    world.faults(json!({"statuses": "none"})).await;
    let id = world.text(GIULIA, "silence").await;
    until("delivered", || async { world.on_phone("giulia", &id).await["status"] == "delivered" }).await;
    world.faults(json!({"statuses": "normal"})).await;
    let other = world.text(GIULIA, "sound").await;
    arrives("the other's", || world.webhook.statuses_of(&other).len() == 2).await;
    assert!(world.webhook.statuses_of(&id).is_empty());
}

#[tokio::test]
async fn statuses_can_come_backwards() {
    let world = open_world().await;
    world.faults(json!({"statuses": "reversed"})).await;
    let id = world.text(GIULIA, "backwards").await;
    until("delivered", || async { world.on_phone("giulia", &id).await["status"] == "delivered" }).await;
    world.control("POST", "phones/giulia/reads", json!({})).await;
    arrives("all", || world.webhook.statuses_of(&id).len() == 3).await;
    assert_eq!(world.webhook.statuses_of(&id), ["read", "delivered", "sent"]);
}

#[tokio::test]
async fn unread_messages_are_told_backwards_too() {
    let world = open_world().await;
    world.faults(json!({"statuses": "reversed"})).await;
    let id = world.text(GIULIA, "backwards").await;
    arrives("both", || world.webhook.statuses_of(&id).len() == 2).await;
    assert_eq!(world.webhook.statuses_of(&id), ["delivered", "sent"]);
}

#[tokio::test]
async fn statuses_can_be_early() {
    let world = open_world().await;
    world.faults(json!({"statuses": "early"})).await;
    let (status, answer) = world.send(GIULIA, text()).await;
    assert_eq!(status, 200);
    // It was there before the answer was.
    assert_eq!(world.webhook.statuses_of(&id_of(&answer)).first().map(String::as_str), Some("sent"));
    assert_eq!(world.webhook.statuses()[0]["biz_opaque_callback_data"], "attempt");
}

#[tokio::test]
async fn statuses_can_be_repeated() {
    let world = open_world().await;
    world.faults(json!({"statuses": "repeated"})).await;
    let id = world.text(GIULIA, "twice").await;
    arrives("four", || world.webhook.statuses_of(&id).len() == 4).await;
    let mut got = world.webhook.statuses_of(&id);
    got.sort();
    assert_eq!(got, ["delivered", "delivered", "sent", "sent"]);
}

#[tokio::test]
async fn nonsense_is_refused_and_healthy_again_is_one_call() {
    let world = World::start().await;
    assert_eq!(world.control("PATCH", "faults", json!({"statuses": "sideways"})).await.0, 422);
    assert_eq!(world.control("PATCH", "faults", json!({"unknown": 1})).await.0, 422);
    assert_eq!(world.control("PATCH", "faults", json!([])).await.0, 422);
    world.faults(json!({"window_closed": true})).await;
    let (_, healthy) = world.control("DELETE", "faults", Value::Null).await;
    assert_eq!((&healthy["window_closed"], &healthy["statuses"]), (&json!(false), &json!("normal")));
}

#[tokio::test]
async fn a_reset_starts_from_the_seed() {
    let world = open_world().await;
    world.control("POST", "phones", json!({"name": "Extra"})).await;
    assert_eq!(world.control("POST", "reset", Value::Null).await.0, 204);
    let (_, phones) = world.control("GET", "phones", Value::Null).await;
    assert_eq!(phones["phones"].as_array().unwrap().len(), 5);
    assert_eq!(world.ledger().await["webhooks"]["acknowledged"], 0);
    assert_eq!(world.send(GIULIA, text()).await.1["error"]["code"], 131_047);
}
