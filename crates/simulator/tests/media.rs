//! Files, up and down.
#![allow(clippy::unwrap_used, reason = "a test that panics says enough")]

mod common;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use common::{GIULIA, NUMBER, TOKEN, World, arrives, id_of, until};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\nnot really";

async fn upload(world: &World, mime_type: &str, bytes: &[u8]) -> (u16, Value) {
    let part = reqwest::multipart::Part::bytes(bytes.to_vec()).file_name("photo.png").mime_str(mime_type).unwrap();
    let form = reqwest::multipart::Form::new().text("messaging_product", "whatsapp").part("file", part);
    let url = format!("{}/simulator/meta/v23.0/{NUMBER}/media", world.base);
    let response = world.http.post(url).bearer_auth(TOKEN).multipart(form).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap())
}

#[tokio::test]
async fn a_persons_picture_can_be_fetched_with_the_token() {
    let world = World::start().await;
    let id = world
        .write("giulia", json!({"type": "image", "image": {"data": STANDARD.encode(PNG), "mime_type": "image/png", "caption": "look"}}))
        .await;
    arrives("the message", || world.webhook.messages().len() == 1).await;
    let message = world.webhook.messages().remove(0);
    assert_eq!(message["id"], json!(id));
    let image = &message["image"];
    assert_eq!((&image["caption"], &image["mime_type"]), (&json!("look"), &json!("image/png")));
    assert_eq!(image["sha256"], json!(STANDARD.encode(Sha256::digest(PNG))));
    assert!(image["url"].as_str().unwrap().starts_with(&world.base));

    let (_, described) =
        world.meta("GET", &format!("{}?phone_number_id={NUMBER}", image["id"].as_str().unwrap()), Value::Null).await;
    assert_eq!((&described["file_size"], &described["mime_type"]), (&json!(PNG.len()), &json!("image/png")));
    let url = described["url"].as_str().unwrap();
    let bytes = world.http.get(url).bearer_auth(TOKEN).send().await.unwrap().bytes().await.unwrap();
    assert_eq!(bytes, PNG);
    assert_eq!(world.http.get(url).send().await.unwrap().status(), 401);
    let forged = url.replace("ext=", "ext=9");
    assert_eq!(world.http.get(forged).bearer_auth(TOKEN).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn an_upload_is_sent_and_seen() {
    let world = World::start().await;
    world.write("giulia", json!({"text": "hello"})).await;
    let (status, uploaded) = upload(&world, "image/png", PNG).await;
    assert_eq!(status, 200, "{uploaded}");
    let file = uploaded["id"].as_str().unwrap().to_owned();
    let (_, answer) = world.send(GIULIA, json!({"type": "image", "image": {"id": file, "caption": "here"}})).await;
    let id = id_of(&answer);
    until("delivered", || async { world.on_phone("giulia", &id).await["status"] == "delivered" }).await;
    let seen = world.http.get(format!("{}/simulator/control/media/{file}", world.base)).send().await.unwrap();
    assert_eq!(seen.headers()["content-type"], "image/png");
    assert_eq!(seen.bytes().await.unwrap(), PNG);

    assert_eq!(world.meta("DELETE", &file, Value::Null).await, (200, json!({"success": true})));
    assert_eq!(world.meta("GET", &file, Value::Null).await.0, 400);
    let kept = world.http.get(format!("{}/simulator/control/media/{file}", world.base)).send().await.unwrap();
    assert_eq!(kept.status(), 200, "the phone keeps what it got");
}

#[tokio::test]
async fn a_linked_file_is_fetched_by_the_network() {
    let world = World::start().await;
    world.write("giulia", json!({"text": "hello"})).await;
    let stored = world.http.post(format!("{}/simulator/control/phones/oliver/media", world.base));
    let stored: Value =
        stored.header("content-type", "image/png").body(PNG).send().await.unwrap().json().await.unwrap();
    let link = format!("{}/simulator/control/media/{}", world.base, stored["id"].as_str().unwrap());
    let (_, answer) = world.send(GIULIA, json!({"type": "image", "image": {"link": link}})).await;
    let id = id_of(&answer);
    until("delivered", || async { world.on_phone("giulia", &id).await["status"] == "delivered" }).await;
    assert_eq!(world.on_phone("giulia", &id).await["content"]["mime_type"], "image/png");

    let missing = format!("{}/simulator/control/media/none", world.base);
    let (_, answer) = world.send(GIULIA, json!({"type": "image", "image": {"link": missing}})).await;
    let id = id_of(&answer);
    arrives("failed", || world.webhook.statuses_of(&id) == ["failed"]).await;
    assert_eq!(world.webhook.statuses().last().unwrap()["errors"][0]["code"], 131_053);
}

#[tokio::test]
async fn uploads_are_checked() {
    let world = World::start().await;
    let code = async |mime_type: &str, bytes: &[u8]| upload(&world, mime_type, bytes).await.1["error"]["code"].as_u64();
    assert_eq!(code("image/gif", b"GIF89a").await, Some(100));
    assert_eq!(code("image/png", b"no picture").await, Some(131_053));
    assert_eq!(code("image/png", &[PNG, &vec![0; 5 << 20]].concat()).await, Some(131_053));
    assert_eq!(code("text/plain", b"plain").await, None);
}

#[tokio::test]
async fn a_file_goes_as_what_it_is() {
    let world = World::start().await;
    world.write("giulia", json!({"text": "hello"})).await;
    let id = upload(&world, "image/png", PNG).await.1["id"].as_str().unwrap().to_owned();
    for message in [
        json!({"type": "video", "video": {"id": id}}),
        json!({"type": "sticker", "sticker": {"id": id}}),
        json!({"type": "audio", "audio": {"id": id, "voice": true}}),
    ] {
        let (_, answer) = world.send(GIULIA, message.clone()).await;
        assert_eq!(answer["error"]["code"], 131_053, "{message}");
    }
    let (status, answer) = world.send(GIULIA, json!({"type": "document", "document": {"id": id}})).await;
    assert_eq!(status, 200, "{answer}");
}

#[tokio::test]
async fn files_can_fail() {
    let world = World::start().await;
    world.faults(json!({"media_fail": 1})).await;
    assert_eq!(upload(&world, "image/png", PNG).await.0, 500);
    assert_eq!(upload(&world, "image/png", PNG).await.0, 200);
}
