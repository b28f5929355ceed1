//! Samples for the headers of templates: uploaded, and named by templates.
#![allow(clippy::unwrap_used, reason = "a test that panics says enough")]

mod common;

use common::{ACCOUNT, TOKEN, World, arrives};
use serde_json::{Value, json};

const PDF: &[u8] = b"%PDF-1.4 a price list";

/// Opens a session; the answer as it is.
async fn begin(world: &World, whose: &str, length: usize, kind: &str) -> (u16, Value) {
    let query = format!("file_name=sample&file_length={length}&file_type={kind}");
    world.meta("POST", &format!("{whose}/uploads?{query}"), Value::Null).await
}

async fn session(world: &World, kind: &str) -> String {
    let (status, answer) = begin(world, "app", PDF.len(), kind).await;
    assert_eq!(status, 200, "{answer}");
    answer["id"].as_str().unwrap().to_owned()
}

/// Posts bytes to a session.
async fn post(world: &World, session: &str, authorization: &str, offset: &str, bytes: &[u8]) -> (u16, Value) {
    let answer = world
        .http
        .post(format!("{}/simulator/meta/v23.0/{session}", world.base))
        .header("authorization", authorization)
        .header("file_offset", offset)
        .body(bytes.to_vec())
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn uploaded(world: &World, kind: &str) -> String {
    let session = session(world, kind).await;
    let (status, answer) = post(world, &session, &format!("OAuth {TOKEN}"), "0", PDF).await;
    assert_eq!(status, 200, "{answer}");
    answer["h"].as_str().unwrap().to_owned()
}

fn template(name: &str, format: &str, handle: &str) -> Value {
    json!({"name": name, "language": "en", "category": "UTILITY", "components": [
        {"type": "HEADER", "format": format, "example": {"header_handle": [handle]}},
        {"type": "BODY", "text": "Here is what you asked for."}]})
}

async fn create(world: &World, template: Value) -> (u16, Value) {
    world.meta("POST", &format!("{ACCOUNT}/message_templates"), template).await
}

#[tokio::test]
async fn a_sample_is_uploaded_and_named_by_a_template() {
    let world = World::start().await;
    let (status, answer) = begin(&world, "demo", PDF.len(), "application/pdf").await;
    assert_eq!(status, 200, "{answer}");
    let session = answer["id"].as_str().unwrap().to_owned();
    let unsigned = session.split_once('?').unwrap().0;
    assert!(unsigned.starts_with("upload:"), "{session}");
    assert_eq!(world.meta("GET", unsigned, Value::Null).await.0, 400, "what follows the ? belongs to it");
    let offset = async || world.meta("GET", &session, Value::Null).await;
    assert_eq!(offset().await, (200, json!({"id": session, "file_offset": 0})));

    let (oauth, bearer) = (format!("OAuth {TOKEN}"), format!("Bearer {TOKEN}"));
    assert_eq!(post(&world, &session, "OAuth nonsense", "0", PDF).await.0, 401);
    assert_eq!(post(&world, &session, &oauth, "5", PDF).await.0, 400, "nothing came before");
    assert_eq!(post(&world, &session, &oauth, "0", &[PDF, b"!"].concat()).await.0, 400, "too much");
    assert_eq!(offset().await.1["file_offset"], 0);
    assert_eq!(post(&world, &session, &oauth, "0", &PDF[..4]).await.0, 400, "too little");
    assert_eq!(offset().await.1["file_offset"], 4);
    let (status, answer) = post(&world, &session, &bearer, "4", &PDF[4..]).await;
    assert_eq!(status, 200, "{answer}");
    let handle = answer["h"].as_str().unwrap();

    let (status, answer) = create(&world, template("price_list", "DOCUMENT", handle)).await;
    assert_eq!(status, 200, "{answer}");
    arrives("the verdict", || world.webhook.values("message_template_status_update").len() == 1).await;
    assert_eq!(world.webhook.values("message_template_status_update")[0]["event"], "APPROVED");
}

#[tokio::test]
async fn a_session_is_opened_for_what_a_header_can_show() {
    let world = World::start().await;
    assert_eq!(begin(&world, "somebody", 9, "application/pdf").await.0, 400, "of another app");
    assert_eq!(begin(&world, "app", 9, "image/gif").await.0, 400);
    assert_eq!(begin(&world, "app", 0, "image/png").await.0, 400);
    assert_eq!(begin(&world, "app", 6 << 20, "image/jpg").await.0, 400, "more than an image may have");
    assert_eq!(world.meta("POST", "app/uploads?file_length=9&file_type=image/png", Value::Null).await.0, 400);
    world.faults(json!({"media_fail": 1})).await;
    assert_eq!(begin(&world, "app", 9, "image/png").await.0, 500, "on purpose");
    assert_eq!(post(&world, "upload:unknown", &format!("OAuth {TOKEN}"), "0", PDF).await.0, 400);
    assert_eq!(world.meta("GET", "upload:unknown", Value::Null).await.0, 400);
}

#[tokio::test]
async fn a_session_lasts_a_day() {
    let world = World::start().await;
    let session = session(&world, "application/pdf").await;
    let later = json!({"hours": 23});
    assert_eq!(world.control("POST", "templates/later", later).await.0, 204);
    assert_eq!(world.meta("GET", &session, Value::Null).await.0, 200);
    world.control("POST", "templates/later", json!({"hours": 1})).await;
    assert_eq!(world.meta("GET", &session, Value::Null).await.0, 400);
    assert_eq!(post(&world, &session, &format!("OAuth {TOKEN}"), "0", PDF).await.0, 400);
}

#[tokio::test]
async fn a_sample_is_known_and_fits_its_header() {
    let world = World::start().await;
    let subcode = |answer: &(u16, Value)| answer.1["error"]["error_subcode"].clone();
    let picture = uploaded(&world, "image/jpeg").await;
    assert_eq!(subcode(&create(&world, template("film", "VIDEO", &picture)).await), 2_388_047);
    assert_eq!(subcode(&create(&world, template("film", "VIDEO", "4::made:up")).await), 2_388_047);
    assert_eq!(create(&world, template("film", "VIDEO", &uploaded(&world, "video/mp4").await)).await.0, 200);
    assert_eq!(create(&world, template("picture", "IMAGE", &picture)).await.0, 200);

    // The seed's was not uploaded, and may stay.
    let list = format!("{ACCOUNT}/message_templates?name=spring_collection");
    let (_, found) = world.meta("GET", &list, Value::Null).await;
    let mut components = found["data"][0]["components"].clone();
    components[1]["text"] =
        json!("Hi {{1}}, the spring collection is back in our shop. Show this message for {{2}} off.");
    let id = found["data"][0]["id"].as_str().unwrap();
    let (status, answer) = world.meta("POST", id, json!({"components": components})).await;
    assert_eq!(status, 200, "{answer}");
}
