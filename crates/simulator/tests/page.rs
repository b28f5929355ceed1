//! The phones' page: that all of it is there, and that it hears what happens.
#![allow(clippy::unwrap_used, reason = "a test that panics says enough")]

mod common;

use std::collections::BTreeSet;

use common::World;
use futures_util::StreamExt as _;
use serde_json::{Value, json};

/// Names of our own files that a text refers to.
fn mentioned(text: &str) -> BTreeSet<String> {
    let quoted = text.split(['"', '\'']);
    let own = quoted.filter_map(|part| part.strip_prefix("/simulator/assets/").or_else(|| part.strip_prefix("./")));
    own.filter(|name| name.ends_with(".js") || name.ends_with(".css")).map(str::to_owned).collect()
}

#[tokio::test]
async fn every_file_the_page_needs_is_served() {
    let world = World::start().await;
    let page = world.http.get(format!("{}/simulator", world.base)).send().await.unwrap().text().await.unwrap();
    let mut open: BTreeSet<String> = mentioned(&page);
    assert!(open.contains("main.js"), "{page}");
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop_first() {
        let response = world.http.get(format!("{}/simulator/assets/{name}", world.base)).send().await.unwrap();
        assert_eq!(response.status(), 200, "{name}");
        let kind = if name.ends_with(".js") { "text/javascript; charset=utf-8" } else { "text/css; charset=utf-8" };
        assert_eq!(response.headers()["content-type"], kind);
        seen.insert(name);
        open.extend(mentioned(&response.text().await.unwrap()).difference(&seen).cloned());
    }
    assert_eq!(seen.len(), 19, "{seen:?}");
}

#[tokio::test]
async fn an_open_page_hears_of_messages() {
    let world = World::start().await;
    let response = world.http.get(format!("{}/simulator/control/live", world.base)).send().await.unwrap();
    let id = world.write("giulia", json!({"text": "hello"})).await;
    let mut chunks = response.bytes_stream();
    let mut text = String::new();
    while !text.contains("\n\n") {
        text.push_str(std::str::from_utf8(&chunks.next().await.unwrap().unwrap()).unwrap());
    }
    let news: Value = serde_json::from_str(text.lines().next().unwrap().strip_prefix("data: ").unwrap()).unwrap();
    assert_eq!(
        (&news["type"], &news["phone"], &news["message"]["id"]),
        (&json!("message"), &json!("giulia"), &json!(id))
    );
}

#[tokio::test]
async fn phones_are_added_changed_and_removed() {
    let world = World::start().await;
    let (status, phone) = world.control("POST", "phones", json!({"name": "Marta Conti"})).await;
    assert_eq!((status, &phone["id"]), (201, &json!("marta")));
    let (_, second) = world
        .control("POST", "phones", json!({"name": "Marta Rossi", "number": "+39 02 1234 5678", "hidden_number": true}))
        .await;
    assert_eq!(
        (&second["id"], &second["wa_id"], &second["number"]),
        (&json!("marta-2"), &Value::Null, &json!("390212345678"))
    );
    assert_eq!(world.control("POST", "phones", json!({"name": "Twin", "number": "+39 02 1234 5678"})).await.0, 409);
    assert_eq!(world.control("POST", "phones", json!({"name": " "})).await.0, 422);
    assert_eq!(world.control("POST", "phones", json!({"name": "X", "number": "abc"})).await.0, 422);
    assert_eq!(world.control("PATCH", "phones/marta", json!({"number": "+39 02 1234 5678"})).await.0, 409);
    assert_eq!(world.control("PATCH", "phones/marta", json!({"username": "marta"})).await.1["username"], "@marta");
    assert_eq!(world.control("DELETE", "phones/marta", Value::Null).await.0, 204);
    assert_eq!(world.control("GET", "phones/marta", Value::Null).await.0, 404);
}

#[tokio::test]
async fn files_from_people_are_never_run() {
    let world = World::start().await;
    let upload = world.http.post(format!("{}/simulator/control/phones/giulia/media?filename=a.html", world.base));
    let stored: Value = upload
        .header("content-type", "text/html")
        .body("<script>1</script>")
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let url = format!("{}/simulator/control/media/{}", world.base, stored["id"].as_str().unwrap());
    let response = world.http.get(url).send().await.unwrap();
    assert_eq!(response.headers()["content-disposition"], "attachment");
    assert_eq!(response.headers()["content-type"], "application/octet-stream");
}
