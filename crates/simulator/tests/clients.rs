//! The providers' own Python clients at the simulator's doors. `PRONTO_TEST_PYTHON` is an interpreter that has the
//! packages `twilio`, `sinch` and `pywa`; where there is none, it is said loudly that nothing was tried.
#![allow(clippy::unwrap_used, reason = "a test that panics says enough")]

mod common;

use std::process::Stdio;

use common::inbox::{Inbox, attach};
use common::{GIULIA, World, arrives};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/clients.py");

/// Runs a client; `None` where there is none on this machine.
async fn client(world: &World, provider: &str, package: &str, came: Value) -> Option<Value> {
    let python = std::env::var("PRONTO_TEST_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let there = Command::new(&python).args(["-c", &format!("import {package}")]).stderr(Stdio::null()).status().await;
    if !there.is_ok_and(|status| status.success()) {
        eprintln!(
            "SKIPPED: {python} has no package {package}: the simulator was not checked by {provider}'s own client"
        );
        return None;
    }
    let mut child = Command::new(&python)
        .arg(SCRIPT)
        .env("NO_PROXY", "127.0.0.1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let told = json!({"provider": provider, "base": world.base, "to": GIULIA, "came": came});
    let mut input = child.stdin.take().unwrap();
    input.write_all(told.to_string().as_bytes()).await.unwrap();
    drop(input);
    let ended = child.wait_with_output().await.unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    Some(serde_json::from_slice(&ended.stdout).unwrap())
}

/// What the simulator posts when somebody writes.
async fn came(world: &World, number: &str, inbox: &Inbox, url: &str) -> Value {
    let (status, answer) =
        world.control("POST", "phones/giulia/messages", json!({"to": number, "text": "Città & <b>"})).await;
    assert_eq!(status, 201, "{answer}");
    let came = inbox.nth(0).await;
    let headers: serde_json::Map<String, Value> =
        came.headers.iter().map(|(name, value)| (name.to_string(), json!(value.to_str().unwrap()))).collect();
    json!({"url": url, "headers": headers, "body": came.body})
}

/// What a client has sent is on the phone.
async fn is_heard(world: &World) {
    let read = async || world.control("GET", "phones/giulia/messages", Value::Null).await.1;
    for _ in 0..100 {
        let shown = read().await;
        let all = shown["messages"].as_array().cloned().unwrap_or_default();
        if all.iter().any(|one| one["from"] == "business" && one["body"] == "Hello from the official client") {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("nothing came: {}", read().await);
}

#[tokio::test]
async fn twilios_own_client_is_at_home() {
    let (world, inbox) = (World::start().await, Inbox::start().await);
    let url = format!("{}/webhooks/twilio/other", inbox.url);
    let app = json!({"provider": "twilio", "app_secret": "auth-token", "access_tokens": ["key-secret"],
        "connection": {"key_id": "SK1"}, "webhook_url": url, "business_account_id": "AC1"});
    attach(&world, "390255509999", app).await;
    let came = came(&world, "390255509999", &inbox, &url).await;
    if client(&world, "twilio", "twilio", came).await.is_some() {
        is_heard(&world).await;
    }
}

#[tokio::test]
async fn sinchs_own_client_is_at_home() {
    let (world, inbox) = (World::start().await, Inbox::start().await);
    let url = format!("{}/webhooks/sinch/other", inbox.url);
    let app = json!({"provider": "sinch", "app_secret": "hook-secret", "access_tokens": ["key-secret"],
        "connection": {"key_id": "key1"}, "webhook_url": url, "business_account_id": "P1"});
    attach(&world, "01APP", app).await;
    let came = came(&world, "01APP", &inbox, &url).await;
    if client(&world, "sinch", "sinch", came).await.is_some() {
        is_heard(&world).await;
    }
}

#[tokio::test]
async fn a_client_of_metas_is_at_home() {
    let world = World::start().await;
    let message = json!({"to": common::NUMBER, "text": "Città & <b>"});
    world.control("POST", "phones/giulia/messages", message).await;
    arrives("it was told", || !world.webhook.posts().is_empty()).await;
    let post = world.webhook.posts().remove(0);
    let came = json!({"url": "", "headers": {"x-hub-signature-256": post.signature}, "body": post.body});
    if client(&world, "meta", "pywa", came).await.is_some() {
        is_heard(&world).await;
        arrives("the template was judged", || {
            let told = world.webhook.values("message_template_status_update");
            told.iter().any(|one| one["message_template_name"] == "made_by_the_client" && one["event"] == "APPROVED")
        })
        .await;
    }
}
